//! A student's rows written as one record, with where each row stands; or measured, as they would be written.

use crate::records::from_tables::clock::with_offset;
use crate::records::from_tables::columns::{Column, Columns, Form, Part, student_list};
use crate::records::from_tables::held::{Row, Signs};
use crate::records::from_tables::joined::{Student, TableRows, TableShape};
use crate::records::rows::{Drafted, Names, Stretch};
use crate::vocabulary::{Subject, Zone};

/// What a record is written on.
pub(super) trait Paper {
    fn put(&mut self, bytes: &[u8]);
    fn last(&self) -> Option<u8>;
    /// The cells of a part of a row that say something, as members of an object.
    fn members(&mut self, row: Row<'_>, columns: &[Column], clock: Option<Zone>);
    /// A row of a file begins here; its number.
    fn open(&mut self, file: u32, line: u32) -> usize;
    fn close(&mut self, row: usize);
}

/// The text, and where rows stand in it.
#[derive(Debug, Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    stretches: Vec<Stretch>,
}

/// The length of the text.
#[derive(Debug, Default)]
pub(super) struct Measured {
    length: usize,
    last: Option<u8>,
}

/// A record in the making.
#[derive(Debug)]
pub(super) struct Draft<P> {
    /// The time zone of date-times that say none.
    clock: Option<Zone>,
    paper: P,
}

impl Draft<Written> {
    pub(super) fn written(clock: Option<Zone>) -> Self {
        Self { clock, paper: Written::default() }
    }

    pub(super) fn finish(self, names: Names) -> Drafted {
        let Written { bytes, stretches } = self.paper;
        // INVARIANT: only texts were put on it.
        Drafted { text: String::from_utf8(bytes).unwrap_or_default(), stretches, names }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.paper.bytes
    }
}

impl Draft<Measured> {
    /// The bytes of the records of a student, each with a line break after it.
    pub(super) fn measure(student: &Student<'_>) -> usize {
        let rows = student.own().count();
        let length = |row| {
            let mut draft = Self { clock: student.clock, paper: Measured::default() };
            draft.dossier(student, row);
            draft.paper.length + 1
        };
        (0..rows).map(length).sum()
    }
}

impl<P: Paper> Draft<P> {
    /// Write the record of one of the student's own rows; what else there is of the student stands in the first.
    pub(super) fn dossier(&mut self, student: &Student<'_>, number: usize) {
        let Some(table) = student.table(Subject::Student) else { return };
        let Some(row) = student.own().nth(number) else { return };
        let place = self.open(&table.shape, row);
        self.part((row, &table.shape.columns), Part::Own);
        if number == 0 {
            self.lists(student, &[]);
        }
        self.close(Some(place));
    }

    /// An object around what somebody writes.
    pub(super) fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.paper.put(b"{");
        inside(self);
        self.paper.put(b"}");
    }

    /// A list around what somebody writes.
    pub(super) fn list(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.key(name);
        self.paper.put(b"[");
        inside(self);
        self.paper.put(b"]");
    }

    /// All lists; rows that can't be read, or that stand in no enrolment, are texts, which no reader takes for a row.
    pub(super) fn lists(&mut self, student: &Student<'_>, strange: &[String]) {
        for table in student.tables {
            let subject = table.shape.subject;
            let Some(list) = student_list(subject) else { continue };
            self.list(list, |draft| {
                for (index, row) in table.of_student(student.number).enumerate() {
                    draft.element(student, table, (index, row));
                }
                if subject == Subject::Enrolment {
                    draft.texts(strange);
                }
            });
        }
    }

    fn element(&mut self, student: &Student<'_>, table: &TableRows, (index, row): (usize, Row<'_>)) {
        self.separate();
        if row.fault.is_some() {
            return self.text(&table.shape.as_text(row), Signs::Some);
        }
        let place = self.open(&table.shape, row);
        self.part((row, &table.shape.columns), Part::Own);
        if table.shape.subject == Subject::Enrolment {
            self.isps(student, (&table.shape.columns, row), index);
        }
        self.close(Some(place));
    }

    /// The ISP of an enrolment: from columns of the enrolment, or from a table of its own; where there is nothing to say there is none.
    fn isps(&mut self, student: &Student<'_>, (columns, enrolment): (&Columns, Row<'_>), index: usize) {
        if !student.has_isp((columns, enrolment), index) {
            return;
        }
        let table = student.table(Subject::Isp);
        let mut rows = table.into_iter().flat_map(|table| student.inside(table, index).map(move |row| (table, row)));
        let mut next = rows.next();
        let mut number = 0;
        while number == 0 || next.is_some() {
            self.key("isp");
            let place = next.map(|(table, row)| self.open(&table.shape, row));
            if place.is_none() {
                self.paper.put(b"{");
            }
            if number == 0 {
                self.part((enrolment, columns), Part::Inner);
            }
            if let Some((table, row)) = next {
                self.part((row, &table.shape.columns), Part::Own);
            }
            if number == 0 {
                self.requested(student, index);
                self.entries(student, index);
            }
            self.close(place);
            next = rows.next();
            number += 1;
        }
    }

    fn requested(&mut self, student: &Student<'_>, enrolment: usize) {
        let Some(table) = student.table(Subject::RequestedCourse) else { return };
        let course = table.shape.course();
        self.list("requested_courses", |draft| {
            for row in student.inside(table, enrolment) {
                draft.separate();
                let place = draft.paper.open(table.shape.file, row.line);
                draft.text(course.map_or("", |column| row.cell(column)), row.signs);
                draft.paper.close(place);
            }
        });
    }

    fn entries(&mut self, student: &Student<'_>, enrolment: usize) {
        let Some(table) = student.table(Subject::Entry) else { return };
        let columns = &table.shape.columns;
        self.list("entries", |draft| {
            for row in student.inside(table, enrolment) {
                draft.separate();
                let place = draft.open(&table.shape, row);
                draft.part((row, columns), Part::Own);
                if columns.says(row, Part::Inner) {
                    draft.key("result");
                    draft.object(|draft| draft.part((row, columns), Part::Inner));
                }
                draft.close(Some(place));
            }
        });
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        for text in texts {
            self.separate();
            self.text(text, Signs::Some);
        }
    }

    fn open(&mut self, table: &TableShape, row: Row<'_>) -> usize {
        let place = self.paper.open(table.file, row.line);
        self.paper.put(b"{");
        place
    }

    fn close(&mut self, place: Option<usize>) {
        self.paper.put(b"}");
        if let Some(place) = place {
            self.paper.close(place);
        }
    }

    /// The cells of a row that say something.
    pub(super) fn part(&mut self, (row, columns): (Row<'_>, &Columns), part: Part) {
        self.paper.members(row, columns.of_part(part), self.clock);
    }

    fn key(&mut self, name: &str) {
        self.separate();
        self.text(name, Signs::None);
        self.paper.put(b":");
    }

    fn separate(&mut self) {
        separate(&mut self.paper);
    }

    fn text(&mut self, text: &str, signs: Signs) {
        write_text(&mut self.paper, text, signs);
    }

    /// A student of whom there is no row.
    pub(super) fn student(&mut self, student: &str) {
        self.key("student");
        self.text(student, Signs::Some);
    }
}

fn separate(paper: &mut impl Paper) {
    if !matches!(paper.last(), Some(b'{' | b'[') | None) {
        paper.put(b",");
    }
}

/// A text, of which it may be known that it has no signs that are written otherwise.
fn write_text(paper: &mut impl Paper, text: &str, signs: Signs) {
    if signs == Signs::Some {
        return paper.put(serde_json::Value::from(text).to_string().as_bytes());
    }
    paper.put(b"\"");
    paper.put(text.as_bytes());
    paper.put(b"\"");
}

/// A cell as a value.
fn value(paper: &mut impl Paper, (cell, form): (&str, Form), (signs, clock): (Signs, Option<Zone>)) {
    if is_plain(cell, form) {
        return paper.put(cell.as_bytes());
    }
    let instant = clock.filter(|_| form == Form::Instant).and_then(|clock| with_offset(cell, clock));
    write_text(paper, instant.as_deref().unwrap_or(cell), signs);
}

/// Whether a cell is written as it is.
fn is_plain(cell: &str, form: Form) -> bool {
    match form {
        Form::Number => is_number(cell),
        Form::Boolean => matches!(cell, "true" | "false"),
        Form::Instant | Form::Text => false,
    }
}

impl Paper for Written {
    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn last(&self) -> Option<u8> {
        self.bytes.last().copied()
    }

    fn members(&mut self, row: Row<'_>, columns: &[Column], clock: Option<Zone>) {
        for column in columns {
            let cell = row.cell(column.index);
            if !cell.is_empty() {
                separate(self);
                self.put(column.key.as_bytes());
                value(self, (cell, column.form), (row.signs, clock));
            }
        }
    }

    fn open(&mut self, file: u32, line: u32) -> usize {
        let start = offset(self.bytes.len());
        self.stretches.push(Stretch { start, end: start, file, line });
        self.stretches.len() - 1
    }

    fn close(&mut self, row: usize) {
        if let Some(stretch) = self.stretches.get_mut(row) {
            stretch.end = offset(self.bytes.len());
        }
    }
}

impl Paper for Measured {
    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.length += bytes.len();
        self.last = bytes.last().copied().or(self.last);
    }

    fn last(&self) -> Option<u8> {
        self.last
    }

    /// All columns are counted without a look at their texts, but for those that may be written otherwise than as they stand between quotes.
    fn members(&mut self, row: Row<'_>, columns: &[Column], clock: Option<Zone>) {
        const QUOTES: usize = 2;
        let as_they_stand = row.signs == Signs::None && clock.is_none();
        let (mut length, mut members) = (0, 0);
        for column in columns {
            let bytes = row.length(column.index);
            let is_there = usize::from(bytes > 0);
            members += is_there;
            length += (column.key.len() + bytes + QUOTES) * is_there;
            if bytes > 0 && !(as_they_stand && matches!(column.form, Form::Text | Form::Instant)) {
                let mut alone = Self::default();
                value(&mut alone, (row.cell(column.index), column.form), (row.signs, clock));
                length = length + alone.length - bytes - QUOTES;
            }
        }
        if members > 0 {
            separate(self);
            self.length += length + members - 1;
            self.last = Some(b'"');
        }
    }

    fn open(&mut self, _: u32, _: u32) -> usize {
        0
    }

    fn close(&mut self, _: usize) {}
}

impl Student<'_> {
    /// Whether an enrolment has an ISP: in its columns, or in rows that stand in it.
    pub(super) fn has_isp(&self, (columns, enrolment): (&Columns, Row<'_>), index: usize) -> bool {
        let has_rows = |subject| self.table(subject).is_some_and(|table| self.inside(table, index).next().is_some());
        [Subject::Isp, Subject::Entry, Subject::RequestedCourse].into_iter().any(has_rows) || columns.says(enrolment, Part::Inner)
    }
}

impl TableShape {
    /// The column of courses.
    pub(super) fn course(&self) -> Option<usize> {
        self.names.iter().position(|name| name == "course")
    }
}

impl Columns {
    /// Whether a part of a row says anything.
    pub(super) fn says(&self, row: Row<'_>, part: Part) -> bool {
        self.of_part(part).iter().any(|column| row.length(column.index) > 0)
    }
}

/// Whether a text is a number as records write it.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let whole = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_whole = whole == 1 || whole > 1 && unsigned.first() != Some(&b'0');
    is_whole
        && match unsigned.get(whole..) {
            None | Some([]) => true,
            Some([b'.', decimals @ ..]) => !decimals.is_empty() && decimals.iter().all(u8::is_ascii_digit),
            Some(_) => false,
        }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
