//! Terms of one event, or from one day, of which some count calendar days and others working days.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Constant, Due, Effect, Expression, ExpressionKind, Requirement, Rulebook, Term};
use crate::source::Span;

/// `within 7 calendar days after filed_on` beside `within 5 working days after filed_on`
#[derive(Debug, Error, Diagnostic)]
#[error("terms about the same day count {these} days here and {those} days elsewhere")]
#[diagnostic(code(lints::mixed_days), severity(Advice), help("the other stands in `{other}`; is one of them a slip?"))]
struct MixedDays {
    these: &'static str,
    those: &'static str,
    other: String,
    #[label("{these} days")]
    at: Span,
}

/// A term that counts days.
struct Counted<'a> {
    check: &'a str,
    done: &'a Expression,
    of: &'a Expression,
    kind: &'static str,
    at: Span,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    let counted = counted(rulebook);
    for (index, term) in counted.iter().enumerate() {
        let same = |other: &&Counted<'_>| other.kind != term.kind && (other.done == term.done || other.of == term.of);
        if let Some(other) = counted.iter().take(index).find(same) {
            let (these, those, other, at) = (term.kind, other.kind, other.check.to_owned(), term.at);
            problems.add(at, MixedDays { these, those, other, at });
        }
    }
}

fn counted(rulebook: &Rulebook) -> Vec<Counted<'_>> {
    let mut found = Vec::new();
    for check in &rulebook.checks {
        let Some(Requirement::Deadline(deadline)) = &check.requirement else { continue };
        let others = check.exceptions.iter().filter_map(|exception| if let Effect::Due(due) = &exception.effect { Some(due) } else { None });
        for due in std::iter::once(&deadline.due).chain(others) {
            if let Some((of, kind)) = days_of(due) {
                found.push(Counted { check: &check.name, done: &deadline.done, of, kind, at: due.span });
            }
        }
    }
    found
}

fn days_of(due: &Due) -> Option<(&Expression, &'static str)> {
    let (Term::WithinAfter { period, of } | Term::WithinFrom { period, of }) = &due.term else { return None };
    let ExpressionKind::Constant(Constant::Period(period)) = *period.kind else { return None };
    match (period.days, period.working_days) {
        (0, 0) => None,
        (_, 0) => Some((of, "calendar")),
        (_, _) => Some((of, "working")),
    }
}
