//! What came of a cohort: findings, counts, and what was set aside.

use std::collections::BTreeSet;
use std::io;

use crate::cli::cohort::aside::{Aside, Telling};
use crate::cli::problems::AskedProblem;
use crate::cli::results::{Lines, unkept};
use crate::cli::session::{Session, Stop};
use crate::problems::Manner;
use crate::records::Undeclared;
use crate::report::{Counts, Drawn, Handful, Spoken};
use crate::rulebook::Severity;
use crate::verdicts::Tally;
use crate::verdicts::in_parallel::{BlockJudged, Failed};

/// What came of a cohort.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) findings: Handful,
    /// What a format made of the findings instead.
    pub(crate) lines: Lines,
    worst: Option<Severity>,
    /// Why findings, or who has been read, could not be kept.
    pub(super) unkept: Option<io::Error>,
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
    pub(super) fn new(drawn: Drawn, lines: Lines) -> Self {
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

    pub(super) fn take(&mut self, judged: BlockJudged<Spoken>, told: (Option<Telling<'_>>, &[String])) {
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

/// Say on stderr what was set aside, in the order of the files, on whom the engine failed, and what nobody declared.
pub(crate) fn say_aside(session: &mut Session, checked: &mut Checked) -> Result<(), Stop> {
    if session.manner == Some(Manner::Concise) {
        let console = session.console;
        checked.aside.each_told(|line| console.say(line)).map_err(|error| session.stop(unkept(&error)))?;
    } else {
        let (first, counts) = checked.aside.drawn(&checked.names, &mut session.sources);
        session.console.first_problems((&first, &counts), &session.sources, session.manner);
    }
    for Failed { student, reason, .. } in &checked.failed {
        session.add(AskedProblem::EngineFailed { student: student.clone(), reason: reason.clone() });
    }
    for warning in checked.undeclared.warnings() {
        session.add(warning);
    }
    session.say_problems();
    Ok(())
}
