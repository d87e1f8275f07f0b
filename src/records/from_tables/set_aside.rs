//! The rows of a student that is set aside, as a record that can be mended: what could be joined stands in its place, every other row is a text, so that
//! nobody takes the record for a whole one before it is mended.

use std::ops::Range;

use crate::problems::on_one_line;
use crate::records::from_tables::columns::Part;
use crate::records::from_tables::draft::Draft;
use crate::records::from_tables::joined::{Student, TableShape};
use crate::records::from_tables::{Row, RowFault};
use crate::records::set_aside::SetAsideText;
use crate::records::{Kept, SetAside};
use crate::vocabulary::Subject;

impl Student<'_> {
    /// The record, as far as it can be put together.
    pub(super) fn set_aside(&self, student: &str) -> Vec<u8> {
        let mut strange = self.strange_students();
        for table in self.tables {
            strange.extend(self.outside(table).map(|row| table.shape.as_text(row)));
        }
        let mut draft = Draft::written(self.clock);
        draft.object(|draft| {
            match self.readable_own() {
                Some((table, row)) => draft.part((row, &table.columns), Part::Own),
                None => draft.student(student),
            }
            draft.lists(self, &strange);
            if self.table(Subject::Enrolment).is_none() && !strange.is_empty() {
                draft.list("enrolments", |draft| draft.texts(&strange));
            }
        });
        draft.into_bytes()
    }

    /// The student's row, where it can be read.
    fn readable_own(&self) -> Option<(&TableShape, Row<'_>)> {
        let table = self.table(Subject::Student)?;
        self.own().next().filter(|row| row.fault.is_none()).map(|row| (table.shape.as_ref(), row))
    }

    /// What is wrong with the student's rows: one that can't be read, a second one, or none.
    fn strange_students(&self) -> Vec<String> {
        let Some(table) = self.table(Subject::Student) else { return Vec::new() };
        if self.own().next().is_none() {
            return vec![format!("{} has no row of this student", table.shape.name)];
        }
        let read = usize::from(self.readable_own().is_some());
        self.own().skip(read).map(|row| table.shape.as_text(row)).collect()
    }
}

impl TableShape {
    /// A row that sets its student's dossier aside, and why.
    pub(super) fn set_aside(&self, row: Row<'_>, fault: RowFault) -> SetAside {
        const LONGEST_CELL: usize = 200;
        let (text, at) = self.shown(row, (fault.column, LONGEST_CELL));
        SetAside {
            file: self.file,
            line: row.line,
            column: fault.column,
            path: self.names.get(fault.column.saturating_sub(1) as usize).map_or(String::new(), |name| format!("/{name}")),
            student: Some(row.student(self.columns.student)).filter(|student| !student.is_empty()).map(str::to_owned),
            problem: fault.problem,
            excerpt: Some(SetAsideText { text: text.into(), first_line: row.line, at, place: None }),
            record: Kept::Nothing,
        }
    }

    /// `entry.csv:3: course = BM101, credits = 6`
    pub(super) fn as_text(&self, row: Row<'_>) -> String {
        let (text, _) = self.shown(row, (0, usize::MAX));
        format!("{}:{}: {text}", self.name, row.line)
    }

    /// `course = BM101, credits = 6`, and the bytes of one of its cells; long cells are cut.
    fn shown(&self, row: Row<'_>, (column, longest): (u32, usize)) -> (String, Range<usize>) {
        let (mut text, mut at) = (String::new(), 0..0);
        let names = self.names.iter().map(String::as_str).chain(std::iter::repeat("?"));
        for (index, (name, cell)) in names.zip(row.cells()).enumerate().filter(|(_, (_, cell))| !cell.is_empty()) {
            let before = if text.is_empty() { "" } else { ", " };
            let cut = cell.char_indices().nth(longest).map_or(cell, |(end, _)| &cell[..end]);
            let cell = on_one_line(cut);
            text.extend([before, name, " = ", &cell]);
            if column_number(index) == column {
                at = text.len() - cell.len()..text.len();
            }
        }
        (text, at)
    }
}

/// The number of a column, from 1.
pub(super) fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}
