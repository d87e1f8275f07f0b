//! Rows of one table, held together: all their texts stand in one string, so that neither a row nor a cell is a piece of memory of its own.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use crate::records::from_tables::RowFault;

/// Rows one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeldRows {
    /// The cells, each with one byte behind it: what divides cells in a file may stay where it is.
    text: String,
    /// Where each cell ends.
    ends: Vec<u32>,
    rows: Vec<Held>,
    /// What is wrong with some rows, by their numbers, in order.
    faults: Vec<(usize, RowFault)>,
    /// Whose some rows are, where their cells are not where their headings are, by their numbers, in order.
    owners: Vec<(usize, Box<str>)>,
}

/// A row by its place among the others.
#[derive(Debug, Clone, Copy)]
struct Held {
    line: u32,
    start: u32,
    first_end: u32,
    signs: Signs,
}

/// Whether a text has signs that JSON writes otherwise: quotes, backslashes, tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    None,
    Some,
}

/// What stands behind a cell.
const BEHIND: char = '\n';

/// A row: its texts, with a point before decimals in columns of numbers; an empty text is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    /// Where it begins in the file, from 1.
    pub(crate) line: u32,
    pub(super) fault: Option<&'r RowFault>,
    pub(super) signs: Signs,
    /// Whose it is, where its cells are not where their headings are.
    owner: Option<&'r str>,
    text: &'r str,
    ends: &'r [u32],
    start: usize,
}

impl HeldRows {
    /// Begin a row, to which cells are added next.
    pub(crate) fn begin(&mut self, line: u32) {
        let (start, first_end) = (offset(self.text.len()), offset(self.ends.len()));
        self.rows.push(Held { line, start, first_end, signs: Signs::None });
    }

    /// Add a cell to the last row.
    pub(crate) fn push(&mut self, cell: &str) {
        self.note_signs(cell);
        self.text.push_str(cell);
        self.end_cell();
    }

    /// Add a cell of signs that are letters, digits and the like.
    pub(crate) fn push_plain(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end_cell();
    }

    /// Add a day as a record writes it.
    pub(crate) fn push_day(&mut self, day: NaiveDate) {
        match u32::try_from(day.year()).ok().filter(|year| *year <= 9999) {
            Some(year) => self.push_digits(year * 10_000 + day.month() * 100 + day.day()),
            None => self.push(&day.to_string()),
        }
    }

    /// The day of the number 20231015.
    fn push_digits(&mut self, number: u32) {
        let mut rest = number;
        let mut text = *b"0000-00-00";
        for place in [9, 8, 6, 5, 3, 2, 1, 0] {
            text[place] = b"0123456789"[(rest % 10) as usize];
            rest /= 10;
        }
        self.push_plain(std::str::from_utf8(&text).unwrap_or_default());
    }

    /// Add the cells of a text that are divided by a sign of one byte.
    pub(crate) fn push_divided(&mut self, text: &str, divider: u8) {
        self.note_signs(text);
        let start = self.text.len();
        self.text.push_str(text);
        self.text.push(BEHIND);
        let ends = &mut self.ends;
        each_place(text.as_bytes(), divider, |at| ends.push(offset(start + at)));
        self.ends.push(offset(start + text.len()));
    }

    fn end_cell(&mut self) {
        self.ends.push(offset(self.text.len()));
        self.text.push(BEHIND);
    }

    fn note_signs(&mut self, text: &str) {
        if has_signs(text)
            && let Some(last) = self.rows.last_mut()
        {
            last.signs = Signs::Some;
        }
    }

    /// Write a cell of the last row otherwise, in as many bytes.
    pub(crate) fn rewrite(&mut self, column: usize, cell: &str) {
        let Some(row) = self.rows.len().checked_sub(1) else { return };
        let Some(place) = self.row(row).place(column).filter(|place| place.len() == cell.len()) else { return };
        if self.text.get(place.clone()).is_some() {
            self.text.replace_range(place, cell);
        }
    }

    /// The last row can't be read; what was said of it first stands.
    pub(crate) fn fault(&mut self, fault: RowFault) {
        if self.last_fault().is_none() {
            self.faults.push((self.rows.len().saturating_sub(1), fault));
        }
    }

    /// Whatever was said of the last row before, this is what is wrong with it.
    pub(crate) fn fault_instead(&mut self, fault: RowFault) {
        let last = self.rows.len().saturating_sub(1);
        self.faults.truncate(self.faults.partition_point(|(row, _)| *row < last));
        self.faults.push((last, fault));
    }

    fn last_fault(&self) -> Option<&RowFault> {
        found(&self.faults, self.rows.len().checked_sub(1)?)
    }

    /// Say whose the last row is.
    pub(super) fn own(&mut self, owner: &str) {
        self.owners.push((self.rows.len().saturating_sub(1), owner.into()));
    }

    /// The bytes of all texts.
    #[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The number of the row that begins in a line; lines come in their order.
    pub(super) fn number_at(&self, line: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&line, |row| row.line).ok()
    }

    /// The number of cells of the last row.
    pub(crate) fn last_len(&self) -> usize {
        self.rows.last().map_or(0, |row| self.ends.len() - row.first_end as usize)
    }

    /// The line of the last row.
    pub(crate) fn last_line(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.line)
    }

    pub(crate) fn last(&self) -> Option<Row<'_>> {
        Some(self.row(self.rows.len().checked_sub(1)?))
    }

    /// A row by its number; an empty one where there is none.
    #[inline]
    pub(crate) fn row(&self, number: usize) -> Row<'_> {
        let none = Held { line: 0, start: 0, first_end: offset(self.ends.len()), signs: Signs::None };
        let row = self.rows.get(number).copied().unwrap_or(none);
        let end = self.rows.get(number + 1).map_or(self.ends.len(), |next| next.first_end as usize);
        Row {
            line: row.line,
            fault: found(&self.faults, number),
            signs: row.signs,
            owner: found(&self.owners, number).map(AsRef::as_ref),
            text: &self.text,
            ends: self.ends.get(row.first_end as usize..end).unwrap_or_default(),
            start: row.start as usize,
        }
    }

    /// Forget all rows but keep the room they took.
    #[cfg(feature = "xlsx")]
    pub(crate) fn clear(&mut self) {
        self.truncate(0);
    }

    /// Forget the rows from a number on.
    pub(super) fn truncate(&mut self, rows: usize) {
        if let Some(first) = self.rows.get(rows) {
            self.text.truncate(first.start as usize);
            self.ends.truncate(first.first_end as usize);
        }
        self.rows.truncate(rows);
        self.faults.truncate(self.faults.partition_point(|(row, _)| *row < rows));
        self.owners.truncate(self.owners.partition_point(|(row, _)| *row < rows));
    }

    /// Add a row of other rows.
    pub(super) fn push_row(&mut self, row: Row<'_>) {
        self.begin(row.line);
        if let Some(last) = self.rows.last_mut() {
            last.signs = row.signs;
        }
        let start = self.text.len();
        let end = row.ends.last().map_or(row.start, |end| *end as usize);
        self.text.push_str(row.text.get(row.start..end).unwrap_or(""));
        self.text.push(BEHIND);
        self.ends.extend(row.ends.iter().map(|end| offset(*end as usize - row.start + start)));
        if let Some(fault) = row.fault {
            self.fault(fault.clone());
        }
        if let Some(owner) = row.owner {
            self.own(owner);
        }
    }
}

fn found<T>(of_rows: &[(usize, T)], number: usize) -> Option<&T> {
    if of_rows.is_empty() {
        return None;
    }
    let index = of_rows.binary_search_by_key(&number, |(row, _)| *row).ok()?;
    of_rows.get(index).map(|(_, held)| held)
}

/// A byte eight times.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The eight bytes that come next, and what follows; what is missing at the end is spaces, which are no signs.
fn next_eight(bytes: &[u8]) -> (u64, &[u8]) {
    if let Some((first, rest)) = bytes.split_first_chunk::<8>() {
        return (u64::from_le_bytes(*first), rest);
    }
    (bytes.iter().rev().fold(eight(b' '), |eight, byte| eight << 8 | u64::from(*byte)), &[])
}

/// Whether one of eight bytes is zero.
fn has_zero(eight_bytes: u64) -> bool {
    eight_bytes.wrapping_sub(eight(1)) & !eight_bytes & eight(0x80) != 0
}

fn has_signs(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (bytes, after) = next_eight(rest);
        let below_space = bytes.wrapping_sub(eight(b' ')) & !bytes & eight(0x80) != 0;
        if below_space || has_zero(bytes ^ eight(b'"')) || has_zero(bytes ^ eight(b'\\')) {
            return true;
        }
        rest = after;
    }
    false
}

/// Where a byte, which is no space, stands among others; eight of them are looked at together, because cells are short.
fn each_place(bytes: &[u8], byte: u8, mut found: impl FnMut(usize)) {
    let (mut rest, mut start) = (bytes, 0);
    while !rest.is_empty() {
        let (eight_bytes, after) = next_eight(rest);
        let others = eight_bytes ^ eight(byte);
        // The highest bit of each byte that is zero, and of no other.
        let mut zeros = !(((others & eight(0x7f)) + eight(0x7f)) | others | eight(0x7f));
        while zeros != 0 {
            found(start + zeros.trailing_zeros() as usize / 8);
            zeros &= zeros - 1;
        }
        (rest, start) = (after, start + 8);
    }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

impl<'r> Row<'r> {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    fn place(&self, column: usize) -> Option<Range<usize>> {
        let start = match column.checked_sub(1) {
            None => self.start,
            Some(before) => *self.ends.get(before)? as usize + 1,
        };
        Some(start..*self.ends.get(column)? as usize)
    }

    /// The text of a column; empty too where the row is too short.
    #[inline]
    pub(crate) fn cell(&self, column: usize) -> &'r str {
        match self.place(column) {
            Some(place) if place.start < place.end => self.text.get(place).unwrap_or(""),
            _ => "",
        }
    }

    /// The bytes of the text of a column.
    #[inline]
    pub(super) fn length(&self, column: usize) -> usize {
        self.place(column).map_or(0, |place| place.len())
    }

    pub(crate) fn cells(self) -> impl Iterator<Item = &'r str> {
        (0..self.len()).map(move |column| self.cell(column))
    }

    /// The student in that column, or who is known to own the row.
    pub(super) fn student(&self, column: usize) -> &'r str {
        self.owner.unwrap_or_else(|| self.cell(column))
    }

    /// The bytes of its cells.
    pub(super) fn bytes(&self) -> usize {
        let behind = self.ends.len().saturating_sub(1);
        self.ends.last().map_or(0, |end| *end as usize - self.start).saturating_sub(behind)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{HeldRows, each_place, has_signs};
    use crate::records::from_tables::{RowFault, TableProblem};

    fn shown(rows: &HeldRows) -> Vec<(u32, Vec<&str>, bool)> {
        (0..rows.len()).map(|number| rows.row(number)).map(|row| (row.line, row.cells().collect(), row.fault.is_some())).collect()
    }

    #[test]
    fn rows_come_back_as_they_were_and_are_forgotten_without_a_trace() {
        let mut rows = HeldRows::default();
        rows.begin(2);
        rows.push_divided("r1;;12,5;é", b';');
        rows.rewrite(2, "12.5");
        rows.begin(3);
        rows.begin(4);
        for cell in ["r2", ""] {
            rows.push(cell);
        }
        rows.fault(RowFault { problem: TableProblem::WhoseRow.into(), column: 1 });
        let expected = [(2, vec!["r1", "", "12.5", "é"], false), (3, vec![], false), (4, vec!["r2", ""], true)];
        assert_eq!(shown(&rows), expected);
        assert_eq!(rows.row(0).bytes(), "r112.5é".len());
        assert_eq!((rows.row(1).cell(0), rows.row(2).cell(7), rows.row(9).cell(0)), ("", "", ""));
        let mut others = HeldRows::default();
        (0..3).for_each(|number| others.push_row(rows.row(number)));
        assert_eq!(shown(&others), expected);
        others.truncate(2);
        others.push_row(rows.row(0));
        assert_eq!(shown(&others), [expected[0].clone(), expected[1].clone(), expected[0].clone()]);
    }

    proptest! {
        #[test]
        fn bytes_that_are_looked_at_together_are_seen_as_alone(text in "[;,a\u{1}\u{7f}é:<\"\\\\]{0,40}") {
            for byte in *b";," {
                let mut places = Vec::new();
                each_place(text.as_bytes(), byte, |at| places.push(at));
                prop_assert_eq!(places, text.bytes().enumerate().filter(|(_, of)| *of == byte).map(|(at, _)| at).collect::<Vec<_>>());
            }
            prop_assert_eq!(has_signs(&text), text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\'));
        }
    }
}
