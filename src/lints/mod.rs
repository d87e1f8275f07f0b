//! What the compiler can't refuse but an author should know: one file a lint, each with its page in `docs/problems`. A lint looks at the rulebook and the
//! catalogue; it never changes a verdict.
//!
//! Add a lint: a file with its problem and its function, a line in [`LINTS`], a page `docs/problems/lints__<name>.md`, a case in `tests/cases/lints`.

mod mixed_boundaries;
mod mixed_days;
mod prior_in_same_phase;
mod repeated_edge;
mod rounding_hole;
mod shadowed_exception;
mod silent_on_exemptions;
#[cfg(test)]
mod tests;
mod untested_check;
mod untested_side;
mod unused_definition;

use crate::problems::Problems;
use crate::records::Catalogue;
use crate::rulebook::Rulebook;

/// What a lint looks at.
#[derive(Clone, Copy)]
struct Looked<'a> {
    rulebook: &'a Rulebook,
    catalogue: &'a Catalogue,
}

const LINTS: [fn(Looked<'_>, &mut Problems); 10] = [
    mixed_boundaries::look,
    mixed_days::look,
    prior_in_same_phase::look,
    repeated_edge::look,
    rounding_hole::look,
    shadowed_exception::look,
    silent_on_exemptions::look,
    untested_check::look,
    untested_side::look,
    unused_definition::look,
];

/// All lints over a set that compiled.
pub(crate) fn lint(rulebook: &Rulebook, catalogue: &Catalogue, problems: &mut Problems) {
    for look in LINTS {
        look(Looked { rulebook, catalogue }, problems);
    }
}
