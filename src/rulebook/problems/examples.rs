//! Examples that give what can't be given, or expect what can't be.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a `background`, an `example` or an `examples`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ExampleProblem {
    /// `expect isp_sendt violated`
    #[error("unknown check `{name}`")]
    #[diagnostic(code(examples::unknown_check))]
    UnknownCheck {
        name: String,
        #[label("no check of the set")]
        at: Span,
        #[help]
        help: String,
    },
    /// `expect isp_size excepted latecomers` where no exception has that label
    #[error("`{detail}` does not go with `{verdict}` of `{check}`")]
    #[diagnostic(code(examples::unknown_detail))]
    UnknownDetail {
        detail: String,
        verdict: &'static str,
        check: String,
        #[label("not of this check")]
        at: Span,
        #[help]
        help: String,
    },
    /// `expect isp_sent violated with dayslate 1`
    #[error("a finding of `{check}` has no value `{name}`")]
    #[diagnostic(code(examples::unknown_expected_value))]
    UnknownExpectedValue {
        check: String,
        name: String,
        #[label("no such value")]
        at: Span,
        #[help]
        help: String,
    },
    /// `given enrollment { … }`
    #[error("`{word}` can't be given")]
    #[diagnostic(code(examples::unknown_subject))]
    UnknownSubject {
        word: String,
        #[label("no subject of the record")]
        at: Span,
        #[help]
        help: String,
    },
    /// `given isp { stat: draft }`
    #[error("unknown field `{name}` of {subject}")]
    #[diagnostic(code(examples::unknown_field))]
    UnknownField {
        name: String,
        subject: &'static str,
        #[label("no field and no definition of {subject}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `given isp { state: 5 credits }`
    #[error("`{name}` needs {expected}, and this is {found}")]
    #[diagnostic(code(examples::wrong_value))]
    WrongValue {
        name: String,
        expected: String,
        found: String,
        #[label("does not fit")]
        at: Span,
        #[help]
        help: String,
    },
    /// `given isp { enrolled_credits: credits + 1 }`
    #[error("an example gives values, and this depends on the record")]
    #[diagnostic(code(examples::not_a_value), help("write the value itself: `27 credits`, `2023-10-15`, `diploma`"))]
    NotAValue {
        #[label("no value")]
        at: Span,
    },
    /// `given student { entry BM101 { … } }` where the entry belongs in an ISP
    #[error("{subject} does not stand in {owner}")]
    #[diagnostic(code(examples::wrong_owner))]
    WrongOwner {
        subject: &'static str,
        owner: &'static str,
        #[label("not here")]
        at: Span,
        #[help]
        help: String,
    },
    /// `given isp BM101 { … }`
    #[error("{subject} has no such key")]
    #[diagnostic(code(examples::wrong_key))]
    WrongKey {
        subject: &'static str,
        #[label("no key of {subject}")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// the same field twice in one `given`
    #[error("`{name}` is given twice")]
    #[diagnostic(code(examples::given_twice), help("keep one of the two"))]
    GivenTwice {
        name: String,
        #[label("again here")]
        at: Span,
    },
    /// two entries, and `expect CHECK violated` without `for`
    #[error("which {subject} is meant?")]
    #[diagnostic(code(examples::which_subject))]
    WhichSubject {
        subject: &'static str,
        #[label("{count} of them are given")]
        at: Span,
        count: usize,
        #[help]
        help: &'static str,
    },
    /// `expect exemption_ground violated` where no exemption is given
    #[error("no {subject} is given that `{check}` could be about")]
    #[diagnostic(code(examples::no_subject))]
    NoSubject {
        subject: &'static str,
        check: String,
        #[label("about nothing")]
        at: Span,
        #[help]
        help: String,
    },
    /// an example without `expect`
    #[error("the example expects nothing")]
    #[diagnostic(code(examples::expects_nothing), help("add `expect CHECK VERDICT`"))]
    ExpectsNothing {
        #[label("no `expect`")]
        at: Span,
    },
    /// a table without a column `verdict`
    #[error("the table has no column `verdict`")]
    #[diagnostic(code(examples::no_verdict_column), help("every row says which verdict it expects, under `verdict`"))]
    NoVerdictColumn {
        #[label("no `verdict` here")]
        at: Span,
    },
    /// `checked on 15 October`
    #[error("the day of the check needs its year")]
    #[diagnostic(code(examples::check_day), help("write the whole day: `checked on 2023-10-15`"))]
    CheckDay {
        #[label("no whole day")]
        at: Span,
    },
    /// two clauses `checked on`
    #[error("the day of the check is said twice")]
    #[diagnostic(code(examples::check_day_twice), help("keep one of the two"))]
    CheckDayTwice {
        #[label("again here")]
        at: Span,
    },
    /// `expect` in a background
    #[error("a background expects nothing")]
    #[diagnostic(code(examples::misplaced_expectation), help("put it into an example; a background only gives"))]
    MisplacedExpectation {
        #[label("not here")]
        at: Span,
    },
}
