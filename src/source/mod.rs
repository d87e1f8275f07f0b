//! Texts and places in them: every text read gets an id, a name and a line index made once. Opening files is left to the command line.

mod line_index;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub(crate) use line_index::{LineColumn, LineIndex};

/// Which text of a [`Sources`] a place lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SourceId(pub(crate) u32);

/// A stretch of a text, in bytes, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) source: SourceId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(source: SourceId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: clamp(start), end: clamp(end) }
    }

    /// The place of what stands in no text.
    pub(crate) const NOWHERE: Self = Self { source: SourceId(u32::MAX), start: 0, end: 0 };

    /// The span from the start of this one to the end of another of the same text.
    pub(crate) fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Span> for miette::SourceSpan {
    fn from(span: Span) -> Self {
        Self::new((span.start as usize).into(), (span.end.saturating_sub(span.start)) as usize)
    }
}

/// A thing and the place that says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One text: a rule file, a catalogue, or a line of the records.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The name people know it by: the path as it was given.
    pub(crate) name: String,
    /// Whoever read it may hold it too; a text of megabytes is not copied for that.
    pub(crate) text: Arc<String>,
    lines: OnceLock<LineIndex>,
    /// The number of its first line: more than 1 for a line out of a file of records.
    pub(crate) first_line: u32,
    /// The characters before it on that line.
    pub(crate) columns_before: u32,
    /// How the place in it is called where it was no text before: `row 482, enrolments[0].phase`
    pub(crate) place: Option<Box<str>>,
}

impl Source {
    /// Where its lines begin, found when somebody asks first: of most texts nobody does.
    pub(crate) fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column, from 1, of a byte offset.
    pub(crate) fn line_column(&self, offset: usize) -> LineColumn {
        let place = self.lines().line_column(&self.text, offset);
        let columns_before = if place.line == 1 { self.columns_before } else { 0 };
        LineColumn { line: place.line.saturating_add(self.first_line.saturating_sub(1)), column: place.column.saturating_add(columns_before) }
    }
}

/// All texts of a run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    sources: Vec<Source>,
}

impl Sources {
    pub(crate) fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<String>>) -> SourceId {
        self.add_from_line(1, name, text)
    }

    /// A text that is cut out of its file: the number of its first line there.
    pub(crate) fn add_from_line(&mut self, first_line: u32, name: impl Into<String>, text: impl Into<Arc<String>>) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let (name, text, lines) = (name.into(), text.into(), OnceLock::new());
        self.sources.push(Source { name, text, lines, first_line, columns_before: 0, place: None });
        id
    }

    /// Say in which column of its line in the file an offset stands.
    pub(crate) fn set_column(&mut self, id: SourceId, (offset, column): (usize, u32)) {
        if let Some(source) = self.sources.get_mut(id.0 as usize) {
            let own = source.lines().line_column(&source.text, offset);
            source.columns_before = if own.line == 1 { column.saturating_sub(own.column) } else { 0 };
        }
    }

    /// Call the place that a text was made to show.
    pub(crate) fn set_place(&mut self, id: SourceId, place: &str) {
        if let Some(source) = self.sources.get_mut(id.0 as usize) {
            source.place = Some(place.into());
        }
    }

    pub(crate) fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    pub(crate) fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| source.name.as_str())
    }

    /// The text of a span; empty where the span lies outside its text.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|source| source.text.get(span.range())).unwrap_or("")
    }

    /// Line and column, from 1, of the start and of the end of a span.
    pub(crate) fn lines_of(&self, span: Span) -> Option<(LineColumn, LineColumn)> {
        let source = self.get(span.source)?;
        let at = |offset: u32| source.line_column(offset as usize);
        Some((at(span.start), at(span.end)))
    }
}

/// A stretch of text on one line, its layout forgotten.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // All bytes are looked at and what is found is added up as bytes, for then many of them are looked at together.
    let odd = bytes.iter().fold(0, |odd, byte| odd | u8::from(*byte < b' ') | u8::from(*byte > b'~'));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let spaces = pairs.fold(0, |spaces, (left, right)| spaces | (u8::from(*left == b' ') & u8::from(*right == b' ')));
    if odd == 0 && spaces == 0 && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ') {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}
