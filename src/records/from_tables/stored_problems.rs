//! What can be wrong with tables in workbooks and databases, beside what can be wrong with every table.

use miette::Diagnostic;
use thiserror::Error;

use crate::problems::toml_text;

/// What a text can't have wrong: cells of kinds, and sheets.
#[allow(dead_code, reason = "each store has its own of these, and a build may read none")]
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum StoredProblem {
    /// `#N/A` or the number 745123 under `student`
    #[error("whose row this is can't be read: {reason}")]
    #[diagnostic(
        code(tables::unreadable_student),
        help("write the student's number as text; without the row that student's dossier is not whole, so nothing was checked")
    )]
    UnreadableStudent { reason: String },
    /// a BLOB under `course`
    #[error("the cell holds {found}")]
    #[diagnostic(
        code(tables::unreadable_cell),
        help("a cell holds a text, a number, a day, a date-time or `true` or `false`; one that is not known is left empty")
    )]
    UnreadableCell { found: &'static str },
    /// `=VLOOKUP(…)` that finds nothing
    #[error("the formula in cell {cell} gives the error {error}")]
    #[diagnostic(code(tables::formula_error), help("mend the formula, or put the value in its place; a cell that is not known is left empty"))]
    FormulaError { cell: String, error: String },
    /// a formula written by a program that can't calculate
    #[error("the formula in cell {cell} was never calculated")]
    #[diagnostic(code(tables::not_calculated), help("open the workbook in a spreadsheet program, let it calculate, and save it"))]
    NotCalculated { cell: String },
    /// `65%` under `score`
    #[error("cell {cell} holds {number}, and shows it as a percentage")]
    #[diagnostic(
        code(tables::percentage),
        help("which of the two is meant can't be known: write the number that is, and give the cell a format without `%`")
    )]
    Percentage { cell: String, number: String },
    /// a hidden sheet `exemption`
    #[error("the sheet `{sheet}` is hidden")]
    #[diagnostic(
        code(tables::hidden_sheet),
        help("nobody can see whether it is meant: show it, delete it, or give it a name that is no list's; nothing was checked")
    )]
    HiddenSheet { sheet: String },
    /// one academic year for three rows
    #[error("the cells {cells} are merged into one")]
    #[diagnostic(
        code(tables::merged_cells),
        help("only the first of them has the value, so the others would count as unknown: split them and fill in each; nothing was checked")
    )]
    MergedCells { cells: String },
    /// `45<!-- of 2023 -->214`, which the library takes for 45
    #[error("the value of cell {cell} is written in pieces")]
    #[diagnostic(
        code(tables::value_in_pieces),
        help(
            "it would not be read as it stands: open the workbook in a spreadsheet program and save it, which writes it in one; nothing was checked"
        )
    )]
    ValueInPieces { cell: String },
    /// three columns under two headings
    #[error("the column of cell {cell} has no heading")]
    #[diagnostic(code(tables::no_heading), help("the first row that is not empty holds the headings; give the column one, or delete it"))]
    NoHeading { cell: String },
    /// `[map.entry] table = "ISP_regels"`, and an export without such a table
    #[error("there is no table `{name}`")]
    #[diagnostic(code(tables::missing_table))]
    MissingTable {
        name: String,
        #[help]
        help: String,
    },
    /// a view `entrys`, and no `entry`
    #[error("the table `{name}` was not read, and there is no `{near}`")]
    #[diagnostic(
        code(tables::not_read),
        severity(Warning),
        help("if it is meant, say so in `ispect.toml`: [map.{near}] table = {}", toml_text(name))
    )]
    NotRead { name: String, near: String },
    /// a view of another server's table, which its user may not read there
    #[error("its rows may not be read: {reason}")]
    #[diagnostic(
        code(tables::not_permitted),
        help("whoever it is read as must be allowed to read what stands behind it (`GRANT SELECT`); nothing was checked")
    )]
    NotPermitted { reason: String },
    /// a third cell under two headings
    #[error("cell {cell} has no heading above it")]
    #[diagnostic(code(tables::no_heading), help("give the column a heading, or empty the cell"))]
    BeyondHeadings { cell: String },
}

impl StoredProblem {
    /// What is shown for a cell that is no value.
    pub(crate) fn shown_cell(&self) -> &str {
        match self {
            Self::UnreadableCell { found } => found,
            Self::FormulaError { error, .. } => error,
            Self::NotCalculated { .. } => "?",
            Self::Percentage { number, .. } => number,
            Self::UnreadableStudent { .. }
            | Self::HiddenSheet { .. }
            | Self::MergedCells { .. }
            | Self::ValueInPieces { .. }
            | Self::NoHeading { .. }
            | Self::BeyondHeadings { .. }
            | Self::MissingTable { .. }
            | Self::NotPermitted { .. }
            | Self::NotRead { .. } => "",
        }
    }

    /// What is written under the place.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::UnreadableStudent { .. } => "in this row",
            Self::UnreadableCell { .. } => "can't be read",
            Self::FormulaError { .. } | Self::NotCalculated { .. } => "no value",
            Self::Percentage { .. } => "which number?",
            Self::HiddenSheet { .. } => "this sheet",
            Self::MissingTable { .. } => "not in here",
            Self::NotRead { .. } | Self::NotPermitted { .. } => "not read",
            Self::ValueInPieces { .. } => "not in one piece",
            Self::MergedCells { .. } => "which row has it?",
            Self::NoHeading { .. } | Self::BeyondHeadings { .. } => "what is it?",
        }
    }

    pub(super) fn refuses(&self) -> bool {
        match self {
            Self::UnreadableStudent { .. }
            | Self::HiddenSheet { .. }
            | Self::MergedCells { .. }
            | Self::ValueInPieces { .. }
            | Self::NoHeading { .. }
            | Self::NotPermitted { .. }
            | Self::MissingTable { .. } => true,
            Self::UnreadableCell { .. }
            | Self::FormulaError { .. }
            | Self::NotCalculated { .. }
            | Self::Percentage { .. }
            | Self::BeyondHeadings { .. }
            | Self::NotRead { .. } => false,
        }
    }
}
