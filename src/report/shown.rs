//! Values as a report shows them: for people in a language, for machines as JSON.

use serde_json::{Number, Value, json};

use crate::problems::harmless;
use crate::report::finding::{NamedShown, Shown};
use crate::report::keys;
use crate::report::words::{self, Language, Unit};
use crate::rulebook::Period;
use crate::verdicts::{Named, NamedValue, World};
use crate::vocabulary::Exact;

pub(crate) fn named(world: World<'_>, named: &Named) -> NamedShown {
    NamedShown { name: named.name.as_str().into(), value: shown(world, &named.value), raw: named.raw }
}

pub(crate) fn shown(world: World<'_>, value: &NamedValue) -> Shown {
    match value {
        NamedValue::Boolean(value) => Shown::Boolean(*value),
        NamedValue::Number(number) | NamedValue::Score(number) => Shown::Number(*number),
        NamedValue::Credits(credits) => Shown::Credits(*credits),
        NamedValue::Percent(percent) => Shown::Percent(*percent),
        NamedValue::Date(date) => Shown::Date(*date),
        NamedValue::AcademicYear(year) => Shown::AcademicYear(*year),
        NamedValue::Semester(number) => Shown::Semester(*number),
        NamedValue::Period(period) => Shown::Word(period_text(*period).into()),
        NamedValue::Text(text) => Shown::Word(world.text(*text).into()),
        NamedValue::Enumeration(enumeration, index) => Shown::Term(*enumeration, *index),
        NamedValue::Code(subject, code) => Shown::Word(world.code_name(*subject, *code).into()),
        NamedValue::Row(row) => Shown::Word(keys::row_name(world, *row).into()),
        NamedValue::None => Shown::None,
        NamedValue::NotHappened => Shown::NotHappened,
        NamedValue::Unknown => Shown::Unknown,
    }
}

/// `7 calendar days`, `2 months`, as the rule writes it.
fn period_text(period: Period) -> String {
    let part = |count: i32, one: &str, many: &str| (count != 0).then(|| format!("{count} {}", if count == 1 { one } else { many }));
    let parts = [
        part(period.months, "month", "months"),
        part(period.days, "calendar day", "calendar days"),
        part(period.working_days, "working day", "working days"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "0 calendar days".to_owned() } else { parts.join(" + ") }
}

pub(crate) fn academic_year(first: i32) -> String {
    format!("{first}-{}", first + 1)
}

impl Shown {
    /// For people.
    pub(crate) fn text(&self, language: Language) -> String {
        match self {
            Self::Boolean(true) => language.pick("yes", "ja").to_owned(),
            Self::Boolean(false) => language.pick("no", "nee").to_owned(),
            Self::Number(number) => words::quantity(language, *number, Unit::None),
            Self::Credits(credits) => words::quantity(language, *credits, Unit::Credits),
            Self::Percent(percent) => words::quantity(language, *percent, Unit::Percent),
            Self::Date(date) => words::date(language, *date),
            Self::AcademicYear(year) => academic_year(*year),
            Self::Semester(number) => number.to_string(),
            Self::Term(list, index) => words::term(language, *list, *index).to_owned(),
            Self::Word(word) => harmless(word).into_owned(),
            Self::None => language.pick("none", "geen").to_owned(),
            Self::NotHappened => language.pick("has not happened", "niet gebeurd").to_owned(),
            Self::Unknown => language.pick("unknown", "onbekend").to_owned(),
        }
    }

    /// As in the record: the word of a code, a day as `2023-10-15`.
    pub(crate) fn word(&self) -> String {
        let json = self.json();
        json.as_str().map_or_else(|| json.to_string(), str::to_owned)
    }

    /// The number as an exact amount of something, where it is one.
    pub(crate) fn amount(&self) -> Option<(Exact, Unit)> {
        match self {
            Self::Number(number) => Some((*number, Unit::None)),
            Self::Credits(number) => Some((*number, Unit::Credits)),
            Self::Percent(number) => Some((*number, Unit::Percent)),
            Self::Boolean(_)
            | Self::Date(_)
            | Self::AcademicYear(_)
            | Self::Semester(_)
            | Self::Term(..)
            | Self::Word(_)
            | Self::None
            | Self::NotHappened
            | Self::Unknown => None,
        }
    }

    /// For machines. What has not happened and what is not there is null; what is unknown says so.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Boolean(value) => json!(value),
            Self::Number(number) | Self::Credits(number) | Self::Percent(number) => exact_json(*number),
            Self::Date(date) => json!(date.to_string()),
            Self::AcademicYear(year) => json!(academic_year(*year)),
            Self::Semester(number) => json!(number),
            Self::Term(list, index) => json!(list.value(*index).unwrap_or_default()),
            Self::Word(word) => json!(word),
            Self::None | Self::NotHappened => Value::Null,
            Self::Unknown => json!("unknown"),
        }
    }
}

/// A number with all its decimals; a fraction (`"100/3"`) where they never end, for a report rounds nothing.
pub(crate) fn exact_json(number: Exact) -> Value {
    if let Some(whole) = number.to_integer() {
        return json!(whole);
    }
    let text = number.to_string();
    // INVARIANT: fifteen digits pass through a JSON number unchanged.
    let ends = text.len() <= 15 && Exact::parse(&text).is_some_and(|parsed| parsed == number);
    let fraction = || json!(format!("{}/{}", number.numerator(), number.denominator()));
    if ends { text.parse::<f64>().ok().and_then(Number::from_f64).map_or_else(fraction, Value::Number) } else { fraction() }
}
