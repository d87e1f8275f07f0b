//! The cells of a sheet, one after the other, with what the library says of each of them.

use std::io::BufReader;

use calamine::{DataRef, XlsxCellReader, XlsxError};

use crate::records::from_xlsx::content::Content;
use crate::records::from_xlsx::percentages::Percentages;

pub(super) type CellReader<'w> = XlsxCellReader<'w, BufReader<Content>>;

/// So many rows and columns a sheet can have.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// A cell that holds anything.
#[derive(Debug)]
pub(super) struct Cell<'w> {
    /// Row and column, from 0.
    pub(super) at: (u32, u32),
    pub(super) held: Held<'w>,
}

/// What a cell holds.
#[derive(Debug)]
pub(super) enum Held<'w> {
    Value(DataRef<'w>),
    /// `65%`, which is 0.65
    Percentage(f64),
    /// A formula without a value.
    Formula,
    /// `#SPILL!`, an error that the library does not know.
    Error(String),
}

/// The cells of a sheet.
pub(super) struct Cells<'w> {
    values: CellReader<'w>,
    /// The places of the cells, where they have to be known of cells whose value can't be read.
    places: Option<CellReader<'w>>,
    needs_places: bool,
    /// Those that are shown as percentages, where they have to be known.
    percentages: Option<Percentages<'w>>,
    /// Where the cell before stands.
    before: Option<(u32, u32)>,
}

impl<'w> Cells<'w> {
    pub(super) fn new(values: CellReader<'w>) -> Self {
        Self { values, places: None, needs_places: false, percentages: None, before: None }
    }

    pub(super) fn with_places(self, places: CellReader<'w>) -> Self {
        Self { places: Some(places), ..self }
    }

    pub(super) fn with_percentages(self, percentages: Option<Percentages<'w>>) -> Self {
        Self { percentages, ..self }
    }

    /// Whether it stopped at a cell of which the place is not known.
    pub(super) fn needs_places(&self) -> bool {
        self.needs_places
    }

    /// The next cell that holds anything; nothing at the end of the sheet, beyond which nobody may read.
    pub(super) fn next(&mut self) -> Result<Option<Cell<'w>>, XlsxError> {
        loop {
            let place = match &mut self.places {
                Some(places) => places.next_formula()?.map(|cell| cell.get_position()),
                None => None,
            };
            let (at, held) = match (self.values.next_cell_with_formula_metadata(), place) {
                (Ok(None), _) => return Ok(None),
                (Ok(Some(cell)), place) if cell.value != DataRef::Empty => {
                    let at = place.unwrap_or(cell.pos);
                    (at, self.held(cell.value, at)?)
                }
                (Ok(Some(cell)), place) if cell.formula.is_some() => (place.unwrap_or(cell.pos), Held::Formula),
                (Ok(Some(_)), _) => continue,
                (Err(XlsxError::CellError(error)), Some(place)) => (place, Held::Error(error)),
                (Err(error), _) => {
                    self.needs_places = self.places.is_none() && matches!(error, XlsxError::CellError(_));
                    return Err(error);
                }
            };
            self.follow(at)?;
            return Ok(Some(Cell { at, held }));
        }
    }

    fn held(&mut self, value: DataRef<'w>, at: (u32, u32)) -> Result<Held<'w>, XlsxError> {
        if let (DataRef::Float(number), Some(percentages)) = (&value, &mut self.percentages)
            && percentages.has(at)?
        {
            return Ok(Held::Percentage(*number));
        }
        Ok(Held::Value(value))
    }

    /// Cells come in their order, each once, and where a sheet has cells: those of a row are counted as they come.
    fn follow(&mut self, at: (u32, u32)) -> Result<(), XlsxError> {
        if self.before.is_some_and(|before| at <= before) {
            return Err(XlsxError::Unexpected("a cell stands there twice, or after a later one"));
        }
        if at.0 >= ROWS || at.1 >= COLUMNS {
            return Err(XlsxError::Unexpected("a cell stands beyond the last row or column that a sheet can have"));
        }
        self.before = Some(at);
        Ok(())
    }
}
