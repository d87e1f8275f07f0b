//! The tree that `explain` shows: every node of the walk with its value. The walk that only judges records nothing and pays nothing.

use crate::records::CodeId;
use crate::rulebook::{DefinitionId, ExceptionId};
use crate::source::Span;
use crate::verdicts::{NamedValue, SubjectRow};
use crate::vocabulary::Exact;

/// A node of the walk: where the text stands, what it is and what came out of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trace {
    pub(crate) span: Option<Span>,
    pub(crate) what: Step,
    pub(crate) value: NamedValue,
    /// The exact value before it was rounded.
    pub(crate) raw: Option<Exact>,
    pub(crate) notes: Vec<Note>,
    pub(crate) children: Vec<Trace>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The whole check.
    Check,
    /// `cohorts from …`
    Cohorts,
    /// `for … where …`
    For,
    /// `except LABEL when …`
    Exception(ExceptionId),
    /// `needs decision by … when …`, by its number in the check
    NeedsDecision(usize),
    /// What is demanded, with what exceptions make of it.
    Requirement,
    /// `done …`
    Event,
    /// The first day of a term.
    FirstDay,
    /// The last day of a term.
    LastDay,
    /// `value …`
    BoundValue,
    /// `at least …`
    Minimum,
    /// `at most …`
    Maximum,
    /// A term of an edge.
    Demand,
    /// A prior unit that an edge asks for.
    Prior(CodeId),
    /// `judged from D`
    JudgedFrom,
    /// `may be allowed by … when …`, by its number in the check
    MayBeAllowed(usize),
    /// A decision of the record that was looked at: its row.
    Decision(u32),
    /// An element of a list.
    Element(SubjectRow),
    /// A definition, with its own text inside.
    Definition(DefinitionId),
    /// Any other expression; its words are the text of the span.
    Expression,
}

/// What is worth saying about a node beside its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Note {
    /// The exception applies.
    Applies,
    /// The exception applies, but another one goes before it.
    GivesWayTo(ExceptionId),
    /// The condition is not known, and was tried both ways.
    TriedBothWays,
    /// An example gave this value in place of the definition.
    Given,
    /// The definition was computed before, further up.
    SeenBefore,
    /// The decision is about this check and this subject, and valid.
    Fits,
    /// The decision is about something else or not valid.
    DoesNotFit,
}

/// Who listens to the walk.
pub(crate) trait Recorder {
    /// Whether anybody will read it: then the walk goes on where the result is settled already.
    const LISTENS: bool;

    fn enter(&mut self, what: Step, span: Option<Span>);
    /// The value of the node entered last, which this ends.
    fn leave(&mut self, value: impl FnOnce() -> NamedValue);
    /// The exact value before rounding, of the node that is open.
    fn raw(&mut self, raw: Exact);
    /// Something about the node that is open.
    fn note(&mut self, note: Note);
}

/// Nobody listens.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Silent;

impl Recorder for Silent {
    const LISTENS: bool = false;

    #[inline]
    fn enter(&mut self, _: Step, _: Option<Span>) {}
    #[inline]
    fn leave(&mut self, _: impl FnOnce() -> NamedValue) {}
    #[inline]
    fn raw(&mut self, _: Exact) {}
    #[inline]
    fn note(&mut self, _: Note) {}
}

/// Keeps the whole tree.
#[derive(Debug, Default)]
pub(crate) struct Tracing {
    open: Vec<Trace>,
    done: Vec<Trace>,
}

impl Tracing {
    /// The trees that were walked, in order.
    pub(crate) fn finish(self) -> Vec<Trace> {
        self.done
    }
}

impl Recorder for Tracing {
    const LISTENS: bool = true;

    fn enter(&mut self, what: Step, span: Option<Span>) {
        self.open.push(Trace { span, what, value: NamedValue::Unknown, raw: None, notes: Vec::new(), children: Vec::new() });
    }

    fn leave(&mut self, value: impl FnOnce() -> NamedValue) {
        let Some(mut node) = self.open.pop() else { return };
        node.value = value();
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.done.push(node),
        }
    }

    fn raw(&mut self, raw: Exact) {
        if let Some(node) = self.open.last_mut() {
            node.raw = Some(raw);
        }
    }

    fn note(&mut self, note: Note) {
        if let Some(node) = self.open.last_mut() {
            node.notes.push(note);
        }
    }
}
