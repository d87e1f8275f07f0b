//! Whether a prior course unit was completed, tolerated, exempted or scheduled, and when, seen from the entry that is judged.

use std::cmp::Ordering;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::records::CodeId;
use crate::rulebook::{Calendar, PriorPart};
use crate::source::Span;
use crate::syntax::ast::{PriorState, PriorWhen};
use crate::verdicts::explain::evaluator::{Desk, Evaluator};
use crate::verdicts::explain::expressions::study::{has_outcome, is_exempted, is_granted, is_granted_before, is_of_class};
use crate::verdicts::explain::memory::Courses;
use crate::verdicts::explain::value::{all_of, any_of};
use crate::verdicts::explain::{Known, Reasons, Recorder};
use crate::verdicts::{SubjectRow, Unknown, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Subject, fields};

/// The entry that is judged, with what stands around it.
#[derive(Debug)]
pub(in crate::verdicts::explain) struct Judged {
    pub(in crate::verdicts::explain) entry: u32,
    pub(in crate::verdicts::explain) enrolment: u32,
    pub(in crate::verdicts::explain) student: u32,
    /// The student's rows by their course units.
    pub(in crate::verdicts::explain) courses: Rc<Courses>,
    semester: Option<i32>,
    /// The edge, for what no calendar tells.
    edge: Span,
}

/// Where a prior entry lies in time, seen from the judged one.
#[derive(Debug, Clone, Copy)]
struct Moment {
    year: Ordering,
    /// Of the same year; nothing where a semester is not given.
    semester: Option<Ordering>,
}

impl Judged {
    pub(in crate::verdicts::explain) fn new(desk: Desk<'_>, entry: u32, edge: Span) -> Option<Self> {
        let world = desk.world;
        let row = SubjectRow { subject: Subject::Entry, row: entry };
        let enrolment = world.within(row, Subject::Enrolment)?;
        let student = world.student_of(row)?;
        let courses = desk.memory.courses(world, student);
        Some(Self { entry, enrolment, student, courses, semester: world.given(fields::entry::SEMESTER, entry), edge })
    }

    /// Whether a course unit is in some of these states at some of these times.
    pub(in crate::verdicts::explain) fn is_met(&self, world: World<'_>, course: u32, parts: &[PriorPart]) -> Known<bool> {
        any_of(parts.iter().map(|part| self.part_is_met(world, course, part)))
    }

    fn part_is_met(&self, world: World<'_>, course: u32, part: &PriorPart) -> Known<bool> {
        let class = world.course_class(course);
        let entries = self.courses.entries(class).filter(|entry| *entry != self.entry);
        let by_entry = any_of(entries.map(|entry| {
            let of_course = is_of_class(world, fields::entry::COURSE, entry, class);
            let in_state = any_of(part.states.iter().map(|state| entry_is(world, entry, *state)));
            all_of([of_course, self.is_in_time(world, entry, part.when), in_state])
        }));
        if by_entry == Ok(true) || !part.states.contains(&PriorState::Exempted) {
            return by_entry;
        }
        any_of([by_entry, self.is_exempted_by(world, class, part.when)])
    }

    fn moment(&self, world: World<'_>, entry: u32) -> Moment {
        let year = |enrolment| world.year_of(enrolment).unwrap_or(i32::MAX);
        let semester = world.given(fields::entry::SEMESTER, entry).zip(self.semester).map(|(of_entry, own)| of_entry.cmp(&own));
        Moment { year: year(world.enrolment_of_entry(entry)).cmp(&year(self.enrolment)), semester }
    }

    /// Whether an entry lies at the time asked for.
    pub(in crate::verdicts::explain) fn is_in_time(&self, world: World<'_>, entry: u32, when: PriorWhen) -> Known<bool> {
        let moment = self.moment(world, entry);
        let by_semester = |holds: fn(Ordering) -> bool| match (moment.year, moment.semester) {
            (Ordering::Less, _) => Ok(true),
            (Ordering::Greater, _) => Ok(false),
            (Ordering::Equal, Some(semester)) => Ok(holds(semester)),
            (Ordering::Equal, None) => Err(self.unknown_semester(world, entry)),
        };
        match when {
            PriorWhen::EarlierSemester => by_semester(Ordering::is_lt),
            PriorWhen::SameOrEarlierSemester => by_semester(Ordering::is_le),
            PriorWhen::EarlierYear => Ok(moment.year == Ordering::Less),
            PriorWhen::SameRegistration => Ok(world.enrolment_of_entry(entry) == self.enrolment),
            PriorWhen::AnyTime => Ok(moment.year != Ordering::Greater),
        }
    }

    fn unknown_semester(&self, world: World<'_>, entry: u32) -> Reasons {
        let mut reasons = Reasons::default();
        for row in [entry, self.entry] {
            if world.given(fields::entry::SEMESTER, row).is_none() {
                reasons.add(Reasons::field(fields::entry::SEMESTER, row));
            }
        }
        reasons
    }

    /// Whether an exemption from the course unit was granted by the time asked for.
    fn is_exempted_by(&self, world: World<'_>, class: CodeId, when: PriorWhen) -> Known<bool> {
        if when == PriorWhen::SameRegistration {
            return Ok(false);
        }
        any_of(self.courses.exemptions(class).map(|exemption| {
            let of_course = is_of_class(world, fields::exemption::COURSE, exemption, class);
            let granted = match when {
                PriorWhen::AnyTime | PriorWhen::SameRegistration => is_granted(world, exemption),
                PriorWhen::EarlierSemester | PriorWhen::EarlierYear | PriorWhen::SameOrEarlierSemester => {
                    self.first_day_too_late(world, when).and_then(|day| is_granted_before(world, exemption, day))
                }
            };
            all_of([of_course, granted])
        }))
    }

    /// The first day on which an exemption comes too late.
    fn first_day_too_late(&self, world: World<'_>, when: PriorWhen) -> Known<NaiveDate> {
        let beyond = || Reasons::one(Unknown::BeyondCalendars(self.edge));
        let calendar = world.context.rulebook.calendar(world.context.year).ok_or_else(beyond)?;
        if when == PriorWhen::EarlierYear {
            return Ok(calendar.first);
        }
        let semester = self.semester.ok_or_else(|| Reasons::field(fields::entry::SEMESTER, self.entry))?;
        semester_edge(calendar, semester, when).ok_or_else(beyond)
    }
}

fn semester_edge(calendar: &Calendar, number: i32, when: PriorWhen) -> Option<NaiveDate> {
    let semester = calendar.semesters.iter().find(|semester| semester.number == number)?;
    if when == PriorWhen::SameOrEarlierSemester { semester.last.succ_opt() } else { Some(semester.first) }
}

fn entry_is(world: World<'_>, entry: u32, state: PriorState) -> Known<bool> {
    match state {
        PriorState::Completed => has_outcome(world, entry, index::OUTCOME_PASSED),
        PriorState::Tolerated => has_outcome(world, entry, index::OUTCOME_TOLERATED),
        PriorState::Exempted => is_exempted(world, entry),
        PriorState::Scheduled => Ok(true),
    }
}

impl<R: Recorder> Evaluator<'_, R> {
    /// `prior exempted`: whether one of the units that the edge names is in this state.
    pub(in crate::verdicts::explain) fn prior(&mut self, states: &[PriorState], when: PriorWhen) -> Known<bool> {
        let (Some(edge), Some(this)) = (self.judged_edge, self.this()) else { return Ok(false) };
        let Some(judged) = Judged::new(self.desk, this.row, edge.span) else { return Ok(false) };
        let part = [PriorPart { states: states.to_vec(), when }];
        let courses = self.prior_courses(&judged, &edge.demand, edge.kind)?;
        any_of(courses.into_iter().map(|unit| all_of([unit.meant, judged.is_met(self.world, unit.course, &part)])))
    }
}
