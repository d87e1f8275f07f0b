//! Truths: three-valued logic, tests and comparisons, each a loop over columns.

use std::cmp::Ordering;

use crate::vocabulary::{Cell, MISSING, SCALE};

use super::super::column::{FALSE, Marked, NONE, PUNT, TRUE, Truth, UNKNOWN, truth};
use super::super::machine::Frame;
use super::super::program::{Comparison, DomainId, NodeId};
use super::blocks::{answers, answers_to_two};
use super::moves::See;

pub(super) fn of_cells(out: &mut Vec<Truth>, cells: &[Cell]) {
    answers(out, cells, |cell| match cell {
        0 => FALSE,
        1 => TRUE,
        _ => UNKNOWN,
    });
}

pub(super) fn not(out: &mut Vec<Truth>, values: &[Truth]) {
    out.extend(values.iter().map(|value| TRUE - value));
}

pub(super) fn and(out: &mut Vec<Truth>, left: &[Truth], right: &[Truth]) {
    out.extend(left.iter().zip(right).map(|(left, right)| *left.min(right)));
}

pub(super) fn or(out: &mut Vec<Truth>, left: &[Truth], right: &[Truth]) {
    out.extend(left.iter().zip(right).map(|(left, right)| *left.max(right)));
}

pub(super) fn surely(out: &mut Vec<Truth>, values: &[Truth]) {
    out.extend(values.iter().map(|value| value & TRUE));
}

pub(super) fn same(out: &mut Vec<Truth>, left: &[Truth], right: &[Truth]) {
    out.extend(left.iter().zip(right).map(|(left, right)| match (*left, *right) {
        (UNKNOWN, _) | (_, UNKNOWN) => UNKNOWN,
        (left, right) => truth(left == right),
    }));
}

/// What is not there is neither in the set nor outside it. A word alone, and all but one, are looked for many at a time.
pub(super) fn one_of(out: &mut Vec<Truth>, cells: &[Cell], set: u64) {
    // Marks are below 0, and so beyond all words.
    let is_word = |cell: Cell| cell.cast_unsigned() < u64::BITS;
    if let Some(only) = only(set) {
        answers(out, cells, |cell| truth(cell == only) | Truth::from(cell.is_unknown()));
    } else if let Some(but) = only(!set) {
        if Cell::are_all_there(cells) {
            answers(out, cells, |cell| truth(cell != but));
        } else {
            answers(out, cells, |cell| (truth(cell != but) & truth(!cell.is_mark())) | Truth::from(cell.is_unknown()));
        }
    } else {
        answers(out, cells, |cell| truth(is_word(cell) && set >> (cell & 63) & 1 == 1) | Truth::from(cell.is_unknown()));
    }
}

/// The one word of a set.
fn only(set: u64) -> Option<Cell> {
    set.is_power_of_two().then(|| Cell::try_from(set.trailing_zeros()).unwrap_or(MISSING))
}

pub(super) fn known<T: Marked>(out: &mut Vec<Truth>, values: &[T]) {
    answers(out, values, |value| match value.as_mark() {
        Some(PUNT) => UNKNOWN,
        mark => truth(mark.is_none()),
    });
}

const _: () = {
    let mut mark = Cell::MIN;
    while mark <= NONE {
        assert!(mark % SCALE != 0, "a mark is no whole number");
        mark += 1;
    }
};

/// Whether cells in thousandths are whole.
pub(super) fn whole_cells(out: &mut Vec<Truth>, cells: &[Cell]) {
    answers(out, cells, |cell| truth(cell % SCALE == 0) | Truth::from(cell.is_mark()));
}

pub(super) fn whole_numbers(out: &mut Vec<Truth>, numbers: &[i64]) {
    out.extend(numbers.iter().map(|number| if number.is_mark() { UNKNOWN } else { truth(number % i64::from(SCALE) == 0) }));
}

/// What is compared: how, and the two sides.
pub(super) struct Sides {
    pub(super) comparison: Comparison,
    pub(super) left: NodeId,
    pub(super) right: NodeId,
}

pub(super) fn compare<'a, T: Marked>(frame: &Frame<'a>, (sides, see): (&Sides, See<'a, T>), domain: DomainId, out: &mut Vec<Truth>) {
    if frame.has_no_values(sides.left) {
        out.resize(frame.len(domain), UNKNOWN);
        return;
    }
    let (left, right) = (see(frame, sides.left), see(frame, sides.right));
    let single = frame.is_one_for(sides.right, domain).then(|| right.first().copied().unwrap_or_else(|| T::mark(PUNT)));
    match sides.comparison {
        Comparison::Less => fill(out, left, (right, single), |left: T, right: T| left.less(right)),
        Comparison::LessOrEqual => fill(out, left, (right, single), |left: T, right: T| !right.less(left)),
        Comparison::Greater => fill(out, left, (right, single), |left: T, right: T| right.less(left)),
        Comparison::GreaterOrEqual => fill(out, left, (right, single), |left: T, right: T| !left.less(right)),
        Comparison::Equal => fill(out, left, (right, single), |left: T, right: T| left.same(right)),
        Comparison::NotEqual => fill(out, left, (right, single), |left: T, right: T| !left.same(right)),
    }
}

/// A quotient against a limit, crosswise: so many times the left against so many times the right. Nothing is divided by 0.
pub(super) fn ratio(out: &mut Vec<Truth>, comparison: Comparison, left: (&[i64], i64), right: (&[i64], i64)) {
    match comparison {
        Comparison::Less => crosswise(out, left, right, Ordering::is_lt),
        Comparison::LessOrEqual => crosswise(out, left, right, Ordering::is_le),
        Comparison::Greater => crosswise(out, left, right, Ordering::is_gt),
        Comparison::GreaterOrEqual => crosswise(out, left, right, Ordering::is_ge),
        Comparison::Equal => crosswise(out, left, right, Ordering::is_eq),
        Comparison::NotEqual => crosswise(out, left, right, Ordering::is_ne),
    }
}

fn crosswise(out: &mut Vec<Truth>, (left, times): (&[i64], i64), (right, limit): (&[i64], i64), holds: impl Fn(Ordering) -> bool) {
    out.extend(left.iter().zip(right).map(|(left, right)| {
        if left.is_mark() || right.is_mark() || *right == 0 {
            return UNKNOWN;
        }
        let order = match (left.checked_mul(times), right.checked_mul(limit)) {
            (Some(scaled), Some(limit)) => scaled.cmp(&limit),
            _ => (i128::from(*left) * i128::from(times)).cmp(&(i128::from(*right) * i128::from(limit))),
        };
        // What is below 0 turns the sides around.
        truth(holds(if *right < 0 { order.reverse() } else { order }))
    }));
}

/// Without branches: whether anything is there is looked at together with whether it holds.
fn fill<T: Marked>(out: &mut Vec<Truth>, left: &[T], (right, single): (&[T], Option<T>), holds: impl Fn(T, T) -> bool) {
    let known = |left: T, right: T| truth(holds(left, right)) & truth(!left.is_mark()) | Truth::from(left.is_unknown());
    let both = |left: T, right: T| known(left, right) & truth(!right.is_mark()) | Truth::from(left.is_unknown()) | Truth::from(right.is_unknown());
    // Mostly all values are there, and there is nothing else to look at.
    let all_there = T::are_all_there(left);
    match single {
        Some(right) if all_there && !right.is_mark() => answers(out, left, |left| truth(holds(left, right))),
        None if all_there && T::are_all_there(right) => answers_to_two(out, (left, right), |left, right| truth(holds(left, right))),
        Some(right) if !right.is_mark() => answers(out, left, |left| known(left, right)),
        Some(right) => answers(out, left, |left| both(left, right)),
        None if T::are_all_there(right) => answers_to_two(out, (left, right), known),
        None => answers_to_two(out, (left, right), both),
    }
}
