//! One verdict about one subject: the order of judgement in `order.rs`, and a file for each thing that it asks.
//!
//! Add a clause: its question here in a file of its own, its place in `order.rs`, and a case in `tests/cases/verdicts`.

mod bound;
mod condition;
mod deadline;
mod decisions;
mod demands;
mod exceptions;
mod order;
mod sequentiality;
mod units;
mod why;
mod words;

use chrono::NaiveDate;

use crate::records::{CodeId, Placed};
use crate::rulebook::{Check, CheckId, Edge, EdgeId, ExceptionId};
use crate::source::Span;
use crate::verdicts::explain::evaluator::{Desk, Evaluator};
use crate::verdicts::explain::{Reasons, Recorder, Silent};
use crate::verdicts::{Named, NamedValue, SubjectRow};

pub(in crate::verdicts) use order::TRIED_AT_MOST;

/// One subject under one check, and the walk over its expressions.
pub(super) struct Case<'a, R> {
    pub(super) evaluator: Evaluator<'a, R>,
    id: CheckId,
    pub(super) check: &'a Check,
    pub(super) subject: SubjectRow,
    pub(super) edge_id: Option<EdgeId>,
    pub(super) edge: Option<&'a Edge>,
}

impl<'a, R: Recorder> Case<'a, R> {
    pub(super) fn new(mut evaluator: Evaluator<'a, R>, id: CheckId, subject: SubjectRow, edge_id: Option<EdgeId>) -> Self {
        let rulebook = evaluator.world.context.rulebook;
        let edge = edge_id.map(|edge| rulebook.edge(edge));
        evaluator.set_this(subject);
        evaluator.judged_edge = edge;
        Self { evaluator, id, check: rulebook.check(id), subject, edge_id, edge }
    }

    /// The same case with nobody listening: for looking again.
    fn quiet(&self) -> Case<'a, Silent> {
        let desk = self.evaluator.desk;
        if self.evaluator.was_too_deep {
            desk.aside.forget_computed();
        }
        let evaluator = Evaluator::new(Desk { memory: desk.aside, ..desk }, Silent);
        Case::new(evaluator, self.id, self.subject, self.edge_id)
    }
}

/// What comes of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Met,
    NotMet,
    /// `done E if any`, without the event.
    NotApplicable,
    /// The last day, where one is known.
    NotYetDue(Option<NaiveDate>),
    /// Somebody's permission would do: the roles.
    Asks(Vec<String>),
    Unknown(Reasons),
}

/// A requirement's outcome with what a finding says of it.
#[derive(Debug, Clone)]
struct Demanded {
    outcome: Outcome,
    values: Vec<Named>,
    failing: Vec<NamedValue>,
    /// The prior units that are not met, or not known to be.
    priors: Vec<CodeId>,
    /// The clause that demands it.
    clause: Span,
    broken_at: Option<Placed>,
    /// The exception to be told, where several change the requirement.
    exception: Option<ExceptionId>,
}

impl Demanded {
    fn new(outcome: Outcome, clause: Span) -> Self {
        Self { outcome, values: Vec::new(), failing: Vec::new(), priors: Vec::new(), clause, broken_at: None, exception: None }
    }
}

/// A value of a finding that has no rounding and no place.
fn named(name: &str, value: NamedValue) -> Named {
    Named { name: name.to_owned(), value, raw: None, at: None }
}
