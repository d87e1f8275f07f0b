//! Dossiers from JSON: each record goes straight into the columns of a batch, or is set aside whole.

#[cfg(test)]
mod alike;
mod cell;
mod hand;
mod keys;
mod list;
mod object;
mod plain;
#[cfg(test)]
mod properties;
mod record;
mod row;
mod settle;
mod shapes;
#[cfg(test)]
mod tests;
mod undeclared;

use std::sync::Arc;

use crate::records::from_json::blocks::Block;
use crate::records::from_json::dossier::hand::State;
#[cfg(feature = "parquet")]
use crate::records::from_parquet::ColumnState;
use crate::records::reading::Reading;
use crate::records::{Batch, Cut, Kept, SetAside};

pub(crate) use cell::{Form, text_cell};
pub(crate) use hand::Hand;
#[cfg(feature = "parquet")]
pub(crate) use keys::STUDENT_LISTS;
#[cfg(test)]
pub(crate) use keys::names_of;
pub(crate) use keys::{Column, Target, key_of};
pub(crate) use plain::is_lasting;
#[cfg(test)]
pub(crate) use properties::told;
pub(crate) use row::Row;
#[cfg(test)]
pub(crate) use tests::{catalogue, reading};
pub(crate) use undeclared::Undeclared;

/// Reads blocks of records, one after the other; a worker has one of its own.
#[derive(Debug)]
pub(crate) struct DossierReader<'c> {
    pub(crate) reading: &'c Reading<'c>,
    pub(crate) state: State,
    #[cfg(feature = "parquet")]
    pub(crate) columns: ColumnState,
}

/// What a block held beside the dossiers in the batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BlockRead {
    /// In the order of their places.
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) undeclared: Undeclared,
}

impl<'c> DossierReader<'c> {
    pub(crate) fn new(reading: &'c Reading<'c>) -> Self {
        Self {
            reading,
            state: State::new(reading),
            #[cfg(feature = "parquet")]
            columns: ColumnState::new(),
        }
    }

    /// Fill a batch with what was cut off a file, whatever the format; what was in it is forgotten.
    pub(crate) fn read(&mut self, cut: Cut, batch: &mut Batch) -> BlockRead {
        match cut {
            Cut::Block(block) => self.read_block(block, batch),
            Cut::Tables(block) => self.read_tables(*block, batch),
            #[cfg(feature = "parquet")]
            Cut::Columns(columns) => self.read_columns(*columns, batch),
            Cut::SetAside(set_aside) => {
                batch.clear();
                BlockRead { set_aside: vec![set_aside], ..BlockRead::default() }
            }
        }
    }

    /// Fill a batch with the dossiers of a block; what was in it is forgotten.
    pub(crate) fn read_block(&mut self, block: Block, batch: &mut Batch) -> BlockRead {
        batch.clear();
        self.state.meant.clear();
        let file = block.file;
        let is_list = block.is_list();
        let pieces = block.into_pieces();
        let text = Arc::clone(&pieces.text);
        batch.text = Arc::clone(&text);
        batch.bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let mut read = BlockRead::default();
        for (number, piece) in pieces.records.iter().enumerate() {
            if let Some(mut set_aside) = self.read_piece(file, &text, (piece, &mut *batch)) {
                set_aside.record = Kept::record(pieces.raw(number));
                read.set_aside.push(set_aside);
            } else {
                if is_list {
                    batch.first_columns.push(piece.column);
                }
                for (subject, name) in self.state.undeclared.drain(..) {
                    read.undeclared.note(subject, name, 1);
                }
            }
        }
        batch.pad();
        read
    }
}
