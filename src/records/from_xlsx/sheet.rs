//! The rows of one sheet, put together from its cells as they are streamed.

use std::io::BufReader;

use calamine::{DataRef, XlsxCellFormulaMetadataRecord, XlsxCellReader, XlsxError};

use crate::records::from_tables::{Refusal, Row, RowFault, Shape, Stored, StoredProblem, TableProblem, Typed};
use crate::records::from_xlsx::Workbook;
use crate::records::from_xlsx::cells::{Place, a1, stored};
use crate::records::from_xlsx::content::Content;
use crate::records::problems::RecordProblem;

pub(super) type CellReader<'w> = XlsxCellReader<'w, BufReader<Content>>;
pub(super) type Cell<'w> = XlsxCellFormulaMetadataRecord<'w>;

/// The headings of a sheet, and the row that they stand in, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetHeadings {
    pub(super) row: u32,
    pub(super) texts: Vec<String>,
}

/// The first row that is not empty; nothing where all are.
pub(super) fn headings_of(workbook: &mut Workbook, sheet: &str) -> Result<Option<SheetHeadings>, XlsxError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let Some(first) = next_cell(&mut reader)? else { return Ok(None) };
    let mut headings = SheetHeadings { row: first.pos.0, texts: Vec::new() };
    let mut next = Some(first);
    while let Some(cell) = next.filter(|cell| cell.pos.0 == headings.row) {
        headings.texts.resize(cell.pos.1 as usize, String::new());
        let text = match stored(&cell.value, Place { at: cell.pos, is_1904 }) {
            Stored::Text(text) | Stored::Number(text) => text.trim().to_owned(),
            Stored::Nothing | Stored::Boolean(_) | Stored::Day(_) | Stored::Moment(_) | Stored::Instant(_) | Stored::Fault(_) => String::new(),
        };
        headings.texts.push(text);
        next = next_cell(&mut reader)?;
    }
    Ok(Some(headings))
}

pub(super) fn failed(error: &XlsxError) -> RecordProblem {
    RecordProblem::UnreadableFile { reason: error.to_string().to_lowercase() }
}

/// What a cell below the headings holds; a formula that no program has calculated holds nothing that can be read.
pub(super) fn value_of<'c>(cell: &'c Cell<'_>, place: Place) -> Stored<'c> {
    if cell.value == DataRef::Empty { Stored::Fault(StoredProblem::NotCalculated { cell: a1(place.at) }) } else { stored(&cell.value, place) }
}

/// The next cell that holds anything, be it a formula without a value.
pub(super) fn next_cell<'w>(reader: &mut CellReader<'w>) -> Result<Option<Cell<'w>>, XlsxError> {
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        if cell.value != DataRef::Empty || cell.formula.is_some() {
            return Ok(Some(cell));
        }
    }
    Ok(None)
}

/// The rows below the headings.
pub(super) struct SheetRows<'w> {
    /// Nothing at the end of the sheet, beyond which it must not read.
    reader: Option<CellReader<'w>>,
    shape: &'w Shape,
    typed: Typed,
    heading_row: u32,
    is_1904: bool,
    /// The first cell of the next row.
    next: Option<Cell<'w>>,
}

impl<'w> SheetRows<'w> {
    pub(super) fn new(reader: CellReader<'w>, shape: &'w Shape, (heading_row, is_1904): (u32, bool)) -> Self {
        let typed = Typed::new(shape.file, shape.subject, &shape.names);
        Self { reader: Some(reader), shape, typed, heading_row, is_1904, next: None }
    }

    pub(super) fn next_row(&mut self) -> Result<Option<Row>, Refusal> {
        let first = match self.next.take() {
            Some(cell) => Some(cell),
            None => self.after_headings()?,
        };
        let Some(first) = first else { return Ok(None) };
        let number = first.pos.0;
        let mut row = Row::with_room(number + 1, (self.shape.names.len(), 16 * self.shape.names.len()));
        let mut cell = first;
        loop {
            self.add(&mut row, &cell)?;
            match self.cell(number)? {
                Some(next) if next.pos.0 == number => cell = next,
                next => {
                    self.next = next;
                    break;
                }
            }
        }
        self.fill(&mut row, self.shape.names.len())?;
        Ok(Some(row))
    }

    fn after_headings(&mut self) -> Result<Option<Cell<'w>>, Refusal> {
        loop {
            match self.cell(self.heading_row)? {
                Some(cell) if cell.pos.0 <= self.heading_row => {}
                other => return Ok(other),
            }
        }
    }

    fn cell(&mut self, row: u32) -> Result<Option<Cell<'w>>, Refusal> {
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let cell = next_cell(reader).map_err(|error| Refusal { file: self.shape.file, line: row + 1, problem: failed(&error) })?;
        if cell.is_none() {
            self.reader = None;
        }
        Ok(cell)
    }

    /// Add a cell to its row, after empty ones for the columns that were left out.
    fn add(&mut self, row: &mut Row, cell: &Cell<'_>) -> Result<(), Refusal> {
        if cell.pos.1 as usize >= self.shape.names.len() {
            let problem = TableProblem::from(StoredProblem::BeyondHeadings { cell: a1(cell.pos) }).into();
            row.fault.get_or_insert(RowFault { problem, column: 1 });
            return Ok(());
        }
        self.fill(row, cell.pos.1 as usize)?;
        self.typed.push(row, &value_of(cell, Place { at: cell.pos, is_1904: self.is_1904 }))
    }

    fn fill(&mut self, row: &mut Row, until: usize) -> Result<(), Refusal> {
        while row.len() < until {
            self.typed.push(row, &Stored::Nothing)?;
        }
        Ok(())
    }
}
