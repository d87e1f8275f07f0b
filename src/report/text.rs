//! The report for people: a handful of findings drawn in full; of many, a table by check and the first few.

use std::fmt::Write as _;

use crate::problems::Pen;
use crate::report::drawn::drawn;
use crate::report::handful::{Drawn, HANDFUL};
use crate::report::run::Run;
use crate::report::table::Table;
use crate::report::words;

/// So many are drawn of more.
const FIRST_FEW: usize = 3;

/// The report; `table` is of all findings, of which the run may have only the first.
pub(crate) fn text(run: &Run<'_>, pen: Pen, (how_many, table): (Drawn, &Table)) -> String {
    let many = how_many == Drawn::FirstFew && table.findings() > HANDFUL;
    let count = if many { FIRST_FEW } else { run.findings.len() };
    let mut text = String::new();
    if many {
        let _ = writeln!(text, "{}", table.drawn(run));
    }
    for finding in run.findings.iter().take(count) {
        let _ = writeln!(text, "{}", drawn(run, finding, pen));
    }
    if many {
        let first = run.findings.first();
        let student = run.findings.iter().find_map(|finding| finding.student.as_deref()).unwrap_or_default();
        let check = first.map_or("", |finding| run.check_name(finding.check));
        let _ = writeln!(text, "{}\n", words::how_to_see_the_rest(run.reader(), [count, table.findings()], [student, check]));
    }
    let _ = writeln!(text, "{}", run.last_line());
    text
}
