//! Credits of course units, each counted once: those surely earned, and those that may have been.

use crate::records::CodeId;
use crate::verdicts::World;
use crate::verdicts::explain::{Known, Reasons};
use crate::vocabulary::{Exact, Field, number_of_cell};

/// The course units counted.
#[derive(Debug, Default)]
pub(in crate::verdicts::explain) struct Credits {
    of_units: Vec<Credit>,
}

/// What one course unit counts for.
#[derive(Debug)]
struct Credit {
    class: CodeId,
    year: i32,
    credits: Option<Exact>,
    earned: Known<()>,
    field: Field,
    row: u32,
}

/// What all of them come to.
#[derive(Debug)]
struct Totals {
    sure: Exact,
    /// Nothing where there is no telling how many.
    possible: Option<Exact>,
    reasons: Reasons,
}

impl Credit {
    /// What goes before what, of one course unit.
    fn weight(&self) -> (bool, bool, i32) {
        (self.earned.is_ok(), self.credits.is_some(), self.year)
    }
}

impl Credits {
    /// Count a course unit: what is sure goes before what is not, then the latest year that gives its credits.
    pub(in crate::verdicts::explain) fn add(
        &mut self,
        world: World<'_>,
        (course, credits, row): (Field, Field, u32),
        (year, earned): (i32, Known<bool>),
    ) {
        let earned = match earned {
            Ok(false) => return,
            Ok(true) => Ok(()),
            Err(reasons) => Err(reasons),
        };
        let Some(named) = world.reference(course, row) else { return };
        let number = number_of_cell(world.cell(credits, row));
        let credit = Credit { class: world.course_class(named), year, credits: number, earned, field: credits, row };
        match self.of_units.iter_mut().find(|known| known.class == credit.class) {
            Some(known) if credit.weight() > known.weight() => *known = credit,
            Some(_) => {}
            None => self.of_units.push(credit),
        }
    }

    fn totals(self) -> Totals {
        let mut totals = Totals { sure: Exact::ZERO, possible: Some(Exact::ZERO), reasons: Reasons::default() };
        for unit in self.of_units {
            let plus = |total: Exact| unit.credits.and_then(|credits| total.checked_add(credits));
            totals.possible = totals.possible.and_then(plus);
            match (unit.earned, unit.credits) {
                (Ok(()), Some(_)) => totals.sure = plus(totals.sure).unwrap_or(totals.sure),
                (Ok(()), None) => totals.reasons.add(Reasons::field(unit.field, unit.row)),
                (Err(why), _) => totals.reasons.add(why),
            }
        }
        totals
    }

    /// Those surely earned.
    pub(in crate::verdicts::explain) fn sure(self) -> Exact {
        self.totals().sure
    }

    /// All of them, where every one is known.
    pub(in crate::verdicts::explain) fn total(self, more: Reasons) -> Known<Exact> {
        let Totals { sure, mut reasons, .. } = self.totals();
        reasons.add(more);
        reasons.unless_any(sure)
    }

    /// Whether they come to so many; what is unknown matters only where it could make the difference.
    pub(in crate::verdicts::explain) fn reach(self, wanted: Exact) -> Known<bool> {
        let Totals { sure, possible, reasons } = self.totals();
        if sure >= wanted {
            return Ok(true);
        }
        if possible.is_some_and(|possible| possible < wanted) { Ok(false) } else { reasons.unless_any(false) }
    }
}
