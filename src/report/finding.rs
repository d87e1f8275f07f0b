//! What a report knows of one verdict, free of the batch it came from: batches come and go while a cohort is read, findings stay.

use chrono::NaiveDate;

use crate::rulebook::{CheckId, Severity};
use crate::source::Span;
use crate::verdicts::VerdictKind;
use crate::vocabulary::{Enumeration, Exact, Subject};

/// One verdict that is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Nothing for a check of the catalogue.
    pub(crate) student: Option<Box<str>>,
    pub(crate) check: CheckId,
    pub(crate) subject: SubjectKey,
    pub(crate) verdict: VerdictKind,
    pub(crate) severity: Severity,
    /// The sentence in each of the report's languages, in their order.
    pub(crate) messages: Vec<Box<str>>,
    /// In the language of the reader, where the author wrote one and the report tells it.
    pub(crate) consequence: Option<Box<str>>,
    /// What would mend it, in the language of the reader, where the report tells it.
    pub(crate) mending: Option<Box<str>>,
    pub(crate) values: Vec<NamedShown>,
    /// The elements for which an `every` or `no` did not hold.
    pub(crate) failing: Vec<Box<str>>,
    /// The label of the exception that replaced or lifted the requirement.
    pub(crate) exception: Option<Box<str>>,
    /// Exceptions that contradict each other.
    pub(crate) conflicting: Vec<Box<str>>,
    pub(crate) decision: Option<RecordedDecision>,
    /// Who must decide.
    pub(crate) roles: Vec<Box<str>>,
    /// The last day, of what is not yet due.
    pub(crate) last_day: Option<NaiveDate>,
    /// What was unknown, in words of the record.
    pub(crate) missing: Vec<Box<str>>,
    /// A citation more exact than the article: of the exception, of the edge, of who must decide, or of the requirement.
    pub(crate) citation: Option<Box<str>>,
    pub(crate) regulation: Span,
    pub(crate) record: RecordPlace,
}

/// What the verdict is about, in names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SubjectKey {
    pub(crate) academic_year: Option<i32>,
    pub(crate) programme: Option<Box<str>>,
    /// The course unit of an entry, an exemption, a request, a unit or a course.
    pub(crate) entry: Option<Box<str>>,
    /// The prior units that a sequentiality misses.
    pub(crate) prior: Vec<Box<str>>,
    pub(crate) kind: Subject,
}

/// A value and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedShown {
    pub(crate) name: Box<str>,
    pub(crate) value: Shown,
    /// The exact value before it was rounded.
    pub(crate) raw: Option<Exact>,
}

/// A value in words of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
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
    Word(Box<str>),
    /// `none`
    None,
    /// An event that has not happened.
    NotHappened,
    Unknown,
}

/// The decision that lifted or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordedDecision {
    pub(crate) outcome: Option<&'static str>,
    pub(crate) authority: Option<Box<str>>,
    pub(crate) granted_on: Option<NaiveDate>,
    pub(crate) valid_until: Option<NaiveDate>,
    pub(crate) reference: Option<Box<str>>,
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
    pub(crate) path: Box<str>,
    pub(crate) window: Option<Window>,
}

/// The stretch of a record's line that a drawing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) text: Box<str>,
    /// The bytes of the text that are meant.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The characters of the line before the text.
    pub(crate) columns_before: u32,
}
