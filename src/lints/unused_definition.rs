//! A definition that no check, no edge and no other definition in use names.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{DefinitionId, Expression, ExpressionKind};
use crate::source::Span;

/// `define enrolled_credits of isp = …`, and nothing ever asks for it.
#[derive(Debug, Error, Diagnostic)]
#[error("the definition `{name}` is never used")]
#[diagnostic(code(lints::unused_definition), severity(Warning), help("name it in a check or in a definition that one uses, or take it out"))]
struct UnusedDefinition {
    name: String,
    #[label("nothing asks for it")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    let mut used = vec![false; rulebook.definitions.len()];
    let of_checks = rulebook.checks.iter().flat_map(|check| check.expressions());
    let mut waiting: Vec<&Expression> = of_checks.chain(rulebook.edges.iter().flat_map(|edge| edge.expressions())).collect();
    while let Some(next) = waiting.pop() {
        for id in definitions_in(next) {
            if let Some(known) = used.get_mut(id.0 as usize)
                && !std::mem::replace(known, true)
            {
                waiting.push(&rulebook.definition(id).value);
            }
        }
    }
    for (definition, _) in rulebook.definitions.iter().zip(used).filter(|(_, used)| !used) {
        problems.add(definition.span, UnusedDefinition { name: definition.name.clone(), at: definition.span });
    }
}

fn definitions_in(expression: &Expression) -> Vec<DefinitionId> {
    let mut found = Vec::new();
    expression.walk(&mut |part| {
        if let ExpressionKind::Definition { definition, .. } = *part.kind {
            found.push(definition);
        }
    });
    found
}
