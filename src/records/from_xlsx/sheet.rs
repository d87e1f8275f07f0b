//! The rows of one sheet, put together from its cells as they are streamed.

use calamine::XlsxError;

use crate::records::from_tables::{HeldRows, Refusal, RowFault, Shape, Stored, StoredProblem, TableProblem, Typed, holds_decimals};
use crate::records::from_xlsx::Workbook;
use crate::records::from_xlsx::cells::{Cell, Cells, Held};
use crate::records::from_xlsx::values::{Place, a1, value_of};
use crate::records::problems::RecordProblem;

/// The headings of a sheet, and the row that they stand in, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetHeadings {
    pub(super) row: u32,
    pub(super) texts: Vec<String>,
}

/// The first row that is not empty; nothing where all are.
pub(super) fn headings_of(workbook: &mut Workbook, sheet: &str) -> Result<Option<SheetHeadings>, XlsxError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = Cells::new(workbook.worksheet_cells_reader(sheet)?);
    let Some(first) = cells.next()? else { return Ok(None) };
    let mut headings = SheetHeadings { row: first.at.0, texts: Vec::new() };
    let mut next = Some(first);
    while let Some(cell) = next.filter(|cell| cell.at.0 == headings.row) {
        headings.texts.resize(cell.at.1 as usize, String::new());
        let text = match value_of(&cell, Place { at: cell.at, is_1904 }) {
            Stored::Text(text) | Stored::Number(text) => text.trim().to_owned(),
            Stored::Nothing | Stored::Boolean(_) | Stored::Day(_) | Stored::Moment(_) | Stored::Instant(_) | Stored::Fault(_) => String::new(),
        };
        headings.texts.push(text);
        // A cell below the headings is looked at when its row is read.
        next = match cells.next() {
            Err(XlsxError::CellError(_)) => None,
            next => next?,
        };
    }
    Ok(Some(headings))
}

pub(super) fn failed(error: &XlsxError) -> RecordProblem {
    RecordProblem::UnreadableFile { what: "the workbook", reason: error.to_string().to_lowercase() }
}

/// The rows below the headings.
pub(super) struct SheetRows<'w> {
    /// Nothing at the end of the sheet, beyond which it must not read.
    cells: Option<Cells<'w>>,
    shape: &'w Shape,
    typed: Typed,
    heading_row: u32,
    is_1904: bool,
    /// The first cell of the next row.
    next: Option<Cell<'w>>,
}

impl<'w> SheetRows<'w> {
    pub(super) fn new(cells: Cells<'w>, shape: &'w Shape, (heading_row, is_1904): (u32, bool)) -> Self {
        let typed = Typed::new(shape.file, shape.subject, &shape.names);
        Self { cells: Some(cells), shape, typed, heading_row, is_1904, next: None }
    }

    /// Whether it stopped at a cell of which the place is not known.
    pub(super) fn needs_places(&self) -> bool {
        self.cells.as_ref().is_some_and(Cells::needs_places)
    }

    /// Add the next row to some rows; false at the end.
    pub(super) fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let first = match self.next.take() {
            Some(cell) => Some(cell),
            None => self.after_headings()?,
        };
        let Some(first) = first else { return Ok(false) };
        let number = first.at.0;
        rows.begin(number + 1);
        let mut cell = first;
        loop {
            self.add(rows, &cell)?;
            match self.cell(number)? {
                Some(next) if next.at.0 == number => cell = next,
                next => {
                    self.next = next;
                    break;
                }
            }
        }
        self.fill(rows, self.shape.names.len())?;
        Ok(true)
    }

    fn after_headings(&mut self) -> Result<Option<Cell<'w>>, Refusal> {
        loop {
            match self.cell(self.heading_row)? {
                Some(cell) if cell.at.0 <= self.heading_row => {}
                other => return Ok(other),
            }
        }
    }

    fn cell(&mut self, row: u32) -> Result<Option<Cell<'w>>, Refusal> {
        let Some(cells) = &mut self.cells else { return Ok(None) };
        let cell = cells.next().map_err(|error| Refusal { file: self.shape.file, line: row + 1, problem: failed(&error) })?;
        if cell.is_none() {
            self.cells = None;
        }
        Ok(cell)
    }

    /// Add a cell to its row, after empty ones for the columns that were left out.
    fn add(&mut self, rows: &mut HeldRows, cell: &Cell<'_>) -> Result<(), Refusal> {
        if cell.at.1 as usize >= self.shape.names.len() {
            let problem = TableProblem::from(StoredProblem::BeyondHeadings { cell: a1(cell.at) }).into();
            rows.fault(RowFault { problem, column: 1 });
            return Ok(());
        }
        self.fill(rows, cell.at.1 as usize)?;
        self.typed.push(rows, &self.value(cell))
    }

    /// What a cell holds. A mark of 0.65 that people see as 65% is one or the other.
    fn value<'c>(&self, cell: &'c Cell<'_>) -> Stored<'c> {
        let is_number = || self.shape.names.get(cell.at.1 as usize).is_some_and(|name| holds_decimals(self.shape.subject, name));
        match cell.held {
            Held::Percentage(number) if is_number() => Stored::Fault(StoredProblem::Percentage { cell: a1(cell.at), number: number.to_string() }),
            Held::Value(_) | Held::Percentage(_) | Held::Formula | Held::Error(_) => value_of(cell, Place { at: cell.at, is_1904: self.is_1904 }),
        }
    }

    fn fill(&mut self, rows: &mut HeldRows, until: usize) -> Result<(), Refusal> {
        while rows.last_len() < until {
            self.typed.push(rows, &Stored::Nothing)?;
        }
        Ok(())
    }
}
