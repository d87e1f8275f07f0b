//! Numbers with their units, in the singular and the plural.

use std::fmt::{self, Display};

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
pub(crate) fn quantity(language: Language, amount: Exact, unit: Unit) -> impl Display {
    let after = match unit {
        Unit::None => "",
        Unit::Percent => "%",
        Unit::Credits if is_one(amount) => language.pick(" credit", " studiepunt"),
        Unit::Credits => language.pick(" credits", " studiepunten"),
    };
    fmt::from_fn(move |formatter| {
        exact(language, amount).fmt(formatter)?;
        formatter.write_str(after)
    })
}

fn is_one(amount: Exact) -> bool {
    amount == Exact::from_integer(1) || amount == Exact::from_integer(-1)
}

/// `1 day`, `2 days`; `1 dag`, `2 dagen`
pub(crate) fn days(language: Language, count: i64) -> impl Display {
    let word = if count == 1 { language.pick(" day", " dag") } else { language.pick(" days", " dagen") };
    fmt::from_fn(move |formatter| {
        number(language, count).fmt(formatter)?;
        formatter.write_str(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{Unit, days, quantity};
    use crate::report::words::Language::{Dutch, English};
    use crate::vocabulary::Exact;

    #[test]
    fn one_is_singular() {
        assert_eq!([0, 1, 2].map(|count| days(English, count).to_string()), ["0 days", "1 day", "2 days"]);
        assert_eq!([1, 1_000].map(|count| days(Dutch, count).to_string()), ["1 dag", "1.000 dagen"]);
        assert_eq!(quantity(English, Exact::from_integer(1), Unit::Credits).to_string(), "1 credit");
        assert_eq!(quantity(Dutch, Exact::parse("1.5").unwrap(), Unit::Credits).to_string(), "1,5 studiepunten");
        assert_eq!(quantity(Dutch, Exact::from_integer(1), Unit::Credits).to_string(), "1 studiepunt");
    }
}
