//! Changes to a dossier, one small thing at a time: a value set or taken away, a row added or removed. They are made for a check, from what it looks at;
//! whether one makes the difference is not known here.
//!
//! `candidates.rs` lists the changes that a check's fields and rows suggest, `values.rs` the other values of a field, `rows.rs` the rows that could be
//! there too. Add a kind of change: a list of them in `candidates.rs`, and a [`Sort`] to know them by.

mod candidates;
mod courses;
mod days;
mod rows;
mod values;

use crate::generate::dossier::{Datum, Row, Way};
use crate::vocabulary::{Field, Subject};

pub(crate) use candidates::Changer;

/// One step of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    Set(Way, Field, Datum),
    Clear(Way, Field),
    Add(Way, Row),
    Replace(Way, Row),
    /// The last of several rows first.
    Remove(Way),
}

/// What sort of change it is, whatever the row and the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    /// Another value.
    Set(Field),
    /// No value.
    Clear(Field),
    /// Another value in several rows.
    SetInMany(Field),
    /// Two values of one row.
    SetBoth(Field, Field),
    Add(Subject),
    Remove(Subject),
    /// Several rows.
    RemoveMany(Subject),
}

impl Sort {
    /// Whether it gives a field another value, or none.
    fn is_of(self, field: Field) -> bool {
        match self {
            Self::Set(own) | Self::Clear(own) | Self::SetInMany(own) => own == field,
            Self::SetBoth(one, other) => one == field || other == field,
            Self::Add(_) | Self::Remove(_) | Self::RemoveMany(_) => false,
        }
    }
}

/// Which sorts of changes are listed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sorts<'s> {
    /// All, these first.
    First(&'s [Sort]),
    Only(&'s [Sort]),
}

impl<'s> Sorts<'s> {
    fn named(self) -> &'s [Sort] {
        match self {
            Self::First(sorts) | Self::Only(sorts) => sorts,
        }
    }

    fn has(self, sort: Sort) -> bool {
        matches!(self, Self::First(_)) || self.named().contains(&sort)
    }

    fn has_field(self, field: Field) -> bool {
        matches!(self, Self::First(_)) || self.named().iter().any(|sort| sort.is_of(field))
    }
}

/// A change to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) sort: Sort,
    pub(crate) edits: Vec<Edit>,
}

impl Change {
    fn new(sort: Sort, edits: Vec<Edit>) -> Self {
        Self { sort, edits }
    }

    /// The dossier with the change.
    pub(crate) fn applied(&self, dossier: &Row) -> Row {
        let mut changed = dossier.clone();
        for edit in &self.edits {
            edit.apply(&mut changed);
        }
        changed
    }
}

impl Edit {
    fn apply(&self, dossier: &mut Row) {
        match self {
            Self::Set(way, field, value) => {
                if let Some(row) = dossier.at_mut(way) {
                    row.set(*field, value.clone());
                }
            }
            Self::Clear(way, field) => {
                if let Some(row) = dossier.at_mut(way) {
                    row.clear(*field);
                }
            }
            Self::Add(way, row) => {
                if let Some(owner) = dossier.at_mut(way) {
                    owner.rows.push(row.clone());
                }
            }
            Self::Replace(way, row) => {
                if let Some(old) = dossier.at_mut(way) {
                    *old = row.clone();
                }
            }
            Self::Remove(way) => {
                let Some((last, owner)) = way.split_last() else { return };
                if let Some(owner) = dossier.at_mut(owner).filter(|owner| *last < owner.rows.len()) {
                    owner.rows.remove(*last);
                }
            }
        }
    }
}
