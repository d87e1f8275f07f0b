//! Numbers and days at which a verdict turns: what the check itself said of the dossier.

use chrono::NaiveDate;

use crate::verdicts::{Judgement, NamedValue};
use crate::vocabulary::{Cell, Exact, SCALE, cell_of_number, dates};

/// Days and differences from which a value is just too early, too late, too much or too little.
#[derive(Debug, Clone, Default)]
pub(super) struct Pivots {
    pub(super) days: Vec<i32>,
    /// What must be added to a number for the bound to turn, in thousandths.
    pub(super) differences: Vec<Cell>,
}

impl Pivots {
    pub(super) fn of(verdicts: &[Judgement]) -> Self {
        let mut pivots = Self::default();
        for verdict in verdicts {
            let named = |name: &str| verdict.values.iter().find(|named| named.name == name);
            let day = |name: &str| named(name).and_then(|named| if let NamedValue::Date(day) = named.value { Some(day) } else { None });
            let cell = |day: Option<NaiveDate>| day.and_then(dates::cell_of_date);
            pivots.days.extend(["last_day", "first_day"].into_iter().filter_map(|name| cell(day(name))));
            let Some(value) = named("value").and_then(|named| amount(&named.value)) else { continue };
            for (limit, beyond) in [("minimum", -SCALE), ("maximum", SCALE)] {
                let Some(limit) = named(limit).and_then(|named| amount(&named.value)) else { continue };
                pivots.differences.extend([limit - value, limit - value + beyond]);
            }
        }
        pivots.days.sort_unstable();
        pivots.days.dedup();
        pivots.differences.retain(|difference| *difference != 0);
        pivots
    }
}

/// The number in thousandths.
fn amount(value: &NamedValue) -> Option<Cell> {
    let number: Option<Exact> = match value {
        NamedValue::Number(number) | NamedValue::Credits(number) | NamedValue::Percent(number) | NamedValue::Score(number) => Some(*number),
        NamedValue::Boolean(_)
        | NamedValue::Date(_)
        | NamedValue::AcademicYear(_)
        | NamedValue::Semester(_)
        | NamedValue::Period(_)
        | NamedValue::Text(_)
        | NamedValue::Enumeration(..)
        | NamedValue::Code(..)
        | NamedValue::Row(_)
        | NamedValue::None
        | NamedValue::NotHappened
        | NamedValue::Unknown => None,
    };
    number.map(Exact::floor).and_then(cell_of_number)
}
