//! What is wrong with a text, a catalogue or a record, collected so that one run reports all of it. Each stage has enums of its own; this folder
//! keeps them in order and is the one place that draws with miette.
//!
//! Add a problem: give the enum of its stage a variant with `#[error]`, `#[diagnostic(code(topic::name))]`, a `#[label]` and a `#[help]`; call
//! [`Problems::add`] where it is seen; write `docs/problems/<topic>__<name>.md`, which `ispect explain CODE` shows; add a case to `tests/cases`.

mod draw;
mod excerpt;
mod nearest;
mod pages;
#[cfg(any(feature = "parquet", feature = "xlsx"))]
mod quiet;

use miette::Diagnostic;

use crate::source::{SourceId, Span};

pub(crate) use draw::{MANY, Manner, Pen, harmless, on_one_line};
pub(crate) use excerpt::Excerpt;
pub(crate) use nearest::nearest;
pub(crate) use pages::{codes, page_of};
#[cfg(any(feature = "parquet", feature = "xlsx"))]
pub(crate) use quiet::quietly;

/// `1 cell`, `3 cells`
pub(crate) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// A text of TOML on one line, so that what is in doubt stands in a comment to its end: the headings of spreadsheets have line breaks.
pub(crate) fn toml_text(text: &str) -> String {
    if text.contains(char::is_control) {
        // What JSON escapes, TOML reads; there is one sign that it leaves as it is.
        return serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f");
    }
    toml::Value::String(text.to_owned()).to_string()
}

/// One thing that is wrong, and the place where it is seen first.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) at: Span,
    pub(crate) diagnostic: Box<dyn Diagnostic + Send + Sync>,
}

impl Problem {
    pub(crate) fn code(&self) -> String {
        self.diagnostic.code().map_or_else(String::new, |code| code.to_string())
    }

    pub(crate) fn is_error(&self) -> bool {
        matches!(self.diagnostic.severity(), None | Some(miette::Severity::Error))
    }
}

/// All problems of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    pub(crate) fn add(&mut self, at: Span, diagnostic: impl Diagnostic + Send + Sync + 'static) {
        self.found.push(Problem { at, diagnostic: Box::new(diagnostic) });
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(Problem::is_error)
    }

    /// In the order of the texts' names and of the places in them, each said once.
    pub(crate) fn sorted(mut self, name: impl Fn(SourceId) -> String) -> Vec<Problem> {
        self.found.sort_by_cached_key(|problem| {
            (name(problem.at.source), problem.at.start, problem.at.end, problem.code(), problem.diagnostic.to_string())
        });
        self.found
            .dedup_by(|next, last| next.at == last.at && next.code() == last.code() && next.diagnostic.to_string() == last.diagnostic.to_string());
        self.found
    }
}
