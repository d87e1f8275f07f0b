//! A row while its object is read: what it was given, and what follows from what it was not given.

use crate::records::Given;
use crate::records::from_json::dossier::hand::Hand;
use crate::records::from_json::dossier::keys::{Column, STUDENT_LISTS, index_of};
use crate::records::from_json::plain::NotPlain;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Field, List, MISSING, Subject, fields};

/// The most columns a table of the record has.
const MOST_COLUMNS: usize = 16;

/// The cells of a row that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    /// By column.
    cells: [Cell; MOST_COLUMNS],
    /// The columns that were given a value, a bit each.
    given: u32,
}

impl Cells {
    pub(super) fn new() -> Self {
        Self { cells: [MISSING; MOST_COLUMNS], given: 0 }
    }

    /// Put a value into a field; another value that it has already is handed back.
    #[inline]
    pub(super) fn put(&mut self, field: Field, cell: Cell) -> Result<(), Cell> {
        let Some(place) = self.cells.get_mut(field.column as usize) else { return Ok(()) };
        self.given |= 1 << field.column;
        // Only a field with two names can have been given before.
        match std::mem::replace(place, cell) {
            MISSING => Ok(()),
            other if other == cell => Ok(()),
            other => Err(other),
        }
    }

    fn has(&self, field: Field) -> bool {
        self.given >> field.column & 1 == 1
    }
}

/// A row of a subject, and what its object has shown of it so far.
#[derive(Debug)]
pub(crate) struct Row {
    pub(super) subject: Subject,
    pub(super) number: u32,
    pub(super) cells: Cells,
    /// The subjects that it had a list or an object of, a bit each; `null` counts as left out.
    given: u32,
}

impl Row {
    #[inline]
    pub(crate) fn begin(hand: &mut Hand<'_, '_>, subject: Subject) -> Self {
        let number = hand.batch.table_mut(subject).append();
        Self { subject, number, cells: Cells::new(), given: 0 }
    }

    /// Put a value into a field that has none, or the same.
    #[inline]
    pub(crate) fn put(&mut self, column: &Column, cell: Cell) -> Result<(), NotPlain> {
        self.cells.put(column.field, cell).map_err(|_| NotPlain)
    }

    /// Its object had a list or an object of a subject, and not `null`.
    pub(crate) fn note(&mut self, subject: Subject) {
        self.given |= 1 << subject as u8;
    }

    fn has(&self, subject: Subject) -> bool {
        self.given >> subject as u8 & 1 == 1
    }

    /// End the row: its cells are kept, what it owns is closed, and what is always there is there.
    #[inline]
    pub(crate) fn close(mut self, hand: &mut Hand<'_, '_>) {
        if self.subject == Subject::Entry {
            self.close_entry(hand);
        } else if self.subject == Subject::Isp {
            let requested = self.has(Subject::RequestedCourse);
            hand.close_isp(if requested { Given::Yes } else { Given::No });
        } else if self.subject == Subject::Enrolment {
            self.close_enrolment(hand);
        } else if self.subject == Subject::Student {
            self.close_student(hand);
        }
        hand.keep(self.subject, self.number, &self.cells);
    }

    fn close_student(&self, hand: &mut Hand<'_, '_>) {
        for list in STUDENT_LISTS {
            let unknown =
                matches!(list, List::StudentEnrolments | List::StudentDiplomas | List::StudentCreditCertificates | List::StudentLearningAccount);
            let given = !unknown || self.has(list.element());
            hand.batch.table_mut(list.element()).close_owner(if given { Given::Yes } else { Given::No });
        }
    }

    fn close_enrolment(&self, hand: &mut Hand<'_, '_>) {
        if !self.has(Subject::Isp) {
            let row = hand.batch.table_mut(Subject::Isp).append();
            hand.batch.table_mut(Subject::Isp).set(fields::isp::STATE, row, index::STATE_NONE);
            hand.close_isp(Given::Yes);
        }
        hand.batch.table_mut(Subject::Isp).close_owner(Given::Yes);
    }

    fn close_entry(&mut self, hand: &mut Hand<'_, '_>) {
        if !self.has(Subject::Result) {
            hand.batch.table_mut(Subject::Result).append();
        }
        hand.batch.table_mut(Subject::Result).close_owner(Given::Yes);
        if !self.cells.has(fields::entry::KIND) {
            let _ = self.cells.put(fields::entry::KIND, index::KIND_REGULAR);
        }
    }
}

impl Hand<'_, '_> {
    fn close_isp(&mut self, requested: Given) {
        self.batch.table_mut(Subject::Entry).close_owner(Given::Yes);
        self.batch.table_mut(Subject::RequestedCourse).close_owner(requested);
    }

    /// Put a row's cells into its columns, as far as they are wanted.
    #[inline]
    pub(super) fn keep(&mut self, subject: Subject, row: u32, cells: &Cells) {
        let wanted = self.reading.wanted.columns(subject);
        self.batch.table_mut(subject).fill(row, &cells.cells, cells.given & wanted);
    }

    /// The index of a key, or nothing where nobody declared it, which is noted.
    pub(super) fn key(&mut self, subject: Subject, name: &str) -> Option<usize> {
        let found = index_of(subject, name);
        if found.is_none() {
            self.state.undeclared.push((subject, name.into()));
        }
        found
    }
}
