//! Numbers, days and enumerations in a language.

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Display};

use chrono::{Datelike, NaiveDate};

use crate::report::words::Language;
use crate::vocabulary::Exact;

const MONTHS: [(&str, &str); 12] = [
    ("January", "januari"),
    ("February", "februari"),
    ("March", "maart"),
    ("April", "april"),
    ("May", "mei"),
    ("June", "juni"),
    ("July", "juli"),
    ("August", "augustus"),
    ("September", "september"),
    ("October", "oktober"),
    ("November", "november"),
    ("December", "december"),
];

/// `15 October 2023`, `15 oktober 2023`
pub(crate) fn date(language: Language, date: NaiveDate) -> impl Display {
    let (english, dutch) = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    fmt::from_fn(move |formatter| write!(formatter, "{} {} {}", date.day(), language.pick(english, dutch), date.year()))
}

/// `12,345`, `12.345`
pub(crate) fn grouped(language: Language, number: u64) -> String {
    fmt::from_fn(|formatter| group(language, number, formatter)).to_string()
}

/// A number with its decimals: `1,234.5`, `1.234,5`; `29.508…` where they never end.
pub(crate) fn exact(language: Language, exact: Exact) -> impl Display {
    fmt::from_fn(move |formatter| {
        if let Some(whole) = exact.to_integer() {
            return number(language, whole).fmt(formatter);
        }
        let text = exact.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
        formatter.write_str(sign)?;
        match digits.parse() {
            Ok(digits) => group(language, digits, formatter)?,
            Err(_) => formatter.write_str(digits)?,
        }
        if decimals.is_empty() { Ok(()) } else { write!(formatter, "{}{decimals}", language.pick('.', ',')) }
    })
}

/// As [`exact`] of a whole number.
pub(crate) fn number(language: Language, number: i64) -> impl Display {
    fmt::from_fn(move |formatter| {
        if number < 0 {
            formatter.write_str("-")?;
        }
        group(language, number.unsigned_abs(), formatter)
    })
}

/// In threes.
fn group(language: Language, number: u64, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if number < 1000 {
        return number.fmt(formatter);
    }
    group(language, number / 1000, formatter)?;
    write!(formatter, "{}{:03}", language.pick(',', '.'), number % 1000)
}

/// `a`, `a and b`, `a, b and c`
pub(crate) fn joined<S: Borrow<str>>(language: Language, things: &[S]) -> Cow<'_, str> {
    match things {
        [] => "".into(),
        [one] => one.borrow().into(),
        [first @ .., last] => [&*first.join(", "), language.pick(" and ", " en "), last.borrow()].concat().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{exact, grouped, joined};
    use crate::report::words::Language::{Dutch, English};
    use crate::vocabulary::Exact;

    #[test]
    fn numbers_are_grouped_in_threes() {
        assert_eq!(grouped(English, 0), "0");
        assert_eq!(grouped(English, 999), "999");
        assert_eq!(grouped(English, 1_000), "1,000");
        assert_eq!(grouped(Dutch, 12_345_678), "12.345.678");
    }

    #[test]
    fn decimals_follow_the_language_and_say_when_they_never_end() {
        let said = |language, number: Exact| exact(language, number).to_string();
        assert_eq!(said(English, Exact::parse("-1234.5").unwrap()), "-1,234.5");
        assert_eq!(said(English, Exact::from_integer(-1_002_003)), "-1,002,003");
        assert_eq!(said(Dutch, Exact::parse("1234.5").unwrap()), "1.234,5");
        assert_eq!(said(Dutch, Exact::new(100, 3).unwrap()), "33,333…");
    }

    #[test]
    fn the_last_thing_is_joined_by_a_word() {
        let things = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(joined(English, &things[..1]), "a");
        assert_eq!(joined(English, &things[..2]), "a and b");
        assert_eq!(joined(Dutch, &things), "a, b en c");
    }
}
