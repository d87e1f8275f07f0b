//! The author's words in each language, and the places in them.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a `message`, a `consequence`, a `remedy` or a `summary`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum MessageProblem {
    /// `message fr "…"`
    #[error("the regulation does not speak `{language}`")]
    #[diagnostic(code(messages::undeclared_language), help("its languages are {languages}"))]
    UndeclaredLanguage {
        language: String,
        languages: String,
        #[label("not declared")]
        at: Span,
    },
    /// only `message en` where the regulation speaks en and nl
    #[error("the message is lacking in {languages}")]
    #[diagnostic(code(messages::missing_language), help("say it in every language of the regulation, or in none: then the engine words it"))]
    MissingLanguage {
        languages: String,
        #[label("only in some languages")]
        at: Span,
    },
    /// only `consequence en` where the regulation speaks en and nl
    #[error("the {clause} is lacking in {languages}")]
    #[diagnostic(code(messages::untranslated), severity(Warning), help("readers of {languages} will not see it"))]
    Untranslated {
        clause: &'static str,
        languages: String,
        #[label("only in some languages")]
        at: Span,
    },
    /// two clauses `message en`
    #[error("`{clause} {language}` is said twice")]
    #[diagnostic(code(messages::language_twice), help("keep one of the two"))]
    LanguageTwice {
        clause: &'static str,
        language: String,
        #[label("again here")]
        at: Span,
    },
    /// `{dayslate}`
    #[error("the text names an unknown place `{{{name}}}`")]
    #[diagnostic(code(messages::unknown_place))]
    UnknownPlace {
        name: String,
        #[label("nothing has that name here")]
        at: Span,
        #[help]
        help: String,
    },
    /// `{entries}`
    #[error("`{{{name}}}` is {found}, which can't be put into a text")]
    #[diagnostic(code(messages::unspeakable_place), help("name a number, a day, a text, a word or a code"))]
    UnspeakablePlace {
        name: String,
        found: String,
        #[label("this is {found}")]
        at: Span,
    },
    /// `"{days_late"`
    #[error("a brace in the text is never closed")]
    #[diagnostic(code(messages::open_place), help("close it, `{{days_late}}`, or double it, `{{{{`, to show a brace"))]
    OpenPlace {
        #[label("no end")]
        at: Span,
    },
}
