//! What a check is about: the rows of a student, or of the catalogue, that get a verdict each.

use crate::rulebook::{Check, CheckId, EdgeId, Requirement, SequentialityKind};
use crate::verdicts::{Context, SubjectRow, World};
use crate::vocabulary::{List, Subject, fields};

/// A subject, and the edge of it where a sequentiality is judged.
pub(crate) type Judged = (SubjectRow, Option<EdgeId>);

/// The subjects of a check among a student's rows; none where the student has no enrolment in the year under check.
pub(crate) fn subjects(context: &Context<'_>, check: CheckId, student: u32) -> Vec<Judged> {
    let world = World::new(*context);
    if world.enrolments_checked(student).next().is_none() {
        return Vec::new();
    }
    let check = context.rulebook.check(check);
    let rows = rows(world, check, student);
    match &check.requirement {
        Some(Requirement::Sequentiality(sequentiality)) => {
            rows.into_iter().flat_map(|entry| edges(world, entry, sequentiality.kind).map(move |edge| (subject(check, entry), Some(edge)))).collect()
        }
        Some(Requirement::Condition(_) | Requirement::Deadline(_) | Requirement::Bound(_)) | None => {
            rows.into_iter().map(|row| (subject(check, row), None)).collect()
        }
    }
}

fn subject(check: &Check, row: u32) -> SubjectRow {
    SubjectRow { subject: check.subject, row }
}

fn rows(world: World<'_>, check: &Check, student: u32) -> Vec<u32> {
    match check.subject {
        Subject::Student => vec![student],
        Subject::Enrolment | Subject::Isp => world.enrolments_checked(student).collect(),
        Subject::Entry => {
            let list = if check.dropped_too { List::IspAllEntries } else { List::IspEntries };
            world.enrolments_checked(student).flat_map(|isp| world.elements(list, isp)).collect()
        }
        Subject::Exemption => world.elements(List::StudentExemptions, student).collect(),
        Subject::Request => {
            let of_the_year = |row: &u32| world.given(fields::request::ACADEMIC_YEAR, *row).is_none_or(|year| year == world.context.year);
            world.elements(List::StudentRequests, student).filter(of_the_year).collect()
        }
        Subject::Result
        | Subject::Status
        | Subject::Diploma
        | Subject::CreditCertificate
        | Subject::Decision
        | Subject::Measure
        | Subject::AccountEntry
        | Subject::RequestedCourse
        | Subject::Programme
        | Subject::Phase
        | Subject::Unit
        | Subject::Course
        | Subject::Subunit
        | Subject::Event
        | Subject::ClassGroup => Vec::new(),
    }
}

/// The edges of an entry's programme and course unit that the check of this kind judges.
fn edges(world: World<'_>, entry: u32, kind: SequentialityKind) -> impl Iterator<Item = EdgeId> {
    let code = |subject, row: Option<u32>| row.map(|row| world.code(subject, row));
    let course = code(Subject::Course, world.reference(fields::entry::COURSE, entry));
    let programme = code(Subject::Programme, world.reference(fields::enrolment::PROGRAMME, world.enrolment_of_entry(entry)));
    let year = world.context.year;
    let ids = (0..).map(EdgeId).zip(&world.context.rulebook.edges);
    ids.filter(move |(_, edge)| edge.kind == kind && Some(edge.course) == course && Some(edge.programme) == programme)
        .filter(move |(_, edge)| edge.year.is_none_or(|of_catalogue| of_catalogue == year))
        .map(|(id, _)| id)
}

/// The rows of the catalogue that a check is about: those that a document of the year under check describes.
pub(crate) fn catalogue_subjects(context: &Context<'_>, check: CheckId) -> Vec<SubjectRow> {
    let world = World::new(*context);
    let subject = context.rulebook.check(check).subject;
    let described = |subject: Subject| {
        let codes = context.catalogue.codes(subject);
        (0..codes.len()).filter_map(move |code| codes.documented(crate::records::CodeId(code), context.year))
    };
    let rows: Vec<u32> = if matches!(subject, Subject::Programme | Subject::Course) {
        described(subject).collect()
    } else if subject == Subject::Unit {
        described(Subject::Programme).flat_map(|programme| world.elements(List::ProgrammeUnits, programme)).collect()
    } else {
        Vec::new()
    };
    rows.into_iter().map(|row| SubjectRow { subject, row }).collect()
}
