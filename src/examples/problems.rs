//! What can be wrong with an example: what it expects is not what comes out, or it can't be run.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// Why an example is not kept.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ExampleProblem {
    /// `expect isp_size satisfied`, and it is violated
    #[error("{example}: expected {expected}, found {found}")]
    #[diagnostic(code(examples::other_verdict))]
    OtherVerdict {
        example: String,
        expected: String,
        found: String,
        #[label("expected here")]
        at: Span,
        #[help]
        why: String,
    },
    /// `with days_late 1`, and it is 2
    #[error("{example}: expected {name} {expected}, found {found}")]
    #[diagnostic(code(examples::other_value))]
    OtherValue {
        example: String,
        name: String,
        expected: String,
        found: String,
        #[label("expected here")]
        at: Span,
        #[help]
        why: String,
    },
    /// no `checked on`, and a deadline that passes
    #[error("{example}: the verdict depends on the day of the check")]
    #[diagnostic(code(examples::depends_on_the_day), help("it is {first} on {first_day} and {other} on {other_day}; say `checked on` a day"))]
    DependsOnTheDay {
        example: String,
        first: String,
        first_day: String,
        other: String,
        other_day: String,
        #[label("expected here")]
        at: Span,
    },
    /// `given dossier "r9"`, and no record is of r9
    #[error("no record of `{student}`")]
    #[diagnostic(code(examples::unknown_dossier), help("an example may start from a record of the world that `ispect.toml` names"))]
    UnknownDossier {
        student: String,
        #[label("not among the records")]
        at: Span,
    },
    /// `expect entry_credits for BM201 satisfied`, and the record has no entry of BM201
    #[error("{example}: `{check}` is about one {word}, and the record has {count}")]
    #[diagnostic(code(examples::not_in_the_record), help("give the {word} in the example, or say which one is meant: `expect CHECK for BM101 …`"))]
    NotInTheRecord {
        example: String,
        check: String,
        word: &'static str,
        count: usize,
        #[label("expected here")]
        at: Span,
    },
}

impl ExampleProblem {
    pub(super) fn at(&self) -> Span {
        match self {
            Self::OtherVerdict { at, .. }
            | Self::OtherValue { at, .. }
            | Self::DependsOnTheDay { at, .. }
            | Self::UnknownDossier { at, .. }
            | Self::NotInTheRecord { at, .. } => *at,
        }
    }
}
