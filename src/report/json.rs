//! One document: the run and its findings. The same input gives the same bytes, so it holds no clock time.

use serde::{Serialize, Serializer};

use crate::report::finding::Finding;
use crate::report::json_text::{JsonText, Layout};
use crate::report::jsonl::finding_json;
use crate::report::run::{self, Run};
use crate::report::shown::academic_year;
use crate::verdicts::{Tally, VerdictKind};

#[derive(Debug, Serialize)]
struct Document<'a> {
    run: About<'a>,
}

#[derive(Debug, Serialize)]
struct About<'a> {
    engine: Engine,
    regulation: &'a str,
    academic_year: String,
    as_of: String,
    sha256: Hashes<'a>,
    counts: Counts,
}

#[derive(Debug, Serialize)]
struct Engine {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Hashes<'a> {
    regulations: &'a str,
    catalogue: &'a str,
    records: &'a str,
}

#[derive(Debug, Serialize)]
struct Counts {
    dossiers: u64,
    set_aside: u64,
    verdicts: Verdicts,
    findings: usize,
}

/// `{"satisfied":12,"violated":3,…}`, in the order of the verdicts.
#[derive(Debug)]
struct Verdicts(Tally);

impl Serialize for Verdicts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(VerdictKind::ALL.into_iter().map(|kind| (kind.word(), self.0.get(kind))))
    }
}

/// The run and so many findings.
fn about<'a>(run: &'a Run<'_>, findings: usize) -> About<'a> {
    let prints = &run.fingerprints;
    About {
        engine: Engine { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        regulation: &run.rulebook.regulation.id,
        academic_year: academic_year(run.year).to_string(),
        as_of: run.as_of.to_string(),
        sha256: Hashes { regulations: &prints.regulations, catalogue: &prints.catalogue, records: &prints.records },
        counts: Counts { dossiers: run.counts.dossiers, set_aside: run.counts.set_aside, verdicts: Verdicts(run.counts.verdicts), findings },
    }
}

#[cfg(any(feature = "parquet", feature = "xlsx"))]
/// What `run` is in the document, on one line.
pub(super) fn run_json(run: &Run<'_>, findings: usize) -> String {
    serde_json::to_string(&about(run, findings)).unwrap_or_default()
}

/// The document up to its findings, of which there are so many.
pub(super) fn above(run: &Run<'_>, findings: usize) -> String {
    let document = serde_json::to_string_pretty(&Document { run: about(run, findings) }).unwrap_or_default();
    format!("{},\n  \"findings\": [", document.trim_end_matches("\n}"))
}

/// A finding in its place in the document.
pub(super) fn finding_object(about: &run::About<'_>, finding: &Finding<'_>, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"\n    ");
    finding_json(about, finding, &mut JsonText::new(bytes, Layout::Indented(2)));
}

/// What follows the last of so many findings.
pub(super) fn below(findings: usize) -> &'static str {
    if findings == 0 { "]\n}\n" } else { "\n  ]\n}\n" }
}
