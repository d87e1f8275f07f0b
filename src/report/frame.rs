//! What stands around findings that are lines: above all of them, before each, and below.

use std::borrow::Cow;

use crate::report::run::Run;
use crate::report::spoken::LineFormat;
use crate::report::words::{self, Language};
use crate::report::{csv, json};

/// What stands around findings.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub(crate) above: String,
    pub(crate) below: String,
    before: Before,
}

/// What stands before each.
#[derive(Debug, Default)]
enum Before {
    #[default]
    Nothing,
    /// A comma, but before the first.
    Comma,
    /// `finding 3 of 12. `
    Number { language: Language, total: usize },
}

impl Frame {
    /// A text without findings that are lines.
    pub(crate) fn of_text(text: String) -> Self {
        Self { above: text, ..Self::default() }
    }

    /// What stands around the lines of a format whatever they are, with nothing between them; nothing where that hangs on all of them.
    pub(crate) fn known(format: LineFormat) -> Option<Self> {
        match format {
            LineFormat::Jsonl | LineFormat::Concise => Some(Self::default()),
            LineFormat::Csv => Some(Self::of_text(csv::heading())),
            LineFormat::Json | LineFormat::Plain => None,
            #[cfg(any(feature = "parquet", feature = "xlsx"))]
            LineFormat::Rows => None,
        }
    }

    pub(crate) fn of_lines(format: LineFormat, run: &Run<'_>, total: usize) -> Self {
        match format {
            LineFormat::Jsonl | LineFormat::Concise | LineFormat::Csv => Self::known(format).unwrap_or_default(),
            LineFormat::Json => Self { above: json::above(run, total), below: json::below(total).to_owned(), before: Before::Comma },
            LineFormat::Plain => {
                let before = Before::Number { language: run.reader(), total };
                Self { above: String::new(), below: run.last_line() + "\n", before }
            }
            #[cfg(any(feature = "parquet", feature = "xlsx"))]
            LineFormat::Rows => Self::default(),
        }
    }

    /// What stands before a finding; the first has number 1.
    pub(crate) fn before(&self, number: usize) -> Cow<'static, str> {
        match self.before {
            Before::Nothing => "".into(),
            Before::Comma => if number == 1 { "" } else { "," }.into(),
            Before::Number { language, total } => format!("{}. ", words::which_of(language, number, total)).into(),
        }
    }
}
