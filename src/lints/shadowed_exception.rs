//! An exception that never has its way: wherever it applies, one that stands over it applies too.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Check, Condition, ExceptionId, Expression, ExpressionKind};
use crate::source::Span;

/// `except a when x and y`, `except b over a when x`
#[derive(Debug, Error, Diagnostic)]
#[error("the exception `{label}` never has its way")]
#[diagnostic(code(lints::shadowed_exception), severity(Warning), help("wherever it applies, `{winner}` applies too and stands over it"))]
struct ShadowedException {
    label: String,
    winner: String,
    #[label("always gives way")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    for check in &rulebook.checks {
        for (index, exception) in (0..).map(ExceptionId).zip(&check.exceptions) {
            let winner =
                check.exceptions.iter().find(|winner| winner.over.contains(&index) && implies(&exception.condition, &winner.condition, check));
            if let Some(winner) = winner {
                let (label, winner, at) = (exception.label.value.clone(), winner.label.value.clone(), exception.label.span);
                problems.add(at, ShadowedException { label, winner, at });
            }
        }
    }
}

/// Whether the second condition holds wherever the first does: each of its parts is one of the first's, or of the check's `for`.
fn implies(one: &Expression, other: &Expression, check: &Check) -> bool {
    let mut known = conjuncts(one);
    known.extend(check.condition.iter().flat_map(conjuncts));
    conjuncts(other).iter().all(|part| known.contains(part))
}

fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    if let ExpressionKind::Condition(Condition::And(parts)) = condition.kind.as_ref() { parts.iter().collect() } else { vec![condition] }
}
