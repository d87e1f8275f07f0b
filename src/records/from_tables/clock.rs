//! Date-times that say no offset, by the clock that the institution says it used.

use chrono::{NaiveDateTime, TimeZone as _};
use chrono_tz::Tz;

/// `2023-10-15T14:20:00+02:00` of `2023-10-15 14:20`; nothing of what says its offset, of what is no date-time, and of a time that the clock skipped.
pub(crate) fn with_offset(text: &str, clock: Tz) -> Option<String> {
    let text = text.replacen(' ', "T", 1);
    let moment = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"].iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())?;
    // When the clock is set back an hour passes twice, both times on the same day.
    let instant = clock.from_local_datetime(&moment).earliest()?;
    Some(instant.to_rfc3339())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Brussels;

    use super::with_offset;

    #[test]
    fn the_clock_says_the_offset() {
        for (text, expected) in [
            ("2023-10-15 14:20", Some("2023-10-15T14:20:00+02:00")),
            ("2023-10-29T02:30:00", Some("2023-10-29T02:30:00+02:00")),
            ("2023-11-15T00:00:00.250", Some("2023-11-15T00:00:00.250+01:00")),
            ("2024-03-31T02:30:00", None),
            ("2023-10-15T14:20:00Z", None),
            ("2023-10-15", None),
        ] {
            assert_eq!(with_offset(text, Brussels).as_deref(), expected, "{text}");
        }
    }
}
