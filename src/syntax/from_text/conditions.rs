//! Conditions: what is joined with `and` and `or`, and what is said of an amount after `is` and its kin.

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::Span;
use crate::syntax::ast::Word;
use crate::syntax::expression::{Comparison, Expression, ExpressionKind, Relation, StudyRelation, Test};
use crate::syntax::problems::WordingProblem;

impl Builder<'_> {
    /// Conditions joined with `and` or `or`; where both are mixed, `and` is taken to bind tighter and the mixture is reported.
    pub(super) fn expression(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        if parts.ahead().is_none() {
            return self.deeper(1, span, |builder| builder.condition(first));
        }
        let mut joined = Joined { conjunctions: vec![vec![self.joined_operand(first)?]], and: None, or: None };
        while let Some(connective) = parts.next() {
            let (at, operand) = (self.span(&connective), self.joined_operand(parts.next()?)?);
            joined.add(connective.as_rule(), at, operand);
        }
        if let (Some(and), Some(or)) = (joined.and, joined.or) {
            self.wording(and, WordingProblem::MixedAndOr { and, or });
        }
        joined.expression(span)
    }

    fn joined_operand(&mut self, node: Node<'_>) -> Option<Expression> {
        let at = self.span(&node);
        let operand = self.deeper(1, at, |builder| builder.condition(node))?;
        self.needs_brackets(&operand);
        Some(operand)
    }

    /// A form without an end of its own must be a whole expression or stand in brackets.
    pub(super) fn needs_brackets(&mut self, operand: &Expression) {
        let what = match operand.kind.as_ref() {
            ExpressionKind::If { .. } => "an `if`",
            ExpressionKind::Quantified { .. } => "a condition about `every`, `some` or `no` element",
            ExpressionKind::Aggregate { list, .. } if list.condition.is_some() => "a count or a sum with `where`",
            ExpressionKind::Pick { .. } => "a `first` or `last`",
            ExpressionKind::Not(inner) => return self.needs_brackets(&inner.clone()),
            _ => return,
        };
        let at = operand.span;
        self.wording(at, WordingProblem::NeedsBrackets { what, at });
    }

    fn condition(&mut self, node: Node<'_>) -> Option<Expression> {
        let end = self.span(&node);
        let mut parts = Parts::of(node);
        let mut negations = Vec::new();
        while let Some(not) = parts.optional(Rule::not_word) {
            negations.push(self.span(&not));
        }
        let value = self.deeper(negations.len(), end, |builder| {
            let left = builder.sum(parts.next()?)?;
            match parts.next() {
                Some(tail) => {
                    builder.needs_brackets(&left);
                    builder.tail(left, tail)
                }
                None => Some(left),
            }
        })?;
        Some(negations.into_iter().rev().fold(value, |inner, at| {
            let span = at.to(inner.span);
            Expression::new(ExpressionKind::Not(inner), span)
        }))
    }

    fn tail(&mut self, left: Expression, tail: Node<'_>) -> Option<Expression> {
        let span = left.span.to(self.span(&tail));
        let rule = tail.as_rule();
        let mut parts = Parts::of(tail);
        let kind = match rule {
            Rule::is_tail => self.is(left, parts)?,
            Rule::sign_tail => {
                let sign = parts.next()?;
                let right = self.right(parts.next()?)?;
                ExpressionKind::Compare { operator: sign_of(sign.as_str()), left, right }
            }
            Rule::contains_tail => ExpressionKind::Contains { list: left, value: self.right(parts.next()?)? },
            _ => ExpressionKind::Relation(self.relation(rule, left, parts)?),
        };
        Some(Expression::new(kind, span))
    }

    fn right(&mut self, node: Node<'_>) -> Option<Expression> {
        let right = self.sum(node)?;
        self.needs_brackets(&right);
        Some(right)
    }

    fn is(&mut self, left: Expression, mut parts: Parts<'_>) -> Option<ExpressionKind> {
        let negated = parts.optional(Rule::not_word).is_some();
        let what = parts.next()?;
        let test = |test, negated| Some(ExpressionKind::Test { test, negated, value: left.clone() });
        match what.as_rule() {
            Rule::known_test => test(Test::Known, negated),
            Rule::missing_test => test(Test::Known, !negated),
            Rule::empty_test => test(Test::Empty, negated),
            Rule::whole_test => test(Test::Whole, negated),
            Rule::between => {
                let mut ends = Parts::of(what);
                let (low, high) = (self.right(ends.next()?)?, self.right(ends.next()?)?);
                Some(ExpressionKind::Between { negated, value: left, low, high })
            }
            Rule::one_of => {
                let options = Parts::of(what).map(|option| self.expression(option)).collect::<Option<Vec<_>>>()?;
                Some(ExpressionKind::OneOf { negated, value: left, options })
            }
            Rule::sum => {
                Some(ExpressionKind::Compare { operator: if negated { Comparison::IsNot } else { Comparison::Is }, left, right: self.right(what)? })
            }
            Rule::day_order => {
                let mut words: Vec<Node<'_>> = Parts::of(what).collect();
                let right = self.right(words.pop()?)?;
                let operator = day_order(&words.iter().map(Node::as_str).collect::<Vec<_>>());
                Some(ExpressionKind::Compare { operator: if negated { opposite(operator) } else { operator }, left, right })
            }
            rule => {
                let right = self.right(Parts::of(what).next()?)?;
                let operator = size_order(rule);
                Some(ExpressionKind::Compare { operator: if negated { opposite(operator) } else { operator }, left, right })
            }
        }
    }

    fn relation(&mut self, rule: Rule, left: Expression, mut parts: Parts<'_>) -> Option<Relation> {
        let study = match rule {
            Rule::has_status | Rule::has_request | Rule::has_measure => return self.has(rule, left, parts),
            Rule::includes_tail => return Some(Relation::Includes { isp: left, course: self.right(parts.next()?)? }),
            Rule::same_unit_tail => return Some(Relation::SameUnit { left, right: self.right(parts.next()?)? }),
            Rule::serves_tail => return Some(Relation::Serves { event: left, group: self.right(parts.next()?)? }),
            Rule::acquired_tail => StudyRelation::Acquired,
            Rule::tolerated_tail => StudyRelation::Tolerated,
            Rule::exempted_from_tail => StudyRelation::ExemptedFrom,
            _ => StudyRelation::TookUp,
        };
        let course = self.right(parts.next()?)?;
        let before = self.part(&mut parts, Rule::before_part)?;
        Some(Relation::Study { student: left, relation: study, course, before })
    }

    fn has(&mut self, rule: Rule, student: Expression, mut parts: Parts<'_>) -> Option<Relation> {
        let what: Word = self.word(&parts.next()?);
        let programme = self.part(&mut parts, Rule::for_part)?;
        let on = self.part(&mut parts, Rule::on_part)?;
        Some(match rule {
            Rule::has_status => Relation::HasStatus { student, status: what, on },
            Rule::has_request => Relation::HasRequest { student, request: what },
            _ => Relation::HasMeasure { student, measure: what, programme, on },
        })
    }

    /// `before D` and its kin: nothing inside where the part is not there, nothing at all where it is wrong.
    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    fn part(&mut self, parts: &mut Parts<'_>, rule: Rule) -> Option<Option<Expression>> {
        match parts.optional(rule) {
            None => Some(None),
            Some(node) => Some(Some(self.right(Parts::of(node).next()?)?)),
        }
    }
}

/// Operands of `or`, each a list of operands of `and`.
struct Joined {
    conjunctions: Vec<Vec<Expression>>,
    and: Option<Span>,
    or: Option<Span>,
}

impl Joined {
    fn add(&mut self, word: Rule, at: Span, operand: Expression) {
        if word == Rule::and_word {
            self.and.get_or_insert(at);
            if let Some(last) = self.conjunctions.last_mut() {
                last.push(operand);
            }
        } else {
            self.or.get_or_insert(at);
            self.conjunctions.push(vec![operand]);
        }
    }

    fn expression(self, span: Span) -> Option<Expression> {
        let mut operands: Vec<Expression> = self.conjunctions.into_iter().filter_map(|operands| join(operands, ExpressionKind::And)).collect();
        match operands.len() {
            1 => operands.pop().map(|only| Expression { span, ..only }),
            _ => Some(Expression::new(ExpressionKind::Or(operands), span)),
        }
    }
}

fn join(mut operands: Vec<Expression>, kind: fn(Vec<Expression>) -> ExpressionKind) -> Option<Expression> {
    if operands.len() == 1 {
        return operands.pop();
    }
    let span = operands.first()?.span.to(operands.last()?.span);
    Some(Expression::new(kind(operands), span))
}

fn sign_of(sign: &str) -> Comparison {
    match sign {
        "<=" => Comparison::AtMost,
        ">=" => Comparison::AtLeast,
        "<" => Comparison::LessThan,
        ">" => Comparison::MoreThan,
        _ => Comparison::Is,
    }
}

fn size_order(rule: Rule) -> Comparison {
    match rule {
        Rule::at_least => Comparison::AtLeast,
        Rule::at_most => Comparison::AtMost,
        Rule::more_than => Comparison::MoreThan,
        _ => Comparison::LessThan,
    }
}

fn day_order(words: &[&str]) -> Comparison {
    match words {
        ["before"] => Comparison::Before,
        ["after"] => Comparison::After,
        ["on", "before"] => Comparison::OnOrBefore,
        ["on", "after"] => Comparison::OnOrAfter,
        _ => Comparison::On,
    }
}

/// `is not before` is `is on or after`.
fn opposite(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Is => Comparison::IsNot,
        Comparison::IsNot => Comparison::Is,
        Comparison::AtLeast => Comparison::LessThan,
        Comparison::AtMost => Comparison::MoreThan,
        Comparison::MoreThan => Comparison::AtMost,
        Comparison::LessThan => Comparison::AtLeast,
        Comparison::Before => Comparison::OnOrAfter,
        Comparison::After => Comparison::OnOrBefore,
        Comparison::On => Comparison::NotOn,
        Comparison::OnOrBefore => Comparison::After,
        Comparison::OnOrAfter => Comparison::Before,
        Comparison::NotOn => Comparison::On,
    }
}
