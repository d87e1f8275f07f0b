//! Texts by number, so that two texts are compared as two numbers.

use rustc_hash::FxHashMap;

/// A text by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) i32);

/// A pool of texts; a second pool may go on where a frozen first one ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    first: i32,
    ids: FxHashMap<Box<str>, i32>,
    names: Vec<Box<str>>,
}

impl Texts {
    /// A pool whose numbers begin where `before` ends.
    pub(crate) fn after(before: &Self) -> Self {
        Self { first: before.end(), ..Self::default() }
    }

    pub(crate) fn end(&self) -> i32 {
        self.first.saturating_add(i32::try_from(self.names.len()).unwrap_or(i32::MAX))
    }

    pub(crate) fn find(&self, text: &str) -> Option<TextId> {
        self.ids.get(text).copied().map(TextId)
    }

    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        if let Some(id) = self.find(text) {
            return id;
        }
        let id = self.end();
        self.ids.insert(text.into(), id);
        self.names.push(text.into());
        TextId(id)
    }

    pub(crate) fn get(&self, id: TextId) -> Option<&str> {
        let index = usize::try_from(id.0.checked_sub(self.first)?).ok()?;
        self.names.get(index).map(AsRef::as_ref)
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Forget the texts after the first so many.
    pub(crate) fn truncate(&mut self, length: usize) {
        for name in self.names.drain(length.min(self.names.len())..) {
            self.ids.remove(&name);
        }
    }

    /// Forget all texts but keep the room they took.
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.names.clear();
    }
}
