//! Judging a cohort: files are read in blocks of whole records, some blocks at a time are read and judged by all threads, and only findings and counts
//! stay. Which of two dossiers of a student counts is settled between the two, in the order of the files, so threads change nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::cli::input::{self, RecordsHash};
use crate::cli::judging::{Judged, Judging};
use crate::cli::load::Loaded;
use crate::cli::problems::FileProblem;
use crate::cli::progress::Bar;
use crate::cli::selection::Selection;
use crate::cli::session::{Session, Stop};
use crate::records::{
    Batch, BlockRead, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, RecordProblem, Seen, SetAside, SetAsideText, Students, Undeclared,
    json_place,
};
use crate::report::{Counts, Finding, Languages, Windows};
use crate::verdicts::Tally;

/// Blocks that each thread gets at a time.
const BLOCKS_EACH: usize = 2;
/// So many records that were set aside keep their text; the rest keep their place.
const DRAWN_SET_ASIDE: usize = 200;

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

    fn take(&mut self, judged: Judged) {
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
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| session.stop(FileProblem::NoThreads { reason: error.to_string().to_lowercase() }))?;
    let opened = input::open(session, files, settings.hash)?;
    let bar = Bar::new(session.console, opened.size);
    let judging = Judging { loaded, selection, settings, sources: &session.sources };
    let mut cohort = Cohort { judging: &judging, students: Students::default(), names: files, checked: Checked::default() };
    pool.install(|| {
        cohort.checked.take(judging.catalogue());
        for file in opened.files {
            cohort.read(file, &bar);
        }
    });
    let mut checked = cohort.checked;
    checked.set_aside.sort_by_key(|set_aside| (set_aside.file, set_aside.line, set_aside.column));
    checked.records_hash = opened.hash.finish();
    checked.findings.sort_by(|left, right| left.order().cmp(&right.order()));
    bar.finish();
    Ok(checked)
}

/// A cohort that is being read.
struct Cohort<'a> {
    judging: &'a Judging<'a>,
    students: Students,
    names: &'a [PathBuf],
    checked: Checked,
}

/// A block that was read, before it is known which of its students were read before.
struct Read {
    batch: Batch,
    read: BlockRead,
}

impl Cohort<'_> {
    fn read(&mut self, file: RecordFile, bar: &Bar) {
        let loaded = self.judging.loaded;
        let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, self.judging.settings.year);
        let mut blocks = Blocks::new(file);
        loop {
            let cuts: Vec<Cut> = blocks.by_ref().take(rayon::current_num_threads() * BLOCKS_EACH).collect();
            if cuts.is_empty() {
                return;
            }
            let reader = || DossierReader::new(&reading);
            let read: Vec<Result<Read, SetAside>> =
                cuts.into_par_iter().map_init(reader, |reader, cut| read_cut(reader, &loaded.catalogue, cut)).collect();
            let registered: Vec<(Batch, Vec<u32>)> = read.into_iter().filter_map(|read| self.register(read)).collect();
            let judged: Vec<Judged> = registered.par_iter().map(|(batch, twice)| self.judging.batch(batch, twice)).collect();
            for judged in judged {
                bar.advance(judged.bytes);
                self.checked.take(judged);
            }
        }
    }

    /// Note what was set aside, and find the students of a block that were read before: their rows.
    fn register(&mut self, read: Result<Read, SetAside>) -> Option<(Batch, Vec<u32>)> {
        let Read { batch, read } = match read {
            Ok(read) => read,
            Err(set_aside) => {
                self.set_aside(set_aside);
                return None;
            }
        };
        let mut twice = Vec::new();
        for (row, origin) in (0..).zip(&batch.origins) {
            let student = self.judging.student(&batch, row);
            let place = Seen { file: origin.file, line: origin.line };
            if let Some(first) = self.students.register(student, place) {
                let first = format!("{}, line {}", self.name(first.file), first.line);
                let duplicate = duplicate(&batch, row, (student, first));
                duplicate.into_iter().for_each(|duplicate| self.set_aside(duplicate));
                twice.push(row);
            }
        }
        read.set_aside.into_iter().for_each(|set_aside| self.set_aside(set_aside));
        self.checked.undeclared.append(read.undeclared);
        Some((batch, twice))
    }

    fn set_aside(&mut self, mut set_aside: SetAside) {
        if self.checked.set_aside.len() >= DRAWN_SET_ASIDE {
            set_aside.excerpt = None;
        }
        self.checked.set_aside.push(set_aside);
    }

    fn name(&self, file: u32) -> String {
        self.names.get(file as usize).map(|file| crate::cli::paths::shown_or_stdin(Path::new(file))).unwrap_or_default()
    }
}

/// A dossier of a student who has one already.
fn duplicate(batch: &Batch, row: u32, (student, first): (&str, String)) -> Option<SetAside> {
    let origin = batch.origins.get(row as usize)?;
    let line = batch.text.get(origin.start as usize..origin.end as usize)?;
    let at = json_place(line, "/student");
    let column = line.get(..at.start)?.chars().count() + 1;
    Some(SetAside {
        file: origin.file,
        line: origin.line,
        column: u32::try_from(column).unwrap_or(u32::MAX),
        path: "/student".to_owned(),
        student: Some(student.to_owned()),
        problem: RecordProblem::DuplicateStudent { student: student.to_owned(), first },
        excerpt: Some(SetAsideText { text: line.into(), first_line: origin.line, at }),
    })
}

fn read_cut(reader: &mut DossierReader<'_>, catalogue: &Catalogue, cut: Cut) -> Result<Read, SetAside> {
    match cut {
        Cut::Block(block) => {
            let mut batch = Batch::new(catalogue);
            let read = reader.read_block(block, &mut batch);
            Ok(Read { batch, read })
        }
        Cut::SetAside(set_aside) => Err(set_aside),
    }
}
