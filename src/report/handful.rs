//! Findings that are drawn for people: all of them, or, of many, the first few and a table of all.

use crate::report::finding::Finding;
use crate::report::order::order;
use crate::report::table::Table;

/// So many findings are a handful.
pub(super) const HANDFUL: usize = 10;
/// So many are held before the first few of them are chosen.
const HELD: usize = 1000;

/// Whether all findings are drawn, however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// The reader asked for one student's.
    All,
    FirstFew,
}

/// Findings in the making of a report.
#[derive(Debug)]
pub(crate) struct Handful {
    drawn: Drawn,
    /// Each with what it is ordered by.
    held: Vec<(Vec<u8>, Finding)>,
    table: Table,
}

impl Handful {
    pub(crate) fn new(drawn: Drawn) -> Self {
        Self { drawn, held: Vec::new(), table: Table::default() }
    }

    /// Add a finding; those of one student come one after the other.
    pub(crate) fn add(&mut self, finding: Finding) {
        self.table.add(&finding);
        self.held.push((order(&finding), finding));
        if self.drawn == Drawn::FirstFew && self.held.len() >= HELD {
            self.sort();
            self.held.truncate(HANDFUL);
        }
    }

    fn sort(&mut self) {
        self.held.sort_by(|(left, _), (right, _)| left.cmp(right));
    }

    /// All, or at least the first handful, in the order of reports, and the table of all.
    pub(crate) fn in_order(mut self) -> (Vec<Finding>, Table) {
        self.sort();
        (self.held.into_iter().map(|(_, finding)| finding).collect(), self.table)
    }
}
