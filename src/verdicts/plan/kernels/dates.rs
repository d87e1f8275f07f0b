//! Days: which have happened by the day of the check, and the arithmetic of the calendar on a column of them.

use chrono::{NaiveDate, Weekday};

use crate::rulebook::Calendar;
use crate::vocabulary::dates::{self, MonthRounding};
use crate::vocabulary::{Cell, MISSING};

use super::super::column::{FALSE, Marked, NONE, NOT_HAPPENED, PUNT, Truth};
use super::super::tables::LookUpTable;

/// An event day: later than today has not happened; missing has not happened either, unless something else in the record proves it.
pub(super) fn event_days(out: &mut Vec<Cell>, days: &[Cell], proof: Option<&[Truth]>, today: Cell) {
    let happened = |day: Cell| if day > today { NOT_HAPPENED } else { day };
    match proof {
        None => out.extend(days.iter().map(|day| if *day == MISSING { NOT_HAPPENED } else { happened(*day) })),
        Some(proof) => out.extend(days.iter().zip(proof).map(|(day, proof)| match (*day, *proof) {
            (MISSING, FALSE) => NOT_HAPPENED,
            (day, _) => happened(day),
        })),
    }
}

/// A column of days from another; marks stay what they are, and what is no day any more is missing.
pub(super) fn each(out: &mut Vec<Cell>, days: &[Cell], work: impl Fn(NaiveDate) -> Option<NaiveDate>) {
    out.extend(days.iter().map(|day| {
        if *day <= NONE {
            return *day;
        }
        dates::date_of_cell(*day).and_then(&work).and_then(dates::cell_of_date).unwrap_or(PUNT)
    }));
}

pub(super) fn add_period(out: &mut Vec<Cell>, days: &[Cell], (months, more): (i32, i32), rounding: MonthRounding) {
    if months == 0 {
        out.extend(days.iter().map(|day| if *day <= NONE { *day } else { day.saturating_add(more) }));
        return;
    }
    each(out, days, |date| dates::add_months(date, months, rounding).and_then(|date| dates::add_days(date, more)));
}

pub(super) fn first_day_after(out: &mut Vec<Cell>, days: &[Cell], day: u32, month: u32) {
    each(out, days, |date| dates::first_day_after(date, day, month));
}

pub(super) fn first_weekday_after(out: &mut Vec<Cell>, days: &[Cell], weekday: Weekday) {
    each(out, days, |date| dates::first_weekday_after(date, weekday));
}

pub(super) fn end_of_month(out: &mut Vec<Cell>, days: &[Cell]) {
    each(out, days, dates::end_of_month);
}

/// Nothing past the declared calendars.
fn is_working_day(calendars: &[Calendar], day: NaiveDate) -> Option<bool> {
    calendars.iter().find(|calendar| calendar.contains(day)).map(|calendar| calendar.is_working_day(day))
}

pub(super) fn working_days(out: &mut Vec<Cell>, days: &[Cell], count: i32, calendars: &[Calendar]) {
    each(out, days, |date| {
        let (mut day, mut left) = (date, count.unsigned_abs());
        while left > 0 {
            day = dates::add_days(day, count.signum())?;
            left -= u32::from(is_working_day(calendars, day)?);
        }
        Some(day)
    });
}

pub(super) fn next_working_day(out: &mut Vec<Cell>, days: &[Cell], calendars: &[Calendar]) {
    each(out, days, |date| {
        let mut day = date;
        while !is_working_day(calendars, day)? {
            day = day.succ_opt()?;
        }
        Some(day)
    });
}

pub(super) fn shift(out: &mut Vec<Cell>, values: &[Cell], by: i32) {
    out.extend(values.iter().map(|value| if *value <= NONE { *value } else { value.saturating_add(by) }));
}

pub(super) fn look_up(out: &mut Vec<Cell>, keys: &[Cell], table: &LookUpTable) {
    out.extend(keys.iter().map(|key| {
        if key.is_mark() {
            return *key;
        }
        table.entries.iter().find(|(known, _)| known == key).map_or(MISSING, |(_, value)| *value)
    }));
}

/// The larger or the smaller of two cells.
pub(super) fn extreme(out: &mut Vec<Cell>, left: &[Cell], right: &[Cell], choose: impl Fn(Cell, Cell) -> Cell) {
    out.extend(left.iter().zip(right).map(|(left, right)| if left.is_mark() || right.is_mark() { PUNT } else { choose(*left, *right) }));
}
