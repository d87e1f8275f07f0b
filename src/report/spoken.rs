//! What is kept of verdicts that are reported until all have been found: the lines that a format makes of them, for a line takes less room than a finding and
//! is made where the finding is; or the findings, where they are few, and what a table counts of the rest.

use crate::report::finding::Finding;
use crate::report::order::order;
#[cfg(any(feature = "parquet", feature = "xlsx"))]
use crate::report::rows;
use crate::report::run::About;
use crate::report::table::Counted;
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
    fn write(self, about: &About<'_>, finding: &Finding<'_>, bytes: &mut Vec<u8>) {
        match self {
            Self::Concise => bytes.extend_from_slice(concise::finding_line(about, finding).as_bytes()),
            Self::Plain => bytes.extend_from_slice(plain::finding_lines(about, finding).as_bytes()),
            Self::Json => json::finding_object(about, finding, bytes),
            Self::Jsonl => jsonl::finding_line(about, finding, bytes),
            Self::Csv => csv::finding_row(about, finding, bytes),
            #[cfg(any(feature = "parquet", feature = "xlsx"))]
            Self::Rows => rows::finding_row(about, finding, bytes),
        }
    }
}

/// What is kept.
#[derive(Debug)]
pub(crate) enum Spoken {
    Finding(Box<Finding<'static>>),
    /// A finding that is not drawn.
    Counted(Counted),
    Lines(SpokenLines),
}

/// Lines of findings, each after the bytes that it is ordered by.
#[derive(Debug)]
pub(crate) struct SpokenLines {
    bytes: Vec<u8>,
    /// Where each order starts, where it ends and its line starts, and where that ends.
    places: Vec<[usize; 3]>,
    weight: Option<Severity>,
}

/// Room for about as many lines as a block of dossiers gives: what grows from nothing is copied each time.
const ROOM: usize = 1 << 16;

impl Default for SpokenLines {
    fn default() -> Self {
        Self { bytes: Vec::with_capacity(ROOM), places: Vec::with_capacity(ROOM >> 10), weight: None }
    }
}

impl SpokenLines {
    /// Add the line of a finding.
    pub(crate) fn add(&mut self, about: &About<'_>, finding: &Finding<'_>, format: LineFormat) {
        let start = self.bytes.len();
        order(finding, &mut self.bytes);
        let ordered = self.bytes.len();
        format.write(about, finding, &mut self.bytes);
        self.places.push([start, ordered, self.bytes.len()]);
        self.weight = self.weight.max(weight(finding.verdict, finding.severity));
    }

    /// Each line and what it is ordered by, in the order in which they were added.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let of = |start: usize, end: usize| self.bytes.get(start..end).unwrap_or(&[]);
        self.places.iter().map(move |[start, ordered, end]| Line { order: of(*start, *ordered), text: of(*ordered, *end) })
    }
}

/// A line, and the bytes that it is ordered by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) order: &'a [u8],
    pub(crate) text: &'a [u8],
}

impl Spoken {
    /// How severe the severest is that can fail a run.
    pub(crate) fn weight(&self) -> Option<Severity> {
        match self {
            Self::Finding(finding) => weight(finding.verdict, finding.severity),
            Self::Counted(counted) => weight(counted.verdict, counted.severity),
            Self::Lines(lines) => lines.weight,
        }
    }
}

/// A violation or a needed decision can fail a run.
fn weight(verdict: VerdictKind, severity: Severity) -> Option<Severity> {
    matches!(verdict, VerdictKind::Violated | VerdictKind::NeedsDecision).then_some(severity)
}
