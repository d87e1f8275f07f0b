//! What the columns of a database hold, and their values, which come as `PostgreSQL` writes them.

use std::borrow::Cow;
use std::error::Error;

use chrono::{NaiveDate, NaiveDateTime};
use tokio_postgres::types::{FromSql, Kind as TypeKind, Type};

use crate::records::from_tables::{Stored, StoredProblem};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Boolean,
    Day,
    /// `timestamp`
    Moment,
    /// `timestamptz`
    Instant,
    /// `bytea`, `json`, `text[]`
    Unreadable,
}

const TEXTS: [Type; 6] = [Type::TEXT, Type::VARCHAR, Type::BPCHAR, Type::NAME, Type::CHAR, Type::UUID];
const NUMBERS: [Type; 6] = [Type::INT2, Type::INT4, Type::INT8, Type::NUMERIC, Type::FLOAT4, Type::FLOAT8];

impl Kind {
    pub(super) fn of(known: &Type) -> Self {
        if let TypeKind::Domain(inner) = known.kind() {
            return Self::of(inner);
        }
        let is_text = TEXTS.contains(known) || matches!(known.kind(), TypeKind::Enum(_)) || known.name() == "citext";
        let others = [(Type::BOOL, Self::Boolean), (Type::DATE, Self::Day), (Type::TIMESTAMP, Self::Moment), (Type::TIMESTAMPTZ, Self::Instant)];
        let other = others.into_iter().find(|(other, _)| other == known).map(|(_, kind)| kind);
        other.or(is_text.then_some(Self::Text)).or(NUMBERS.contains(known).then_some(Self::Number)).unwrap_or(Self::Unreadable)
    }
}

/// A value as it was sent. A database that says nothing of its encoding may send bytes that are no UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent<'r>(&'r [u8]);

impl<'r> FromSql<'r> for Sent<'r> {
    fn from_sql(_: &Type, sent: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(sent))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A value as it was sent. What is no value of its kind, such as the day `infinity`, is a text, which its column refuses.
pub(super) fn stored<'r>(sent: &Sent<'r>, kind: Kind) -> Stored<'r> {
    match std::str::from_utf8(sent.0) {
        Ok(text) => stored_text(text, kind),
        Err(_) => Stored::Fault(StoredProblem::UnreadableCell { found: "a text that is not UTF-8" }),
    }
}

fn stored_text(text: &str, kind: Kind) -> Stored<'_> {
    let as_text = || Stored::Text(text.into());
    match kind {
        Kind::Text => as_text(),
        Kind::Number => number(text).map_or_else(as_text, Stored::Number),
        Kind::Boolean => Stored::Boolean(text == "true"),
        Kind::Day => plain_day(text).or_else(|| text.parse().ok()).map_or_else(as_text, Stored::Day),
        Kind::Moment => NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").map_or_else(|_| as_text(), Stored::Moment),
        Kind::Instant => match text.strip_suffix("+00").and_then(|moment| moment.split_once(' ')) {
            Some((day, time)) => Stored::Instant(format!("{day}T{time}Z")),
            None => as_text(),
        },
        Kind::Unreadable => Stored::Fault(StoredProblem::UnreadableCell { found: "a value that is no text, number, day, date-time or boolean" }),
    }
}

/// The day of `2023-10-15`; others are left to the calendar's own parser.
fn plain_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number.then(|| digits.iter().fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    NaiveDate::from_ymd_opt(number(&[y1, y2, y3, y4])?.cast_signed(), number(&[m1, m2])?, number(&[d1, d2])?)
}

/// A number without the zeros that only show its precision: `12.5` of `12.500`. A float comes with the fewest digits that read back as the same one.
fn number(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('e') {
        return text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number.to_string().into());
    }
    if !text.ends_with(|last: char| last.is_ascii_digit()) {
        return None;
    }
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    Some(short.into())
}

#[cfg(test)]
mod tests {
    use super::{Kind, stored_text};
    use crate::records::from_tables::Stored;

    #[test]
    fn values_are_read_as_they_are_written() {
        let number = |text: &'static str| Stored::Number(text.into());
        for (kind, text, expected) in [
            (Kind::Number, "12.500", number("12.5")),
            (Kind::Number, "100", number("100")),
            (Kind::Number, "-3.000", number("-3")),
            (Kind::Number, "1e+20", number("100000000000000000000")),
            (Kind::Number, "NaN", Stored::Text("NaN".into())),
            (Kind::Day, "infinity", Stored::Text("infinity".into())),
            (Kind::Instant, "2023-10-15 22:30:00.5+00", Stored::Instant("2023-10-15T22:30:00.5Z".to_owned())),
            (Kind::Boolean, "false", Stored::Boolean(false)),
        ] {
            assert_eq!(stored_text(text, kind), expected, "{text}");
        }
    }
}
