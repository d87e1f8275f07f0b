//! One day named as the end of a term in two ways, once included and once not: nobody can say what holds on that day.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::rulebook::{Effect, Expression, Requirement, Rulebook, Term};
use crate::source::Span;

/// `due before 15 March` beside `due on or before 15 March`
#[derive(Debug, Error, Diagnostic)]
#[error("this day is out of time here and in time elsewhere")]
#[diagnostic(
    code(lints::mixed_boundaries),
    severity(Warning),
    help("the other stands in `{other}`; say the same in both, or cite why they differ with `per`")
)]
struct MixedBoundaries {
    other: String,
    #[label("the day itself is too late")]
    at: Span,
}

/// The last day of a term.
struct End<'a> {
    check: &'a str,
    day: &'a Expression,
    included: bool,
}

pub(super) fn look(Looked { rulebook, .. }: Looked<'_>, problems: &mut Problems) {
    let ends = ends(rulebook);
    for end in ends.iter().filter(|end| !end.included) {
        if let Some(other) = ends.iter().find(|other| other.included && other.day == end.day) {
            problems.add(end.day.span, MixedBoundaries { other: other.check.to_owned(), at: end.day.span });
        }
    }
}

fn ends(rulebook: &Rulebook) -> Vec<End<'_>> {
    let mut found = Vec::new();
    for check in &rulebook.checks {
        let Some(Requirement::Deadline(deadline)) = &check.requirement else { continue };
        let others = check.exceptions.iter().filter_map(|exception| if let Effect::Due(due) = &exception.effect { Some(due) } else { None });
        for due in std::iter::once(&deadline.due).chain(others) {
            let (day, included) = match &due.term {
                Term::OnOrBefore(day) | Term::From { to: Some(day), .. } => (day, true),
                Term::Before(day) => (day, false),
                Term::From { to: None, .. } | Term::WithinAfter { .. } | Term::WithinFrom { .. } => continue,
            };
            found.push(End { check: &check.name, day, included });
        }
    }
    found
}
