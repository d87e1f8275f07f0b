//! Catalogues and dossiers from JSON, exactly as it stands: what can't be read is said with its place, nothing is repaired.

mod blocks;
mod catalogue;
mod dossier;
mod plain;

pub(crate) use blocks::{BLOCK, Block, Blocks, Cut, LONGEST_BYTES, Piece, RecordFile, decoded, reading_fault};
pub(crate) use catalogue::read_catalogue;
#[cfg(test)]
pub(crate) use dossier::names_of;
pub(crate) use dossier::{BlockRead, DossierReader, Undeclared};
#[cfg(feature = "parquet")]
pub(crate) use dossier::{Column, Form, Hand, STUDENT_LISTS, Target, key_of};
