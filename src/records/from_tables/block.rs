//! Rows of whole students, taken from all tables and not yet looked at, and a student's dossier as a record for whoever looks at it closely: the reader that
//! says what is wrong with it, and reports that show its rows.

use std::ops::Range;
use std::sync::Arc;

use crate::records::batch::Written;
use crate::records::from_tables::draft::Draft;
use crate::records::from_tables::joined::{Student, TableRows};
use crate::records::json::json_has;
use crate::records::rows::{Drafted, InTable, Names};
use crate::vocabulary::{Subject, Zone};

/// Rows of some students.
#[derive(Debug)]
pub(crate) struct TableBlock {
    pub(super) tables: Vec<TableRows>,
    /// The names of the columns, by the number of the file.
    pub(super) names: Names,
    /// The time zone of date-times that say none.
    pub(super) clock: Option<Zone>,
    /// The bytes of all records.
    pub(super) bytes: usize,
}

impl TableBlock {
    /// How many students there are.
    pub(super) fn students(&self) -> usize {
        self.tables.first().map_or(0, TableRows::students)
    }

    pub(super) fn student(&self, number: usize) -> Student<'_> {
        Student { tables: &self.tables, number, clock: self.clock }
    }

    /// The number of the file of the students' own rows.
    pub(super) fn file(&self) -> u32 {
        let table = self.tables.iter().find(|table| table.shape.subject == Subject::Student);
        table.map_or(0, |table| table.shape.file)
    }

    /// A dossier as a record: a second row of the same student is a second dossier.
    pub(super) fn drafted(&self, student: usize, row: usize) -> Drafted {
        let mut draft = Draft::written(self.clock);
        draft.dossier(&self.student(student), row);
        draft.finish(Arc::clone(&self.names))
    }

    /// The dossier whose first row stands in a line.
    fn drafted_at(&self, line: u32) -> Option<Drafted> {
        let table = self.tables.iter().find(|table| table.shape.subject == Subject::Student)?;
        let (student, row) = table.student_at(line)?;
        Some(self.drafted(student, row))
    }
}

impl Written for TableBlock {
    fn text(&self, line: u32) -> String {
        self.drafted_at(line).map(|drafted| drafted.text).unwrap_or_default()
    }

    fn has(&self, line: u32, path: &str, name: &str) -> bool {
        self.drafted_at(line).is_some_and(|drafted| json_has(&drafted.text, path, name))
    }

    fn in_table(&self, line: u32, meant: &dyn Fn(&str) -> Range<usize>) -> Option<InTable> {
        let drafted = self.drafted_at(line)?;
        drafted.place(&meant(&drafted.text))
    }
}
