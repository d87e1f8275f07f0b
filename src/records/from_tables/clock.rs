//! Date-times that say no offset, by the clock that the institution says it used.

use chrono::{FixedOffset, NaiveDateTime};

use crate::vocabulary::Zone;

/// `2023-10-15T14:20:00+02:00` of `2023-10-15 14:20`; nothing of what says its offset, of what is no date-time, and of a time that the clock skipped.
pub(crate) fn with_offset(text: &str, clock: Zone) -> Option<String> {
    if !is_date_time(text.as_bytes()) {
        return None;
    }
    let text = text.replacen(' ', "T", 1);
    let moment = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"].iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())?;
    // When the clock is set back an hour passes twice, both times on the same day.
    let offset = FixedOffset::east_opt(clock.offset_when_showing(moment)?)?;
    Some(moment.and_local_timezone(offset).earliest()?.to_rfc3339())
}

/// Whether each part has all its digits, as in a date-time that says its offset: `23-10-15 9:5` is of no certain century.
fn is_date_time(text: &[u8]) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let (said, decimals) = text.split_at(text.len().min(FORM.len()));
    let fits = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b' '),
        _ => byte == form,
    };
    let is_whole = said.len() == FORM.len() || said.len() == FORM.len() - ":00".len() && decimals.is_empty();
    is_whole
        && said.iter().zip(FORM).all(fits)
        && decimals.iter().enumerate().all(|(at, byte)| if at == 0 { *byte == b'.' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::Zone;

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
            ("2023-10-15T22:30:05.1234567", Some("2023-10-15T22:30:05.123456700+02:00")),
            ("23-10-15 14:20", None),
            ("2023-1-5T9:05", None),
            ("2023-10-15T14:20:5", None),
            ("+2023-10-15T14:20", None),
            ("2023-10-15  14:20", None),
            ("2023-10-15T14:20:00.", None),
            ("2023-10-15T14:20:00x", None),
            ("", None),
        ] {
            assert_eq!(with_offset(text, Zone::brussels()).as_deref(), expected, "{text}");
        }
    }
}
