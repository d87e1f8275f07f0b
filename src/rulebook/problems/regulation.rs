//! What the regulation itself must say once.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with `regulation ID { … }` and with headings.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum RegulationProblem {
    /// no file has a `regulation`
    #[error("no regulation is declared")]
    #[diagnostic(
        code(regulation::missing),
        help("add `regulation ID \"title\" {{ in force from 2023-2024  time zone \"Europe/Brussels\"  languages en }}` to one file")
    )]
    Missing {
        #[label("nor in any other file of the set")]
        at: Span,
    },
    /// two files with a `regulation`
    #[error("a second regulation, `{id}`")]
    #[diagnostic(code(regulation::twice), help("{first}; a set has one regulation"))]
    Twice {
        id: String,
        first: String,
        #[label("one too many")]
        at: Span,
    },
    /// no `time zone`
    #[error("the regulation does not say its {what}")]
    #[diagnostic(code(regulation::missing_default))]
    MissingDefault {
        what: &'static str,
        #[label("not said")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// two lines `rounding`
    #[error("`{what}` is said twice")]
    #[diagnostic(code(regulation::default_twice), help("keep one of the two lines"))]
    DefaultTwice {
        what: &'static str,
        #[label("again here")]
        at: Span,
    },
    /// `time zone "Europe/Brussel"`
    #[error("unknown time zone `{zone}`")]
    #[diagnostic(code(regulation::unknown_time_zone))]
    UnknownTimeZone {
        zone: String,
        #[label("no zone of the tz database")]
        at: Span,
        #[help]
        help: String,
    },
    /// `languages en, en`
    #[error("the language `{language}` is given twice")]
    #[diagnostic(code(regulation::language_twice), help("keep one of them"))]
    LanguageTwice {
        language: String,
        #[label("again here")]
        at: Span,
    },
    /// `in force from 2025-2026 until 2023-2024`
    #[error("the years run backwards: from {from} until {until}")]
    #[diagnostic(code(regulation::years_reversed), help("the first year comes first; `until` is inclusive"))]
    YearsReversed {
        from: String,
        until: String,
        #[label("never")]
        at: Span,
    },
    /// a check in force from 2020, of a regulation in force from 2023
    #[error("the check is never in force while its regulation is")]
    #[diagnostic(code(regulation::outside_regulation), help("the regulation is in force {years}"))]
    OutsideRegulation {
        years: String,
        #[label("outside the regulation's years")]
        at: Span,
    },
}
