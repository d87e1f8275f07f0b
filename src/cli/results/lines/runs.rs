//! Sorted runs of lines on the disk: the texts in one file, what they are ordered by in another, which nobody sees. Where every line comes after those before,
//! there is one run, and the texts are what a result holds; else the runs are merged, of which a little of each is in memory.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};

use crate::cli::results::lines::{LENGTHS, Record};
use crate::cli::results::output::Early;
use crate::report::Line;

/// So many bytes are written at a time.
const WRITTEN: usize = 1 << 16;
/// So many bytes of all runs together are read at a time, or a line of each.
const PIECES: usize = 4 << 20;
/// The most and the fewest bytes of one run that are read at a time.
const PIECE: (usize, usize) = (1 << 12, 1 << 18);

/// Runs, one after the other.
#[derive(Debug)]
pub(super) struct Runs {
    orders: Growing,
    texts: Growing,
    /// The result that the texts stand in, if they do.
    early: Option<Early>,
    /// Where each run begins in both files.
    starts: Vec<Both<u64>>,
    /// What the last line is ordered by.
    last: Vec<u8>,
}

/// Something of the orders, and of the texts.
#[derive(Debug, Clone, Copy, Default)]
struct Both<T> {
    orders: T,
    texts: T,
}

#[derive(Debug)]
struct Growing {
    file: BufWriter<File>,
    length: u64,
}

impl Growing {
    fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(WRITTEN, file), length: 0 }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn whole(self) -> io::Result<File> {
        self.file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Runs {
    /// Runs whose texts stand in a result, or in a file that is gone once it is closed, however that comes about; so does the other one.
    pub(super) fn new(early: Option<Early>) -> io::Result<Self> {
        let texts = early.as_ref().map_or_else(tempfile::tempfile, Early::file)?;
        let mut runs = Self { orders: Growing::new(tempfile::tempfile()?), texts: Growing::new(texts), early, starts: Vec::new(), last: Vec::new() };
        if let Some(early) = &runs.early {
            runs.texts.write(early.above().as_bytes()).map_err(|error| early.named(error))?;
        }
        Ok(runs)
    }

    /// Add lines in their order: to the last run, where they come after it, or as a run of their own.
    pub(super) fn add<'l>(&mut self, lines: impl Iterator<Item = Line<'l>>) -> io::Result<()> {
        let mut lines = lines.peekable();
        if let Some(first) = lines.peek()
            && (self.starts.is_empty() || first.order < self.last.as_slice())
        {
            self.starts.push(self.end());
        }
        for line in lines {
            self.last.clear();
            self.last.extend_from_slice(line.order);
            self.orders.write(&Record::of(line)?.to_bytes())?;
            self.orders.write(line.order)?;
            let written = self.texts.write(line.text);
            written.map_err(|error| named(self.early.as_ref(), error))?;
            self.early.iter_mut().for_each(|early| early.after(line.text.len()));
        }
        Ok(())
    }

    fn end(&self) -> Both<u64> {
        Both { orders: self.orders.length, texts: self.texts.length }
    }

    /// Whether all lines stand in the result, one after the other; those that do are all written then.
    pub(super) fn is_result(&mut self) -> io::Result<bool> {
        let is_in_turn = self.is_in_turn();
        let Some(early) = self.early.as_ref().filter(|_| is_in_turn) else { return Ok(false) };
        self.texts.file.flush().map_err(|error| early.named(error))?;
        Ok(true)
    }

    /// Whether the texts stand in a result, and none of them came out of its turn.
    pub(super) fn is_in_turn(&self) -> bool {
        self.early.is_some() && self.starts.len() <= 1
    }

    /// Whether a result holds what must not stand in it.
    pub(super) fn is_in_result(&self) -> bool {
        self.early.is_some()
    }

    pub(super) fn merged(self) -> io::Result<Merged> {
        let mut ends = self.starts.get(1..).unwrap_or(&[]).to_vec();
        ends.push(self.end());
        let Self { orders, texts, early, starts, .. } = self;
        let texts = texts.whole().map_err(|error| named(early.as_ref(), error))?;
        let mut merged = Merged { files: Both { orders: orders.whole()?, texts }, heads: BinaryHeap::new(), given: false };
        let piece = (PIECES / starts.len().max(1)).clamp(PIECE.0, PIECE.1);
        for (run, (start, end)) in starts.iter().zip(&ends).enumerate() {
            let mut head = Head {
                run,
                orders: Part::new((start.orders, end.orders), piece),
                texts: Part::new((start.texts, end.texts), piece),
                record: Record::default(),
            };
            if head.turn_to_next(&mut merged.files)? {
                merged.heads.push(head);
            }
        }
        Ok(merged)
    }
}

/// An error of the texts, with the name of the result that they stand in.
fn named(early: Option<&Early>, error: io::Error) -> io::Error {
    match early {
        Some(early) => early.named(error),
        None => error,
    }
}

/// All runs as one.
#[derive(Debug)]
pub(crate) struct Merged {
    files: Both<File>,
    heads: BinaryHeap<Head>,
    /// Whether the first line has been given.
    given: bool,
}

impl Merged {
    /// The next line, with its newline.
    pub(super) fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        if self.given
            && let Some(mut head) = self.heads.peek_mut()
            && !head.turn_to_next(&mut self.files)?
        {
            PeekMut::pop(head);
        }
        self.given = true;
        Ok(self.heads.peek().map(|head| head.texts.taken()))
    }
}

/// The first line of a run that has not been given yet.
#[derive(Debug)]
struct Head {
    /// The number of the run.
    run: usize,
    orders: Part,
    texts: Part,
    record: Record,
}

impl Head {
    /// Go on to the next line; whether there is one.
    fn turn_to_next(&mut self, files: &mut Both<File>) -> io::Result<bool> {
        if self.orders.is_at_end() {
            return Ok(false);
        }
        self.orders.take(&mut files.orders, LENGTHS)?;
        self.record = Record::from_bytes(self.orders.taken()).unwrap_or_default();
        self.orders.take(&mut files.orders, self.record.order as usize)?;
        self.texts.take(&mut files.texts, self.record.text as usize)?;
        Ok(true)
    }
}

/// The part of a file that a run is, read piece by piece.
#[derive(Debug)]
struct Part {
    /// What has not been read yet: where it starts and ends.
    rest: [u64; 2],
    /// So many bytes are read at a time.
    piece: usize,
    bytes: Vec<u8>,
    /// Where what was taken last starts and ends in the bytes.
    taken: [usize; 2],
}

impl Part {
    fn new((start, end): (u64, u64), piece: usize) -> Self {
        Self { rest: [start, end], piece, bytes: Vec::new(), taken: [0, 0] }
    }

    fn is_at_end(&self) -> bool {
        self.taken[1] == self.bytes.len() && self.rest[0] == self.rest[1]
    }

    fn taken(&self) -> &[u8] {
        self.bytes.get(self.taken[0]..self.taken[1]).unwrap_or(&[])
    }

    /// Take the next so many bytes.
    fn take(&mut self, file: &mut File, count: usize) -> io::Result<()> {
        let at = self.taken[1];
        self.taken = [at, at + count];
        if self.bytes.len() >= at + count {
            return Ok(());
        }
        self.bytes.drain(..at);
        self.taken = [0, count];
        let [start, end] = self.rest;
        let wanted = self.piece.max(count - self.bytes.len()) as u64;
        file.seek(SeekFrom::Start(start))?;
        let read = file.take(wanted.min(end - start)).read_to_end(&mut self.bytes)?;
        self.rest[0] += read as u64;
        if self.bytes.len() < count { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

/// The heap gives the greatest, which is the line that comes first; of two alike the one of the earlier run, in which it was found first.
impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        other.orders.taken().cmp(self.orders.taken()).then(other.run.cmp(&self.run))
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
