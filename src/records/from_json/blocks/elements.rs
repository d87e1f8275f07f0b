//! Records that are the elements of a JSON list, or one object over several lines: the text is followed only as far as it takes to see where each ends.

use crate::records::from_json::blocks::{Block, Cut, End, Form, Input, LONGEST, LONGEST_BYTES, Piece};
use crate::records::problems::RecordProblem;

/// How far the list is followed.
#[derive(Debug)]
pub(super) struct Elements {
    part: Part,
    form: Form,
    /// The next byte of the buffer to look at.
    at: usize,
    line: u32,
    column: u32,
    /// The first line of the buffer.
    first_line: u32,
    pieces: Vec<Piece>,
}

const NO_END: &str = "it has no closing `]`";

/// Where in the list the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Before the opening bracket.
    Before,
    /// After the bracket: a record or the end.
    Begun,
    /// After a comma: a record.
    Due,
    /// In a record.
    In(Inside),
    /// After a record: a comma or the end.
    Done,
    /// After the closing bracket.
    After,
    /// Nothing more is read.
    Broken,
}

/// A record that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Inside {
    start: usize,
    line: u32,
    column: u32,
    depth: u32,
    text: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Outside,
    Within,
    Escaped,
}

impl Elements {
    pub(super) fn new(form: Form) -> Self {
        Self { part: Part::Before, form, at: 0, line: 1, column: 1, first_line: 1, pieces: Vec::new() }
    }

    pub(super) fn next(&mut self, input: &mut Input) -> Option<Cut> {
        loop {
            let fault = self.follow(input);
            let enough = self.pieces.last().is_some_and(|piece| piece.end as usize >= input.size);
            if enough || (fault.is_some() || input.end.is_some()) && !self.pieces.is_empty() {
                if let Some(reason) = fault {
                    input.end = Some(End::Fault(RecordProblem::BrokenList { reason }));
                }
                return Some(self.block(input));
            }
            if let Some(reason) = fault {
                return Some(self.broken(input, RecordProblem::BrokenList { reason }));
            }
            if input.end.is_some() {
                return self.last(input);
            }
            if input.filled >= LONGEST_BYTES {
                return Some(self.broken(input, RecordProblem::TooLong { mebibytes: LONGEST }));
            }
            input.fill(input.filled.saturating_mul(2).max(input.size));
        }
    }

    fn broken(&mut self, input: &mut Input, problem: RecordProblem) -> Cut {
        self.part = Part::Broken;
        input.end = Some(End::OfFile);
        input.set_aside(problem, self.line, self.column)
    }

    /// The end of the file: what has begun and not ended is a record that can't be read.
    fn last(&mut self, input: &mut Input) -> Option<Cut> {
        if let Some(End::Fault(problem)) = input.end.clone() {
            return Some(self.broken(input, problem));
        }
        match self.part {
            Part::In(inside) => {
                self.end_record(inside, input.bytes().trim_ascii_end().len());
                self.part = Part::Broken;
                if self.form == Form::List {
                    input.end = Some(End::Fault(RecordProblem::BrokenList { reason: NO_END }));
                }
                Some(self.block(input))
            }
            Part::Begun | Part::Due | Part::Done if self.form == Form::List => Some(self.broken(input, RecordProblem::BrokenList { reason: NO_END })),
            Part::Before | Part::Begun | Part::Due | Part::Done | Part::After | Part::Broken => None,
        }
    }

    /// The records found so far, and with them the beginning of the buffer.
    fn block(&mut self, input: &mut Input) -> Cut {
        let cut = self.pieces.last().map_or(0, |piece| piece.end as usize);
        let bytes = input.cut(cut);
        self.at = self.at.saturating_sub(cut);
        if let Part::In(inside) = &mut self.part {
            inside.start = inside.start.saturating_sub(cut);
        }
        let first_line = std::mem::replace(&mut self.first_line, self.line);
        Cut::Block(Block { file: input.number, first_line, bytes, elements: Some(std::mem::take(&mut self.pieces)), spares: input.spares.clone() })
    }

    /// Look at the bytes that were read; the reason where the list can't be followed on.
    fn follow(&mut self, input: &Input) -> Option<&'static str> {
        while let Some(byte) = input.bytes().get(self.at).copied() {
            if self.part == Part::Broken {
                return None;
            }
            if let Err(reason) = self.step(byte) {
                self.part = Part::Broken;
                return Some(reason);
            }
            self.at += 1;
            if byte == b'\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else if byte & 0xc0 != 0x80 {
                // Bytes that go on with a character are not counted.
                self.column = self.column.saturating_add(1);
            }
        }
        None
    }

    fn step(&mut self, byte: u8) -> Result<(), &'static str> {
        if let Part::In(inside) = self.part {
            return self.inside(inside, byte);
        }
        if byte.is_ascii_whitespace() {
            return Ok(());
        }
        self.part = match (self.part, byte) {
            (Part::Before, b'[') if self.form == Form::List => Part::Begun,
            (Part::Begun | Part::Done, b']') if self.form == Form::List => Part::After,
            (Part::Done, b',') if self.form == Form::List => Part::Due,
            (Part::Done, _) if self.form == Form::List => return Err("a comma is missing before this"),
            (Part::Begun | Part::Due, b',' | b']') => return Err("a record is missing before this"),
            (Part::Done | Part::After, _) => return Err("something follows the end"),
            (Part::Before | Part::Begun | Part::Due, _) => return self.begin_record(byte),
            (Part::In(_) | Part::Broken, _) => self.part,
        };
        Ok(())
    }

    fn begin_record(&mut self, byte: u8) -> Result<(), &'static str> {
        let inside = Inside { start: self.at, line: self.line, column: self.column, depth: 0, text: Text::Outside };
        self.inside(inside, byte)
    }

    fn inside(&mut self, mut inside: Inside, byte: u8) -> Result<(), &'static str> {
        match (inside.text, byte) {
            (Text::Escaped, _) | (Text::Outside, b'"') => inside.text = Text::Within,
            (Text::Within, b'\\') => inside.text = Text::Escaped,
            (Text::Within, b'"') => inside.text = Text::Outside,
            (Text::Outside, b'{' | b'[') => inside.depth += 1,
            (Text::Outside, b'}' | b']') if inside.depth > 0 => {
                inside.depth -= 1;
                if inside.depth == 0 {
                    self.end_record(inside, self.at + 1);
                    return Ok(());
                }
            }
            (Text::Outside, b',' | b']' | b'}') if inside.depth == 0 => {
                self.end_record(inside, self.at);
                return self.step(byte);
            }
            (Text::Within | Text::Outside, _) => {}
        }
        self.part = Part::In(inside);
        Ok(())
    }

    fn end_record(&mut self, inside: Inside, end: usize) {
        let offset = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        self.pieces.push(Piece { start: offset(inside.start), end: offset(end), line: inside.line, column: inside.column, fault: None });
        self.part = Part::Done;
    }
}
