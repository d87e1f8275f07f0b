//! Amounts: sums and products, and the operands they are made of.

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::{Direction, Rounding};
use crate::syntax::expression::{Arithmetic, Expression, ExpressionKind, Extreme};
use crate::syntax::problems::{ShapeProblem, WordingProblem};

/// Terms in one sum.
const MOST_TERMS: usize = 100;

/// Steps of one path: `enrolment.previous.isp.entries` has three.
const MOST_STEPS: usize = 16;

impl Builder<'_> {
    pub(super) fn sum(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let mut parts: Vec<Node<'_>> = Parts::of(node).collect();
        let rounded = parts.pop_if(|last| last.as_rule() == Rule::rounded_part);
        if parts.len() / 2 > MOST_TERMS {
            self.shape(span, ShapeProblem::TooLong { what: "a sum of more than 100 terms", at: span });
            return None;
        }
        let value = self.deeper(parts.len() / 2, span, |builder| builder.terms(parts))?;
        match rounded {
            None => Some(value),
            Some(node) => {
                let rounding = self.rounding(Parts::of(node).next()?)?;
                Some(Expression::new(ExpressionKind::Rounded { value, rounding }, span))
            }
        }
    }

    /// `a + b * c - d`: products first.
    fn terms(&mut self, parts: Vec<Node<'_>>) -> Option<Expression> {
        let single = parts.len() == 1;
        let mut parts = parts.into_iter();
        let mut sum: Option<(Expression, Arithmetic)> = None;
        let mut product = self.operand(parts.next()?)?;
        if !single {
            self.needs_brackets(&product);
        }
        while let Some(sign) = parts.next() {
            let operator = self.sign(&sign);
            let right = self.operand(parts.next()?)?;
            self.needs_brackets(&right);
            product = match operator {
                Arithmetic::Multiply | Arithmetic::Divide => arithmetic(product, operator, right),
                Arithmetic::Add | Arithmetic::Subtract => {
                    let left = after(sum, product);
                    sum = Some((left, operator));
                    right
                }
            };
        }
        Some(after(sum, product))
    }

    fn sign(&mut self, node: &Node<'_>) -> Arithmetic {
        match node.as_rule() {
            Rule::plus => Arithmetic::Add,
            Rule::times => Arithmetic::Multiply,
            Rule::divided => Arithmetic::Divide,
            _ => {
                let start = node.as_span().start();
                if !self.piece.text.get(..start).is_some_and(|before| before.ends_with(char::is_whitespace)) {
                    let at = self.span(node);
                    self.wording(at, WordingProblem::MinusWithoutSpaces { at });
                }
                Arithmetic::Subtract
            }
        }
    }

    pub(super) fn rounding(&mut self, node: Node<'_>) -> Option<Rounding> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let direction = match parts.next()?.as_rule() {
            Rule::half_up => Direction::HalfUp,
            Rule::half_down => Direction::HalfDown,
            Rule::half_even => Direction::HalfEven,
            Rule::always_up => Direction::Up,
            _ => Direction::Down,
        };
        let step = parts.next()?;
        let written = if step.as_rule() == Rule::whole_step { "1" } else { step.as_str() };
        Some(Rounding { direction, step: Spanned::new(written.to_owned(), self.span(&step)), span })
    }

    pub(super) fn operand(&mut self, node: Node<'_>) -> Option<Expression> {
        let whole = self.span(&node);
        let mut parts = Parts::of(node);
        let primary = parts.next()?;
        let steps: Vec<Node<'_>> = parts.collect();
        if steps.len() > MOST_STEPS {
            self.shape(whole, ShapeProblem::TooLong { what: "a path of more than 16 steps", at: whole });
            return None;
        }
        let of = self.deeper(1, whole, |builder| builder.primary(primary))?;
        Some(steps.into_iter().fold(of, |of, step| {
            let span = of.span.to(self.span(&step));
            match Parts::of(step).next() {
                Some(name) => Expression::new(ExpressionKind::Path { of, name: self.word(&name) }, span),
                None => of,
            }
        }))
    }

    fn primary(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::name => ExpressionKind::Name(node.as_str().to_owned()),
            Rule::code => ExpressionKind::Code(node.as_str().to_owned()),
            Rule::this => ExpressionKind::This,
            Rule::group => ExpressionKind::Group(self.expression(Parts::of(node).next()?)?),
            Rule::own => ExpressionKind::Own(self.word(&Parts::of(node).next()?)),
            Rule::max_of => self.extreme(Extreme::Max, node)?,
            Rule::min_of => self.extreme(Extreme::Min, node)?,
            Rule::if_form => self.if_form(node)?,
            Rule::window => self.window(node)?,
            Rule::named_day => ExpressionKind::Day(self.word(&Parts::of(node).next()?)),
            Rule::end_of_month => ExpressionKind::EndOfMonth(self.operand(Parts::of(node).next()?)?),
            Rule::first_day_after | Rule::first_weekday_after => self.first_day(node)?,
            Rule::prior_condition => self.prior_condition(node)?,
            Rule::every | Rule::some | Rule::no => self.quantified(node)?,
            Rule::sum_of | Rule::count_of | Rule::count_distinct | Rule::highest_of | Rule::lowest_of => self.aggregate(node)?,
            Rule::first_of | Rule::last_of => self.pick(node)?,
            _ => ExpressionKind::Literal(self.literal(node)?),
        };
        Some(Expression::new(kind, span))
    }

    fn extreme(&mut self, extreme: Extreme, node: Node<'_>) -> Option<ExpressionKind> {
        let values = Parts::of(node).map(|value| self.expression(value)).collect::<Option<Vec<_>>>()?;
        Some(ExpressionKind::Extreme { extreme, values })
    }

    fn if_form(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let mut parts = Parts::of(node);
        let condition = self.expression(parts.next()?)?;
        let then = self.expression(parts.next()?)?;
        Some(ExpressionKind::If { condition, then, otherwise: self.expression(parts.next()?)? })
    }

    fn window(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let mut parts = Parts::of(node);
        let name = self.word(&parts.next()?);
        let semester = match parts.next() {
            None => None,
            Some(semester) => Some(self.expression(semester)?),
        };
        Some(ExpressionKind::Window { name, semester })
    }

    fn first_day(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let mut parts = Parts::of(node);
        if let Some(weekday) = parts.optional(Rule::weekday) {
            let weekday = self.weekday(&weekday)?.value;
            return Some(ExpressionKind::FirstWeekdayAfter { weekday, after: self.operand(parts.next()?)? });
        }
        let (day, month) = self.day_and_month(&parts.next()?, &parts.next()?)?;
        Some(ExpressionKind::FirstDayAfter { day, month, after: self.operand(parts.next()?)? })
    }
}

fn after(sum: Option<(Expression, Arithmetic)>, term: Expression) -> Expression {
    match sum {
        Some((left, operator)) => arithmetic(left, operator, term),
        None => term,
    }
}

fn arithmetic(left: Expression, operator: Arithmetic, right: Expression) -> Expression {
    let span: Span = left.span.to(right.span);
    Expression::new(ExpressionKind::Arithmetic { operator, left, right }, span)
}
