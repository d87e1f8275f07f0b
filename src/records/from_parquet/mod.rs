//! Dossiers from Parquet, as tables or nested: one row a student, its lists as lists of structs. Columns become columns; a dossier with anything odd in it is written as
//! JSON and read by the one reader that says what is wrong, so that its problems read the same in every format.

#![allow(clippy::wildcard_enum_match_arm, reason = "the library's types are many, and few of them are read")]

mod append;
mod blocks;
mod cells;
mod dictionaries;
mod file;
mod inside;
mod numbers;
mod pages;
mod problems;
mod read;
mod sample;
mod shape;
mod stage;
mod table;
mod text;
mod types;

pub(crate) use blocks::{ColumnBlocks, Columns};
pub(crate) use problems::ParquetProblem;
pub(crate) use read::ColumnState;
pub(crate) use sample::{ParquetSample, parquet_sample};
pub(crate) use table::{is_parquet_table, parquet_table};
