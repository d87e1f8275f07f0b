//! What a verdict is about, in the names that people know: numbers of students, codes, years.

use crate::records::{CodeId, Placed, TextId};
use crate::report::finding::{Said, SubjectKey};
use crate::report::shown::academic_year;
use crate::verdicts::{Context, SubjectRow, World};
use crate::vocabulary::{Field, Subject, fields};

/// The student's number; nothing for what stands in the catalogue.
pub(crate) fn student(world: World<'_>, row: SubjectRow) -> Option<&str> {
    let student = world.within(row, Subject::Student)?;
    world.given(fields::student::STUDENT, student).map(|cell| world.text(TextId(cell)))
}

pub(crate) fn course_name(world: World<'_>, course: CodeId) -> &str {
    world.code_name(Subject::Course, course)
}

/// The code that a reference names, or the code of a row.
fn code(world: World<'_>, field: Field, row: u32) -> Option<&str> {
    let crate::vocabulary::FieldKind::Reference(subject) = field.kind() else { return None };
    world.reference(field, row).map(|target| world.code_name(subject, world.code(subject, target)))
}

pub(crate) fn subject_key<'a>(world: World<'a>, row: SubjectRow, prior: &[CodeId]) -> SubjectKey<'a> {
    let year = if row.subject == Subject::Request {
        world.given(fields::request::ACADEMIC_YEAR, row.row)
    } else {
        Some(world.nearest_year(row)).filter(|_| !matches!(row.subject, Subject::Student | Subject::Exemption))
    };
    SubjectKey {
        kind: row.subject,
        academic_year: year,
        programme: programme(world, row).map(Said::Borrowed),
        entry: course_of(world, row).map(Said::Borrowed),
        prior: prior.iter().map(|course| Said::Borrowed(course_name(world, *course))).collect(),
    }
}

/// The programme that a row is about, by its code.
pub(crate) fn programme_of<'a>(context: &Context<'a>, row: SubjectRow) -> Option<&'a str> {
    programme(World::new(*context), row)
}

fn programme(world: World<'_>, row: SubjectRow) -> Option<&str> {
    if row.subject == Subject::Request {
        return code(world, fields::request::PROGRAMME, row.row);
    }
    if let Some(programme) = world.within(row, Subject::Programme) {
        return Some(world.code_name(Subject::Programme, world.code(Subject::Programme, programme)));
    }
    world.within(row, Subject::Enrolment).and_then(|enrolment| code(world, fields::enrolment::PROGRAMME, enrolment))
}

/// The course unit that a row is about.
pub(crate) fn course_of(world: World<'_>, row: SubjectRow) -> Option<&str> {
    if row.subject == Subject::Course {
        return Some(course_name(world, world.code(Subject::Course, row.row)));
    }
    let own = [
        (Subject::Exemption, fields::exemption::COURSE),
        (Subject::Request, fields::request::COURSE),
        (Subject::Unit, fields::unit::COURSE),
        (Subject::CreditCertificate, fields::credit_certificate::COURSE),
        (Subject::RequestedCourse, fields::requested_course::COURSE),
    ];
    if let Some((_, field)) = own.into_iter().find(|(subject, _)| *subject == row.subject) {
        return code(world, field, row.row);
    }
    world.within(row, Subject::Entry).and_then(|entry| code(world, fields::entry::COURSE, entry))
}

/// A place in words: `isp.submitted_on`; with its code or year where it is not the subject itself: `BM101.credits`, `enrolment 2022-2023.phase`.
pub(crate) fn place_name(world: World<'_>, about: SubjectRow, placed: Placed) -> String {
    let row = SubjectRow { subject: placed.subject, row: placed.row };
    let own = world.within(about, placed.subject) == Some(placed.row);
    let field = placed.field.map(|field| format!(".{}", field.name())).unwrap_or_default();
    let whose = if own { placed.subject.word().to_owned() } else { row_name(world, row) };
    format!("{whose}{field}")
}

/// A row by its code, its course unit or its year.
pub(crate) fn row_name(world: World<'_>, row: SubjectRow) -> String {
    let word = row.subject.word();
    if matches!(row.subject, Subject::Programme | Subject::Course | Subject::Event | Subject::ClassGroup) {
        return world.code_name(row.subject, world.code(row.subject, row.row)).to_owned();
    }
    if matches!(row.subject, Subject::Enrolment | Subject::Isp) {
        return world.year_of(row.row).map_or(word.to_owned(), |year| format!("{word} {}", academic_year(year)));
    }
    course_of(world, row).map_or(word.to_owned(), |course| format!("{word} {course}"))
}
