//! A whole cohort on all threads: workers take turns to take a block of records, read and judge it alone, and what they found goes on in the order of the
//! blocks, so that the number of threads changes nothing. Few blocks are in memory at a time, whatever the size of the cohort.
//!
//! `queue.rs` hands blocks out, `turns.rs` keeps their order, and `results.rs` hands on what came of them; `block.rs` judges one block: the plan settles what is
//! plain, and the other evaluator tells the rest. Opening files, and what becomes of a judgement, is left to the caller.

mod block;
mod queue;
mod results;
#[cfg(test)]
mod tests;
mod turns;

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::records::{Kept, Reading, SetAside, Undeclared};
use crate::rulebook::{CheckId, Rulebook};
use crate::verdicts::plan::Plan;
use crate::verdicts::{Context, Judgement, SubjectRow, Tally};

pub(crate) use turns::run;

/// A lock that another worker's panic has not spoiled: every change under it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a row is looked at.
pub(crate) type Wanted<'a> = dyn Fn(&Context<'_>, SubjectRow) -> bool + Sync + 'a;

/// What a cohort is judged by, and who and what is looked at.
pub(crate) struct Cohort<'a, T> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) reading: &'a Reading<'a>,
    /// The checks of dossiers that are looked at, made ready.
    pub(crate) plan: &'a Plan,
    /// The names of the files, by their numbers.
    pub(crate) file_names: &'a [String],
    /// Empty for all students.
    pub(crate) students: &'a BTreeSet<String>,
    /// The rows that are looked at; nothing for all.
    pub(crate) rows: Option<&'a Wanted<'a>>,
    pub(crate) told: Told,
    /// What becomes of a judgement while its dossier is at hand: something is added to what is told of the block.
    pub(crate) tell: &'a (dyn Fn(&Context<'_>, &Judgement, &mut Vec<T>) + Sync),
}

/// Which verdicts are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Findings,
    AllVerdicts,
}

/// What came of one block.
#[derive(Debug)]
pub(crate) struct BlockJudged<T> {
    /// In the order of students, checks and rows.
    pub(crate) told: Vec<T>,
    /// By the number of the check.
    pub(crate) tallies: Vec<Tally>,
    pub(crate) dossiers: u64,
    pub(crate) bytes: u64,
    /// What was read, with what was set aside of it.
    pub(crate) records: u64,
    /// What could not be read, and dossiers of students who have one already.
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) undeclared: Undeclared,
    /// Those of the students asked for that are in the block.
    pub(crate) found: Vec<String>,
    pub(crate) failed: Vec<Failed>,
    /// Why it is not known which students have a dossier already.
    pub(crate) unkept: Option<io::Error>,
}

impl<T> BlockJudged<T> {
    pub(crate) fn new(checks: usize) -> Self {
        Self {
            told: Vec::new(),
            tallies: vec![Tally::default(); checks],
            dossiers: 0,
            bytes: 0,
            records: 0,
            set_aside: Vec::new(),
            undeclared: Undeclared::default(),
            found: Vec::new(),
            failed: Vec::new(),
            unkept: None,
        }
    }

    pub(crate) fn tally(&mut self, check: CheckId, kind: crate::verdicts::VerdictKind) {
        if let Some(tally) = self.tallies.get_mut(check.0 as usize) {
            tally.add(kind, 1);
        }
    }
}

/// A student on whom the engine failed, and why: no verdict about that student counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) student: String,
    pub(crate) reason: String,
    /// The number of the file, and the line; nothing where all of a block could not be read.
    pub(crate) place: Option<(u32, u32)>,
    pub(crate) record: Kept,
}
