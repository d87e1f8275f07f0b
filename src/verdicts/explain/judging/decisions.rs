//! Decisions of the record: which are about this check and this subject, valid on the day, and what the latest of them says.

use crate::records::{CodeId, TextId};
use crate::rulebook::{Check, Demand, DemandKind};
use crate::verdicts::explain::expressions::Judged;
use crate::verdicts::explain::judging::Case;
use crate::verdicts::explain::value::{all_of, any_of, course_of};
use crate::verdicts::explain::{Known, Note, Reasons, Recorder, Step};
use crate::verdicts::{NamedValue, SubjectRow, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, List, Subject, fields};

/// What the recorded decisions say of a violation or of a needed decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recorded {
    /// Nothing.
    None,
    /// It is allowed: the row.
    Granted(u32),
    /// It is refused: the row.
    Refused(u32),
    /// Some prior units are let pass, by the number that all units the same as them share; the row of the last decision.
    Forgiven(Vec<CodeId>, u32),
    /// Granted and refused on the same day.
    Both,
    Unknown(Reasons),
}

/// A decision that fits.
#[derive(Debug, Clone, Copy)]
struct Decision {
    row: u32,
    refused: bool,
    day: Cell,
    /// The prior unit that it is about, by the number that all units the same as it share; all of them where it names none.
    prior: Option<CodeId>,
}

impl<R: Recorder> Case<'_, R> {
    /// What the decisions say, where `priors` are the units that are not met.
    pub(super) fn recorded(&mut self, priors: &[CodeId]) -> Recorded {
        let world = self.evaluator.world;
        let Some(student) = world.student_of(self.subject).filter(|_| !self.check.never_waived) else { return Recorded::None };
        let mut about = world.elements(List::StudentDecisions, student).filter(|row| is_about_check(world, self.check, *row)).peekable();
        if about.peek().is_none() && self.edge.is_none_or(|edge| names_units_plainly(&edge.demand)) {
            return Recorded::None;
        }
        let named = match self.units_named() {
            Ok(named) => named,
            Err(reasons) => return Recorded::Unknown(reasons),
        };
        let (mut fitting, mut reasons) = (Vec::new(), Reasons::default());
        for row in about {
            match self.fitting(row, &named) {
                Ok(found) => fitting.extend(found),
                Err(more) => reasons.add(more),
            }
        }
        if reasons.is_empty() { said(world, &fitting, priors) } else { Recorded::Unknown(reasons) }
    }

    /// The prior units that the edge names, by the number that all units the same as them share.
    fn units_named(&mut self) -> Known<Vec<CodeId>> {
        let Some(edge) = self.edge else { return Ok(Vec::new()) };
        let world = self.evaluator.world;
        let Some(judged) = Judged::new(self.evaluator.desk, self.subject.row, edge.span) else { return Ok(Vec::new()) };
        let courses = self.quiet().evaluator.prior_courses(&judged, &edge.demand, edge.kind)?;
        Ok(courses.into_iter().map(|unit| world.course_class(unit.course)).collect())
    }

    fn fitting(&mut self, row: u32, named: &[CodeId]) -> Known<Option<Decision>> {
        self.evaluator.recorder.enter(Step::Decision(row), None);
        let fits = self.fits(row, named);
        let note = if fits == Ok(true) { Note::Fits } else { Note::DoesNotFit };
        self.evaluator.recorder.note(note);
        self.evaluator.recorder.leave(|| NamedValue::Row(SubjectRow { subject: Subject::Decision, row }));
        if !fits? {
            return Ok(None);
        }
        let world = self.evaluator.world;
        let outcome = world.given(fields::decision::OUTCOME, row).ok_or_else(|| Reasons::field(fields::decision::OUTCOME, row))?;
        let day = world.given(fields::decision::GRANTED_ON, row).or_else(|| world.given(fields::decision::VALID_FROM, row)).unwrap_or(Cell::MIN);
        let prior = world.reference(fields::decision::PRIOR, row).map(|course| world.course_class(course));
        Ok(Some(Decision { row, refused: outcome == index::DECISION_REFUSED, day, prior }))
    }

    fn fits(&self, row: u32, named: &[CodeId]) -> Known<bool> {
        let world = self.evaluator.world;
        let prior = world.reference(fields::decision::PRIOR, row);
        let fits_prior = prior.is_none_or(|course| self.edge.is_some() && named.contains(&world.course_class(course)));
        let about = fits_prior && self.fits_course(row) && self.fits_programme(row) && self.fits_year(row);
        all_of([Ok(about), is_valid(world, row)])
    }

    fn fits_course(&self, row: u32) -> bool {
        let world = self.evaluator.world;
        let Some(named) = world.reference(fields::decision::COURSE, row) else { return true };
        course_of(self.subject, world).is_some_and(|own| world.course_class(own) == world.course_class(named))
    }

    fn fits_programme(&self, row: u32) -> bool {
        let world = self.evaluator.world;
        let Some(named) = world.reference(fields::decision::PROGRAMME, row) else { return true };
        let is_named =
            |programme: Option<u32>| programme.is_some_and(|own| world.code(Subject::Programme, own) == world.code(Subject::Programme, named));
        let of_enrolment = |enrolment| is_named(world.reference(fields::enrolment::PROGRAMME, enrolment));
        if let Some(enrolment) = world.within(self.subject, Subject::Enrolment) {
            return of_enrolment(enrolment);
        }
        if self.subject.subject == Subject::Request
            && let Some(own) = world.reference(fields::request::PROGRAMME, self.subject.row)
        {
            return is_named(Some(own));
        }
        let enrolments = world.student_of(self.subject).into_iter().flat_map(|student| world.enrolments_checked(student));
        any_of(enrolments.map(|enrolment| Ok(of_enrolment(enrolment)))) == Ok(true)
    }

    fn fits_year(&self, row: u32) -> bool {
        let world = self.evaluator.world;
        world.given(fields::decision::ACADEMIC_YEAR, row).is_none_or(|year| year == world.nearest_year(self.subject))
    }
}

/// Whether the units of an edge are named one by one, so that nothing about them can be unknown.
fn names_units_plainly(demand: &Demand) -> bool {
    match &demand.kind {
        DemandKind::AllUnits { .. } | DemandKind::AllChosenUnits { .. } => false,
        DemandKind::And(demands) | DemandKind::Or(demands) | DemandKind::NumberOf { demands, .. } => demands.iter().all(names_units_plainly),
        DemandKind::Unit { .. } | DemandKind::CreditsAcquired(_) | DemandKind::HoldersOf(_) | DemandKind::Permission(_) | DemandKind::Requires(_) => {
            true
        }
    }
}

fn is_about_check(world: World<'_>, check: &Check, row: u32) -> bool {
    let Some(text) = world.given(fields::decision::CHECK, row) else { return false };
    let name = world.text(TextId(text));
    name == check.name || check.formerly.iter().any(|old| old == name)
}

/// From the day it is valid, else the day it was taken, up to its last day.
fn is_valid(world: World<'_>, row: u32) -> Known<bool> {
    let has_not_ended = world.given(fields::decision::VALID_UNTIL, row).is_none_or(|last| last >= world.today);
    let first = world.given(fields::decision::VALID_FROM, row).or_else(|| world.given(fields::decision::GRANTED_ON, row));
    let has_begun = first.map(|first| first <= world.today).ok_or_else(|| Reasons::field(fields::decision::GRANTED_ON, row));
    all_of([Ok(has_not_ended), has_begun])
}

/// What the latest decision says of each unmet prior unit; without any, what the latest says of all.
fn said(world: World<'_>, fitting: &[Decision], priors: &[CodeId]) -> Recorded {
    if priors.is_empty() {
        return latest(fitting.iter());
    }
    let general = latest(fitting.iter().filter(|decision| decision.prior.is_none()));
    if let Recorded::Granted(_) = general
        && fitting.iter().all(|decision| !decision.refused)
    {
        return general;
    }
    let (mut forgiven, mut last) = (Vec::new(), None);
    for prior in priors {
        let class = world.same_class(*prior);
        match latest(fitting.iter().filter(|decision| decision.prior.is_none_or(|own| own == class))) {
            Recorded::Granted(row) => {
                forgiven.push(class);
                last = last.max(Some(row));
            }
            Recorded::None => {}
            other @ (Recorded::Refused(_) | Recorded::Both | Recorded::Unknown(_) | Recorded::Forgiven(..)) => return other,
        }
    }
    last.map_or(Recorded::None, |row| Recorded::Forgiven(forgiven, row))
}

fn latest<'b>(decisions: impl Iterator<Item = &'b Decision> + Clone) -> Recorded {
    let Some(day) = decisions.clone().map(|decision| decision.day).max() else { return Recorded::None };
    let of_day = decisions.filter(|decision| decision.day == day);
    let mut granted = None;
    let mut refused = None;
    for decision in of_day {
        if decision.refused { &mut refused } else { &mut granted }.get_or_insert(decision.row);
    }
    match (granted, refused) {
        (Some(_), Some(_)) => Recorded::Both,
        (Some(row), None) => Recorded::Granted(row),
        (None, Some(row)) => Recorded::Refused(row),
        (None, None) => Recorded::None,
    }
}
