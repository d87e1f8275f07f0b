//! Catalogues and dossiers from JSON, exactly as it stands: what can't be read is said with its place, nothing is repaired.

mod blocks;
mod catalogue;
mod dossier;
mod plain;

pub(crate) use blocks::{BLOCK, Block, BlockText, Blocks, Cut, LONGEST_BYTES, Piece, RecordFile, decoded, reading_fault};
pub(crate) use catalogue::read_catalogue;
#[cfg(feature = "parquet")]
pub(crate) use dossier::STUDENT_LISTS;
pub(crate) use dossier::{BlockRead, DossierReader, Undeclared};
pub(crate) use dossier::{Column, Form, Hand, Row as BatchRow, Target, is_lasting, key_of, text_cell};
#[cfg(test)]
pub(crate) use dossier::{catalogue, names_of, reading, told};
pub(crate) use plain::NotPlain;
