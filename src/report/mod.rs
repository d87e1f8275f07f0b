//! What people and machines read. `speaker` turns judgements into findings, free of the batch they came from; a file a format writes them; `words`
//! holds every sentence in English and Dutch. Nothing here opens a file or prints: a report is a text, the command line puts it somewhere.
//!
//! Add a format: a file here that takes a [`Run`], a variant of `Format` in `cli`, a line in `docs/`, and a case in `tests/`.

mod finding;
mod keys;
mod places;
mod sentence;
mod shown;
mod speaker;
pub(crate) mod words;

pub(crate) use finding::{Finding, NamedShown, RecordPlace, RecordedDecision, Shown, SubjectKey, Window};
pub(crate) use sentence::Sentence;
pub(crate) use speaker::{Languages, Speaker, Windows};
pub(crate) use words::Language;
