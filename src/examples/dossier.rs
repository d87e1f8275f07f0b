//! The dossier of an example: the rows that it gives, over those of a record of the world where it starts from one.

use crate::examples::catalogue::Overlay;
use crate::examples::draft::{Draft, DraftRow};
use crate::rulebook::{Example, GivenRow, GivenRowId};
use crate::vocabulary::{Field, List, Subject, fields};

/// Add what an example gives to a draft, which may hold a record already.
pub(super) fn give(draft: &mut Draft, example: &Example, overlay: &Overlay, year: i32) {
    let mut placed: Vec<Option<usize>> = vec![None; example.rows.len()];
    for (id, given) in (0..).map(GivenRowId).zip(&example.rows) {
        if given.subject.is_of_catalogue() {
            continue;
        }
        let owner = given.owner.and_then(|owner| placed.get(owner.0 as usize).copied().flatten());
        let own_year = owner.map_or(year, |owner| year_of(draft, owner, year));
        let row = find(draft, given, (overlay, own_year), owner).unwrap_or_else(|| draft.push(DraftRow::new(given.subject, owner)));
        draft.rows[row].given = Some(id);
        fill(draft, row, given, (overlay, own_year));
        placed[id.0 as usize] = Some(row);
    }
    enrol(draft, year);
    share_programme(draft, overlay);
}

/// Years of which none is said to be of another programme are of the same one.
fn share_programme(draft: &mut Draft, overlay: &Overlay) {
    let says = |row: &DraftRow| row.cells.iter().any(|(field, _)| *field == fields::enrolment::PROGRAMME);
    let mut enrolments: Vec<&mut DraftRow> = draft.rows.iter_mut().filter(|row| row.subject == Subject::Enrolment).collect();
    if enrolments.len() > 1 && !enrolments.iter().any(|row| says(row)) {
        for enrolment in &mut enrolments {
            enrolment.set(fields::enrolment::PROGRAMME, overlay.unnamed_programme());
        }
    }
}

/// The academic year that a row is of: of its own or of the enrolment around it.
fn year_of(draft: &Draft, row: usize, otherwise: i32) -> i32 {
    let mut at = Some(row);
    while let Some(row) = at {
        if let Some(year) = draft.rows[row].cell(fields::enrolment::ACADEMIC_YEAR) {
            return year;
        }
        at = draft.rows[row].owner;
    }
    otherwise
}

/// The row of the draft that is given anew: the student, the enrolment of a year, its ISP, the entry of a course unit, its result.
fn find(draft: &Draft, given: &GivenRow, (overlay, year): (&Overlay, i32), owner: Option<usize>) -> Option<usize> {
    let is_same = |row: &usize, field: Field| {
        let wanted = given.field(field).map(|value| overlay.cell(value, year));
        wanted.is_some() && draft.rows[*row].cell(field) == wanted
    };
    if given.subject == Subject::Student {
        return draft.rows.iter().position(|row| row.subject == Subject::Student);
    }
    let mut beside = draft.owned(owner?, given.subject);
    let keys = [fields::enrolment::ACADEMIC_YEAR, fields::entry::COURSE];
    if let Some(key) = keys.into_iter().find(|key| key.subject == given.subject) {
        return beside.find(|row| is_same(row, key) && draft.rows[*row].given.is_none());
    }
    if matches!(given.subject, Subject::Isp | Subject::Result) { beside.next() } else { None }
}

fn fill(draft: &mut Draft, row: usize, given: &GivenRow, (overlay, year): (&Overlay, i32)) {
    let own_year = Field::find(given.subject, "academic_year").and_then(|field| given.field(field)).map_or(year, |value| overlay.cell(value, year));
    for (field, value) in &given.fields {
        let cell = overlay.cell(*value, own_year);
        draft.rows[row].set(*field, cell);
    }
    for (list, elements) in &given.lists {
        match elements {
            None => draft.rows[row].unknown_lists.push(*list),
            Some(elements) if *list == List::IspRequestedCourses => {
                for element in elements {
                    let mut requested = DraftRow::new(Subject::RequestedCourse, Some(row));
                    requested.set(fields::requested_course::COURSE, overlay.cell(*element, own_year));
                    draft.push(requested);
                }
            }
            Some(_) => draft.rows[row].unknown_lists.retain(|unknown| unknown != list),
        }
    }
}

/// A student is checked in a year in which there is an enrolment: one of which nothing is known, where none is given.
fn enrol(draft: &mut Draft, year: i32) {
    let Some(student) = draft.rows.iter().position(|row| row.subject == Subject::Student) else { return };
    let enrolments: Vec<usize> = draft.owned(student, Subject::Enrolment).collect();
    let of_year = |row: &usize| draft.rows[*row].cell(fields::enrolment::ACADEMIC_YEAR) == Some(year);
    if enrolments.iter().any(of_year) {
        return;
    }
    let unsaid = enrolments.into_iter().find(|row| draft.rows[*row].cell(fields::enrolment::ACADEMIC_YEAR).is_none());
    let row = unsaid.unwrap_or_else(|| draft.push(DraftRow::new(Subject::Enrolment, Some(student))));
    draft.rows[row].set(fields::enrolment::ACADEMIC_YEAR, year);
}
