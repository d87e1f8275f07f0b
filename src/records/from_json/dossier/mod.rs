//! Dossiers from JSON: each record goes straight into the columns of a batch, or is set aside whole.

mod cell;
mod hand;
mod keys;
mod list;
mod object;
mod record;
mod settle;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::records::from_json::blocks::Block;
use crate::records::from_json::dossier::hand::State;
use crate::records::reading::Reading;
use crate::records::{Batch, SetAside};
use crate::vocabulary::Subject;

/// Reads blocks of records, one after the other; a worker has one of its own.
#[derive(Debug)]
pub(crate) struct DossierReader<'c> {
    reading: &'c Reading<'c>,
    state: State,
}

/// What a block held beside the dossiers in the batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BlockRead {
    /// In the order of their places.
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) undeclared: Undeclared,
}

/// How often each field that nobody declared was seen in the dossiers that were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Undeclared {
    counts: BTreeMap<(Subject, Box<str>), u64>,
    /// Fields beyond the first so many names.
    others: u64,
}

/// How many names are told apart.
const MOST_NAMES: usize = 200;

impl Undeclared {
    fn note(&mut self, subject: Subject, name: Box<str>, times: u64) {
        let known = self.counts.len() < MOST_NAMES || self.counts.contains_key(&(subject, name.clone()));
        if known {
            *self.counts.entry((subject, name)).or_default() += times;
        } else {
            self.others += times;
        }
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.others += other.others;
        for ((subject, name), times) in other.counts {
            self.note(subject, name, times);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Subject, name and count, in the order of the subjects and names.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (Subject, &str, u64)> {
        self.counts.iter().map(|((subject, name), count)| (*subject, name.as_ref(), *count))
    }

    pub(crate) fn others(&self) -> u64 {
        self.others
    }
}

impl<'c> DossierReader<'c> {
    pub(crate) fn new(reading: &'c Reading<'c>) -> Self {
        Self { reading, state: State::new(reading) }
    }

    /// Fill a batch with the dossiers of a block; what was in it is forgotten.
    pub(crate) fn read_block(&mut self, block: Block, batch: &mut Batch) -> BlockRead {
        batch.clear();
        self.state.meant.clear();
        let file = block.file;
        let pieces = block.into_pieces();
        let text: Arc<str> = Arc::from(pieces.text);
        batch.text = Arc::clone(&text);
        let mut read = BlockRead::default();
        for piece in &pieces.pieces {
            if let Some(set_aside) = self.read_piece(file, &text, (piece, &mut *batch)) {
                read.set_aside.push(set_aside);
            } else {
                for (subject, name) in self.state.undeclared.drain(..) {
                    read.undeclared.note(subject, name, 1);
                }
            }
        }
        batch.pad();
        read
    }
}
