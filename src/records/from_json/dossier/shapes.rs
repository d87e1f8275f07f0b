//! How the objects of each subject were written last. An export writes all of them alike: what comes next is compared with what came last, and parsed only where
//! it is something else.

use crate::records::from_json::dossier::keys::{Key, keys};
use crate::records::from_json::plain::{PlainJson, Stretch};
use crate::vocabulary::{Cell, MISSING, Subject};

/// A member that came after a certain other one.
#[derive(Debug, Clone, Copy)]
struct Member {
    /// From the comma or the bracket before it up to its value: `,"semester":`.
    name: Stretch,
    known: Option<Known>,
    /// The text that was its value last, quotes and all, and the cell of that text.
    text: Stretch,
    cell: Cell,
}

impl Member {
    const NONE: Self = Self { name: Stretch::NOWHERE, known: None, text: Stretch::NOWHERE, cell: MISSING };
}

/// What is known of a member by its key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) key: &'static Key,
    /// Of the keys of its subject, a bit each, this one.
    pub(super) bit: u64,
    /// Where the next member stands.
    pub(super) after: Place,
}

/// The members that came last, by the subject and by what stood before them.
#[derive(Debug)]
pub(super) struct Shapes {
    /// For each subject, the place at the beginning of its objects; then come those after each of its keys, and the one after a name that nobody declared.
    beginnings: [usize; Subject::COUNT],
    /// In each place the member that came last, and the one that came before that.
    members: Vec<[Member; 2]>,
}

/// Where in an object of some subject something may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

impl Shapes {
    pub(super) fn new() -> Self {
        let mut places = 0;
        let beginnings = Subject::ALL.map(|subject| {
            let beginning = places;
            places += keys(subject).len() + 2;
            beginning
        });
        Self { beginnings, members: vec![[Member::NONE; 2]; places] }
    }

    /// The place at the beginning of an object.
    #[inline]
    pub(super) fn beginning(&self, subject: Subject) -> Place {
        Place(self.beginnings[subject as usize])
    }

    /// The member that came here last, if it stands here again; the text is read up to its value.
    #[inline]
    pub(super) fn again(&self, place: Place, text: &mut PlainJson<'_>) -> Option<Known> {
        let [last, _] = self.members.get(place.0)?;
        if text.passes(&last.name) { last.known } else { None }
    }

    /// The same for the one that came before the last one, which is the last one then.
    #[inline]
    pub(super) fn as_before(&mut self, place: Place, text: &mut PlainJson<'_>) -> Option<Known> {
        let [last, other] = self.members.get_mut(place.0)?;
        if !text.passes(&other.name) {
            return None;
        }
        std::mem::swap(last, other);
        last.known
    }

    /// Keep the member that has come.
    pub(super) fn keep(&mut self, place: Place, (name, known): (Stretch, Known)) {
        if let Some([last, other]) = self.members.get_mut(place.0) {
            *other = std::mem::replace(last, Member { name, known: Some(known), ..Member::NONE });
        }
    }

    /// The cell of the text that was here last, if it stands here again and is read then.
    #[inline]
    pub(super) fn same_text(&self, place: Place, text: &mut PlainJson<'_>) -> Option<Cell> {
        let [last, _] = self.members.get(place.0)?;
        text.passes(&last.text).then_some(last.cell)
    }

    /// Keep the text of the member that was found here.
    pub(super) fn keep_text(&mut self, place: Place, (text, cell): (Stretch, Cell)) {
        if let Some([last, _]) = self.members.get_mut(place.0) {
            (last.text, last.cell) = (text, cell);
        }
    }
}

impl Place {
    /// The place after the key of an index, in an object that begins here.
    pub(super) fn after(self, key: usize) -> Self {
        Self(self.0 + 1 + key)
    }
}
