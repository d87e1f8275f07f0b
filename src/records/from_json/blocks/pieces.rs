//! A block's text, and where its records lie in it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::records::from_json::blocks::room::{BlockText, Spares};
use crate::records::from_json::blocks::{BYTE_ORDER_MARK, Block};

/// One record of a block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its bytes in the block's text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where it begins in the file, from 1.
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) fault: Option<PieceFault>,
}

/// Why a record is not even looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceFault {
    /// Its bytes up to here are UTF-8.
    NotUtf8(usize),
    ByteOrderMark,
}

/// A text and its records.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub(crate) text: Arc<BlockText>,
    pub(crate) records: Vec<Piece>,
    /// The bytes before those that are no UTF-8 were replaced, and where each record lies in them.
    unmended: Option<(Vec<u8>, Vec<Range<usize>>)>,
}

impl Pieces {
    /// A record as it stands in the file.
    pub(crate) fn raw(&self, number: usize) -> &[u8] {
        let raw = match &self.unmended {
            Some((bytes, ranges)) => ranges.get(number).and_then(|range| bytes.get(range.clone())),
            None => self.records.get(number).and_then(|piece| self.text.as_bytes().get(piece.range())),
        };
        raw.unwrap_or_default()
    }
}

impl Block {
    /// Records that are in memory already, one a line.
    pub(crate) fn of_lines(bytes: Vec<u8>) -> Self {
        Self { file: 0, first_line: 1, bytes, elements: None, spares: Spares::default() }
    }

    /// Whether a record may begin within a line, or end on another one.
    pub(crate) fn is_list(&self) -> bool {
        self.elements.is_some()
    }

    pub(crate) fn into_pieces(self) -> Pieces {
        let pieces = self.elements.unwrap_or_else(|| lines(&self.bytes, self.first_line));
        match String::from_utf8(self.bytes) {
            Ok(text) => Pieces { text: Arc::new(BlockText::new(text, self.spares)), records: pieces, unmended: None },
            Err(error) => mended(error.into_bytes(), &pieces),
        }
    }
}

/// The lines that are not blank.
fn lines(bytes: &[u8], first_line: u32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
    for (line, end) in (first_line..).zip(ends) {
        let content = bytes.get(start..end).unwrap_or(&[]).trim_ascii_end();
        let marked = line == 1 && content.starts_with(BYTE_ORDER_MARK);
        let fault = marked.then_some(PieceFault::ByteOrderMark);
        if !content.is_empty() {
            pieces.push(Piece { start: offset(start), end: offset(start + content.len()), line, column: 1, fault });
        }
        start = end + 1;
    }
    pieces
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// A text in which every byte that is no UTF-8 is replaced by a mark, in records that are not read.
fn mended(bytes: Vec<u8>, pieces: &[Piece]) -> Pieces {
    let mut text = String::with_capacity(bytes.len());
    let mut mended = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let raw = bytes.get(piece.range()).unwrap_or(&[]);
        let start = offset(text.len());
        let fault = piece.fault.or_else(|| std::str::from_utf8(raw).err().map(|error| PieceFault::NotUtf8(error.valid_up_to())));
        let shown: Cow<'_, str> = String::from_utf8_lossy(raw);
        text.push_str(&shown);
        mended.push(Piece { start, end: offset(text.len()), fault, ..*piece });
        text.push('\n');
    }
    let ranges = pieces.iter().map(Piece::range).collect();
    Pieces { text: Arc::new(BlockText::new(text, Spares::default())), records: mended, unmended: Some((bytes, ranges)) }
}
