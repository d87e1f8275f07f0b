//! What is made of a list for each row of its owner: sums, counts, quantifiers, the highest and the first.

use std::ops::Range;

use crate::vocabulary::{Cell, MISSING, SCALE};

use super::super::column::{FALSE, LARGEST, Marked, NONE, NOT_HAPPENED, PUNT, TRUE, Truth, UNKNOWN, cell_of_row, place};
use super::super::machine::Frame;
use super::super::program::{Domain, Over, Reduce, Reduction};
use super::moves::See;

/// For each outer row the rows of its elements; nothing where they are not surely known.
pub(super) fn each_owner<'a>(frame: &Frame<'a>, reduction: &Reduction) -> impl Iterator<Item = Option<Range<usize>>> + use<'a> {
    let (owners, starts, together) = match reduction.over {
        Over::Segments { list, owner } => (frame.cells(owner), frame.starts(list), true),
        Over::Pairs(domain) => {
            let owner = match frame.program.domains[domain.0 as usize] {
                Domain::Pairs(pairs) => frame.cells(pairs.owner),
                Domain::Once | Domain::Table(_) | Domain::Catalogue(_) | Domain::Edges { .. } => &[],
            };
            (owner, frame.extent(domain).starts.as_slice(), false)
        }
    };
    let given = reduction.given.map(|given| frame.truths(given));
    owners.iter().enumerate().map(move |(row, owner)| {
        let surely = given.is_none_or(|given| given.get(row) == Some(&TRUE));
        let at = if together { place(*owner) } else { row };
        match (starts.get(at), starts.get(at + 1)) {
            (Some(first), Some(end)) if surely && !owner.is_mark() => Some(*first as usize..*end as usize),
            _ => None,
        }
    })
}

/// Where the elements of each row begin, where a reduction asks about the elements of all rows of a table in turn.
pub(super) fn each_row<'a>(frame: &Frame<'a>, reduction: &Reduction) -> Option<&'a [u32]> {
    match reduction {
        Reduction { over: Over::Segments { list, owner }, given: None, .. } if frame.program.is_each_row(*owner) => Some(frame.starts(*list)),
        _ => None,
    }
}

pub(super) fn part<'a, T>(values: &'a [T], range: &Range<usize>) -> &'a [T] {
    values.get(range.clone()).unwrap_or(&[])
}

pub(super) fn condition<'a>(frame: &Frame<'a>, reduction: &Reduction) -> Option<&'a [Truth]> {
    reduction.condition.map(|condition| frame.truths(condition))
}

pub(super) fn quantified(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<Truth>) {
    let values = reduction.value.map_or(&[][..], |value| frame.truths(value));
    let condition = condition(frame, reduction);
    let every = reduction.reduce == Reduce::Every;
    out.extend(each_owner(frame, reduction).map(|range| {
        let Some(range) = range else { return UNKNOWN };
        let values = part(values, &range);
        match (condition, every) {
            (None, true) => values.iter().copied().fold(TRUE, Truth::min),
            (None, false) => values.iter().copied().fold(FALSE, Truth::max),
            (Some(condition), true) => {
                part(condition, &range).iter().zip(values).fold(TRUE, |all, (condition, value)| all.min((TRUE - condition).max(*value)))
            }
            (Some(condition), false) => {
                part(condition, &range).iter().zip(values).fold(FALSE, |any, (condition, value)| any.max(*condition.min(value)))
            }
        }
    }));
}

/// A total in thousandths and whether all that it counts is known.
pub(super) fn total(values: impl Iterator<Item = (i64, Truth)>) -> i64 {
    let (mut total, mut unknown) = (0_i64, false);
    for (value, condition) in values {
        let counts = condition == TRUE;
        // What is not there, or has not happened, is left out.
        unknown |= condition == UNKNOWN || (counts && value.is_unknown());
        total = total.saturating_add(if counts && !value.is_mark() { value } else { 0 });
    }
    if unknown || total.abs() >= LARGEST { i64::mark(PUNT) } else { total }
}

pub(super) fn sum_of_numbers(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    let numbers = reduction.value.map_or(&[][..], |value| frame.numbers(value));
    let condition = condition(frame, reduction);
    out.extend(each_owner(frame, reduction).map(|range| match (range, condition) {
        (None, _) => i64::mark(PUNT),
        (Some(range), Some(condition)) => total(part(numbers, &range).iter().copied().zip(part(condition, &range).iter().copied())),
        (Some(range), None) => total(part(numbers, &range).iter().map(|number| (*number, TRUE))),
    }));
}

fn thousandths(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(0) * i64::from(SCALE)
}

pub(super) fn count(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    let condition = condition(frame, reduction);
    out.extend(each_owner(frame, reduction).map(|range| match (range, condition) {
        (None, _) => i64::mark(PUNT),
        (Some(range), None) => thousandths(range.len()),
        (Some(range), Some(condition)) => {
            let condition = part(condition, &range);
            let count = condition.iter().map(|holds| usize::from(*holds == TRUE)).sum();
            if condition.contains(&UNKNOWN) { i64::mark(PUNT) } else { thousandths(count) }
        }
    }));
}

pub(super) fn count_distinct(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    let cells = reduction.value.map_or(&[][..], |value| frame.cells(value));
    let condition = condition(frame, reduction);
    let mut seen = Vec::new();
    out.extend(each_owner(frame, reduction).map(|range| {
        let Some(range) = range else { return i64::mark(PUNT) };
        seen.clear();
        for (position, cell) in part(cells, &range).iter().enumerate() {
            match condition.map_or(TRUE, |condition| condition.get(range.start + position).copied().unwrap_or(UNKNOWN)) {
                FALSE => {}
                TRUE if cell.is_unknown() => return i64::mark(PUNT),
                TRUE => seen.extend((!cell.is_mark()).then_some(*cell)),
                _ => return i64::mark(PUNT),
            }
        }
        seen.sort_unstable();
        seen.dedup();
        thousandths(seen.len())
    }));
}

/// What a walk for the highest or the lowest has found.
fn best<T: Marked>(values: impl Iterator<Item = (T, Truth)>, better: impl Fn(T, T) -> bool) -> T {
    let mut best: Option<T> = None;
    let mut skipped = false;
    for (value, condition) in values {
        match condition {
            FALSE => continue,
            TRUE => {}
            _ => return T::mark(PUNT),
        }
        match value.as_mark() {
            None if best.is_none_or(|best| better(value, best)) => best = Some(value),
            None => {}
            Some(NOT_HAPPENED) => skipped = true,
            Some(_) => return T::mark(PUNT),
        }
    }
    best.unwrap_or_else(|| T::mark(if skipped { PUNT } else { MISSING }))
}

/// The highest or the lowest of values of one type.
pub(super) fn extreme<'a, T: Marked>(frame: &Frame<'a>, (reduction, see): (&Reduction, See<'a, T>), out: &mut Vec<T>) {
    let values = reduction.value.map_or(&[][..], |value| see(frame, value));
    let condition = condition(frame, reduction);
    let highest = reduction.reduce == Reduce::Highest;
    out.extend(each_owner(frame, reduction).map(|range| {
        let Some(range) = range else { return T::mark(PUNT) };
        let holds = |position: usize| condition.map_or(TRUE, |condition| condition.get(position).copied().unwrap_or(UNKNOWN));
        let start = range.start;
        let elements = part(values, &range).iter().enumerate().map(|(position, value)| (*value, holds(start + position)));
        best(elements, |value, best| if highest { best.less(value) } else { value.less(best) })
    }));
}

/// The row of the first or the last element by its key; a tie, or a key that is no value, is left to the other evaluator.
pub(super) fn pick(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<Cell>) {
    let keys = reduction.value.map_or(&[][..], |value| frame.cells(value));
    let condition = condition(frame, reduction);
    let elements = match reduction.over {
        Over::Segments { .. } => None,
        Over::Pairs(domain) => Some(frame.extent(domain).element.as_slice()),
    };
    let last = reduction.reduce == Reduce::Last;
    out.extend(each_owner(frame, reduction).map(|range| {
        let Some(range) = range else { return PUNT };
        let mut found: Option<(Cell, usize)> = None;
        let mut tied = false;
        for position in range {
            let holds = condition.map_or(TRUE, |condition| condition.get(position).copied().unwrap_or(UNKNOWN));
            let key = keys.get(position).copied().unwrap_or(PUNT);
            match (holds, found) {
                (FALSE, _) => {}
                (TRUE, _) if key.is_mark() => return PUNT,
                (TRUE, Some((best, _))) if key == best => tied = true,
                (TRUE, Some((best, _))) if (key < best) == last => {}
                (TRUE, _) => (found, tied) = (Some((key, position)), false),
                _ => return PUNT,
            }
        }
        match found {
            _ if tied => PUNT,
            None => NONE,
            Some((_, position)) => match elements {
                None => cell_of_row(u32::try_from(position).unwrap_or(u32::MAX)),
                Some(elements) => elements.get(position).copied().unwrap_or(PUNT),
            },
        }
    }));
}
