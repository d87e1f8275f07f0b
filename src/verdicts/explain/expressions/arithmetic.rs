//! Arithmetic on exact numbers, rounding, and the higher or lower of several.

use std::cmp::Ordering;

use crate::rulebook::{Arithmetic, Expression, Rounding};
use crate::source::Span;
use crate::syntax::expression::Extreme;
use crate::verdicts::Unknown;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::value::both;
use crate::verdicts::explain::{Known, Reasons, Recorder, Value};
use crate::vocabulary::Exact;

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(in crate::verdicts::explain) fn arithmetic(
        &mut self,
        operator: Arithmetic,
        (left, right): (&'a Expression, &'a Expression),
        span: Span,
    ) -> Known<Value> {
        let (left, right) = (self.value(left), self.value(right));
        if let Some(absent) = absent(&[&left, &right]) {
            return Ok(absent);
        }
        let (left, right) = both(left, right)?;
        match (left, right) {
            (Value::Number(left), Value::Number(right)) => computed(operator, left, right).map(Value::Number).map_err(|why| why.at(span)),
            (Value::AcademicYear(year), Value::Number(number)) => {
                shifted(operator, year, number).map(Value::AcademicYear).ok_or_else(|| TOO_LARGE.at(span))
            }
            (Value::Semester(semester), Value::Number(number)) => {
                shifted(operator, semester, number).map(Value::Semester).ok_or_else(|| TOO_LARGE.at(span))
            }
            _ => Ok(Value::None),
        }
    }

    pub(in crate::verdicts::explain) fn rounded(&mut self, value: &'a Expression, rounding: Rounding, span: Span) -> Known<Value> {
        let value = self.value(value)?;
        let Some(number) = value.number() else { return Ok(value) };
        self.recorder.raw(number);
        rounding.apply(number).map(Value::Number).ok_or_else(|| TOO_LARGE.at(span))
    }

    /// `max(…)`, `min(…)`: what is not there is left out.
    pub(in crate::verdicts::explain) fn extreme(&mut self, extreme: Extreme, values: &'a [Expression]) -> Known<Value> {
        let (mut best, mut reasons, mut absent) = (None, Reasons::default(), Value::None);
        for value in values {
            match self.value(value) {
                Ok(value) if value.is_there() => best = Some(best.map_or(value, |best| further(extreme, best, value))),
                Ok(value) => absent = value,
                Err(more) => reasons.add(more),
            }
        }
        reasons.unless_any(best.unwrap_or(absent))
    }
}

/// The one that lies further in the direction asked for.
pub(super) fn further(extreme: Extreme, best: Value, other: Value) -> Value {
    let wanted = match extreme {
        Extreme::Max => Ordering::Greater,
        Extreme::Min => Ordering::Less,
    };
    if other.order(best) == Some(wanted) { other } else { best }
}

/// What makes the whole *not happened* or *none*, whatever the other parts are.
pub(super) fn absent(values: &[&Known<Value>]) -> Option<Value> {
    values.iter().find_map(|value| value.as_ref().ok().copied().filter(|value| !value.is_there()))
}

/// Why a number can't be computed, before its place is known.
#[derive(Clone, Copy)]
pub(super) enum Failure {
    DivisionByZero,
    TooLarge,
}

pub(super) const TOO_LARGE: Failure = Failure::TooLarge;

impl Failure {
    pub(super) fn at(self, span: Span) -> Reasons {
        Reasons::one(match self {
            Self::DivisionByZero => Unknown::DivisionByZero(span),
            Self::TooLarge => Unknown::TooLarge(span),
        })
    }
}

fn computed(operator: Arithmetic, left: Exact, right: Exact) -> Result<Exact, Failure> {
    let divided = |left: Exact| if right.is_zero() { Err(Failure::DivisionByZero) } else { left.checked_div(right).ok_or(TOO_LARGE) };
    match operator {
        Arithmetic::Add => left.checked_add(right).ok_or(TOO_LARGE),
        Arithmetic::Subtract => left.checked_sub(right).ok_or(TOO_LARGE),
        Arithmetic::Multiply => left.checked_mul(right).ok_or(TOO_LARGE),
        Arithmetic::Divide => divided(left),
        Arithmetic::Ratio => divided(left)?.checked_mul(Exact::HUNDRED).ok_or(TOO_LARGE),
        Arithmetic::Share => left.checked_mul(right).and_then(|product| product.checked_div(Exact::HUNDRED)).ok_or(TOO_LARGE),
    }
}

/// An academic year or a semester so many later or earlier.
fn shifted(operator: Arithmetic, from: i32, by: Exact) -> Option<i32> {
    let by = by.to_integer().and_then(|by| i32::try_from(by).ok())?;
    match operator {
        Arithmetic::Add => from.checked_add(by),
        Arithmetic::Subtract => from.checked_sub(by),
        Arithmetic::Multiply | Arithmetic::Divide | Arithmetic::Ratio | Arithmetic::Share => None,
    }
}
