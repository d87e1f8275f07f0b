//! Exceptions that lift nothing, twice, or never.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with `except LABEL when …`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ExceptionProblem {
    /// two exceptions `late`
    #[error("the label `{label}` is given twice in this check")]
    #[diagnostic(code(exceptions::label_twice), help("a finding names the label, so each needs its own"))]
    LabelTwice {
        label: String,
        #[label("again here")]
        at: Span,
    },
    /// `except a over c` where no exception `c` is
    #[error("`over` names an unknown exception `{label}`")]
    #[diagnostic(code(exceptions::unknown_label))]
    UnknownLabel {
        label: String,
        #[label("no exception of this check")]
        at: Span,
        #[help]
        help: String,
    },
    /// `except a over b`, `except b over a`
    #[error("the exceptions stand over one another: {circle}")]
    #[diagnostic(code(exceptions::over_itself), help("only one of two can win"))]
    OverItself {
        circle: String,
        #[label("goes round in a circle")]
        at: Span,
    },
    /// `for isp where contract is diploma`, `except a when contract is credit`
    #[error("the exception `{label}` can never apply")]
    #[diagnostic(code(exceptions::never_applies))]
    NeverApplies {
        label: String,
        #[label("this")]
        at: Span,
        #[label("excludes this")]
        other: Option<Span>,
        #[help]
        help: &'static str,
    },
    /// `{ no minimum }` in a bound without one
    #[error("there is no {side} to lift")]
    #[diagnostic(code(exceptions::nothing_to_lift), help("the bound itself sets no {side}"))]
    NothingToLift {
        side: &'static str,
        #[label("lifts nothing")]
        at: Span,
    },
    /// `except a when c { }`
    #[error("the exception `{label}` replaces the requirement with nothing")]
    #[diagnostic(code(exceptions::empty_replacement), help("leave out the braces to lift the requirement, or say what holds instead"))]
    EmptyReplacement {
        label: String,
        #[label("nothing in the braces")]
        at: Span,
    },
    /// an exception in a check without a requirement
    #[error("the exception `{label}` lifts nothing, for nothing is required")]
    #[diagnostic(code(exceptions::nothing_required), help("put the case into the condition of `needs decision`"))]
    NothingRequired {
        label: String,
        #[label("nothing to lift")]
        at: Span,
    },
}
