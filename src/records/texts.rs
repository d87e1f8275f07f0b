//! Texts by number, so that two texts are compared as two numbers.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// A text by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) i32);

/// A pool of texts; a second pool may go on where a frozen first one ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    first: i32,
    /// The indices of the texts, by what the texts hash to.
    indices: HashTable<usize>,
    held: Held,
}

/// The texts themselves, so that many short ones take little room and no time to forget.
#[derive(Debug, Clone, Default)]
struct Held {
    /// One after the other.
    joined: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Held {
    fn start(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }

    fn get(&self, index: usize) -> Option<&str> {
        self.joined.get(self.start(index)..*self.ends.get(index)?)
    }

    fn push(&mut self, text: &str) {
        self.joined.push_str(text);
        self.ends.push(self.joined.len());
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

impl Texts {
    /// A pool whose numbers begin where `before` ends.
    pub(crate) fn after(before: &Self) -> Self {
        Self { first: before.end(), ..Self::default() }
    }

    pub(crate) fn end(&self) -> i32 {
        self.id(self.len()).0
    }

    fn id(&self, index: usize) -> TextId {
        TextId(self.first.saturating_add(i32::try_from(index).unwrap_or(i32::MAX)))
    }

    pub(crate) fn find(&self, text: &str) -> Option<TextId> {
        self.hashed(hash(text), text)
    }

    fn hashed(&self, hash: u64, text: &str) -> Option<TextId> {
        self.indices.find(hash, |index| self.held.get(*index) == Some(text)).map(|index| self.id(*index))
    }

    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        let hashed = hash(text);
        if let Some(id) = self.hashed(hashed, text) {
            return id;
        }
        let index = self.len();
        self.held.push(text);
        let held = &self.held;
        self.indices.insert_unique(hashed, index, |index| hash(held.get(*index).unwrap_or_default()));
        self.id(index)
    }

    pub(crate) fn get(&self, id: TextId) -> Option<&str> {
        self.held.get(usize::try_from(id.0.checked_sub(self.first)?).ok()?)
    }

    pub(crate) fn len(&self) -> usize {
        self.held.ends.len()
    }

    /// Forget the texts after the first so many.
    pub(crate) fn truncate(&mut self, length: usize) {
        for index in length..self.len() {
            let hash = hash(self.held.get(index).unwrap_or_default());
            if let Ok(found) = self.indices.find_entry(hash, |known| *known == index) {
                found.remove();
            }
        }
        let length = length.min(self.len());
        self.held.joined.truncate(self.held.start(length));
        self.held.ends.truncate(length);
    }

    /// Forget all texts but keep the room they took.
    pub(crate) fn clear(&mut self) {
        self.indices.clear();
        self.held.joined.clear();
        self.held.ends.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::Texts;

    proptest! {
        #[test]
        fn what_is_forgotten_leaves_no_trace(before in vec("[a-cé]{0,3}", 0..30), after in vec("[a-cé]{0,3}", 0..30)) {
            let (mut catalogue, before) = (Texts::default(), before.iter());
            for text in before.clone().take(9) {
                catalogue.intern(text);
            }
            let mut kept = Texts::after(&catalogue);
            for text in before.clone() {
                kept.intern(text);
            }
            let (mut texts, length) = (kept.clone(), kept.len());
            for text in &after {
                texts.intern(text);
            }
            texts.truncate(length);
            prop_assert_eq!((texts.len(), texts.end()), (length, kept.end()));
            for text in before.clone().chain(&after) {
                prop_assert_eq!(texts.find(text), kept.find(text));
                prop_assert_eq!(kept.find(text).and_then(|id| texts.get(id)), kept.find(text).map(|_| text.as_str()));
                prop_assert_eq!(texts.intern(text), kept.intern(text));
            }
        }
    }
}
