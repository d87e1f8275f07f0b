//! What can be wrong with one value, whatever the format it stands in.

use std::fmt;

use miette::Diagnostic;
use thiserror::Error;

/// A value that can't be what its field holds. Where it stands is said by whoever read it.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum ValueProblem {
    /// `"compulsory": "yes"`
    #[error("expected {expected} for `{field}`, found {found}")]
    #[diagnostic(code(values::wrong_kind))]
    WrongKind {
        field: &'static str,
        expected: &'static str,
        found: Found,
        #[help]
        help: &'static str,
    },
    /// `"credits": "6"`
    #[error("`{field}` is a number, but it is given as the text `{text}`")]
    #[diagnostic(code(values::number_as_text), help("write the number without quotes, with a point before its decimals"))]
    NumberAsText { field: &'static str, text: String },
    /// `"credits": 5.0001`
    #[error("`{field}` is {number}, which has more than three decimals")]
    #[diagnostic(code(values::too_many_decimals), help("numbers are kept exactly, to the thousandth; correct the number in the record"))]
    TooManyDecimals { field: &'static str, number: String },
    /// `"credits": 99999999`
    #[error("`{field}` is {number}, which is too large")]
    #[diagnostic(code(values::too_large), help("numbers go up to 2,147,483"))]
    TooLarge { field: &'static str, number: String },
    /// `"credits": -6`
    #[error("`{field}` is {number}, but it can't be negative")]
    #[diagnostic(code(values::negative), help("only the bookings of a learning account go below zero"))]
    Negative { field: &'static str, number: String },
    /// `"phase": 1.5`
    #[error("`{field}` is {number}, but it is a whole number")]
    #[diagnostic(code(values::not_whole), help("correct the number in the record; nothing is rounded on reading"))]
    NotWhole { field: &'static str, number: String },
    /// `"awarded_on": "2023-02-30"`
    #[error("`{field}` is `{text}`, a day that does not exist")]
    #[diagnostic(code(values::impossible_day), help("correct the day in the record; days are written year, month, day"))]
    ImpossibleDay { field: &'static str, text: String },
    /// `"awarded_on": "30/06/2023"`
    #[error("expected a day for `{field}`, found the text `{text}`")]
    #[diagnostic(code(values::unreadable_day), help("write the day as \"2023-10-15\": four digits of the year, two of the month, two of the day"))]
    UnreadableDay { field: &'static str, text: String },
    /// `"awarded_on": "0023-06-30"`
    #[error("`{field}` is `{text}`, outside the years 1900 to 2200")]
    #[diagnostic(code(values::day_out_of_range), help("such a day is a slip or a placeholder; leave the field out where the day is not known"))]
    DayOutOfRange { field: &'static str, text: String },
    /// `"submitted_at": "2023-10-15T22:30:00"`
    #[error("`{field}` is `{text}`, an instant without an offset")]
    #[diagnostic(
        code(values::instant_without_offset),
        help("say how far the clock was from UTC: \"{text}+02:00\", or \"{text}Z\" for UTC itself; without it the day is a guess")
    )]
    InstantWithoutOffset { field: &'static str, text: String },
    /// `"submitted_at": "2023-10-15"`
    #[error("expected an instant for `{field}`, found the text `{text}`")]
    #[diagnostic(
        code(values::unreadable_instant),
        help("write it as \"2023-10-15T22:30:00+02:00\"; a mere day goes into the field that ends in `_on`")
    )]
    UnreadableInstant { field: &'static str, text: String },
    /// `"academic_year": "2023"`
    #[error("expected an academic year for `{field}`, found the text `{text}`")]
    #[diagnostic(code(values::unreadable_year), help("write both calendar years in full: \"2023-2024\""))]
    UnreadableYear { field: &'static str, text: String },
    /// `"academic_year": "2023-2025"`
    #[error("`{field}` is `{text}`, two years that do not follow one another")]
    #[diagnostic(code(values::years_apart), help("an academic year runs from one calendar year into the next: \"2023-2024\""))]
    YearsApart { field: &'static str, text: String },
    /// `"contract": "diplomma"`
    #[error("`{field}` can't be `{word}`")]
    #[diagnostic(code(values::unknown_word))]
    UnknownWord {
        field: &'static str,
        word: String,
        #[help]
        help: String,
    },
}

/// What a whole record is called where a field would be named.
pub(crate) const A_RECORD: &str = "record";
pub(crate) const AN_OBJECT: &str = "an object";
pub(crate) const A_LIST: &str = "a list";

impl ValueProblem {
    pub(crate) fn wrong_kind(field: &'static str, expected: &'static str, found: Found) -> Self {
        let help = match expected {
            AN_OBJECT if field == A_RECORD && found == Found::List => {
                "a record stands in braces: {\"…\": …}; a list of records is read from a file whose name ends in `.json`"
            }
            AN_OBJECT => "an object stands in braces: {\"…\": …}",
            A_LIST => "a list stands in brackets: […]; one that is not known is left out",
            _ => "a value that is not known is left out, or `null`",
        };
        Self::WrongKind { field, expected, found, help }
    }

    /// What is written under the place.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::WrongKind { .. } => "not of this kind",
            Self::NumberAsText { .. } => "a text, not a number",
            Self::TooManyDecimals { .. } => "more than three decimals",
            Self::TooLarge { .. } => "too large",
            Self::Negative { .. } => "below zero",
            Self::NotWhole { .. } => "not whole",
            Self::ImpossibleDay { .. } => "no such day",
            Self::UnreadableDay { .. } => "not a day",
            Self::DayOutOfRange { .. } => "an unlikely year",
            Self::InstantWithoutOffset { .. } => "which time zone?",
            Self::UnreadableInstant { .. } => "not an instant",
            Self::UnreadableYear { .. } => "not an academic year",
            Self::YearsApart { .. } => "not consecutive",
            Self::UnknownWord { .. } => "not a word of the list",
        }
    }
}

/// What stands where something else was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
    /// Of a table that knows days from texts.
    #[allow(dead_code, reason = "a build may read no such tables")]
    Day(String),
    List,
    Object,
}

impl Found {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(shortened(text))
    }
}

/// The beginning of a text that may be long.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("`null`"),
            Self::Boolean(value) => write!(formatter, "`{value}`"),
            Self::Number(number) => write!(formatter, "the number {number}"),
            Self::Text(text) => write!(formatter, "the text `{text}`"),
            Self::Day(day) => write!(formatter, "the day {day}"),
            Self::List => formatter.write_str("a list"),
            Self::Object => formatter.write_str("an object"),
        }
    }
}
