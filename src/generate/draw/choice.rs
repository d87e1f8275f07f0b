//! Which units are taken up in a year: what must be taken again first, then the phase, then electives and the next phase, as far as the credits go.

use crate::generate::draw::path::{Chosen, Compulsory, Kind, Path, YearPlan};
use crate::generate::draw::profile::Plainness;
use crate::generate::draw::results::{self, Examination, Outcome, Tolerance};
use crate::generate::draw::standing::{Company, Done, Standing};
use crate::generate::random::Random;
use crate::vocabulary::{Cell, SCALE};

/// What the compulsory units of the phase may exceed the wanted credits by.
const SLACK: Cell = 6 * SCALE;

impl<'i> Path<'i> {
    /// Exemptions for some units of the phase, where no other unit asks for these.
    pub(super) fn exempt(&mut self, plan: &mut YearPlan, random: &mut Random) {
        let units = &self.standing.programme.units;
        let is_free = |unit: &usize| !units[*unit].asked_for && units[*unit].edges.is_empty();
        let mut candidates: Vec<usize> = self.units_of(plan.phase, Compulsory::Yes).filter(is_free).collect();
        random.shuffle(&mut candidates);
        for unit in candidates.into_iter().take(self.profile.exemptions) {
            let semester = units[unit].semester;
            self.standing.take_up(unit, (plan.year, semester));
            self.standing.finish(unit, (plan.year, semester), Done::Exempted);
            plan.chosen.push(Chosen { unit, semester, kind: Kind::Exempted, result: None });
        }
    }

    /// Choose the units of one semester, up to so many credits in the year so far.
    pub(super) fn semester(&mut self, plan: &mut YearPlan, (semester, limit): (i32, Cell), random: &mut Random) {
        for unit in self.candidates(plan, semester, random) {
            let own = &self.standing.programme.units[unit];
            let slack = if own.compulsory && own.phase == plan.phase { SLACK } else { 0 };
            let fits = self.credits(plan) + own.credits <= limit + slack;
            let again = plan.chosen.iter().any(|chosen| self.is_same(chosen.unit, unit));
            let open = self.is_open(unit) && !self.standing.is_done(unit);
            if fits && open && !again && self.standing.allows(unit, (plan.year, semester), Company::Assumed) {
                self.take_up(plan, (unit, semester), random);
            }
        }
    }

    /// What may be chosen, the most pressing first.
    fn candidates(&self, plan: &YearPlan, semester: i32, random: &mut Random) -> Vec<usize> {
        let units = &self.standing.programme.units;
        let next = self.standing.programme.phases.iter().copied().find(|phase| *phase > plan.phase);
        let again = (0..units.len()).filter(|unit| self.standing.of(*unit).last.is_some_and(|last| last.0 < plan.year));
        let mut electives: Vec<usize> = self.units_of(plan.phase, Compulsory::No).collect();
        random.shuffle(&mut electives);
        let later = next.into_iter().flat_map(|phase| self.units_of(phase, Compulsory::Yes));
        let all = again.chain(self.units_of(plan.phase, Compulsory::Yes)).chain(electives).chain(later);
        all.filter(|unit| units[*unit].semester == semester).collect()
    }

    fn is_open(&self, unit: usize) -> bool {
        let contracts = self.standing.programme.units[unit].contracts;
        let credit = self.profile.contract != "credit" || contracts.credit;
        credit && (!self.profile.is_for_examinations() || contracts.exam)
    }

    fn take_up(&mut self, plan: &mut YearPlan, (unit, semester): (usize, i32), random: &mut Random) {
        let again = self.standing.of(unit).last.is_some();
        let result = results::result(
            Examination {
                unit: &self.standing.programme.units[unit],
                days: self.institution.days(plan.year),
                semester,
                ability: self.profile.ability + if again { 8 } else { 0 },
                tolerance: if self.profile.plainness == Plainness::Lively { Tolerance::Possible } else { Tolerance::Out },
                today: self.institution.today,
            },
            random,
        );
        let when = (plan.year, semester);
        self.standing.take_up(unit, when);
        match result.map(|result| result.outcome) {
            Some(Outcome::Passed) => self.standing.finish(unit, when, Done::Passed),
            Some(Outcome::Tolerated) => self.standing.finish(unit, when, Done::Tolerated),
            Some(Outcome::Failed | Outcome::Absent) | None => {}
        }
        plan.chosen.push(Chosen { unit, semester, kind: if again { Kind::Retake } else { Kind::Regular }, result });
    }

    /// In thousandths.
    fn credits(&self, plan: &YearPlan) -> Cell {
        let counted = plan.chosen.iter().filter(|chosen| chosen.kind != Kind::Exempted);
        counted.map(|chosen| self.standing.programme.units[chosen.unit].credits).sum()
    }

    /// Leave out what was chosen for the sake of company that did not come, and what leans on that.
    pub(super) fn drop_what_is_not_allowed(&mut self, plan: &mut YearPlan, before: &Standing<'i>) {
        let allowed = |path: &Self, chosen: &Chosen| {
            chosen.kind == Kind::Exempted || path.standing.allows(chosen.unit, (plan.year, chosen.semester), Company::There)
        };
        while let Some(index) = plan.chosen.iter().position(|chosen| !allowed(self, chosen)) {
            let dropped = plan.chosen.remove(index);
            self.standing.undo(dropped.unit, before);
        }
    }
}
