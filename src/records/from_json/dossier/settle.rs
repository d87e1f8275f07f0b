//! What can be said only of a whole record: the rows that its codes stand for, in the year they belong to, and whether its parts fit together.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::records::from_json::dossier::hand::Hand;
use crate::records::problems::RecordProblem;
use crate::records::reading::{CodeRow, Provisional};
use crate::records::values::nearest;
use crate::records::{Placed, noun, year_text};
use crate::vocabulary::{Cell, Field, FieldKind, MISSING, Subject, fields};

/// What is wrong, and the row that it is about.
pub(crate) type Fault = (Placed, RecordProblem);

/// The subjects in a student whose references may say their own year.
const WITH_OWN_YEAR: [Subject; 5] = [Subject::Exemption, Subject::CreditCertificate, Subject::Request, Subject::Decision, Subject::Measure];

/// How many wrong codes of one block are given the nearest known one.
const MOST_MEANT: usize = 64;

/// Which year's document must describe a code.
#[derive(Debug, Clone, Copy)]
struct Year {
    /// Nothing where the record does not say it.
    year: Option<i32>,
    said: Said,
}

/// Whether a record says itself which year a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    ByTheRow,
    Nowhere,
}

impl Hand<'_, '_> {
    /// Finish a student's rows.
    pub(crate) fn settle(&mut self, student: u32) -> Result<(), Fault> {
        if self.cell(fields::student::STUDENT, student).is_none() {
            return Err((placed(Subject::Student, student), RecordProblem::MissingStudent));
        }
        let enrolments = self.batch.table(Subject::Enrolment).rows_of(student);
        for enrolment in enrolments.clone() {
            self.settle_enrolment(enrolment)?;
        }
        self.refuse_second_enrolments(enrolments)?;
        for subject in WITH_OWN_YEAR {
            self.settle_rows_with_own_year(subject, student)?;
        }
        Ok(())
    }

    fn settle_enrolment(&mut self, enrolment: u32) -> Result<(), Fault> {
        let Some(year) = self.cell(fields::enrolment::ACADEMIC_YEAR, enrolment) else {
            return Err((placed(Subject::Enrolment, enrolment), RecordProblem::MissingAcademicYear));
        };
        let year = Year { year: Some(year), said: Said::ByTheRow };
        let entries = self.batch.table(Subject::Entry).rows_of(enrolment);
        for field in [fields::enrolment::PROGRAMME, fields::enrolment::CLASS_GROUP] {
            self.settle_codes(field, enrolment..enrolment + 1, year)?;
        }
        for field in [fields::entry::COURSE, fields::entry::EVENT, fields::entry::CLASS_GROUP, fields::entry::REPLACES] {
            self.settle_codes(field, entries.clone(), year)?;
        }
        let requested = self.batch.table(Subject::RequestedCourse).rows_of(enrolment);
        self.settle_codes(fields::requested_course::COURSE, requested, year)?;
        self.inherit_class_group(enrolment, entries);
        Ok(())
    }

    fn inherit_class_group(&mut self, enrolment: u32, entries: Range<u32>) {
        let Some(group) = self.cell(fields::enrolment::CLASS_GROUP, enrolment) else { return };
        self.batch.table_mut(Subject::Entry).set_where_missing(fields::entry::CLASS_GROUP, entries, group);
    }

    fn settle_rows_with_own_year(&mut self, subject: Subject, student: u32) -> Result<(), Fault> {
        let rows = self.batch.table(subject).rows_of(student);
        if rows.is_empty() {
            return Ok(());
        }
        let own_year = Field::find(subject, "academic_year");
        let references = Field::all_of(subject).filter(|field| matches!(field.kind(), FieldKind::Reference(_)));
        for field in references {
            for row in rows.clone() {
                let year = own_year.and_then(|field| self.cell(field, row));
                let said = if year.is_some() { Said::ByTheRow } else { Said::Nowhere };
                self.settle_codes(field, row..row + 1, Year { year: year.or(Some(self.reading.year_under_check)), said })?;
            }
        }
        Ok(())
    }

    /// The codes of a column become rows of the catalogue.
    fn settle_codes(&mut self, field: Field, rows: Range<u32>, year: Year) -> Result<(), Fault> {
        let FieldKind::Reference(subject) = field.kind() else { return Ok(()) };
        let column = self.batch.table_mut(field.subject).column_mut(field);
        let end = (rows.end as usize).min(column.len());
        let Some(cells) = column.get_mut(rows.start as usize..end).filter(|cells| !cells.is_empty()) else { return Ok(()) };
        let must_be_known = year.said == Said::ByTheRow && year.year == Some(self.reading.year_under_check);
        let in_year = self.reading.in_year(subject, year.year);
        for (row, cell) in (rows.start..).zip(cells) {
            if *cell == MISSING {
                continue;
            }
            let code = Provisional::from_cell(*cell);
            let found = in_year.row(code);
            if must_be_known && !matches!(found, CodeRow::Documented(_)) {
                return Err((Placed { subject: field.subject, row, field: Some(field) }, self.unknown(subject, code)));
            }
            *cell = Cell::try_from(found.row()).unwrap_or(MISSING);
        }
        Ok(())
    }

    fn unknown(&mut self, subject: Subject, code: Provisional) -> RecordProblem {
        let codes = self.reading.codes(subject);
        let code = match code {
            Provisional::Known(id) => codes.name(id),
            Provisional::Foreign(index) => self.batch.code_name(self.reading.catalogue, subject, codes.rows().saturating_add(index)),
        };
        let code = code.unwrap_or_default().to_owned();
        let year = self.reading.year_under_check;
        let help = self.meant(subject, &code, year);
        RecordProblem::UnknownCode { subject: noun(subject), code, year: year_text(year), help }
    }

    fn meant(&mut self, subject: Subject, code: &str, year: i32) -> String {
        let key = (subject, Box::from(code));
        if let Some(help) = self.state.meant.get(&key) {
            return help.clone();
        }
        let codes = self.reading.codes(subject);
        let documented = codes.names().filter(|name| codes.find(name).and_then(|id| codes.documented(id, year)).is_some());
        let near = if self.state.meant.len() < MOST_MEANT { nearest(code, documented) } else { None };
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Else add it to the catalogue of that year"),
            None => "correct the record, or add it to the catalogue of that year".to_owned(),
        };
        if self.state.meant.len() < MOST_MEANT {
            self.state.meant.insert(key, help.clone());
        }
        help
    }

    fn refuse_second_enrolments(&self, enrolments: Range<u32>) -> Result<(), Fault> {
        let key = |row: u32| {
            let cell = |field| self.batch.cell(field, row);
            (cell(fields::enrolment::ACADEMIC_YEAR), cell(fields::enrolment::PROGRAMME), cell(fields::enrolment::CONTRACT))
        };
        let Some(second) = second_of_two(enrolments, key) else { return Ok(()) };
        Err((placed(Subject::Enrolment, second), RecordProblem::DuplicateEnrolment))
    }
}

type EnrolmentKey = (Cell, Cell, Cell);

/// The first row that has the key of a row before it; enrolments without a programme can't be told to be the same.
fn second_of_two(rows: Range<u32>, key: impl Fn(u32) -> EnrolmentKey) -> Option<u32> {
    const FEW: usize = 16;
    let known = |row: &u32| key(*row).1 != MISSING;
    if rows.len() <= FEW {
        return rows.clone().filter(known).find(|row| (rows.start..*row).any(|before| key(before) == key(*row)));
    }
    let mut seen = FxHashSet::default();
    rows.filter(known).find(|row| !seen.insert(key(*row)))
}

fn placed(subject: Subject, row: u32) -> Placed {
    Placed { subject, row, field: None }
}
