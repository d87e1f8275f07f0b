//! Checks and their clauses as they are written.

use crate::source::{Span, Spanned};
use crate::syntax::ast::{InLanguage, Rounding, Word, Years};
use crate::syntax::expression::Expression;

/// Which check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CheckKind {
    /// `deadline NAME { … }`
    Deadline,
    /// `bound NAME { … }`
    Bound,
    /// `rule NAME { … }`
    Rule,
    /// `sequentiality KIND { … }`
    Sequentiality,
}

/// A check: one named requirement with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) kind: CheckKind,
    /// The name, or the kind of sequentiality (`strict`).
    pub(crate) name: Word,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) span: Span,
    /// The words up to the opening brace.
    pub(crate) head: Span,
}

/// One clause, with its own citation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) kind: ClauseKind,
    /// `per "…"` at its end.
    pub(crate) per: Option<Word>,
    pub(crate) span: Span,
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ClauseKind {
    /// `for [every] entry [where condition]`
    For {
        every: Option<Span>,
        subject: Word,
        condition: Option<Expression>,
    },
    /// `in force from YEAR [until YEAR]`
    InForce(Years),
    /// `cohorts from YEAR [until YEAR]`
    Cohorts(Years),
    /// `except LABEL [over LABEL] when condition [{ other requirement }]`
    Except {
        label: Word,
        over: Vec<Word>,
        condition: Expression,
        replacement: Option<Vec<Clause>>,
    },
    /// `needs decision by "role" when condition`
    NeedsDecision {
        role: Word,
        condition: Expression,
    },
    /// `may be allowed by "role" when condition`
    MayBeAllowed {
        role: Word,
        condition: Option<Expression>,
    },
    /// `judged from D`
    JudgedFrom(Expression),
    /// `never waived`
    NeverWaived,
    /// `severity warning`
    Severity(Word),
    /// `message en "…"`
    Message(InLanguage),
    /// `consequence en "…"`
    Consequence(InLanguage),
    /// `remedy en "…"`
    Remedy(InLanguage),
    /// `formerly old_name`
    Formerly(Vec<Word>),
    /// `require condition`
    Require(Expression),
    /// `done E [if any]`
    Done {
        event: Expression,
        if_any: bool,
    },
    /// `due …`
    Due(Due),
    /// `value E [unrounded | rounded …]`
    Value {
        value: Expression,
        rounding: Option<ClauseRounding>,
    },
    /// `at least E`, `between A and B`, `no maximum`, …
    Limit {
        limit: Limit,
        rounding: Option<ClauseRounding>,
    },
    /// The states of a sequentiality: `prior completed or tolerated in an earlier semester`
    Prior(Vec<PriorPart>),
    /// `student holds the diploma`
    HoldsDiploma,
    Junk,
}

/// `unrounded` or `rounded …` at the end of a bound's value or limit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ClauseRounding {
    /// `unrounded`
    Unrounded(Span),
    /// `rounded half up to 0.5`
    Rounded(Rounding),
}

/// When a deadline's event is due.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    pub(crate) term: Term,
    /// `if no working day then the next one`
    pub(crate) next_working_day: Option<Span>,
    pub(crate) span: Span,
}

/// The term of a deadline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    /// `on or before D`
    OnOrBefore(Expression),
    /// `before D`
    Before(Expression),
    /// `from D [to D]`
    From { from: Expression, to: Option<Expression> },
    /// `within N … after D`: the day after D is day 1
    WithinAfter { period: Expression, of: Expression },
    /// `within N … from D`: D is day 1
    WithinFrom { period: Expression, of: Expression },
    /// `within window(NAME, semester N)`
    WithinWindow(Expression),
    /// `by D`, which says neither: accepted in order to say so.
    By(Expression),
}

/// The limit of a bound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Limit {
    /// `at least E`
    AtLeast(Expression),
    /// `at most E`
    AtMost(Expression),
    /// `more than E`
    MoreThan(Expression),
    /// `less than E`
    LessThan(Expression),
    /// `between A and B`
    Between(Expression, Expression),
    /// `exactly E`
    Exactly(Expression),
    /// `no minimum`
    NoMinimum,
    /// `no maximum`
    NoMaximum,
}

/// `completed or tolerated in an earlier semester`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PriorPart {
    pub(crate) states: Vec<Spanned<PriorState>>,
    pub(crate) when: PriorWhen,
    pub(crate) span: Span,
}

/// The state a prior unit must be in; also a condition: `needs decision … when prior exempted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PriorState {
    /// `completed`: the credit is obtained
    Completed,
    /// `tolerated`: a tolerable fail mark is used
    Tolerated,
    /// `exempted`
    Exempted,
    /// `scheduled`: was in an ISP, not dropped
    Scheduled,
}

/// When the prior unit must have been in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PriorWhen {
    /// `in an earlier semester`
    EarlierSemester,
    /// `in an earlier year`
    EarlierYear,
    /// `in the same or an earlier semester`
    SameOrEarlierSemester,
    /// `in the same registration`
    SameRegistration,
    /// `at any time`
    AnyTime,
}
