//! What every rule of a regulation inherits.

use crate::syntax::ast::Direction;
use crate::vocabulary::{Exact, Zone, dates::MonthRounding};

/// A regulation's defaults.
#[derive(Debug, Clone)]
pub(crate) struct Regulation {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) issued_by: Option<String>,
    pub(crate) in_force: YearRange,
    pub(crate) time_zone: Zone,
    /// At least one; the first is the one spoken when no other is asked for.
    pub(crate) languages: Vec<String>,
    pub(crate) rounding: Option<Rounding>,
    pub(crate) rounding_per: Option<String>,
    pub(crate) months: MonthRounding,
}

/// Academic years by their first calendar year, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct YearRange {
    pub(crate) from: Option<i32>,
    pub(crate) until: Option<i32>,
}

impl YearRange {
    pub(crate) const ALWAYS: Self = Self { from: None, until: None };

    pub(crate) fn contains(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}

/// `half up to whole`: the step is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rounding {
    pub(crate) direction: Direction,
    pub(crate) step: Exact,
}

impl Rounding {
    /// The nearest multiple of the step; nothing where the number does not fit.
    pub(crate) fn apply(self, number: Exact) -> Option<Exact> {
        let steps = number.checked_div(self.step)?;
        let below = steps.floor();
        let rest = steps.checked_sub(below)?;
        let half = Exact::new(1, 2)?;
        let up = match self.direction {
            Direction::Up => !rest.is_zero(),
            Direction::Down => false,
            Direction::HalfUp => rest >= half,
            Direction::HalfDown => rest > half,
            Direction::HalfEven => rest > half || (rest == half && below.numerator() % 2 != 0),
        };
        let whole = if up { below.checked_add(Exact::from_integer(1))? } else { below };
        whole.checked_mul(self.step)
    }
}
