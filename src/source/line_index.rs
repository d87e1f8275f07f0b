//! Where each line of a text begins, found once, so that no finding scans its text again.

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineColumn {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The byte offset at which each line begins.
#[derive(Debug, Clone)]
pub(crate) struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(after_newlines).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Self { starts }
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
        let before = text.get(start..offset.min(text.len())).unwrap_or("");
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        LineColumn { line: count(line + 1), column: count(before.chars().count() + 1) }
    }
}
