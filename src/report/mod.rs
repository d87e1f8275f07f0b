//! What people and machines read. `speaker` turns judgements into findings, free of the batch they came from; a file a format writes them; `words`
//! holds every sentence in English and Dutch. Nothing here opens a file or prints: a report is a text, the command line puts it somewhere.
//!
//! Add a format: a file here that takes a [`Run`], a variant of `Format` in `cli`, a line in `docs/`, and a case in `tests/`.

mod concise;
mod csv;
mod drawn;
mod explained;
mod finding;
mod frame;
mod handful;
mod json;
mod json_text;
mod jsonl;
mod keys;
mod order;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
mod plain;
mod priors;
pub(crate) mod reasons;
#[cfg(any(feature = "parquet", feature = "xlsx"))]
mod rows;
mod rule;
mod run;
pub(crate) mod schema;
mod sentence;
mod shown;
mod snapshot;
mod speaker;
mod spoken;
mod table;
mod text;
pub(crate) mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

#[cfg(feature = "parquet")]
pub(crate) use self::parquet::ParquetFindings;
#[cfg(feature = "xlsx")]
pub(crate) use self::xlsx::XlsxFindings;
pub(crate) use drawn::drawn;
pub(crate) use explained::explained;
pub(crate) use finding::Finding;
pub(crate) use frame::Frame;
pub(crate) use handful::{Drawn, Handful, Last};
pub(crate) use jsonl::Expected;
pub(crate) use keys::{programme_of, subject_key};
pub(crate) use rule::rule;
pub(crate) use run::{About, Counts, Fingerprints, Run};
pub(crate) use sentence::Sentence;
pub(crate) use snapshot::{Difference, differences, snapshot, taken};
pub(crate) use speaker::{Detail, Languages, Speaker};
pub(crate) use spoken::{Line, LineFormat, Spoken, SpokenLines};
pub(crate) use table::{Table, laid_out};
pub(crate) use text::text;
pub(crate) use words::Language;
