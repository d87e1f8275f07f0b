//! What stands in a row of a file, value by value, without writing it.

use std::ops::Range;

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray as _;
use arrow_schema::Fields;

use crate::records::Headings;
use crate::records::from_json::{Target, key_of};
use crate::records::from_parquet::text::{Rows, is_null};
use crate::vocabulary::Subject;

/// A value of a row, or all of it. Of what the record does not know no subject is known.
#[derive(Debug, Clone, Copy)]
enum Inside<'r> {
    Object { subject: Option<Subject>, fields: &'r Fields, columns: &'r [ArrayRef], row: usize },
    List { target: Option<Target>, elements: &'r ArrayRef, first: usize, end: usize },
    Scalar,
}

impl Rows {
    /// Whether the object at a path, or the nearest value around it that is there, has a member of that name.
    pub(super) fn has_member(&self, line: u32, (path, name): (&str, &str)) -> bool {
        let mut here = Inside::Object {
            subject: Some(Subject::Student),
            fields: self.batch.schema_ref().fields(),
            columns: self.batch.columns(),
            row: line.saturating_sub(self.first) as usize,
        };
        for step in path.split('/').filter(|step| !step.is_empty()) {
            let Some(child) = here.child(step, &self.headings) else { break };
            here = child;
        }
        here.member(name, &self.headings).is_some()
    }
}

impl<'r> Inside<'r> {
    fn child(self, step: &str, headings: &Headings) -> Option<Self> {
        let Self::List { target, elements, first, end } = self else { return self.member(step, headings) };
        let row = first.checked_add(step.parse().ok()?).filter(|row| *row < end)?;
        Some(Self::value(target, elements, row))
    }

    /// A member of an object; one that is null is left out.
    fn member(self, name: &str, headings: &Headings) -> Option<Self> {
        let Self::Object { subject, fields, columns, row } = self else { return None };
        let is_named = |heading: &str| name == subject.map_or(heading, |subject| headings.name_in(subject, heading));
        let (_, column) = fields.iter().zip(columns).find(|(field, column)| !is_null(column, row) && is_named(field.name()))?;
        Some(Self::value(subject.and_then(|subject| key_of(subject, name)), column, row))
    }

    fn value(target: Option<Target>, column: &'r ArrayRef, row: usize) -> Self {
        if is_null(column, row) {
            return Self::Scalar;
        }
        if let Some(objects) = column.as_struct_opt() {
            return Self::Object { subject: subject_of(target), fields: objects.fields(), columns: objects.columns(), row };
        }
        let Some((elements, rows)) = elements(column, row) else { return Self::Scalar };
        Self::List { target, elements, first: rows.start, end: rows.end }
    }
}

/// The subject of the objects of a member.
pub(super) fn subject_of(target: Option<Target>) -> Option<Subject> {
    if let Some(Target::One(subject) | Target::Rows(subject)) = target { Some(subject) } else { None }
}

/// The elements of a list among those of all lists of its column.
pub(super) fn elements(column: &ArrayRef, row: usize) -> Option<(&ArrayRef, Range<usize>)> {
    let lists = column.as_list_opt::<i32>()?;
    let at = |row: usize| lists.value_offsets().get(row).and_then(|offset| usize::try_from(*offset).ok());
    Some((lists.values(), at(row)?..at(row + 1)?))
}
