//! Every sentence that the engine writes, in English and Dutch side by side, so that neither can lag behind. Which sentence is said is left to
//! `sentence`; what an author writes comes from the rule text.
//!
//! Add a language: a variant of [`Language`], its numbers, dates and units here, and an arm in each sentence beside this file; the compiler lists
//! them all.

mod bounds;
mod deadlines;
mod events;
mod headings;
mod mending;
mod names;
mod numbers;
mod remarks;
mod terms;
mod units;
mod verdicts;

pub(crate) use bounds::{OutOfBounds, out_of_bounds, within_bounds};
pub(crate) use deadlines::{early, in_time, late, not_due_yet, overdue};
pub(crate) use events::{Event, event};
pub(crate) use headings::{Counted, Part, column, counted, heading, held_by, how_to_see_the_rest, part, verdicts_counted, which_of};
pub(crate) use mending::{Mending, mend};
pub(crate) use names::{Outside, Own, name, outside, own};
pub(crate) use numbers::{date, exact, grouped, joined, number};
pub(crate) use remarks::{Remark, remark};
pub(crate) use terms::term;
pub(crate) use units::{Unit, days, quantity};
pub(crate) use verdicts::{
    allowed_by, cannot_be_judged, contradictory_decisions, contradictory_exceptions, does_not_hold, holds, lacks_priors, lifted_by, not_about,
    prior_state, refused_by, somebody_decides, unknown_because, verdict_word,
};

/// A language that the engine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Language {
    /// `en`
    #[default]
    English,
    /// `nl`
    Dutch,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::Dutch];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The one of two texts that is in this language.
    pub(crate) fn pick<T>(self, english: T, dutch: T) -> T {
        match self {
            Self::English => english,
            Self::Dutch => dutch,
        }
    }
}
