//! The rows of a student that is set aside, as a record that can be mended: what could be joined stands in its place, every other row is a text, so that
//! nobody takes the record for a whole one before it is mended.

use crate::records::from_tables::Row;
use crate::records::from_tables::columns::{Part, is_in_enrolment};
use crate::records::from_tables::draft::{Draft, Student};
use crate::records::from_tables::merge::Taken;
use crate::vocabulary::Subject;

impl Student<'_> {
    /// The record, as far as it can be put together.
    pub(super) fn set_aside(&self, student: &str) -> Vec<u8> {
        let (inside, unjoined) = self.inside();
        let mut strange = self.strange_students();
        for (number, taken) in self.tables.iter().enumerate().filter(|(_, taken)| is_in_enrolment(taken.table.subject())) {
            let apart = |row: &&Row| row.fault.is_some() || unjoined.iter().any(|(table, line, _)| (*table, *line) == (number, row.line));
            strange.extend(taken.rows.iter().filter(apart).map(|row| taken.as_text(row)));
        }
        let mut draft = Draft { clock: self.clock, ..Draft::default() };
        draft.bytes.push(b'{');
        if let Some((taken, row)) = self.own() {
            draft.part((row, &taken.columns), (taken.table.as_ref(), Part::Own));
        } else {
            draft.key("student");
            draft.text(student);
        }
        draft.lists(self, &inside, &strange);
        if self.table(Subject::Enrolment).is_none() && !strange.is_empty() {
            draft.key("enrolments");
            draft.bytes.push(b'[');
            draft.texts(&strange);
            draft.bytes.push(b']');
        }
        draft.bytes.push(b'}');
        draft.bytes
    }

    /// The student's row, where it can be read.
    fn own(&self) -> Option<(&Taken, &Row)> {
        let taken = self.table(Subject::Student)?;
        taken.rows.first().filter(|row| row.fault.is_none()).map(|row| (taken, row))
    }

    /// What is wrong with the student's rows: one that can't be read, a second one, or none.
    fn strange_students(&self) -> Vec<String> {
        let Some(taken) = self.table(Subject::Student) else { return Vec::new() };
        if taken.rows.is_empty() {
            return vec![format!("{} has no row of this student", taken.table.name())];
        }
        let read = usize::from(self.own().is_some());
        taken.rows.iter().skip(read).map(|row| taken.as_text(row)).collect()
    }
}

impl Taken {
    /// `entry.csv:3: course = BM101, credits = 6`
    pub(super) fn as_text(&self, row: &Row) -> String {
        let (text, _) = self.shown(row, (0, usize::MAX));
        format!("{}:{}: {text}", self.table.name(), row.line)
    }
}
