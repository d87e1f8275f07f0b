//! The lines that a format makes of findings, kept until all have been found and then given in their order. Few of them are in memory: when these take too
//! much room they go to the disk, sorted, and are merged at the end. Where none comes out of its turn, because the students came in the order of their numbers,
//! nothing is merged; and where nothing must be known of all lines before the first is written, they go to the result itself. `runs.rs` is what lies on the
//! disk.

mod runs;
#[cfg(test)]
mod tests;

use std::io;

use crate::cli::results::lines::runs::{Merged, Runs};
use crate::cli::results::output::Early;
use crate::report::Line;

/// So many bytes of lines, and of what they are ordered by, stay in memory.
const IN_MEMORY: usize = 8 << 20;
/// So many go to a result at a time, as long as none came out of its turn: no more than a processor keeps close.
const AT_ONCE: usize = 1 << 18;

/// Lines in the order in which they were found.
#[derive(Debug)]
pub(crate) struct Lines {
    /// So many bytes of lines stay in memory.
    most: usize,
    /// So many go to a result at a time.
    at_once: usize,
    count: usize,
    held: Held,
    /// Where lines may go before all have been found.
    early: Option<Early>,
    runs: Option<Box<Runs>>,
}

impl Default for Lines {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Lines {
    /// Lines that may go to a result before all have been found.
    pub(crate) fn new(early: Option<Early>) -> Self {
        Self::with_room((IN_MEMORY, AT_ONCE), early)
    }

    /// Lines of which so many bytes stay in memory, or go to a result at a time.
    fn with_room((most, at_once): (usize, usize), early: Option<Early>) -> Self {
        Self { most, at_once, count: 0, held: Held::default(), early, runs: None }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn add(&mut self, line: Line<'_>) -> io::Result<()> {
        if self.held.room_with(line) > self.most && !self.held.places.is_empty() {
            self.put_on_disk()?;
        }
        self.held.add(line)?;
        self.count += 1;
        Ok(())
    }

    /// The lines to come are those of other students: where none has come out of its turn yet, those that there are go to the result.
    pub(crate) fn between_students(&mut self) -> io::Result<()> {
        let is_in_turn = self.early.is_some() || self.runs.as_ref().is_some_and(|runs| runs.is_in_turn());
        if is_in_turn && self.held.bytes.len() >= self.at_once { self.put_on_disk() } else { Ok(()) }
    }

    fn put_on_disk(&mut self) -> io::Result<()> {
        self.held.sort();
        let runs = match &mut self.runs {
            Some(runs) => runs,
            none => none.insert(Box::new(Runs::new(self.early.take())?)),
        };
        runs.add(self.held.places.iter().map(|place| self.held.line(*place)))?;
        self.held.clear();
        Ok(())
    }

    /// What is left to be done for the result.
    pub(crate) fn finished(mut self) -> io::Result<Finished> {
        if self.runs.is_some() {
            self.put_on_disk()?;
        }
        if let Some(runs) = &mut self.runs
            && runs.is_result()?
        {
            return Ok(Finished::Written);
        }
        let begun = self.runs.as_ref().is_some_and(|runs| runs.is_in_result());
        self.in_order().map(|lines| if begun { Finished::OutOfOrder(lines) } else { Finished::Unwritten(lines) })
    }

    /// The lines in the order of reports; of two with the same place in it, the one that was found first.
    pub(crate) fn in_order(mut self) -> io::Result<InOrder> {
        if self.runs.is_some() {
            self.put_on_disk()?;
        }
        let Self { mut held, runs, .. } = self;
        if let Some(runs) = runs {
            drop(held);
            return runs.merged().map(InOrder::Merged);
        }
        held.sort();
        Ok(InOrder::Held { held, next: 0 })
    }
}

/// How a result stands once all lines have been found.
#[derive(Debug)]
pub(crate) enum Finished {
    /// It holds all of them, and what stands above.
    Written,
    /// It holds nothing; these are to be written.
    Unwritten(InOrder),
    /// It holds some of them in another order, and must be begun anew.
    OutOfOrder(InOrder),
}

/// Lines that are given back.
#[derive(Debug)]
pub(crate) enum InOrder {
    Held { held: Held, next: usize },
    Merged(Merged),
}

impl InOrder {
    /// The next line, with its newline.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        match self {
            Self::Held { held, next } => {
                let place = held.places.get(*next).copied();
                *next += 1;
                Ok(place.map(|place| held.line(place).text))
            }
            Self::Merged(merged) => merged.next_line(),
        }
    }
}

/// How long a line is, and the bytes that it is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Record {
    order: u32,
    text: u32,
}

/// The bytes of both lengths.
const LENGTHS: usize = 8;

impl Record {
    fn of(line: Line<'_>) -> io::Result<Self> {
        let length = |bytes: usize| u32::try_from(bytes).map_err(|_| io::Error::other("a finding is too long"));
        Ok(Self { order: length(line.order.len())?, text: length(line.text.len())? })
    }

    fn to_bytes(self) -> [u8; LENGTHS] {
        (u64::from(self.order) << 32 | u64::from(self.text)).to_le_bytes()
    }

    /// The lengths that stand at the beginning; nothing where they are not whole.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let both = u64::from_le_bytes(bytes.get(..LENGTHS)?.try_into().ok()?);
        Some(Self { order: u32::try_from(both >> 32).ok()?, text: u32::try_from(both & u64::from(u32::MAX)).ok()? })
    }
}

/// Lines in memory, each behind what it is ordered by.
#[derive(Debug, Default)]
pub(crate) struct Held {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    record: Record,
    /// How the order begins: most lines are told apart by it, without a look at the rest.
    beginning: u128,
}

/// The first bytes of an order as a number that compares as they do; where there are fewer, nothing comes first.
fn beginning(order: &[u8]) -> u128 {
    let mut bytes = [0; size_of::<u128>()];
    bytes.iter_mut().zip(order).for_each(|(to, from)| *to = *from);
    u128::from_be_bytes(bytes)
}

impl Held {
    /// How much they would take with another line.
    fn room_with(&self, line: Line<'_>) -> usize {
        self.bytes.len() + line.order.len() + line.text.len() + (self.places.len() + 1) * size_of::<Place>()
    }

    fn add(&mut self, line: Line<'_>) -> io::Result<()> {
        let record = Record::of(line)?;
        self.places.push(Place { start: self.bytes.len(), record, beginning: beginning(line.order) });
        self.bytes.extend_from_slice(line.order);
        self.bytes.extend_from_slice(line.text);
        Ok(())
    }

    fn line(&self, Place { start, record, .. }: Place) -> Line<'_> {
        let (text, end) = (start + record.order as usize, start + record.order as usize + record.text as usize);
        let bytes = |start: usize, end: usize| self.bytes.get(start..end).unwrap_or(&[]);
        Line { order: bytes(start, text), text: bytes(text, end) }
    }

    fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        let order = |place: &Place| self.line(*place).order;
        places.sort_by(|left, right| left.beginning.cmp(&right.beginning).then_with(|| order(left).cmp(order(right))));
        self.places = places;
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }
}
