//! A row a finding, for a spreadsheet. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use std::borrow::Cow;

use crate::report::finding::{Finding, RecordPlace};
use crate::report::run::About;
use crate::report::shown::academic_year;

const COLUMNS: [&str; 20] = [
    "student",
    "check",
    "verdict",
    "severity",
    "subject",
    "academic_year",
    "programme",
    "entry",
    "prior",
    "article",
    "message",
    "values",
    "exception",
    "decision",
    "needs_decision_by",
    "missing",
    "regulation",
    "record_file",
    "record_line",
    "record_path",
];

/// The heading of the table, with its newline.
pub(super) fn heading() -> String {
    written(COLUMNS.map(Cow::Borrowed))
}

/// The row of a finding, with its newline.
pub(super) fn finding_row(about: &About<'_>, finding: &Finding) -> String {
    written(row(about, finding).iter().map(|cell| safe(cell)))
}

fn written<'c>(cells: impl IntoIterator<Item = Cow<'c, str>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells.into_iter().map(Cow::into_owned));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(about: &About<'_>, finding: &Finding) -> [String; COLUMNS.len()] {
    let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
    let list = |list: &[Box<str>]| list.join("; ");
    let subject = &finding.subject;
    let (file, line, path) = place(about, finding);
    [
        text(&finding.student),
        about.check_name(finding.check).to_owned(),
        finding.verdict.word().to_owned(),
        finding.severity.word().to_owned(),
        subject.kind.word().to_owned(),
        subject.academic_year.map(academic_year).unwrap_or_default(),
        text(&subject.programme),
        text(&subject.entry),
        list(&subject.prior),
        about.article_path(finding).join(" > "),
        about.message(finding).to_owned(),
        values(finding),
        if finding.conflicting.is_empty() { text(&finding.exception) } else { list(&finding.conflicting) },
        decision(finding),
        list(&finding.roles),
        list(&finding.missing),
        rule_place(about, finding),
        file,
        line,
        path,
    ]
}

fn values(finding: &Finding) -> String {
    let named = finding.values.iter().map(|named| format!("{}={}", named.name, named.value.word()));
    let failing = finding.failing.iter().map(|failing| format!("failing={failing}"));
    named.chain(failing).collect::<Vec<_>>().join("; ")
}

fn decision(finding: &Finding) -> String {
    let Some(decision) = &finding.decision else { return String::new() };
    let day = decision.granted_on.map(|day| day.to_string()).unwrap_or_default();
    let parts = [decision.outcome.unwrap_or_default(), decision.authority.as_deref().unwrap_or_default(), &day];
    let reference = decision.reference.as_deref().unwrap_or_default();
    parts.into_iter().chain([reference]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn rule_place(about: &About<'_>, finding: &Finding) -> String {
    let place = about.sources.lines_of(finding.regulation);
    place.map_or_else(String::new, |(start, _)| format!("{}:{}:{}", about.sources.name(finding.regulation.source), start.line, start.column))
}

fn place(about: &About<'_>, finding: &Finding) -> (String, String, String) {
    match &finding.record {
        RecordPlace::Dossier(place) => (about.file(place.file).to_owned(), place.line.to_string(), place.path.to_string()),
        RecordPlace::Catalogue(span) => {
            let line = about.sources.lines_of(*span).map(|(start, _)| start.line.to_string());
            (about.sources.name(span.source).to_owned(), line.unwrap_or_default(), String::new())
        }
        RecordPlace::Nowhere => Default::default(),
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn safe(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_formula_is_made_a_text() {
        for formula in ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        for text in ["r0745123", "", "a=b", "1-2"] {
            assert_eq!(safe(text), text);
        }
    }
}
