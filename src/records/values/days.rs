//! Days and instants as cells; an instant becomes the day it was in the regulation's time zone.

use crate::records::values::ValueProblem;
use crate::vocabulary::{Cell, Field, Zone, dates};

const SECONDS_A_DAY: i64 = 86_400;

/// A day as it is written: `2023-10-15`.
pub(crate) fn day(field: Field, text: &str) -> Result<Cell, ValueProblem> {
    let name = field.name();
    let Some(parts) = day_parts(text.as_bytes()) else {
        return Err(ValueProblem::UnreadableDay { field: name, text: super::problems::shortened(text) });
    };
    cell_of_parts(parts, |problem| problem(name, text.to_owned()))
}

/// An instant as it is written: `2023-10-15T22:30:00+02:00`. Its cell is a day.
pub(crate) fn instant(field: Field, text: &str, clock: &mut Clock) -> Result<Cell, ValueProblem> {
    let name = field.definition().alias.unwrap_or(field.name());
    let unreadable = || ValueProblem::UnreadableInstant { field: name, text: super::problems::shortened(text) };
    let (date, rest) = text.as_bytes().split_at_checked(10).ok_or_else(unreadable)?;
    let parts = day_parts(date).ok_or_else(unreadable)?;
    let (seconds, rest) = time_of_day(rest).ok_or_else(unreadable)?;
    if rest.is_empty() {
        return Err(ValueProblem::InstantWithoutOffset { field: name, text: text.to_owned() });
    }
    let offset = offset_seconds(rest).ok_or_else(unreadable)?;
    let written = cell_of_parts(parts, |problem| problem(name, text.to_owned()))?;
    clock.day_of(i64::from(written) * SECONDS_A_DAY + seconds - offset).ok_or_else(unreadable)
}

type Parts = (i32, u32, u32);
type DayProblem = fn(&'static str, String) -> ValueProblem;

fn cell_of_parts((year, month, day): Parts, problem: impl Fn(DayProblem) -> ValueProblem) -> Result<Cell, ValueProblem> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    if day == 0 || day > length {
        return Err(problem(|field, text| ValueProblem::ImpossibleDay { field, text }));
    }
    if !dates::YEARS.contains(&year) {
        return Err(problem(|field, text| ValueProblem::DayOutOfRange { field, text }));
    }
    Ok(days_since_1970(year, month.cast_signed(), day.cast_signed()))
}

/// Years are counted from March, so that the leap day comes last; 719,468 days lie between 1 March of the year 0 and 1970.
fn days_since_1970(year: i32, month: i32, day: i32) -> Cell {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_month = (153 * month + 2) / 5;
    365 * year + year / 4 - year / 100 + year / 400 + before_month + day - 1 - 719_468
}

fn day_parts(text: &[u8]) -> Option<Parts> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let year = two_digits(y1, y2)? * 100 + two_digits(y3, y4)?;
    Some((i32::try_from(year).ok()?, two_digits(m1, m2)?, two_digits(d1, d2)?))
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// Seconds since midnight of `T22:30`, `T22:30:00` or `T22:30:00.123`, and what follows.
fn time_of_day(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, rest @ ..] = text else { return None };
    let (hours, minutes) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
    let (seconds, rest) = match rest {
        [b':', s1, s2, rest @ ..] => (two_digits(*s1, *s2)?, without_fraction(rest)?),
        _ => (0, rest),
    };
    // A leap second belongs to the minute it ends.
    let possible = hours < 24 && minutes < 60 && seconds <= 60;
    possible.then(|| (i64::from(hours * 3600 + minutes * 60 + seconds.min(59)), rest))
}

fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let [b'.', digits @ ..] = text else { return Some(text) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (length > 0).then(|| digits.split_at(length).1)
}

fn offset_seconds(text: &[u8]) -> Option<i64> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
            let seconds = i64::from(hours * 3600 + minutes * 60);
            (hours < 24 && minutes < 60).then_some(if sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

/// The regulation's time zone, with the offsets of the days asked for last.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    zone: Zone,
    cache: Vec<CachedDay>,
}

/// A day (UTC) on which the zone's offset does not change.
#[derive(Debug, Clone, Copy)]
struct CachedDay {
    day: i64,
    offset: i64,
}

const CACHED_DAYS: usize = 512;

impl Clock {
    pub(crate) fn new(zone: Zone) -> Self {
        Self { zone, cache: vec![CachedDay { day: i64::MIN, offset: 0 }; CACHED_DAYS] }
    }

    /// The zone's day at so many seconds since 1970 (UTC).
    pub(crate) fn day_of(&mut self, seconds: i64) -> Option<Cell> {
        let offset = self.offset(seconds)?;
        let day = (seconds + offset).div_euclid(SECONDS_A_DAY);
        Cell::try_from(day).ok()
    }

    fn offset(&mut self, seconds: i64) -> Option<i64> {
        let day = seconds.div_euclid(SECONDS_A_DAY);
        let slot = usize::try_from(day.rem_euclid(512)).ok()?;
        let cached = self.cache.get(slot).copied()?;
        if cached.day == day {
            return Some(cached.offset);
        }
        let (start, end) = (self.offset_at(day * SECONDS_A_DAY)?, self.offset_at((day + 1) * SECONDS_A_DAY)?);
        if start != end {
            return self.offset_at(seconds);
        }
        if let Some(place) = self.cache.get_mut(slot) {
            *place = CachedDay { day, offset: start };
        }
        Some(start)
    }

    fn offset_at(&self, seconds: i64) -> Option<i64> {
        self.zone.offset_at(seconds).map(i64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, day, instant};
    use crate::records::values::ValueProblem;
    use crate::vocabulary::dates::{cell_of_date, date_of_cell};
    use crate::vocabulary::{Zone, fields};
    use chrono::{DateTime, Utc};
    use proptest::prelude::proptest;

    fn shown(text: &str) -> String {
        let mut clock = Clock::new(Zone::brussels());
        let cell = instant(fields::isp::SUBMITTED_ON, text, &mut clock).unwrap();
        date_of_cell(cell).unwrap().to_string()
    }

    #[test]
    fn an_instant_is_a_day_in_brussels() {
        for (text, expected) in [
            ("2023-10-15T21:59:59Z", "2023-10-15"),
            ("2023-10-15T22:00:00Z", "2023-10-16"),
            ("2023-10-15T22:30:00Z", "2023-10-16"),
            ("2023-10-15T23:59:59.999+02:00", "2023-10-15"),
            ("2023-10-29T00:30:00Z", "2023-10-29"),
            ("2023-10-29T22:59:59Z", "2023-10-29"),
            ("2023-10-29T23:00:00Z", "2023-10-30"),
            ("2023-10-28T22:00Z", "2023-10-29"),
            ("2024-03-30T23:00:00Z", "2024-03-31"),
            ("2024-03-31T21:59:59Z", "2024-03-31"),
            ("2150-07-14T22:30:00Z", "2150-07-15"),
            ("2150-12-14T22:30:00Z", "2150-12-14"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn days_that_can_not_be() {
        let refused = |text: &str| day(fields::diploma::AWARDED_ON, text).unwrap_err();
        assert!(matches!(refused("2023-02-29"), ValueProblem::ImpossibleDay { .. }));
        assert!(matches!(refused("2023-13-01"), ValueProblem::ImpossibleDay { .. }));
        assert!(matches!(refused("1899-12-31"), ValueProblem::DayOutOfRange { .. }));
        assert!(matches!(refused("15/10/2023"), ValueProblem::UnreadableDay { .. }));
        assert!(matches!(refused("2023-10-15T10:00:00Z"), ValueProblem::UnreadableDay { .. }));
    }

    #[test]
    fn every_day_is_the_calendar_crates() {
        let mut date = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        while date.to_string().as_str() < "2201-01-01" {
            assert_eq!(day(fields::diploma::AWARDED_ON, &date.to_string()).ok(), cell_of_date(date), "{date}");
            date = date.succ_opt().unwrap();
        }
    }

    proptest! {
        /// Up to the end of 2099, where the tables of the other database end.
        #[test]
        fn days_agree_with_the_calendar_crate(seconds in -2_000_000_000_i64..4_102_444_800 - 86_400) {
            let at = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
            let expected = at.with_timezone(&chrono_tz::Europe::Brussels).date_naive().to_string();
            assert_eq!(shown(&at.to_rfc3339()), expected);
        }
    }
}
