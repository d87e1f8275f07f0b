//! What is kept of a verdict that is reported until all have been found: the finding, or the line that a format makes of it, for a line takes less room and
//! is made where the finding is.

use crate::report::finding::Finding;
use crate::report::order::order;
#[cfg(any(feature = "parquet", feature = "xlsx"))]
use crate::report::rows;
use crate::report::run::About;
use crate::report::{concise, csv, json, jsonl, plain};
use crate::rulebook::Severity;
use crate::verdicts::VerdictKind;

/// A format that gives a finding a line, a row or some lines that hold nothing of other findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineFormat {
    Concise,
    Plain,
    Json,
    Jsonl,
    Csv,
    /// Lines from which typed columns are made.
    #[cfg(any(feature = "parquet", feature = "xlsx"))]
    Rows,
}

impl LineFormat {
    fn line(self, about: &About<'_>, finding: &Finding) -> String {
        match self {
            Self::Concise => concise::finding_line(about, finding),
            Self::Plain => plain::finding_lines(about, finding),
            Self::Json => json::finding_object(about, finding),
            Self::Jsonl => jsonl::finding_line(about, finding),
            Self::Csv => csv::finding_row(about, finding),
            #[cfg(any(feature = "parquet", feature = "xlsx"))]
            Self::Rows => rows::finding_row(about, finding),
        }
    }
}

/// What is kept of a finding.
#[derive(Debug)]
pub(crate) enum Spoken {
    Finding(Box<Finding>),
    Line(SpokenLine),
}

/// A line, and what is still asked of it when its finding is gone.
#[derive(Debug)]
pub(crate) struct SpokenLine {
    pub(crate) order: Vec<u8>,
    pub(crate) text: String,
    pub(crate) weight: Option<Severity>,
}

impl Spoken {
    pub(crate) fn new(about: &About<'_>, finding: Finding, format: Option<LineFormat>) -> Self {
        match format {
            Some(format) => Self::Line(SpokenLine { order: order(&finding), text: format.line(about, &finding), weight: weight(&finding) }),
            None => Self::Finding(Box::new(finding)),
        }
    }

    /// How severe it is, where it can fail a run.
    pub(crate) fn weight(&self) -> Option<Severity> {
        match self {
            Self::Finding(finding) => weight(finding),
            Self::Line(line) => line.weight,
        }
    }
}

/// A violation or a needed decision can fail a run.
fn weight(finding: &Finding) -> Option<Severity> {
    matches!(finding.verdict, VerdictKind::Violated | VerdictKind::NeedsDecision).then_some(finding.severity)
}
