//! Checks whose clauses do not make a whole.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with the clauses of a check.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum CheckProblem {
    /// two clauses `severity`
    #[error("`{clause}` is said twice")]
    #[diagnostic(code(checks::clause_twice), help("keep one of the two clauses, or join them"))]
    ClauseTwice {
        clause: &'static str,
        #[label("again here")]
        at: Span,
    },
    /// `value credits` in a rule
    #[error("`{clause}` does not belong in a {check}")]
    #[diagnostic(code(checks::clause_does_not_belong))]
    ClauseDoesNotBelong {
        clause: &'static str,
        /// `rule`, `deadline`, `bound`, `sequentiality`
        check: &'static str,
        #[label("not in a {check}")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// a rule without `require`
    #[error("the {check} `{name}` does not say {lacking}")]
    #[diagnostic(code(checks::missing_clause))]
    MissingClause {
        check: &'static str,
        name: String,
        /// `what it requires`
        lacking: &'static str,
        #[label("no such clause")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// `severity serious`
    #[error("unknown severity `{word}`")]
    #[diagnostic(code(checks::unknown_severity), help("severities are `error`, `warning` and `advice`"))]
    UnknownSeverity {
        word: String,
        #[label("no severity")]
        at: Span,
    },
    /// `between 72 credits and 27 credits`
    #[error("no value can be {minimum} and {maximum}")]
    #[diagnostic(code(checks::empty_bound), help("the smaller comes first: `between 27 credits and 72 credits`"))]
    EmptyBound {
        /// `at least 72`
        minimum: String,
        maximum: String,
        #[label("empty")]
        at: Span,
    },
    /// `due from 15 October 2023 to 1 October 2023`
    #[error("the term ends on {last}, before it begins on {first}")]
    #[diagnostic(code(checks::empty_term), help("the first day comes first"))]
    EmptyTerm {
        first: String,
        last: String,
        #[label("no day is in it")]
        at: Span,
    },
    /// `for every isp`
    #[error("`every` goes only with `entry`")]
    #[diagnostic(code(checks::misplaced_every), help("`for every entry` takes the dropped ones too; leave out `every` here"))]
    MisplacedEvery {
        #[label("no {subject} is ever left out")]
        at: Span,
        subject: &'static str,
    },
    /// `formerly isp_sent` where a check `isp_sent` still exists
    #[error("`{name}` is still the name of something else")]
    #[diagnostic(code(checks::former_name_taken), help("`formerly` gives a name that no other check has or had"))]
    FormerNameTaken {
        name: String,
        #[label("taken")]
        at: Span,
    },
    /// `sequentiality strikt { … }`
    #[error("unknown kind of sequentiality `{word}`")]
    #[diagnostic(code(checks::unknown_sequentiality))]
    UnknownSequentiality {
        word: String,
        #[label("no kind")]
        at: Span,
        #[help]
        help: String,
    },
    /// `value isp.state`
    #[error("a bound needs a number, and this is {found}")]
    #[diagnostic(code(checks::bound_without_number), help("`value` takes credits, a percentage, a score or a number; days belong in a deadline"))]
    BoundWithoutNumber {
        found: String,
        #[label("this is {found}")]
        at: Span,
    },
    /// `done 15 October 2023`
    #[error("`done` names the day on which it happened, and {found} never happens")]
    #[diagnostic(code(checks::done_is_no_event), help("name a day of the record: `done submitted_on`"))]
    DoneIsNoEvent {
        found: String,
        #[label("no day of the record")]
        at: Span,
    },
    /// `done enrolled_on + 1 month` under `months refuse`
    #[error("a month later may be a day that does not exist, which the regulation refuses")]
    #[diagnostic(
        code(checks::months_refused),
        severity(Warning),
        help("the record concerned gets no verdict; say `months round down` or `months round up` to decide it")
    )]
    MonthsRefused {
        #[label("31 January + 1 month?")]
        at: Span,
    },
    /// `every e in entries satisfies (no f in entries where f.course is e.course)`
    #[error("a list is compared with itself")]
    #[diagnostic(
        code(checks::list_with_itself),
        severity(Advice),
        help("the work grows with the square of its length; `count of distinct` or a relation such as `student acquired` may say the same")
    )]
    ListWithItself {
        #[label("looked through once for each of its own elements")]
        at: Span,
    },
    /// `for isp where contract is diploma and contract is credit`
    #[error("the check can never apply")]
    #[diagnostic(code(checks::never_applies), help("no {subject} can meet both conditions"))]
    NeverApplies {
        subject: &'static str,
        #[label("this")]
        first: Span,
        #[label("and this exclude each other")]
        second: Span,
    },
}
