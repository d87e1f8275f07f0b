//! The plain evaluator, which has the last word: it walks one subject's tree, collects the values and the reasons of a finding, and on request keeps
//! the whole tree.
//!
//! `value.rs` says what an expression can be, `evaluator.rs` walks it with the operations of `expressions/`, `judging/` makes a verdict of it, and
//! `trace.rs` keeps what `explain` shows. Add an operation: see `expressions/mod.rs`. Add a clause: see `judging/mod.rs`.

mod evaluator;
mod expressions;
mod judging;
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
use evaluator::{Evaluator, shown};
use judging::Case;

pub(crate) use evaluator::constant_value;
pub(in crate::verdicts) use judging::TRIED_AT_MOST;
pub(crate) use overrides::{Override, Overrides};
pub(crate) use subjects::{Judged, catalogue_subjects, subjects};
pub(crate) use told::{Teller, told, told_unknown};
pub(crate) use trace::{Note, Recorder, Silent, Step, Trace, Tracing};
pub(crate) use value::{Known, Reasons, Value};

/// The verdict of a check about one subject, and for a sequentiality about one edge of it.
pub(crate) fn judge(context: &Context<'_>, check: CheckId, (subject, edge): Judged, overrides: &Overrides) -> Judgement {
    let evaluator = Evaluator::new(World::new(*context), overrides, Silent);
    Case::new(evaluator, check, subject, edge).judge()
}

/// The same verdict with the tree that led to it.
pub(crate) fn explain(context: &Context<'_>, check: CheckId, (subject, edge): Judged, overrides: &Overrides) -> (Judgement, Vec<Trace>) {
    let evaluator = Evaluator::new(World::new(*context), overrides, Tracing::default());
    let mut case = Case::new(evaluator, check, subject, edge);
    let judgement = case.judge();
    (judgement, case.evaluator.recorder.finish())
}

/// The value of an expression for a subject: a place in a message.
pub(crate) fn value_of(context: &Context<'_>, expression: &Expression, subject: SubjectRow, overrides: &Overrides) -> Named {
    let world = World::new(*context);
    let mut evaluator = Evaluator::new(world, overrides, Silent);
    evaluator.set_this(subject);
    let value = evaluator.value(expression);
    Named { name: String::new(), value: shown(&value, expression, world), raw: None, at: None::<Placed> }
}
