//! Rows of one subject as columns.

use std::ops::Range;

use crate::vocabulary::{Cell, Field, MISSING, Subject, fields::fields_of};

/// The rows of a subject: a column a field, and for each owner where its rows begin.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    subject: Subject,
    rows: u32,
    /// One that no row has a value in is empty.
    columns: Vec<Vec<Cell>>,
    /// What stands for such a column: so many rows without a value, and perhaps more.
    nothing: Vec<Cell>,
    /// The owner's row of each row; empty for subjects that stand alone.
    owners: Vec<u32>,
    /// For each owner's row, its first row here; one more at the end.
    starts: Vec<u32>,
    /// For each owner's row, whether the record gave the list at all.
    given: Vec<bool>,
}

impl Table {
    pub(crate) fn new(subject: Subject) -> Self {
        let columns = vec![Vec::new(); fields_of(subject).len()];
        Self { subject, rows: 0, columns, nothing: Vec::new(), owners: Vec::new(), starts: vec![0], given: Vec::new() }
    }

    pub(crate) fn rows(&self) -> u32 {
        self.rows
    }

    /// A new row with every value missing, under the owner that is filled at the moment.
    pub(crate) fn push(&mut self) -> u32 {
        let row = self.append();
        for column in &mut self.columns {
            column.resize(self.rows as usize, MISSING);
        }
        row
    }

    /// A new row under the owner that is filled at the moment; its columns are filled up by `pad`, all rows at once.
    pub(crate) fn append(&mut self) -> u32 {
        self.owners.push(self.closed());
        self.rows += 1;
        self.rows - 1
    }

    /// Fill up the columns of the rows that were appended.
    pub(crate) fn pad(&mut self) {
        let rows = self.rows as usize;
        for column in self.columns.iter_mut().filter(|column| !column.is_empty()) {
            column.resize(rows, MISSING);
        }
        self.nothing.resize(rows.max(self.nothing.len()), MISSING);
    }

    /// How many owners are closed.
    pub(crate) fn closed(&self) -> u32 {
        u32::try_from(self.given.len()).unwrap_or(u32::MAX)
    }

    /// Close the rows of one owner; every owner's row must be closed once, in order.
    pub(crate) fn close_owner(&mut self, given: Given) {
        self.starts.push(self.rows);
        self.given.push(given == Given::Yes);
    }

    pub(crate) fn set(&mut self, field: Field, row: u32, cell: Cell) {
        debug_assert_eq!(field.subject, self.subject);
        let Some(column) = self.columns.get_mut(field.column as usize) else { return };
        let place = row as usize;
        if let Some(old) = column.get_mut(place) {
            *old = cell;
        } else if row < self.rows {
            column.resize(self.rows as usize, MISSING);
            column[place] = cell;
        }
    }

    /// Give those of some rows a value that have none.
    pub(crate) fn set_where_missing(&mut self, field: Field, rows: Range<u32>, cell: Cell) {
        debug_assert_eq!(field.subject, self.subject);
        let (start, end) = (rows.start as usize, rows.end.min(self.rows) as usize);
        let Some(column) = self.columns.get_mut(field.column as usize).filter(|_| start < end) else { return };
        if column.len() < end {
            column.resize(self.rows as usize, MISSING);
        }
        for old in column.get_mut(start..end).unwrap_or_default() {
            *old = if *old == MISSING { cell } else { *old };
        }
    }

    /// The cells of a row that was appended, by column; a bit for each column that is kept.
    #[inline]
    pub(crate) fn fill(&mut self, row: u32, cells: &[Cell], kept: u32) {
        let mut left = kept;
        while left != 0 {
            let index = left.trailing_zeros() as usize;
            left &= left - 1;
            let (Some(column), Some(cell)) = (self.columns.get_mut(index), cells.get(index)) else { return };
            if column.len() < row as usize {
                column.resize(row as usize, MISSING);
            }
            column.push(*cell);
        }
    }

    /// The cells of a column, up to the last appended row that was given one.
    pub(crate) fn column_mut(&mut self, field: Field) -> &mut [Cell] {
        self.columns.get_mut(field.column as usize).map_or(&mut [], Vec::as_mut_slice)
    }

    /// The value; missing too for a row that is not there.
    #[inline]
    pub(crate) fn cell(&self, field: Field, row: u32) -> Cell {
        debug_assert_eq!(field.subject, self.subject);
        self.columns.get(field.column as usize).and_then(|column| column.get(row as usize)).copied().unwrap_or(MISSING)
    }

    pub(crate) fn column(&self, field: Field) -> &[Cell] {
        match self.columns.get(field.column as usize) {
            Some(column) if !column.is_empty() => column,
            Some(_) => self.nothing.get(..self.rows as usize).unwrap_or(&self.nothing),
            None => &[],
        }
    }

    /// Whether any row may have a value in a column.
    pub(crate) fn has_values(&self, field: Field) -> bool {
        self.columns.get(field.column as usize).is_some_and(|column| !column.is_empty())
    }

    #[inline]
    pub(crate) fn owner(&self, row: u32) -> u32 {
        self.owners.get(row as usize).copied().unwrap_or(u32::MAX)
    }

    pub(crate) fn owners(&self) -> &[u32] {
        &self.owners
    }

    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The rows of an owner.
    #[inline]
    pub(crate) fn rows_of(&self, owner: u32) -> Range<u32> {
        let at = |index: usize| self.starts.get(index).copied().unwrap_or(self.rows);
        at(owner as usize)..at(owner as usize + 1)
    }

    /// Whether the record gave this owner's list.
    pub(crate) fn is_given(&self, owner: u32) -> bool {
        self.given.get(owner as usize).copied().unwrap_or(false)
    }

    /// Back to so many owners and rows: a broken record leaves nothing behind.
    pub(crate) fn truncate(&mut self, owners: u32, rows: u32) {
        for column in &mut self.columns {
            column.truncate(rows as usize);
        }
        self.owners.truncate(rows as usize);
        self.starts.truncate(owners as usize + 1);
        self.given.truncate(owners as usize);
        self.rows = rows;
    }
}

/// Rows of another table, with their owners, to be put after the rows that are here.
#[cfg(feature = "parquet")]
#[derive(Debug)]
pub(crate) struct Run<'t> {
    /// By the number of the field; empty where no row has a value.
    pub(crate) columns: &'t [Vec<Cell>],
    /// The columns that are kept, a bit each.
    pub(crate) kept: u32,
    pub(crate) rows: Range<u32>,
    /// The owners whose rows these are; nothing for a subject that stands alone.
    pub(crate) owners: Option<Range<u32>>,
    /// For each owner its first row there, and one more at the end; empty where each owner has one row.
    pub(crate) starts: &'t [u32],
    /// For each owner, whether the record gave the list; empty where it always does.
    pub(crate) given: &'t [bool],
}

#[cfg(feature = "parquet")]
impl Table {
    /// Append rows, and close their owners.
    pub(crate) fn append_run(&mut self, run: &Run<'_>) {
        let rows = run.rows.start as usize..run.rows.end as usize;
        for (index, (column, cells)) in self.columns.iter_mut().zip(run.columns).enumerate() {
            if run.kept >> index & 1 == 1
                && let Some(cells) = cells.get(rows.clone())
            {
                column.resize(self.rows as usize, MISSING);
                column.extend_from_slice(cells);
            }
        }
        let before = self.rows;
        self.rows += run.rows.end - run.rows.start;
        let Some(owners) = &run.owners else {
            self.owners.resize(self.rows as usize, 0);
            return;
        };
        let (first, last, closed) = (owners.start as usize, owners.end as usize, self.closed());
        let many = run.starts.get(first + 1..=last);
        match many {
            Some(starts) => self.starts.extend(starts.iter().map(|start| start - run.rows.start + before)),
            None => self.starts.extend(before + 1..=self.rows),
        }
        match run.given.get(first..last) {
            Some(given) => self.given.extend_from_slice(given),
            None => self.given.resize(self.given.len() + (last - first), true),
        }
        if many.is_none() {
            self.owners.extend(closed..self.closed());
        } else if before < self.rows {
            for (owner, end) in (closed..).zip(self.starts.iter().skip(closed as usize + 1)) {
                self.owners.resize(*end as usize, owner);
            }
        }
    }
}

/// Whether a list stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Yes,
    No,
}
