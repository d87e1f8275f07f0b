//! Definitions that say nothing, or too much.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a `define`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum DefinitionProblem {
    /// `define a of isp = b`, `define b of isp = a`
    #[error("the definitions go round in a circle: {circle}")]
    #[diagnostic(code(definitions::cycle), help("say at least one of them without the others"))]
    Cycle {
        /// `` `a` → `b` → `a` ``
        circle: String,
        #[label("needs itself")]
        at: Span,
    },
    /// `define x of isp: percent = 5 credits`
    #[error("`{name}` is declared as {declared} and is {found}")]
    #[diagnostic(code(definitions::declared_differently))]
    DeclaredDifferently {
        name: String,
        declared: String,
        found: String,
        #[label("this is {found}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `define x of isp: credit = …`
    #[error("unknown type `{words}`")]
    #[diagnostic(code(definitions::unknown_type))]
    UnknownType {
        words: String,
        #[label("no type")]
        at: Span,
        #[help]
        help: String,
    },
    /// sixty-five definitions, each of the next
    #[error("`{name}` stands on more than {most} definitions, one on top of the other")]
    #[diagnostic(code(definitions::too_deep), help("nobody can follow such a chain; say some of them in one"))]
    TooDeep {
        name: String,
        most: usize,
        #[label("too many steps down")]
        at: Span,
    },
}
