//! Sums of cells over lists that lie together: those before each cell are added up, so that an owner's sum is the difference of two. Two sums of the same
//! cells are made on one way through them.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{Marked, PUNT, TRUE, Truth, UNKNOWN};
use super::super::machine::Frame;
use super::super::program::Reduction;
use super::reduce::{condition, each_owner, each_row, part, total};

pub(super) fn sum_of_cells(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    match Lists::new(frame, [reduction, reduction]) {
        Some(lists) => frame.sums.borrow_mut().each(&Lists { conditions: [lists.conditions[0], None], ..lists }, |sums| out.push(sums[0])),
        None => one_by_one(frame, reduction, out),
    }
}

/// Two sums of the same cells of the same lists, which differ in the condition alone.
pub(in crate::verdicts::plan) fn two_sums(frame: &Frame<'_>, reductions: [&Reduction; 2], [of_one, of_other]: [&mut Vec<i64>; 2]) {
    if let Some(lists) = Lists::new(frame, reductions) {
        frame.sums.borrow_mut().each(&lists, |sums| {
            of_one.push(sums[0]);
            of_other.push(sums[1]);
        });
    } else {
        one_by_one(frame, reductions[0], of_one);
        one_by_one(frame, reductions[1], of_other);
    }
}

fn one_by_one(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    let (cells, condition) = (cells(frame, reduction), condition(frame, reduction));
    let number = |cell: &Cell| if cell.is_mark() { i64::mark(*cell) } else { i64::from(*cell) };
    out.extend(each_owner(frame, reduction).map(|range| match (range, condition) {
        (None, _) => i64::mark(PUNT),
        (Some(range), Some(condition)) => total(part(cells, &range).iter().map(number).zip(part(condition, &range).iter().copied())),
        (Some(range), None) => total(part(cells, &range).iter().map(|cell| (number(cell), TRUE))),
    }));
}

fn cells<'a>(frame: &Frame<'a>, reduction: &Reduction) -> &'a [Cell] {
    reduction.value.map_or(&[], |value| frame.cells(value))
}

/// The cells of the lists of all owners in turn, which of them count for two sums, and where the cells of each owner begin.
struct Lists<'a> {
    cells: &'a [Cell],
    conditions: [Option<&'a [Truth]>; 2],
    starts: &'a [u32],
}

impl<'a> Lists<'a> {
    /// Nothing where the cells are of other lists, or do not fit.
    fn new(frame: &Frame<'a>, reductions: [&Reduction; 2]) -> Option<Self> {
        let (starts, cells) = (each_row(frame, reductions[0])?, cells(frame, reductions[0]));
        fit(cells).then(|| Self { cells, conditions: reductions.map(|reduction| condition(frame, reduction)), starts })
    }
}

/// So many cells are added up at a time, so that their sums stay near.
const TOGETHER: usize = 512;
/// No cell is as large, so that so many of them are not too large for half a number.
const TOO_LARGE: u32 = 1 << 22;

/// Whether each cell is there, not below 0 and not too large.
fn fit(cells: &[Cell]) -> bool {
    // No cell is larger than the bits of all of them together.
    cells.iter().fold(0, |bits, cell| bits | cell.cast_unsigned()) < TOO_LARGE
}

/// The sums of some cells that follow each other.
#[derive(Debug, Default)]
pub(in crate::verdicts::plan) struct Sums {
    /// For each cell which of two conditions surely hold, a bit each; above these, of which it is not known.
    holding: Vec<u8>,
    /// Of which of them it is not known for some cell.
    unknown: u8,
    /// Two sums of those before each cell, and before the end, in one number: the first in the lower half, the second in the upper.
    before: Vec<u64>,
}

/// By which of two conditions hold, what a cell counts for in the two sums.
const COUNTS: [u64; 4] = [0, 1, 1 << u32::BITS, 1 << u32::BITS | 1];
const SURELY: u8 = 3;
const UNKNOWN_BITS: u32 = 2;

/// Two sums, and of which of them it is not known what counts.
#[derive(Clone, Copy, Default)]
struct Both {
    sums: [i64; 2],
    unknown: u8,
}

impl Both {
    fn and(self, other: Self) -> Self {
        Self { sums: [self.sums[0] + other.sums[0], self.sums[1] + other.sums[1]], unknown: self.unknown | other.unknown }
    }

    fn told(self) -> [i64; 2] {
        let told = |sum: i64, bit: u8| if self.unknown & bit == 0 { sum } else { i64::mark(PUNT) };
        [told(self.sums[0], 1 << UNKNOWN_BITS), told(self.sums[1], 2 << UNKNOWN_BITS)]
    }
}

impl Sums {
    /// Hand over the two sums of the cells of each owner.
    fn each(&mut self, lists: &Lists<'_>, mut hand: impl FnMut([i64; 2])) {
        let mut ends = lists.starts.iter().skip(1).map(|end| *end as usize).peekable();
        let mut left = Both::default();
        for (first, cells) in (0..).step_by(TOGETHER).zip(lists.cells.chunks(TOGETHER)) {
            let of_cells = first..first + cells.len();
            self.add_up(cells, lists.conditions.map(|condition| condition.map(|condition| part(condition, &of_cells))));
            let mut from = 0;
            while let Some(end) = ends.next_if(|end| *end <= of_cells.end) {
                hand(left.and(self.between(from..end - first)).told());
                (left, from) = (Both::default(), end - first);
            }
            left = left.and(self.between(from..cells.len()));
        }
        ends.for_each(|_| hand(std::mem::take(&mut left).told()));
    }

    fn add_up(&mut self, cells: &[Cell], conditions: [Option<&[Truth]>; 2]) {
        self.holding.clear();
        // The upper bit of a truth is on where it surely holds, the lower one where it is not known.
        match conditions {
            [Some(first), Some(second)] => {
                let bits = |first: &Truth, second: &Truth| first >> 1 | second & TRUE | (first & UNKNOWN | (second & UNKNOWN) << 1) << UNKNOWN_BITS;
                self.holding.extend(first.iter().zip(second).map(|(first, second)| bits(first, second)));
            }
            [Some(first), None] => self.holding.extend(first.iter().map(|first| first >> 1 | TRUE | (first & UNKNOWN) << UNKNOWN_BITS)),
            [None, Some(second)] => self.holding.extend(second.iter().map(|second| 1 | second & TRUE | (second & UNKNOWN) << (UNKNOWN_BITS + 1))),
            [None, None] => self.holding.resize(cells.len(), SURELY),
        }
        self.before.resize(TOGETHER + 1, 0);
        if let Some((_, before)) = self.before.split_first_mut() {
            let mut sum = 0;
            for (before, (cell, holding)) in before.iter_mut().zip(cells.iter().zip(&self.holding)) {
                sum += u64::from(cell.cast_unsigned()) * COUNTS[usize::from(holding & SURELY)];
                *before = sum;
            }
        }
        self.unknown = self.holding.iter().fold(0, |bits, holding| bits | holding) & !SURELY;
    }

    fn between(&self, range: Range<usize>) -> Both {
        let before = |place: usize| self.before.get(place).copied().unwrap_or(0);
        let sum = before(range.end) - before(range.start);
        let sums = [sum & u64::from(u32::MAX), sum >> u32::BITS].map(u64::cast_signed);
        let unknown = if self.unknown == 0 { 0 } else { all_bits(part(&self.holding, &range)) };
        Both { sums, unknown }
    }
}

/// The bits of some bytes together, eight bytes at a time: mostly there are not many more.
fn all_bits(bytes: &[u8]) -> u8 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut bits = words.iter().fold(0, |bits, word| bits | u64::from_le_bytes(*word));
    bits |= bits >> 32;
    bits |= bits >> 16;
    bits |= bits >> 8;
    rest.iter().fold(bits.to_le_bytes()[0], |bits, byte| bits | byte)
}

#[cfg(test)]
mod tests {
    use super::super::super::column::FALSE;
    use super::super::super::tests::Dice;
    use super::*;

    /// One owner's sum of what counts, one by one.
    fn plainly(cells: &[Cell], condition: Option<&[Truth]>) -> i64 {
        let truths = condition.map_or_else(|| vec![TRUE; cells.len()], <[Truth]>::to_vec);
        total(cells.iter().map(|cell| i64::from(*cell)).zip(truths))
    }

    /// Lists of no cells, of some, and of more than are added up at a time.
    #[test]
    fn two_sums_are_those_of_each_alone() {
        for seed in 0..60 {
            let dice = &mut Dice(seed);
            let mut starts = vec![0_u32];
            for _ in 0..dice.below(60) {
                let length = [0, dice.below(14), dice.below(14), dice.below(3 * TOGETHER)][dice.below(4)];
                starts.push(starts.last().unwrap() + u32::try_from(length).unwrap());
            }
            let count = *starts.last().unwrap() as usize;
            let cells: Vec<Cell> = (0..count).map(|_| Cell::try_from(dice.below(TOO_LARGE as usize)).unwrap()).collect();
            let truths = |dice: &mut Dice| -> Vec<Truth> {
                let rarely = 2 + dice.below(40);
                (0..count).map(|_| if dice.below(rarely) == 0 { UNKNOWN } else { [FALSE, TRUE][dice.below(2)] }).collect()
            };
            let (first, second) = (truths(dice), truths(dice));
            for conditions in [[Some(&first[..]), Some(&second[..])], [Some(&first[..]), None], [None, Some(&second[..])], [None, None]] {
                let mut sums = Vec::new();
                Sums::default().each(&Lists { cells: &cells, conditions, starts: &starts }, |both| sums.push(both));
                let plain: Vec<[i64; 2]> = starts
                    .windows(2)
                    .map(|ends| {
                        let own = ends[0] as usize..ends[1] as usize;
                        conditions.map(|condition| plainly(&cells[own.clone()], condition.map(|condition| &condition[own.clone()])))
                    })
                    .collect();
                assert_eq!(sums, plain, "seed {seed}");
            }
        }
    }
}
