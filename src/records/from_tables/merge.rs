//! Tables sorted by student, merged: the rows of one student are taken from each of them at a time, so that no table is held whole.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use crate::records::from_json::{BLOCK, Block, LONGEST_BYTES};
use crate::records::from_tables::columns::Columns;
use crate::records::from_tables::draft::{Draft, Student};
use crate::records::from_tables::{Headings, Refusal, Row, RowFault, Table, TableProblem};
use crate::records::problems::RecordProblem;
use crate::records::rows::Rows;
use crate::records::set_aside::SetAsideText;
use crate::records::{Cut, Kept, SetAside};
use crate::vocabulary::Subject;

/// A table, its next row, and the rows taken from it for the student at hand.
pub(super) struct Taken {
    pub(super) table: Box<dyn Table>,
    pub(super) columns: Columns,
    pub(super) rows: Vec<Row>,
    next: Option<Row>,
    /// The student of the row before the next.
    last: String,
}

/// Blocks of records from tables, in the order of the students.
pub(crate) struct Merged {
    tables: Vec<Taken>,
    /// The names of the columns, by the number of the file.
    names: Arc<[Arc<[String]>]>,
    draft: Draft,
    ready: VecDeque<Cut>,
}

impl Merged {
    /// The records of some tables, under the headings and by the clock of the institution.
    pub(crate) fn new(tables: Vec<Box<dyn Table>>, headings: &Headings) -> Self {
        let mut names: Vec<Arc<[String]>> = Vec::new();
        for table in &tables {
            let file = table.file() as usize;
            names.resize(names.len().max(file + 1), Arc::from([]));
            if let Some(place) = names.get_mut(file) {
                *place = Arc::clone(table.names());
            }
        }
        let draft = Draft { clock: headings.clock, ..Draft::default() };
        let mut merged = Self { tables: Vec::new(), names: names.into(), draft, ready: VecDeque::new() };
        if let Err(refusal) = merged.begin(tables, headings) {
            merged.refuse(refusal);
        }
        merged
    }

    /// What was to be read is refused as a whole.
    pub(crate) fn refused(refusal: Refusal) -> Self {
        let mut merged = Self::new(Vec::new(), &Headings::default());
        merged.ready.clear();
        merged.refuse(refusal);
        merged
    }

    fn begin(&mut self, tables: Vec<Box<dyn Table>>, headings: &Headings) -> Result<(), Refusal> {
        for table in tables {
            let refusal = |problem: TableProblem| Refusal { file: table.file(), line: 1, problem: problem.into() };
            if self.tables.iter().any(|taken| taken.table.subject() == table.subject()) {
                return Err(refusal(TableProblem::Twice { what: "table", name: table.subject().word().to_owned() }));
            }
            let columns = Columns::of(table.as_ref())?;
            self.tables.push(Taken { table, columns, rows: Vec::new(), next: None, last: String::new() });
        }
        let is_there = |subject| self.tables.iter().any(|taken| taken.table.subject() == subject);
        if let Some(problem) = headings.missing(is_there) {
            return Err(Refusal { file: 0, line: 1, problem: TableProblem::from(problem).into() });
        }
        if !is_there(Subject::Student) {
            return Err(Refusal { file: 0, line: 1, problem: TableProblem::NoStudentTable.into() });
        }
        for taken in &mut self.tables {
            taken.advance()?;
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.tables.clear();
        self.draft = Draft::default();
        let Refusal { file, line, problem } = refusal;
        let set_aside = SetAside { file, line, column: 1, path: String::new(), student: None, problem, excerpt: None, record: Kept::Nothing };
        self.ready.push_back(Cut::SetAside(set_aside));
    }

    /// Take one student; false at the end.
    fn student(&mut self) -> Result<bool, Refusal> {
        let students = self.tables.iter().filter_map(|taken| taken.next.as_ref().map(|row| row.student(taken.columns.student)));
        let Some(student) = students.min().map(str::to_owned) else { return Ok(false) };
        let mut bytes = 0;
        for taken in &mut self.tables {
            taken.take(&student, &mut bytes)?;
        }
        let known = self.tables.iter().any(|taken| taken.table.subject() == Subject::Student && !taken.rows.is_empty());
        if !known {
            self.set_aside_unknown(&student);
        } else if let Some(set_aside) = self.faulty(&student) {
            self.ready.push_back(Cut::SetAside(set_aside));
        } else if let Err((table, line, fault)) = self.draft.write(&Student { tables: &self.tables, clock: self.draft.clock }) {
            self.set_aside_unjoined(&student, (table, line, fault));
        }
        if self.draft.bytes.len() >= BLOCK {
            self.hand_over();
        }
        Ok(true)
    }

    fn set_aside_unknown(&mut self, student: &str) {
        let mut record = self.kept(student);
        for taken in &self.tables {
            for row in &taken.rows {
                let problem = TableProblem::UnknownStudent { student: student.to_owned() }.into();
                let fault = RowFault { problem, column: column_number(taken.columns.student) };
                let record = std::mem::replace(&mut record, Kept::SameRecord);
                self.ready.push_back(Cut::SetAside(SetAside { record, ..taken.set_aside(row, fault) }));
            }
        }
    }

    fn faulty(&self, student: &str) -> Option<SetAside> {
        let faults = self.tables.iter().flat_map(|taken| taken.rows.iter().filter_map(move |row| Some((taken, row, row.fault.clone()?))));
        let (taken, row, fault) = faults.take(1).next()?;
        // Of a record that is too long not all rows were kept.
        let record = if matches!(fault.problem, RecordProblem::TooLong { .. }) { Kept::Nothing } else { self.kept(student) };
        Some(SetAside { student: Some(student.to_owned()), record, ..taken.set_aside(row, fault) })
    }

    /// The rows of a student that is set aside, as a record.
    fn kept(&self, student: &str) -> Kept {
        Kept::record(&Student { tables: &self.tables, clock: self.draft.clock }.set_aside(student))
    }

    fn set_aside_unjoined(&mut self, student: &str, (table, line, fault): (usize, u32, RowFault)) {
        let Some(taken) = self.tables.get(table) else { return };
        let Some(row) = taken.rows.iter().find(|row| row.line == line) else { return };
        let record = self.kept(student);
        let set_aside = SetAside { student: Some(student.to_owned()), record, ..taken.set_aside(row, fault) };
        self.ready.push_back(Cut::SetAside(set_aside));
    }

    fn hand_over(&mut self) {
        let clock = self.draft.clock;
        let draft = std::mem::replace(&mut self.draft, Draft { clock, ..Draft::default() });
        if draft.pieces.is_empty() {
            return;
        }
        let file = self.tables.iter().find(|taken| taken.table.subject() == Subject::Student).map_or(0, |taken| taken.table.file());
        let rows = Rows::new(draft.stretches, Arc::clone(&self.names));
        self.ready.push_back(Cut::Block(Block::of_rows(file, (draft.bytes, draft.pieces), rows)));
    }
}

impl Iterator for Merged {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        loop {
            if let Some(cut) = self.ready.pop_front() {
                return Some(cut);
            }
            match self.student() {
                Ok(true) => {}
                Ok(false) => {
                    self.hand_over();
                    return self.ready.pop_front();
                }
                Err(refusal) => self.refuse(refusal),
            }
        }
    }
}

impl Taken {
    /// The rows of a student, and no more of them than a record may hold.
    fn take(&mut self, student: &str, bytes: &mut usize) -> Result<(), Refusal> {
        self.rows.clear();
        while let Some(row) = self.next.take_if(|row| row.student(self.columns.student) == student) {
            *bytes += row.bytes();
            if *bytes <= LONGEST_BYTES {
                self.rows.push(row);
            } else if let Some(last) = self.rows.last_mut().filter(|last| last.fault.is_none()) {
                let problem = RecordProblem::TooLong { mebibytes: LONGEST_BYTES / 1024 / 1024 };
                last.fault = Some(RowFault { problem, column: 1 });
            } else if self.rows.is_empty() {
                let problem = RecordProblem::TooLong { mebibytes: LONGEST_BYTES / 1024 / 1024 };
                self.rows.push(Row { fault: Some(RowFault { problem, column: 1 }), ..row });
            }
            self.advance()?;
        }
        Ok(())
    }

    /// Read the next row.
    fn advance(&mut self) -> Result<(), Refusal> {
        self.next = None;
        let Some(mut row) = self.table.next_row()? else { return Ok(()) };
        if row.len() != self.table.names().len() {
            row.owner = Some(self.owner(&row).to_owned());
        }
        let student = row.student(self.columns.student);
        if student.is_empty() {
            return Err(Refusal { file: self.table.file(), line: row.line, problem: TableProblem::WhoseRow.into() });
        }
        if student < self.last.as_str() {
            return Err(self.unsorted(&row));
        }
        if student != self.last {
            student.clone_into(&mut self.last);
        }
        self.next = Some(row);
        Ok(())
    }

    /// Whose a row with too few or too many cells is: certain in the first column, else where it goes on with the student of the row before.
    fn owner<'r>(&self, row: &'r Row) -> &'r str {
        let column = self.columns.student;
        if column == 0 {
            return row.cell(0);
        }
        let from_the_end = row.len().checked_sub(self.table.names().len() - column);
        let mut places = [Some(column), from_the_end].into_iter().flatten().map(|column| row.cell(column));
        places.find(|student| *student == self.last).unwrap_or("")
    }

    fn unsorted(&self, row: &Row) -> Refusal {
        let help = format!("sort it by the bytes of the students' numbers: {}", self.table.sorting(self.columns.student + 1));
        let second = row.student(self.columns.student).to_owned();
        let problem = TableProblem::Unsorted { table: self.table.name().to_owned(), first: self.last.clone(), second, help };
        Refusal { file: self.table.file(), line: row.line, problem: problem.into() }
    }

    fn set_aside(&self, row: &Row, fault: RowFault) -> SetAside {
        const LONGEST_CELL: usize = 200;
        let (text, at) = self.shown(row, (fault.column, LONGEST_CELL));
        SetAside {
            file: self.table.file(),
            line: row.line,
            column: fault.column,
            path: self.table.names().get(fault.column.saturating_sub(1) as usize).map_or(String::new(), |name| format!("/{name}")),
            student: Some(row.student(self.columns.student)).filter(|student| !student.is_empty()).map(str::to_owned),
            problem: fault.problem,
            excerpt: Some(SetAsideText { text: text.into(), first_line: row.line, at, place: None }),
            record: Kept::Nothing,
        }
    }

    /// `course = BM101, credits = 6`, and the bytes of one of its cells; long cells are cut.
    pub(super) fn shown(&self, row: &Row, (column, longest): (u32, usize)) -> (String, Range<usize>) {
        let (mut text, mut at) = (String::new(), 0..0);
        let names = self.table.names().iter().map(String::as_str).chain(std::iter::repeat("?"));
        for (index, (name, cell)) in names.zip(row.cells()).enumerate().filter(|(_, (_, cell))| !cell.is_empty()) {
            let before = if text.is_empty() { "" } else { ", " };
            let cell: String = cell.chars().take(longest).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            text.extend([before, name, " = ", &cell]);
            if column_number(index) == column {
                at = text.len() - cell.len()..text.len();
            }
        }
        (text, at)
    }
}

/// The number of a column, from 1.
fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}
