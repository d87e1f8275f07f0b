//! Tables sorted by student, merged: the rows of one student are taken from each of them at a time, so that no table is held whole.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::records::from_json::{BLOCK, LONGEST_BYTES};
use crate::records::from_tables::block::TableBlock;
use crate::records::from_tables::columns::Columns;
use crate::records::from_tables::draft::Draft;
use crate::records::from_tables::joined::{Student, TableRows, TableShape, Unjoined, join};
use crate::records::from_tables::set_aside::column_number;
use crate::records::from_tables::{Headings, Refusal, Row, RowFault, Table, TableProblem};
use crate::records::problems::RecordProblem;
use crate::records::rows::Names;
use crate::records::{Cut, Kept, SetAside};
use crate::vocabulary::{Subject, Zone};

/// Blocks of students from tables, in the order of the students.
pub(crate) struct Merged {
    sources: Vec<Source>,
    /// For each table the rows of the students that are ready, then those of the student at hand, and at the end the next one.
    tables: Vec<TableRows>,
    /// The names of the columns, by the number of the file.
    names: Names,
    /// The time zone of date-times that say none.
    clock: Option<Zone>,
    /// How many students are ready, and the bytes of their records.
    students: usize,
    bytes: usize,
    ready: VecDeque<Cut>,
}

/// A table, and the student of its row before the next.
struct Source {
    table: Box<dyn Table>,
    last: String,
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
        let (sources, ready) = (Vec::new(), VecDeque::new());
        let mut merged = Self { sources, tables: Vec::new(), names: names.into(), clock: headings.clock, students: 0, bytes: 0, ready };
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
            if self.tables.iter().any(|known| known.shape.subject == table.subject()) {
                return Err(refusal(TableProblem::Twice { what: "table", name: table.subject().word().to_owned() }));
            }
            let columns = Columns::of(table.as_ref())?;
            let (name, names) = (table.name().to_owned(), Arc::clone(table.names()));
            let shape = TableShape { file: table.file(), name, subject: table.subject(), names, columns };
            self.tables.push(TableRows::new(Arc::new(shape)));
            self.sources.push(Source { table, last: String::new() });
        }
        let is_there = |subject| self.tables.iter().any(|table| table.shape.subject == subject);
        if let Some(problem) = headings.missing(is_there) {
            return Err(Refusal { file: 0, line: 1, problem: TableProblem::from(problem).into() });
        }
        if !is_there(Subject::Student) {
            return Err(Refusal { file: 0, line: 1, problem: TableProblem::NoStudentTable.into() });
        }
        for (source, table) in self.sources.iter_mut().zip(&mut self.tables) {
            source.advance(table)?;
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.sources.clear();
        self.tables.clear();
        (self.students, self.bytes) = (0, 0);
        let Refusal { file, line, problem } = refusal;
        let set_aside = SetAside { file, line, column: 1, path: String::new(), student: None, problem, excerpt: None, record: Kept::Nothing };
        self.ready.push_back(Cut::SetAside(set_aside));
    }

    /// Take one student; false at the end.
    fn student(&mut self) -> Result<bool, Refusal> {
        let students = self.tables.iter().filter_map(|table| table.next().map(|row| row.student(table.shape.columns.student)));
        let Some(student) = students.min().map(str::to_owned) else { return Ok(false) };
        let mut bytes = 0;
        for (source, table) in self.sources.iter_mut().zip(&mut self.tables) {
            source.take((table, &student), &mut bytes)?;
        }
        let unjoined = join(&mut self.tables, self.students);
        let at_hand = Student { tables: &self.tables, number: self.students, clock: self.clock };
        if at_hand.own().next().is_none() {
            set_aside_unknown((&at_hand, &student), &mut self.ready);
        } else if let Some(set_aside) = faulty(&at_hand, &student) {
            self.ready.push_back(Cut::SetAside(set_aside));
        } else if let Some(unjoined) = unjoined {
            self.ready.extend(set_aside_unjoined(&at_hand, &student, unjoined).map(Cut::SetAside));
        } else {
            self.bytes += Draft::measure(&at_hand);
            self.students += 1;
            if self.bytes >= BLOCK {
                self.hand_over();
            }
            return Ok(true);
        }
        self.tables.iter_mut().for_each(TableRows::forget_student);
        Ok(true)
    }

    /// Where reading breaks off, those are whole who came before the student at hand.
    fn hand_over_before(&mut self) {
        let at_hand = self.students;
        self.tables.iter_mut().filter(|table| table.students() > at_hand).for_each(TableRows::forget_student);
        self.hand_over();
    }

    fn hand_over(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.students) > 0 {
            let tables = self.tables.iter_mut().map(TableRows::take_students).collect();
            let block = TableBlock { tables, names: Arc::clone(&self.names), clock: self.clock, bytes };
            self.ready.push_back(Cut::Tables(Box::new(block)));
        }
    }
}

fn set_aside_unknown((at_hand, student): (&Student<'_>, &str), ready: &mut VecDeque<Cut>) {
    let mut record = kept(at_hand, student);
    for table in at_hand.tables {
        for row in table.of_student(at_hand.number) {
            let problem = TableProblem::UnknownStudent { student: student.to_owned() }.into();
            let fault = RowFault { problem, column: column_number(table.shape.columns.student) };
            let record = std::mem::replace(&mut record, Kept::SameRecord);
            ready.push_back(Cut::SetAside(SetAside { record, ..table.shape.set_aside(row, fault) }));
        }
    }
}

fn faulty(at_hand: &Student<'_>, student: &str) -> Option<SetAside> {
    let rows = at_hand.tables.iter().flat_map(|table| table.of_student(at_hand.number).map(move |row| (table, row)));
    let (table, row, fault) = rows.filter_map(|(table, row)| Some((table, row, row.fault?))).take(1).next()?;
    // Of a record that is too long not all rows were kept.
    let record = if matches!(fault.problem, RecordProblem::TooLong { .. }) { Kept::Nothing } else { kept(at_hand, student) };
    Some(SetAside { student: Some(student.to_owned()), record, ..table.shape.set_aside(row, fault.clone()) })
}

/// The rows of a student that is set aside, as a record.
fn kept(at_hand: &Student<'_>, student: &str) -> Kept {
    Kept::record(&at_hand.set_aside(student))
}

fn set_aside_unjoined(at_hand: &Student<'_>, student: &str, (table, row, fault): Unjoined) -> Option<SetAside> {
    let table = at_hand.tables.get(table)?;
    let record = kept(at_hand, student);
    Some(SetAside { student: Some(student.to_owned()), record, ..table.shape.set_aside(table.rows.row(row), fault) })
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
                Err(refusal) => {
                    if !refusal.problem.refuses() {
                        self.hand_over_before();
                    }
                    self.refuse(refusal);
                }
            }
        }
    }
}

impl Source {
    /// The rows of a student, and no more of them than a record may hold.
    fn take(&mut self, (table, student): (&mut TableRows, &str), bytes: &mut usize) -> Result<(), Refusal> {
        let column = table.shape.columns.student;
        let first = table.end();
        let mut end = first;
        while end < table.rows.len() && table.rows.row(end).student(column) == student {
            *bytes += table.rows.row(end).bytes();
            if *bytes <= LONGEST_BYTES {
                end += 1;
            } else {
                let problem = RecordProblem::TooLong { mebibytes: LONGEST_BYTES / 1024 / 1024 };
                let fault = RowFault { problem, column: 1 };
                if end > first {
                    table.rows.truncate(end);
                    table.rows.fault(fault);
                } else {
                    table.rows.fault_instead(fault);
                    end += 1;
                }
            }
            self.advance(table)?;
        }
        table.close_student(end);
        Ok(())
    }

    /// Read the next row.
    fn advance(&mut self, table: &mut TableRows) -> Result<(), Refusal> {
        if !self.table.next_row(&mut table.rows)? {
            return Ok(());
        }
        let column = table.shape.columns.student;
        if table.rows.last_len() != table.shape.names.len() {
            let owner = table.rows.last().map_or(String::new(), |row| self.owner(row, &table.shape).to_owned());
            table.rows.own(&owner);
        }
        let Some(row) = table.rows.last() else { return Ok(()) };
        let student = row.student(column);
        if student.is_empty() {
            return Err(Refusal { file: table.shape.file, line: row.line, problem: TableProblem::WhoseRow.into() });
        }
        if student != self.last {
            // Before the order is looked at: a blank changes a number's place in it.
            if student.trim() != student {
                let problem = TableProblem::BlanksAroundStudent { student: student.to_owned() };
                return Err(Refusal { file: table.shape.file, line: row.line, problem: problem.into() });
            }
            if student < self.last.as_str() {
                return Err(self.unsorted(row, &table.shape));
            }
            student.clone_into(&mut self.last);
        }
        Ok(())
    }

    /// Whose a row with too few or too many cells is: certain in the first column, else where it goes on with the student of the row before.
    fn owner<'r>(&self, row: Row<'r>, table: &TableShape) -> &'r str {
        let column = table.columns.student;
        if column == 0 {
            return row.cell(0);
        }
        let from_the_end = row.len().checked_sub(table.names.len() - column);
        let mut places = [Some(column), from_the_end].into_iter().flatten().map(|column| row.cell(column));
        places.find(|student| *student == self.last).unwrap_or("")
    }

    fn unsorted(&self, row: Row<'_>, table: &TableShape) -> Refusal {
        let help = format!("sort it by the bytes of the students' numbers: {}", self.table.sorting(table.columns.student + 1));
        let second = row.student(table.columns.student).to_owned();
        let problem = TableProblem::Unsorted { table: table.name.clone(), first: self.last.clone(), second, help };
        Refusal { file: table.file, line: row.line, problem: problem.into() }
    }
}
