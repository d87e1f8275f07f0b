//! Types as a reader names them: `credits`, `a percentage`, `a list of entry`.

use std::fmt;

use crate::rulebook::Type;
use crate::vocabulary::{Enumeration, FieldKind, Subject};

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => formatter.write_str("a condition"),
            Self::Integer => formatter.write_str("a whole number"),
            Self::Decimal => formatter.write_str("a number"),
            Self::Credits => formatter.write_str("credits"),
            Self::Percent => formatter.write_str("a percentage"),
            Self::Score => formatter.write_str("a score"),
            Self::Date => formatter.write_str("a day"),
            Self::Period => formatter.write_str("a period"),
            Self::AcademicYear => formatter.write_str("an academic year"),
            Self::Semester => formatter.write_str("a semester"),
            Self::Text => formatter.write_str("a text"),
            Self::Enumeration(enumeration) => write!(formatter, "{} {}", article(enumeration.name()), enumeration.name()),
            Self::Reference(subject) => write!(formatter, "{} {}", article(subject.word()), subject.word()),
            Self::List(subject) => write!(formatter, "a list of {}", subject.word()),
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

impl Type {
    /// The type that a definition declares: `credits`, `academic year`, `list of entry`.
    pub(crate) fn from_words(words: &str) -> Option<Self> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(subject) = words.strip_prefix("list of ") {
            return Subject::from_word(subject).map(Self::List);
        }
        let plain = SIMPLE.iter().find(|(known, _)| *known == words).map(|(_, simple)| *simple);
        let enumeration = || Enumeration::ALL.into_iter().find(|enumeration| enumeration.name() == words).map(Self::Enumeration);
        plain.or_else(enumeration).or_else(|| Subject::from_word(&words).map(Self::Reference))
    }

    /// Every type's words, for a suggestion.
    pub(crate) fn all_words() -> impl Iterator<Item = &'static str> {
        let subjects = Subject::ALL.into_iter().map(Subject::word);
        SIMPLE.iter().map(|(words, _)| *words).chain(Enumeration::ALL.into_iter().map(Enumeration::name)).chain(subjects)
    }

    /// Whether its values have an order: a bound, a highest one, a first one.
    pub(crate) fn is_ordered(self) -> bool {
        self.is_number() || matches!(self, Self::Date | Self::AcademicYear | Self::Semester)
    }

    /// Whether it is a number without a unit.
    pub(crate) fn is_plain_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Score)
    }
}

const SIMPLE: [(&str, Type); 11] = [
    ("boolean", Type::Boolean),
    ("integer", Type::Integer),
    ("decimal", Type::Decimal),
    ("credits", Type::Credits),
    ("percent", Type::Percent),
    ("score", Type::Score),
    ("date", Type::Date),
    ("period", Type::Period),
    ("academic year", Type::AcademicYear),
    ("semester", Type::Semester),
    ("text", Type::Text),
];

impl From<FieldKind> for Type {
    fn from(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Integer => Self::Integer,
            FieldKind::Decimal => Self::Decimal,
            FieldKind::Credits => Self::Credits,
            FieldKind::Score => Self::Score,
            FieldKind::Day | FieldKind::EventDay => Self::Date,
            FieldKind::AcademicYear => Self::AcademicYear,
            FieldKind::Semester => Self::Semester,
            FieldKind::Text => Self::Text,
            FieldKind::Enumeration(enumeration) => Self::Enumeration(enumeration),
            FieldKind::Reference(subject) => Self::Reference(subject),
        }
    }
}
