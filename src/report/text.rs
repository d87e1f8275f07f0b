//! The report for people: a handful of findings drawn in full; of many, a table by check and the first few.

use std::fmt::Write as _;

use crate::problems::Pen;
use crate::report::drawn::drawn;
use crate::report::run::Run;
use crate::report::table::table;
use crate::report::words;

/// So many findings are a handful.
const HANDFUL: usize = 10;
/// So many are drawn of more.
const FIRST_FEW: usize = 3;

/// Whether all findings are drawn, however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// The reader asked for one student's.
    All,
    FirstFew,
}

pub(crate) fn text(run: &Run<'_>, pen: Pen, how_many: Drawn) -> String {
    let many = how_many == Drawn::FirstFew && run.findings.len() > HANDFUL;
    let count = if many { FIRST_FEW } else { run.findings.len() };
    let mut text = String::new();
    if many {
        let _ = writeln!(text, "{}", table(run));
    }
    for finding in run.findings.iter().take(count) {
        let _ = writeln!(text, "{}", drawn(run, finding, pen));
    }
    if many {
        let first = run.findings.first();
        let student = run.findings.iter().find_map(|finding| finding.student.as_deref()).unwrap_or_default();
        let check = first.map_or("", |finding| run.check_name(finding.check));
        let _ = writeln!(text, "{}\n", words::how_to_see_the_rest(run.reader(), [count, run.findings.len()], [student, check]));
    }
    let _ = writeln!(text, "{}", run.last_line());
    text
}
