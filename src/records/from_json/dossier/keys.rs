//! The keys of the record's objects.

use std::sync::LazyLock;

use crate::records::packed::Packed;
use crate::vocabulary::{Field, FieldKind, List, Subject};

/// A key of an object, and what its value is read into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    packed: Option<Packed>,
    pub(super) target: Target,
}

impl Key {
    fn new(name: &'static str, target: Target) -> Self {
        Self { name, packed: Packed::new(name), target }
    }

    fn is(&self, name: &str, packed: Option<Packed>) -> bool {
        self.packed == packed && (packed.is_some() || self.name == name)
    }
}

/// A field with what is asked of it for every value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) field: Field,
    pub(crate) kind: FieldKind,
    pub(crate) alias: Option<&'static str>,
}

impl Column {
    pub(crate) fn new(field: Field) -> Self {
        Self { field, kind: field.kind(), alias: field.definition().alias }
    }
}

/// What a value is read into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// `"credits": 6`
    Cell(Column),
    /// `"submitted_at": "2023-10-15T22:30:00Z"`
    Instant(Column),
    /// `"entries": [{…}, …]`
    Rows(Subject),
    /// `"requested_courses": ["BM101", …]`
    Codes(Subject),
    /// `"isp": {…}`
    One(Subject),
}

static KEYS: LazyLock<Vec<Vec<Key>>> = LazyLock::new(|| Subject::ALL.into_iter().map(all_keys).collect());

fn all_keys(subject: Subject) -> Vec<Key> {
    let cells = Field::all_of(subject).map(|field| Key::new(field.name(), Target::Cell(Column::new(field))));
    let columns = Field::all_of(subject).map(Column::new);
    let instants = columns.filter_map(|column| column.alias.map(|name| Key::new(name, Target::Instant(column))));
    cells.chain(instants).chain(inner_keys(subject)).collect()
}

fn inner_keys(subject: Subject) -> Vec<Key> {
    let rows = |list: List| Key::new(list.name(), Target::Rows(list.element()));
    let requested = List::IspRequestedCourses;
    let isp = [rows(List::IspEntries), Key::new(requested.name(), Target::Codes(requested.element()))];
    let inner: [(Subject, &[Key]); 4] = [
        (Subject::Student, &STUDENT_LISTS.map(rows)),
        (Subject::Enrolment, &[Key::new("isp", Target::One(Subject::Isp))]),
        (Subject::Isp, &isp),
        (Subject::Entry, &[Key::new("result", Target::One(Subject::Result))]),
    ];
    inner.iter().find(|(of, _)| *of == subject).map_or_else(Vec::new, |(_, keys)| keys.to_vec())
}

/// The names that an object of a subject may have.
pub(crate) fn names_of(subject: Subject) -> impl Iterator<Item = &'static str> {
    keys(subject).iter().map(|key| key.name)
}

/// What a name in an object of a subject is read into.
pub(crate) fn key_of(subject: Subject, name: &str) -> Option<Target> {
    keys(subject).iter().find(|key| key.name == name).map(|key| key.target)
}

/// The lists of a student's record.
pub(crate) const STUDENT_LISTS: [List; 9] = [
    List::StudentEnrolments,
    List::StudentStatuses,
    List::StudentDiplomas,
    List::StudentExemptions,
    List::StudentCreditCertificates,
    List::StudentRequests,
    List::StudentDecisions,
    List::StudentMeasures,
    List::StudentLearningAccount,
];

/// The keys that an object of a subject may have.
pub(super) fn keys(subject: Subject) -> &'static [Key] {
    KEYS.get(subject as usize).map_or(&[], Vec::as_slice)
}

/// The index of a key.
pub(super) fn index_of(subject: Subject, name: &str) -> Option<usize> {
    let packed = Packed::new(name);
    keys(subject).iter().position(|key| key.is(name, packed))
}

#[cfg(test)]
mod tests {
    use super::KEYS;

    #[test]
    fn every_key_has_a_bit_and_a_name_of_its_own() {
        for keys in KEYS.iter() {
            assert!(keys.len() <= 64);
            for (index, key) in keys.iter().enumerate() {
                assert!(keys.iter().skip(index + 1).all(|other| other.name != key.name), "{}", key.name);
            }
        }
    }
}
