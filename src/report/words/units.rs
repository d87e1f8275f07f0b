//! Numbers with their units, in the singular and the plural.

use crate::report::words::{Language, exact, number};
use crate::vocabulary::Exact;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// `60`
    None,
    /// `60 credits`
    Credits,
    /// `30%`
    Percent,
}

/// `1 credit`, `27 credits`, `29.5%`; `1 studiepunt`, `27 studiepunten`, `29,5%`
pub(crate) fn quantity(language: Language, amount: Exact, unit: Unit) -> String {
    let digits = exact(language, amount);
    match unit {
        Unit::None => digits,
        Unit::Percent => format!("{digits}%"),
        Unit::Credits if is_one(amount) => format!("{digits} {}", language.pick("credit", "studiepunt")),
        Unit::Credits => format!("{digits} {}", language.pick("credits", "studiepunten")),
    }
}

fn is_one(amount: Exact) -> bool {
    amount == Exact::from_integer(1) || amount == Exact::from_integer(-1)
}

/// `1 day`, `2 days`; `1 dag`, `2 dagen`
pub(crate) fn days(language: Language, count: i64) -> String {
    let word = if count == 1 { language.pick("day", "dag") } else { language.pick("days", "dagen") };
    format!("{} {word}", number(language, count))
}

#[cfg(test)]
mod tests {
    use super::{Unit, days, quantity};
    use crate::report::words::Language::{Dutch, English};
    use crate::vocabulary::Exact;

    #[test]
    fn one_is_singular() {
        assert_eq!([days(English, 0), days(English, 1), days(English, 2)], ["0 days", "1 day", "2 days"]);
        assert_eq!([days(Dutch, 1), days(Dutch, 1_000)], ["1 dag", "1.000 dagen"]);
        assert_eq!(quantity(English, Exact::from_integer(1), Unit::Credits), "1 credit");
        assert_eq!(quantity(Dutch, Exact::parse("1.5").unwrap(), Unit::Credits), "1,5 studiepunten");
        assert_eq!(quantity(Dutch, Exact::from_integer(1), Unit::Credits), "1 studiepunt");
    }
}
