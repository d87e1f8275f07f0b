//! What can keep a file from being formatted.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a layout.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum FormatProblem {
    /// The formatted text, read again, does not say what the file says.
    #[error("the file was left as it is, because formatting it would change what it says")]
    #[diagnostic(
        code(format::would_change_meaning),
        help("a name that is also a word of the language probably stands where a line would have to begin; give it another name")
    )]
    WouldChangeMeaning {
        #[label("this file is not formatted")]
        at: Span,
    },
}
