//! Relations that read as sentences: `isp includes C`, `event serves G`, `student has status S`.

use crate::records::Placed;
use crate::rulebook::{Expression, Relation};
use crate::source::Span;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::expressions::study::{Before, is_of_class, studied};
use crate::verdicts::explain::memory::Memory;
use crate::verdicts::explain::value::{all_of, any_of, both};
use crate::verdicts::explain::{Known, Reasons, Recorder, Value};
use crate::verdicts::{SubjectRow, Unknown, World};
use crate::vocabulary::{Cell, Field, List, Subject, dates, enumerations::index, fields};

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(in crate::verdicts::explain) fn relation(&mut self, relation: &'a Relation, span: Span) -> Known<bool> {
        let world = self.world;
        match relation {
            Relation::Includes { isp, course } => {
                let memory = self.desk.memory;
                self.of_two(isp, course, |isp, course| includes(world, memory, isp.row, course.row))
            }
            Relation::Study { student, relation, course, before } => {
                let before = Before::new(before.as_ref().map(|day| self.value(day)));
                let memory = self.desk.memory;
                self.of_two(student, course, |student, course| {
                    let courses = memory.courses(world, student.row);
                    studied(world, (&courses, course.row), *relation, &before)
                })
            }
            Relation::SameUnit { left, right } => {
                self.of_two(left, right, |left, right| Ok(world.course_class(left.row) == world.course_class(right.row)))
            }
            Relation::Serves { event, group } => self.of_two(event, group, |event, group| serves(world, event.row, group.row, span)),
            Relation::HasStatus { student, status, on } => {
                let on = self.day_asked(on.as_ref());
                self.of_student(student, |student| {
                    let on = on?;
                    any_of(world.elements(List::StudentStatuses, student).map(|row| has_status(world, row, status.0, on)))
                })
            }
            Relation::HasRequest { student, request } => self
                .of_student(student, |student| any_of(world.elements(List::StudentRequests, student).map(|row| is_request(world, row, request.0)))),
            Relation::HasMeasure { student, measure, programme, on } => {
                let on = self.day_asked(on.as_ref());
                let programme = programme.as_ref().map_or(Ok(AskedProgramme::Any), |programme| Ok(AskedProgramme::new(self.value(programme)?)));
                self.of_student(student, |student| {
                    let (on, programme) = both(on, programme)?;
                    let asked = Asked { kind: *measure, programme, on };
                    any_of(world.elements(List::StudentMeasures, student).map(|row| has_measure(world, row, &asked)))
                })
            }
        }
    }

    /// A relation of two rows; false where either is not there.
    fn of_two(&mut self, left: &'a Expression, right: &'a Expression, holds: impl FnOnce(SubjectRow, SubjectRow) -> Known<bool>) -> Known<bool> {
        let (left, right) = (self.value(left), self.value(right));
        let absent = |value: &Known<Value>| matches!(value, Ok(value) if !value.is_there());
        if absent(&left) || absent(&right) {
            return Ok(false);
        }
        let (left, right) = both(left, right)?;
        let (Some(left), Some(right)) = (left.row(), right.row()) else { return Ok(false) };
        holds(left, right)
    }

    fn of_student(&mut self, student: &'a Expression, holds: impl FnOnce(u32) -> Known<bool>) -> Known<bool> {
        let Some(student) = self.value(student)?.row() else { return Ok(false) };
        holds(student.row)
    }

    /// `[on D]`, else the day of the check; nothing where that day has not happened.
    fn day_asked(&mut self, on: Option<&'a Expression>) -> Known<Option<Cell>> {
        on.map_or(Ok(Some(self.world.today)), |day| Ok(self.value(day)?.date().and_then(dates::cell_of_date)))
    }
}

fn includes(world: World<'_>, memory: &Memory, isp: u32, course: u32) -> Known<bool> {
    let Some(student) = world.student_of(SubjectRow { subject: Subject::Isp, row: isp }) else { return Ok(false) };
    let class = world.course_class(course);
    let courses = memory.courses(world, student);
    any_of(courses.entries_of_isp(world, isp, class).map(|entry| is_of_class(world, fields::entry::COURSE, entry, class)))
}

/// Whether a field has this value; unknown where it is not given.
fn is_value(world: World<'_>, field: Field, row: u32, value: Cell) -> Known<bool> {
    world.given(field, row).map(|cell| cell == value).ok_or_else(|| Reasons::field(field, row))
}

/// From the first day on; unknown where it is not given.
fn has_begun(world: World<'_>, field: Field, row: u32, on: Cell) -> Known<bool> {
    world.given(field, row).map(|first| first <= on).ok_or_else(|| Reasons::field(field, row))
}

fn has_status(world: World<'_>, row: u32, status: Cell, on: Option<Cell>) -> Known<bool> {
    let Some(on) = on else { return Ok(false) };
    let has_not_ended = world.given(fields::status::VALID_UNTIL, row).is_none_or(|last| last >= on);
    all_of([Ok(has_not_ended), is_value(world, fields::status::STATUS, row, status), has_begun(world, fields::status::VALID_FROM, row, on)])
}

/// Of the year under check or of no year, filed by the day of the check, and not withdrawn.
fn is_request(world: World<'_>, row: u32, kind: Cell) -> Known<bool> {
    let of_the_year = world.given(fields::request::ACADEMIC_YEAR, row).is_none_or(|year| year == world.context.year);
    let filed = world.given(fields::request::FILED_ON, row).is_none_or(|day| day <= world.today);
    let stands = world.given(fields::request::OUTCOME, row).is_none_or(|outcome| outcome != index::REQUEST_WITHDRAWN);
    all_of([Ok(of_the_year && filed && stands), is_value(world, fields::request::KIND, row, kind)])
}

/// What `has measure` asks.
struct Asked {
    kind: i32,
    programme: AskedProgramme,
    on: Option<Cell>,
}

/// `for programme`
enum AskedProgramme {
    /// not asked
    Any,
    /// Of an enrolment that is none.
    None,
    Row(u32),
}

impl AskedProgramme {
    fn new(value: Value) -> Self {
        value.row().map_or(Self::None, |row| Self::Row(row.row))
    }

    /// A measure that names no programme holds for all of them.
    fn fits(&self, world: World<'_>, named: Option<u32>) -> bool {
        match (self, named) {
            (Self::Row(asked), Some(named)) => world.code(Subject::Programme, *asked) == world.code(Subject::Programme, named),
            (Self::None, _) => false,
            (Self::Any, _) | (Self::Row(_), None) => true,
        }
    }
}

fn has_measure(world: World<'_>, row: u32, asked: &Asked) -> Known<bool> {
    let Some(on) = asked.on else { return Ok(false) };
    let has_not_ended = world.given(fields::measure::UNTIL, row).is_none_or(|last| last >= on);
    let not_lifted = world.given(fields::measure::LIFTED_ON, row).is_none_or(|day| day > on);
    let fits = asked.programme.fits(world, world.reference(fields::measure::PROGRAMME, row));
    all_of([
        Ok(has_not_ended && not_lifted && fits),
        is_value(world, fields::measure::KIND, row, asked.kind),
        has_begun(world, fields::measure::IMPOSED_ON, row, on),
    ])
}

/// Whether an event is for a class group: for itself, for a group that covers it, or for all groups that it covers.
fn serves(world: World<'_>, event: u32, group: u32, span: Span) -> Known<bool> {
    let code = |row| world.code(Subject::ClassGroup, row);
    let described = |subject, row| {
        let unknown = Unknown::Missing(Placed { subject, row, field: None });
        if world.is_documented(subject, row) { Ok(()) } else { Err(Reasons::one(unknown)) }
    };
    described(Subject::Event, event)?;
    let served = |row| world.elements(List::EventClassGroups, event).any(|other| code(other) == code(row));
    if served(group) {
        return Ok(true);
    }
    described(Subject::ClassGroup, group)?;
    if ancestors(world, group).any(served) {
        return Ok(true);
    }
    let (mut among, mut children) = (0, 0);
    for child in world.elements(List::ClassGroupChildren, group) {
        children += 1;
        among += usize::from(served(child));
    }
    match among {
        0 => Ok(false),
        _ if among == children => Ok(true),
        _ => Err(Reasons::one(Unknown::PartlyServed(span))),
    }
}

/// The groups that cover a group, nearest first; a circle of them ends.
fn ancestors(world: World<'_>, group: u32) -> impl Iterator<Item = u32> {
    let parent = move |row: &u32| world.reference(fields::class_group::PARENT, *row);
    std::iter::successors(parent(&group), parent).take(64)
}
