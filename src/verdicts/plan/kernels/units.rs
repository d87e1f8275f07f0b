//! What the facts of a student say of the units of a list of the catalogue, all of them together.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word};
use super::super::facts::INCLUDED_MAYBE;
use super::super::machine::Frame;
use super::super::operations::UnitsAsked;
use super::super::program::Reduce;
use super::super::tables::{CatalogueList, UnitList};
use super::facts::shown;
use super::laid::{Facts, Laid};

/// A question about units, with the columns that it looks at.
pub(super) struct Units<'a> {
    asked: UnitsAsked,
    list: &'a CatalogueList,
    known: &'a UnitList,
    students: &'a [Cell],
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
            students: frame.cells(asked.student),
            owners: frame.cells(asked.owner),
            keys: asked.key.map(|key| frame.cells(key)),
            given: asked.given.map(|given| frame.truths(given)),
            bits: asked.bit.map(|bit| frame.words(bit)),
        })
    }

    /// The answers for rows of students whose facts lie open.
    pub(super) fn answer(&self, rows: Range<usize>, facts: Laid<'_>, out: &mut [Truth]) {
        let (Some(students), Some(owners)) = (self.students.get(rows.clone()), self.owners.get(rows.clone())) else { return };
        let Some(out) = out.get_mut(rows.clone()) else { return };
        for ((truth, student), (row, owner)) in out.iter_mut().zip(students).zip(rows.zip(owners)) {
            *truth = self.of_row((row, *owner), facts.of_student(*student));
        }
    }

    /// A function of its own, so that what its loop looks at stays in registers.
    #[inline(never)]
    fn of_row(&self, (row, owner): (usize, Cell), facts: Facts<'_>) -> Truth {
        if owner.is_mark() || self.given.is_some_and(|given| given.get(row) != Some(&TRUE)) {
            return UNKNOWN;
        }
        let range = self.list.chosen(owner, self.keys.map(|keys| (keys, row)));
        let classes = self.known.classes.get(range.clone()).unwrap_or(&[]);
        let wanted = self.wanted(row);
        let every = self.asked.reduce == Reduce::Every;
        if self.known.meant.is_none() && every && wanted.otherwise == FALSE {
            return wanted.shown_by_every(classes, facts);
        }
        let shown = classes.iter().map(|class| wanted.shown_by(facts.of(*class)));
        let Some(meant) = &self.known.meant else {
            return if every { shown.fold(TRUE, Truth::min) } else { shown.fold(FALSE, Truth::max) };
        };
        let shown = meant.get(range).unwrap_or(&[]).iter().zip(shown);
        if every {
            shown.fold(TRUE, |all, (meant, shown)| all.min((TRUE - meant).max(shown)))
        } else {
            shown.fold(FALSE, |any, (meant, shown)| any.max(shown.min(*meant)))
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
    /// Whether the facts of every class show it, where nothing else may.
    fn shown_by_every(self, classes: &[Cell], facts: Facts<'_>) -> Truth {
        let is_in_every = |wanted: Word| classes.iter().fold(true, |every, class| every & (facts.of(*class) & wanted != 0));
        // Mostly that is sure, and what is sure is possible.
        if is_in_every(self.sure) { TRUE } else { Truth::from(is_in_every(self.sure | self.possible)) }
    }

    fn shown_by(self, word: Word) -> Truth {
        shown(word, (self.sure, self.possible)).max(self.otherwise)
    }
}
