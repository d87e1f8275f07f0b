//! Where each line of a text begins, found once, so that no finding scans its text again.

use memchr::memchr_iter;

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineColumn {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl LineColumn {
    /// The place behind a text that begins here.
    pub(crate) fn after(self, text: &str) -> Self {
        let added = |number: u32, count: usize| number.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        match text.rsplit_once('\n') {
            Some((above, last)) => Self { line: added(self.line, above.split('\n').count()), column: added(1, last.chars().count()) },
            None => Self { line: self.line, column: added(self.column, text.chars().count()) },
        }
    }
}

/// The byte offset at which each line begins, and how many characters stand before each stretch of the text: a line may be as long as its file.
#[derive(Debug, Clone)]
pub(crate) struct LineIndex {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

/// Bytes of a stretch, at most which are counted for a column.
const STRETCH: usize = 64;

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let after_newlines = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let starts = std::iter::once(0).chain(after_newlines).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        let in_stretches = text.as_bytes().chunks(STRETCH).scan(0, |before, stretch| {
            let here = *before;
            *before += count_characters(stretch);
            Some(here)
        });
        Self { starts, characters: in_stretches.collect() }
    }

    /// The line, from 0, that holds a byte offset.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of a line, counted from 0, its newline included.
    pub(crate) fn range(&self, line: usize, text_len: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(line).map_or(text_len, |start| *start as usize);
        let end = self.starts.get(line + 1).map_or(text_len, |start| *start as usize);
        start..end
    }

    pub(crate) fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.range(line, text.len()).start;
        let column = self.characters_before(text, offset).saturating_sub(self.characters_before(text, start));
        LineColumn { line: u32::try_from(line + 1).unwrap_or(u32::MAX), column: column + 1 }
    }

    /// The characters that begin before a byte offset.
    fn characters_before(&self, text: &str, offset: usize) -> u32 {
        let offset = offset.min(text.len());
        let stretch = (offset / STRETCH).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(stretch * STRETCH..offset).unwrap_or(&[]);
        let before = self.characters.get(stretch).copied().unwrap_or(0);
        // Where as many characters begin in a stretch as it has bytes, nothing needs to be counted.
        let plain = self.characters.get(stretch + 1).is_some_and(|next| (next - before) as usize == STRETCH);
        before + if plain { u32::try_from(rest.len()).unwrap_or(u32::MAX) } else { count_characters(rest) }
    }
}

/// How many characters begin in some bytes of a text, a stretch at most: they are counted as bytes, for then many of them are looked at together.
fn count_characters(bytes: &[u8]) -> u32 {
    let begins = |byte: &u8| u8::from(byte & 0b1100_0000 != 0b1000_0000);
    u32::from(bytes.iter().map(begins).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex};
    use proptest::prelude::{Just, prop_assert_eq, prop_oneof, proptest};

    proptest! {
        #[test]
        fn the_same_as_counting(letters in proptest::collection::vec(prop_oneof![Just('a'), Just('é'), Just('€'), Just('\n')], 0..3000), at in 0_usize..3000) {
            let text: String = letters.iter().collect();
            let before: String = letters.iter().take(at).collect();
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap();
            let column = u32::try_from(before.rsplit('\n').next().unwrap_or("").chars().count() + 1).unwrap();
            let expected = LineColumn { line, column };
            prop_assert_eq!(LineIndex::new(&text).line_column(&text, before.len()), expected);
            prop_assert_eq!(LineColumn { line: 1, column: 1 }.after(&before), expected);
        }
    }

    #[test]
    fn a_text_without_a_character() {
        assert_eq!(LineIndex::new("").line_column("", 7), LineColumn { line: 1, column: 1 });
    }
}
