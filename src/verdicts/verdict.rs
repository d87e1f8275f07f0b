//! Verdicts and what a finding holds.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::records::{Batch, Catalogue, CodeId, Placed, TextId};
use crate::rulebook::{CheckId, EdgeId, ExceptionId, Period, Rulebook};
use crate::source::Span;
use crate::vocabulary::{Enumeration, Exact, Subject};

/// All that a judgement may look at; there is no clock and no other input.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) batch: &'a Batch,
    /// The first calendar year of the academic year that is checked.
    pub(crate) year: i32,
    /// The day of the check.
    pub(crate) as_of: NaiveDate,
}

/// What one verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SubjectRow {
    pub(crate) subject: Subject,
    pub(crate) row: u32,
}

/// What holds of a check for a subject. Nothing is collapsed to yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The requirement is met, or the replacement that an exception makes.
    Satisfied,
    /// It is not met, or a decision refused what was asked.
    Violated,
    /// The check is not about this subject.
    NotApplicable,
    /// Not met, and lifted by an exception.
    Excepted(ExceptionId),
    /// Not met, and allowed by a recorded decision: its row.
    Waived(u32),
    /// Somebody must decide: the roles.
    NeedsDecision(Vec<String>),
    /// The last day, where one is known.
    NotYetDue(Option<NaiveDate>),
    /// The record does not say enough.
    MissingData,
    /// Exceptions that set the same thing differently, or decisions that say both.
    Conflict(Vec<ExceptionId>),
}

/// A verdict without its details, in the order in which reports count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum VerdictKind {
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

impl VerdictKind {
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

    /// The word in machine-readable reports.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Violated => "violated",
            Self::NotApplicable => "not_applicable",
            Self::Excepted => "excepted",
            Self::Waived => "waived",
            Self::NeedsDecision => "needs_decision",
            Self::NotYetDue => "not_yet_due",
            Self::MissingData => "missing_data",
            Self::Conflict => "conflict",
        }
    }

    /// Whether a report lists it without being asked for all verdicts.
    pub(crate) fn is_finding(self) -> bool {
        !matches!(self, Self::Satisfied | Self::NotApplicable | Self::NotYetDue | Self::Excepted)
    }
}

impl Verdict {
    /// Whether both are of the same kind, with the same label, role or decision.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::NotYetDue(_), Self::NotYetDue(_)) => true,
            _ => self == other,
        }
    }

    pub(crate) fn kind(&self) -> VerdictKind {
        match self {
            Self::Satisfied => VerdictKind::Satisfied,
            Self::Violated => VerdictKind::Violated,
            Self::NotApplicable => VerdictKind::NotApplicable,
            Self::Excepted(_) => VerdictKind::Excepted,
            Self::Waived(_) => VerdictKind::Waived,
            Self::NeedsDecision(_) => VerdictKind::NeedsDecision,
            Self::NotYetDue(_) => VerdictKind::NotYetDue,
            Self::MissingData => VerdictKind::MissingData,
            Self::Conflict(_) => VerdictKind::Conflict,
        }
    }
}

/// One verdict with all that led to it, enough for a finding in every format.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) check: CheckId,
    pub(crate) subject: SubjectRow,
    /// The edge that was judged, for a sequentiality.
    pub(crate) edge: Option<EdgeId>,
    pub(crate) verdict: Verdict,
    /// The exception that replaced or lifted the requirement.
    pub(crate) exception: Option<ExceptionId>,
    /// The decision that waived or refused: its row.
    pub(crate) decision: Option<u32>,
    /// What was unknown, in the order of subjects, rows and fields.
    pub(crate) missing: BTreeSet<Unknown>,
    /// The values used, in the order in which a person would say them.
    pub(crate) values: Vec<Named>,
    /// The elements for which an `every` or `no` did not hold.
    pub(crate) failing: Vec<NamedValue>,
    /// The prior units that a sequentiality misses.
    pub(crate) priors: Vec<CodeId>,
    /// The clause that demands.
    pub(crate) demanded_at: Span,
    /// The place in the record that breaks it.
    pub(crate) broken_at: Placed,
}

impl Judgement {
    /// A value of the finding by its name; `limit` is the side of a bound that is not kept.
    pub(crate) fn named(&self, name: &str) -> Option<&Named> {
        let value = |name: &str| self.values.iter().find(|named| named.name == name);
        if name != "limit" {
            return value(name);
        }
        if value("over").is_some() { value("maximum") } else { value("minimum").or_else(|| value("maximum")) }
    }
}

/// Why something is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Unknown {
    /// The record or the catalogue does not give it.
    Missing(Placed),
    /// The record does not give the list.
    ListMissing(crate::vocabulary::List, u32),
    /// A division by zero.
    DivisionByZero(Span),
    /// No calendar reaches that far, or has that window, day or semester.
    BeyondCalendars(Span),
    /// Two elements are equally first or last.
    Tie(Span),
    /// The highest or lowest of nothing.
    Nothing(Span),
    /// A number too large to be exact.
    TooLarge(Span),
    /// A day that does not exist, such as 31 February under `months refuse`.
    NoSuchDay(Span),
    /// Definitions on definitions, deeper than can be followed.
    TooDeep(Span),
    /// An event that serves some children of a group only.
    PartlyServed(Span),
}

/// A value and the name it has in the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// `value`, `minimum`, `last_day`, `days_late`, `event`, or the words of the rule.
    pub(crate) name: String,
    pub(crate) value: NamedValue,
    /// The exact value before it was rounded.
    pub(crate) raw: Option<Exact>,
    /// Where the record gives it.
    pub(crate) at: Option<Placed>,
}

/// A value as a report shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NamedValue {
    Boolean(bool),
    /// A count, an integer or a decimal without unit.
    Number(Exact),
    Credits(Exact),
    /// In percentage points.
    Percent(Exact),
    Score(Exact),
    Date(NaiveDate),
    AcademicYear(i32),
    Semester(i32),
    Period(Period),
    Text(TextId),
    Enumeration(Enumeration, i32),
    /// A programme, course unit, event or class group.
    Code(Subject, CodeId),
    /// Another row.
    Row(SubjectRow),
    None,
    /// An event that has not happened by the day of the check.
    NotHappened,
    Unknown,
}

/// How many verdicts of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    counts: [u64; VerdictKind::ALL.len()],
}

impl Tally {
    pub(crate) fn add(&mut self, kind: VerdictKind, count: u64) {
        self.counts[kind as usize] += count;
    }

    pub(crate) fn get(&self, kind: VerdictKind) -> u64 {
        self.counts[kind as usize]
    }

    pub(crate) fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}
