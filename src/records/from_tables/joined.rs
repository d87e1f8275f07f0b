//! The rows of each student in each table, and the enrolment that each of them stands in.

use std::ops::Range;
use std::sync::Arc;

use crate::records::from_tables::columns::{Columns, is_in_enrolment};
use crate::records::from_tables::{HeldRows, Row, RowFault, TableProblem};
use crate::vocabulary::{Subject, Zone};

/// What a table is called, and what its columns are.
#[derive(Debug)]
pub(super) struct TableShape {
    pub(super) file: u32,
    pub(super) name: String,
    pub(super) subject: Subject,
    /// The names of all columns, in words of the record.
    pub(super) names: Arc<[String]>,
    pub(super) columns: Columns,
}

/// Rows of a table, those of one student after those of another.
#[derive(Debug)]
pub(super) struct TableRows {
    pub(super) shape: Arc<TableShape>,
    pub(super) rows: HeldRows,
    /// For each student the first row, and one more at the end: the first row that is of none of them.
    firsts: Vec<usize>,
    /// For each row the number of its enrolment among those of its student, or [`NOWHERE`]; empty where rows stand in no enrolment.
    joined: Vec<u32>,
}

/// Of a row that can't be joined.
const NOWHERE: u32 = u32::MAX;

/// The rows of one student.
#[derive(Debug, Clone, Copy)]
pub(super) struct Student<'t> {
    pub(super) tables: &'t [TableRows],
    pub(super) number: usize,
    pub(super) clock: Option<Zone>,
}

/// A row that can't be joined: the number of its table, its own number there, and why.
pub(super) type Unjoined = (usize, usize, RowFault);

impl TableRows {
    pub(super) fn new(shape: Arc<TableShape>) -> Self {
        Self { shape, rows: HeldRows::default(), firsts: vec![0], joined: Vec::new() }
    }

    pub(super) fn students(&self) -> usize {
        self.firsts.len() - 1
    }

    /// Those of a student, by their numbers.
    pub(super) fn numbers(&self, student: usize) -> Range<usize> {
        let at = |student: usize| self.firsts.get(student).copied().unwrap_or(self.rows.len());
        at(student)..at(student + 1)
    }

    pub(super) fn of_student(&self, student: usize) -> impl Iterator<Item = Row<'_>> + Clone {
        self.numbers(student).map(|number| self.rows.row(number))
    }

    /// The number of the first row that is of no student yet.
    pub(super) fn end(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0)
    }

    /// The first row that is of no student yet.
    pub(super) fn next(&self) -> Option<Row<'_>> {
        (self.end() < self.rows.len()).then(|| self.rows.row(self.end()))
    }

    /// The rows up to a number are those of another student.
    pub(super) fn close_student(&mut self, end: usize) {
        self.firsts.push(end);
    }

    /// Forget the rows of the last student, but not those after them.
    pub(super) fn forget_student(&mut self) {
        let (Some(end), Some(first)) = (self.firsts.pop(), self.firsts.last().copied()) else { return };
        let mut after = HeldRows::default();
        (end..self.rows.len()).for_each(|number| after.push_row(self.rows.row(number)));
        self.rows.truncate(first);
        (0..after.len()).for_each(|number| self.rows.push_row(after.row(number)));
        self.joined.truncate(first);
    }

    /// The rows of all students; those after them stay here.
    pub(super) fn take_students(&mut self) -> Self {
        let end = self.end();
        let mut after = Self::new(Arc::clone(&self.shape));
        (end..self.rows.len()).for_each(|number| after.rows.push_row(self.rows.row(number)));
        let mut taken = std::mem::replace(self, after);
        taken.rows.truncate(end);
        taken
    }

    /// The student, and the number among the student's rows, of the row in a line. Lines come in their order.
    pub(super) fn student_at(&self, line: u32) -> Option<(usize, usize)> {
        let number = self.rows.number_at(line)?;
        let student = self.firsts.partition_point(|first| *first <= number).checked_sub(1)?;
        Some((student, number - self.firsts.get(student)?))
    }
}

/// Say of the rows of the last student which enrolment they stand in; the first that can't be joined.
pub(super) fn join(tables: &mut [TableRows], number: usize) -> Option<Unjoined> {
    let mut first = None;
    let apart = Student { tables, number, clock: None }.enrolments_are_apart();
    for subject in [Subject::Isp, Subject::Entry, Subject::RequestedCourse] {
        let Some(index) = tables.iter().position(|table| table.shape.subject == subject) else { continue };
        let mut joined = std::mem::take(&mut tables[index].joined);
        let (student, table) = (Student { tables, number, clock: None }, &tables[index]);
        let mut near = 0;
        for row in table.numbers(number) {
            let (columns, held) = (&table.shape.columns, table.rows.row(row));
            // Rows of one enrolment mostly stand together, and no other matches where no two are alike.
            if apart && student.is_of(columns, held, near) {
                joined.push(near);
                continue;
            }
            let found = student.enrolment_of(columns, held);
            near = *found.as_ref().unwrap_or(&near);
            joined.push(*found.as_ref().unwrap_or(&NOWHERE));
            if let Err(Some(count)) = found
                && first.is_none()
            {
                first = Some((index, row, RowFault { problem: TableProblem::WhichEnrolment { count }.into(), column: 1 }));
            }
        }
        tables[index].joined = joined;
    }
    first
}

impl<'t> Student<'t> {
    pub(super) fn table(&self, subject: Subject) -> Option<&'t TableRows> {
        self.tables.iter().find(|table| table.shape.subject == subject)
    }

    /// The student's own rows.
    pub(super) fn own(&self) -> impl Iterator<Item = Row<'t>> {
        let number = self.number;
        self.table(Subject::Student).into_iter().flat_map(move |table| table.of_student(number))
    }

    /// The rows of a table that stand in an enrolment.
    pub(super) fn inside(&self, table: &'t TableRows, enrolment: usize) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let numbers = table.numbers(self.number);
        let joined = table.joined.get(numbers.clone()).unwrap_or_default();
        numbers.zip(joined).filter(move |(_, joined)| **joined as usize == enrolment).map(|(number, _)| table.rows.row(number))
    }

    /// The rows of a table that stand in no enrolment, and should.
    pub(super) fn outside(&self, table: &'t TableRows) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let numbers = if is_in_enrolment(table.shape.subject) { table.numbers(self.number) } else { 0..0 };
        numbers.filter(|number| table.joined.get(*number) == Some(&NOWHERE)).map(|number| table.rows.row(number))
    }

    /// Whether no two enrolments have the same academic year and programme.
    fn enrolments_are_apart(&self) -> bool {
        let Some(table) = self.table(Subject::Enrolment) else { return false };
        let key = |row: Row<'t>| table.shape.columns.keys.iter().take(2).map(move |column| column.map_or("", |column| row.cell(column)));
        let mut rows = table.of_student(self.number);
        while let Some(row) = rows.next() {
            if rows.clone().any(|other| key(row).eq(key(other))) {
                return false;
            }
        }
        true
    }

    /// Whether a row that can be read stands in an enrolment.
    fn is_of(&self, inner: &Columns, row: Row<'_>, enrolment: u32) -> bool {
        let Some(table) = self.table(Subject::Enrolment) else { return false };
        let number = table.numbers(self.number).start + enrolment as usize;
        let is_there = table.numbers(self.number).contains(&number);
        is_there && row.fault.is_none() && is_same((inner, row), (&table.shape.columns, table.rows.row(number)))
    }

    /// The enrolment that a row stands in; nothing for a row that can't be read, else how many it may stand in.
    fn enrolment_of(&self, inner: &Columns, row: Row<'_>) -> Result<u32, Option<String>> {
        if row.fault.is_some() {
            return Err(None);
        }
        let enrolments = self.table(Subject::Enrolment).into_iter();
        let all = enrolments.flat_map(|table| table.of_student(self.number).map(|enrolment| (&table.shape.columns, enrolment)));
        let mut found = (0..).zip(all).filter(|(_, enrolment)| is_same((inner, row), *enrolment)).map(|(index, _)| index);
        match (found.next(), found.count()) {
            (Some(only), 0) => Ok(only),
            (None, _) => Err(Some("none".to_owned())),
            (Some(_), more) => Err(Some((more + 1).to_string())),
        }
    }
}

/// Whether a row has the keys of an enrolment; one that does not say its contract has that of any.
fn is_same((inner, row): (&Columns, Row<'_>), (outer, enrolment): (&Columns, Row<'_>)) -> bool {
    enrolment.fault.is_none()
        && inner.keys.iter().zip(outer.keys).enumerate().all(|(key, (inner, outer))| {
            let said = inner.map_or("", |column| row.cell(column));
            let contract_unsaid = key == 2 && said.is_empty();
            contract_unsaid || outer.is_some_and(|column| enrolment.cell(column) == said)
        })
}
