//! What can be wrong with a table: with a row, so that its dossier is set aside, or with all of it, so that nothing is checked.

use miette::Diagnostic;
use thiserror::Error;

use crate::problems::counted;
use crate::records::from_tables::StoredProblem;

/// What tables have and records that stand alone have not.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum TableProblem {
    /// in a workbook or a database
    #[allow(dead_code, reason = "a build may read neither")]
    #[error(transparent)]
    #[diagnostic(transparent)]
    Stored(#[from] StoredProblem),
    /// `r0745123;BM101` under four headings
    #[error("the row has {}, but there {} {}", counted(*found, "cell"), if *expected == 1 { "is" } else { "are" }, counted(*expected, "heading"))]
    #[diagnostic(code(tables::wrong_length), help("a text that holds the delimiter stands in double quotes; a cell that is not known is left empty"))]
    WrongLength { found: usize, expected: usize },
    /// `6;;` under `credits;student`
    #[error("whose row this is can't be known")]
    #[diagnostic(
        code(tables::whose_row),
        help("give the student's number; without the row that student's dossier is not whole, so nothing was checked")
    )]
    WhoseRow,
    /// `r0745123 ;BM101`
    #[error("the student's number `{student}` has blanks around it")]
    #[diagnostic(
        code(tables::blanks_around_student),
        help(
            "take them away, here or where the table is made (in a view: `trim(student)`); where another table writes the number without them, that \
             student's dossier is not whole without this row, so nothing was checked"
        )
    )]
    BlanksAroundStudent { student: String },
    /// `r0745123;"BM101;6`
    #[error("a quoted cell does not end where the next begins")]
    #[diagnostic(
        code(tables::open_quote),
        help("close the quote, and write a quote in a quoted cell twice; rows after it can't be told apart, so nothing was checked")
    )]
    OpenQuote,
    /// lines that end as an old Mac ends them
    #[error("a carriage return stands in the row, outside quotes")]
    #[diagnostic(
        code(tables::lone_return),
        help(
            "some programs end a row there and others don't: end each line with a line feed, or with one carriage return and a line feed; nothing \
             was checked"
        )
    )]
    LoneReturn,
    /// `12,5` in a table that had `7.5` before
    #[error("`{text}` has a decimal {mark}, but the table has a decimal {first} in line {line}")]
    #[diagnostic(code(tables::other_decimal_mark), help("write the decimals of a table in one way; which of the two is meant can't be known here"))]
    OtherDecimalMark { text: String, mark: &'static str, first: &'static str, line: u32 },
    /// `1.234` as the first number with a mark
    #[error("`{text}` may be a thousand and more, or have three decimals")]
    #[diagnostic(
        code(tables::ambiguous_number),
        help("nothing before it in the table tells which; write it without the mark, or with a number of decimals other than three")
    )]
    AmbiguousNumber { text: String },
    /// `student;name,address`
    #[error("the cells of `{table}` may be divided by `;` or by `,`")]
    #[diagnostic(code(tables::ambiguous_delimiter), help("the headings have both; quote the heading that holds the other one"))]
    AmbiguousDelimiter { table: String },
    /// `r2` before `r1`
    #[error("`{table}` is not sorted by student: `{second}` comes after `{first}`")]
    #[diagnostic(code(tables::unsorted))]
    Unsorted {
        table: String,
        first: String,
        second: String,
        #[help]
        help: String,
    },
    /// `entry.csv` without `programme`
    #[error("`{table}` has no column `{column}`")]
    #[diagnostic(code(tables::missing_column))]
    MissingColumn {
        table: String,
        column: String,
        #[help]
        help: String,
    },
    /// `student;credits;credits`
    #[error("there are two of the {what} `{name}`")]
    #[diagnostic(code(tables::twice), help("keep the one that is true; which of the two that is can't be known here"))]
    Twice { what: &'static str, name: String },
    /// `entry.csv` without `student.csv`
    #[error("there is no table of students")]
    #[diagnostic(code(tables::no_student_table), help("who has a dossier stands in the table `student`, one row a student"))]
    NoStudentTable,
    /// `entries.csv`
    #[error("`{name}` is no table of students")]
    #[diagnostic(code(tables::unknown_table))]
    UnknownTable {
        name: String,
        #[help]
        help: String,
    },
    /// a row of `entry.csv` for a student that `student.csv` lacks
    #[error("the table of students has no student `{student}`")]
    #[diagnostic(code(tables::unknown_student), help("correct the number, or add the student to the table of students"))]
    UnknownStudent { student: String },
    /// an entry for 2023-2024 of a student who is not enrolled then
    #[error("{count} of the student's enrolments match this row")]
    #[diagnostic(
        code(tables::which_enrolment),
        help("exactly one enrolment must have its academic year and programme, and its contract where the row says one")
    )]
    WhichEnrolment { count: String },
    /// `Économie` saved by an office program of Windows
    #[error("`{table}` is not UTF-8 from line {line} on; it was read as Windows-1252")]
    #[diagnostic(code(tables::windows_1252), severity(Warning), help("look at a name with an accent in it, or save the file as UTF-8"))]
    Windows1252 { table: String, line: u32 },
}

impl TableProblem {
    /// What is written under the place.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::Stored(problem) => problem.label(),
            Self::WrongLength { .. } => "this row",
            Self::OpenQuote | Self::LoneReturn | Self::WhoseRow | Self::BlanksAroundStudent { .. } => "in this row",
            Self::OtherDecimalMark { .. } | Self::AmbiguousNumber { .. } => "which number?",
            Self::AmbiguousDelimiter { .. } => "these headings",
            Self::Unsorted { .. } => "out of order",
            Self::MissingColumn { .. } => "not among these",
            Self::Twice { .. } => "the second one",
            Self::NoStudentTable | Self::UnknownTable { .. } => "no such table",
            Self::UnknownStudent { .. } => "no such student",
            Self::WhichEnrolment { .. } => "which enrolment?",
            Self::Windows1252 { .. } => "not UTF-8",
        }
    }

    /// Whether nothing of the tables can be trusted, so that nothing is checked.
    pub(crate) fn refuses(&self) -> bool {
        match self {
            Self::Stored(problem) => problem.refuses(),
            Self::OpenQuote
            | Self::LoneReturn
            | Self::WhoseRow
            | Self::BlanksAroundStudent { .. }
            | Self::AmbiguousNumber { .. }
            | Self::AmbiguousDelimiter { .. }
            | Self::Unsorted { .. }
            | Self::MissingColumn { .. }
            | Self::Twice { .. }
            | Self::NoStudentTable
            | Self::UnknownTable { .. } => true,
            Self::WrongLength { .. }
            | Self::OtherDecimalMark { .. }
            | Self::UnknownStudent { .. }
            | Self::WhichEnrolment { .. }
            | Self::Windows1252 { .. } => false,
        }
    }
}
