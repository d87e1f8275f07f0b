//! Dossiers from tables, one a list, whatever they are stored in: tables sorted by student are merged, a student at a time, into records that the one
//! reader of records reads, so that a value means the same and its problems read the same in every format. Storage is left to folders such as `from_csv`.

mod clock;
mod columns;
mod decimals;
mod draft;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod found;
mod headings;
mod merge;
mod problems;
mod sample;
#[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
mod served;
mod set_aside;
#[cfg(feature = "xlsx")]
mod spool;
mod stored_problems;
mod typed;

use std::sync::Arc;

use crate::records::problems::RecordProblem;
use crate::vocabulary::Subject;

#[cfg(feature = "parquet")]
pub(crate) use clock::with_offset;
pub(crate) use columns::{holds_decimals, is_instant, joined_on, kind_of_column, names_for, subject_of};
pub(crate) use decimals::DecimalMark;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) use found::{found_tables, ordered};
pub(crate) use headings::Headings;
pub(crate) use merge::Merged;
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
    /// The next row; nothing at the end.
    fn next_row(&mut self) -> Result<Option<Row>, Refusal>;
}

/// A row: its texts, with a point before decimals in columns of numbers; an empty text is not known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Where it begins in the file, from 1.
    pub(crate) line: u32,
    text: String,
    ends: Vec<usize>,
    pub(crate) fault: Option<RowFault>,
    /// Whose it is, where its cells are not where their headings are.
    owner: Option<String>,
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

impl Row {
    /// With room for so many cells and bytes.
    pub(crate) fn with_room(line: u32, (cells, bytes): (usize, usize)) -> Self {
        Self { line, text: String::with_capacity(bytes), ends: Vec::with_capacity(cells), ..Self::default() }
    }

    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a column; empty too where the row is too short.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let start = column.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let end = self.ends.get(column).copied();
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// The student in that column, or who is known to own the row.
    fn student(&self, column: usize) -> &str {
        self.owner.as_deref().unwrap_or_else(|| self.cell(column))
    }

    fn bytes(&self) -> usize {
        self.text.len()
    }
}
