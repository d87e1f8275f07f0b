//! The plain evaluator, which has the last word: it walks one subject's tree, collects the values and the reasons of a finding, and on request keeps
//! the whole tree.
//!
//! `value.rs` says what an expression can be, `evaluator.rs` walks it with the operations of `expressions/`, `near.rs` shortens the walk, `memory.rs` keeps
//! what it would look up again, `judging/` makes a verdict of it, and `trace.rs` keeps what `explain` shows. Add an operation: see `expressions/mod.rs`. Add a
//! clause: see `judging/mod.rs`.

mod evaluator;
mod expressions;
mod judging;
mod memory;
mod near;
mod overrides;
mod subjects;
#[cfg(test)]
mod tests;
mod told;
mod trace;
mod value;

use crate::records::Placed;
use crate::rulebook::{CheckId, Expression};
use crate::verdicts::{Context, Judgement, Named, SubjectRow, World};
use evaluator::{Desk, Evaluator, shown};
use judging::Case;
use memory::Memory;

pub(crate) use evaluator::constant_value;
pub(in crate::verdicts) use judging::TRIED_AT_MOST;
pub(crate) use overrides::{Override, Overrides};
pub(crate) use subjects::{Judged, catalogue_subjects, subjects};
pub(crate) use told::{Teller, told, told_unknown};
pub(crate) use trace::{Note, Recorder, Silent, Step, Trace, Tracing};
pub(crate) use value::{Known, Reasons, Value};

/// Judges one subject after another of the same records, and keeps of a dossier what the next judgement about it needs too.
pub(crate) struct Explainer<'a> {
    pub(crate) context: &'a Context<'a>,
    overrides: &'a Overrides,
    memory: Memory,
}

impl<'a> Explainer<'a> {
    pub(crate) fn new(context: &'a Context<'a>, overrides: &'a Overrides) -> Self {
        Self { context, overrides, memory: Memory::default() }
    }

    /// The verdict of a check about one subject, and for a sequentiality about one edge of it.
    pub(crate) fn judge(&self, check: CheckId, (subject, edge): Judged) -> Judgement {
        self.memory.forget_computed();
        let desk = Desk { world: World::new(*self.context), overrides: self.overrides, memory: &self.memory, aside: &self.memory };
        Case::new(Evaluator::new(desk, Silent), check, subject, edge).judge()
    }
}

/// The verdict of a check about one subject, and for a sequentiality about one edge of it.
pub(crate) fn judge(context: &Context<'_>, check: CheckId, judged: Judged, overrides: &Overrides) -> Judgement {
    Explainer::new(context, overrides).judge(check, judged)
}

/// The same verdict with the tree that led to it.
pub(crate) fn explain(context: &Context<'_>, check: CheckId, (subject, edge): Judged, overrides: &Overrides) -> (Judgement, Vec<Trace>) {
    let (memory, aside) = (Memory::default(), Memory::default());
    let desk = Desk { world: World::new(*context), overrides, memory: &memory, aside: &aside };
    let mut case = Case::new(Evaluator::new(desk, Tracing::default()), check, subject, edge);
    let judgement = case.judge();
    (judgement, case.evaluator.recorder.finish())
}

/// The value of an expression for a subject: a place in a message.
pub(crate) fn value_of(context: &Context<'_>, expression: &Expression, subject: SubjectRow, overrides: &Overrides) -> Named {
    let world = World::new(*context);
    let memory = Memory::default();
    let mut evaluator = Evaluator::new(Desk { world, overrides, memory: &memory, aside: &memory }, Silent);
    evaluator.set_this(subject);
    let value = evaluator.value(expression);
    Named { name: String::new(), value: shown(&value, expression, world), raw: None, at: None::<Placed> }
}
