//! A record that could not be read, with all that is needed to mend it.

use std::ops::Range;

use crate::problems::{Problem, harmless};
use crate::records::json_place;
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
    /// How the place is called where it is no line of a text: `row 482, enrolments[0].isp.entries[3].credits`
    pub(crate) place: Option<Box<str>>,
}

impl SetAsideText {
    /// The innermost object of a row that holds what is wrong.
    pub(crate) fn of_row(text: &str, (row, path): (u32, &str), meant: &Range<usize>) -> Self {
        let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        let around = json_place(text, outer);
        let before = if outer.is_empty() { String::new() } else { format!("{}: ", told(outer)) };
        let at = meant.start.saturating_sub(around.start) + before.len()..meant.end.saturating_sub(around.start) + before.len();
        let place = if path.is_empty() { format!("row {row}") } else { format!("row {row}, {}", told(path)) };
        let shown = format!("{before}{}", text.get(around).unwrap_or(""));
        Self { text: shown.into(), first_line: row, at, place: Some(place.into()) }
    }
}

/// `enrolments[1].isp` of `/enrolments/1/isp`
fn told(path: &str) -> String {
    let mut told = String::new();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step.parse::<usize>() {
            Ok(index) => told.extend(["[", &index.to_string(), "]"]),
            Err(_) if told.is_empty() => told.push_str(step),
            Err(_) => told.extend([".", step]),
        }
    }
    told
}

impl SetAside {
    /// The same as a problem that can be drawn; its text is added to the sources.
    pub(crate) fn problem(&self, file_name: &str, sources: &mut Sources) -> Problem {
        let (text, first_line, at) = match &self.excerpt {
            Some(excerpt) => (excerpt.text.as_ref(), excerpt.first_line, excerpt.at.clone()),
            None => ("", self.line, 0..0),
        };
        let source = sources.add_from_line(first_line, file_name, harmless(text).into_owned());
        sources.set_column(source, (at.start, self.column));
        if let Some(place) = self.excerpt.as_ref().and_then(|excerpt| excerpt.place.as_deref()) {
            sources.set_place(source, place);
        }
        let at = Span::new(source, at.start, at.end);
        Problem { at, diagnostic: Box::new(At::record(self.problem.clone(), at.into())) }
    }
}
