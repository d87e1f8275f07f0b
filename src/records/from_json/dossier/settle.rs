//! What can be said only of a whole record: the rows that its codes stand for, in the year they belong to, and whether its parts fit together.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::problems::nearest;
use crate::records::from_json::dossier::hand::Hand;
use crate::records::problems::RecordProblem;
use crate::records::reading::{CodeRow, DocumentId, Provisional};
use crate::records::{Placed, noun, year_text};
use crate::vocabulary::{Cell, Field, FieldKind, MISSING, Subject, fields};

/// What is wrong, and the row that it is about.
pub(crate) type Fault = (Placed, RecordProblem);

/// The subjects in a student whose references may say their own year.
const WITH_OWN_YEAR: [Subject; 5] = [Subject::Exemption, Subject::CreditCertificate, Subject::Request, Subject::Decision, Subject::Measure];

/// A field of codes, and what they are codes of.
type Codes = (Field, Subject);

const OF_ENROLMENT: [Codes; 2] = [(fields::enrolment::PROGRAMME, Subject::Programme), (fields::enrolment::CLASS_GROUP, Subject::ClassGroup)];
const OF_ENTRY: [Codes; 4] = [
    (fields::entry::COURSE, Subject::Course),
    (fields::entry::EVENT, Subject::Event),
    (fields::entry::CLASS_GROUP, Subject::ClassGroup),
    (fields::entry::REPLACES, Subject::Course),
];
const OF_REQUEST: [Codes; 1] = [(fields::requested_course::COURSE, Subject::Course)];

/// How many wrong codes of one block are given the nearest known one.
const MOST_MEANT: usize = 64;

/// Which document describes the codes of a row.
#[derive(Debug, Clone, Copy)]
struct Described {
    document: Option<DocumentId>,
    /// Whether it must know them: the record says itself that the row is about the year under check.
    must_be_known: bool,
}

impl Hand<'_, '_> {
    /// Finish a student's rows.
    pub(crate) fn settle(&mut self, student: u32) -> Result<(), Fault> {
        if self.is_nobody(student) {
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

    /// Whether the student's number is left out, or is empty as in an export of a database that had none.
    fn is_nobody(&self, student: u32) -> bool {
        let number = self.cell(fields::student::STUDENT, student);
        number.and_then(|number| self.batch.text_of(self.reading.catalogue, number)).is_none_or(str::is_empty)
    }

    fn settle_enrolment(&mut self, enrolment: u32) -> Result<(), Fault> {
        let Some(year) = self.cell(fields::enrolment::ACADEMIC_YEAR, enrolment) else {
            return Err((placed(Subject::Enrolment, enrolment), RecordProblem::MissingAcademicYear));
        };
        let described = self.described(Some(year));
        let entries = self.batch.table(Subject::Entry).rows_of(enrolment);
        let requested = self.batch.table(Subject::RequestedCourse).rows_of(enrolment);
        for (codes, rows) in [(&OF_ENROLMENT[..], enrolment..enrolment + 1), (&OF_ENTRY, entries.clone()), (&OF_REQUEST, requested)] {
            if !rows.is_empty() {
                codes.iter().try_for_each(|codes| self.settle_codes(*codes, rows.clone(), described))?;
            }
        }
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
        for field in Field::all_of(subject) {
            let FieldKind::Reference(to) = field.kind() else { continue };
            for row in rows.clone() {
                let described = self.described(own_year.and_then(|field| self.cell(field, row)));
                self.settle_codes((field, to), row..row + 1, described)?;
            }
        }
        Ok(())
    }

    /// What describes the codes of a row that says its year, or does not.
    fn described(&self, said: Option<i32>) -> Described {
        let under_check = self.reading.year_under_check;
        Described { document: self.reading.document(said.unwrap_or(under_check)), must_be_known: said == Some(under_check) }
    }

    /// The codes of a column become rows of the catalogue.
    fn settle_codes(&mut self, (field, subject): Codes, rows: Range<u32>, described: Described) -> Result<(), Fault> {
        let column = self.batch.table_mut(field.subject).column_mut(field);
        let end = (rows.end as usize).min(column.len());
        let Some(cells) = column.get_mut(rows.start as usize..end) else { return Ok(()) };
        let known = self.reading.in_document(subject, described.document);
        for (row, cell) in (rows.start..).zip(cells) {
            if *cell == MISSING {
                continue;
            }
            let code = Provisional::from_cell(*cell);
            let found = known.row(code);
            if described.must_be_known && !matches!(found, CodeRow::Documented(_)) {
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
        let enrolled = self.batch.table(Subject::Enrolment);
        let columns =
            [fields::enrolment::PROGRAMME, fields::enrolment::ACADEMIC_YEAR, fields::enrolment::CONTRACT].map(|field| enrolled.column(field));
        let key = |row: u32| columns.map(|column| column.get(row as usize).copied().unwrap_or(MISSING));
        let Some(second) = second_of_two(enrolments, key) else { return Ok(()) };
        Err((placed(Subject::Enrolment, second), RecordProblem::DuplicateEnrolment))
    }
}

/// Its programme, and what else makes it another.
type EnrolmentKey = [Cell; 3];

/// The first row that has the key of a row before it; enrolments without a programme can't be told to be the same.
fn second_of_two(rows: Range<u32>, key: impl Fn(u32) -> EnrolmentKey) -> Option<u32> {
    const FEW: usize = 16;
    let known = |row: &u32| key(*row)[0] != MISSING;
    if rows.len() <= FEW {
        return rows.clone().filter(known).find(|row| (rows.start..*row).any(|before| key(before) == key(*row)));
    }
    let mut seen = FxHashSet::default();
    rows.filter(known).find(|row| !seen.insert(key(*row)))
}

fn placed(subject: Subject, row: u32) -> Placed {
    Placed { subject, row, field: None }
}
