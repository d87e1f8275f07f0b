//! `--statistics`: how many verdicts of each kind every check gave.

use crate::report::{Run, laid_out, words};
use crate::verdicts::{Tally, VerdictKind};

/// A row a check, a column a verdict.
pub(crate) fn table(run: &Run<'_>, tallies: &[Tally]) -> String {
    let language = run.reader();
    let check = words::column(language, 0).to_owned();
    let heading = std::iter::once(check).chain(VerdictKind::ALL.map(|kind| words::verdict_word(language, kind).to_owned())).collect();
    let rows = run.rulebook.checks.iter().zip(tallies).map(|(check, tally)| {
        let counts = VerdictKind::ALL.map(|kind| words::grouped(language, tally.get(kind)));
        std::iter::once(check.name.clone()).chain(counts).collect()
    });
    let lines: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    laid_out(&lines)
}
