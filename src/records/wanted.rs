//! Which fields a run looks at.

use crate::vocabulary::{Field, FieldKind, Subject, fields};

const ALWAYS: [Field; 2] = [fields::student::STUDENT, fields::enrolment::CONTRACT];

/// A set of fields. The reader checks every value, and keeps those that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    columns: [u32; Subject::COUNT],
}

impl Wanted {
    pub(crate) fn all() -> Self {
        Self { columns: [u32::MAX; Subject::COUNT] }
    }

    /// Only what a record can't be put together without: whose it is, its years, its codes, and days that have two names.
    pub(crate) fn none() -> Self {
        let mut wanted = Self { columns: [0; Subject::COUNT] };
        let always = |field: &Field| {
            let kind = field.kind();
            matches!(kind, FieldKind::AcademicYear | FieldKind::Reference(_)) || field.definition().alias.is_some() || ALWAYS.contains(field)
        };
        Subject::ALL.into_iter().flat_map(Field::all_of).filter(always).for_each(|field| wanted.add(field));
        wanted
    }

    pub(crate) fn add(&mut self, field: Field) {
        if let Some(columns) = self.columns.get_mut(field.subject as usize) {
            *columns |= 1 << (field.column & 31);
        }
    }

    /// The columns of a subject, a bit each.
    pub(crate) fn columns(&self, subject: Subject) -> u32 {
        self.columns.get(subject as usize).copied().unwrap_or(u32::MAX)
    }
}

impl FromIterator<Field> for Wanted {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut wanted = Self::none();
        fields.into_iter().for_each(|field| wanted.add(field));
        wanted
    }
}
