//! The fields of the catalogue's rows, and the rows that stand in them: phases, units, subunits.

use crate::records::catalogue::code_field;
use crate::records::from_json::catalogue::{CatalogueReader, CodedRow, Document, span};
use crate::records::json::{Kind, Outlined, OutlinedMember};
use crate::records::problems::CatalogueProblem;
use crate::records::values::{
    NumberText, ValueProblem, academic_year, day, enumeration_word, expected, number_cell, small_number_cell, text_for_number,
};
use crate::source::Span;
use crate::vocabulary::{Cell, Field, FieldKind, List, Subject, fields};

/// The lists that an object of a subject may hold.
pub(super) fn list_names(subject: Subject) -> &'static [&'static str] {
    const LISTS: [(Subject, &[&str]); 3] =
        [(Subject::Programme, &["phases", "units"]), (Subject::Course, &["subunits", "identical_to"]), (Subject::Event, &["class_groups"])];
    LISTS.iter().find(|(of, _)| *of == subject).map_or(&[], |(_, names)| names)
}

/// A number of few digits and nothing else, which fits every field of numbers.
fn small_number(raw: &str) -> Option<i32> {
    const MOST_DIGITS: usize = 3;
    let is_small = raw.len() <= MOST_DIGITS && raw.bytes().all(|byte| byte.is_ascii_digit());
    if is_small { raw.parse().ok() } else { None }
}

impl CatalogueReader<'_> {
    /// All fields of a described code, and the rows that stand in it.
    pub(super) fn fill(&mut self, row: &CodedRow<'_>) {
        for field in [fields::programme::ACADEMIC_YEAR, fields::course::ACADEMIC_YEAR] {
            if field.subject == row.subject {
                self.set(field, row.row, row.document.year);
            }
        }
        for given in row.value.members() {
            match (row.subject, given.name.as_ref()) {
                (Subject::Programme, "phases") => self.inner_rows(row, List::ProgrammePhases, given.value),
                (Subject::Programme, "units") => self.inner_rows(row, List::ProgrammeUnits, given.value),
                (Subject::Course, "subunits") => self.inner_rows(row, List::CourseSubunits, given.value),
                (Subject::Course, "identical_to") | (Subject::Event, "class_groups") => {}
                (subject, name) if name == code_field(subject).name() => {}
                (subject, _) => self.field(subject, row.row, (row.document, &given)),
            }
        }
    }

    fn inner_rows(&mut self, owner: &CodedRow<'_>, list: List, value: Outlined<'_>) {
        for object in self.objects(list.name(), (owner.document.source, value)) {
            let subject = list.element();
            let row = self.catalogue.table_mut(subject).push();
            self.catalogue.set_place(subject, row, span(owner.document.source, object));
            for given in object.members() {
                self.field(subject, row, (owner.document, &given));
            }
            if list == List::ProgrammeUnits {
                self.unit(owner, row, object);
            } else {
                self.catalogue.add_element(list, owner.row, row);
            }
        }
    }

    fn unit(&mut self, programme: &CodedRow<'_>, unit: u32, object: Outlined<'_>) {
        let course = self.catalogue.cell(fields::unit::COURSE, unit);
        let Ok(course) = u32::try_from(course) else {
            self.catalogue.add_element(List::ProgrammeUnits, programme.row, unit);
            return;
        };
        let option = self.catalogue.cell(fields::unit::OPTION, unit);
        let again = self.catalogue.elements(List::ProgrammeUnits, programme.row).iter().any(|other| {
            self.catalogue.cell(fields::unit::COURSE, *other) == self.catalogue.cell(fields::unit::COURSE, unit)
                && self.catalogue.cell(fields::unit::OPTION, *other) == option
        });
        let code = self.catalogue.codes(Subject::Course).of_row(course);
        if again {
            let course = self.catalogue.codes(Subject::Course).name(code).unwrap_or_default().to_owned();
            self.add(CatalogueProblem::DuplicateUnit { course }, span(programme.document.source, object));
        }
        self.catalogue.add_unit(programme.row, code, unit);
    }

    fn field(&mut self, subject: Subject, row: u32, (document, given): (Document<'_>, &OutlinedMember<'_>)) {
        let Some(field) = Field::find(subject, &given.name).filter(|field| field.kind() != FieldKind::AcademicYear) else {
            self.undeclared(subject.word(), &given.name, Span::new(document.source, given.key.start, given.key.end));
            return;
        };
        if given.value.kind() == Kind::Null {
            return;
        }
        if let Some(cell) = self.cell(field, document, given.value) {
            self.set(field, row, cell);
        }
    }

    fn cell(&mut self, field: Field, document: Document<'_>, value: Outlined<'_>) -> Option<Cell> {
        if let FieldKind::Reference(subject) = field.kind() {
            return self.reference(subject, document, (field.name(), value)).and_then(|row| Cell::try_from(row).ok());
        }
        match self.plain_cell(field, value) {
            Ok(cell) => Some(cell),
            Err(problem) => {
                self.value_fault(problem, span(document.source, value));
                None
            }
        }
    }

    fn plain_cell(&mut self, field: Field, value: Outlined<'_>) -> Result<Cell, ValueProblem> {
        let wrong = || ValueProblem::wrong_kind(field.name(), expected(field), super::found(value));
        let text = || value.string().ok_or_else(wrong);
        match field.kind() {
            FieldKind::Boolean => match value.kind() {
                Kind::Boolean(boolean) => Ok(Cell::from(boolean)),
                Kind::Null | Kind::Number | Kind::Text | Kind::List | Kind::Object => Err(wrong()),
            },
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => match value.kind() {
                Kind::Number => match small_number(value.raw()) {
                    Some(number) => Ok(small_number_cell(field.kind(), number)),
                    None => number_cell(field, NumberText::Text(value.raw())),
                },
                Kind::Text => Err(text_for_number(field, &text()?)),
                Kind::Null | Kind::Boolean(_) | Kind::List | Kind::Object => Err(wrong()),
            },
            FieldKind::Day | FieldKind::EventDay => day(field, &text()?),
            FieldKind::AcademicYear => academic_year(field.name(), &text()?),
            FieldKind::Enumeration(enumeration) => enumeration_word(field, enumeration, &text()?),
            FieldKind::Text | FieldKind::Reference(_) => Ok(self.catalogue.texts.intern(&text()?).0),
        }
    }

    fn set(&mut self, field: Field, row: u32, cell: Cell) {
        self.catalogue.table_mut(field.subject).set(field, row, cell);
    }
}
