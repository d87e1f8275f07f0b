//! A student's rows written as one record, with where each row stands.

use chrono_tz::Tz;

use crate::records::Piece;
use crate::records::from_tables::clock::with_offset;
use crate::records::from_tables::columns::{Columns, Form, Part, student_list};
use crate::records::from_tables::merge::Taken;
use crate::records::from_tables::{Row, RowFault, Table, TableProblem};
use crate::records::rows::Stretch;
use crate::vocabulary::Subject;

/// Records in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The time zone of date-times that say none.
    pub(super) clock: Option<Tz>,
    pub(super) bytes: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    pub(super) stretches: Vec<Stretch>,
}

/// The rows of one student: of each table its columns and what was taken of it.
pub(super) struct Student<'t> {
    pub(super) tables: &'t [Taken],
    pub(super) clock: Option<Tz>,
}

/// The rows that stand in one enrolment, by table: ISPs, entries, requested courses.
type Inside<'t> = [(Subject, Vec<&'t Row>); 3];

/// A row that can't be joined: the number of its table and why.
pub(super) type Unjoined = (usize, u32, RowFault);

impl<'t> Student<'t> {
    pub(super) fn table(&self, subject: Subject) -> Option<&'t Taken> {
        self.tables.iter().find(|taken| taken.table.subject() == subject)
    }

    pub(super) fn rows(&self, subject: Subject) -> &'t [Row] {
        self.table(subject).map_or(&[], |taken| &taken.rows)
    }

    /// What stands in each enrolment.
    pub(super) fn inside(&self) -> (Vec<Inside<'t>>, Vec<Unjoined>) {
        let subjects = [Subject::Isp, Subject::Entry, Subject::RequestedCourse];
        let mut inside: Vec<Inside<'t>> = self.rows(Subject::Enrolment).iter().map(|_| subjects.map(|subject| (subject, Vec::new()))).collect();
        let mut unjoined = Vec::new();
        for (slot, subject) in subjects.into_iter().enumerate() {
            for row in self.rows(subject).iter().filter(|row| row.fault.is_none()) {
                match self.enrolment_of(subject, row) {
                    Ok(found) => {
                        if let Some((_, rows)) = inside.get_mut(found).and_then(|inside| inside.get_mut(slot)) {
                            rows.push(row);
                        }
                    }
                    Err(problem) => unjoined.push(problem),
                }
            }
        }
        (inside, unjoined)
    }

    fn enrolment_of(&self, subject: Subject, row: &Row) -> Result<usize, Unjoined> {
        let keys = |subject| self.table(subject).map_or([None; 3], |taken| taken.columns.keys);
        let (inner, outer) = (keys(subject), keys(Subject::Enrolment));
        let same = |enrolment: &Row| {
            enrolment.fault.is_none()
                && inner.iter().zip(outer).enumerate().all(|(key, (inner, outer))| {
                    let said = inner.map_or("", |column| row.cell(column));
                    let contract_unsaid = key == 2 && said.is_empty();
                    contract_unsaid || outer.is_some_and(|column| enrolment.cell(column) == said)
                })
        };
        let mut found = self.rows(Subject::Enrolment).iter().enumerate().filter(|(_, enrolment)| same(enrolment)).map(|(index, _)| index);
        match (found.next(), found.count()) {
            (Some(only), 0) => Ok(only),
            (first, more) => {
                let count = if first.is_none() { "none".to_owned() } else { (more + 1).to_string() };
                let index = self.tables.iter().position(|taken| taken.table.subject() == subject).unwrap_or(0);
                Err((index, row.line, RowFault { problem: TableProblem::WhichEnrolment { count }.into(), column: 1 }))
            }
        }
    }
}

impl Draft {
    /// Write a record; a row that can't be joined leaves nothing behind.
    pub(super) fn write(&mut self, student: &Student<'_>) -> Result<(), Unjoined> {
        let (inside, unjoined) = student.inside();
        if let Some(first) = unjoined.into_iter().next() {
            return Err(first);
        }
        let Some(taken) = student.table(Subject::Student) else { return Ok(()) };
        for (number, row) in taken.rows.iter().enumerate() {
            let (start, stretch) = (self.bytes.len(), self.open(taken.table.as_ref(), row));
            self.part((row, &taken.columns), (taken.table.as_ref(), Part::Own));
            // A second row of the same student is a second dossier, which is set aside as such.
            if number == 0 {
                self.lists(student, &inside, &[]);
            }
            self.close(Some(stretch));
            let piece = Piece { start: offset(start), end: offset(self.bytes.len()), line: row.line, column: 1, fault: None };
            self.pieces.push(piece);
            self.bytes.push(b'\n');
        }
        Ok(())
    }

    /// All lists; rows that can't be read, or that stand in no enrolment, are texts, which no reader takes for a row.
    pub(super) fn lists(&mut self, student: &Student<'_>, inside: &[Inside<'_>], strange: &[String]) {
        for taken in student.tables {
            let subject = taken.table.subject();
            let Some(list) = student_list(subject) else { continue };
            self.key(list);
            self.bytes.push(b'[');
            for (index, row) in taken.rows.iter().enumerate() {
                self.separate();
                if row.fault.is_some() {
                    self.text(&taken.as_text(row));
                    continue;
                }
                let stretch = self.open(taken.table.as_ref(), row);
                self.part((row, &taken.columns), (taken.table.as_ref(), Part::Own));
                if let Some(inside) = inside.get(index).filter(|_| subject == Subject::Enrolment) {
                    self.isps(student, (taken, row), inside);
                }
                self.close(Some(stretch));
            }
            if subject == Subject::Enrolment {
                self.texts(strange);
            }
            self.bytes.push(b']');
        }
    }

    /// The ISP of an enrolment: from columns of the enrolment, or from a table of its own; where there is nothing to say there is none.
    fn isps(&mut self, student: &Student<'_>, (enrolments, enrolment): (&Taken, &Row), [(_, isps), (_, entries), (_, requested)]: &Inside<'_>) {
        let in_columns = enrolments.columns.says((enrolment, Part::Inner));
        if isps.is_empty() && entries.is_empty() && requested.is_empty() && !in_columns {
            return;
        }
        let table = student.table(Subject::Isp);
        let rows: Vec<Option<&Row>> = if isps.is_empty() { vec![None] } else { isps.iter().copied().map(Some).collect() };
        for (number, row) in rows.into_iter().enumerate() {
            self.key("isp");
            let stretch = table.zip(row).map(|(taken, row)| self.open(taken.table.as_ref(), row));
            if stretch.is_none() {
                self.bytes.push(b'{');
            }
            if number == 0 {
                self.part((enrolment, &enrolments.columns), (enrolments.table.as_ref(), Part::Inner));
            }
            if let (Some(taken), Some(row)) = (table, row) {
                self.part((row, &taken.columns), (taken.table.as_ref(), Part::Own));
            }
            if number == 0 {
                self.requested(student, requested);
                self.entries(student, entries);
            }
            self.close(stretch);
        }
    }

    fn requested(&mut self, student: &Student<'_>, rows: &[&Row]) {
        let Some(taken) = student.table(Subject::RequestedCourse) else { return };
        let course = taken.table.names().iter().position(|name| name == "course");
        self.key("requested_courses");
        self.bytes.push(b'[');
        for row in rows {
            self.separate();
            let start = self.bytes.len();
            self.text(course.map_or("", |column| row.cell(column)));
            let (start, end) = (offset(start), offset(self.bytes.len()));
            self.stretches.push(Stretch { start, end, file: taken.table.file(), line: row.line });
        }
        self.bytes.push(b']');
    }

    fn entries(&mut self, student: &Student<'_>, rows: &[&Row]) {
        let Some(taken) = student.table(Subject::Entry) else { return };
        self.key("entries");
        self.bytes.push(b'[');
        for row in rows {
            self.separate();
            let stretch = self.open(taken.table.as_ref(), row);
            self.part((row, &taken.columns), (taken.table.as_ref(), Part::Own));
            if taken.columns.says((row, Part::Inner)) {
                self.key("result");
                self.bytes.push(b'{');
                self.part((row, &taken.columns), (taken.table.as_ref(), Part::Inner));
                self.bytes.push(b'}');
            }
            self.close(Some(stretch));
        }
        self.bytes.push(b']');
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        for text in texts {
            self.separate();
            self.text(text);
        }
    }

    fn open(&mut self, table: &dyn Table, row: &Row) -> usize {
        let start = offset(self.bytes.len());
        self.stretches.push(Stretch { start, end: start, file: table.file(), line: row.line });
        self.bytes.push(b'{');
        self.stretches.len() - 1
    }

    fn close(&mut self, stretch: Option<usize>) {
        self.bytes.push(b'}');
        if let Some(stretch) = stretch.and_then(|index| self.stretches.get_mut(index)) {
            stretch.end = offset(self.bytes.len());
        }
    }

    /// The cells of a row that say something.
    pub(super) fn part(&mut self, (row, columns): (&Row, &Columns), (table, part): (&dyn Table, Part)) {
        for column in columns.written.iter().filter(|column| column.part == part) {
            let (cell, Some(name)) = (row.cell(column.index), table.names().get(column.index)) else { continue };
            if cell.is_empty() {
                continue;
            }
            self.key(name);
            let plain = match column.form {
                Form::Number => is_number(cell),
                Form::Boolean => matches!(cell, "true" | "false"),
                Form::Instant | Form::Text => false,
            };
            let instant = self.clock.filter(|_| column.form == Form::Instant).and_then(|clock| with_offset(cell, clock));
            let cell = instant.as_deref().unwrap_or(cell);
            if plain {
                self.bytes.extend_from_slice(cell.as_bytes());
            } else {
                self.text(cell);
            }
        }
    }

    pub(super) fn key(&mut self, name: &str) {
        self.separate();
        self.text(name);
        self.bytes.push(b':');
    }

    fn separate(&mut self) {
        if !matches!(self.bytes.last(), Some(b'{' | b'[') | None) {
            self.bytes.push(b',');
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let has_signs = text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\');
        if has_signs {
            self.bytes.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
        } else {
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.push(b'"');
        }
    }
}

impl Columns {
    /// Whether a part of a row says anything.
    fn says(&self, (row, part): (&Row, Part)) -> bool {
        self.written.iter().any(|column| column.part == part && !row.cell(column.index).is_empty())
    }
}

/// Whether a text is a number as records write it.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(decimals) && (whole.len() == 1 || !whole.starts_with('0'))
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
