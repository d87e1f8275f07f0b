//! Exceptions: labels that are unique, what each puts in the requirement's place, and which of them win.

use crate::rulebook::from_syntax::checks::{Reading, per};
use crate::rulebook::from_syntax::clauses::{Clauses, Within};
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::did_you_mean::did_you_mean_or_list;
use crate::rulebook::from_syntax::graph::Graph;
use crate::rulebook::from_syntax::requirements::prior_parts;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::ExceptionProblem;
use crate::rulebook::{Bound, Constant, Effect, Exception, ExceptionId, Expression, ExpressionKind, Requirement, Side, SideChange, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Clause, ClauseKind};
use crate::syntax::expression as written;

/// An `except` clause taken apart.
struct Written<'a> {
    label: &'a ast::Word,
    over: &'a [ast::Word],
    condition: &'a written::Expression,
    replacement: Option<&'a [Clause]>,
    clause: &'a Clause,
}

fn take_apart(clause: &Clause) -> Option<Written<'_>> {
    let ClauseKind::Except { label, over, condition, replacement } = &clause.kind else { return None };
    Some(Written { label, over, condition, replacement: replacement.as_deref(), clause })
}

impl Compiler<'_> {
    /// In the order of their labels.
    pub(super) fn exceptions(&mut self, reading: &Reading<'_>, requirement: Option<&Requirement>) -> Vec<Exception> {
        let mut written: Vec<Written<'_>> = reading.clauses.exceptions.iter().filter_map(|clause| take_apart(clause)).collect();
        written.sort_by(|one, other| one.label.value.cmp(&other.label.value));
        self.labels_unique(&mut written);
        let labels: Vec<&str> = written.iter().map(|exception| exception.label.value.as_str()).collect();
        let only_decides = reading.clauses.is_empty_of_requirements();
        let mut over = Graph::new(written.len());
        let mut exceptions = Vec::new();
        for (index, exception) in written.iter().enumerate() {
            if only_decides && !reading.clauses.has_junk && requirement.is_none() && !reading.clauses.needs_decision.is_empty() {
                let (label, at) = (exception.label.value.clone(), exception.label.span);
                self.report(at, ExceptionProblem::NothingRequired { label, at });
            }
            let winners = self.over(exception, &labels);
            for id in &winners {
                over.add(index, id.0 as usize);
            }
            // INVARIANT: ids are places in this list, so a broken exception keeps its place.
            exceptions.push(self.exception(reading, exception, (requirement, winners)));
        }
        for circle in over.circles() {
            let names: Vec<String> = circle.iter().chain(circle.first()).map(|index| format!("`{}`", labels[*index])).collect();
            let at = written[circle[0]].label.span;
            self.report(at, ExceptionProblem::OverItself { circle: names.join(" over "), at });
        }
        exceptions
    }

    fn labels_unique(&mut self, written: &mut Vec<Written<'_>>) {
        let mut twice: Vec<(String, Span)> = Vec::new();
        written.dedup_by(|next, first| {
            let same = next.label.value == first.label.value;
            if same {
                let later = if next.label.span.start > first.label.span.start { next.label.span } else { first.label.span };
                twice.push((next.label.value.clone(), later));
            }
            same
        });
        for (label, at) in twice {
            self.report(at, ExceptionProblem::LabelTwice { label, at });
        }
    }

    fn over(&mut self, exception: &Written<'_>, labels: &[&str]) -> Vec<ExceptionId> {
        let mut over = Vec::new();
        for word in exception.over {
            if let Some(index) = labels.iter().position(|label| *label == word.value).and_then(|index| u32::try_from(index).ok()) {
                over.push(ExceptionId(index));
                continue;
            }
            let help = did_you_mean_or_list(&word.value, "its exceptions are", labels);
            self.report(word.span, ExceptionProblem::UnknownLabel { label: word.value.clone(), at: word.span, help });
        }
        over
    }

    fn exception(
        &mut self,
        reading: &Reading<'_>,
        exception: &Written<'_>,
        (requirement, over): (Option<&Requirement>, Vec<ExceptionId>),
    ) -> Exception {
        let mut typer = Typer::new(self, reading.scope());
        let at = exception.condition.span;
        let condition = typer.condition(exception.condition);
        if condition.as_ref().is_some_and(is_false) {
            let (label, help) = (exception.label.value.clone(), "`false` never holds: leave the exception out");
            self.report(at, ExceptionProblem::NeverApplies { label, at, other: None, help });
        }
        let condition = condition.unwrap_or_else(|| never(at));
        let effect = match exception.replacement {
            Some(clauses) => self.effect(reading, exception, (clauses, requirement)).unwrap_or(Effect::Lift),
            None => Effect::Lift,
        };
        let (label, span) = (exception.label.clone(), exception.clause.span);
        Exception { label, over, condition, effect, per: per(exception.clause), span }
    }

    fn effect(
        &mut self,
        reading: &Reading<'_>,
        exception: &Written<'_>,
        (written, requirement): (&[Clause], Option<&Requirement>),
    ) -> Option<Effect> {
        let clauses = Clauses::of(written, Within::Exception(reading.kind), self.problems);
        if written.is_empty() {
            let (label, at) = (exception.label.value.clone(), exception.clause.span);
            self.report(at, ExceptionProblem::EmptyReplacement { label, at });
        }
        if let Some(ClauseKind::Require(condition)) = clauses.get("require").map(|clause| &clause.kind) {
            return Typer::new(self, reading.scope()).condition(condition).map(Effect::Condition);
        }
        if let Some(ClauseKind::Due(due)) = clauses.get("due").map(|clause| &clause.kind) {
            return self.due(reading, due).map(Effect::Due);
        }
        if let Some(ClauseKind::Prior(parts)) = clauses.get("prior").map(|clause| &clause.kind) {
            return Some(Effect::Sequentiality(prior_parts(parts)));
        }
        let Some(Requirement::Bound(bound)) = requirement else { return None };
        self.other_sides(reading, &clauses, bound)
    }

    fn other_sides(&mut self, reading: &Reading<'_>, clauses: &Clauses<'_>, bound: &Bound) -> Option<Effect> {
        let (minimum, maximum) = self.sides(reading, &clauses.limits, bound.value.kind_of_value)?;
        for (side, change, own) in [("minimum", &minimum, &bound.minimum), ("maximum", &maximum, &bound.maximum)] {
            if let (Some(SideChange::Lifted(at)), None) = (change, own) {
                self.report(*at, ExceptionProblem::NothingToLift { side, at: *at });
            }
        }
        self.not_empty(side_now(minimum.as_ref(), bound.minimum.as_ref()), side_now(maximum.as_ref(), bound.maximum.as_ref()));
        Some(Effect::Bound { minimum, maximum })
    }
}

fn side_now<'s>(change: Option<&'s SideChange>, own: Option<&'s Side>) -> Option<&'s Side> {
    match change {
        None => own,
        Some(SideChange::Lifted(_)) => None,
        Some(SideChange::Set(side)) => Some(side),
    }
}

/// The condition of an exception whose own could not be typed.
fn never(at: Span) -> Expression {
    Expression::new(ExpressionKind::Constant(Constant::Boolean(false)), Type::Boolean, at)
}

fn is_false(condition: &Expression) -> bool {
    matches!(*condition.kind, ExpressionKind::Constant(Constant::Boolean(false)))
}
