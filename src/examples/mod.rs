//! Runs the examples that live beside the rules: each is a small world in which only what is given is known. `catalogue.rs` and `dossier.rs` build it,
//! `days.rs` chooses the days on which it is checked, `expectations.rs` compares, `problems.rs` says what differs.

mod catalogue;
mod days;
mod dossier;
mod draft;
mod expectations;
mod problems;
mod scene;
#[cfg(test)]
mod tests;

use crate::problems::Problems;
use crate::records::{Batch, Catalogue};
use crate::rulebook::{Example, Rulebook};
use crate::source::Sources;

use problems::ExampleProblem;
use scene::Scene;

/// What examples are run with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) sources: &'a Sources,
    /// The records that `given dossier` starts from, and their academic year under check.
    pub(crate) world: Option<(&'a Batch, i32)>,
}

/// An example that was run: kept where nothing differs.
#[derive(Debug)]
pub(crate) struct ExampleOutcome {
    /// One problem for each expectation that is not kept.
    pub(crate) failures: Problems,
}

impl ExampleOutcome {
    pub(crate) fn is_kept(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Run all examples of the rulebook, in its order.
pub(crate) fn run(setting: &Setting<'_>) -> Vec<ExampleOutcome> {
    let bare = setting.catalogue.undescribed();
    setting.rulebook.examples.iter().map(|example| ExampleOutcome { failures: failures(setting, example, &bare) }).collect()
}

fn failures(setting: &Setting<'_>, example: &Example, bare: &Catalogue) -> Problems {
    let mut failures = Problems::default();
    match Scene::of(setting, example, bare) {
        Ok(scene) => expectations::compare(setting, example, &scene, &mut failures),
        Err(problem) => failures.add(problem.at(), *problem),
    }
    failures
}

/// The problem of an example, and nothing else of it.
type Failure = Box<ExampleProblem>;
