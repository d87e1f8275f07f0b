//! Time zones, by the rules of the IANA database that the program carries with it: the same on every machine. Days and calendars are left to others.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// A time zone: what the clocks of a place show, at each instant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Zone(&'static TimeZone);

static UTC: TimeZone = TimeZone::UTC;

/// The zones that were asked for, each read once: a run knows one or two.
static READ: Mutex<Vec<Zone>> = Mutex::new(Vec::new());

/// What the database calls a clock that nobody has set; no place has it.
const UNSET: &str = "Factory";

impl Zone {
    pub(crate) const UTC: Self = Self(&UTC);

    /// The zone of a name, spelled as the database spells it: `Europe/Brussels`
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.iter().find(|zone| zone.name() == name) {
            return Some(*zone);
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        // The database answers to other spellings too, and to names for what is no place's.
        let is_known = zone.iana_name() == Some(name) && !zone.is_unknown() && name != UNSET;
        is_known.then(|| {
            let zone = Self(Box::leak(Box::new(zone)));
            read.push(zone);
            zone
        })
    }

    /// The zone of Belgium's clocks.
    pub(crate) fn brussels() -> Self {
        // INVARIANT: the database that the program carries has it.
        Self::named("Europe/Brussels").unwrap_or(Self::UTC)
    }

    /// The names of all zones.
    pub(crate) fn names() -> Vec<String> {
        let names = TimeZoneDatabase::bundled();
        names.available().map(|name| name.to_string()).filter(|name| name != UNSET).collect()
    }

    fn name(self) -> &'static str {
        self.0.iana_name().unwrap_or_default()
    }

    /// By how many seconds its clocks are ahead of UTC, so many seconds after 1970 began (UTC); nothing past the end of time.
    pub(crate) fn offset_at(self, second: i64) -> Option<i32> {
        Some(self.0.to_offset(Timestamp::from_second(second).ok()?).seconds())
    }

    /// By how many seconds its clocks are ahead of UTC when they show a date-time: the first time, where they show it twice; nothing where they skip it.
    pub(crate) fn offset_when_showing(self, shown: NaiveDateTime) -> Option<i32> {
        match self.0.to_ambiguous_timestamp(civil(shown)?).offset() {
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => Some(offset.seconds()),
            AmbiguousOffset::Gap { .. } => None,
        }
    }
}

/// The second of a date-time: clocks are set at whole seconds.
fn civil(shown: NaiveDateTime) -> Option<DateTime> {
    let small = |part: u32| i8::try_from(part).ok();
    let (year, month, day) = (i16::try_from(shown.year()).ok()?, small(shown.month())?, small(shown.day())?);
    DateTime::new(year, month, day, small(shown.hour())?, small(shown.minute())?, small(shown.second())?, 0).ok()
}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use crate::vocabulary::dates;
    use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Offset as _, TimeZone as _};
    use chrono_tz::{TZ_VARIANTS, Tz};
    use proptest::prelude::proptest;
    use proptest::sample::select;

    /// Zones of which both databases tell the same history. Of others it was corrected between their versions: of Dublin's in 1925, of Brazil's in 1965.
    const ZONES: [Tz; 10] = [
        Tz::UTC,
        Tz::Europe__Brussels,
        Tz::Europe__Amsterdam,
        Tz::Europe__London,
        Tz::America__New_York,
        Tz::Australia__Lord_Howe,
        Tz::Asia__Kathmandu,
        Tz::Africa__Cairo,
        Tz::Africa__Monrovia,
        Tz::Pacific__Apia,
    ];

    const DAY: i64 = 86_400;

    /// Where the tables of the other database end.
    const LAST_YEAR: i32 = 2099;

    fn first_second(year: i32) -> i64 {
        second(NaiveDate::from_ymd_opt(year, 1, 1).unwrap().into())
    }

    fn second(shown: NaiveDateTime) -> i64 {
        shown.and_utc().timestamp()
    }

    fn shown(second: i64) -> NaiveDateTime {
        DateTime::from_timestamp(second, 0).unwrap().naive_utc()
    }

    fn ours(zone: Tz) -> Zone {
        Zone::named(zone.name()).unwrap()
    }

    fn offset_at(zone: Tz, second: i64) -> i32 {
        zone.offset_from_utc_datetime(&shown(second)).fix().local_minus_utc()
    }

    fn offset_when_showing(zone: Tz, shown: NaiveDateTime) -> Option<i32> {
        zone.from_local_datetime(&shown).earliest().map(|moment| moment.offset().fix().local_minus_utc())
    }

    #[test]
    fn every_zone_has_its_name_and_no_other() {
        let mut expected: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        let mut names = Zone::names();
        expected.sort_unstable();
        names.sort_unstable();
        assert_eq!(names, expected);
        for name in &names {
            assert_eq!(format!("{:?}", Zone::named(name).unwrap()), *name);
        }
        for odd in
            ["", "europe/brussels", "Europe/brussels", "utc", "Etc/Unknown", "Factory", "CEST", "+02:00", "Europe/Brussels ", "Europe/Brussels\0"]
        {
            assert_eq!(Zone::named(odd), None, "{odd}");
        }
        assert_eq!(Zone::named("UTC"), Some(Zone::UTC));
        assert_eq!(format!("{:?}", Zone::brussels()), "Europe/Brussels");
    }

    #[test]
    fn around_each_change_clocks_show_what_another_database_says() {
        for zone in ZONES {
            let known = ours(zone);
            let mut start = first_second(*dates::YEARS.start()) - DAY;
            while start < first_second(LAST_YEAR + 1) {
                let (before, after) = (offset_at(zone, start), offset_at(zone, start + DAY));
                assert_eq!(known.offset_at(start), Some(before), "{zone}, {}", shown(start));
                let seconds = (start..start + DAY).step_by(1800).flat_map(|second| [second - 1, second]);
                for second in seconds.filter(|_| before != after) {
                    assert_eq!(known.offset_at(second), Some(offset_at(zone, second)), "{zone}, {}", shown(second));
                    for offset in [before, after] {
                        let shown = shown(second + i64::from(offset));
                        assert_eq!(known.offset_when_showing(shown), offset_when_showing(zone, shown), "{zone} shows {shown}");
                    }
                }
                start += DAY;
            }
        }
    }

    proptest! {
        #[test]
        fn clocks_show_what_another_database_says(
            zone in select(&ZONES[..]),
            second in first_second(*dates::YEARS.start())..first_second(LAST_YEAR + 1) - DAY,
        ) {
            assert_eq!(ours(zone).offset_at(second), Some(offset_at(zone, second)));
            assert_eq!(ours(zone).offset_when_showing(shown(second)), offset_when_showing(zone, shown(second)));
        }

        /// Each year as in an earlier one with the same calendar.
        #[test]
        fn after_those_tables_clocks_go_by_the_same_rules(
            zone in select(&ZONES[..]),
            year in LAST_YEAR + 1..=*dates::YEARS.end(),
            second in 0..365 * DAY,
        ) {
            let calendar = |year: i32| (NaiveDate::from_ymd_opt(year, 1, 1).unwrap().weekday(), NaiveDate::from_ymd_opt(year, 2, 29).is_some());
            let alike = (2040..=LAST_YEAR).find(|earlier| calendar(*earlier) == calendar(year)).unwrap();
            assert_eq!(ours(zone).offset_at(first_second(year) + second), Some(offset_at(zone, first_second(alike) + second)));
        }
    }

    #[test]
    fn summer_comes_after_the_tables_too() {
        let hours = |text: &str| Zone::brussels().offset_at(second(text.parse().unwrap())).map(|offset| offset / 3600);
        assert_eq!(hours("2150-07-01T12:00:00"), Some(2));
        assert_eq!(hours("2150-12-01T12:00:00"), Some(1));
        // The last Sunday of March, at one o'clock.
        assert_eq!((hours("2200-03-30T00:59:59"), hours("2200-03-30T01:00:00")), (Some(1), Some(2)));
        assert_eq!(Zone::brussels().offset_at(i64::MAX), None);
        assert_eq!(Zone::brussels().offset_when_showing(NaiveDateTime::MAX), None);
    }
}
