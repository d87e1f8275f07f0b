//! What a column holds: truths, cells, exact numbers or words of facts, each with values of its own for what is not there.

use crate::vocabulary::{Cell, MISSING};

/// A truth in a column: the smaller of two is their `and`, the larger their `or`.
pub(super) type Truth = u8;

pub(super) const FALSE: Truth = 0;
/// Not known; also where a column leaves the answer to the other evaluator.
pub(super) const UNKNOWN: Truth = 1;
pub(super) const TRUE: Truth = 2;

#[expect(clippy::fn_params_excessive_bools, reason = "what holds becomes a truth")]
pub(super) const fn truth(holds: bool) -> Truth {
    (holds as Truth) << 1
}

/// The cell of a value that only the other evaluator can tell.
pub(super) const PUNT: Cell = Cell::MIN + 1;
/// The cell of an event that has not happened by the day of the check.
pub(super) const NOT_HAPPENED: Cell = Cell::MIN + 2;
/// The cell of what surely is not there: no previous enrolment, no first entry.
pub(super) const NONE: Cell = Cell::MIN + 3;

/// Exact numbers beyond this are left to the other evaluator.
pub(super) const LARGEST: i64 = 1 << 60;

/// A value with marks for what it lacks. INVARIANT: the four marks are the four smallest, in the order missing, punt, not happened, none.
pub(super) trait Marked: Copy {
    fn mark(cell: Cell) -> Self;

    /// The mark as a cell; nothing for a value.
    fn as_mark(self) -> Option<Cell>;

    fn is_mark(self) -> bool;

    /// Missing, or left to the other evaluator.
    fn is_unknown(self) -> bool;

    /// Whether none of the values is a mark, as far as a look at all of them together tells.
    fn are_all_there(_: &[Self]) -> bool {
        false
    }

    /// The order of two values that are no marks.
    fn less(self, other: Self) -> bool;

    /// Whether two values that are no marks are the same.
    fn same(self, other: Self) -> bool;
}

impl Marked for Cell {
    #[inline]
    fn mark(cell: Cell) -> Self {
        cell
    }

    fn as_mark(self) -> Option<Cell> {
        self.is_mark().then_some(self)
    }

    fn is_mark(self) -> bool {
        self <= NONE
    }

    fn is_unknown(self) -> bool {
        self <= PUNT
    }

    /// None is below 0, and all marks are.
    fn are_all_there(values: &[Self]) -> bool {
        values.iter().fold(0, |bits, value| bits | value) >= 0
    }

    fn less(self, other: Self) -> bool {
        self < other
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Marked for i64 {
    fn mark(cell: Cell) -> Self {
        Self::MIN + (Self::from(cell) - Self::from(MISSING))
    }

    fn as_mark(self) -> Option<Cell> {
        self.is_mark().then(|| Cell::try_from(self - Self::MIN + Self::from(MISSING)).unwrap_or(PUNT))
    }

    fn is_mark(self) -> bool {
        self <= Self::MIN + 3
    }

    fn is_unknown(self) -> bool {
        self <= Self::MIN + 1
    }

    /// None is below 0, and all marks are.
    fn are_all_there(values: &[Self]) -> bool {
        values.iter().fold(0, |bits, value| bits | value) >= 0
    }

    fn less(self, other: Self) -> bool {
        self < other
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Marked for Truth {
    fn mark(_: Cell) -> Self {
        UNKNOWN
    }

    fn as_mark(self) -> Option<Cell> {
        (self == UNKNOWN).then_some(PUNT)
    }

    fn is_mark(self) -> bool {
        self == UNKNOWN
    }

    fn is_unknown(self) -> bool {
        self == UNKNOWN
    }

    fn less(self, other: Self) -> bool {
        self < other
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}

/// An exact fraction, not reduced, with a denominator that is not negative; a denominator of 0 makes the numerator a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fraction {
    pub(super) numerator: i64,
    pub(super) denominator: i64,
}

impl Marked for Fraction {
    fn mark(cell: Cell) -> Self {
        Self { numerator: i64::mark(cell), denominator: 0 }
    }

    fn as_mark(self) -> Option<Cell> {
        if self.denominator == 0 { self.numerator.as_mark() } else { None }
    }

    fn is_mark(self) -> bool {
        self.denominator == 0
    }

    fn is_unknown(self) -> bool {
        self.denominator == 0 && self.numerator.is_unknown()
    }

    fn less(self, other: Self) -> bool {
        i128::from(self.numerator) * i128::from(other.denominator) < i128::from(other.numerator) * i128::from(self.denominator)
    }

    fn same(self, other: Self) -> bool {
        i128::from(self.numerator) * i128::from(other.denominator) == i128::from(other.numerator) * i128::from(self.denominator)
    }
}

/// Facts of a student and a course unit as bits; what they mean is told in `facts.rs`.
pub(super) type Word = u64;

impl Marked for Word {
    fn mark(_: Cell) -> Self {
        super::facts::PERHAPS
    }

    fn as_mark(self) -> Option<Cell> {
        None
    }

    fn is_mark(self) -> bool {
        false
    }

    fn is_unknown(self) -> bool {
        false
    }

    fn less(self, other: Self) -> bool {
        self < other
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Truths,
    Cells,
    /// Exact numbers in thousandths.
    Numbers,
    Fractions,
    Words,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) enum Column {
    Truths(Vec<Truth>),
    Cells(Vec<Cell>),
    Numbers(Vec<i64>),
    Fractions(Vec<Fraction>),
    Words(Vec<Word>),
}

/// The place of a row in a column; past the end of every column for a mark.
pub(super) fn place(row: Cell) -> usize {
    row.cast_unsigned() as usize
}

/// A row number as a cell.
pub(super) fn cell_of_row(row: u32) -> Cell {
    row.cast_signed()
}
