//! The stretch of a text that a drawing shows. Lines come from the text's own index, so no drawing scans its text; a line too long to show, such as a
//! dossier, is cut to a window around what is meant.

use std::borrow::Cow;
use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::source::{LineIndex, Source};

/// The longest line that is shown whole, in bytes.
const LONGEST: usize = 160;
/// How much of a longer line stands before and after what is meant, in bytes.
const BEFORE: usize = 40;
const AFTER: usize = 70;
const CUT: &str = "… ";

/// A text as miette reads it, whole or cut.
#[derive(Debug)]
pub(crate) struct Excerpt<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    lines: Cow<'a, LineIndex>,
    /// Lines of the file before the first one here.
    lines_before: usize,
    /// The bytes of the text that are shown; all of them unless it was cut.
    window: Range<usize>,
    /// Characters of the first line that were cut off at its start, less the mark that stands for them.
    columns_before: usize,
}

impl<'a> Excerpt<'a> {
    /// The part of a text worth showing around a stretch of it.
    pub(crate) fn around(source: &'a Source, shown: Range<usize>) -> Self {
        let text: &'a str = &source.text;
        let line = source.lines().line_of(shown.start);
        let range = source.lines().range(line, text.len());
        let lines_before = (source.first_line as usize).saturating_sub(1);
        if range.len() <= LONGEST || shown.end > range.end {
            let lines = Cow::Borrowed(source.lines());
            let columns_before = source.columns_before as usize;
            return Self { name: &source.name, text: Cow::Borrowed(text), lines, lines_before, window: 0..text.len(), columns_before };
        }
        let window = window(text, &range, &shown);
        let mut cut = String::with_capacity(window.len() + 2 * CUT.len());
        let before = if window.start > range.start { CUT } else { "" };
        cut.push_str(before);
        cut.push_str(text.get(window.clone()).unwrap_or("").trim_end());
        if window.end < range.end {
            cut.push_str(" …");
        }
        let cut_out_of = if line == 0 { source.columns_before as usize } else { 0 };
        let columns = cut_out_of + text.get(range.start..window.start).unwrap_or("").chars().count();
        let columns_before = columns.saturating_sub(before.chars().count());
        let lines = Cow::Owned(LineIndex::new(&cut));
        Self { name: &source.name, text: Cow::Owned(cut), lines, lines_before: lines_before + line, window, columns_before }
    }

    /// A text that was cut out of its line before: the line's number, and the characters before the text.
    pub(crate) fn of_line(name: &'a str, text: &'a str, (line, columns_before): (u32, u32)) -> Self {
        let lines_before = (line as usize).saturating_sub(1);
        let lines = Cow::Owned(LineIndex::new(text));
        Self { name, text: Cow::Borrowed(text), lines, lines_before, window: 0..text.len(), columns_before: columns_before as usize }
    }

    /// Where a stretch of the whole text stands here.
    pub(crate) fn place(&self, span: Range<usize>) -> SourceSpan {
        let added = if self.window.start > 0 { CUT.len() } else { 0 };
        let at = |offset: usize| offset.clamp(self.window.start, self.window.end) - self.window.start + added;
        let (start, end) = (at(span.start), at(span.end));
        SourceSpan::new(start.into(), end.saturating_sub(start))
    }
}

/// The bytes around what is meant, at the borders of characters.
fn window(text: &str, line: &Range<usize>, shown: &Range<usize>) -> Range<usize> {
    let mut start = shown.start.saturating_sub(BEFORE).max(line.start);
    let mut end = shown.end.min(shown.start + LONGEST).saturating_add(AFTER).min(line.end);
    // INVARIANT: both ends of a line are borders, so both walks end.
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let length = self.text.len();
        let start = floor(&self.text, span.offset().min(length));
        let end = floor(&self.text, (span.offset() + span.len()).min(length)).max(start);
        let (first, last) = (self.lines.line_of(start), self.lines.line_of(end.saturating_sub(usize::from(end > start))));
        let (from, line, column) = if before == 0 {
            let cut_off = if first == 0 { self.columns_before } else { 0 };
            let column = self.lines.line_column(&self.text, start).column as usize - 1 + cut_off;
            (start, first, column)
        } else {
            let line = first.saturating_sub(before);
            (self.lines.range(line, length).start, line, 0)
        };
        let until = if after == 0 { end } else { self.lines.range(last + after, length).end.max(end) };
        let data = self.text.get(from..until).unwrap_or("").as_bytes();
        let shown = SourceSpan::new(from.into(), data.len());
        let count = last + after + 1 - line;
        let contents = MietteSpanContents::new_named(self.name.to_owned(), data, shown, self.lines_before + line, column, count);
        Ok(Box::new(contents))
    }
}

/// The border of characters at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
