//! Findings that are drawn for people: all of them, or, of many, the first few and a table of all.

use std::sync::{Arc, PoisonError, RwLock};

use crate::report::finding::Finding;
use crate::report::keys;
use crate::report::order::{beginning, order};
use crate::report::speaker::Speaker;
use crate::report::table::{Counted, Table};
use crate::verdicts::Judgement;

/// So many findings are a handful.
pub(super) const HANDFUL: usize = 10;
/// So many are held before the first few of them are chosen.
const HELD: usize = 2 * HANDFUL;

/// Whether all findings are drawn, however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// The reader asked for one student's.
    All,
    FirstFew,
}

/// What the last finding of a full handful is ordered by: one that comes later is only counted, and nothing needs to be said of it. It only ever moves
/// towards the front, so that whoever looks may look late.
#[derive(Debug, Default)]
pub(crate) struct Last(RwLock<Option<Vec<u8>>>);

impl Last {
    /// What counts of a judgement whose finding comes after the last.
    pub(crate) fn counted(&self, speaker: Speaker<'_>, judgement: &Judgement) -> Option<Counted> {
        let last = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let last = last.as_deref()?;
        let (check, verdict) = (judgement.check, judgement.verdict.kind());
        let student = keys::student(speaker.world, judgement.subject);
        let mut bytes = Vec::with_capacity(64);
        beginning((student, check), (&keys::subject_key(speaker.world, judgement.subject, &judgement.priors), verdict), &mut bytes);
        (bytes.as_slice() > last).then(|| Counted { check, verdict, severity: speaker.severity(judgement), student: student.map(Into::into) })
    }

    fn set(&self, order: &[u8]) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(order.to_vec());
    }
}

/// Findings in the making of a report.
#[derive(Debug)]
pub(crate) struct Handful {
    drawn: Drawn,
    /// Each with what it is ordered by.
    held: Vec<(Vec<u8>, Finding<'static>)>,
    table: Table,
    last: Arc<Last>,
}

impl Handful {
    pub(crate) fn new(drawn: Drawn) -> Self {
        Self { drawn, held: Vec::new(), table: Table::default(), last: Arc::default() }
    }

    /// What a finding must not come after to be drawn.
    pub(crate) fn last(&self) -> Arc<Last> {
        Arc::clone(&self.last)
    }

    /// Add a finding; those of one student come one after the other.
    pub(crate) fn add(&mut self, finding: Finding<'static>) {
        self.table.add(finding.check, finding.verdict, finding.student.as_deref());
        let mut bytes = Vec::new();
        order(&finding, &mut bytes);
        self.held.push((bytes, finding));
        if self.drawn == Drawn::FirstFew && self.held.len() >= HELD {
            self.sort();
            self.held.truncate(HANDFUL);
            if let Some((order, _)) = self.held.last() {
                self.last.set(order);
            }
        }
    }

    /// Count a finding that is not drawn.
    pub(crate) fn count(&mut self, counted: &Counted) {
        self.table.add(counted.check, counted.verdict, counted.student.as_deref());
    }

    fn sort(&mut self) {
        self.held.sort_by(|(left, _), (right, _)| left.cmp(right));
    }

    /// All, or at least the first handful, in the order of reports, and the table of all.
    pub(crate) fn in_order(mut self) -> (Vec<Finding<'static>>, Table) {
        self.sort();
        (self.held.into_iter().map(|(_, finding)| finding).collect(), self.table)
    }
}
