//! A file of records in blocks of whole records, so that several workers can read one file and none of it is held for long. Opening the file is
//! left to the command line.

mod decode;
mod elements;
mod lines;
mod pieces;
mod room;

use std::io::{ErrorKind, Read};
use std::ops::Range;

use crate::records::from_json::blocks::elements::Elements;
use crate::records::from_json::blocks::lines::Lines;
use crate::records::from_json::blocks::room::Spares;
#[cfg(feature = "parquet")]
use crate::records::from_parquet::Columns;
use crate::records::from_tables::TableBlock;
use crate::records::json::is_unfinished;
use crate::records::problems::RecordProblem;
use crate::records::{Kept, SetAside};

pub(crate) use decode::{decoded, fault as reading_fault};
pub(crate) use pieces::{Piece, PieceFault};
pub(crate) use room::BlockText;

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
    /// Where its room is left.
    spares: Spares,
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
    /// What is read but not yet cut, and room behind it.
    room: Vec<u8>,
    filled: usize,
    spares: Spares,
    end: Option<End>,
}

/// Why there is no more to read.
#[derive(Debug, Clone)]
enum End {
    OfFile,
    Fault(RecordProblem),
}

impl Input {
    /// What is read but not yet cut.
    fn bytes(&self) -> &[u8] {
        self.room.get(..self.filled).unwrap_or_default()
    }

    /// Read on until there are so many bytes or the file ends.
    fn fill(&mut self, length: usize) {
        if self.end.is_some() {
            return;
        }
        self.make_room(length);
        while self.filled < length {
            match self.content.read(self.room.get_mut(self.filled..length).unwrap_or_default()) {
                Ok(0) => {
                    self.end = Some(End::OfFile);
                    return;
                }
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.end = Some(End::Fault(decode::fault(&error)));
                    return;
                }
            }
        }
    }

    fn make_room(&mut self, length: usize) {
        if self.room.len() < length {
            let mut room = self.spares.take(length);
            room.iter_mut().zip(self.bytes()).for_each(|(to, from)| *to = *from);
            self.room = room;
        }
    }

    /// Cut so many bytes off. What is left is little, and waits for the room of a block until more is read.
    fn cut(&mut self, length: usize) -> Vec<u8> {
        let rest = self.bytes().get(length..).unwrap_or_default().to_vec();
        self.filled = rest.len();
        let mut bytes = std::mem::replace(&mut self.room, rest);
        bytes.truncate(length);
        bytes
    }

    /// Leave so many bytes out.
    fn skip(&mut self, length: usize) {
        self.room.copy_within(length..self.filled, 0);
        self.filled -= length;
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
        let input = Input { number, size: size.max(1), content, room: Vec::new(), filled: 0, spares: Spares::default(), end: None };
        Self { name: file.name, input, cutter: Cutter::Unknown, content: Content::None }
    }

    /// Look at the beginning of the file: are its records lines, or elements of a list?
    fn begin(&mut self) -> Option<Cut> {
        const ENOUGH: usize = 64 * 1024;
        self.input.fill(self.input.size.max(ENOUGH));
        let bytes = self.input.bytes();
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
        self.input.skip(BYTE_ORDER_MARK.len());
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
