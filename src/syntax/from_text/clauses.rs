//! The clauses of a check.

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::Span;
use crate::syntax::ast::{ClauseKind, ClauseRounding, Due, Limit, Term, Word, Years};
use crate::syntax::expression::{Expression, ExpressionKind};
use crate::syntax::problems::WordingProblem;

/// A clause as far as the grammar reads it: without the braces of an exception.
pub(super) struct ReadClause {
    pub(super) kind: ClauseKind,
    pub(super) per: Option<Word>,
}

impl Builder<'_> {
    /// The parts of `clause_item`.
    pub(super) fn clause(&mut self, parts: &mut Parts<'_>) -> Option<ReadClause> {
        let kind = self.clause_kind(parts.next()?)?;
        Some(ReadClause { kind, per: self.per(parts) })
    }

    fn clause_kind(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let rule = node.as_rule();
        Some(match rule {
            Rule::message => ClauseKind::Message(self.in_language(node)?),
            Rule::consequence => ClauseKind::Consequence(self.in_language(node)?),
            Rule::remedy => ClauseKind::Remedy(self.in_language(node)?),
            Rule::in_force => ClauseKind::InForce(self.years(Parts::of(node).next()?)?),
            Rule::cohorts => ClauseKind::Cohorts(self.years(Parts::of(node).next()?)?),
            Rule::never_waived => ClauseKind::NeverWaived,
            Rule::holds_diploma => ClauseKind::HoldsDiploma,
            Rule::require => ClauseKind::Require(self.expression(Parts::of(node).next()?)?),
            Rule::judged_from => ClauseKind::JudgedFrom(self.sum(Parts::of(node).next()?)?),
            Rule::severity => ClauseKind::Severity(self.word(&Parts::of(node).next()?)),
            Rule::formerly => ClauseKind::Formerly(Parts::of(node).map(|name| self.word(&name)).collect()),
            Rule::prior_clause => ClauseKind::Prior(Parts::of(node).map(|part| self.prior_part(part)).collect::<Option<_>>()?),
            Rule::due => ClauseKind::Due(self.due(node)?),
            Rule::value_clause => self.value(node)?,
            Rule::limit_clause => self.limit(node)?,
            Rule::for_clause => self.for_clause(node)?,
            Rule::except_head => self.except(node)?,
            Rule::done => self.done(node)?,
            _ => self.decision(rule, node)?,
        })
    }

    fn for_clause(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        let every = parts.optional(Rule::every_word).map(|word| self.span(&word));
        let subject = self.word(&parts.next()?);
        Some(ClauseKind::For { every, subject, condition: self.condition_after_where(&mut parts)? })
    }

    fn except(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        let label = self.word(&parts.next()?);
        let over = parts.optional(Rule::over_part).map_or_else(Vec::new, |over| Parts::of(over).map(|label| self.word(&label)).collect());
        Some(ClauseKind::Except { label, over, condition: self.expression(parts.next()?)?, replacement: None })
    }

    fn done(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        Some(ClauseKind::Done { event: self.sum(parts.next()?)?, if_any: parts.next().is_some() })
    }

    fn decision(&mut self, rule: Rule, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        let role = self.text(parts.next()?);
        if rule == Rule::needs_decision {
            return Some(ClauseKind::NeedsDecision { role, condition: self.expression(parts.next()?)? });
        }
        let condition = match parts.next() {
            None => None,
            Some(part) => Some(self.expression(Parts::of(part).next()?)?),
        };
        Some(ClauseKind::MayBeAllowed { role, condition })
    }

    /// `from 2023-2024 [until 2025-2026]`
    pub(super) fn years(&mut self, node: Node<'_>) -> Option<Years> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let from = self.academic_year(&parts.next()?)?;
        let until = match parts.next() {
            None => None,
            Some(until) => Some(self.academic_year(&until)?),
        };
        Some(Years { from, until, span })
    }

    fn due(&mut self, node: Node<'_>) -> Option<Due> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let term = self.term(parts.next()?)?;
        let next_working_day = parts.next().map(|words| self.span(&words));
        Some(Due { term, next_working_day, span })
    }

    fn term(&mut self, node: Node<'_>) -> Option<Term> {
        let at = self.span(&node);
        let rule = node.as_rule();
        let mut parts = Parts::of(node);
        let first = self.sum(parts.next()?)?;
        let second = parts.next();
        match rule {
            Rule::term_on_or_before => Some(Term::OnOrBefore(first)),
            Rule::term_before => Some(Term::Before(first)),
            Rule::term_within => self.within(first, second, at),
            Rule::term_from => {
                let to = match second {
                    None => None,
                    Some(to) => Some(self.sum(to)?),
                };
                Some(Term::From { from: first, to })
            }
            _ => {
                let by = Span { end: at.end.min(at.start + 2), ..at };
                self.wording(by, WordingProblem::BareBy { at: by });
                Some(Term::By(first))
            }
        }
    }

    fn within(&mut self, first: Expression, start: Option<Node<'_>>, at: Span) -> Option<Term> {
        match start {
            Some(start) => {
                let rule = start.as_rule();
                let of = self.sum(Parts::of(start).next()?)?;
                Some(if rule == Rule::within_after { Term::WithinAfter { period: first, of } } else { Term::WithinFrom { period: first, of } })
            }
            None if matches!(first.kind.as_ref(), ExpressionKind::Window { .. }) => Some(Term::WithinWindow(first)),
            None => {
                self.wording(at, WordingProblem::TermWithoutStart { at });
                None
            }
        }
    }

    fn value(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        let value = self.expression(parts.next()?)?;
        let unrounded = parts.next().map(|word| ClauseRounding::Unrounded(self.span(&word)));
        let (value, rounded) = without_rounding(value);
        Some(ClauseKind::Value { value, rounding: unrounded.or(rounded) })
    }

    fn limit(&mut self, node: Node<'_>) -> Option<ClauseKind> {
        let mut parts = Parts::of(node);
        let limit = parts.next()?;
        let unrounded = parts.next().map(|word| ClauseRounding::Unrounded(self.span(&word)));
        let rule = limit.as_rule();
        let mut ends = Parts::of(limit).map(|end| self.sum(end)).collect::<Option<Vec<_>>>()?;
        let (last, rounded) = ends.pop().map_or((None, None), |last| {
            let (last, rounded) = without_rounding(last);
            (Some(last), rounded)
        });
        let limit = match rule {
            Rule::no_minimum => Limit::NoMinimum,
            Rule::no_maximum => Limit::NoMaximum,
            Rule::at_least_limit => Limit::AtLeast(last?),
            Rule::at_most_limit => Limit::AtMost(last?),
            Rule::more_than_limit => Limit::MoreThan(last?),
            Rule::less_than_limit => Limit::LessThan(last?),
            Rule::between_limit => Limit::Between(ends.pop()?, last?),
            _ => Limit::Exactly(last?),
        };
        Some(ClauseKind::Limit { limit, rounding: unrounded.or(rounded) })
    }
}

/// `rounded …` at the end of a bound's value or limit is said of the clause.
fn without_rounding(value: Expression) -> (Expression, Option<ClauseRounding>) {
    match *value.kind {
        ExpressionKind::Rounded { value, rounding } => (value, Some(ClauseRounding::Rounded(rounding))),
        kind => (Expression::new(kind, value.span), None),
    }
}
