//! A strict sequentiality that says nothing of exempted units: whether an exemption counts is then the engine's reading, not the regulation's.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Check, Condition, Effect, Expression, ExpressionKind, Requirement, SequentialityKind};
use crate::source::Span;
use crate::syntax::ast::PriorState;

/// `sequentiality strict { prior completed in an earlier semester }`
#[derive(Debug, Error, Diagnostic)]
#[error("nothing says whether an exempted unit counts as done")]
#[diagnostic(
    code(lints::silent_on_exemptions),
    severity(Warning),
    help("say `or exempted at any time`, or leave it to somebody: `needs decision by \"…\" when prior exempted`")
)]
struct SilentOnExemptions {
    #[label("silent on exemptions")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    for check in &rulebook.checks {
        let Some(Requirement::Sequentiality(sequentiality)) = &check.requirement else { continue };
        let counted = sequentiality.parts.iter().any(|part| part.states.contains(&PriorState::Exempted));
        if sequentiality.kind == SequentialityKind::Strict && !counted && !speaks_of_exemptions(check) {
            problems.add(check.demanded_at, SilentOnExemptions { at: check.demanded_at });
        }
    }
}

/// Whether a clause around the requirement asks about exempted prior units.
fn speaks_of_exemptions(check: &Check) -> bool {
    let replaced = check.exceptions.iter().any(|exception| match &exception.effect {
        Effect::Sequentiality(parts) => parts.iter().any(|part| part.states.contains(&PriorState::Exempted)),
        Effect::Lift | Effect::Condition(_) | Effect::Due(_) | Effect::Bound { .. } => false,
    });
    replaced || check.expressions().into_iter().any(asks_for_exempted)
}

fn asks_for_exempted(expression: &Expression) -> bool {
    let mut asks = false;
    expression.walk(&mut |part| {
        if let ExpressionKind::Condition(Condition::Prior { states, .. }) = part.kind.as_ref() {
            asks |= states.contains(&PriorState::Exempted);
        }
    });
    asks
}
