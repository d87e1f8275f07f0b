//! The way through a programme, year by year: first what must be taken again, then the units of the phase, then some of the next one.

use crate::generate::draw::profile::{Load, Profile, Registration};
use crate::generate::draw::results::Result;
use crate::generate::draw::standing::Standing;
use crate::generate::institution::Institution;
use crate::generate::random::Random;
use crate::vocabulary::{Cell, SCALE};

/// What is taken up in one year.
#[derive(Debug, Clone)]
pub(super) struct YearPlan {
    pub(super) year: i32,
    pub(super) phase: i32,
    pub(super) chosen: Vec<Chosen>,
    /// Whether all compulsory units of the phase are in it or done, or it has units of several phases.
    pub(super) is_usual: bool,
}

/// A unit that is taken up.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// Its place in the programme.
    pub(super) unit: usize,
    pub(super) semester: i32,
    pub(super) kind: Kind,
    pub(super) result: Option<Result>,
}

/// How a unit is taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Regular,
    Retake,
    Exempted,
}

/// Whether everybody takes a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compulsory {
    Yes,
    No,
}

/// Walks a student through the years.
pub(super) struct Path<'i> {
    pub(super) institution: &'i Institution<'i>,
    pub(super) profile: &'i Profile,
    pub(super) standing: Standing<'i>,
}

impl Path<'_> {
    /// All years, the last one being the year that is generated for. A year in which nothing can be taken up is left out.
    pub(super) fn walk(mut self, random: &mut Random) -> Vec<YearPlan> {
        let year = self.institution.setting.year;
        let first = year - self.profile.years_back;
        let plans: Vec<YearPlan> = (first..=year).map(|year| self.year(year, first, random)).collect();
        plans.into_iter().filter(|plan| !plan.chosen.is_empty()).collect()
    }

    fn year(&mut self, year: i32, first: i32, random: &mut Random) -> YearPlan {
        let phase = self.phase();
        let before = self.standing.clone();
        let mut plan = YearPlan { year, phase, chosen: Vec::new(), is_usual: false };
        if year == first {
            self.exempt(&mut plan, random);
        }
        let halfway = year == first && self.profile.registration == Registration::Halfway && self.profile.years_back == 0;
        let half = self.wanted(random) / 2;
        for semester in self.semesters().into_iter().filter(|semester| !halfway || *semester > 1) {
            let limit = if halfway { half } else { half * semester.clamp(1, 2) };
            self.semester(&mut plan, (semester, limit), random);
        }
        self.drop_what_is_not_allowed(&mut plan, &before);
        let is_chosen = |unit: usize| plan.chosen.iter().any(|chosen| self.is_same(chosen.unit, unit));
        let is_whole = self.units_of(phase, Compulsory::Yes).all(|unit| before.is_done(unit) || is_chosen(unit));
        let has_others = plan.chosen.iter().any(|chosen| self.standing.programme.units[chosen.unit].phase != phase);
        let has_own = plan.chosen.iter().any(|chosen| self.standing.programme.units[chosen.unit].phase == phase);
        plan.is_usual = is_whole || (has_others && has_own);
        plan
    }

    /// In thousandths.
    fn wanted(&self, random: &mut Random) -> Cell {
        let credits = match (self.profile.load, self.profile.contract) {
            (_, "credit" | "exam_credit") => random.between(6, 20),
            (_, "exchange") => 30,
            (Load::Part, _) => random.between(30, 44),
            (Load::Whole, _) => random.between(57, 66),
        };
        credits * SCALE
    }

    /// The first phase of which much is still to be done.
    fn phase(&self) -> i32 {
        let phases = &self.standing.programme.phases;
        let left = |phase: i32| -> Cell {
            let undone = self.units_of(phase, Compulsory::Yes).filter(|unit| !self.standing.is_done(*unit));
            undone.map(|unit| self.standing.programme.units[unit].credits).sum()
        };
        let unfinished = phases.iter().find(|phase| left(**phase) > 20 * SCALE);
        unfinished.or(phases.last()).copied().unwrap_or(1)
    }

    fn semesters(&self) -> Vec<i32> {
        let mut semesters: Vec<i32> = self.standing.programme.units.iter().map(|unit| unit.semester).collect();
        semesters.sort_unstable();
        semesters.dedup();
        semesters
    }

    /// The units of a phase that suit the student's option.
    pub(super) fn units_of(&self, phase: i32, compulsory: Compulsory) -> impl Iterator<Item = usize> {
        let units = &self.standing.programme.units;
        let option = self.profile.option;
        (0..units.len()).filter(move |unit| {
            let unit = &units[*unit];
            unit.phase == phase && unit.compulsory == (compulsory == Compulsory::Yes) && (unit.option.is_none() || unit.option == option)
        })
    }

    pub(super) fn is_same(&self, one: usize, other: usize) -> bool {
        self.standing.programme.first(one) == self.standing.programme.first(other)
    }
}
