//! Quantities that the record does not hold but every regulation knows: the credits done before, and whether a fail mark can be tolerated.

use chrono::NaiveDate;

use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::expressions::credits::Credits;
use crate::verdicts::explain::expressions::study;
use crate::verdicts::explain::value::{all_of, any_of};
use crate::verdicts::explain::{Known, Reasons, Recorder, Value};
use crate::verdicts::{Followed, SubjectRow, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Field, Link, List, Subject, fields};

impl<R: Recorder> Evaluator<'_, R> {
    /// Failed, and the unit, else the course unit, allows a fail mark to be tolerated.
    pub(in crate::verdicts::explain) fn tolerable(&mut self, result: SubjectRow) -> Known<Value> {
        let world = self.world;
        let outcome = world.given(fields::result::OUTCOME, result.row);
        let failed = outcome.map(|outcome| outcome == index::OUTCOME_FAILED).ok_or_else(|| Reasons::field(fields::result::OUTCOME, result.row));
        if failed == Ok(false) {
            return Ok(Value::Boolean(false));
        }
        all_of([failed, allows_toleration(world, result.row)]).map(Value::Boolean)
    }

    /// The credits of distinct course units acquired, tolerated or exempted before the enrolment's year, in its programme.
    pub(in crate::verdicts::explain) fn done_credits(&mut self, enrolment: SubjectRow) -> Known<Value> {
        let world = self.world;
        let gap = world.gap(List::EnrolmentEarlier, enrolment.row).map_or_else(Reasons::default, Reasons::one);
        let mut done = Credits::default();
        for earlier in world.elements(List::EnrolmentEarlier, enrolment.row) {
            for entry in world.elements(List::IspEntries, earlier) {
                add_entry(&mut done, world, entry);
            }
        }
        add_exemptions(&mut done, world, enrolment.row);
        done.total(gap).map(Value::Number)
    }
}

fn allows_toleration(world: World<'_>, result: u32) -> Known<bool> {
    let yes = |field: Field, row| world.given(field, row).map(|cell| cell != 0);
    if let Followed::Row(unit) = world.follow(Link::EntryUnit, result)
        && let Some(said) = yes(fields::unit::TOLERABLE, unit)
    {
        return Ok(said);
    }
    let course = world.reference(fields::entry::COURSE, result).ok_or_else(|| Reasons::field(fields::entry::COURSE, result))?;
    yes(fields::course::TOLERABLE, course).ok_or_else(|| Reasons::field(fields::course::TOLERABLE, course))
}

/// An entry that was passed, tolerated or exempted.
fn add_entry(done: &mut Credits, world: World<'_>, entry: u32) {
    let passed = study::has_outcome(world, entry, index::OUTCOME_PASSED);
    let tolerated = study::has_outcome(world, entry, index::OUTCOME_TOLERATED);
    let earned = any_of([study::is_exempted(world, entry), passed, tolerated]);
    let year = world.year_of(world.enrolment_of_entry(entry)).unwrap_or(i32::MIN);
    done.add(world, (fields::entry::COURSE, fields::entry::CREDITS, entry), (year, earned));
}

/// An exemption counts only where no entry does: it stands before all years.
fn add_exemptions(done: &mut Credits, world: World<'_>, enrolment: u32) {
    let Some(student) = world.owner(Subject::Enrolment, enrolment) else { return };
    let first_day = first_day_of_year(world, enrolment);
    for exemption in world.elements(List::StudentExemptions, student.row) {
        let granted = first_day.map_or(Ok(false), |day| study::is_granted_before(world, exemption, day));
        let earned = all_of([granted, is_unit_of_programme(world, enrolment, exemption)]);
        done.add(world, (fields::exemption::COURSE, fields::exemption::CREDITS, exemption), (i32::MIN, earned));
    }
}

fn first_day_of_year(world: World<'_>, enrolment: u32) -> Option<NaiveDate> {
    let year = world.year_of(enrolment)?;
    let calendar = world.context.rulebook.calendar(year);
    calendar.map(|calendar| calendar.first).or_else(|| NaiveDate::from_ymd_opt(year, 9, 1))
}

/// Whether an exemption's course unit is one of the enrolment's programme; any is where the catalogue does not describe the programme.
fn is_unit_of_programme(world: World<'_>, enrolment: u32, exemption: u32) -> Known<bool> {
    let field = fields::exemption::COURSE;
    let course = world.reference(field, exemption).ok_or_else(|| Reasons::field(field, exemption))?;
    let Some(programme) = world.reference(fields::enrolment::PROGRAMME, enrolment) else {
        return Err(Reasons::field(fields::enrolment::PROGRAMME, enrolment));
    };
    if !world.is_documented(Subject::Programme, programme) {
        return Ok(true);
    }
    let class = world.course_class(course);
    let of_unit = |unit| world.reference(fields::unit::COURSE, unit);
    Ok(world.elements(List::ProgrammeUnits, programme).filter_map(of_unit).any(|own| world.course_class(own) == class))
}
