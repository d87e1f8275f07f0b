//! A dossier before it is laid into tables: rows with their owners, from a record or from what an example gives.

use crate::records::{Batch, Given};
use crate::rulebook::GivenRowId;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Field, FieldKind, List, MISSING, Subject, fields};

/// The rows of one dossier; number 0 is the student, and an owner comes before what it owns.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) rows: Vec<DraftRow>,
}

/// One row.
#[derive(Debug)]
pub(super) struct DraftRow {
    pub(super) subject: Subject,
    pub(super) owner: Option<usize>,
    pub(super) cells: Vec<(Field, Cell)>,
    /// Lists of which nobody knows what they hold.
    pub(super) unknown_lists: Vec<List>,
    /// The row of the example that gives it.
    pub(super) given: Option<GivenRowId>,
}

/// The lists of a student in the order of their tables.
const STUDENT_LISTS: [List; 8] = [
    List::StudentStatuses,
    List::StudentDiplomas,
    List::StudentExemptions,
    List::StudentCreditCertificates,
    List::StudentRequests,
    List::StudentDecisions,
    List::StudentMeasures,
    List::StudentLearningAccount,
];

impl DraftRow {
    pub(super) fn new(subject: Subject, owner: Option<usize>) -> Self {
        Self { subject, owner, cells: Vec::new(), unknown_lists: Vec::new(), given: None }
    }

    pub(super) fn cell(&self, field: Field) -> Option<Cell> {
        self.cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| *cell).filter(|cell| *cell != MISSING)
    }

    pub(super) fn set(&mut self, field: Field, cell: Cell) {
        match self.cells.iter_mut().find(|(known, _)| *known == field) {
            Some((_, old)) => *old = cell,
            None => self.cells.push((field, cell)),
        }
    }
}

impl Draft {
    /// The rows of a subject that stand in a row.
    pub(super) fn owned(&self, owner: usize, subject: Subject) -> impl Iterator<Item = usize> {
        self.rows.iter().enumerate().filter(move |(_, row)| row.subject == subject && row.owner == Some(owner)).map(|(index, _)| index)
    }

    pub(super) fn push(&mut self, row: DraftRow) -> usize {
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// A record of a batch, as it stands there.
    pub(super) fn of_record(batch: &Batch, student: u32) -> Self {
        let mut draft = Self::default();
        let top = draft.copy(batch, (Subject::Student, student), None);
        for list in STUDENT_LISTS {
            draft.copy_list(batch, list, (student, top));
        }
        for enrolment in batch.table(Subject::Enrolment).rows_of(student) {
            let own = draft.copy(batch, (Subject::Enrolment, enrolment), Some(top));
            let isp = draft.copy(batch, (Subject::Isp, enrolment), Some(own));
            for entry in batch.table(Subject::Entry).rows_of(enrolment) {
                let entry_row = draft.copy(batch, (Subject::Entry, entry), Some(isp));
                draft.copy(batch, (Subject::Result, entry), Some(entry_row));
            }
            draft.copy_list(batch, List::IspRequestedCourses, (enrolment, isp));
        }
        draft
    }

    fn copy_list(&mut self, batch: &Batch, list: List, (owner, top): (u32, usize)) {
        let table = batch.table(list.element());
        if !table.is_given(owner) {
            self.rows[top].unknown_lists.push(list);
        }
        for row in table.rows_of(owner) {
            self.copy(batch, (list.element(), row), Some(top));
        }
    }

    fn copy(&mut self, batch: &Batch, (subject, row): (Subject, u32), owner: Option<usize>) -> usize {
        let cells = Field::all_of(subject).map(|field| (field, batch.cell(field, row))).collect();
        self.push(DraftRow { cells, ..DraftRow::new(subject, owner) })
    }

    /// Move the references beyond a catalogue that has grown.
    pub(super) fn move_foreign(&mut self, moved: &dyn Fn(Subject, u32) -> u32) {
        for (field, cell) in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let (FieldKind::Reference(subject), Ok(row)) = (field.kind(), u32::try_from(*cell)) {
                *cell = Cell::try_from(moved(subject, row)).unwrap_or(MISSING);
            }
        }
    }

    /// Lay the rows into a batch; the row in its table for each row of the draft.
    pub(super) fn lay(&self, batch: &mut Batch) -> Vec<u32> {
        let mut laid = vec![u32::MAX; self.rows.len()];
        let tops: Vec<usize> = self.rows.iter().enumerate().filter(|(_, row)| row.subject == Subject::Student).map(|(index, _)| index).collect();
        for student in tops {
            self.put(batch, student, &mut laid);
            for list in STUDENT_LISTS {
                self.put_list(batch, (list, student), &mut laid);
            }
            for enrolment in self.owned(student, Subject::Enrolment) {
                self.put(batch, enrolment, &mut laid);
                self.put_isp(batch, enrolment, &mut laid);
            }
            batch.table_mut(Subject::Enrolment).close_owner(Given::Yes);
        }
        laid
    }

    /// An enrolment always has one ISP, and an entry one result.
    fn put_isp(&self, batch: &mut Batch, enrolment: usize, laid: &mut [u32]) {
        if let Some(isp) = self.owned(enrolment, Subject::Isp).next() {
            self.put(batch, isp, laid);
            for entry in self.owned(isp, Subject::Entry) {
                self.put_entry(batch, (enrolment, entry), laid);
            }
            self.put_list(batch, (List::IspRequestedCourses, isp), laid);
        } else {
            batch.table_mut(Subject::Isp).push();
            batch.table_mut(Subject::RequestedCourse).close_owner(Given::Yes);
        }
        batch.table_mut(Subject::Entry).close_owner(Given::Yes);
        batch.table_mut(Subject::Isp).close_owner(Given::Yes);
    }

    /// What an entry does not say: it is regular, and its class group is the enrolment's.
    fn put_entry(&self, batch: &mut Batch, (enrolment, entry): (usize, usize), laid: &mut [u32]) {
        self.put(batch, entry, laid);
        let row = laid[entry];
        let table = batch.table_mut(Subject::Entry);
        if !self.says(entry, fields::entry::KIND) {
            table.set(fields::entry::KIND, row, index::KIND_REGULAR);
        }
        if let (false, Some(group)) = (self.says(entry, fields::entry::CLASS_GROUP), self.rows[enrolment].cell(fields::enrolment::CLASS_GROUP)) {
            table.set(fields::entry::CLASS_GROUP, row, group);
        }
        if let Some(result) = self.owned(entry, Subject::Result).next() {
            self.put(batch, result, laid);
        } else {
            batch.table_mut(Subject::Result).push();
        }
        batch.table_mut(Subject::Result).close_owner(Given::Yes);
    }

    fn says(&self, row: usize, field: Field) -> bool {
        self.rows[row].cells.iter().any(|(known, _)| *known == field)
    }

    fn put_list(&self, batch: &mut Batch, (list, owner): (List, usize), laid: &mut [u32]) {
        for row in self.owned(owner, list.element()) {
            self.put(batch, row, laid);
        }
        let unknown = self.rows[owner].unknown_lists.contains(&list);
        batch.table_mut(list.element()).close_owner(if unknown { Given::No } else { Given::Yes });
    }

    fn put(&self, batch: &mut Batch, row: usize, laid: &mut [u32]) {
        let table = batch.table_mut(self.rows[row].subject);
        let at = table.push();
        for (field, cell) in &self.rows[row].cells {
            table.set(*field, at, *cell);
        }
        laid[row] = at;
    }
}
