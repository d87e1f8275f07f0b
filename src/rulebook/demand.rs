//! Who comes after whom: the edges of programmes, from rule text or from the catalogue.

use crate::records::CodeId;
use crate::rulebook::{ArticleId, Expression, SequentialityKind, Variable};
use crate::source::Span;
use crate::syntax::ast::EdgeKind;

/// An edge by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EdgeId(pub(crate) u32);

/// One line of a programme: `BM201 strictly after BM102`.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) programme: CodeId,
    pub(crate) course: CodeId,
    /// The kind that the line begins with; its check judges the whole line.
    pub(crate) kind: SequentialityKind,
    pub(crate) demand: Demand,
    /// `as advice`: not binding
    pub(crate) advice: bool,
    /// The academic year of the catalogue that says it; any year for rule text.
    pub(crate) year: Option<i32>,
    pub(crate) article: ArticleId,
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
}

/// What the line asks, with its place.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(crate) kind: DemandKind,
    pub(crate) span: Span,
}

/// The terms of an edge. Units are judged by the sequentiality of the kind that holds where they stand.
#[derive(Debug, Clone)]
pub(crate) enum DemandKind {
    /// `BM102`
    Unit { kind: EdgeKind, course: CodeId },
    /// `all of phase 1`, `all units where c`: every unit of the programme for which the condition holds; the unit is bound to `element`
    AllUnits { kind: EdgeKind, element: Variable, condition: Option<Expression> },
    /// `all chosen units where c`: the same, of those in some ISP of the student
    AllChosenUnits { kind: EdgeKind, element: Variable, condition: Option<Expression> },
    /// `2 of (a, b, c)`
    NumberOf { number: u32, demands: Vec<Demand> },
    /// `a and b`
    And(Vec<Demand>),
    /// `a or b`
    Or(Vec<Demand>),
    /// `102 credits acquired`: passed in this programme
    CreditsAcquired(Expression),
    /// `for holders of a bachelor diploma`: the level's index
    HoldersOf(i32),
    /// `with permission of "role"`
    Permission(String),
    /// `requires condition`
    Requires(Expression),
}
