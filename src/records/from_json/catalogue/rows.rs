//! The fields of the catalogue's rows, and the rows that stand in them: phases, units, subunits.

use crate::records::from_json::catalogue::keys::{Target, target_of};
use crate::records::from_json::catalogue::{CatalogueReader, CodedRow, Document, Names, span};
use crate::records::json::{Kind, Outlined};
use crate::records::problems::CatalogueProblem;
use crate::records::values::{
    NumberText, ValueProblem, academic_year, day, enumeration_word, expected, number_cell, packed_word, small_number_cell, text_for_number,
};
use crate::vocabulary::{Cell, Field, FieldKind, List, Subject, fields};

/// A number of few digits and nothing else, which fits every field of numbers.
fn small_number(raw: &str) -> Option<i32> {
    const MOST_DIGITS: usize = 3;
    let is_small = raw.len() <= MOST_DIGITS && raw.bytes().all(|byte| byte.is_ascii_digit());
    if is_small { raw.parse().ok() } else { None }
}

impl<'t> CatalogueReader<'_, 't> {
    /// All fields of a described code, and the rows that stand in it.
    pub(super) fn fill(&mut self, row: &CodedRow<'t>) {
        self.catalogue.set_place(row.subject, row.row, span(row.document.source, row.value));
        for field in [fields::programme::ACADEMIC_YEAR, fields::course::ACADEMIC_YEAR] {
            if field.subject == row.subject {
                self.set(field, row.row, row.document.year);
            }
        }
        let (mut links, mut names) = (None, Names::default());
        for given in row.value.members() {
            let beginning = given.key.beginning();
            names.add(beginning);
            match target_of(row.subject, given.key, beginning) {
                Some(Target::Cell(field, kind)) => self.field((field, kind), row.row, (row.document, given.value)),
                Some(Target::Rows(list)) => self.inner_rows(row, list, given.value),
                Some(Target::Links) => links = links.or(Some(given.value)),
                Some(Target::Code) => {}
                None => self.undeclared(row.subject.word(), (row.document.source, given)),
            }
        }
        self.refuse_second_keys((row.document.source, row.value), &names);
        self.link(row, links);
    }

    fn inner_rows(&mut self, owner: &CodedRow<'_>, list: List, value: Outlined<'_>) {
        let (subject, source) = (list.element(), owner.document.source);
        for object in self.list(list.name(), (source, value)) {
            if !self.is_of_members(list.name(), (source, object)) {
                continue;
            }
            let mut names = Names::default();
            let row = self.catalogue.table_mut(subject).append();
            self.catalogue.set_place(subject, row, span(source, object));
            for given in object.members() {
                let beginning = given.key.beginning();
                names.add(beginning);
                match target_of(subject, given.key, beginning) {
                    Some(Target::Cell(field, kind)) => self.field((field, kind), row, (owner.document, given.value)),
                    Some(Target::Rows(_) | Target::Links | Target::Code) | None => self.undeclared(subject.word(), (source, given)),
                }
            }
            self.refuse_second_keys((source, object), &names);
            if list == List::ProgrammeUnits {
                self.unit(owner, row, object);
            } else {
                self.catalogue.add_element(list, owner.row, row);
            }
        }
    }

    fn unit(&mut self, programme: &CodedRow<'_>, unit: u32, object: Outlined<'_>) {
        let Ok(course) = u32::try_from(self.catalogue.cell(fields::unit::COURSE, unit)) else {
            self.catalogue.add_element(List::ProgrammeUnits, programme.row, unit);
            return;
        };
        let code = self.catalogue.codes(Subject::Course).of_row(course);
        if self.catalogue.unit(programme.row, code).is_some() && self.is_unit_again(programme, unit) {
            let course = self.catalogue.codes(Subject::Course).name(code).unwrap_or_default().to_owned();
            self.add(CatalogueProblem::DuplicateUnit { course }, span(programme.document.source, object));
        }
        self.catalogue.add_unit(programme.row, code, unit);
    }

    /// Whether the programme has the same course unit in the same graduating option already.
    fn is_unit_again(&self, programme: &CodedRow<'_>, unit: u32) -> bool {
        let of = |unit: u32| [fields::unit::COURSE, fields::unit::OPTION].map(|field| self.catalogue.cell(field, unit));
        self.catalogue.elements(List::ProgrammeUnits, programme.row).iter().any(|other| of(*other) == of(unit))
    }

    fn field(&mut self, field: (Field, FieldKind), row: u32, (document, value): (&Document<'_>, Outlined<'_>)) {
        if value.kind() == Kind::Null {
            return;
        }
        if let Some(cell) = self.cell(field, document, value) {
            self.set(field.0, row, cell);
        }
    }

    fn cell(&mut self, (field, kind): (Field, FieldKind), document: &Document<'_>, value: Outlined<'_>) -> Option<Cell> {
        if let FieldKind::Reference(subject) = kind {
            return self.reference(subject, document, (field.name(), value)).and_then(|row| Cell::try_from(row).ok());
        }
        match self.plain_cell((field, kind), value) {
            Ok(cell) => Some(cell),
            Err(problem) => {
                self.value_fault(problem, span(document.source, value));
                None
            }
        }
    }

    fn plain_cell(&mut self, (field, kind): (Field, FieldKind), value: Outlined<'_>) -> Result<Cell, ValueProblem> {
        let wrong = || ValueProblem::wrong_kind(field.name(), expected(field), super::found(value));
        let text = || value.string().ok_or_else(wrong);
        match kind {
            FieldKind::Boolean => match value.kind() {
                Kind::Boolean(boolean) => Ok(Cell::from(boolean)),
                Kind::Null | Kind::Number | Kind::Text | Kind::List | Kind::Object => Err(wrong()),
            },
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => match value.kind() {
                Kind::Number => match small_number(value.raw()) {
                    Some(number) => Ok(small_number_cell(kind, number)),
                    None => number_cell(field, NumberText::Text(value.raw())),
                },
                Kind::Text => Err(text_for_number(field, &text()?)),
                Kind::Null | Kind::Boolean(_) | Kind::List | Kind::Object => Err(wrong()),
            },
            FieldKind::Day | FieldKind::EventDay => day(field, &text()?),
            FieldKind::AcademicYear => academic_year(field.name(), &text()?),
            FieldKind::Enumeration(enumeration) => match value.packed().and_then(|word| packed_word(enumeration, word)) {
                Some(cell) => Ok(cell),
                None => enumeration_word(field, enumeration, &text()?),
            },
            FieldKind::Text | FieldKind::Reference(_) => Ok(self.catalogue.texts.intern(&text()?).0),
        }
    }

    fn set(&mut self, field: Field, row: u32, cell: Cell) {
        self.catalogue.table_mut(field.subject).set(field, row, cell);
    }
}
