//! Judging a cohort: the catalogue once, every dossier by the workers, and what came of it in the order of reports.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::input::{self, RecordsHash};
use crate::cli::judging::{Judged, Judging};
use crate::cli::load::Loaded;
use crate::cli::problems::FileProblem;
use crate::cli::progress::Bar;
use crate::cli::selection::Selection;
use crate::cli::session::{Session, Stop};
use crate::cli::{paths, workers};
use crate::records::{RecordProblem, SetAside, Undeclared};
use crate::report::{Counts, Finding, Languages, Windows};
use crate::verdicts::Tally;

/// How a cohort is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The first calendar year of the academic year under check.
    pub(crate) year: i32,
    pub(crate) as_of: NaiveDate,
    pub(crate) threads: Option<usize>,
    pub(crate) windows: Windows,
    pub(crate) languages: &'a Languages,
    pub(crate) hash: RecordsHash,
}

/// What came of a cohort.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// In the order of reports.
    pub(crate) findings: Vec<Finding>,
    /// How many verdicts each check gave, by the check's number.
    pub(crate) tallies: Vec<Tally>,
    pub(crate) dossiers: u64,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) undeclared: Undeclared,
    /// Those of the students asked for that were found.
    pub(crate) found: BTreeSet<String>,
    /// Students on whom the engine failed, and why.
    pub(crate) failed: Vec<(String, String)>,
    pub(crate) records_hash: String,
}

impl Checked {
    pub(crate) fn counts(&self) -> Counts {
        let mut verdicts = Tally::default();
        self.tallies.iter().for_each(|tally| verdicts.merge(tally));
        let set_aside = self.set_aside.len() + self.failed.len();
        Counts { dossiers: self.dossiers, verdicts, set_aside: u64::try_from(set_aside).unwrap_or(u64::MAX) }
    }

    /// Whether the files held no record at all.
    pub(crate) fn is_empty(&self) -> bool {
        let nothing = |set_aside: &SetAside| matches!(set_aside.problem, RecordProblem::EmptyInput { .. });
        self.dossiers == 0 && self.failed.is_empty() && self.set_aside.iter().all(nothing)
    }

    /// Add what another worker has.
    pub(crate) fn merge(&mut self, other: Self) {
        let Self { findings, tallies, dossiers, set_aside, undeclared, found, failed, records_hash: _ } = other;
        self.set_aside.extend(set_aside);
        self.undeclared.append(undeclared);
        self.take(Judged { findings, tallies, dossiers, found: found.into_iter().collect(), failed });
    }

    pub(crate) fn take(&mut self, judged: Judged) {
        self.findings.extend(judged.findings);
        self.tallies.resize(self.tallies.len().max(judged.tallies.len()), Tally::default());
        self.tallies.iter_mut().zip(&judged.tallies).for_each(|(total, tally)| total.merge(tally));
        self.dossiers += judged.dossiers;
        self.found.extend(judged.found);
        self.failed.extend(judged.failed);
    }
}

/// Judge the catalogue, and every dossier of the files.
pub(crate) fn check(
    session: &mut Session,
    loaded: &Loaded,
    (files, selection): (&[PathBuf], &Selection),
    settings: &Settings<'_>,
) -> Result<Checked, Stop> {
    let opened = input::open(session, files, settings.hash)?;
    let bar = Bar::new(session.console, opened.size);
    let names: Vec<String> = files.iter().map(|file| paths::shown_or_stdin(file)).collect();
    let judging = Judging::new(loaded, (selection, settings), &session.sources);
    let of_catalogue = judging.catalogue();
    let checked = workers::work(&judging, (opened.files, &names), &bar);
    let mut checked = checked.map_err(|error| session.stop(FileProblem::NoThreads { reason: error.to_string().to_lowercase() }))?;
    checked.take(of_catalogue);
    checked.set_aside.sort_by_key(|set_aside| (set_aside.file, set_aside.line, set_aside.column));
    checked.findings.sort_by(|left, right| left.order().cmp(&right.order()));
    checked.failed.sort();
    checked.records_hash = opened.hash.finish();
    bar.finish();
    Ok(checked)
}
