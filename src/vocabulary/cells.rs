//! How a value of the record stands in a column: every kind fits a 32-bit cell, so that columns are small and alike.

use crate::vocabulary::Exact;

/// A value in a column: a number in thousandths, a day as days since 1 January 1970, the first year of an academic year, a semester's number, an
/// enumeration's index, 0 or 1, a row number, or a text's id.
pub(crate) type Cell = i32;

/// The cell of a value that the record does not give.
pub(crate) const MISSING: Cell = Cell::MIN;

/// Numbers stand in thousandths: three decimals are exact, a fourth is refused on reading.
pub(crate) const SCALE: i32 = 1000;

/// The cell of a number; nothing where it has more than three decimals or does not fit.
pub(crate) fn cell_of_number(number: Exact) -> Option<Cell> {
    let scaled = number.checked_mul(Exact::from_integer(i64::from(SCALE)))?;
    scaled.to_integer().and_then(|whole| Cell::try_from(whole).ok()).filter(|cell| *cell != MISSING)
}

/// The number in a cell; nothing where it is missing.
pub(crate) fn number_of_cell(cell: Cell) -> Option<Exact> {
    (cell != MISSING).then(|| Exact::of_parts(cell, SCALE)).flatten()
}
