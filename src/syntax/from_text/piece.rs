//! A piece of a text as it is handed to the grammar, and the way back from an offset in it to the text it came from.

use std::borrow::Cow;

/// A piece, perhaps with words mended.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where it begins in the whole text.
    base: usize,
    edits: Vec<Edit>,
}

/// A word that was replaced, in offsets of the piece as it was just before.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: usize,
    old: usize,
    new: usize,
}

impl<'a> Piece<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        Self { text: Cow::Borrowed(text), base, edits: Vec::new() }
    }

    /// The offset in the whole text.
    pub(super) fn offset(&self, at: usize) -> usize {
        let before = self.edits.iter().rev().fold(at, |at, edit| {
            if at >= edit.at + edit.new {
                at - edit.new + edit.old
            } else if at > edit.at {
                edit.at + (at - edit.at).min(edit.old)
            } else {
                at
            }
        });
        self.base + before
    }

    /// The same piece with another word at a place.
    pub(super) fn with(&self, at: std::ops::Range<usize>, word: &str) -> Self {
        let before = self.text.get(..at.start).unwrap_or("");
        let after = self.text.get(at.end..).unwrap_or("");
        let edit = Edit { at: at.start, old: at.end - at.start, new: word.len() };
        let edits = self.edits.iter().copied().chain([edit]).collect();
        Self { text: Cow::Owned([before, word, after].concat()), base: self.base, edits }
    }
}
