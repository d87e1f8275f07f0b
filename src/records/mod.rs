//! What is checked: dossiers as tables of columns, and the catalogue in the same shape. Reading formats is left to the `from_…` folders, meaning to
//! the verdicts.
//!
//! Add a format: a folder `from_<format>` that appends rows to a [`Batch`] through `values` (so that a value means the same everywhere), settles each
//! record, and rolls back to a checkpoint what it sets aside. Add a problem: a variant in `problems.rs` or `values/problems.rs`, its page in
//! `docs/problems`, and a case in `tests/cases/records` with the snapshot of what a person sees.

mod batch;
mod catalogue;
mod checkpoint;
mod codes;
mod elements;
mod from_csv;
mod from_json;
#[cfg(feature = "parquet")]
mod from_parquet;
#[cfg(feature = "postgres")]
mod from_postgres;
#[cfg(feature = "sqlite")]
mod from_sqlite;
mod from_tables;
#[cfg(feature = "xlsx")]
mod from_xlsx;
mod json;
mod nouns;
mod packed;
mod paths;
mod problems;
mod reading;
mod rows;
mod set_aside;
mod stored;
mod students;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod values;
mod wanted;

pub(crate) use batch::{Batch, Origin, Placed};
pub(crate) use catalogue::{Catalogue, CatalogueEdge};
pub(crate) use codes::{CodeId, Codes};
pub(crate) use from_csv::{Notes, csv_sample, csv_table, is_csv};
#[cfg(test)]
pub(crate) use from_json::names_of;
pub(crate) use from_json::{Block, BlockRead, BlockText, Blocks, Cut, DossierReader, Piece, RecordFile, Undeclared, read_catalogue};
#[cfg(feature = "parquet")]
pub(crate) use from_parquet::{ColumnBlocks, ParquetSample, is_parquet_table, parquet_sample, parquet_table};
#[cfg(feature = "postgres")]
pub(crate) use from_postgres::{Connection, ServerFault, Unanswered, postgres_samples, postgres_tables};
#[cfg(feature = "sqlite")]
pub(crate) use from_sqlite::{sqlite_samples, sqlite_tables};
pub(crate) use from_tables::{
    Headings, HeldRows, Merged, Refusal, Stored as StoredCell, Table as StoredTable, TableSample, Truths, is_instant, joined_on, kind_of_column,
    names_for, subject_of, unread,
};
#[cfg(feature = "xlsx")]
pub(crate) use from_xlsx::{xlsx_samples, xlsx_tables};
pub(crate) use json::json_place;
pub(crate) use nouns::{noun, year_text};
pub(crate) use problems::RecordProblem;
pub(crate) use reading::Reading;
pub(crate) use set_aside::{Kept, SetAside};
pub(crate) use stored::StoredFile;
pub(crate) use students::Students;
pub(crate) use table::{Given, Table};
pub(crate) use texts::{TextId, Texts};
pub(crate) use wanted::Wanted;
