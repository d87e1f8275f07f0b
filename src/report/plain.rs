//! The report for screen readers: sentences in reading order, with no boxes, no arrows and no columns.

use std::fmt::Write as _;

use crate::report::concise::{record_place, rule_place, whom};
use crate::report::drawn::values;
use crate::report::finding::Finding;
use crate::report::run::About;
use crate::report::words::{self, Part};

/// A finding, a sentence a line, and an empty line; the first sentence lacks its beginning, which says the how manieth this is.
pub(super) fn finding_lines(about: &About<'_>, finding: &Finding<'_>) -> String {
    let language = about.reader();
    let mut text = String::new();
    let verdict = words::verdict_word(language, finding.verdict);
    let severity = words::heading(language, finding.severity);
    let who = whom(finding);
    let _ = writeln!(text, "{who}, {}: {verdict}, {severity}.", about.check_name(finding.check));
    let _ = writeln!(text, "{}.", about.message(finding));
    let mut line = |part: Part, said: Option<&str>| {
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            let _ = writeln!(text, "{}: {said}.", words::part(language, part));
        }
    };
    line(Part::Values, Some(&values(language, finding)));
    line(Part::Exception, finding.exception.as_deref().map(|label| label.replace('_', " ")).as_deref());
    line(Part::Consequence, finding.consequence.as_deref());
    line(Part::Mending, finding.mending.as_deref());
    line(Part::Article, Some(&about.cited(finding)));
    line(Part::Rule, rule_place(about, finding).as_deref());
    line(Part::Record, record_place(about, finding).as_deref());
    text.push('\n');
    text
}
