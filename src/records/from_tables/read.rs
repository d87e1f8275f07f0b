//! Rows of tables straight into the columns of a batch. A dossier that is not plain is written as a record, which the reader of records reads: it says what is
//! wrong, and where.

use std::sync::Arc;

use crate::records::from_json::{BatchRow, Hand, NotPlain, Target};
use crate::records::from_tables::block::TableBlock;
use crate::records::from_tables::columns::{Columns, Part, inner, student_list};
use crate::records::from_tables::held::Row;
use crate::records::from_tables::joined::{Student, TableRows};
use crate::records::from_tables::values::{Memory, Values};
use crate::records::{Batch, BlockRead, DossierReader, Kept, Origin, Piece, SetAside};
use crate::vocabulary::Subject;

impl DossierReader<'_> {
    /// Fill a batch with the dossiers of some students; what was in it is forgotten.
    pub(crate) fn read_tables(&mut self, block: TableBlock, batch: &mut Batch) -> BlockRead {
        batch.clear();
        self.state.meant.clear();
        batch.bytes = u64::try_from(block.bytes).unwrap_or(u64::MAX);
        let (mut read, mut memory, file) = (BlockRead::default(), Memory::default(), block.file());
        for number in 0..block.students() {
            let student = block.student(number);
            for (row, own) in student.own().enumerate() {
                let origin = Origin { file, line: own.line, start: 0, end: 0 };
                if self.read_plainly((&student, row), (batch, &mut memory)) {
                    batch.origins.push(origin);
                } else if let Some(set_aside) = self.read_drafted((&block, number, row), (origin, batch)) {
                    read.set_aside.push(set_aside);
                    continue;
                }
                for (subject, name) in self.state.undeclared.drain(..) {
                    read.undeclared.note(subject, name, 1);
                }
            }
        }
        batch.pad();
        batch.written = Some(Arc::new(block));
        read
    }

    /// Read a dossier of which every cell is plainly a value; otherwise the batch is as it was.
    fn read_plainly(&mut self, (student, row): (&Student<'_>, usize), (batch, memory): (&mut Batch, &mut Memory)) -> bool {
        let checkpoint = batch.checkpoint();
        self.state.begin_record();
        let number = batch.dossiers();
        let mut hand = Hand { reading: self.reading, batch, state: &mut self.state };
        let mut plain = Plain { student, values: Values { hand: &mut hand, memory, clock: student.clock } };
        if plain.dossier(row).is_ok() && hand.settle(number).is_ok() {
            return true;
        }
        hand.batch.roll_back(&checkpoint);
        false
    }

    /// Read a dossier from its record, or set it aside.
    fn read_drafted(&mut self, (block, student, row): (&TableBlock, usize, usize), (origin, batch): (Origin, &mut Batch)) -> Option<SetAside> {
        let drafted = block.drafted(student, row);
        let end = u32::try_from(drafted.text.len()).unwrap_or(u32::MAX);
        let piece = Piece { start: 0, end, line: origin.line, column: 1, fault: None };
        let Some(mut set_aside) = self.read_piece(origin.file, &drafted.text, (&piece, batch)) else {
            if let Some(last) = batch.origins.last_mut() {
                *last = origin;
            }
            return None;
        };
        set_aside.record = Kept::record(drafted.text.as_bytes());
        let meant = set_aside.excerpt.as_ref().map_or(0..0, |excerpt| excerpt.at.clone());
        Some(match drafted.place(&meant) {
            Some(found) => set_aside.moved_to(found),
            None => set_aside,
        })
    }
}

/// A student's rows, and where their values go.
struct Plain<'h, 'a, 'c, 's> {
    student: &'s Student<'s>,
    values: Values<'h, 'a, 'c>,
}

impl<'s> Plain<'_, '_, '_, 's> {
    /// The dossier of one of the student's own rows; what else there is of the student stands in the first.
    fn dossier(&mut self, number: usize) -> Result<(), NotPlain> {
        let table = self.student.table(Subject::Student).ok_or(NotPlain)?;
        let own = self.student.own().nth(number).ok_or(NotPlain)?;
        let mut row = BatchRow::begin(self.values.hand, Subject::Student);
        self.part((table, own), Part::Own, &mut row)?;
        if number == 0 {
            for list in self.student.tables.iter().filter(|table| student_list(table.shape.subject).is_some()) {
                self.list(list)?;
                row.note(list.shape.subject);
            }
        }
        row.close(self.values.hand);
        Ok(())
    }

    fn list(&mut self, table: &'s TableRows) -> Result<(), NotPlain> {
        let subject = table.shape.subject;
        for (index, from) in table.of_student(self.student.number).enumerate() {
            let mut row = BatchRow::begin(self.values.hand, subject);
            self.part((table, from), Part::Own, &mut row)?;
            if subject == Subject::Enrolment && self.student.has_isp((&table.shape.columns, from), index) {
                self.isp((table, from), index)?;
                row.note(Subject::Isp);
            }
            row.close(self.values.hand);
        }
        Ok(())
    }

    fn isp(&mut self, enrolment: (&'s TableRows, Row<'_>), index: usize) -> Result<(), NotPlain> {
        let mut row = BatchRow::begin(self.values.hand, Subject::Isp);
        self.part(enrolment, Part::Inner, &mut row)?;
        if let Some(table) = self.student.table(Subject::Isp) {
            let mut rows = self.student.inside(table, index);
            if let Some(from) = rows.next() {
                let (columns, of_enrolment) = (&table.shape.columns, &enrolment.0.shape.columns);
                // Two that say the same are one too many.
                if rows.next().is_some() || of_enrolment.says(enrolment.1, Part::Inner) && columns.says(from, Part::Own) {
                    return Err(NotPlain);
                }
                self.part((table, from), Part::Own, &mut row)?;
            }
        }
        if let Some(table) = self.student.table(Subject::RequestedCourse) {
            let course = table.shape.course();
            for from in self.student.inside(table, index) {
                let mut requested = BatchRow::begin(self.values.hand, Subject::RequestedCourse);
                self.values.course(course.map_or("", |column| from.cell(column)), &mut requested)?;
                requested.close(self.values.hand);
            }
            row.note(Subject::RequestedCourse);
        }
        if let Some(table) = self.student.table(Subject::Entry) {
            self.entries(table, index)?;
            row.note(Subject::Entry);
        }
        row.close(self.values.hand);
        Ok(())
    }

    fn entries(&mut self, table: &'s TableRows, enrolment: usize) -> Result<(), NotPlain> {
        for from in self.student.inside(table, enrolment) {
            let mut row = BatchRow::begin(self.values.hand, Subject::Entry);
            self.part((table, from), Part::Own, &mut row)?;
            if table.shape.columns.says(from, Part::Inner) {
                let mut result = BatchRow::begin(self.values.hand, Subject::Result);
                self.part((table, from), Part::Inner, &mut result)?;
                result.close(self.values.hand);
                row.note(Subject::Result);
            }
            row.close(self.values.hand);
        }
        Ok(())
    }

    /// The cells of a part of a row that say something.
    fn part(&mut self, (table, from): (&TableRows, Row<'_>), part: Part, row: &mut BatchRow) -> Result<(), NotPlain> {
        let subject = table.shape.subject;
        let columns: &Columns = &table.shape.columns;
        for column in columns.of_part(part) {
            let cell = from.cell(column.index);
            if cell.is_empty() {
                continue;
            }
            match &column.target {
                Some(Target::Cell(field) | Target::Instant(field)) => {
                    let cell = self.values.cell((subject, column), field, cell)?;
                    row.put(field, cell)?;
                }
                None => {
                    let object = if part == Part::Own { subject } else { inner(subject).unwrap_or(subject) };
                    self.values.hand.state.undeclared.push((object, column.name.clone()));
                }
                // A list or an object can't stand in a cell.
                Some(Target::Rows(_) | Target::Codes(_) | Target::One(_)) => return Err(NotPlain),
            }
        }
        Ok(())
    }
}
