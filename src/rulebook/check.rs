//! Checks: what is demanded of whom, when, and what lifts it.

use crate::rulebook::{ArticleId, Expression, Label, Rounding, YearRange};
use crate::source::Span;
use crate::syntax::ast::{CheckKind, PriorState, PriorWhen};
use crate::vocabulary::Subject;

/// A check by its number, in the order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CheckId(pub(crate) u32);

/// One named check.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) name: String,
    /// Names it had before.
    pub(crate) formerly: Vec<String>,
    pub(crate) kind: CheckKind,
    pub(crate) subject: Subject,
    /// `for every entry`: dropped ones too
    pub(crate) dropped_too: bool,
    pub(crate) condition: Option<Expression>,
    pub(crate) in_force: YearRange,
    pub(crate) cohorts: YearRange,
    /// In the order of their labels.
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) needs_decision: Vec<NeedsDecision>,
    pub(crate) may_be_allowed: Vec<MayBeAllowed>,
    pub(crate) judged_from: Option<Expression>,
    pub(crate) never_waived: bool,
    pub(crate) severity: Severity,
    pub(crate) message: Texts,
    pub(crate) consequence: Texts,
    pub(crate) remedy: Texts,
    /// Nothing where the check only says when somebody must decide.
    pub(crate) requirement: Option<Requirement>,
    pub(crate) article: ArticleId,
    /// The citation of the requirement's clause, more exact than the article.
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
    /// The words up to the opening brace.
    pub(crate) head: Span,
    /// The clause that demands; the head where there is none.
    pub(crate) demanded_at: Span,
}

/// `severity …`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Severity {
    Advice,
    Warning,
    Error,
}

impl Severity {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The author's words in each language; empty where the author left them to the engine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) in_languages: Vec<(String, Template)>,
}

impl Texts {
    pub(crate) fn get(&self, language: &str) -> Option<&Template> {
        self.in_languages.iter().find(|(known, _)| known == language).map(|(_, template)| template)
    }
}

/// A text with places.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) parts: Vec<TemplatePart>,
}

/// A stretch of text or a place in it.
#[derive(Debug, Clone)]
pub(crate) enum TemplatePart {
    Text(String),
    /// `{isp.enrolled_credits}`: an expression over the check's subject
    Value(Expression),
    /// `{days_late}`: a value of the finding itself
    Named(String),
}

/// What must hold.
#[derive(Debug, Clone)]
pub(crate) enum Requirement {
    /// `require condition`
    Condition(Expression),
    /// `done … due …`
    Deadline(Deadline),
    /// `value … between … and …`
    Bound(Bound),
    /// The edges of one kind.
    Sequentiality(Sequentiality),
}

/// `done E [if any]`, `due …`
#[derive(Debug, Clone)]
pub(crate) struct Deadline {
    pub(crate) done: Expression,
    pub(crate) if_any: bool,
    pub(crate) due: Due,
}

/// `due …`
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) term: Term,
    /// `if no working day then the next one`
    pub(crate) next_working_day: bool,
    pub(crate) span: Span,
}

/// The term of a deadline; first and last day are both included.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    /// `on or before D`
    OnOrBefore(Expression),
    /// `before D`
    Before(Expression),
    /// `from D [to D]`, also a window's opening and closing
    From { from: Expression, to: Option<Expression> },
    /// `within N … after D`: the day after D is day 1
    WithinAfter { period: Expression, of: Expression },
    /// `within N … from D`: D is day 1
    WithinFrom { period: Expression, of: Expression },
}

/// `value E`, `between A and B`
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) value: Expression,
    /// How the value is rounded; nothing where it is not computed or is `unrounded`.
    pub(crate) rounding: Option<Rounding>,
    /// The clause itself says how it is rounded: `unrounded`, `rounded …`
    pub(crate) rounding_said: bool,
    pub(crate) minimum: Option<Side>,
    pub(crate) maximum: Option<Side>,
}

/// One side of a bound.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub(crate) limit: Expression,
    pub(crate) rounding: Option<Rounding>,
    /// The clause itself says how it is rounded: `unrounded`, `rounded …`
    pub(crate) rounding_said: bool,
    /// `more than`, `less than`
    pub(crate) strict: bool,
    pub(crate) span: Span,
}

/// What a replacing exception does to one side.
#[derive(Debug, Clone)]
pub(crate) enum SideChange {
    /// `no minimum`, `no maximum`
    Lifted(Span),
    /// `at most 66 credits`
    Set(Side),
}

/// Which sequentiality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SequentialityKind {
    /// `strictly after`, and `after N credits acquired`
    Strict,
    /// `flexibly after`
    Flexible,
    /// `together with`
    Simultaneous,
    /// `for holders of a … diploma`
    Diploma,
    /// `with permission of …` and `requires …`
    Condition,
}

impl SequentialityKind {
    pub(crate) const ALL: [Self; 5] = [Self::Strict, Self::Flexible, Self::Simultaneous, Self::Diploma, Self::Condition];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Flexible => "flexible",
            Self::Simultaneous => "simultaneous",
            Self::Diploma => "diploma",
            Self::Condition => "condition",
        }
    }
}

/// `sequentiality strict { prior completed or tolerated in an earlier semester }`
#[derive(Debug, Clone)]
pub(crate) struct Sequentiality {
    pub(crate) kind: SequentialityKind,
    /// Any of these suffices; empty for `diploma` and `condition`.
    pub(crate) parts: Vec<PriorPart>,
}

/// `completed or tolerated in an earlier semester`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PriorPart {
    pub(crate) states: Vec<PriorState>,
    pub(crate) when: PriorWhen,
}

/// An exception of a check by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ExceptionId(pub(crate) u32);

/// `except LABEL [over LABEL] when condition [{ … }]`
#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub(crate) label: Label,
    /// The exceptions that give way when this one applies.
    pub(crate) over: Vec<ExceptionId>,
    pub(crate) condition: Expression,
    pub(crate) effect: Effect,
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
}

/// What an exception does.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// The requirement is lifted.
    Lift,
    /// `{ require … }`
    Condition(Expression),
    /// `{ due … }`
    Due(Due),
    /// `{ at most … }`, `{ no minimum }`
    Bound { minimum: Option<SideChange>, maximum: Option<SideChange> },
    /// `{ prior … }`
    Sequentiality(Vec<PriorPart>),
}

/// `needs decision by "role" when condition`
#[derive(Debug, Clone)]
pub(crate) struct NeedsDecision {
    pub(crate) role: String,
    pub(crate) condition: Expression,
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
}

/// `may be allowed by "role" [when condition]`
#[derive(Debug, Clone)]
pub(crate) struct MayBeAllowed {
    pub(crate) role: String,
    pub(crate) condition: Option<Expression>,
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
}
