//! Exact numbers: thousandths in 64 bits while they fit, fractions for the rest; what fits neither is left to the other evaluator.

use std::cmp::Ordering;

use crate::syntax::ast::Direction;
use crate::vocabulary::{Cell, MISSING};

use super::super::column::{Fraction, LARGEST, Marked, PUNT};
use super::super::program::Operator;

pub(super) fn widen(out: &mut Vec<i64>, cells: &[Cell]) {
    out.extend(cells.iter().map(|cell| if cell.is_mark() { i64::mark(*cell) } else { i64::from(*cell) }));
}

pub(super) fn divided(out: &mut Vec<Fraction>, numbers: &[i64]) {
    out.extend(numbers.iter().map(|number| match number.as_mark() {
        Some(mark) => Fraction::mark(mark),
        None => Fraction { numerator: *number, denominator: 1000 },
    }));
}

/// What arithmetic makes of two values of which at least one is a mark.
fn marked<T: Marked>(left: T, right: T) -> T {
    let counts = |value: T| value.as_mark().is_none_or(|mark| mark == MISSING);
    T::mark(if counts(left) && counts(right) { MISSING } else { PUNT })
}

fn fitting(number: i64) -> i64 {
    if number.abs() < LARGEST { number } else { i64::mark(PUNT) }
}

fn each<T: Marked>(out: &mut Vec<T>, left: &[T], right: &[T], work: impl Fn(T, T) -> T) {
    out.extend(left.iter().zip(right).map(
        |(left, right)| {
            if left.is_mark() || right.is_mark() { marked(*left, *right) } else { work(*left, *right) }
        },
    ));
}

/// Products and quotients of numbers are made as fractions.
pub(super) fn calculate(out: &mut Vec<i64>, operator: Operator, left: &[i64], right: &[i64]) {
    match operator {
        Operator::Add => each(out, left, right, |left, right| fitting(left + right)),
        Operator::Subtract => each(out, left, right, |left, right| fitting(left - right)),
        Operator::Larger => each(out, left, right, i64::max),
        Operator::Smaller => each(out, left, right, i64::min),
        Operator::Multiply | Operator::Divide => each(out, left, right, |_, _| i64::mark(PUNT)),
    }
}

fn fraction(numerator: i128, denominator: i128) -> Fraction {
    if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator))
        && numerator.unsigned_abs() < LARGEST.unsigned_abs()
        && (1..LARGEST).contains(&denominator)
    {
        return Fraction { numerator, denominator };
    }
    let sign = denominator.signum();
    let (numerator, denominator) = (numerator * sign, denominator * sign);
    let fits = |number: i128| i64::try_from(number).ok().filter(|number| number.abs() < LARGEST);
    let direct = fits(numerator).zip(fits(denominator));
    let reduced = || {
        let divisor = greatest_common_divisor(numerator.abs(), denominator);
        fits(numerator / divisor).zip(fits(denominator / divisor))
    };
    match direct.or_else(reduced) {
        Some((numerator, denominator)) => Fraction { numerator, denominator },
        None => Fraction::mark(PUNT),
    }
}

fn greatest_common_divisor(mut left: i128, mut right: i128) -> i128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

pub(super) fn calculate_fractions(out: &mut Vec<Fraction>, operator: Operator, left: &[Fraction], right: &[Fraction]) {
    match operator {
        Operator::Add => each(out, left, right, |left, right| sum(left, right, 1)),
        Operator::Subtract => each(out, left, right, |left, right| sum(left, right, -1)),
        Operator::Multiply => each(out, left, right, |left, right| {
            fraction(wide(left.numerator) * wide(right.numerator), wide(left.denominator) * wide(right.denominator))
        }),
        Operator::Divide => each(out, left, right, |left, right| {
            if right.numerator == 0 {
                return Fraction::mark(MISSING);
            }
            fraction(wide(left.numerator) * wide(right.denominator), wide(left.denominator) * wide(right.numerator))
        }),
        Operator::Larger => each(out, left, right, |left, right| if left.less(right) { right } else { left }),
        Operator::Smaller => each(out, left, right, |left, right| if right.less(left) { right } else { left }),
    }
}

pub(super) fn quotient(out: &mut Vec<Fraction>, (left, right): (&[i64], &[i64]), times: i64) {
    out.extend(left.iter().zip(right).map(|(left, right)| match (left.as_mark(), right.as_mark()) {
        (None, None) if *right == 0 => Fraction::mark(MISSING),
        (None, None) => fraction(wide(*left) * wide(times), wide(*right)),
        (left, right) => Fraction::mark(if [left, right].into_iter().flatten().all(|mark| mark == MISSING) { MISSING } else { PUNT }),
    }));
}

fn wide(number: i64) -> i128 {
    i128::from(number)
}

fn sum(left: Fraction, right: Fraction, sign: i128) -> Fraction {
    // INVARIANT: both parts of both fractions are below 2^60, so the sum of the products fits 128 bits.
    let numerator = wide(left.numerator) * wide(right.denominator) + sign * wide(right.numerator) * wide(left.denominator);
    fraction(numerator, wide(left.denominator) * wide(right.denominator))
}

/// To the nearest multiple of `step` thousandths.
pub(super) fn round(out: &mut Vec<Fraction>, values: &[Fraction], direction: Direction, step: i64) {
    out.extend(values.iter().map(|value| if value.is_mark() { *value } else { rounded(*value, direction, step) }));
}

fn rounded(value: Fraction, direction: Direction, step: i64) -> Fraction {
    if let (Some(steps), Some(unit)) = (value.numerator.checked_mul(1000), value.denominator.checked_mul(step)) {
        let (below, rest) = (steps.div_euclid(unit), steps.rem_euclid(unit));
        let up = is_up(direction, rest.cmp(&(unit - rest)), (rest == 0, below % 2 != 0));
        return fraction((wide(below) + i128::from(up)) * wide(step), 1000);
    }
    let (steps, unit) = (wide(value.numerator) * 1000, wide(value.denominator) * wide(step));
    let (below, rest) = (steps.div_euclid(unit), steps.rem_euclid(unit));
    let up = is_up(direction, rest.cmp(&(unit - rest)), (rest == 0, below % 2 != 0));
    fraction((below + i128::from(up)) * wide(step), 1000)
}

/// Whether a number goes to the step above, by how the rest compares with half a step, whether there is one, and whether the step below is odd.
fn is_up(direction: Direction, half: Ordering, (is_whole, below_is_odd): (bool, bool)) -> bool {
    match direction {
        Direction::Up => !is_whole,
        Direction::Down => false,
        Direction::HalfUp => half != Ordering::Less,
        Direction::HalfDown => half == Ordering::Greater,
        Direction::HalfEven => half == Ordering::Greater || (half == Ordering::Equal && below_is_odd),
    }
}
