//! What the record and the catalogue say on the day of the check: cells, owners, links, lists and codes, the same for both evaluators. Nothing is judged here.
//!
//! `mod.rs` reads cells, `days.rs` knows which days have happened, `links.rs` goes to one row, `lists.rs` to many.

mod days;
mod links;
mod lists;

use chrono::NaiveDate;

use crate::records::{CodeId, TextId};
use crate::verdicts::{Context, SubjectRow};
use crate::vocabulary::{Cell, Field, FieldKind, MISSING, Subject, dates, fields};

pub(crate) use links::Followed;

/// The record, the catalogue and the day, with the questions that both evaluators ask of them.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) context: Context<'a>,
    /// The day of the check as a cell.
    pub(crate) today: Cell,
}

/// What a field says on the day of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    Given(Cell),
    /// An event day that has not come, by the day of the check.
    NotHappened,
    Missing,
}

impl<'a> World<'a> {
    pub(crate) fn new(context: Context<'a>) -> Self {
        let today = dates::cell_of_date(context.as_of).unwrap_or(Cell::MAX);
        Self { context, today }
    }

    /// The value as it stands, whatever the day of the check.
    #[inline]
    pub(crate) fn cell(self, field: Field, row: u32) -> Cell {
        if field.subject.is_of_catalogue() { self.context.catalogue.cell(field, row) } else { self.context.batch.cell(field, row) }
    }

    /// The value as it is known on the day of the check.
    pub(crate) fn read(self, field: Field, row: u32) -> Read {
        self.read_as(field.kind(), field, row)
    }

    /// The same of a field whose kind is at hand.
    #[inline]
    pub(crate) fn read_as(self, kind: FieldKind, field: Field, row: u32) -> Read {
        let cell = self.cell(field, row);
        if kind == FieldKind::EventDay {
            return self.event_day(field, row, cell);
        }
        if cell == MISSING { Read::Missing } else { Read::Given(cell) }
    }

    /// A cell that must be given to count, as it stands.
    #[inline]
    pub(crate) fn given(self, field: Field, row: u32) -> Option<Cell> {
        Some(self.cell(field, row)).filter(|cell| *cell != MISSING)
    }

    /// The row that a reference points to.
    #[inline]
    pub(crate) fn reference(self, field: Field, row: u32) -> Option<u32> {
        self.given(field, row).and_then(|cell| u32::try_from(cell).ok())
    }

    pub(crate) fn date(self, field: Field, row: u32) -> Option<NaiveDate> {
        self.given(field, row).and_then(dates::date_of_cell)
    }

    /// The code of a row of the catalogue; two rows are the same thing when their codes are.
    #[inline]
    pub(crate) fn code(self, subject: Subject, row: u32) -> CodeId {
        self.context.catalogue.codes(subject).of_row(row)
    }

    /// The code as people write it.
    pub(crate) fn code_name(self, subject: Subject, code: CodeId) -> &'a str {
        let codes = self.context.catalogue.codes(subject);
        codes.name(code).unwrap_or_else(|| self.foreign_name(subject, code.0.saturating_sub(codes.len())))
    }

    fn foreign_name(self, subject: Subject, index: u32) -> &'a str {
        let index = i32::try_from(index).unwrap_or(i32::MAX);
        self.context.batch.foreign.get(subject as usize).and_then(|texts| texts.get(TextId(index))).unwrap_or("")
    }

    /// The row of a code in the year under check.
    pub(crate) fn row_of_code(self, subject: Subject, code: CodeId) -> u32 {
        self.context.catalogue.codes(subject).row(code, self.context.year)
    }

    /// Whether a document of the catalogue describes the row; of any other row of the catalogue nothing is known but its code.
    pub(crate) fn is_documented(self, subject: Subject, row: u32) -> bool {
        if !matches!(subject, Subject::Programme | Subject::Course | Subject::Event | Subject::ClassGroup) {
            return true;
        }
        let codes = self.context.catalogue.codes(subject);
        row < codes.rows() && codes.row(codes.of_row(row), i32::MIN) != row
    }

    /// The number shared by all course units that are the same as this row's.
    #[inline]
    pub(crate) fn course_class(self, course: u32) -> CodeId {
        self.same_class(self.code(Subject::Course, course))
    }

    /// The number shared by all course units that are the same as this one.
    #[inline]
    pub(crate) fn same_class(self, course: CodeId) -> CodeId {
        self.context.catalogue.same_unit_class(course)
    }

    pub(crate) fn text(self, text: TextId) -> &'a str {
        self.context.catalogue.texts.get(text).or_else(|| self.context.batch.texts.get(text)).unwrap_or("")
    }

    /// The row it stands in; nothing for what stands alone.
    #[inline]
    pub(crate) fn owner(self, subject: Subject, row: u32) -> Option<SubjectRow> {
        let owner = subject.owner()?;
        let row = if matches!(subject, Subject::Isp | Subject::Result) {
            row
        } else if subject.is_of_catalogue() {
            self.context.catalogue.owner(subject, row)?
        } else {
            self.context.batch.table(subject).owner(row)
        };
        Some(SubjectRow { subject: owner, row })
    }

    /// The row of a subject that it stands in, through all owners; itself where it is one.
    #[inline]
    pub(crate) fn within(self, from: SubjectRow, subject: Subject) -> Option<u32> {
        let mut at = from;
        while at.subject != subject {
            at = self.owner(at.subject, at.row)?;
        }
        Some(at.row)
    }

    /// The academic year of an enrolment.
    #[inline]
    pub(crate) fn year_of(self, enrolment: u32) -> Option<i32> {
        self.given(fields::enrolment::ACADEMIC_YEAR, enrolment)
    }

    /// The academic year that a row is about: of its enrolment, of its description in the catalogue, else the year under check.
    pub(crate) fn nearest_year(self, from: SubjectRow) -> i32 {
        let described = |subject, field| self.within(from, subject).and_then(|row| self.given(field, row));
        described(Subject::Enrolment, fields::enrolment::ACADEMIC_YEAR)
            .or_else(|| described(Subject::Programme, fields::programme::ACADEMIC_YEAR))
            .or_else(|| described(Subject::Course, fields::course::ACADEMIC_YEAR))
            .unwrap_or(self.context.year)
    }
}
