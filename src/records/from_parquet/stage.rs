//! A record batch as tables of cells, before it is known which of its dossiers are sound.

use std::ops::Range;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StructArray};

use crate::records::from_json::STUDENT_LISTS;
use crate::records::from_parquet::cells::{Cells, Reader};
use crate::records::from_parquet::shape::{Inner, Shape};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::fields::{self, fields_of};
use crate::vocabulary::{Cell, Field, List, MISSING, Subject};

/// The rows of a subject.
#[derive(Debug, Default)]
pub(super) struct StagedTable {
    /// By the number of the field; empty where no row has a value.
    pub(super) columns: Vec<Vec<Cell>>,
    pub(super) rows: u32,
    /// For each owner's row its first row here, and one more at the end; nothing where each owner has one row.
    pub(super) starts: Vec<u32>,
    /// For each owner's row, whether the record gave the list.
    pub(super) given: Vec<bool>,
}

/// The rows of all dossiers of a record batch.
#[derive(Debug)]
pub(super) struct Stage {
    tables: Vec<StagedTable>,
    /// Students of whom something is odd.
    pub(super) odd: Vec<bool>,
    odd_rows: Vec<u32>,
    second: Vec<Cell>,
}

/// The subjects of which each owner has one row.
const SINGLE: [Subject; 2] = [Subject::Isp, Subject::Result];

const ISP_LISTS: [List; 2] = [List::IspEntries, List::IspRequestedCourses];

impl Stage {
    pub(super) fn new() -> Self {
        let table = |subject| StagedTable { columns: vec![Vec::new(); fields_of(subject).len()], ..StagedTable::default() };
        Self { tables: Subject::ALL.into_iter().map(table).collect(), odd: Vec::new(), odd_rows: Vec::new(), second: Vec::new() }
    }

    pub(super) fn table(&self, subject: Subject) -> &StagedTable {
        &self.tables[subject as usize]
    }

    fn table_mut(&mut self, subject: Subject) -> &mut StagedTable {
        &mut self.tables[subject as usize]
    }

    /// Fill the tables; what was in them is forgotten.
    pub(super) fn fill(&mut self, shape: &Shape, batch: &RecordBatch, reader: &mut Reader<'_, '_, '_>) {
        let students = count(batch.num_rows());
        for table in &mut self.tables {
            table.columns.iter_mut().for_each(Vec::clear);
            table.rows = 0;
            table.starts.clear();
            table.given.clear();
        }
        self.odd.clear();
        self.odd.resize(batch.num_rows(), false);
        self.close(Subject::Student, students);
        self.object((Subject::Student, shape), (batch.columns(), students), reader);
    }

    /// What an owner's rows have where the file says nothing of it.
    fn close(&mut self, owner: Subject, owners: u32) {
        let owners = owners as usize;
        let of_owner: [(Subject, &[List]); 2] = [(Subject::Student, &STUDENT_LISTS), (Subject::Isp, &ISP_LISTS)];
        let lists = of_owner.into_iter().find(|(subject, _)| *subject == owner).map_or(&[][..], |(_, lists)| lists);
        for list in lists {
            let table = self.table_mut(list.element());
            table.starts.resize(owners + 1, 0);
            table.given.resize(owners, !is_unknown_where_left_out(list.element()));
        }
    }

    fn object(&mut self, (subject, shape): (Subject, &Shape), (columns, rows): (&[ArrayRef], u32), reader: &mut Reader<'_, '_, '_>) {
        self.table_mut(subject).rows = rows;
        for leaf in &shape.leaves {
            let Some(array) = columns.get(leaf.index) else { continue };
            let mut cells = std::mem::take(&mut self.second);
            let mut odd = std::mem::take(&mut self.odd_rows);
            reader.column(leaf, array, &mut Cells { cells: &mut cells, odd: &mut odd });
            self.keep(leaf.column.field, &mut cells, &mut odd);
            odd.drain(..).for_each(|row| self.note_odd(subject, row));
            (self.second, self.odd_rows) = (cells, odd);
        }
        for opaque in &shape.opaque {
            let Some(array) = columns.get(*opaque) else { continue };
            let nulls = array.logical_nulls();
            (0..rows).filter(|row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(*row as usize))).for_each(|row| self.note_odd(subject, row));
        }
        for inner in &shape.lists {
            let Some(array) = columns.get(inner.index) else { continue };
            self.list((subject, inner), array, reader);
        }
        for inner in [(Subject::Enrolment, Subject::Isp), (Subject::Entry, Subject::Result)] {
            if inner.0 == subject {
                let found = shape.ones.iter().find(|one| one.subject == inner.1);
                self.one((inner.1, rows), found.and_then(|one| Some((one, columns.get(one.index)?))), reader);
            }
        }
    }

    /// Keep a column. A field with two names may have been given before, and then both must agree.
    fn keep(&mut self, field: Field, cells: &mut Vec<Cell>, odd: &mut Vec<u32>) {
        let Some(column) = self.tables[field.subject as usize].columns.get_mut(field.column as usize) else { return };
        if column.is_empty() {
            std::mem::swap(column, cells);
            return;
        }
        for (row, (kept, cell)) in (0..).zip(column.iter_mut().zip(cells.iter())) {
            if *kept == MISSING {
                *kept = *cell;
            } else if *cell != MISSING && cell != kept {
                odd.push(row);
            }
        }
    }

    fn list(&mut self, (owner, inner): (Subject, &Inner), array: &ArrayRef, reader: &mut Reader<'_, '_, '_>) {
        let Some(list) = array.as_list_opt::<i32>() else { return };
        let offset = |at: usize| list.offsets().get(at).map_or(0, |offset| count(usize::try_from(*offset).unwrap_or(0)));
        let (first, last) = (offset(0), offset(list.len()));
        let table = self.table_mut(inner.subject);
        table.starts.clear();
        table.starts.extend(list.offsets().iter().map(|offset| count(usize::try_from(*offset).unwrap_or(0)) - first));
        table.given.clear();
        table.given.resize(list.len(), true);
        if list.null_count() > 0 {
            self.without(owner, inner.subject, list);
        }
        let rows = list.values().slice(first as usize, (last - first) as usize);
        if inner.subject == Subject::RequestedCourse {
            return self.codes(inner, &rows, reader);
        }
        let Some(objects) = rows.as_struct_opt() else {
            self.table_mut(inner.subject).rows = last - first;
            return (0..last - first).for_each(|row| self.note_odd(inner.subject, row));
        };
        self.object((inner.subject, &inner.shape), (objects.columns(), last - first), reader);
        self.note_nulls(inner.subject, objects);
    }

    /// What the owners have whose list is null; one that holds something all the same is odd.
    fn without(&mut self, owner: Subject, subject: Subject, list: &ListArray) {
        let is_given = !is_unknown_where_left_out(subject);
        for row in (0..list.len()).filter(|row| list.is_null(*row)) {
            if let Some(given) = self.table_mut(subject).given.get_mut(row) {
                *given = is_given;
            }
            if list.value_length(row) != 0 {
                self.note_odd(owner, count(row));
            }
        }
    }

    fn codes(&mut self, inner: &Inner, codes: &ArrayRef, reader: &mut Reader<'_, '_, '_>) {
        let rows = count(codes.len());
        if inner.shape.leaves.is_empty() {
            self.table_mut(inner.subject).rows = rows;
            return (0..rows).for_each(|row| self.note_odd(inner.subject, row));
        }
        self.object((inner.subject, &inner.shape), (std::slice::from_ref(codes), rows), reader);
    }

    /// The objects of which each owner has one: where it has none, there is a row all the same.
    fn one(&mut self, (subject, rows): (Subject, u32), found: Option<(&Inner, &ArrayRef)>, reader: &mut Reader<'_, '_, '_>) {
        self.close(subject, rows);
        let objects = found.and_then(|(inner, array)| Some((inner, array.as_struct_opt()?)));
        if let Some((inner, objects)) = objects {
            self.object((subject, &inner.shape), (objects.columns(), rows), reader);
        }
        self.table_mut(subject).rows = rows;
        if subject == Subject::Isp {
            self.close_isps(rows, objects.map(|(_, objects)| objects));
        } else {
            self.close_entries(rows);
        }
    }

    /// An enrolment without an ISP has one in the state `none`, and asks for no courses.
    fn close_isps(&mut self, rows: u32, isps: Option<&StructArray>) {
        if isps.is_some_and(|isps| isps.null_count() == 0) {
            return;
        }
        let has_none = |row: &u32| isps.is_none_or(|isps| isps.is_null(*row as usize));
        let without: Vec<usize> = (0..rows).filter(has_none).map(|row| row as usize).collect();
        if without.is_empty() {
            return;
        }
        if let Some(states) = self.table_mut(Subject::Isp).columns.get_mut(fields::isp::STATE.column as usize) {
            states.resize(rows as usize, MISSING);
            for row in &without {
                states[*row] = index::STATE_NONE;
            }
        }
        let given = &mut self.table_mut(Subject::RequestedCourse).given;
        for row in without {
            given[row] = true;
        }
    }

    /// An entry is regular unless it says otherwise.
    fn close_entries(&mut self, rows: u32) {
        if let Some(kinds) = self.table_mut(Subject::Entry).columns.get_mut(fields::entry::KIND.column as usize) {
            kinds.resize(rows as usize, MISSING);
            for kind in kinds {
                *kind = if *kind == MISSING { index::KIND_REGULAR } else { *kind };
            }
        }
    }

    fn note_nulls(&mut self, subject: Subject, objects: &StructArray) {
        if objects.null_count() > 0 {
            (0..count(objects.len())).filter(|row| objects.is_null(*row as usize)).for_each(|row| self.note_odd(subject, row));
        }
    }

    /// Something of a row is odd, and so is its student.
    fn note_odd(&mut self, subject: Subject, row: u32) {
        let student = self.student_of(subject, row);
        if let Some(odd) = self.odd.get_mut(student as usize) {
            *odd = true;
        }
    }

    fn student_of(&self, subject: Subject, row: u32) -> u32 {
        let Some(owner) = subject.owner() else { return row };
        if SINGLE.contains(&subject) {
            return self.student_of(owner, row);
        }
        let after = self.table(subject).starts.partition_point(|start| *start <= row);
        self.student_of(owner, count(after.saturating_sub(1)))
    }
}

impl StagedTable {
    /// The rows of some owners that follow one another.
    pub(super) fn rows_of(&self, owners: &Range<u32>) -> Range<u32> {
        let at = |owner: u32| self.starts.get(owner as usize).copied().unwrap_or(self.rows);
        if self.starts.is_empty() { owners.clone() } else { at(owners.start)..at(owners.end) }
    }
}

/// Whether a list that the record leaves out is not known, rather than empty.
fn is_unknown_where_left_out(element: Subject) -> bool {
    let unknown = [Subject::Enrolment, Subject::Diploma, Subject::CreditCertificate, Subject::AccountEntry, Subject::RequestedCourse];
    unknown.contains(&element)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
