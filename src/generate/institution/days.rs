//! The days on which things happen in an academic year: those of its calendar, and the usual ones where no calendar says.

use chrono::{Datelike as _, Days, NaiveDate};

use crate::rulebook::{Calendar, Window};
use crate::vocabulary::dates;

/// When an ISP can be sent, and when it must have been decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) opens: i32,
    pub(crate) closes: i32,
    pub(crate) decided_by: i32,
}

/// An academic year in days since 1 January 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YearDays {
    pub(crate) year: i32,
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// The first day of the second semester.
    pub(crate) halfway: i32,
    /// For those who start with the year, and for those who start halfway.
    pub(crate) terms: [Term; 2],
    /// When results are decided: after the first semester, after the second, and after the second chance.
    pub(crate) results: [i32; 3],
    /// Every day that the calendar names: borders of semesters and windows, named days.
    pub(crate) named: Vec<i32>,
}

impl YearDays {
    pub(crate) fn new(year: i32, calendar: Option<&Calendar>) -> Self {
        let first = calendar.map_or_else(|| usual_first(year), |calendar| cell(calendar.first));
        let last = calendar.map_or_else(|| usual_first(year + 1) - 1, |calendar| cell(calendar.last));
        let second = calendar.and_then(|calendar| calendar.semesters.get(1));
        let halfway = second.map_or(first + 140, |semester| cell(semester.first));
        let usual = [
            Term { opens: first - 8, closes: first + 27, decided_by: first + 73 },
            Term { opens: halfway + 5, closes: halfway + 20, decided_by: halfway + 39 },
        ];
        let windows = calendar.map_or(&[][..], |calendar| &calendar.windows);
        let of = |semester: i32| windows.iter().filter(move |window| window.semester.unwrap_or(1) == semester);
        let results = [halfway + 4, (first + 291).min(last - 20), last - 5];
        let terms = [term(usual[0], of(1)), term(usual[1], of(2))];
        Self { year, first, last, halfway, terms, results, named: calendar.map_or_else(Vec::new, named) }
    }
}

/// The days that suit all windows; the usual ones where there is no window or none suits all.
fn term<'w>(usual: Term, windows: impl Iterator<Item = &'w Window> + Clone) -> Term {
    let opens = windows.clone().map(|window| cell(window.opens)).max();
    let closes = windows.clone().map(|window| cell(window.closes)).min();
    let decided_by = windows.filter_map(|window| window.decided_by).map(cell).min();
    match (opens, closes) {
        (Some(opens), Some(closes)) if opens <= closes => {
            let usual_decision = closes + usual.decided_by - usual.closes;
            Term { opens, closes, decided_by: decided_by.filter(|by| *by > opens).unwrap_or(usual_decision) }
        }
        _ => usual,
    }
}

fn named(calendar: &Calendar) -> Vec<i32> {
    let windows = calendar.windows.iter().flat_map(|window| [Some(window.opens), Some(window.closes), window.decided_by]);
    let semesters = calendar.semesters.iter().flat_map(|semester| [semester.first, semester.last]);
    let days = calendar.days.iter().map(|(_, day)| *day);
    let mut named: Vec<i32> = windows.flatten().chain(semesters).chain(days).map(cell).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The first Monday from 16 September on.
fn usual_first(year: i32) -> i32 {
    let from = NaiveDate::from_ymd_opt(year, 9, 16).unwrap_or_default();
    let wait = (7 - from.weekday().num_days_from_monday()) % 7;
    cell(from.checked_add_days(Days::new(u64::from(wait))).unwrap_or(from))
}

fn cell(date: NaiveDate) -> i32 {
    dates::cell_of_date(date).unwrap_or(0)
}
