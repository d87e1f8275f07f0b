//! The catalogue of an example: only what is given is described, in every year that the example speaks of.

use rustc_hash::FxHashMap;

use crate::examples::scene::academic_year;
use crate::records::{Catalogue, CodeId};
use crate::rulebook::{Constant, Example, GivenRow, GivenRowId, GivenValue};
use crate::vocabulary::{Cell, Field, List, MISSING, Subject, cell_of_number, dates, fields};

/// The code of the programme that an example names nowhere.
const UNNAMED: &str = "(programme)";

/// A catalogue with the rows that an example gives, by year.
#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) catalogue: Catalogue,
    rows: FxHashMap<(GivenRowId, i32), u32>,
    /// Ascending.
    pub(super) years: Vec<i32>,
}

impl Overlay {
    pub(super) fn new(example: &Example, catalogue: Catalogue, year: i32) -> Self {
        let mut overlay = Self { catalogue, rows: FxHashMap::default(), years: years(example, year) };
        overlay.catalogue.code(Subject::Programme, UNNAMED);
        let given = || (0..).map(GivenRowId).zip(&example.rows).filter(|(_, row)| row.subject.is_of_catalogue());
        for year in overlay.years.clone() {
            for (id, row) in given().filter(|(_, row)| is_of_year(row, year)) {
                overlay.describe(id, row, year);
            }
            for (id, row) in given().filter(|(_, row)| is_of_year(row, year)) {
                overlay.fill(id, row, year);
            }
        }
        overlay.catalogue.pad();
        overlay
    }

    /// The row of the catalogue that a given row is, in a year.
    pub(super) fn row(&self, id: GivenRowId, year: i32) -> Option<u32> {
        self.rows.get(&(id, year)).copied()
    }

    /// All rows of the catalogue that a given row is.
    pub(super) fn rows(&self, id: GivenRowId) -> impl Iterator<Item = u32> {
        self.years.iter().filter_map(move |year| self.row(id, *year))
    }

    /// The programme of enrolments that name none: the same for all, and nothing is known of it.
    pub(super) fn unnamed_programme(&self) -> Cell {
        let codes = self.catalogue.codes(Subject::Programme);
        codes.find(UNNAMED).and_then(|code| Cell::try_from(codes.row(code, i32::MIN)).ok()).unwrap_or(MISSING)
    }

    fn describe(&mut self, id: GivenRowId, given: &GivenRow, year: i32) {
        let row = match given.owner {
            Some(_) => self.catalogue.table_mut(given.subject).append(),
            None => self.document(id, given, year),
        };
        self.rows.insert((id, year), row);
    }

    /// The row that describes a code in a year, new unless the world has one.
    fn document(&mut self, id: GivenRowId, given: &GivenRow, year: i32) -> u32 {
        let codes = self.catalogue.codes(given.subject);
        let name = given.code.and_then(|code| codes.name(code)).map_or_else(|| nameless(given.subject, id), str::to_owned);
        if let Some(row) = self.catalogue.document(given.subject, &name, year) {
            return row;
        }
        let codes = self.catalogue.codes(given.subject);
        codes.find(&name).map_or(u32::MAX, |code| codes.row(code, year))
    }

    fn fill(&mut self, id: GivenRowId, given: &GivenRow, year: i32) {
        let Some(row) = self.row(id, year) else { return };
        for (field, value) in &given.fields {
            let cell = self.cell(*value, year);
            self.catalogue.table_mut(given.subject).set(*field, row, cell);
        }
        if let Some(field) = Field::find(given.subject, "academic_year").filter(|field| given.field(*field).is_none()) {
            self.catalogue.table_mut(given.subject).set(field, row, year);
        }
        if let Some(owner) = given.owner.and_then(|owner| self.row(owner, year)) {
            self.put_in(given.subject, row, owner);
        }
        self.link(given, row, year);
    }

    fn put_in(&mut self, subject: Subject, row: u32, owner: u32) {
        if subject == Subject::Unit
            && let Ok(course) = u32::try_from(self.catalogue.cell(fields::unit::COURSE, row))
        {
            let code = self.catalogue.codes(Subject::Course).of_row(course);
            return self.catalogue.add_unit(owner, code, row);
        }
        let lists = [List::ProgrammeUnits, List::ProgrammePhases, List::CourseSubunits];
        if let Some(list) = lists.into_iter().find(|list| list.element() == subject) {
            self.catalogue.add_element(list, owner, row);
        }
    }

    /// The lists that follow from what a row names.
    fn link(&mut self, given: &GivenRow, row: u32, year: i32) {
        let named = |overlay: &Self, field: Field| u32::try_from(overlay.catalogue.cell(field, row));
        if given.subject == Subject::Event
            && let Ok(course) = named(self, fields::event::COURSE)
        {
            self.catalogue.add_element(List::CourseEvents, course, row);
        }
        if given.subject == Subject::ClassGroup
            && let Ok(parent) = named(self, fields::class_group::PARENT)
        {
            self.catalogue.add_element(List::ClassGroupChildren, parent, row);
        }
        for (list, elements) in &given.lists {
            for element in elements.iter().flatten() {
                if let Ok(element) = u32::try_from(self.cell(*element, year)) {
                    self.catalogue.add_element(*list, row, element);
                }
            }
        }
    }

    /// A given value as a cell, with codes as they are described in a year.
    pub(super) fn cell(&self, value: GivenValue, year: i32) -> Cell {
        match value {
            GivenValue::Constant(constant) => self.constant(constant, year).unwrap_or(MISSING),
            GivenValue::Row(id) => self.row(id, year).and_then(|row| Cell::try_from(row).ok()).unwrap_or(MISSING),
            GivenValue::Unknown => MISSING,
        }
    }

    fn constant(&self, constant: Constant, year: i32) -> Option<Cell> {
        match constant {
            Constant::Boolean(truth) => Some(Cell::from(truth)),
            Constant::Number(number) => cell_of_number(number),
            Constant::Date(date) => dates::cell_of_date(date),
            Constant::AcademicYear(value) | Constant::Semester(value) | Constant::Enumeration(_, value) => Some(value),
            Constant::Text(text) => Some(text.0),
            Constant::Code(subject, code) => Cell::try_from(self.row_of_code(subject, code, year)).ok(),
            Constant::Period(_) | Constant::None => None,
        }
    }

    pub(super) fn row_of_code(&self, subject: Subject, code: CodeId, year: i32) -> u32 {
        self.catalogue.codes(subject).row(code, year)
    }
}

/// The name of a row that the example gives no code.
fn nameless(subject: Subject, id: GivenRowId) -> String {
    format!("({} {})", subject.word(), id.0)
}

fn is_of_year(row: &GivenRow, year: i32) -> bool {
    let given = Field::find(row.subject, "academic_year").and_then(|field| row.field(field));
    given.and_then(academic_year).is_none_or(|own| own == year)
}

/// The academic years that an example speaks of.
fn years(example: &Example, year: i32) -> Vec<i32> {
    let given = example.rows.iter().flat_map(|row| &row.fields).filter_map(|(_, value)| academic_year(*value));
    let mut years: Vec<i32> = given.chain([year]).collect();
    years.sort_unstable();
    years.dedup();
    years
}
