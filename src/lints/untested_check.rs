//! A check that no example expects anything of.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{CheckId, SequentialityKind};
use crate::source::Span;
use crate::syntax::ast::CheckKind;

/// `rule class_group_linked { … }`, and no `expect class_group_linked …`
#[derive(Debug, Error, Diagnostic)]
#[error("no example tests `{name}`")]
#[diagnostic(
    code(lints::untested_check),
    severity(Advice),
    help("add an example on each side of its limit: `example \"…\" {{ given …  expect {name} violated }}`")
)]
struct UntestedCheck {
    name: String,
    #[label("never expected")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    let mut tested = vec![false; rulebook.checks.len()];
    for expectation in rulebook.examples.iter().flat_map(|example| &example.expectations) {
        let CheckId(id) = expectation.check;
        if let Some(known) = tested.get_mut(id as usize) {
            *known = true;
        }
    }
    let undeclared = format!("sequentiality_{}", SequentialityKind::Condition.word());
    for (check, _) in rulebook.checks.iter().zip(tested).filter(|(_, tested)| !tested) {
        // Lines with a condition may have been given this check without anybody writing it.
        if check.kind != CheckKind::Sequentiality || check.name != undeclared {
            problems.add(check.head, UntestedCheck { name: check.name.clone(), at: check.head });
        }
    }
}
