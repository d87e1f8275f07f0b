//! A row a finding, in columns that have types: what the formats for analysts and offices write. A row is kept as a line of JSON until all have been found.

use serde_json::{Value, json};

use crate::report::finding::{Finding, RecordPlace, Shown};
use crate::report::jsonl::values_json;
use crate::report::run::About;
use crate::report::shown::academic_year;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Texts, in their order.
    List,
    Whole,
    Day,
}

/// The columns in their order, and how many characters of each are shown where there is room for some.
pub(crate) const COLUMNS: [(&str, Kind, u32); 30] = [
    ("student", Kind::Text, 12),
    ("check", Kind::Text, 30),
    ("verdict", Kind::Text, 15),
    ("severity", Kind::Text, 10),
    ("subject", Kind::Text, 13),
    ("academic_year", Kind::Text, 12),
    ("programme", Kind::Text, 12),
    ("entry", Kind::Text, 12),
    ("prior", Kind::List, 16),
    ("message", Kind::Text, 70),
    ("event", Kind::Day, 12),
    ("last_day", Kind::Day, 12),
    ("values", Kind::Text, 40),
    ("failing", Kind::List, 16),
    ("missing", Kind::List, 24),
    ("exception", Kind::Text, 20),
    ("conflicting", Kind::List, 16),
    ("needs_decision_by", Kind::List, 24),
    ("decision", Kind::Text, 11),
    ("decision_authority", Kind::Text, 24),
    ("decision_granted_on", Kind::Day, 12),
    ("decision_valid_until", Kind::Day, 12),
    ("decision_reference", Kind::Text, 16),
    ("article", Kind::List, 30),
    ("edition", Kind::Text, 12),
    ("regulation_file", Kind::Text, 30),
    ("regulation_line", Kind::Whole, 9),
    ("record_file", Kind::Text, 20),
    ("record_line", Kind::Whole, 9),
    ("record_path", Kind::Text, 34),
];

/// The row of a finding as a line.
pub(super) fn finding_row(about: &About<'_>, finding: &Finding) -> String {
    Value::from(cells(about, finding).to_vec()).to_string() + "\n"
}

/// The cells of a line.
pub(crate) fn cells_of(line: &str) -> Vec<Value> {
    serde_json::from_str(line).unwrap_or_default()
}

fn cells(about: &About<'_>, finding: &Finding) -> [Value; COLUMNS.len()] {
    let (subject, decision) = (&finding.subject, finding.decision.as_ref());
    let day = |name: &str| {
        let named = finding.values.iter().find(|named| &*named.name == name);
        named.and_then(|named| if let Shown::Date(day) = &named.value { Some(day.to_string()) } else { None })
    };
    let regulation = about.sources.lines_of(finding.regulation).map(|(start, _)| start.line);
    let (file, line, path) = place(about, finding);
    [
        json!(finding.student),
        json!(about.check_name(finding.check)),
        json!(finding.verdict.word()),
        json!(finding.severity.word()),
        json!(subject.kind.word()),
        json!(subject.academic_year.map(academic_year)),
        json!(subject.programme),
        json!(subject.entry),
        json!(subject.prior),
        json!(about.message(finding)),
        json!(day("event")),
        json!(day("last_day").or_else(|| finding.last_day.map(|day| day.to_string()))),
        json!(values_json(finding)),
        json!(finding.failing),
        json!(finding.missing),
        json!(finding.exception),
        json!(finding.conflicting),
        json!(finding.roles),
        json!(decision.and_then(|decision| decision.outcome)),
        json!(decision.and_then(|decision| decision.authority.as_deref())),
        json!(decision.and_then(|decision| decision.granted_on).map(|day| day.to_string())),
        json!(decision.and_then(|decision| decision.valid_until).map(|day| day.to_string())),
        json!(decision.and_then(|decision| decision.reference.as_deref())),
        json!(about.article_path(finding)),
        json!(academic_year(about.year)),
        json!(about.sources.name(finding.regulation.source)),
        json!(regulation),
        json!(file),
        json!(line),
        json!(path),
    ]
}

fn place<'a>(about: &'a About<'_>, finding: &'a Finding) -> (Option<&'a str>, Option<u32>, Option<&'a str>) {
    match &finding.record {
        RecordPlace::Dossier(place) => (Some(about.file(place.file)), Some(place.line), Some(&place.path)),
        RecordPlace::Catalogue(span) => (Some(about.sources.name(span.source)), about.sources.lines_of(*span).map(|(start, _)| start.line), None),
        RecordPlace::Nowhere => (None, None, None),
    }
}
