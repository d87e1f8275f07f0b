//! A line of a programme that is there twice.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Demand, DemandKind, Edge};
use crate::source::Span;

/// `BM201 strictly after BM102`, twice.
#[derive(Debug, Error, Diagnostic)]
#[error("this line is there twice")]
#[diagnostic(code(lints::repeated_edge), severity(Warning), help("take one of them out: a finding would tell the same twice"))]
struct RepeatedEdge {
    #[label("the same again")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    // Edges stand in the order of programme and course, so those that can be the same are neighbours.
    for of_course in rulebook.edges.chunk_by(|one, other| (one.programme, one.course) == (other.programme, other.course)) {
        for (index, edge) in of_course.iter().enumerate() {
            if of_course.iter().take(index).any(|earlier| same(earlier, edge)) {
                problems.add(edge.span, RepeatedEdge { at: edge.span });
            }
        }
    }
}

fn same(one: &Edge, other: &Edge) -> bool {
    let years = one.year.is_none() || other.year.is_none() || one.year == other.year;
    years && one.advice == other.advice && same_demand(&one.demand, &other.demand)
}

// Demands nest as deep as the parser lets them, which is little.
fn same_demand(one: &Demand, other: &Demand) -> bool {
    let all = |some: &[Demand], others: &[Demand]| some.len() == others.len() && some.iter().zip(others).all(|(one, other)| same_demand(one, other));
    match (&one.kind, &other.kind) {
        (DemandKind::Unit { kind, course }, DemandKind::Unit { kind: other_kind, course: other_course }) => {
            (kind, course) == (other_kind, other_course)
        }
        (DemandKind::AllUnits { kind, condition, .. }, DemandKind::AllUnits { kind: other_kind, condition: other_condition, .. })
        | (DemandKind::AllChosenUnits { kind, condition, .. }, DemandKind::AllChosenUnits { kind: other_kind, condition: other_condition, .. }) => {
            (kind, condition) == (other_kind, other_condition)
        }
        (DemandKind::NumberOf { number, demands }, DemandKind::NumberOf { number: other_number, demands: others }) => {
            number == other_number && all(demands, others)
        }
        (DemandKind::And(demands), DemandKind::And(others)) | (DemandKind::Or(demands), DemandKind::Or(others)) => all(demands, others),
        (DemandKind::CreditsAcquired(one), DemandKind::CreditsAcquired(other)) | (DemandKind::Requires(one), DemandKind::Requires(other)) => {
            one == other
        }
        (DemandKind::HoldersOf(one), DemandKind::HoldersOf(other)) => one == other,
        (DemandKind::Permission(one), DemandKind::Permission(other)) => one == other,
        _ => false,
    }
}
