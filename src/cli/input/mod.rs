//! What is read: texts, which become sources of the session, and what holds dossiers - files, workbooks and databases - opened before any of it is read. What
//! stands in them is left to `records`.

mod files;
mod fingerprint;
mod opened;
mod samples;
mod stored;
mod stores;

pub(crate) use files::{hash, read_text, read_texts};
pub(crate) use fingerprint::RecordsHash;
pub(crate) use opened::open;
pub(crate) use samples::samples;
pub(crate) use stored::is_parquet;
pub(crate) use stores::{is_address, lasting};
