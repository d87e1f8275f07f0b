//! The examples that live beside the rules, with every name resolved and every value typed: what is given, as the rows of one small dossier and its
//! catalogue, and what is expected. Building the dossier and comparing the verdicts is left to others.

use chrono::NaiveDate;

use crate::records::CodeId;
use crate::rulebook::{CheckId, Constant, DefinitionId, Expression, Label};
use crate::source::Span;
use crate::vocabulary::{Field, List, Subject};

/// `example "…" { … }`, or one row of `examples CHECK { … }`; the background of its file is merged in.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// The example's title; for a row of a table its check and its number: `isp_size, row 2`.
    pub(crate) title: String,
    pub(crate) span: Span,
    /// `checked on D`
    pub(crate) checked_on: Option<NaiveDate>,
    /// `given dossier "r0745123"`: a record of the world to start from
    pub(crate) dossier: Option<Label>,
    /// Number 0 is the student. An owner comes before what it owns.
    pub(crate) rows: Vec<GivenRow>,
    /// The enrolment of the year under check, where one is given.
    pub(crate) enrolment: Option<GivenRowId>,
    pub(crate) expectations: Vec<Expectation>,
}

impl Example {
    pub(crate) fn row(&self, id: GivenRowId) -> &GivenRow {
        &self.rows[id.0 as usize]
    }
}

/// A row of an example by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GivenRowId(pub(crate) u32);

/// A row of the example's dossier or catalogue; what is not listed is unknown, a list that is not listed is empty.
#[derive(Debug, Clone)]
pub(crate) struct GivenRow {
    pub(crate) subject: Subject,
    /// The row it stands in: an entry in an ISP, an ISP in an enrolment, a unit in a programme; nothing for rows that stand alone.
    pub(crate) owner: Option<GivenRowId>,
    /// Of a programme, course, event or class group; nothing where the example names none, which makes it a code of its own.
    pub(crate) code: Option<CodeId>,
    /// Each field once.
    pub(crate) fields: Vec<(Field, GivenValue)>,
    /// `class_groups: ("1M1", "1M2")`; nothing where the list is `unknown`. Each list once.
    pub(crate) lists: Vec<(List, Option<Vec<GivenValue>>)>,
    /// `study_efficiency: 29.5%`: the value that stands in for the definition's. Each definition once.
    pub(crate) definitions: Vec<(DefinitionId, GivenValue)>,
}

impl GivenRow {
    pub(crate) fn field(&self, field: Field) -> Option<GivenValue> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, value)| *value)
    }
}

/// A value given to a field or to a definition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum GivenValue {
    /// `60 credits`, `2023-10-20`, `diploma`, `BM201`
    Constant(Constant),
    /// A reference to another row of the example that has no code of its own.
    Row(GivenRowId),
    /// `unknown`
    Unknown,
}

/// `expect CHECK [for BM201] VERDICT [with NAME VALUE]`
#[derive(Debug, Clone)]
pub(crate) struct Expectation {
    pub(crate) check: CheckId,
    /// The row that the check is about; nothing where the example starts from a dossier that has it.
    pub(crate) row: Option<GivenRowId>,
    /// `for BM201`, `for 2023-2024`: which subject of the dossier is meant.
    pub(crate) key: Option<Constant>,
    pub(crate) verdict: ExpectedVerdict,
    /// The label, role, field or authority after the verdict.
    pub(crate) detail: Option<Label>,
    pub(crate) with: Vec<ExpectedValue>,
    pub(crate) span: Span,
}

/// `with days_late 1`
#[derive(Debug, Clone)]
pub(crate) struct ExpectedValue {
    pub(crate) name: Label,
    pub(crate) meaning: ExpectedName,
    pub(crate) value: Constant,
}

/// What the name after `with` stands for.
#[derive(Debug, Clone)]
pub(crate) enum ExpectedName {
    /// `days_late`: a value of the finding itself
    Named(String),
    /// `study_efficiency`: an expression over the check's subject
    Value(Expression),
}

/// A verdict as an example names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ExpectedVerdict {
    Satisfied,
    Violated,
    NotApplicable,
    Excepted,
    Waived,
    NeedsDecision,
    NotYetDue,
    MissingData,
    Conflict,
}

impl ExpectedVerdict {
    pub(crate) const ALL: [Self; 9] = [
        Self::Satisfied,
        Self::Violated,
        Self::NotApplicable,
        Self::Excepted,
        Self::Waived,
        Self::NeedsDecision,
        Self::NotYetDue,
        Self::MissingData,
        Self::Conflict,
    ];

    /// The words of the regulation.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Violated => "violated",
            Self::NotApplicable => "not applicable",
            Self::Excepted => "excepted",
            Self::Waived => "waived",
            Self::NeedsDecision => "needs decision",
            Self::NotYetDue => "not yet due",
            Self::MissingData => "missing data",
            Self::Conflict => "conflict",
        }
    }

    pub(crate) fn from_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.words() == words)
    }
}
