//! A bound whose examples stay on one side of a limit, so that moving the limit would go unseen.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{
    Bound, Check, CheckId, Constant, Example, Expectation, ExpectedVerdict, Expression, ExpressionKind, GivenRow, GivenValue, Requirement, Side,
    Variable,
};
use crate::source::Span;
use crate::vocabulary::Exact;

/// `at least 27 credits`, and no example with 26.
#[derive(Debug, Error, Diagnostic)]
#[error("no example of `{name}` {lacks}")]
#[diagnostic(code(lints::untested_side), severity(Advice), help("add one just there, so that a limit moved by mistake is seen"))]
struct UntestedSide {
    name: String,
    /// `lies below 27`, `satisfies it`
    lacks: String,
    #[label("tried from one side only")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    for (index, check) in (0..).zip(&rulebook.checks) {
        let Some(Requirement::Bound(bound)) = &check.requirement else { continue };
        let tried: Vec<Tried> = rulebook.examples.iter().flat_map(|example| tried(example, CheckId(index), bound)).collect();
        if tried.is_empty() {
            continue;
        }
        if !tried.iter().any(|tried| tried.verdict == ExpectedVerdict::Satisfied) {
            problems.add(check.demanded_at, UntestedSide { name: check.name.clone(), lacks: "satisfies it".to_owned(), at: check.demanded_at });
        }
        for (side, wrong) in [(bound.minimum.as_ref(), "below"), (bound.maximum.as_ref(), "above")] {
            if let Some(side) = side {
                one_sided(check, (side, wrong), &tried, problems);
            }
        }
    }
}

/// A value that an example gives, and the verdict it expects.
struct Tried {
    value: Option<Exact>,
    verdict: ExpectedVerdict,
}

fn tried(example: &Example, id: CheckId, bound: &Bound) -> Vec<Tried> {
    let about = example.expectations.iter().filter(|expectation| expectation.check == id);
    about.map(|expectation| Tried { value: given(example, expectation, &bound.value), verdict: expectation.verdict }).collect()
}

/// The number that the example gives for the bound's value, where that is a field or a definition of the row itself.
fn given(example: &Example, expectation: &Expectation, value: &Expression) -> Option<Exact> {
    let row: &GivenRow = example.row(expectation.row?);
    let own = |of: &Expression| matches!(*of.kind, ExpressionKind::Variable(Variable::THIS));
    let mut given = None;
    if let ExpressionKind::Field { row: of, field } = value.kind.as_ref()
        && own(of)
    {
        given = row.field(*field);
    }
    if let ExpressionKind::Definition { row: of, definition } = value.kind.as_ref()
        && own(of)
    {
        given = row.definitions.iter().find(|(id, _)| id == definition).map(|(_, value)| *value);
    }
    if let Some(GivenValue::Constant(Constant::Number(number))) = given { Some(number) } else { None }
}

fn one_sided(check: &Check, (side, wrong): (&Side, &str), tried: &[Tried], problems: &mut Problems) {
    let violated = |tried: &&Tried| tried.verdict == ExpectedVerdict::Violated;
    let limit = if let ExpressionKind::Constant(Constant::Number(limit)) = *side.limit.kind { Some(limit) } else { None };
    let beyond = |tried: &Tried| match (limit, tried.value) {
        (Some(limit), Some(value)) if wrong == "below" => value < limit || (side.strict && value == limit),
        (Some(limit), Some(value)) => value > limit || (side.strict && value == limit),
        // What is not given outright may lie anywhere.
        _ => true,
    };
    if !tried.iter().filter(violated).any(beyond) {
        let text = limit.map_or_else(|| "its limit".to_owned(), |limit| limit.to_string());
        problems.add(side.span, UntestedSide { name: check.name.clone(), lacks: format!("lies {wrong} {text}"), at: side.span });
    }
}
