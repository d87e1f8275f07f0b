//! The report for screen readers: sentences in reading order, with no boxes, no arrows and no columns.

use std::fmt::Write as _;

use crate::report::concise::{record_place, rule_place, whom};
use crate::report::drawn::values;
use crate::report::finding::Finding;
use crate::report::run::Run;
use crate::report::words::{self, Part};

pub(crate) fn plain(run: &Run<'_>) -> String {
    let mut text = String::new();
    let total = run.findings.len();
    for (index, finding) in run.findings.iter().enumerate() {
        let _ = writeln!(text, "{}", told(run, finding, [index + 1, total]));
    }
    let _ = writeln!(text, "{}", run.last_line());
    text
}

/// A finding, a sentence a line.
fn told(run: &Run<'_>, finding: &Finding, [number, total]: [usize; 2]) -> String {
    let language = run.reader();
    let mut text = String::new();
    let verdict = words::verdict_word(language, finding.verdict);
    let severity = words::heading(language, finding.severity);
    let which = words::which_of(language, number, total);
    let who = whom(finding);
    let _ = writeln!(text, "{which}. {who}, {}: {verdict}, {severity}.", run.check_name(finding.check));
    let _ = writeln!(text, "{}.", run.message(finding));
    let mut line = |part: Part, said: Option<&str>| {
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            let _ = writeln!(text, "{}: {said}.", words::part(language, part));
        }
    };
    line(Part::Values, Some(&values(language, finding)));
    line(Part::Exception, finding.exception.as_deref().map(|label| label.replace('_', " ")).as_deref());
    line(Part::Consequence, finding.consequence.as_deref());
    line(Part::Mending, finding.mending.as_deref());
    line(Part::Article, Some(&run.cited(finding)));
    line(Part::Rule, rule_place(run, finding).as_deref());
    line(Part::Record, record_place(run, finding).as_deref());
    text
}
