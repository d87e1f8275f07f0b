//! How far a student has come: what was taken up, passed, tolerated or exempted, and whether that is enough for what comes after. Careful rather than
//! exact: the rules themselves are judged by the evaluator.

use crate::generate::institution::{Institution, Programme, Unit};
use crate::rulebook::{Constant, Demand, DemandKind, ExpressionKind};
use crate::syntax::ast::EdgeKind;
use crate::vocabulary::{Cell, Enumeration, Exact, cell_of_number};

/// A year and a semester.
pub(super) type When = (i32, i32);

/// How a unit was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Passed,
    Tolerated,
    Exempted,
}

/// What a student has done with a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct UnitStanding {
    /// When it was first taken up.
    pub(super) taken: Option<When>,
    pub(super) done: Option<(When, Done)>,
    /// When it was last taken up.
    pub(super) last: Option<When>,
}

/// Whether what must be taken together is thought of as taken, or looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    Assumed,
    There,
}

/// What a unit is asked for: which, when, and whether its company is looked for.
type Asked<'u> = (&'u Unit, When, Company);

/// What a student has done with every unit of the programme.
#[derive(Clone)]
pub(super) struct Standing<'i> {
    institution: &'i Institution<'i>,
    pub(super) programme: &'i Programme,
    units: Vec<UnitStanding>,
    /// The level of the highest diploma, as its index.
    level: i32,
}

impl<'i> Standing<'i> {
    pub(super) fn new(institution: &'i Institution<'i>, programme: &'i Programme, level: i32) -> Self {
        Self { institution, programme, units: vec![UnitStanding::default(); programme.units.len()], level }
    }

    pub(super) fn of(&self, unit: usize) -> UnitStanding {
        self.units.get(self.programme.first(unit)).copied().unwrap_or_default()
    }

    pub(super) fn take_up(&mut self, unit: usize, when: When) {
        let first = self.programme.first(unit);
        if let Some(standing) = self.units.get_mut(first) {
            standing.taken = standing.taken.or(Some(when));
            standing.last = Some(when);
        }
    }

    pub(super) fn finish(&mut self, unit: usize, when: When, done: Done) {
        let first = self.programme.first(unit);
        if let Some(standing) = self.units.get_mut(first) {
            standing.done = Some((when, done));
        }
    }

    /// Forget what was done with a unit since another standing.
    pub(super) fn undo(&mut self, unit: usize, before: &Self) {
        let first = self.programme.first(unit);
        if let Some(standing) = self.units.get_mut(first) {
            *standing = before.of(unit);
        }
    }

    pub(super) fn is_done(&self, unit: usize) -> bool {
        self.of(unit).done.is_some()
    }

    /// Whether every line about a unit lets it be taken up then.
    pub(super) fn allows(&self, unit: usize, when: When, company: Company) -> bool {
        let Some(asked) = self.programme.units.get(unit) else { return false };
        let edges = self.institution.edges();
        asked.edges.iter().filter_map(|edge| edges.get(*edge)).all(|edge| self.meets(&edge.demand, (asked, when, company)))
    }

    // The parser caps how deep terms nest, so this recursion is shallow.
    fn meets(&self, demand: &Demand, asked: Asked<'_>) -> bool {
        match &demand.kind {
            DemandKind::Unit { kind, course } => {
                let class = self.institution.setting.catalogue.same_unit_class(*course);
                self.programme.unit_of(class).is_some_and(|unit| self.has(*kind, unit, asked))
            }
            DemandKind::AllUnits { kind, .. } => self.earlier_phases(asked.0).all(|unit| self.has(*kind, unit, asked)),
            DemandKind::AllChosenUnits { kind, .. } => {
                self.earlier_phases(asked.0).filter(|unit| self.of(*unit).taken.is_some()).all(|unit| self.has(*kind, unit, asked))
            }
            DemandKind::And(all) => all.iter().all(|one| self.meets(one, asked)),
            DemandKind::Or(all) => all.iter().any(|one| self.meets(one, asked)),
            DemandKind::NumberOf { number, demands } => {
                let met = demands.iter().filter(|one| self.meets(one, asked)).count();
                u32::try_from(met).is_ok_and(|met| met >= *number)
            }
            DemandKind::CreditsAcquired(credits) => {
                let number = if let ExpressionKind::Constant(Constant::Number(number)) = credits.kind.as_ref() { Some(*number) } else { None };
                number.is_some_and(|number| self.has_acquired(number, asked.1))
            }
            DemandKind::HoldersOf(level) => self.level >= *level,
            // With a decision the rules speak of it: a student without findings has not asked.
            DemandKind::Permission(_) => false,
            DemandKind::Requires(_) => true,
        }
    }

    fn earlier_phases(&self, asked: &Unit) -> impl Iterator<Item = usize> {
        let phase = asked.phase;
        (0..self.programme.units.len()).filter(move |unit| self.programme.units[*unit].phase < phase)
    }

    fn has(&self, kind: EdgeKind, unit: usize, (_, when, company): Asked<'_>) -> bool {
        let standing = self.of(unit);
        match kind {
            EdgeKind::Strict => standing.done.is_some_and(|(done, how)| done < when && how != Done::Exempted),
            EdgeKind::Flexible => standing.taken.is_some_and(|taken| taken < when),
            EdgeKind::Simultaneous => company == Company::Assumed || standing.last.is_some_and(|last| last.0 == when.0),
        }
    }

    fn has_acquired(&self, credits: Exact, before: When) -> bool {
        let passed = |unit: &usize| self.of(*unit).done.is_some_and(|(when, how)| when < before && how == Done::Passed);
        let firsts = (0..self.programme.units.len()).filter(|unit| self.programme.first(*unit) == *unit);
        let acquired: Cell = firsts.filter(passed).map(|unit| self.programme.units[unit].credits).sum();
        cell_of_number(credits).is_some_and(|needed| acquired >= needed)
    }
}

/// The index of a level of diplomas.
pub(super) fn level(word: &str) -> i32 {
    Enumeration::DiplomaLevel.index_of(word).unwrap_or(0)
}

impl Programme {
    /// The first of the units that are the same course unit as this one.
    pub(super) fn first(&self, unit: usize) -> usize {
        self.units.get(unit).map_or(unit, |own| own.first)
    }

    fn unit_of(&self, class: crate::records::CodeId) -> Option<usize> {
        self.units.iter().position(|unit| unit.class == class)
    }
}
