//! Arithmetic: which units go together and what comes of them.

use crate::rulebook::from_syntax::fold::fold;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::{CheckProblem, TypeProblem};
use crate::rulebook::{Arithmetic, Constant, Expression, ExpressionKind, Period, Type};
use crate::source::Span;
use crate::syntax::expression as written;
use crate::vocabulary::dates::MonthRounding;

impl Typer<'_, '_> {
    pub(super) fn arithmetic(
        &mut self,
        operator: written::Arithmetic,
        (left, right): (&written::Expression, &written::Expression),
        at: Span,
    ) -> Option<Expression> {
        let (left, right) = (self.expression(left, None), self.expression(right, None));
        let (left, right) = (left?, right?);
        let moves = matches!(operator, written::Arithmetic::Add | written::Arithmetic::Subtract);
        if left.kind_of_value == Type::Date && right.kind_of_value == Type::Period && moves {
            return Some(self.add_period(operator, (left, right), at));
        }
        if left.kind_of_value == Type::Period
            && let Some(sum) = sum_of_periods(operator, &left, &right)
        {
            return Some(Expression::new(ExpressionKind::Constant(Constant::Period(sum)), Type::Period, at));
        }
        let Some((operator, kind)) = meaning(operator, left.kind_of_value, right.kind_of_value) else {
            return self.impossible(operator, (&left, &right), at);
        };
        Some(Expression::new(ExpressionKind::Arithmetic { operator, left, right }, kind, at))
    }

    /// All periods of a sum are kept together, so that months are added first and rounded once.
    fn add_period(&mut self, operator: written::Arithmetic, (left, period): (Expression, Expression), at: Span) -> Expression {
        self.warn_of_refused_months(&left, &period);
        let (date, mut added, mut taken) = match *left.kind {
            ExpressionKind::AddPeriods { date, added, taken } => (date, added, taken),
            other => (Expression::new(other, left.kind_of_value, left.span), Vec::new(), Vec::new()),
        };
        if operator == written::Arithmetic::Add {
            added.push(period);
        } else {
            taken.push(period);
        }
        Expression::new(ExpressionKind::AddPeriods { date, added, taken }, Type::Date, at)
    }

    /// Under `months refuse` a month later may be no day at all, unless the day it is counted from is in every month.
    pub(super) fn warn_of_refused_months(&mut self, from: &Expression, period: &Expression) {
        let months = !matches!(*period.kind, ExpressionKind::Constant(Constant::Period(Period { months: 0, .. })));
        let safe = match *from.kind {
            ExpressionKind::FirstDayAfter { day, .. } | ExpressionKind::DayOfYear { day, .. } => day <= 28,
            _ => false,
        };
        if months && !safe && self.compiler.regulation.months == MonthRounding::Refuse {
            self.compiler.report(period.span, CheckProblem::MonthsRefused { at: period.span });
        }
    }

    fn impossible(&mut self, operator: written::Arithmetic, (left, right): (&Expression, &Expression), at: Span) -> Option<Expression> {
        let done = match operator {
            written::Arithmetic::Add => "added",
            written::Arithmetic::Subtract => "subtracted",
            written::Arithmetic::Multiply => "multiplied",
            written::Arithmetic::Divide => "divided",
        };
        let (left, right) = (left.kind_of_value, right.kind_of_value);
        let help = help(left, right).to_owned();
        self.compiler.report(at, TypeProblem::ImpossibleArithmetic { left: left.to_string(), right: right.to_string(), done, at, help });
        None
    }
}

fn help(left: Type, right: Type) -> &'static str {
    match (left, right) {
        (Type::Date, Type::Date) => "say the term as a period: `enrolled_on + 7 calendar days`",
        (Type::Date, _) | (_, Type::Date) => "a day moves by a period: `enrolled_on + 7 calendar days`, `+ 1 month`",
        (Type::AcademicYear, _) | (_, Type::AcademicYear) => "a year moves by a whole number: `academic_year - 1`",
        (Type::Percent, other) | (other, Type::Percent) if other.is_plain_number() => {
            "a percentage is of credits: `10% * credits`; divide by a number instead"
        }
        (one, other) if one.is_number() && other.is_number() => {
            "credits go with credits, percentages with percentages; numbers without a unit multiply and divide both"
        }
        _ => "only numbers, days and academic years can be reckoned with",
    }
}

/// What an operator makes of two types; nothing where it makes no sense.
fn meaning(operator: written::Arithmetic, left: Type, right: Type) -> Option<(Arithmetic, Type)> {
    use written::Arithmetic as Op;
    let plain = if left == Type::Integer && right == Type::Integer { Type::Integer } else { Type::Decimal };
    let plain = if left == Type::Score || right == Type::Score { Type::Score } else { plain };
    let both_plain = left.is_plain_number() && right.is_plain_number();
    match operator {
        Op::Add | Op::Subtract => {
            let ir = if operator == Op::Add { Arithmetic::Add } else { Arithmetic::Subtract };
            match (left, right) {
                _ if both_plain => Some((ir, plain)),
                (Type::Credits, Type::Credits) | (Type::Percent, Type::Percent) => Some((ir, left)),
                (Type::AcademicYear, Type::Integer) => Some((ir, Type::AcademicYear)),
                _ => None,
            }
        }
        Op::Multiply => match (left, right) {
            _ if both_plain => Some((Arithmetic::Multiply, plain)),
            (Type::Percent, Type::Credits) | (Type::Credits, Type::Percent) => Some((Arithmetic::Share, Type::Credits)),
            (Type::Percent, Type::Percent) => Some((Arithmetic::Share, Type::Percent)),
            (Type::Credits, number) | (number, Type::Credits) if number.is_plain_number() => Some((Arithmetic::Multiply, Type::Credits)),
            _ => None,
        },
        Op::Divide => match (left, right) {
            _ if both_plain => Some((Arithmetic::Divide, if plain == Type::Integer { Type::Decimal } else { plain })),
            (Type::Credits, Type::Credits) => Some((Arithmetic::Ratio, Type::Percent)),
            (Type::Credits | Type::Percent, number) if number.is_plain_number() => Some((Arithmetic::Divide, left)),
            (number, Type::Credits) if number.is_plain_number() => Some((Arithmetic::Divide, Type::Decimal)),
            (Type::Percent, Type::Percent) => Some((Arithmetic::Divide, Type::Decimal)),
            _ => None,
        },
    }
}

/// `1 month + 7 calendar days`
fn sum_of_periods(operator: written::Arithmetic, left: &Expression, right: &Expression) -> Option<Period> {
    let (Some(Constant::Period(left)), Some(Constant::Period(right))) = (fold(left), fold(right)) else { return None };
    let sign = match operator {
        written::Arithmetic::Add => 1,
        written::Arithmetic::Subtract => -1,
        written::Arithmetic::Multiply | written::Arithmetic::Divide => return None,
    };
    let sum = |left: i32, right: i32| left.checked_add(right.checked_mul(sign)?);
    Some(Period {
        months: sum(left.months, right.months)?,
        days: sum(left.days, right.days)?,
        working_days: sum(left.working_days, right.working_days)?,
    })
}
