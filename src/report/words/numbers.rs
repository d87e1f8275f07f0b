//! Numbers, days and enumerations in a language.

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
pub(crate) fn date(language: Language, date: NaiveDate) -> String {
    let (english, dutch) = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{} {} {}", date.day(), language.pick(english, dutch), date.year())
}

/// `12,345`, `12.345`
pub(crate) fn grouped(language: Language, number: u64) -> String {
    group(language, &number.to_string())
}

/// A number with its decimals: `1,234.5`, `1.234,5`; `29.508…` where they never end.
pub(crate) fn exact(language: Language, number: Exact) -> String {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, decimals)| (whole, Some(decimals)));
    let whole = group(language, whole);
    decimals.map_or(whole.clone(), |decimals| format!("{whole}{}{decimals}", language.pick('.', ',')))
}

/// As [`exact`] of a whole number.
pub(crate) fn number(language: Language, number: i64) -> String {
    group(language, &number.to_string())
}

fn group(language: Language, digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(language.pick(',', '.'));
        }
        grouped.push(digit);
    }
    grouped
}

/// `a`, `a and b`, `a, b and c`
pub(crate) fn joined(language: Language, things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), language.pick("and", "en")),
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
        assert_eq!(exact(English, Exact::parse("-1234.5").unwrap()), "-1,234.5");
        assert_eq!(exact(Dutch, Exact::parse("1234.5").unwrap()), "1.234,5");
        assert_eq!(exact(Dutch, Exact::new(100, 3).unwrap()), "33,333…");
    }

    #[test]
    fn the_last_thing_is_joined_by_a_word() {
        let things = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(joined(English, &things[..1]), "a");
        assert_eq!(joined(English, &things[..2]), "a and b");
        assert_eq!(joined(Dutch, &things), "a, b en c");
    }
}
