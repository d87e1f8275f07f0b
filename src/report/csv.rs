//! A row a finding, for a spreadsheet. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use std::borrow::Cow;

use crate::report::finding::{Finding, RecordPlace, Said};
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
    let mut bytes = Vec::new();
    write(COLUMNS, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// The row of a finding, with its newline.
pub(super) fn finding_row(about: &About<'_>, finding: &Finding<'_>, bytes: &mut Vec<u8>) {
    let row = row(about, finding);
    write(row.iter().map(|cell| safe(cell)), bytes);
}

/// Room for almost every row.
const ROOM: usize = 1 << 10;

fn write(cells: impl IntoIterator<Item = impl AsRef<str>>, bytes: &mut Vec<u8>) {
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(ROOM).from_writer(bytes);
    // Writing to memory cannot fail, here and below.
    let _ = cells.into_iter().try_for_each(|cell| writer.write_field(cell.as_ref()));
    let _ = writer.write_record(None::<&[u8]>).and_then(|()| writer.flush().map_err(Into::into));
}

fn row<'f>(about: &'f About<'_>, finding: &'f Finding<'_>) -> [Cow<'f, str>; COLUMNS.len()] {
    let text = |text: &'f Option<Said<'_>>| Cow::Borrowed(text.as_deref().unwrap_or_default());
    let list = |list: &'f [Said<'_>]| if let [one] = list { Cow::Borrowed(&**one) } else { list.join("; ").into() };
    let subject = &finding.subject;
    let (file, line, path) = place(about, finding);
    [
        text(&finding.student),
        about.check_name(finding.check).into(),
        finding.verdict.word().into(),
        finding.severity.word().into(),
        subject.kind.word().into(),
        subject.academic_year.map_or_else(Cow::default, |year| academic_year(year).to_string().into()),
        text(&subject.programme),
        text(&subject.entry),
        list(&subject.prior),
        about.article_path(finding).join(" > ").into(),
        about.message(finding).into(),
        values(finding).into(),
        if finding.conflicting.is_empty() { text(&finding.exception) } else { list(&finding.conflicting) },
        decision(finding).into(),
        list(&finding.roles),
        list(&finding.missing),
        rule_place(about, finding).into(),
        file,
        line,
        path,
    ]
}

fn values(finding: &Finding<'_>) -> String {
    let mut values = String::new();
    let named = finding.values.iter().map(|named| (&*named.name, named.value.clone().word()));
    let failing = finding.failing.iter().map(|failing| ("failing", Cow::Borrowed(&**failing)));
    for (name, value) in named.chain(failing) {
        let before = if values.is_empty() { "" } else { "; " };
        values.extend([before, name, "=", &*value]);
    }
    values
}

fn decision(finding: &Finding<'_>) -> String {
    let Some(decision) = &finding.decision else { return String::new() };
    let day = decision.granted_on.map(|day| day.to_string()).unwrap_or_default();
    let parts = [decision.outcome.unwrap_or_default(), decision.authority.as_deref().unwrap_or_default(), &day];
    let reference = decision.reference.as_deref().unwrap_or_default();
    parts.into_iter().chain([reference]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn rule_place(about: &About<'_>, finding: &Finding<'_>) -> String {
    let place = about.sources.lines_of(finding.regulation);
    place.map_or_else(String::new, |(start, _)| format!("{}:{}:{}", about.sources.name(finding.regulation.source), start.line, start.column))
}

/// File, line and path.
fn place<'f>(about: &'f About<'_>, finding: &'f Finding<'_>) -> (Cow<'f, str>, Cow<'f, str>, Cow<'f, str>) {
    match &finding.record {
        RecordPlace::Dossier(place) => (about.file(place.file).into(), place.line.to_string().into(), place.path.as_str().into()),
        RecordPlace::Catalogue(span) => {
            let line = about.sources.lines_of(*span).map(|(start, _)| start.line.to_string());
            (about.sources.name(span.source).into(), line.unwrap_or_default().into(), "".into())
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
