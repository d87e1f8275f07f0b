//! Records that are lines: blocks are cut at the last newline.

use crate::records::from_json::blocks::{Block, Cut, End, Input, LONGEST, LONGEST_BYTES};
use crate::records::problems::RecordProblem;

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
            if let Some(newline) = memchr::memrchr(b'\n', &input.buffer) {
                return Some(self.block(input, newline + 1));
            }
            if input.end.is_some() {
                return self.last(input);
            }
            if input.buffer.len() >= LONGEST_BYTES {
                self.skipping = Skipping::Yes;
                return Some(input.set_aside(RecordProblem::TooLong { mebibytes: LONGEST }, self.line, 1));
            }
            wanted = input.buffer.len().saturating_mul(2).max(input.size);
        }
    }

    fn block(&mut self, input: &mut Input, length: usize) -> Cut {
        let rest = input.buffer.split_off(length);
        let bytes = std::mem::replace(&mut input.buffer, rest);
        let newlines = memchr::memchr_iter(b'\n', &bytes).count();
        let first_line = self.line;
        self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        Cut::Block(Block { file: input.number, first_line, bytes, elements: None })
    }

    /// What stands after the last newline.
    fn last(&mut self, input: &mut Input) -> Option<Cut> {
        match input.end.replace(End::OfFile) {
            Some(End::Fault(problem)) => {
                input.buffer.clear();
                Some(input.set_aside(problem, self.line, 1))
            }
            _ if input.buffer.is_empty() => None,
            _ => {
                let length = input.buffer.len();
                Some(self.block(input, length))
            }
        }
    }

    fn skip(&mut self, input: &mut Input) {
        match memchr::memchr(b'\n', &input.buffer) {
            Some(newline) => {
                input.buffer.drain(..=newline);
                self.line = self.line.saturating_add(1);
                self.skipping = Skipping::No;
            }
            None => input.buffer.clear(),
        }
    }
}
