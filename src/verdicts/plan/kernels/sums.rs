//! Sums of cells over lists that lie together, a block at a time: a block of a length that is known beforehand is added up in few instructions, and what it
//! holds behind the end of a list does not count.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{FALSE, Marked, PUNT, TRUE, Truth, UNKNOWN};
use super::super::machine::Frame;
use super::super::program::Reduction;
use super::super::wide::widely;
use super::blocks::BLOCK;
use super::reduce::{condition, each_owner, each_row, part, total};

pub(super) fn sum_of_cells(frame: &Frame<'_>, reduction: &Reduction, out: &mut Vec<i64>) {
    let cells = reduction.value.map_or(&[][..], |value| frame.cells(value));
    let sums = Sums { cells, condition: condition(frame, reduction) };
    let fit = fit(cells);
    match each_row(frame, reduction) {
        Some(starts) if fit => sums.each(starts, out),
        _ => out.extend(each_owner(frame, reduction).map(|list| match list {
            Some(list) if fit => sums.of(list),
            Some(list) => sums.one_by_one(&list),
            None => i64::mark(PUNT),
        })),
    }
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

/// Cells, and which of them count: all where there is no condition.
struct Sums<'a> {
    cells: &'a [Cell],
    condition: Option<&'a [Truth]>,
}

impl<'a> Sums<'a> {
    /// The sums of lists that follow each other, by where each begins.
    fn each(&self, starts: &[u32], out: &mut Vec<i64>) {
        out.reserve(starts.len());
        widely(|| {
            for ends in starts.windows(2) {
                out.push(self.of(ends[0] as usize..ends[1] as usize));
            }
        });
    }

    /// The sum of a list of cells that fit; a mark where it is not known of each whether it counts.
    #[inline]
    fn of(&self, list: Range<usize>) -> i64 {
        // Most lists are no longer than a block.
        match (self.block(list.start), WITHIN.get(list.len())) {
            (Some((cells, condition)), Some(within)) => {
                let (sum, bits) = add_up(cells, condition, within);
                told(i64::from(sum), bits)
            }
            _ => self.in_blocks(list),
        }
    }

    /// The sum of a list that is longer than a block, or stands where no whole one does.
    #[inline(never)]
    fn in_blocks(&self, list: Range<usize>) -> i64 {
        let (mut sum, mut bits) = (0, FALSE);
        for first in list.clone().step_by(BLOCK) {
            let within = &WITHIN[(list.end - first).min(BLOCK)];
            let (own, told) = match self.block(first) {
                Some((cells, condition)) => add_up(cells, condition, within),
                None => add_up(&padded(self.cells, first), &self.condition.map_or(ALL, |condition| padded(condition, first)), within),
            };
            sum += i64::from(own);
            bits |= told;
        }
        told(sum, bits)
    }

    /// The block that begins with a cell, where there are as many.
    #[inline]
    fn block(&self, first: usize) -> Option<(&'a [Cell; BLOCK], &'a [Truth; BLOCK])> {
        let condition = match self.condition {
            Some(condition) => condition.get(first..)?.first_chunk()?,
            None => &ALL,
        };
        Some((self.cells.get(first..)?.first_chunk()?, condition))
    }

    fn one_by_one(&self, list: &Range<usize>) -> i64 {
        let number = |cell: &Cell| if cell.is_mark() { i64::mark(*cell) } else { i64::from(*cell) };
        let cells = part(self.cells, list).iter().map(number);
        match self.condition {
            Some(condition) => total(cells.zip(part(condition, list).iter().copied())),
            None => total(cells.map(|cell| (cell, TRUE))),
        }
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

/// The sum of the cells that surely count, and the bits of the truths of all.
#[inline]
fn add_up(cells: &[Cell; BLOCK], condition: &[Truth; BLOCK], within: &[Truth; BLOCK]) -> (Cell, Truth) {
    let (mut sum, mut bits) = (0, FALSE);
    for ((cell, holds), within) in cells.iter().zip(condition).zip(within) {
        let holds = holds & within;
        // The upper bit of a truth is on where it surely holds.
        sum += cell & -Cell::from(holds >> 1);
        bits |= holds;
    }
    (sum, bits)
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
            let condition = truths(dice);
            for condition in [Some(&condition[..]), None] {
                let sums = Sums { cells: &cells, condition };
                let one_by_one: Vec<i64> = starts.windows(2).map(|ends| sums.one_by_one(&(ends[0]..ends[1]))).collect();
                let in_blocks: Vec<i64> = starts.windows(2).map(|ends| sums.in_blocks(ends[0]..ends[1])).collect();
                let mut each = Vec::new();
                sums.each(&starts.iter().map(|start| u32::try_from(*start).unwrap()).collect::<Vec<_>>(), &mut each);
                assert_eq!([&each, &in_blocks], [&one_by_one; 2], "seed {seed}");
            }
        }
    }
}
