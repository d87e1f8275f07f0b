//! A compiled plan that judges batches of dossiers a column at a time. It settles what is plainly satisfied, excepted, not applicable or not yet due, and
//! hands every other row to the other evaluator: where it says something, that evaluator says the same.
//!
//! `compile/` makes a plan from a rulebook; `program.rs` and `operations.rs` are the plan as data; `machine.rs` runs it over a batch with the loops of `kernels/`; `facts.rs`
//! and `demands.rs` say what the words of facts and the edges mean; `ladder.rs` tells whose rows are whose; `tables.rs` holds what is worked out once from the
//! catalogue.

#![allow(clippy::wildcard_enum_match_arm, reason = "what the plan does not name goes to the other evaluator, and a new variant must go there too")]

#[cfg(test)]
mod cases;
mod column;
mod comparison;
mod compile;
mod demands;
mod facts;
mod inputs;
mod kernels;
mod ladder;
mod machine;
mod operations;
mod program;
#[cfg(test)]
mod random_orders;
#[cfg(test)]
mod random_rules;
mod tables;
#[cfg(test)]
pub(super) mod tests;
mod wide;

use crate::records::{Batch, Catalogue};
use crate::rulebook::{CheckId, EdgeId, Rulebook};
use crate::verdicts::{Context, World};
use crate::vocabulary::{Cell, Subject};

use chrono::NaiveDate;
use column::{FALSE, TRUE, Truth, UNKNOWN};
use machine::Frame;
use program::{Domain, DomainId, Node, NodeId};
use wide::widely;

pub(crate) use compile::Unplanned;
pub(crate) use machine::Memory;

/// What a plan says of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Outcome {
    NotApplicable,
    Satisfied,
    NotYetDue,
    Excepted,
    /// The other evaluator tells.
    Explain,
    /// Not a row that is judged at all.
    NotJudged,
}

impl Outcome {
    /// How many of these are this one.
    pub(crate) fn count(self, outcomes: &[Self]) -> u64 {
        // As many together as a byte counts, which is many times faster than one by one.
        let of_some = |outcomes: &[Self]| u64::from(outcomes.iter().map(|outcome| u8::from(*outcome == self)).sum::<u8>());
        outcomes.chunks(u8::MAX as usize).map(of_some).sum()
    }
}

/// Rows of one check in a batch, with what the plan says of each.
pub(crate) struct Judged<'a> {
    pub(crate) check: CheckId,
    pub(crate) subject: Subject,
    pub(crate) rows: &'a [Cell],
    /// For a sequentiality the edges, as the plan numbers them, and what they are in the rulebook.
    edges: Option<(&'a [Cell], &'a demands::Lines)>,
    pub(crate) outcomes: &'a [Outcome],
}

impl Judged<'_> {
    /// The edge of a row, for a sequentiality.
    pub(crate) fn edge(&self, index: usize) -> Option<EdgeId> {
        let (edges, lines) = self.edges?;
        edges.get(index).and_then(|edge| lines.edge(*edge))
    }
}

/// A rulebook made ready for batches.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    program: Program,
    checks: Vec<CheckPlan>,
    /// Checks that have no columns at all.
    left_out: Vec<CheckId>,
    #[cfg_attr(not(test), allow(dead_code, reason = "tests hold that nothing shipped is left unplanned"))]
    unplanned: Vec<(CheckId, Unplanned)>,
    year: i32,
    as_of: NaiveDate,
}

impl Plan {
    /// Those of the checks that are about dossiers; those of the catalogue are judged once, elsewhere.
    pub(crate) fn compile(rulebook: &Rulebook, catalogue: &Catalogue, (year, as_of): (i32, NaiveDate), checks: &[CheckId]) -> Self {
        let nobody = Batch::new(catalogue);
        let context = Context { rulebook, catalogue, batch: &nobody, year, as_of };
        let compiled = compile::compile(context, checks);
        let is_planned = |check: &&CheckId| compiled.checks.iter().any(|plan| plan.check == **check);
        let of_dossiers = checks.iter().filter(|check| !rulebook.check(**check).subject.is_of_catalogue());
        let left_out = of_dossiers.filter(|check| !is_planned(check)).copied().collect();
        Self { program: compiled.program, checks: compiled.checks, left_out, unplanned: compiled.unplanned, year, as_of }
    }

    #[cfg(test)]
    /// What no column can run: every row of these checks that it decides is left to the other evaluator.
    pub(crate) fn unplanned(&self) -> &[(CheckId, Unplanned)] {
        &self.unplanned
    }

    /// The checks of dossiers that it was made for.
    pub(crate) fn checks(&self) -> impl Iterator<Item = CheckId> {
        // The rows of a sequentiality have two plans, one after the other.
        let planned = self.checks.chunk_by(|one, next| one.check == next.check).filter_map(|plans| plans.first());
        planned.map(|plan| plan.check).chain(self.left_out.iter().copied())
    }

    /// Checks of which it says nothing: all their rows are left to the other evaluator.
    pub(crate) fn left_out(&self) -> &[CheckId] {
        &self.left_out
    }

    /// A batch in the year and on the day that the plan is made for.
    pub(crate) fn context<'a>(&self, rulebook: &'a Rulebook, catalogue: &'a Catalogue, batch: &'a Batch) -> Context<'a> {
        Context { rulebook, catalogue, batch, year: self.year, as_of: self.as_of }
    }

    /// Judge a batch; each row of a check is handed over once. INVARIANT: the context is the plan's own.
    pub(crate) fn judge(&self, context: &Context<'_>, memory: &mut Memory, mut hand: impl FnMut(&Judged<'_>)) {
        let world = World::new(*context);
        machine::run(&self.program, world, memory);
        let mut outcomes = std::mem::take(&mut memory.outcomes);
        for plan in &self.checks {
            let frame = memory.frame(&self.program, world);
            outcomes.clear();
            plan.outcomes(&frame, &mut outcomes);
            hand(&Judged {
                check: plan.check,
                subject: plan.subject,
                rows: frame.cells(plan.rows.judged),
                edges: plan.rows.edges.map(|edges| (frame.cells(edges), &self.program.lines)),
                outcomes: &outcomes,
            });
        }
        memory.outcomes = outcomes;
    }
}

/// The compiled plan: nodes, domains, and what is worked out once.
#[derive(Debug, Clone)]
struct Program {
    nodes: Vec<Node>,
    domains: Vec<Domain>,
    /// The rows of domains of pairs that are the same for every batch.
    extents: Vec<Option<machine::Extent>>,
    /// For domains of pairs with elements of the catalogue, the list they come from.
    lists: Vec<Option<tables::CatalogueList>>,
    tables: Vec<tables::LookUpTable>,
    /// What is asked about in the facts of students, unit by unit.
    units_asked: Vec<tables::UnitList>,
    edges: Vec<demands::EdgeSet>,
    /// The parts of every kind of sequentiality, as rules and exceptions say.
    parts: Vec<demands::PartsOfKinds>,
    facts: facts::FactTable,
    fact_nodes: Option<FactNodes>,
    serves: kernels::Serves,
    units: tables::Units,
    lines: demands::Lines,
    steps: Vec<Step>,
    registers: RegisterCounts,
}

/// The columns that words of facts are looked up in.
#[derive(Debug, Clone, Copy)]
struct FactNodes {
    /// Which combination of semester, outcome and kind each entry is.
    combinations: NodeId,
    entry_words: NodeId,
    entry_classes: NodeId,
    exemption_words: NodeId,
    exemption_classes: NodeId,
}

/// One step of a run.
#[derive(Debug, Clone)]
enum Step {
    /// Lay out the rows of a domain of pairs.
    LayOut(DomainId),
    /// Fill the column of a node.
    Fill(NodeId),
    /// Fill columns that look into the facts of each student, on one walk over the students.
    Walk(Vec<NodeId>),
}

impl Step {
    /// The nodes whose columns it fills.
    fn fills(&self) -> &[NodeId] {
        match self {
            Self::LayOut(_) => &[],
            Self::Fill(node) => std::slice::from_ref(node),
            Self::Walk(nodes) => nodes,
        }
    }
}

/// How many columns of each shape are in memory at once.
#[derive(Debug, Clone, Copy, Default)]
struct RegisterCounts {
    truths: u32,
    cells: u32,
    numbers: u32,
    fractions: u32,
    words: u32,
}

/// The rows that a check judges.
#[derive(Debug, Clone, Copy)]
struct Rows {
    judged: NodeId,
    edges: Option<NodeId>,
    /// Whether the row is judged at all.
    counts: Option<NodeId>,
}

/// What a requirement that is not met may be in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unmet {
    False,
    /// What is unknown is surely missing.
    FalseOrUnknown,
}

/// One check as columns over the rows that it judges.
#[derive(Debug, Clone)]
struct CheckPlan {
    check: CheckId,
    subject: Subject,
    rows: Rows,
    /// Whether the check is about the row.
    applies: Option<NodeId>,
    /// Whether somebody must decide.
    needs: Option<NodeId>,
    /// Whether any exception applies.
    exceptions: Option<NodeId>,
    /// Whether it is not met, and lifted.
    excepted: Option<NodeId>,
    met: NodeId,
    unmet: Unmet,
    /// The event has not happened, and there is time.
    waiting: Option<NodeId>,
    /// The event has not happened, and need not.
    lapsed: Option<NodeId>,
    /// The day from which it is judged is yet to come.
    later: Option<NodeId>,
}

impl CheckPlan {
    fn new(subject: Subject, rows: Rows, met: NodeId) -> Self {
        Self {
            check: CheckId(u32::MAX),
            subject,
            rows,
            applies: None,
            needs: None,
            exceptions: None,
            excepted: None,
            met,
            unmet: Unmet::False,
            waiting: None,
            lapsed: None,
            later: None,
        }
    }

    /// Every column that a verdict looks at.
    fn nodes(&self) -> Vec<NodeId> {
        let always = [self.rows.judged, self.met];
        let conditions = [self.applies, self.needs, self.exceptions, self.excepted];
        let days = [self.waiting, self.lapsed, self.later];
        let perhaps = [self.rows.edges, self.rows.counts].into_iter().chain(conditions).chain(days);
        always.into_iter().chain(perhaps.flatten()).collect()
    }

    /// What comes of each row: first whether the requirement is met, then, one over the other, what goes before that.
    fn outcomes(&self, frame: &Frame<'_>, out: &mut Vec<Outcome>) {
        let met = frame.truths(self.met);
        kernels::answers(out, met, |met| if met == TRUE { Outcome::Satisfied } else { Outcome::Explain });
        if let Some(later) = self.later {
            self.not_yet_judged(frame, later, out);
        }
        let chosen = |holds: bool, then: Outcome, otherwise: Outcome| if holds { then } else { otherwise };
        over(frame, self.excepted, out, |excepted, outcome| chosen(excepted == TRUE, Outcome::Excepted, outcome));
        over(frame, self.waiting, out, |waiting, outcome| chosen(waiting == TRUE, Outcome::NotYetDue, outcome));
        over(frame, self.lapsed, out, |lapsed, outcome| chosen(lapsed == TRUE, Outcome::NotApplicable, outcome));
        over(frame, self.needs, out, |needs, outcome| chosen(needs != FALSE, Outcome::Explain, outcome));
        over(frame, self.applies, out, |applies, outcome| {
            let unless_unknown = chosen(applies == TRUE, outcome, Outcome::Explain);
            chosen(applies == FALSE, Outcome::NotApplicable, unless_unknown)
        });
        over(frame, self.rows.counts, out, |counts, outcome| chosen(counts != TRUE, Outcome::NotJudged, outcome));
    }

    /// What is surely not met, or not known, while the day from which it is judged is yet to come.
    fn not_yet_judged(&self, frame: &Frame<'_>, later: NodeId, out: &mut [Outcome]) {
        let most = if self.unmet == Unmet::FalseOrUnknown { UNKNOWN } else { FALSE };
        let rows = out.iter_mut().zip(frame.truths(self.met)).zip(frame.truths(later));
        let unmet = rows.map(|((outcome, met), later)| (outcome, *met <= most && *later == TRUE));
        match self.exceptions.map(|exceptions| frame.truths(exceptions)) {
            None => unmet.filter(|(_, unmet)| *unmet).for_each(|(outcome, _)| *outcome = Outcome::NotYetDue),
            Some(exceptions) => {
                let unmet = unmet.zip(exceptions).filter(|((_, unmet), exception)| *unmet && **exception == FALSE);
                unmet.for_each(|((outcome, _), _)| *outcome = Outcome::NotYetDue);
            }
        }
    }
}

/// What a column, where a check has it, makes of the outcomes so far.
fn over(frame: &Frame<'_>, column: Option<NodeId>, out: &mut [Outcome], says: impl Fn(Truth, Outcome) -> Outcome) {
    let Some(column) = column else { return };
    let truths = frame.truths(column);
    widely(|| out.iter_mut().zip(truths).for_each(|(outcome, truth)| *outcome = says(*truth, *outcome)));
}
