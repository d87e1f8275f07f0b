//! Fields that nobody declared: not read, counted once per name.

use std::collections::BTreeMap;

use crate::problems::nearest;
use crate::records::from_json::dossier::keys::names_of;
use crate::records::problems::RecordProblem;
use crate::vocabulary::Subject;

/// How often each field that nobody declared was seen in the dossiers that were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Undeclared {
    counts: BTreeMap<Subject, BTreeMap<Box<str>, u64>>,
    names: usize,
    /// Fields beyond the first so many names.
    others: u64,
}

/// How many names are told apart.
const MOST_NAMES: usize = 200;

impl Undeclared {
    pub(crate) fn note(&mut self, subject: Subject, name: Box<str>, times: u64) {
        let counts = self.counts.entry(subject).or_default();
        if let Some(count) = counts.get_mut(&name) {
            *count += times;
        } else if self.names < MOST_NAMES {
            counts.insert(name, times);
            self.names += 1;
        } else {
            self.others += times;
        }
    }

    /// Count what another block had too; blocks come in their order.
    pub(crate) fn append(&mut self, other: Self) {
        self.others += other.others;
        for (subject, counts) in other.counts {
            for (name, times) in counts {
                self.note(subject, name, times);
            }
        }
    }

    /// Subject, name and count, in the order of the subjects and names.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (Subject, &str, u64)> {
        let counts = self.counts.iter();
        counts.flat_map(|(subject, counts)| counts.iter().map(|(name, count)| (*subject, name.as_ref(), *count)))
    }

    /// A warning for each name.
    pub(crate) fn warnings(&self) -> Vec<RecordProblem> {
        let mut warnings: Vec<_> =
            self.fields().map(|(subject, name, count)| warning(format!("{}.{name}", subject.word()), (count, help(subject, name)))).collect();
        if self.others > 0 {
            let help = "none of them was read; the records are probably of another kind".to_owned();
            warnings.push(warning("…".to_owned(), (self.others, help)));
        }
        warnings
    }
}

fn warning(field: String, (count, help): (u64, String)) -> RecordProblem {
    let count = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    RecordProblem::UndeclaredField { field, count, help }
}

fn help(subject: Subject, name: &str) -> String {
    match nearest(name, names_of(subject)) {
        Some(near) => format!("it was not read; did you mean `{near}`?"),
        None => "it was not read".to_owned(),
    }
}
