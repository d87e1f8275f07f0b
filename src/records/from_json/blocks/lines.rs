//! Records that are lines: blocks are cut at the last newline.

use crate::records::from_json::blocks::{BYTE_ORDER_MARK, Block, Cut, End, Input, LONGEST, LONGEST_BYTES};
use crate::records::json::is_unfinished;
use crate::records::problems::RecordProblem;
use crate::records::set_aside::SetAsideText;
use crate::records::{Kept, SetAside};
use crate::source::LineColumn;

/// How far the lines are cut.
#[derive(Debug)]
pub(super) struct Lines {
    /// The number of the next line.
    line: u32,
    /// A line that is too long is skipped up to its end.
    skipping: Skipping,
}

/// Whether the end of a line is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Skipping {
    Yes,
    No,
}

impl Default for Lines {
    fn default() -> Self {
        Self { line: 1, skipping: Skipping::No }
    }
}

impl Lines {
    pub(super) fn next(&mut self, input: &mut Input) -> Option<Cut> {
        let mut wanted = input.size;
        loop {
            input.fill(wanted);
            if self.skipping == Skipping::Yes {
                self.skip(input);
                if input.end.is_none() {
                    continue;
                }
            }
            if matches!(input.end, Some(End::OfFile)) {
                return self.last(input);
            }
            if let Some(newline) = memchr::memrchr(b'\n', input.bytes()) {
                return Some(self.block(input, newline + 1));
            }
            if input.end.is_some() {
                return self.last(input);
            }
            if input.filled >= LONGEST_BYTES {
                self.skipping = Skipping::Yes;
                return Some(input.set_aside(RecordProblem::TooLong { mebibytes: LONGEST }, self.line, 1));
            }
            wanted = input.filled.saturating_mul(2).max(input.size);
        }
    }

    fn block(&mut self, input: &mut Input, length: usize) -> Cut {
        let bytes = input.cut(length);
        let newlines = memchr::memchr_iter(b'\n', &bytes).count();
        let first_line = self.line;
        self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        Cut::Block(Block { file: input.number, first_line, bytes, elements: None, spares: input.spares.clone() })
    }

    /// What stands after the last newline.
    fn last(&mut self, input: &mut Input) -> Option<Cut> {
        match input.end.replace(End::OfFile) {
            Some(End::Fault(problem)) => {
                input.skip(input.filled);
                Some(input.set_aside(problem, self.line, 1))
            }
            _ if input.bytes().is_empty() => None,
            _ => Some(self.block(input, input.filled)),
        }
    }

    fn skip(&mut self, input: &mut Input) {
        match memchr::memchr(b'\n', input.bytes()) {
            Some(newline) => {
                input.skip(newline + 1);
                self.line = self.line.saturating_add(1);
                self.skipping = Skipping::No;
            }
            None => input.skip(input.filled),
        }
    }
}

/// A list over several lines where each line should be a record. Nothing of it is read: its last record, which no comma follows, would pass for one.
pub(super) fn list_over_lines(input: &mut Input) -> Option<Cut> {
    let (start, end) = first_line_of_list(input)?;
    let [before, line] = [0..start, start..end].map(|range| String::from_utf8_lossy(input.bytes().get(range).unwrap_or_default()));
    if !is_unfinished(&line) {
        return None;
    }
    let LineColumn { line: first_line, column } = LineColumn { line: 1, column: 1 }.after(before.trim_start_matches('\u{feff}'));
    Some(Cut::SetAside(SetAside {
        file: input.number,
        line: first_line,
        column,
        path: String::new(),
        student: None,
        problem: RecordProblem::ListAsLines,
        excerpt: Some(SetAsideText { text: line.trim_end().into(), first_line, at: 0..1, place: None }),
        record: Kept::Nothing,
    }))
}

/// The bytes from a bracket with which the file begins to the end of that line; nothing where it begins otherwise, or has no other line.
fn first_line_of_list(input: &mut Input) -> Option<(usize, usize)> {
    let mark = if input.bytes().starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let start = mark + input.bytes().get(mark..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
    loop {
        let list = input.bytes().get(start..).filter(|list| list.starts_with(b"["))?;
        if let Some(length) = memchr::memchr(b'\n', list) {
            return Some((start, start + length));
        }
        if input.end.is_some() || input.filled >= LONGEST_BYTES {
            return None;
        }
        input.fill(input.filled.saturating_mul(2));
    }
}
