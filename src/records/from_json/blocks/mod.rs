//! A file of records in blocks of whole records, so that several workers can read one file and none of it is held for long. Opening the file is
//! left to the command line.

mod decode;
mod elements;
mod lines;
mod pieces;

use std::io::Read;
use std::ops::Range;

use crate::records::from_json::blocks::elements::Elements;
use crate::records::from_json::blocks::lines::Lines;
#[cfg(feature = "parquet")]
use crate::records::from_parquet::Columns;
use crate::records::from_tables::TableBlock;
use crate::records::json::is_unfinished;
use crate::records::problems::RecordProblem;
use crate::records::{Kept, SetAside};

pub(crate) use decode::{decoded, fault as reading_fault};
pub(crate) use pieces::{Piece, PieceFault};

/// Bytes in a block, unless a record is longer.
pub(crate) const BLOCK: usize = 1024 * 1024;
/// The longest record, in mebibytes.
const LONGEST: usize = 64;
pub(crate) const LONGEST_BYTES: usize = LONGEST * 1024 * 1024;

/// Whole records of one file, not yet looked at.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) file: u32,
    /// The number of its first line in the file.
    first_line: u32,
    bytes: Vec<u8>,
    /// Where the records begin and end, unless each is a line.
    elements: Option<Vec<Piece>>,
}

/// What comes next of a file.
#[derive(Debug)]
pub(crate) enum Cut {
    Block(Block),
    /// Rows of tables.
    Tables(Box<TableBlock>),
    /// Rows of a file of columns.
    #[cfg(feature = "parquet")]
    Columns(Box<Columns>),
    /// A stretch that can't be cut into records.
    SetAside(SetAside),
}

/// A file to be read.
pub(crate) struct RecordFile {
    /// The number of the file, in the order in which the files were given.
    pub(crate) number: u32,
    /// The name people know it by.
    pub(crate) name: String,
    pub(crate) content: Box<dyn Read + Send>,
}

/// The blocks of a file, in their order.
pub(crate) struct Blocks {
    name: String,
    input: Input,
    cutter: Cutter,
    /// Whether anything but white space was seen.
    content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    None,
    Some,
}

enum Cutter {
    Unknown,
    Lines(Lines),
    Elements(Elements),
    Done,
}

/// The bytes of a file, decompressed.
struct Input {
    number: u32,
    size: usize,
    content: Box<dyn Read + Send>,
    /// Read but not yet cut.
    buffer: Vec<u8>,
    end: Option<End>,
}

/// Why there is no more to read.
#[derive(Debug, Clone)]
enum End {
    OfFile,
    Fault(RecordProblem),
}

impl Input {
    /// Read on until the buffer holds so many bytes or the file ends.
    fn fill(&mut self, length: usize) {
        let missing = length.saturating_sub(self.buffer.len());
        if self.end.is_some() || missing == 0 {
            return;
        }
        // All at once: a buffer that grows is copied each time.
        self.buffer.reserve(missing.min(LONGEST_BYTES));
        let missing = u64::try_from(missing).unwrap_or(u64::MAX);
        match self.content.by_ref().take(missing).read_to_end(&mut self.buffer) {
            Ok(count) if (count as u64) < missing => self.end = Some(End::OfFile),
            Ok(_) => {}
            Err(error) => self.end = Some(End::Fault(decode::fault(&error))),
        }
    }

    /// A fault that belongs to no record.
    fn set_aside(&self, problem: RecordProblem, line: u32, column: u32) -> Cut {
        let file = self.number;
        Cut::SetAside(SetAside { file, line, column, path: String::new(), student: None, problem, excerpt: None, record: Kept::Nothing })
    }
}

impl Blocks {
    pub(crate) fn new(file: RecordFile) -> Self {
        Self::with_size(file, BLOCK)
    }

    /// Blocks of about so many bytes.
    pub(crate) fn with_size(file: RecordFile, size: usize) -> Self {
        let (number, content) = (file.number, decoded(file.content));
        let input = Input { number, size: size.max(1), content, buffer: Vec::new(), end: None };
        Self { name: file.name, input, cutter: Cutter::Unknown, content: Content::None }
    }

    /// Look at the beginning of the file: are its records lines, or elements of a list?
    fn begin(&mut self) -> Option<Cut> {
        const ENOUGH: usize = 64 * 1024;
        self.input.fill(self.input.size.max(ENOUGH));
        let bytes = &self.input.buffer;
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            self.cutter = Cutter::Done;
            self.content = Content::Some;
            return Some(self.input.set_aside(RecordProblem::Utf16, 1, 1));
        }
        if has_lines(&self.name) {
            let list = lines::list_over_lines(&mut self.input);
            self.cutter = if list.is_some() { Cutter::Done } else { Cutter::Lines(Lines::default()) };
            return list;
        }
        let after_mark = bytes.strip_prefix(BYTE_ORDER_MARK);
        let form = form_of(after_mark.unwrap_or(bytes));
        if form == Form::Lines {
            self.cutter = Cutter::Lines(Lines::default());
            return None;
        }
        self.cutter = Cutter::Elements(Elements::new(form));
        after_mark?;
        self.input.buffer.drain(..BYTE_ORDER_MARK.len());
        Some(self.input.set_aside(RecordProblem::ByteOrderMark, 1, 1))
    }

    fn end(&mut self) -> Option<Cut> {
        self.cutter = Cutter::Done;
        let empty = self.content == Content::None;
        self.content = Content::Some;
        empty.then(|| self.input.set_aside(RecordProblem::EmptyInput { name: self.name.clone() }, 1, 1))
    }
}

impl Iterator for Blocks {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if matches!(self.cutter, Cutter::Unknown)
            && let Some(cut) = self.begin()
        {
            return Some(cut);
        }
        let cut = match &mut self.cutter {
            Cutter::Lines(lines) => lines.next(&mut self.input),
            Cutter::Elements(elements) => elements.next(&mut self.input),
            Cutter::Unknown | Cutter::Done => return None,
        };
        let Some(cut) = cut else { return self.end() };
        let blank = matches!(&cut, Cut::Block(block) if block.bytes.iter().all(u8::is_ascii_whitespace));
        if !blank {
            self.content = Content::Some;
        }
        Some(cut)
    }
}

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// How the records of a file lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One a line.
    Lines,
    /// `[{…}, {…}]`
    List,
    /// One object over several lines.
    Single,
}

/// Whether a name promises JSON Lines.
fn has_lines(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
}

fn form_of(beginning: &[u8]) -> Form {
    let beginning = beginning.trim_ascii_start();
    match beginning.first() {
        Some(b'[') => return Form::List,
        Some(b'{') => {}
        _ => return Form::Lines,
    }
    let mut lines = beginning.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().and_then(|line| std::str::from_utf8(line).ok()).unwrap_or("");
    let next_begins_a_record = lines.next().is_none_or(|line| line.starts_with(b"{"));
    if is_unfinished(first) && !next_begins_a_record { Form::Single } else { Form::Lines }
}

/// The bytes of a record in its block.
impl Piece {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
