//! A record that could not be read, with all that is needed to mend it.

use std::ops::Range;

use crate::problems::{Problem, harmless};
use crate::records::problems::{At, RecordProblem};
use crate::source::{Sources, Span};

/// A line, or a file, that is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// The number of the file, in the order in which the files were given.
    pub(crate) file: u32,
    /// Line and column of the fault in the file, from 1; the column counts characters.
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// The value that is wrong: `/enrolments/1/isp/entries/3/credits`; empty for the record as a whole.
    pub(crate) path: String,
    /// Whose record it is, where that can be read.
    pub(crate) student: Option<String>,
    pub(crate) problem: RecordProblem,
    pub(crate) excerpt: Option<SetAsideText>,
    pub(crate) record: Kept,
}

/// What there is to mend of what was set aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Kept {
    /// No record: a file that ends too early.
    #[default]
    Nothing,
    /// The record, on one line.
    Record(Box<[u8]>),
    /// Another fault of the record before it.
    SameRecord,
}

impl Kept {
    /// A record as it is written; breaks of lines, which mean nothing in JSON, become spaces.
    pub(crate) fn record(bytes: &[u8]) -> Self {
        Self::Record(bytes.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }).collect())
    }
}

/// The record as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetAsideText {
    pub(crate) text: Box<str>,
    /// The number of its first line in the file.
    pub(crate) first_line: u32,
    /// The bytes that are wrong.
    pub(crate) at: Range<usize>,
}

impl SetAside {
    /// The same as a problem that can be drawn; its text is added to the sources.
    pub(crate) fn problem(&self, file_name: &str, sources: &mut Sources) -> Problem {
        let (text, first_line, at) = match &self.excerpt {
            Some(excerpt) => (excerpt.text.as_ref(), excerpt.first_line, excerpt.at.clone()),
            None => ("", self.line, 0..0),
        };
        let source = sources.add_from_line(first_line, file_name, harmless(text).as_ref());
        let at = Span::new(source, at.start, at.end);
        Problem { at, diagnostic: Box::new(At::record(self.problem.clone(), at.into())) }
    }
}
