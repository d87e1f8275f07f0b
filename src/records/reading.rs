//! What a reader of dossiers knows beforehand, whatever the format.

use crate::records::packed::Packed;
use crate::records::{Catalogue, CodeId, Codes, Wanted};
use crate::vocabulary::{Cell, Subject, Zone};

/// The world that dossiers are read into.
#[derive(Debug)]
pub(crate) struct Reading<'c> {
    pub(crate) catalogue: &'c Catalogue,
    /// The zone in which an instant becomes a day.
    pub(crate) time_zone: Zone,
    /// The academic year in which every code must be in the catalogue.
    pub(crate) year_under_check: i32,
    pub(crate) wanted: Wanted,
    coded: [Coded<'c>; 4],
}

/// The codes of one subject, and for each year of the catalogue the row of each code.
#[derive(Debug)]
struct Coded<'c> {
    codes: &'c Codes,
    /// In the order of the catalogue's years.
    by_year: Vec<Vec<CodeRow>>,
    /// In a year without a document.
    undocumented: Vec<CodeRow>,
}

/// The row of a code in some year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeRow {
    /// The year's document describes it.
    Documented(u32),
    /// Another year's document, or a rule, knows it.
    Undocumented(u32),
    /// Only the record names it; the row lies beyond the catalogue.
    Foreign(u32),
}

impl CodeRow {
    pub(crate) fn row(self) -> u32 {
        match self {
            Self::Documented(row) | Self::Undocumented(row) | Self::Foreign(row) => row,
        }
    }
}

const CODED: [Subject; 4] = [Subject::Programme, Subject::Course, Subject::Event, Subject::ClassGroup];

impl<'c> Reading<'c> {
    pub(crate) fn new(catalogue: &'c Catalogue, time_zone: Zone, year_under_check: i32) -> Self {
        let coded = CODED.map(|subject| Coded::new(catalogue.codes(subject), &catalogue.years));
        Self { catalogue, time_zone, year_under_check, wanted: Wanted::all(), coded }
    }

    fn coded(&self, subject: Subject) -> &Coded<'c> {
        let [programme, course, event, class_group] = &self.coded;
        if subject == Subject::Programme {
            programme
        } else if subject == Subject::Event {
            event
        } else if subject == Subject::ClassGroup {
            class_group
        } else {
            course
        }
    }

    pub(crate) fn codes(&self, subject: Subject) -> &'c Codes {
        self.coded(subject).codes
    }

    /// The number of a code.
    pub(crate) fn find(&self, subject: Subject, code: &str) -> Option<CodeId> {
        self.codes(subject).find(code)
    }

    /// The number of a short code.
    #[inline]
    pub(crate) fn find_packed(&self, subject: Subject, code: Packed) -> Option<CodeId> {
        self.codes(subject).find_packed(code)
    }

    /// The catalogue's document of a year.
    pub(crate) fn document(&self, year: i32) -> Option<DocumentId> {
        self.catalogue.years.iter().position(|of| *of == year).map(DocumentId)
    }

    /// The rows of a subject's codes in a document, or where there is none.
    pub(crate) fn in_document(&self, subject: Subject, document: Option<DocumentId>) -> InDocument<'_> {
        let coded = self.coded(subject);
        let rows = document.and_then(|document| coded.by_year.get(document.0));
        InDocument { first_foreign: coded.codes.rows(), rows: rows.unwrap_or(&coded.undocumented) }
    }
}

/// The place of a year among those of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentId(usize);

/// For each code of a subject its row in some document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InDocument<'r> {
    first_foreign: u32,
    rows: &'r [CodeRow],
}

impl InDocument<'_> {
    /// The row of a code. What stands for the code meanwhile: its number, or below zero the index of a foreign one.
    #[inline]
    pub(crate) fn row(self, code: Provisional) -> CodeRow {
        match code {
            Provisional::Known(id) => self.rows.get(id.0 as usize).copied().unwrap_or(CodeRow::Undocumented(u32::MAX)),
            Provisional::Foreign(index) => CodeRow::Foreign(self.first_foreign.saturating_add(index)),
        }
    }
}

impl<'c> Coded<'c> {
    fn new(codes: &'c Codes, years: &[i32]) -> Self {
        let row = |id: CodeId, year: Option<i32>| match year.and_then(|year| codes.documented(id, year)) {
            Some(row) => CodeRow::Documented(row),
            None => CodeRow::Undocumented(codes.undocumented(id)),
        };
        let rows = |year: Option<i32>| (0..codes.len()).map(|id| row(CodeId(id), year)).collect();
        let by_year = years.iter().map(|year| rows(Some(*year))).collect();
        Self { codes, by_year, undocumented: rows(None) }
    }
}

/// A code as it stands in its column until its year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provisional {
    Known(CodeId),
    /// The index among the batch's foreign codes.
    Foreign(u32),
}

impl Provisional {
    pub(crate) fn cell(self) -> Cell {
        match self {
            Self::Known(id) => Cell::try_from(id.0).unwrap_or(Cell::MAX),
            Self::Foreign(index) => Cell::try_from(index).map_or(-Cell::MAX, |index| -1 - index),
        }
    }

    pub(crate) fn from_cell(cell: Cell) -> Self {
        match u32::try_from(cell) {
            Ok(id) => Self::Known(CodeId(id)),
            Err(_) => Self::Foreign(cell.unsigned_abs() - 1),
        }
    }
}
