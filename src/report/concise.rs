//! One line a finding, each with the place of the record first, for a terminal's search and an editor's jump.

use crate::problems::on_one_line;
use crate::report::finding::{Finding, RecordPlace};
use crate::report::run::About;
use crate::report::words;

/// `students.jsonl:3:1043: error: r0745103 isp_sent violated: the ISP was sent … [isp.regs:48:9]` and a newline.
pub(super) fn finding_line(about: &About<'_>, finding: &Finding<'_>) -> String {
    let place = record_place(about, finding).or_else(|| rule_place(about, finding)).unwrap_or_default();
    let severity = words::heading(about.reader(), finding.severity);
    let verdict = words::verdict_word(about.reader(), finding.verdict);
    let who = whom(finding);
    let rule = rule_place(about, finding).map(|place| format!(" [{place}]")).unwrap_or_default();
    format!("{place}: {severity}: {who} {} {verdict}: {}{rule}\n", about.check_name(finding.check), on_one_line(about.message(finding)))
}

/// The student, or what stands in the catalogue; and the unit it is about.
pub(crate) fn whom(finding: &Finding<'_>) -> String {
    let subject = &finding.subject;
    let of_catalogue = subject.kind.is_of_catalogue();
    let programme = if of_catalogue { subject.programme.as_deref() } else { None };
    let parts = [finding.student.as_deref(), programme, subject.entry.as_deref()];
    on_one_line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).into_owned()
}

/// `students.jsonl:3:1043`
pub(crate) fn record_place(about: &About<'_>, finding: &Finding<'_>) -> Option<String> {
    match &finding.record {
        RecordPlace::Dossier(place) => {
            let column = place.column.map(|column| format!(":{column}")).unwrap_or_default();
            Some(format!("{}:{}{column}", about.file(place.file), place.line))
        }
        RecordPlace::Catalogue(span) => {
            let (start, _) = about.sources.lines_of(*span)?;
            Some(format!("{}:{}:{}", about.sources.name(span.source), start.line, start.column))
        }
        RecordPlace::Nowhere => None,
    }
}

/// `regulations/isp.regs:48:9`
pub(crate) fn rule_place(about: &About<'_>, finding: &Finding<'_>) -> Option<String> {
    let (start, _) = about.sources.lines_of(finding.regulation)?;
    Some(format!("{}:{}:{}", about.sources.name(finding.regulation.source), start.line, start.column))
}
