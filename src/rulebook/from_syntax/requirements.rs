//! Requirements: the condition of a rule, the day and term of a deadline, the value and sides of a bound, the states of a sequentiality.

use crate::rulebook::from_syntax::checks::Reading;
use crate::rulebook::from_syntax::clauses::{kind_word, limit_word};
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::fold::fold_number;
use crate::rulebook::from_syntax::regulation::rounding;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::{CheckProblem, ExceptionProblem};
use crate::rulebook::{
    Bound, Deadline, Expression, ExpressionKind, PriorPart, Requirement, Rounding, Sequentiality, SequentialityKind, Side, SideChange, Type,
};
use crate::source::Span;
use crate::syntax::ast::{self, CheckKind, Clause, ClauseKind, ClauseRounding, Limit};
use crate::syntax::expression as written;
use crate::vocabulary::Exact;

impl Compiler<'_> {
    /// What the check demands; nothing where it only says when somebody must decide, or where it is broken.
    pub(super) fn requirement(&mut self, reading: &Reading<'_>) -> Option<Requirement> {
        match reading.kind {
            CheckKind::Rule => self.condition_of(reading).map(Requirement::Condition),
            CheckKind::Deadline => self.deadline(reading).map(Requirement::Deadline),
            CheckKind::Bound => self.bound(reading).map(Requirement::Bound),
            CheckKind::Sequentiality => self.sequentiality(reading).map(Requirement::Sequentiality),
        }
    }

    fn condition_of(&mut self, reading: &Reading<'_>) -> Option<Expression> {
        let Some(ClauseKind::Require(condition)) = reading.clauses.get("require").map(|clause| &clause.kind) else {
            return self.missing(reading, "what it requires", "add `require …`, or `needs decision by \"…\" when …`");
        };
        Typer::new(self, reading.scope()).condition(condition)
    }

    /// Report that a clause is lacking, unless the check only asks for a decision or the clause may be one that could not be read.
    fn missing<T>(&mut self, reading: &Reading<'_>, lacking: &'static str, help: &'static str) -> Option<T> {
        let clauses = &reading.clauses;
        let only_decides = clauses.is_empty_of_requirements() && !clauses.needs_decision.is_empty();
        if !clauses.has_junk && !only_decides {
            let (at, name) = (reading.written.name.span, reading.written.name.value.clone());
            self.report(at, CheckProblem::MissingClause { check: kind_word(reading.kind), name, lacking, at, help });
        }
        None
    }

    fn deadline(&mut self, reading: &Reading<'_>) -> Option<Deadline> {
        let done = match reading.clauses.get("done").map(|clause| &clause.kind) {
            Some(ClauseKind::Done { event, if_any }) => self.done(reading, event).map(|done| (done, *if_any)),
            _ => self.missing(reading, "what must be done", "add `done submitted_on`: the day on which it happened"),
        };
        let due = match reading.clauses.get("due").map(|clause| &clause.kind) {
            Some(ClauseKind::Due(due)) => self.due(reading, due),
            _ if reading.clauses.get("done").is_none() => None,
            _ => self.missing(reading, "when it is due", "add `due on or before …`"),
        };
        let (done, if_any) = done?;
        Some(Deadline { done, if_any, due: due? })
    }

    fn done(&mut self, reading: &Reading<'_>, event: &written::Expression) -> Option<Expression> {
        let event = Typer::new(self, reading.scope()).expected(event, Type::Date)?;
        let mut of_record = false;
        event.walk(&mut |part| of_record |= matches!(*part.kind, ExpressionKind::Field { .. } | ExpressionKind::Definition { .. }));
        if !of_record || matches!(*event.kind, ExpressionKind::Window { .. } | ExpressionKind::Day { .. } | ExpressionKind::DayOfYear { .. }) {
            let (at, found) = (event.span, self.sources.slice(event.span).to_owned());
            self.report(at, CheckProblem::DoneIsNoEvent { found: format!("`{found}`"), at });
            return None;
        }
        Some(event)
    }

    fn bound(&mut self, reading: &Reading<'_>) -> Option<Bound> {
        let value = match reading.clauses.get("value").map(|clause| &clause.kind) {
            Some(ClauseKind::Value { value, rounding }) => self.bound_value(reading, value, rounding.as_ref()),
            _ => self.missing(reading, "what it measures", "add `value …`"),
        };
        let first = reading.clauses.limits.first().copied();
        if first.is_none() && reading.clauses.get("value").is_some() {
            return self.missing(reading, "its limits", "add `at least …`, `at most …` or `between … and …`");
        }
        let (value, rounding) = value?;
        let (minimum, maximum) = self.sides(reading, &reading.clauses.limits, value.kind_of_value)?;
        for (side, change) in [("minimum", &minimum), ("maximum", &maximum)] {
            if let Some(SideChange::Lifted(at)) = change {
                self.report(*at, ExceptionProblem::NothingToLift { side, at: *at });
            }
        }
        let (minimum, maximum) = (set(minimum), set(maximum));
        self.not_empty(minimum.as_ref(), maximum.as_ref());
        let rounding_said = matches!(reading.clauses.get("value").map(|clause| &clause.kind), Some(ClauseKind::Value { rounding: Some(_), .. }));
        Some(Bound { value, rounding, rounding_said, minimum, maximum })
    }

    fn bound_value(
        &mut self,
        reading: &Reading<'_>,
        value: &written::Expression,
        how: Option<&ClauseRounding>,
    ) -> Option<(Expression, Option<Rounding>)> {
        let value = Typer::new(self, reading.scope()).expression(value, None)?;
        if !value.kind_of_value.is_number() {
            let (at, found) = (value.span, value.kind_of_value.to_string());
            self.report(at, CheckProblem::BoundWithoutNumber { found, at });
            return None;
        }
        let rounding = self.rounding_of(&value, how);
        Some((value, rounding))
    }

    /// The regulation's default rounds what is computed, once, at the end; a bare field, a number written out and what is rounded already stay.
    fn rounding_of(&mut self, value: &Expression, how: Option<&ClauseRounding>) -> Option<Rounding> {
        let bare = matches!(*value.kind, ExpressionKind::Field { .. } | ExpressionKind::Constant(_) | ExpressionKind::Rounded { .. });
        match how {
            Some(ClauseRounding::Unrounded(_)) => None,
            Some(ClauseRounding::Rounded(written)) => rounding(written, self.problems),
            None if bare => None,
            None => self.regulation.rounding,
        }
    }

    /// Both sides that limits name; each side once.
    pub(super) fn sides(&mut self, reading: &Reading<'_>, limits: &[&Clause], kind: Type) -> Option<(Option<SideChange>, Option<SideChange>)> {
        let (mut minimum, mut maximum) = (Vec::new(), Vec::new());
        let mut broken = false;
        for clause in limits {
            let ClauseKind::Limit { limit, rounding } = &clause.kind else { continue };
            let rounding_said = rounding.is_some();
            let side = |compiler: &mut Self, written, strict| {
                let limit = compiler.limit(reading, written, kind)?;
                let rounding = compiler.rounding_of(&limit, rounding.as_ref());
                Some(SideChange::Set(Side { limit, rounding, rounding_said, strict, span: clause.span }))
            };
            let lifted = Some(SideChange::Lifted(clause.span));
            let (low, high) = match limit {
                Limit::AtLeast(limit) => (Some(side(self, limit, false)), None),
                Limit::MoreThan(limit) => (Some(side(self, limit, true)), None),
                Limit::AtMost(limit) => (None, Some(side(self, limit, false))),
                Limit::LessThan(limit) => (None, Some(side(self, limit, true))),
                Limit::Between(low, high) => (Some(side(self, low, false)), Some(side(self, high, false))),
                Limit::Exactly(limit) => {
                    let exact = side(self, limit, false);
                    (Some(exact.clone()), Some(exact))
                }
                Limit::NoMinimum => (Some(lifted), None),
                Limit::NoMaximum => (None, Some(lifted)),
            };
            let twice = (low.is_some() && !minimum.is_empty()) || (high.is_some() && !maximum.is_empty());
            if twice {
                self.report(clause.span, CheckProblem::ClauseTwice { clause: limit_word(limit), at: clause.span });
            }
            broken |= matches!(low, Some(None)) || matches!(high, Some(None));
            minimum.extend(low.flatten());
            maximum.extend(high.flatten());
        }
        (!broken).then(|| (minimum.into_iter().next(), maximum.into_iter().next()))
    }

    fn limit(&mut self, reading: &Reading<'_>, limit: &written::Expression, kind: Type) -> Option<Expression> {
        let mut typer = Typer::new(self, reading.scope());
        let limit = typer.expression(limit, Some(kind))?;
        let value = reading.clauses.span_of("value").unwrap_or(limit.span);
        typer.kinds_fit((kind, value), (limit.kind_of_value, limit.span))?;
        Some(limit)
    }

    /// Between the limits that are known when compiling there is something.
    pub(super) fn not_empty(&mut self, minimum: Option<&Side>, maximum: Option<&Side>) {
        let (Some(low), Some(high)) = (minimum, maximum) else { return };
        let (Some(least), Some(most)) = (limit_of(low), limit_of(high)) else { return };
        if least > most || (least == most && (low.strict || high.strict)) {
            let at = joined(low.span, high.span);
            let words = |side: &Side, plain: &str, strict: &str, limit: Exact| format!("{} {limit}", if side.strict { strict } else { plain });
            let (minimum, maximum) = (words(low, "at least", "more than", least), words(high, "at most", "less than", most));
            self.report(at, CheckProblem::EmptyBound { minimum, maximum, at });
        }
    }

    fn sequentiality(&mut self, reading: &Reading<'_>) -> Option<Sequentiality> {
        let kind = reading.sequentiality?;
        let holds = reading.clauses.get("student holds the diploma");
        let parts = match (reading.clauses.get("prior").map(|clause| &clause.kind), kind) {
            (Some(ClauseKind::Prior(parts)), SequentialityKind::Strict | SequentialityKind::Flexible | SequentialityKind::Simultaneous) => {
                prior_parts(parts)
            }
            (_, SequentialityKind::Condition) => Vec::new(),
            (_, SequentialityKind::Diploma) if holds.is_some() => Vec::new(),
            (_, SequentialityKind::Diploma) => return self.missing(reading, "what it asks", "add `student holds the diploma`"),
            _ => return self.missing(reading, "what it asks", "add `prior completed in an earlier semester`, or what holds here"),
        };
        let misplaced = match kind {
            SequentialityKind::Strict | SequentialityKind::Flexible | SequentialityKind::Simultaneous => holds.map(|_| "student holds the diploma"),
            SequentialityKind::Diploma | SequentialityKind::Condition => reading.clauses.get("prior").map(|_| "prior"),
        };
        if let Some((clause, at)) = misplaced.and_then(|clause| Some((clause, reading.clauses.span_of(clause)?))) {
            let help = "a diploma is held, a unit is `prior`; a condition asks what its lines ask";
            self.report(at, CheckProblem::ClauseDoesNotBelong { clause, check: "sequentiality of this kind", at, help });
        }
        Some(Sequentiality { kind, parts })
    }
}

pub(super) fn prior_parts(parts: &[ast::PriorPart]) -> Vec<PriorPart> {
    parts.iter().map(|part| PriorPart { states: part.states.iter().map(|state| state.value).collect(), when: part.when }).collect()
}

fn set(side: Option<SideChange>) -> Option<Side> {
    match side {
        Some(SideChange::Set(side)) => Some(side),
        Some(SideChange::Lifted(_)) | None => None,
    }
}

/// The limit as it is compared: rounded where the clause rounds it.
fn limit_of(side: &Side) -> Option<Exact> {
    let limit = fold_number(&side.limit)?;
    side.rounding.map_or(Some(limit), |rounding| rounding.apply(limit))
}

/// The place from the first of two clauses to the last.
fn joined(one: Span, other: Span) -> Span {
    if one.start <= other.start { one.to(other) } else { other.to(one) }
}
