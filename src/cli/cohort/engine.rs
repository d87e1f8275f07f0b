//! Judging a cohort: the catalogue once, then the files block by block on all threads; only findings and counts stay.

use std::collections::BTreeSet;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;
use tempfile::SpooledTempFile;

use crate::cli::cohort::aside::{Aside, Telling};
use crate::cli::cohort::judging::Judging;
use crate::cli::cohort::quarantine::Quarantine;
use crate::cli::cohort::selection::Selection;
use crate::cli::input::{self, RecordsHash};
use crate::cli::problems::{FileProblem, ProjectProblem};
use crate::cli::progress::Bar;
use crate::cli::project::load::Loaded;
use crate::cli::results::{Lines, unkept};
use crate::cli::session::{Session, Stop};
use crate::records::{Headings, Reading, Students, Undeclared};
use crate::report::{About, Counts, Detail, Drawn, Handful, Languages, LineFormat, Spoken, programme_of};
use crate::rulebook::Severity;
use crate::verdicts::in_parallel::{self, BlockJudged, Cohort, Failed};
use crate::verdicts::plan::Plan;
use crate::verdicts::{Context, Judgement, SubjectRow, Tally};

/// So many bytes of names of students that are no numbers stay in memory.
const NAMES_IN_MEMORY: usize = 1 << 20;

/// How a cohort is judged.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The first calendar year of the academic year under check.
    pub(crate) year: i32,
    pub(crate) as_of: NaiveDate,
    pub(crate) threads: Option<usize>,
    pub(crate) detail: Detail,
    /// The format that makes lines of findings; nothing keeps the findings.
    pub(crate) lines: Option<LineFormat>,
    /// How many of the findings are kept.
    pub(crate) drawn: Drawn,
    /// What is said of each record that is set aside; otherwise the first of each kind are drawn.
    pub(crate) each_aside: Option<Telling<'a>>,
    pub(crate) languages: &'a Languages,
    pub(crate) hash: RecordsHash,
    pub(crate) headings: &'a Headings,
}

/// What came of a cohort.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) findings: Handful,
    /// What a format made of the findings instead.
    pub(crate) lines: Lines,
    worst: Option<Severity>,
    /// Why findings, or who has been read, could not be kept.
    unkept: Option<io::Error>,
    /// How many verdicts each check gave, by the check's number.
    pub(crate) tallies: Vec<Tally>,
    pub(crate) dossiers: u64,
    pub(crate) aside: Aside,
    pub(crate) undeclared: Undeclared,
    /// Those of the students asked for that were found.
    pub(crate) found: BTreeSet<String>,
    /// Students on whom the engine failed, and why.
    pub(crate) failed: Vec<Failed>,
    pub(crate) records_hash: String,
    /// The names of files and tables, by their number.
    pub(crate) names: Vec<String>,
}

impl Checked {
    fn new(drawn: Drawn, lines: Lines) -> Self {
        Self {
            findings: Handful::new(drawn),
            lines,
            worst: None,
            unkept: None,
            tallies: Vec::new(),
            dossiers: 0,
            aside: Aside::default(),
            undeclared: Undeclared::default(),
            found: BTreeSet::new(),
            failed: Vec::new(),
            records_hash: String::new(),
            names: Vec::new(),
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut verdicts = Tally::default();
        self.tallies.iter().for_each(|tally| verdicts.merge(tally));
        let set_aside = self.aside.count() + self.failed.len();
        Counts { dossiers: self.dossiers, verdicts, set_aside: u64::try_from(set_aside).unwrap_or(u64::MAX), worst: self.worst }
    }

    /// Whether the files held no record at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.dossiers == 0 && self.failed.is_empty() && self.aside.is_of_nothing()
    }

    fn take(&mut self, judged: BlockJudged<Spoken>, told: (Option<Telling<'_>>, &[String])) {
        judged.told.into_iter().for_each(|spoken| self.keep(spoken));
        if self.unkept.is_none() {
            self.unkept = self.lines.between_students().err();
        }
        self.tallies.resize(self.tallies.len().max(judged.tallies.len()), Tally::default());
        self.tallies.iter_mut().zip(&judged.tallies).for_each(|(total, tally)| total.merge(tally));
        self.dossiers += judged.dossiers;
        self.found.extend(judged.found);
        self.failed.extend(judged.failed);
        self.unkept = self.unkept.take().or(judged.unkept);
        let kept = judged.set_aside.into_iter().try_for_each(|set_aside| self.aside.add(set_aside, told));
        self.unkept = self.unkept.take().or(kept.err());
        self.undeclared.append(judged.undeclared);
    }

    fn keep(&mut self, spoken: Spoken) {
        self.worst = self.worst.max(spoken.weight());
        match spoken {
            Spoken::Finding(finding) => self.findings.add(*finding),
            Spoken::Counted(counted) => self.findings.count(&counted),
            Spoken::Lines(_) if self.unkept.is_some() => {}
            Spoken::Lines(lines) => self.unkept = lines.lines().try_for_each(|line| self.lines.add(line)).err(),
        }
    }
}

/// Judge the catalogue, and every dossier of the files.
pub(crate) fn check(
    session: &mut Session,
    loaded: &Loaded,
    (files, selection): (&[PathBuf], &Selection),
    (settings, quarantine, lines): (&Settings<'_>, &mut Quarantine, Lines),
) -> Result<Checked, Stop> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| session.stop(FileProblem::NoThreads { reason: error.to_string().to_lowercase() }))?;
    let opened = input::open(session, files, settings.headings, settings.hash)?;
    let bar = Bar::of_bytes(session.console, opened.size, settings.languages.reader);
    let plan = Plan::compile(&loaded.rulebook, &loaded.catalogue, (settings.year, settings.as_of), &selection.checks);
    let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, settings.year);
    let names = opened.names.clone();
    let Settings { languages, year, as_of, .. } = *settings;
    let about = About { rulebook: &loaded.rulebook, sources: &session.sources, files: &names, languages, year, as_of };
    let mut checked = Checked::new(settings.drawn, lines);
    let last = checked.findings.last();
    let judging = Judging { loaded, selection, settings, about, last: &last };
    let of_programmes = |context: &Context<'_>, row: SubjectRow| selection.has_programme(programme_of(context, row));
    let cohort = Cohort {
        rulebook: &loaded.rulebook,
        reading: &reading,
        plan: &plan,
        file_names: &names,
        students: &selection.students,
        rows: if selection.programmes.is_empty() { None } else { Some(&of_programmes) },
        told: selection.reported.into(),
        tell: &|context: &Context<'_>, judgement: &Judgement, told: &mut Vec<Spoken>| judging.tell(context, judgement, told),
    };
    let (hash, notes) = (opened.hash.clone(), opened.notes.clone());
    pool.install(|| {
        let read = (opened.cuts(), Students::new(Box::new(SpooledTempFile::new(NAMES_IN_MEMORY))));
        in_parallel::run(&cohort, read, &mut |mut judged: BlockJudged<Spoken>| {
            bar.advance(judged.bytes);
            let onward = quarantine.keep(&mut judged, &names);
            checked.take(judged, (settings.each_aside, &names));
            bar.say(|elapsed| checked.counts().so_far(languages.reader, elapsed));
            if checked.unkept.is_some() { ControlFlow::Break(()) } else { onward }
        });
        // Last, as in every report.
        checked.take(judging.catalogue(), (None, &[]));
    });
    checked.records_hash = hash.finish();
    bar.finish();
    refuse(session, &mut checked, &names)?;
    refuse_unmapped(session, &checked.undeclared, settings.headings)?;
    quarantine.stop_on_faults(session)?;
    if let Some(error) = checked.unkept.take() {
        return Err(session.stop(unkept(&error)));
    }
    notes.take().into_iter().for_each(|note| session.add(note));
    checked.names = names;
    Ok(checked)
}

/// Nothing is told of records of which a field is missing that somebody says is there.
pub(crate) fn refuse_unmapped(session: &mut Session, undeclared: &Undeclared, headings: &Headings) -> Result<(), Stop> {
    for (subject, field, _) in undeclared.fields() {
        if let Some((table, name)) = headings.unread(subject, field) {
            session.add(ProjectProblem::NotMapped { field: format!("{}.{field}", subject.word()), table, name: name.to_owned() });
        }
    }
    session.stop_on_errors()
}

/// Nothing is told of records of which nothing can be trusted.
fn refuse(session: &mut Session, checked: &mut Checked, names: &[String]) -> Result<(), Stop> {
    let refused = checked.aside.refused();
    for set_aside in &refused {
        let name = names.get(set_aside.file as usize).map_or("", String::as_str);
        let problem = set_aside.problem(name, &mut session.sources);
        session.console.problems(&[problem], &session.sources, session.manner);
    }
    if refused.is_empty() { Ok(()) } else { Err(Stop) }
}
