//! Sorted runs of records in one file that nobody sees, and their merging, of which a little of each run is in memory.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};

use crate::cli::lines::Record;

/// So many bytes of all runs together are read at a time, or a record of each.
const PIECES: usize = 4 << 20;
/// The most and the fewest bytes of one run that are read at a time.
const PIECE: (usize, usize) = (1 << 12, 1 << 18);

/// Runs, one after the other.
#[derive(Debug)]
pub(super) struct Runs {
    file: BufWriter<File>,
    end: u64,
    /// Where each run ends.
    ends: Vec<u64>,
}

impl Runs {
    /// A file that is gone once it is closed, however that comes about.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?), end: 0, ends: Vec::new() })
    }

    /// Write the next record of a run.
    pub(super) fn write(&mut self, record: &[u8]) -> io::Result<()> {
        self.end += record.len() as u64;
        self.file.write_all(record)
    }

    pub(super) fn end_run(&mut self) {
        self.ends.push(self.end);
    }

    pub(super) fn merged(self) -> io::Result<Merged> {
        let Self { file, ends, .. } = self;
        let piece = (PIECES / ends.len().max(1)).clamp(PIECE.0, PIECE.1);
        let mut merged = Merged { file: file.into_inner().map_err(io::IntoInnerError::into_error)?, heads: BinaryHeap::new(), given: false };
        let starts = std::iter::once(&0).chain(&ends);
        for (run, (start, end)) in starts.zip(&ends).enumerate() {
            let mut head = Head { run, rest: [*start, *end], piece, bytes: Vec::new(), at: 0, record: Record::default(), length: 0 };
            if head.turn_to_next(&mut merged.file)? {
                merged.heads.push(head);
            }
        }
        Ok(merged)
    }
}

/// All runs as one.
#[derive(Debug)]
pub(crate) struct Merged {
    file: File,
    heads: BinaryHeap<Head>,
    /// Whether the first record has been given.
    given: bool,
}

impl Merged {
    /// The next line, with its newline.
    pub(super) fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        if self.given
            && let Some(mut head) = self.heads.peek_mut()
            && !head.turn_to_next(&mut self.file)?
        {
            PeekMut::pop(head);
        }
        self.given = true;
        Ok(self.heads.peek().map(|head| head.record.text(head.rest_of_piece())))
    }
}

/// The first record of a run that has not been given yet.
#[derive(Debug)]
struct Head {
    /// The number of the run.
    run: usize,
    /// What has not been read yet: where it starts and ends.
    rest: [u64; 2],
    /// So many bytes are read at a time.
    piece: usize,
    bytes: Vec<u8>,
    /// Where the record starts in the bytes.
    at: usize,
    record: Record,
    /// How long it is; nothing before the first.
    length: usize,
}

impl Head {
    /// Go on to the next record; whether there is one.
    fn turn_to_next(&mut self, file: &mut File) -> io::Result<bool> {
        self.at += self.length;
        if self.at == self.bytes.len() && self.rest[0] == self.rest[1] {
            return Ok(false);
        }
        self.need(file, super::LENGTHS)?;
        self.record = Record::from_bytes(self.rest_of_piece()).unwrap_or_default();
        self.length = self.record.length();
        self.need(file, self.length)?;
        Ok(true)
    }

    /// Have so many bytes at hand.
    fn need(&mut self, file: &mut File, bytes: usize) -> io::Result<()> {
        let there = self.rest_of_piece().len();
        if there >= bytes {
            return Ok(());
        }
        self.bytes.drain(..self.at);
        self.at = 0;
        let [start, end] = self.rest;
        let wanted = self.piece.max(bytes - there) as u64;
        file.seek(SeekFrom::Start(start))?;
        let read = file.take(wanted.min(end - start)).read_to_end(&mut self.bytes)?;
        self.rest[0] += read as u64;
        if self.bytes.len() < bytes { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    fn rest_of_piece(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    fn order(&self) -> &[u8] {
        self.record.order(self.rest_of_piece())
    }
}

/// The heap gives the greatest, which is the record that comes first; of two alike the one of the earlier run, in which it was found first.
impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        other.order().cmp(self.order()).then(other.run.cmp(&self.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}
