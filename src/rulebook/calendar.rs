//! The academic year in days: semesters, windows, holidays, named days.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::source::Span;

/// One academic year; every day is checked to be real and in order.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    /// The first calendar year: 2023 for 2023-2024.
    pub(crate) year: i32,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    /// In the order of their dates.
    pub(crate) semesters: Vec<SemesterDates>,
    pub(crate) windows: Vec<Window>,
    /// First and last day, both included.
    pub(crate) holidays: Vec<(NaiveDate, NaiveDate)>,
    pub(crate) days: Vec<(String, NaiveDate)>,
    pub(crate) working_week: (Weekday, Weekday),
    pub(crate) span: Span,
}

/// `semester 1 from D to D`
#[derive(Debug, Clone)]
pub(crate) struct SemesterDates {
    pub(crate) number: i32,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

/// `window isp, semester 1 from D to D decided on or before D`
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) name: String,
    pub(crate) semester: Option<i32>,
    pub(crate) opens: NaiveDate,
    pub(crate) closes: NaiveDate,
    pub(crate) decided_by: Option<NaiveDate>,
}

impl Calendar {
    pub(crate) fn window(&self, name: &str, semester: Option<i32>) -> Option<&Window> {
        self.windows.iter().find(|window| window.name == name && window.semester == semester)
    }

    pub(crate) fn day(&self, name: &str) -> Option<NaiveDate> {
        self.days.iter().find(|(known, _)| known == name).map(|(_, date)| *date)
    }

    pub(crate) fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holidays.iter().any(|(first, last)| *first <= date && date <= *last)
    }

    pub(crate) fn is_working_day(&self, date: NaiveDate) -> bool {
        let from = |weekday: Weekday| weekday.num_days_from_monday();
        let (first, last) = (from(self.working_week.0), from(self.working_week.1));
        let day = from(date.weekday());
        let in_week = if first <= last { (first..=last).contains(&day) } else { day >= first || day <= last };
        in_week && !self.is_holiday(date)
    }

    pub(crate) fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }
}
