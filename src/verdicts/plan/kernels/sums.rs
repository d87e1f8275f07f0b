//! Sums of cells over lists that lie together, a block at a time: a block of a length that is known beforehand is added up in few instructions, and what it
//! holds behind the end of a list does not count. Two sums of the same cells are made on one way through them.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{FALSE, Marked, PUNT, TRUE, Truth, UNKNOWN};
use super::super::machine::Frame;
use super::super::program::Reduction;
use super::blocks::BLOCK;
use super::reduce::{condition, each_owner, each_row, part, total};

pub(super) fn sum_of_cells(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    Sums::new(frame, [reduction]).each(frame, reduction, |[sum]| out.push(sum));
}

/// Two sums of the same cells of the same lists, which differ in the condition alone.
pub(in crate::verdicts::plan) fn two_sums(frame: &Frame<'_>, reductions: [&Reduction; 2], [of_one, of_other]: [&mut Vec<i64>; 2]) {
    Sums::new(frame, reductions).each(frame, reductions[0], |[one, other]| {
        of_one.push(one);
        of_other.push(other);
    });
}

/// No cell is as large, so that the sum of a block is a cell.
const TOO_LARGE: u32 = 1 << 27;

/// Whether each cell is there, not below 0 and not too large.
fn fit(cells: &[Cell]) -> bool {
    // No cell is larger than the bits of all of them together.
    cells.iter().fold(0, |bits, cell| bits | cell.cast_unsigned()) < TOO_LARGE
}

/// For each number of cells that belong to a list, the bits of the truths that count.
const WITHIN: [[Truth; BLOCK]; BLOCK + 1] = {
    let mut within = [[FALSE; BLOCK]; BLOCK + 1];
    let mut count = 0;
    while count <= BLOCK {
        let mut cell = 0;
        while cell < count {
            within[count][cell] = TRUE | UNKNOWN;
            cell += 1;
        }
        count += 1;
    }
    within
};

/// Cells, and which of them count for each of some sums: all where there is no condition.
struct Sums<'a, const N: usize> {
    cells: &'a [Cell],
    conditions: [Option<&'a [Truth]>; N],
}

impl<'a, const N: usize> Sums<'a, N> {
    fn new(frame: &Frame<'a>, reductions: [&Reduction; N]) -> Self {
        let cells = reductions[0].value.map_or(&[][..], |value| frame.cells(value));
        Self { cells, conditions: reductions.map(|reduction| condition(frame, reduction)) }
    }

    /// Hand over the sums of each list; marks for one that is not known.
    fn each(&self, frame: &Frame<'a>, reduction: &Reduction, mut hand: impl FnMut([i64; N])) {
        let (fit, unknown) = (fit(self.cells), [i64::mark(PUNT); N]);
        match each_row(frame, reduction) {
            Some(starts) if fit => starts.windows(2).for_each(|ends| hand(self.of(ends[0] as usize..ends[1] as usize))),
            _ => each_owner(frame, reduction).for_each(|list| {
                hand(list.map_or(unknown, |list| if fit { self.of(list) } else { self.one_by_one(&list) }));
            }),
        }
    }

    /// The sums of a list of cells that fit; a mark where it is not known of each whether it counts.
    fn of(&self, list: Range<usize>) -> [i64; N] {
        // Most lists are no longer than a block.
        match (self.block(list.start), WITHIN.get(list.len())) {
            (Some((cells, conditions)), Some(within)) => conditions.map(|condition| {
                let (sum, bits) = add_up(cells, condition, within);
                told(i64::from(sum), bits)
            }),
            _ => self.in_blocks(list),
        }
    }

    /// The sums of a list that is longer than a block, or stands where no whole one does.
    #[inline(never)]
    fn in_blocks(&self, list: Range<usize>) -> [i64; N] {
        let mut sums = [(0, FALSE); N];
        for first in list.clone().step_by(BLOCK) {
            let within = &WITHIN[(list.end - first).min(BLOCK)];
            let of_block = if let Some((cells, conditions)) = self.block(first) {
                conditions.map(|condition| add_up(cells, condition, within))
            } else {
                let cells = padded(self.cells, first);
                self.conditions.map(|condition| add_up(&cells, &condition.map_or(ALL, |condition| padded(condition, first)), within))
            };
            for ((sum, bits), (own, told)) in sums.iter_mut().zip(of_block) {
                *sum += i64::from(own);
                *bits |= told;
            }
        }
        sums.map(|(sum, bits)| told(sum, bits))
    }

    /// The block that begins with a cell, where there are as many.
    fn block(&self, first: usize) -> Option<(&'a [Cell; BLOCK], [&'a [Truth; BLOCK]; N])> {
        let mut conditions = [&ALL; N];
        for (own, condition) in conditions.iter_mut().zip(self.conditions) {
            if let Some(condition) = condition {
                *own = condition.get(first..)?.first_chunk()?;
            }
        }
        Some((self.cells.get(first..)?.first_chunk()?, conditions))
    }

    fn one_by_one(&self, list: &Range<usize>) -> [i64; N] {
        let number = |cell: &Cell| if cell.is_mark() { i64::mark(*cell) } else { i64::from(*cell) };
        let cells = part(self.cells, list).iter().map(number);
        self.conditions.map(|condition| match condition {
            Some(condition) => total(cells.clone().zip(part(condition, list).iter().copied())),
            None => total(cells.clone().map(|cell| (cell, TRUE))),
        })
    }
}

/// What counts where there is no condition.
const ALL: [Truth; BLOCK] = [TRUE; BLOCK];

/// A sum, by the bits of the truths of its cells.
fn told(sum: i64, bits: Truth) -> i64 {
    if bits & UNKNOWN == 0 { sum } else { i64::mark(PUNT) }
}

/// The last values as a block.
fn padded<T: Copy + Default>(values: &[T], first: usize) -> [T; BLOCK] {
    let mut padded = [T::default(); BLOCK];
    let last = values.get(first..).unwrap_or(&[]);
    padded.iter_mut().zip(last).for_each(|(own, value)| *own = *value);
    padded
}

/// The sum of the cells that surely count, and the bits of the truths of all. A function of its own, so that it is made of instructions that add many.
#[inline(never)]
fn add_up(cells: &[Cell; BLOCK], condition: &[Truth; BLOCK], within: &[Truth; BLOCK]) -> (Cell, Truth) {
    let condition: [Truth; BLOCK] = std::array::from_fn(|cell| condition[cell] & within[cell]);
    // The upper bit of a truth is on where it surely holds.
    let sum = cells.iter().zip(&condition).map(|(cell, holds)| cell & -Cell::from(holds >> 1)).sum();
    (sum, condition.iter().fold(FALSE, |bits, holds| bits | holds))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::Dice;
    use super::*;

    /// Lists of no cells, of some, and of more than a block, up to the last cell.
    #[test]
    fn sums_in_blocks_are_those_of_cells_one_by_one() {
        for seed in 0..200 {
            let dice = &mut Dice(seed);
            let mut starts = vec![0];
            for _ in 0..dice.below(20) {
                let length = [0, dice.below(BLOCK), dice.below(BLOCK), dice.below(5 * BLOCK)][dice.below(4)];
                starts.push(starts.last().unwrap() + length);
            }
            let count = *starts.last().unwrap();
            let cells: Vec<Cell> = (0..count).map(|_| Cell::try_from(dice.below(TOO_LARGE as usize)).unwrap()).collect();
            let truths = |dice: &mut Dice| -> Vec<Truth> {
                let rarely = 2 + dice.below(60);
                (0..count).map(|_| if dice.below(rarely) == 0 { UNKNOWN } else { [FALSE, TRUE][dice.below(2)] }).collect()
            };
            let (first, second) = (truths(dice), truths(dice));
            let lists = || starts.windows(2).map(|ends| ends[0]..ends[1]);
            for conditions in [[Some(&first[..]), Some(&second[..])], [None, Some(&second[..])]] {
                let sums = Sums { cells: &cells, conditions };
                for list in lists() {
                    let one_by_one = sums.one_by_one(&list);
                    assert_eq!([sums.of(list.clone()), sums.in_blocks(list)], [one_by_one; 2], "seed {seed}");
                }
            }
        }
    }
}
