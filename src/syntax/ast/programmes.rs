//! Programmes and their edges as they are written.

use crate::source::{Span, Spanned};
use crate::syntax::ast::Word;
use crate::syntax::expression::Expression;

/// `programme CODE "name" { edges }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Programme {
    pub(crate) code: Word,
    pub(crate) name: Option<Word>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) span: Span,
}

/// One line of a programme: `BM201 strictly after BM102`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edge {
    pub(crate) course: Word,
    pub(crate) demand: EdgeTerm,
    /// `as advice`
    pub(crate) advice: Option<Span>,
    pub(crate) per: Option<Word>,
    pub(crate) span: Span,
}

/// How a unit follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum EdgeKind {
    /// `strictly after`
    Strict,
    /// `flexibly after`
    Flexible,
    /// `together with`
    Simultaneous,
}

/// The right-hand side of an edge; each leaf carries the kind that holds where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EdgeTerm {
    pub(crate) kind: EdgeTermKind,
    pub(crate) span: Span,
}

/// The terms of an edge.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum EdgeTermKind {
    /// `BM102`
    Unit { kind: EdgeKind, course: Word },
    /// `all of phase 1` (a number or `own phase`)
    AllOfPhase { kind: EdgeKind, phase: Expression },
    /// `all units where c`
    AllUnits { kind: EdgeKind, condition: Option<Expression> },
    /// `all chosen units where c`
    AllChosenUnits { kind: EdgeKind, condition: Option<Expression> },
    /// `2 of (BM101, BM102, BM103)`
    NumberOf { number: Spanned<u32>, terms: Vec<EdgeTerm> },
    /// `a and b`
    And(Vec<EdgeTerm>),
    /// `a or b`
    Or(Vec<EdgeTerm>),
    /// `102 credits acquired`
    CreditsAcquired(Expression),
    /// `for holders of a bachelor diploma`
    HoldersOf(Word),
    /// `with permission of "role"`
    Permission(Word),
    /// `requires condition`
    Requires(Expression),
}
