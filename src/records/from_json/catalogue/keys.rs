//! The keys of the catalogue's objects, and what their values are read into.

use std::sync::LazyLock;

use crate::records::catalogue::code_field;
use crate::records::json::{Beginning, Outlined, beginning_of};
use crate::vocabulary::{Field, FieldKind, List, Subject};

/// What the value of a member is read into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// `"credits": 6`
    Cell(Field, FieldKind),
    /// `"units": [{…}, …]`
    Rows(List),
    /// The code, which has been read.
    Code,
    /// What leads to other codes: `"class_groups": ["1A", …]`
    Links,
}

struct Key {
    name: &'static str,
    beginning: Beginning,
    target: Target,
}

impl Key {
    fn new(name: &'static str, target: Target) -> Self {
        Self { name, beginning: beginning_of(name), target }
    }

    #[inline]
    fn is(&self, name: Outlined<'_>, beginning: Option<Beginning>) -> bool {
        match beginning {
            Some(beginning) if beginning != self.beginning => false,
            // A beginning with its quote in it is the whole name.
            Some(_) if self.name.len() < size_of::<Beginning>() => true,
            _ => name.is(self.name),
        }
    }
}

static KEYS: LazyLock<Vec<Vec<Key>>> = LazyLock::new(|| Subject::ALL.into_iter().map(all_keys).collect());

fn all_keys(subject: Subject) -> Vec<Key> {
    let fields = Field::all_of(subject).filter(|field| field.kind() != FieldKind::AcademicYear);
    let cell = |field: Field| if field == code_field(subject) { Target::Code } else { Target::Cell(field, field.kind()) };
    fields.map(|field| Key::new(field.name(), cell(field))).chain(list_keys(subject)).collect()
}

/// The lists that an object of a subject may hold.
fn list_keys(subject: Subject) -> Vec<Key> {
    let rows = |list: List| Key::new(list.name(), Target::Rows(list));
    let links = |name| Key::new(name, Target::Links);
    let lists = [
        (Subject::Programme, vec![rows(List::ProgrammePhases), rows(List::ProgrammeUnits)]),
        (Subject::Course, vec![rows(List::CourseSubunits), links("identical_to")]),
        (Subject::Event, vec![links(List::EventClassGroups.name())]),
    ];
    lists.into_iter().find(|(of, _)| *of == subject).map_or_else(Vec::new, |(_, keys)| keys)
}

fn keys(subject: Subject) -> &'static [Key] {
    KEYS.get(subject as usize).map_or(&[], Vec::as_slice)
}

/// The names that an object of a subject may have.
pub(super) fn names_of(subject: Subject) -> impl Iterator<Item = &'static str> {
    keys(subject).iter().map(|key| key.name)
}

/// What the member of a name, with its beginning, is read into; nothing for one that nobody declared.
pub(super) fn target_of(subject: Subject, name: Outlined<'_>, beginning: Option<Beginning>) -> Option<Target> {
    keys(subject).iter().find(|key| key.is(name, beginning)).map(|key| key.target)
}
