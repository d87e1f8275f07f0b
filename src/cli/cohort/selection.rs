//! What the flags leave to look at: some checks, some students, some programmes.

use std::collections::BTreeSet;

use crate::cli::arguments::CheckArguments;
use crate::cli::problems::AskedProblem;
use crate::cli::project::load::Loaded;
use crate::cli::session::{Session, Stop};
use crate::problems::nearest;
use crate::rulebook::{CheckId, Rulebook};
use crate::verdicts::in_parallel::Told;
use crate::vocabulary::Subject;

/// Students and programmes; where a set is empty, all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    pub(crate) students: BTreeSet<String>,
    pub(crate) programmes: BTreeSet<String>,
    /// The checks that are looked at, by their numbers.
    pub(crate) checks: Vec<CheckId>,
    pub(crate) reported: Reported,
}

/// Which verdicts are reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Reported {
    #[default]
    Findings,
    AllVerdicts,
}

impl From<Reported> for Told {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::Findings => Self::Findings,
            Reported::AllVerdicts => Self::AllVerdicts,
        }
    }
}

impl Selection {
    /// What the flags ask; a name that is not known is refused.
    pub(crate) fn new(session: &mut Session, asked: &CheckArguments, loaded: &Loaded) -> Result<Self, Stop> {
        let Loaded { rulebook, catalogue, .. } = loaded;
        let mut checks: Vec<CheckId> = asked.check.iter().filter_map(|name| find_check(session, rulebook, name).ok()).collect();
        checks.sort_unstable();
        checks.dedup();
        for code in asked.programme.iter().filter(|code| catalogue.codes(Subject::Programme).find(code).is_none()) {
            session.add(AskedProblem::UnknownProgramme { code: code.clone() });
        }
        session.stop_on_errors()?;
        Ok(Self {
            students: asked.student.iter().cloned().collect(),
            programmes: asked.programme.iter().cloned().collect(),
            checks: if asked.check.is_empty() { all_checks(rulebook) } else { checks },
            reported: if asked.all_verdicts { Reported::AllVerdicts } else { Reported::Findings },
        })
    }

    pub(crate) fn all(rulebook: &Rulebook) -> Self {
        Self { checks: all_checks(rulebook), ..Self::default() }
    }

    pub(crate) fn has_programme(&self, programme: Option<&str>) -> bool {
        self.programmes.is_empty() || programme.is_some_and(|programme| self.programmes.contains(programme))
    }

    /// Whether every student and every programme is looked at.
    pub(crate) fn is_everybody(&self) -> bool {
        self.students.is_empty() && self.programmes.is_empty()
    }
}

fn all_checks(rulebook: &Rulebook) -> Vec<CheckId> {
    (0..).map(CheckId).take(rulebook.checks.len()).collect()
}

/// The check of a name, or that once had it.
pub(crate) fn find_check(session: &mut Session, rulebook: &Rulebook, name: &str) -> Result<CheckId, Stop> {
    rulebook.find_check(name).ok_or_else(|| {
        let help = meant_check(rulebook, name)
            .map_or_else(|| "`ispect explain CHECK` tells what a check asks".to_owned(), |near| format!("did you mean `{near}`?"));
        session.stop(AskedProblem::UnknownCheck { name: name.to_owned(), help })
    })
}

/// The check that a wrong name is probably meant to be: one with nearly that name, or the only one whose name begins with those words.
pub(crate) fn meant_check<'r>(rulebook: &'r Rulebook, name: &str) -> Option<&'r str> {
    let names = || rulebook.checks.iter().map(|check| check.name.as_str());
    nearest(name, names()).or_else(|| {
        let mut begun = names().filter(|known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('_')));
        begun.next().filter(|_| begun.next().is_none())
    })
}
