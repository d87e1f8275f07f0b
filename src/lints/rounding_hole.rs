//! A computed bound in a regulation without a rounding rule: 29.6 % is compared as 29.6, which may not be what the text means.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Bound, Expression, ExpressionKind, Requirement, Type};
use crate::source::Span;

/// `value study_efficiency`, and no `rounding …` in the regulation.
#[derive(Debug, Error, Diagnostic)]
#[error("the regulation does not say how `{name}` is rounded")]
#[diagnostic(
    code(lints::rounding_hole),
    severity(Warning),
    help("say `rounding half up to whole` in the regulation, or `rounded …` or `unrounded` here")
)]
struct RoundingHole {
    name: String,
    #[label("a computed value, compared with all its decimals")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    if rulebook.regulation.rounding.is_some() {
        return;
    }
    for check in &rulebook.checks {
        let Some(Requirement::Bound(Bound { value, rounding_said, minimum, maximum, .. })) = &check.requirement else { continue };
        let sides = minimum.iter().chain(maximum).map(|side| (&side.limit, side.rounding_said));
        let open = std::iter::once((value, *rounding_said)).chain(sides).find(|(value, said)| !said && is_computed(value));
        if let Some((value, _)) = open {
            problems.add(value.span, RoundingHole { name: check.name.clone(), at: value.span });
        }
    }
}

/// Whether a value may have decimals that no record gave it.
fn is_computed(value: &Expression) -> bool {
    let written = matches!(*value.kind, ExpressionKind::Field { .. } | ExpressionKind::Constant(_) | ExpressionKind::Rounded { .. });
    !written && value.kind_of_value != Type::Integer
}
