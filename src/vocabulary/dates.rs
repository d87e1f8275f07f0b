//! Civil days and their arithmetic: years and months first, rounded once, then days.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The furthest years a day of the record or of a term may lie in.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

#[cfg(any(feature = "parquet", test))]
/// The first and the last day of those years, as days since 1 January 1970.
const DAYS: std::ops::RangeInclusive<i32> = -25_567..=84_370;

#[cfg(feature = "parquet")]
/// Whether a day, as days since 1 January 1970, lies in the years that records may name.
pub(crate) fn is_possible(day: i32) -> bool {
    DAYS.contains(&day)
}

fn epoch() -> NaiveDate {
    NaiveDate::default()
}

/// Days since 1 January 1970; nothing outside the years that records may name.
pub(crate) fn cell_of_date(date: NaiveDate) -> Option<i32> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    i32::try_from(date.signed_duration_since(epoch()).num_days()).ok()
}

pub(crate) fn date_of_cell(cell: i32) -> Option<NaiveDate> {
    let days = Days::new(u64::from(cell.unsigned_abs()));
    if cell < 0 { epoch().checked_sub_days(days) } else { epoch().checked_add_days(days) }
}

/// What 31 January + 1 month is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum MonthRounding {
    /// 28 February
    Down,
    /// 1 March
    Up,
    /// no day at all
    Refuse,
}

/// A day so many months later (or earlier); nothing where the day does not exist and `Refuse` holds, or past the end of time.
pub(crate) fn add_months(date: NaiveDate, months: i32, rounding: MonthRounding) -> Option<NaiveDate> {
    let count = Months::new(months.unsigned_abs());
    let rounded_down = if months < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) }?;
    if rounded_down.day() == date.day() {
        return Some(rounded_down);
    }
    match rounding {
        MonthRounding::Down => Some(rounded_down),
        MonthRounding::Up => rounded_down.succ_opt(),
        MonthRounding::Refuse => None,
    }
}

pub(crate) fn add_days(date: NaiveDate, days: i32) -> Option<NaiveDate> {
    let count = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) }
}

/// The first such day of such a month that is strictly later.
pub(crate) fn first_day_after(date: NaiveDate, day: u32, month: u32) -> Option<NaiveDate> {
    (date.year()..date.year() + 9).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|candidate| *candidate > date)
}

/// The first such weekday that is strictly later.
pub(crate) fn first_weekday_after(date: NaiveDate, weekday: chrono::Weekday) -> Option<NaiveDate> {
    date.iter_days().skip(1).take(7).find(|candidate| candidate.weekday() == weekday)
}

pub(crate) fn end_of_month(date: NaiveDate) -> Option<NaiveDate> {
    date.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::{DAYS, YEARS, cell_of_date};
    use chrono::NaiveDate;

    #[test]
    fn the_days_are_those_of_the_years() {
        let day = |year, month, day| cell_of_date(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!((Some(*DAYS.start()), Some(*DAYS.end())), (day(*YEARS.start(), 1, 1), day(*YEARS.end(), 12, 31)));
    }
}
