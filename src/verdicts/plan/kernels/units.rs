//! What the facts of a student say of the units of a list of the catalogue, all of them together.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word};
use super::super::facts::INCLUDED_MAYBE;
use super::super::machine::Frame;
use super::super::operations::UnitsAsked;
use super::super::program::Reduce;
use super::super::tables::{CatalogueList, UnitList};
use super::facts::{Slots, shown};

/// A question about units, with the columns that it looks at.
pub(super) struct Units<'a> {
    asked: UnitsAsked,
    list: &'a CatalogueList,
    known: &'a UnitList,
    owners: &'a [Cell],
    keys: Option<&'a [Cell]>,
    given: Option<&'a [Truth]>,
    bits: Option<&'a [Word]>,
}

impl<'a> Units<'a> {
    pub(super) fn new(frame: &Frame<'a>, asked: &UnitsAsked) -> Option<Self> {
        Some(Self {
            asked: *asked,
            list: frame.program.lists.get(asked.pairs.0 as usize)?.as_ref()?,
            known: frame.program.units_asked.get(asked.units as usize)?,
            owners: frame.cells(asked.owner),
            keys: asked.key.map(|key| frame.cells(key)),
            given: asked.given.map(|given| frame.truths(given)),
            bits: asked.bit.map(|bit| frame.words(bit)),
        })
    }

    /// The answers for rows of one student.
    pub(super) fn answer(&self, rows: Range<usize>, facts: (&Slots, Word), out: &mut [Truth]) {
        let (Some(owners), Some(out)) = (self.owners.get(rows.clone()), out.get_mut(rows.clone())) else { return };
        for (truth, (row, owner)) in out.iter_mut().zip(rows.zip(owners)) {
            *truth = self.of_row((row, *owner), facts);
        }
    }

    fn of_row(&self, (row, owner): (usize, Cell), (slots, anything): (&Slots, Word)) -> Truth {
        if owner.is_mark() || self.given.is_some_and(|given| given.get(row) != Some(&TRUE)) {
            return UNKNOWN;
        }
        let range = self.list.chosen(owner, self.keys.map(|keys| (keys, row)));
        let classes = self.known.classes.get(range.clone()).unwrap_or(&[]);
        let meant = self.known.meant.get(range).unwrap_or(&[]);
        let wanted = self.wanted(row);
        let shown = meant.iter().zip(classes).map(|(meant, class)| (*meant, wanted.shown_by(slots.get(*class) | anything)));
        if self.asked.reduce == Reduce::Every {
            shown.fold(TRUE, |all, (meant, shown)| all.min((TRUE - meant).max(shown)))
        } else {
            shown.fold(FALSE, |any, (meant, shown)| any.max(meant.min(shown)))
        }
    }

    /// What the facts of a unit must say for a row; an ISP without a bit of its own perhaps includes every unit.
    fn wanted(&self, row: usize) -> Wanted {
        let UnitsAsked { sure, possible, .. } = self.asked;
        match self.bits.map(|bits| bits.get(row).copied().unwrap_or(INCLUDED_MAYBE)) {
            None => Wanted { sure, possible, otherwise: FALSE },
            Some(INCLUDED_MAYBE) => Wanted { sure, possible, otherwise: UNKNOWN },
            Some(bit) => Wanted { sure: sure | bit, possible: possible | INCLUDED_MAYBE, otherwise: FALSE },
        }
    }
}

/// What makes a word of facts an answer.
#[derive(Clone, Copy)]
struct Wanted {
    sure: Word,
    possible: Word,
    otherwise: Truth,
}

impl Wanted {
    fn shown_by(self, word: Word) -> Truth {
        shown(word, (self.sure, self.possible)).max(self.otherwise)
    }
}
