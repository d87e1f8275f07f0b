//! Values as a report shows them: for people in a language, for machines as JSON.

use std::fmt::{self, Display, Write as _};

use serde_json::{Number, Value, json};

use crate::problems::harmless;
use crate::report::finding::{NamedShown, Said, Shown};
use crate::report::json_text::JsonText;
use crate::report::keys;
use crate::report::words::{self, Language, Unit};
use crate::rulebook::Period;
use crate::verdicts::{Named, NamedValue, World};
use crate::vocabulary::Exact;

pub(crate) fn named<'a>(world: World<'a>, named: &'a Named) -> NamedShown<'a> {
    NamedShown { name: named.name.as_str().into(), value: shown(world, &named.value), raw: named.raw }
}

pub(crate) fn shown<'a>(world: World<'a>, value: &NamedValue) -> Shown<'a> {
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

/// `2023-2024`
pub(crate) fn academic_year(first: i32) -> impl Display {
    fmt::from_fn(move |formatter| write!(formatter, "{first}-{}", first + 1))
}

impl<'a> Shown<'a> {
    /// For people.
    pub(crate) fn text(&self, language: Language) -> String {
        let mut text = String::with_capacity(ROOM);
        self.say(language, &mut text);
        text
    }

    /// The same, at the end of a text.
    pub(crate) fn say(&self, language: Language, text: &mut String) {
        // Writing to memory cannot fail.
        let _ = match self {
            Self::Boolean(true) => text.write_str(language.pick("yes", "ja")),
            Self::Boolean(false) => text.write_str(language.pick("no", "nee")),
            Self::Number(number) => write!(text, "{}", words::quantity(language, *number, Unit::None)),
            Self::Credits(credits) => write!(text, "{}", words::quantity(language, *credits, Unit::Credits)),
            Self::Percent(percent) => write!(text, "{}", words::quantity(language, *percent, Unit::Percent)),
            Self::Date(date) => write!(text, "{}", words::date(language, *date)),
            Self::AcademicYear(year) => write!(text, "{}", academic_year(*year)),
            Self::Semester(number) => write!(text, "{number}"),
            Self::Term(list, index) => text.write_str(words::term(language, *list, *index)),
            Self::Word(word) => text.write_str(&harmless(word)),
            Self::None => text.write_str(language.pick("none", "geen")),
            Self::NotHappened => text.write_str(language.pick("has not happened", "niet gebeurd")),
            Self::Unknown => text.write_str(language.pick("unknown", "onbekend")),
        };
    }

    /// As in the record: the word of a code, a day as `2023-10-15`.
    pub(crate) fn word(self) -> Said<'a> {
        match self {
            Self::Boolean(value) => value.to_string().into(),
            Self::Number(number) | Self::Credits(number) | Self::Percent(number) => {
                let json = exact_json(number);
                json.as_str().map_or_else(|| json.to_string(), str::to_owned).into()
            }
            Self::Date(date) => date.to_string().into(),
            Self::AcademicYear(year) => academic_year(year).to_string().into(),
            Self::Semester(number) => number.to_string().into(),
            Self::Term(list, index) => list.value(index).unwrap_or_default().into(),
            Self::Word(word) => word,
            Self::None | Self::NotHappened => "null".into(),
            Self::Unknown => UNKNOWN.into(),
        }
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
    pub(super) fn write(&self, json: &mut JsonText<'_>) {
        match self {
            Self::Boolean(value) => json.value(value),
            Self::Number(number) | Self::Credits(number) | Self::Percent(number) => match number.to_integer() {
                Some(whole) => json.number(whole),
                None => json.value(&exact_json(*number)),
            },
            Self::Date(date) => json.shown(date),
            Self::AcademicYear(year) => json.academic_year(Some(*year)),
            Self::Semester(number) => json.number(*number),
            Self::Term(list, index) => json.text(list.value(*index).unwrap_or_default()),
            Self::Word(word) => json.text(word),
            Self::None | Self::NotHappened => json.optional(None),
            Self::Unknown => json.text(UNKNOWN),
        }
    }
}

/// Room for almost every value as people read it.
const ROOM: usize = 32;

/// What machines read where a value is not known.
const UNKNOWN: &str = "unknown";

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
