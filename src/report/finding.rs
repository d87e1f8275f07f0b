//! What a report knows of one verdict. Its texts stand where they were found, in the batch, in the rules, for as long as it takes to make a line of them;
//! a finding that is kept longer takes them along, for batches come and go while a cohort is read.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::rulebook::{CheckId, Severity};
use crate::source::Span;
use crate::verdicts::VerdictKind;
use crate::vocabulary::{Enumeration, Exact, Subject};

/// A text of the record or of the rules, or one that was made.
pub(crate) type Said<'a> = Cow<'a, str>;

/// One verdict that is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding<'a> {
    /// Nothing for a check of the catalogue.
    pub(crate) student: Option<Said<'a>>,
    pub(crate) check: CheckId,
    pub(crate) subject: SubjectKey<'a>,
    pub(crate) verdict: VerdictKind,
    pub(crate) severity: Severity,
    /// The sentence in each of the report's languages, in their order.
    pub(crate) messages: Vec<Said<'a>>,
    /// In the language of the reader, where the author wrote one and the report tells it.
    pub(crate) consequence: Option<Said<'a>>,
    /// What would mend it, in the language of the reader, where the report tells it.
    pub(crate) mending: Option<Said<'a>>,
    pub(crate) values: Vec<NamedShown<'a>>,
    /// The elements for which an `every` or `no` did not hold.
    pub(crate) failing: Vec<Said<'a>>,
    /// The label of the exception that replaced or lifted the requirement.
    pub(crate) exception: Option<Said<'a>>,
    /// Exceptions that contradict each other.
    pub(crate) conflicting: Vec<Said<'a>>,
    pub(crate) decision: Option<RecordedDecision<'a>>,
    /// Who must decide.
    pub(crate) roles: Vec<Said<'a>>,
    /// The last day, of what is not yet due.
    pub(crate) last_day: Option<NaiveDate>,
    /// What was unknown, in words of the record.
    pub(crate) missing: Vec<Said<'a>>,
    /// A citation more exact than the article: of the exception, of the edge, of who must decide, or of the requirement.
    pub(crate) citation: Option<Said<'a>>,
    pub(crate) regulation: Span,
    pub(crate) record: RecordPlace,
}

impl Finding<'_> {
    /// The same with texts of its own.
    pub(crate) fn kept(self) -> Finding<'static> {
        Finding {
            student: self.student.map(kept),
            check: self.check,
            subject: self.subject.kept(),
            verdict: self.verdict,
            severity: self.severity,
            messages: all_kept(self.messages),
            consequence: self.consequence.map(kept),
            mending: self.mending.map(kept),
            values: self.values.into_iter().map(NamedShown::kept).collect(),
            failing: all_kept(self.failing),
            exception: self.exception.map(kept),
            conflicting: all_kept(self.conflicting),
            decision: self.decision.map(RecordedDecision::kept),
            roles: all_kept(self.roles),
            last_day: self.last_day,
            missing: all_kept(self.missing),
            citation: self.citation.map(kept),
            regulation: self.regulation,
            record: self.record,
        }
    }
}

fn kept(text: Said<'_>) -> Said<'static> {
    Cow::Owned(text.into_owned())
}

fn all_kept(texts: Vec<Said<'_>>) -> Vec<Said<'static>> {
    texts.into_iter().map(kept).collect()
}

/// What the verdict is about, in names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SubjectKey<'a> {
    pub(crate) academic_year: Option<i32>,
    pub(crate) programme: Option<Said<'a>>,
    /// The course unit of an entry, an exemption, a request, a unit or a course.
    pub(crate) entry: Option<Said<'a>>,
    /// The prior units that a sequentiality misses.
    pub(crate) prior: Vec<Said<'a>>,
    pub(crate) kind: Subject,
}

impl SubjectKey<'_> {
    pub(crate) fn kept(self) -> SubjectKey<'static> {
        SubjectKey {
            academic_year: self.academic_year,
            programme: self.programme.map(kept),
            entry: self.entry.map(kept),
            prior: all_kept(self.prior),
            kind: self.kind,
        }
    }
}

/// A value and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedShown<'a> {
    pub(crate) name: Said<'a>,
    pub(crate) value: Shown<'a>,
    /// The exact value before it was rounded.
    pub(crate) raw: Option<Exact>,
}

impl NamedShown<'_> {
    fn kept(self) -> NamedShown<'static> {
        NamedShown { name: kept(self.name), value: self.value.kept(), raw: self.raw }
    }
}

/// A value in words of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown<'a> {
    Boolean(bool),
    Number(Exact),
    Credits(Exact),
    Percent(Exact),
    Date(NaiveDate),
    /// `2023-2024`
    AcademicYear(i32),
    Semester(i32),
    /// A word of a closed list.
    Term(Enumeration, i32),
    /// A text, a code, a period.
    Word(Said<'a>),
    /// `none`
    None,
    /// An event that has not happened.
    NotHappened,
    Unknown,
}

impl Shown<'_> {
    fn kept(self) -> Shown<'static> {
        match self {
            Self::Boolean(value) => Shown::Boolean(value),
            Self::Number(number) => Shown::Number(number),
            Self::Credits(number) => Shown::Credits(number),
            Self::Percent(number) => Shown::Percent(number),
            Self::Date(date) => Shown::Date(date),
            Self::AcademicYear(year) => Shown::AcademicYear(year),
            Self::Semester(number) => Shown::Semester(number),
            Self::Term(list, index) => Shown::Term(list, index),
            Self::Word(word) => Shown::Word(kept(word)),
            Self::None => Shown::None,
            Self::NotHappened => Shown::NotHappened,
            Self::Unknown => Shown::Unknown,
        }
    }
}

/// The decision that lifted or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordedDecision<'a> {
    pub(crate) outcome: Option<&'static str>,
    pub(crate) authority: Option<Said<'a>>,
    pub(crate) granted_on: Option<NaiveDate>,
    pub(crate) valid_until: Option<NaiveDate>,
    pub(crate) reference: Option<Said<'a>>,
}

impl RecordedDecision<'_> {
    fn kept(self) -> RecordedDecision<'static> {
        RecordedDecision {
            outcome: self.outcome,
            authority: self.authority.map(kept),
            granted_on: self.granted_on,
            valid_until: self.valid_until,
            reference: self.reference.map(kept),
        }
    }
}

/// Where the record, or the catalogue, says what breaks the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordPlace {
    Dossier(DossierPlace),
    /// An object of the catalogue's text.
    Catalogue(Span),
    /// A code that no document describes.
    Nowhere,
}

/// A place in a file of dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DossierPlace {
    /// The number of the file, in the order in which the files were given.
    pub(crate) file: u32,
    pub(crate) line: u32,
    /// Where the report says columns.
    pub(crate) column: Option<u32>,
    /// A JSON pointer: `/enrolments/1/isp/submitted_at`
    pub(crate) path: String,
    pub(crate) window: Option<Window>,
}

/// The stretch of a record's line that a drawing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) text: String,
    /// The bytes of the text that are meant.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The characters of the line before the text.
    pub(crate) columns_before: u32,
}
