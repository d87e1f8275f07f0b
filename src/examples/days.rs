//! On which day, and in which academic year, an example is checked. Where it names no day the verdict must be the same on all days from the last one that
//! it gives.

use chrono::{Datelike, NaiveDate};

use crate::examples::Setting;
use crate::examples::draft::Draft;
use crate::examples::scene::academic_year;
use crate::rulebook::Example;
use crate::vocabulary::{Cell, Field, FieldKind, dates, fields};

/// Days that say how long something holds rather than that it happened.
const LAST_DAYS: [Field; 4] = [fields::status::VALID_UNTIL, fields::decision::VALID_UNTIL, fields::measure::UNTIL, fields::request::POSTPONED_TO];

/// The year under check: of the enrolment that the example gives, else of what else it says.
pub(super) fn year(setting: &Setting<'_>, example: &Example, started: Option<i32>) -> i32 {
    let enrolment = example.enrolment.and_then(|id| example.row(id).field(fields::enrolment::ACADEMIC_YEAR)).and_then(academic_year);
    let anywhere = example.rows.iter().flat_map(|row| &row.fields).filter_map(|(_, value)| academic_year(*value)).max();
    let calendars = &setting.rulebook.calendars;
    let of_day = |day: NaiveDate| {
        let calendar = calendars.iter().find(|calendar| calendar.contains(day)).map(|calendar| calendar.year);
        calendar.unwrap_or_else(|| if day.month() >= 9 { day.year() } else { day.year() - 1 })
    };
    let last = calendars.last().map(|calendar| calendar.year);
    let in_force = setting.rulebook.regulation.in_force.from;
    enrolment.or(started).or(anywhere).or(example.checked_on.map(of_day)).or(last).or(in_force).unwrap_or_default()
}

/// The day that the example names, else days from the last one that it gives to the furthest one there is.
pub(super) fn days(setting: &Setting<'_>, example: &Example, (draft, year): (&Draft, i32)) -> Vec<NaiveDate> {
    if let Some(day) = example.checked_on {
        return vec![day];
    }
    let calendar = setting.rulebook.calendar(year);
    let begin = calendar.map(|calendar| calendar.first).or_else(|| NaiveDate::from_ymd_opt(year, 9, 1));
    let given = draft.rows.iter().flat_map(|row| &row.cells).filter_map(|(field, cell)| happened(*field, *cell));
    let first = given.chain(begin).max().unwrap_or_default();
    let end_of_year = calendar.map(|calendar| calendar.last).filter(|last| *last > first);
    let furthest = NaiveDate::from_ymd_opt(2200, 12, 31);
    std::iter::once(first).chain(end_of_year).chain(furthest).collect()
}

fn happened(field: Field, cell: Cell) -> Option<NaiveDate> {
    let is_day = matches!(field.kind(), FieldKind::Day | FieldKind::EventDay) && !LAST_DAYS.contains(&field);
    is_day.then(|| dates::date_of_cell(cell)).flatten().filter(|_| cell != crate::vocabulary::MISSING)
}
