//! What a student did with a course unit: acquired, tolerated, exempted from, took up.

use chrono::NaiveDate;

use crate::records::CodeId;
use crate::rulebook::StudyRelation;
use crate::verdicts::explain::memory::Courses;
use crate::verdicts::explain::value::{and_if, any_of};
use crate::verdicts::explain::{Known, Reasons, Value};
use crate::verdicts::{Read, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Field, dates, fields};

/// `[before D]`
pub(super) enum Before {
    /// not asked
    Any,
    Day(NaiveDate),
    /// The day has not happened, so nothing is before it.
    Never,
    Unknown(Reasons),
}

impl Before {
    pub(super) fn new(day: Option<Known<Value>>) -> Self {
        match day {
            None => Self::Any,
            Some(Ok(value)) => value.date().map_or(Self::Never, Self::Day),
            Some(Err(reasons)) => Self::Unknown(reasons),
        }
    }

    /// Whether a day that a field gives lies before it.
    fn is_met(&self, world: World<'_>, field: Field, row: u32) -> Known<bool> {
        match self {
            Self::Any => Ok(true),
            Self::Never => Ok(false),
            Self::Unknown(reasons) => Err(reasons.clone()),
            Self::Day(limit) => world.date(field, row).map(|day| day < *limit).ok_or_else(|| Reasons::field(field, row)),
        }
    }
}

/// Whether the student did this with the course unit, or with one that is the same.
pub(super) fn studied(world: World<'_>, (courses, course): (&Courses, u32), relation: StudyRelation, before: &Before) -> Known<bool> {
    let class = world.course_class(course);
    let by_entry = |entry| and_if(is_of_class(world, fields::entry::COURSE, entry, class), || entry_shows(world, entry, relation, before));
    let by_exemption = |exemption| {
        let granted = || and_if(is_granted(world, exemption), || before.is_met(world, fields::exemption::GRANTED_ON, exemption));
        and_if(is_of_class(world, fields::exemption::COURSE, exemption, class), granted)
    };
    let any_entry = any_of(courses.entries(class).map(by_entry));
    if relation != StudyRelation::ExemptedFrom || any_entry == Ok(true) {
        return any_entry;
    }
    any_of(courses.exemptions(class).map(by_exemption).chain([any_entry]))
}

fn entry_shows(world: World<'_>, entry: u32, relation: StudyRelation, before: &Before) -> Known<bool> {
    match relation {
        StudyRelation::Acquired => {
            and_if(has_outcome(world, entry, index::OUTCOME_PASSED), || before.is_met(world, fields::result::DECIDED_ON, entry))
        }
        StudyRelation::Tolerated => {
            and_if(has_outcome(world, entry, index::OUTCOME_TOLERATED), || before.is_met(world, fields::result::DECIDED_ON, entry))
        }
        StudyRelation::ExemptedFrom => and_if(is_exempted(world, entry), || taken_up_before(world, entry, before)),
        StudyRelation::TookUp => taken_up_before(world, entry, before),
    }
}

/// An entry was taken up on the day it was added, else with the enrolment.
fn taken_up_before(world: World<'_>, entry: u32, before: &Before) -> Known<bool> {
    if world.given(fields::entry::ADDED_ON, entry).is_some() {
        return before.is_met(world, fields::entry::ADDED_ON, entry);
    }
    before.is_met(world, fields::enrolment::ENROLLED_ON, world.enrolment_of_entry(entry))
}

/// Whether a row is about one of the course units that share this number.
pub(super) fn is_of_class(world: World<'_>, field: Field, row: u32, class: CodeId) -> Known<bool> {
    let own = world.reference(field, row).ok_or_else(|| Reasons::field(field, row))?;
    Ok(world.course_class(own) == class)
}

/// Whether an entry had this outcome by the day of the check. An entry of the year under check without outcome has not been completed; one of an
/// earlier year leaves it unknown.
pub(in crate::verdicts::explain) fn has_outcome(world: World<'_>, entry: u32, wanted: i32) -> Known<bool> {
    match world.given(fields::result::OUTCOME, entry) {
        Some(outcome) if outcome == wanted => Ok(world.given(fields::result::DECIDED_ON, entry).is_none_or(|day| day <= world.today)),
        Some(_) => Ok(false),
        None if is_settled_without_outcome(world, entry) => Ok(false),
        None => Err(Reasons::field(fields::result::OUTCOME, entry)),
    }
}

fn is_settled_without_outcome(world: World<'_>, entry: u32) -> bool {
    let earlier = world.year_of(world.enrolment_of_entry(entry)).is_some_and(|year| year < world.context.year);
    !earlier || world.given(fields::entry::KIND, entry) == Some(index::KIND_EXEMPTED)
}

/// Whether an entry is of the kind `exempted`.
pub(in crate::verdicts::explain) fn is_exempted(world: World<'_>, entry: u32) -> Known<bool> {
    let kind = world.given(fields::entry::KIND, entry).ok_or_else(|| Reasons::field(fields::entry::KIND, entry))?;
    Ok(kind == index::KIND_EXEMPTED)
}

/// Whether an exemption was granted by the day of the check.
pub(in crate::verdicts::explain) fn is_granted(world: World<'_>, exemption: u32) -> Known<bool> {
    match world.read(fields::exemption::GRANTED_ON, exemption) {
        Read::Given(_) => Ok(true),
        Read::NotHappened => Ok(false),
        Read::Missing => Err(Reasons::field(fields::exemption::GRANTED_ON, exemption)),
    }
}

/// Whether an exemption was granted before a day, by the day of the check.
pub(in crate::verdicts::explain) fn is_granted_before(world: World<'_>, exemption: u32, day: NaiveDate) -> Known<bool> {
    match world.read(fields::exemption::GRANTED_ON, exemption) {
        Read::Given(cell) => Ok(dates::date_of_cell(cell).is_some_and(|granted| granted < day)),
        Read::NotHappened => Ok(false),
        Read::Missing => Err(Reasons::field(fields::exemption::GRANTED_ON, exemption)),
    }
}
