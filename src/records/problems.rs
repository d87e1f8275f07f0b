//! What can be wrong with a record, so that its line is set aside, and with a catalogue.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode, SourceSpan};
use thiserror::Error;

#[cfg(feature = "parquet")]
use crate::records::from_parquet::ParquetProblem;
use crate::records::from_tables::TableProblem;
use crate::records::values::ValueProblem;

/// Why a record, or a file of records, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum RecordProblem {
    #[error(transparent)]
    #[diagnostic(transparent)]
    Value(#[from] ValueProblem),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Table(#[from] TableProblem),
    #[cfg(feature = "parquet")]
    #[error(transparent)]
    #[diagnostic(transparent)]
    Parquet(#[from] ParquetProblem),
    /// `{"student":"r0745123",`
    #[error("the record can't be read as JSON: {reason}")]
    #[diagnostic(code(records::unreadable), help("a record is one JSON object on one line; the rest of this line was not looked at"))]
    Unreadable { reason: String },
    /// `{"student":"r1","cohort":"2022-2023","cohort":"2023-2024"}`
    #[error("`{key}` stands twice in the same object")]
    #[diagnostic(code(records::duplicate_key), help("keep the one that is true; which of the two that is can't be known here"))]
    DuplicateKey { key: &'static str },
    /// `{"cohort":"2022-2023"}`
    #[error("the record does not say whose it is")]
    #[diagnostic(code(records::missing_student), help("give the student's number in `student`, as a text"))]
    MissingStudent,
    /// `{"enrolments":[{"programme":"PB-BM"}]}`
    #[error("the enrolment has no `academic_year`")]
    #[diagnostic(code(records::missing_academic_year), help("without it no rule would ever look at the enrolment; write it as \"2023-2024\""))]
    MissingAcademicYear,
    /// `"course":"BM999"`
    #[error("the catalogue of {year} has no {subject} `{code}`")]
    #[diagnostic(code(records::unknown_code))]
    UnknownCode {
        subject: &'static str,
        code: String,
        year: String,
        #[help]
        help: String,
    },
    /// two enrolments for PB-BM in 2023-2024 on the same contract
    #[error("two enrolments are for the same year, programme and contract")]
    #[diagnostic(
        code(records::duplicate_enrolment),
        help("one enrolment has one ISP; merge the two, or correct the year, the programme or the contract")
    )]
    DuplicateEnrolment,
    /// `"submitted_at":"2023-10-15T22:30:00Z","submitted_on":"2023-10-15"`
    #[error("`{first}` is {first_day}, but `{second}` is {second_day} in the regulation's time zone")]
    #[diagnostic(code(records::contradicting_days), help("leave out the day: it follows from the instant"))]
    ContradictingDays { first: &'static str, first_day: String, second: &'static str, second_day: String },
    /// the second line with `"student":"r0745123"`
    #[error("student `{student}` has been read already, from {first}")]
    #[diagnostic(code(records::duplicate_student), help("a student has one dossier; the first is checked, this one is not"))]
    DuplicateStudent { student: String, first: String },
    /// a file that begins with the bytes EF BB BF
    #[error("the file begins with a byte order mark (BOM)")]
    #[diagnostic(code(records::byte_order_mark), help("save the file as UTF-8 without a byte order mark; its first line was not read"))]
    ByteOrderMark,
    /// a file saved as "Unicode" by an office program
    #[error("the file is UTF-16, not UTF-8")]
    #[diagnostic(code(records::utf16), help("save the file as UTF-8; nothing of it was read"))]
    Utf16,
    /// a line saved in Windows-1252
    #[error("the line is not UTF-8")]
    #[diagnostic(
        code(records::not_utf8),
        help("the file was saved in another encoding, such as Windows-1252, or is no text at all; save it as UTF-8")
    )]
    NotUtf8,
    /// a `.gz` whose end is missing
    #[error("the compressed file ends too early")]
    #[diagnostic(code(records::truncated), help("the download or the copy was probably cut off; what came before this place was read"))]
    Truncated,
    /// a `.gz` with a broken block; a disk that fails; a connection that is cut
    #[error("{what} can't be read on from here: {reason}")]
    #[diagnostic(code(records::unreadable_file), help("what came before this place was read"))]
    UnreadableFile {
        /// What is read, as people call it.
        what: &'static str,
        reason: String,
    },
    /// a line of more than 64 MiB
    #[error("the line is longer than {mebibytes} MiB")]
    #[diagnostic(code(records::too_long), help("a record is one student's; the line breaks are probably missing"))]
    TooLong { mebibytes: usize },
    /// `[` on the first line of a file whose name ends in `.jsonl`
    #[error("the file is a list of records, not one record a line")]
    #[diagnostic(code(records::list_as_lines), help("nothing of it was read; lists are read from a file whose name ends in `.json`"))]
    ListAsLines,
    /// `[{…} {…}]`
    #[error("the list of records is broken: {reason}")]
    #[diagnostic(code(records::broken_list), help("nothing after this place was read; JSON Lines, one record a line, lose only the broken line"))]
    BrokenList { reason: &'static str },
    /// `"visa": true`, which the standard record lacks and no rule declares
    #[error("nobody declared the field `{field}` ({count})")]
    #[diagnostic(code(records::undeclared_field), severity(Warning))]
    UndeclaredField {
        field: String,
        count: String,
        #[help]
        help: String,
    },
    /// a file without a record
    #[error("there is no record in `{name}`")]
    #[diagnostic(code(records::empty_input), help("an empty input is no pass: the export probably failed or was cut off; export it again"))]
    EmptyInput { name: String },
}

impl RecordProblem {
    /// Whether nothing of the records can be trusted, so that nothing is checked.
    pub(crate) fn refuses(&self) -> bool {
        #[cfg(feature = "parquet")]
        if matches!(self, Self::Parquet(_)) {
            return true;
        }
        matches!(self, Self::Table(problem) if problem.refuses())
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Value(problem) => problem.label(),
            Self::Table(problem) => problem.label(),
            #[cfg(feature = "parquet")]
            Self::Parquet(problem) => problem.label(),
            Self::Unreadable { .. } => "here",
            Self::DuplicateKey { .. } | Self::DuplicateEnrolment => "the second one",
            Self::MissingStudent => "no `student` in here",
            Self::MissingAcademicYear => "no `academic_year` in here",
            Self::UnknownCode { .. } => "not in the catalogue",
            Self::ContradictingDays { .. } => "another day",
            Self::DuplicateStudent { .. } => "already read",
            Self::ByteOrderMark => "before this",
            Self::Utf16 | Self::NotUtf8 => "not UTF-8",
            Self::Truncated | Self::UnreadableFile { .. } | Self::BrokenList { .. } => "read up to here",
            Self::TooLong { .. } => "this line",
            Self::ListAsLines => "a list",
            Self::UndeclaredField { .. } => "not read",
            Self::EmptyInput { .. } => "nothing here",
        }
    }
}

/// What can be wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum CatalogueProblem {
    #[error(transparent)]
    #[diagnostic(transparent)]
    Value(#[from] ValueProblem),
    /// `{"academic_year": "2023-2024",`
    #[error("the catalogue can't be read as JSON: {reason}")]
    #[diagnostic(code(catalogue::unreadable), help("a catalogue is one JSON object for each academic year, or a list of them"))]
    Unreadable { reason: String },
    /// a file without a document
    #[error("the catalogue is empty")]
    #[diagnostic(code(catalogue::empty), help("without a catalogue no record can be checked"))]
    Empty,
    /// `"credits": 6, "credits": 3`
    #[error("`{key}` stands twice in the same object")]
    #[diagnostic(code(catalogue::duplicate_key), help("keep the one that is true"))]
    DuplicateKey { key: String },
    /// `{"programmes": []}`
    #[error("the document does not say which academic year it describes")]
    #[diagnostic(code(catalogue::missing_academic_year), help("give `academic_year`, such as \"2023-2024\""))]
    MissingAcademicYear,
    /// two documents for 2023-2024
    #[error("the academic year {year} is described twice")]
    #[diagnostic(code(catalogue::duplicate_academic_year), help("there is one document for each academic year; merge the two"))]
    DuplicateAcademicYear { year: String },
    /// a course without `code`
    #[error("the {subject} has no `{key}`")]
    #[diagnostic(code(catalogue::missing_code), help("records and rules name it by that; give it one"))]
    MissingCode { subject: &'static str, key: &'static str },
    /// two courses `BM101` in one document
    #[error("{subject} `{code}` stands twice in the catalogue of {year}")]
    #[diagnostic(code(catalogue::duplicate_code), help("keep one of the two, or give the other its own code"))]
    DuplicateCode { subject: &'static str, code: String, year: String },
    /// the same course twice in the units of a programme
    #[error("the programme has the unit `{course}` twice")]
    #[diagnostic(code(catalogue::duplicate_unit), help("a unit stands once in a programme, or once in each graduating option"))]
    DuplicateUnit { course: String },
    /// a unit whose course no `courses` entry describes
    #[error("the catalogue of {year} has no {subject} `{code}`")]
    #[diagnostic(code(catalogue::unknown_code))]
    UnknownCode {
        subject: &'static str,
        code: String,
        year: String,
        #[help]
        help: Option<String>,
    },
    /// `{"course": "BM201", "kind": "strict"}`
    #[error("the edge has no `{key}`")]
    #[diagnostic(
        code(catalogue::incomplete_edge),
        help("an edge says which `course` it is of, which `kind` it is and, in `expression`, what must come before")
    )]
    IncompleteEdge { key: &'static str },
    /// `{"code": "1M", "parent": "1M1"}, {"code": "1M1", "parent": "1M"}`
    #[error("the class group `{code}` covers itself")]
    #[diagnostic(code(catalogue::class_group_cycle), help("follow `parent`: {cycle}"))]
    ClassGroupCycle { code: String, cycle: String },
    /// `"credit": 6`
    #[error("nobody declared the field `{field}` ({count})")]
    #[diagnostic(code(catalogue::undeclared_field), severity(Warning))]
    UndeclaredField {
        field: String,
        count: String,
        #[help]
        help: String,
    },
}

impl CatalogueProblem {
    fn label(&self) -> &'static str {
        match self {
            Self::Value(problem) => problem.label(),
            Self::Unreadable { .. } => "here",
            Self::Empty => "nothing here",
            Self::DuplicateKey { .. } | Self::DuplicateAcademicYear { .. } | Self::DuplicateCode { .. } | Self::DuplicateUnit { .. } => {
                "the second one"
            }
            Self::MissingAcademicYear => "no `academic_year` in here",
            Self::MissingCode { .. } => "which one?",
            Self::UnknownCode { .. } => "not in the catalogue",
            Self::IncompleteEdge { .. } => "not a whole edge",
            Self::ClassGroupCycle { .. } => "covers itself",
            Self::UndeclaredField { .. } => "not read",
        }
    }
}

/// A problem with the place it is drawn at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At<P> {
    pub(crate) problem: P,
    label: &'static str,
    span: SourceSpan,
}

impl At<RecordProblem> {
    pub(crate) fn record(problem: RecordProblem, at: SourceSpan) -> Self {
        Self { label: problem.label(), problem, span: at }
    }
}

impl At<CatalogueProblem> {
    pub(crate) fn catalogue(problem: CatalogueProblem, at: SourceSpan) -> Self {
        Self { label: problem.label(), problem, span: at }
    }
}

impl<P: fmt::Display> fmt::Display for At<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(formatter)
    }
}

impl<P: std::error::Error> std::error::Error for At<P> {}

impl<P: Diagnostic> Diagnostic for At<P> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.code()
    }

    fn severity(&self) -> Option<Severity> {
        self.problem.severity()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        None
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_primary_with_span(Some(self.label.to_owned()), self.span);
        Some(Box::new(std::iter::once(label)))
    }
}
