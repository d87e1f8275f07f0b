//! Dossiers from tables, one a list, whatever they are stored in: tables sorted by student are merged, a student at a time, and their cells read straight into
//! the columns of a batch. A dossier of which a cell is not plainly a value is written as a record, which the one reader of records reads: so a value means the
//! same and its problems read the same in every format. Storage is left to folders such as `from_csv`.
//!
//! `held.rs` keeps rows, `merge.rs` takes those of a student from all tables, `joined.rs` says which enrolment they stand in, `read.rs` and `values.rs` fill the
//! batch, and `draft.rs` writes a record.

mod block;
mod clock;
mod columns;
mod decimals;
mod draft;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod found;
mod headings;
mod held;
mod joined;
mod merge;
#[cfg(any(feature = "parquet", feature = "sqlite"))]
mod number;
mod problems;
mod read;
mod sample;
#[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
mod served;
mod set_aside;
#[cfg(feature = "xlsx")]
mod spool;
mod stored_problems;
#[cfg(test)]
mod tests;
mod typed;
mod values;

use std::sync::Arc;

use crate::records::problems::RecordProblem;
use crate::vocabulary::Subject;

pub(crate) use block::TableBlock;
#[cfg(feature = "parquet")]
pub(crate) use clock::with_offset;
pub(crate) use columns::{holds_decimals, is_instant, joined_on, kind_of_column, names_for, subject_of};
pub(crate) use decimals::DecimalMark;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) use found::{found_tables, ordered};
pub(crate) use headings::Headings;
pub(crate) use held::{HeldRows, Row};
pub(crate) use merge::Merged;
#[cfg(any(feature = "parquet", feature = "sqlite"))]
pub(crate) use number::NumberText;
pub(crate) use problems::TableProblem;
pub(crate) use sample::{TableSample, Truths, unread};
#[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
pub(crate) use served::{Desk, Reader, Shape, served};
#[cfg(feature = "xlsx")]
pub(crate) use spool::{Spool, Spooled};
pub(crate) use stored_problems::StoredProblem;
pub(crate) use typed::{Stored, Typed};

/// A table that is read row by row.
pub(crate) trait Table: Send {
    /// The number of its file, in the order in which the files were given.
    fn file(&self) -> u32;
    /// The name people know it by.
    fn name(&self) -> &str;
    fn subject(&self) -> Subject;
    /// The names of its columns, in words of the record.
    fn names(&self) -> &Arc<[String]>;
    /// How people sort it by the column of that number, from 1.
    fn sorting(&self, column: usize) -> String;
    /// Add the next row to some rows; false at the end.
    fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal>;
}

/// Why a row can't be read, and the column that shows it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    pub(crate) problem: RecordProblem,
    pub(crate) column: u32,
}

/// Why nothing of a table can be trusted, and the line that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) file: u32,
    pub(crate) line: u32,
    pub(crate) problem: RecordProblem,
}
