//! Lines of programmes that lead nowhere or round in a circle.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with an edge.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum EdgeProblem {
    /// `BM201 strictly after NU101` in PB-BM
    #[error("`{course}` is no unit of `{programme}`")]
    #[diagnostic(code(edges::outside_programme))]
    OutsideProgramme {
        course: String,
        programme: String,
        #[label("not in the programme")]
        at: Span,
        #[help]
        help: String,
    },
    /// `BM201 strictly after BM102`, `BM102 strictly after BM201`
    #[error("nobody can ever take these units: {circle}")]
    #[diagnostic(code(edges::cycle), help("each must come after the next; one of the lines has to go"))]
    Cycle {
        /// `BM201 after BM102 after BM201`
        circle: String,
        #[label("part of the circle")]
        at: Span,
    },
    /// `2 of ()`
    #[error("{number} of nothing can't be met")]
    #[diagnostic(code(edges::empty_choice), help("name the units: `2 of (BM101, BM102, BM103)`"))]
    EmptyChoice {
        number: u32,
        #[label("no units")]
        at: Span,
    },
    /// `3 of (BM101, BM102)`
    #[error("{number} of {count} can't be met")]
    #[diagnostic(code(edges::oversized_choice), help("ask for at most {count}, or name more units"))]
    OversizedChoice {
        number: u32,
        count: usize,
        #[label("more than there are")]
        at: Span,
    },
    /// `0 of (BM101)`
    #[error("0 of them asks for nothing")]
    #[diagnostic(code(edges::idle_choice), help("ask for at least one, or leave it out"))]
    IdleChoice {
        #[label("always met")]
        at: Span,
    },
    /// an edge `flexibly after` without `sequentiality flexible { … }`
    #[error("nothing says what `{word}` means in this regulation")]
    #[diagnostic(code(edges::missing_sequentiality), help("declare it once: `sequentiality {word} {{ {example} }}`"))]
    MissingSequentiality {
        word: &'static str,
        example: &'static str,
        #[label("asks for it")]
        at: Span,
    },
    /// `all of phase 7`
    #[error("`{programme}` has no units in phase {phase}")]
    #[diagnostic(code(edges::empty_phase), help("its phases are {phases}"))]
    EmptyPhase {
        programme: String,
        phase: String,
        phases: String,
        #[label("no unit stands there")]
        at: Span,
    },
    /// `for holders of a batchelor diploma`
    #[error("unknown level of diploma `{level}`")]
    #[diagnostic(code(edges::unknown_level))]
    UnknownLevel {
        level: String,
        #[label("no level")]
        at: Span,
        #[help]
        help: String,
    },
    /// an arrow of the catalogue to a unit that does not exist
    #[error("the catalogue demands `{course}` for `{of}`, and {why}")]
    #[diagnostic(code(edges::dangling), severity(Warning), help("the line can't be met as it stands; correct the catalogue{nearest}"))]
    Dangling {
        course: String,
        of: String,
        /// `no such unit exists`
        why: String,
        /// `` ; did it mean `BM102`? ``
        nearest: String,
        #[label("leads nowhere")]
        at: Span,
    },
    /// an arrow of the catalogue that can't be read
    #[error("an arrow of the catalogue can't be read: `{text}`")]
    #[diagnostic(code(edges::unreadable), severity(Warning), help("{reason}; arrows are written as in a rule file: `BM102 and (BM103 or BM104)`"))]
    Unreadable {
        text: String,
        reason: String,
        #[label("left out of the check")]
        at: Span,
    },
}
