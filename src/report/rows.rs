//! A row a finding, in columns that have types: what the formats for analysts and offices write. A row is kept as a line of JSON until all have been found.

use serde_json::Value;

use crate::report::finding::{Finding, RecordPlace, Shown};
use crate::report::json_text::{JsonText, Layout};
use crate::report::jsonl::values_json;
use crate::report::run::About;

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
pub(super) fn finding_row(about: &About<'_>, finding: &Finding<'_>, bytes: &mut Vec<u8>) {
    JsonText::new(bytes, Layout::OneLine).list(|cells| {
        subject(about, finding, cells);
        said(about, finding, cells);
        decided(finding, cells);
        places(about, finding, cells);
    });
    bytes.push(b'\n');
}

/// The cells of a line.
pub(crate) fn cells_of(line: &str) -> Vec<Value> {
    serde_json::from_str(line).unwrap_or_default()
}

/// The columns up to `prior`.
fn subject(about: &About<'_>, finding: &Finding<'_>, cells: &mut JsonText<'_>) {
    let subject = &finding.subject;
    cells.element().optional(finding.student.as_deref());
    cells.element().text(about.check_name(finding.check));
    cells.element().word(finding.verdict.word());
    cells.element().word(finding.severity.word());
    cells.element().word(subject.kind.word());
    cells.element().academic_year(subject.academic_year);
    cells.element().optional(subject.programme.as_deref());
    cells.element().optional(subject.entry.as_deref());
    cells.element().texts(&subject.prior);
}

/// The columns from `message` to `needs_decision_by`.
fn said(about: &About<'_>, finding: &Finding<'_>, cells: &mut JsonText<'_>) {
    let day = |name: &str| {
        let named = finding.values.iter().find(|named| named.name == name);
        named.and_then(|named| if let Shown::Date(day) = named.value { Some(day) } else { None })
    };
    cells.element().text(about.message(finding));
    cells.element().optional_shown(day("event"));
    cells.element().optional_shown(day("last_day").or(finding.last_day));
    cells.element().text(&values_json(finding));
    cells.element().texts(&finding.failing);
    cells.element().texts(&finding.missing);
    cells.element().optional(finding.exception.as_deref());
    cells.element().texts(&finding.conflicting);
    cells.element().texts(&finding.roles);
}

/// The columns of the decision.
fn decided(finding: &Finding<'_>, cells: &mut JsonText<'_>) {
    let decision = finding.decision.as_ref();
    cells.element().optional(decision.and_then(|decision| decision.outcome));
    cells.element().optional(decision.and_then(|decision| decision.authority.as_deref()));
    cells.element().optional_shown(decision.and_then(|decision| decision.granted_on));
    cells.element().optional_shown(decision.and_then(|decision| decision.valid_until));
    cells.element().optional(decision.and_then(|decision| decision.reference.as_deref()));
}

/// The columns from `article` on.
fn places(about: &About<'_>, finding: &Finding<'_>, cells: &mut JsonText<'_>) {
    let (file, line, path) = place(about, finding);
    cells.element().texts(&about.article_path(finding));
    cells.element().academic_year(Some(about.year));
    cells.element().text(about.sources.name(finding.regulation.source));
    cells.element().value(&about.sources.lines_of(finding.regulation).map(|(start, _)| start.line));
    cells.element().optional(file);
    cells.element().value(&line);
    cells.element().optional(path);
}

fn place<'a>(about: &'a About<'_>, finding: &'a Finding<'_>) -> (Option<&'a str>, Option<u32>, Option<&'a str>) {
    match &finding.record {
        RecordPlace::Dossier(place) => (Some(about.file(place.file)), Some(place.line), Some(&place.path)),
        RecordPlace::Catalogue(span) => (Some(about.sources.name(span.source)), about.sources.lines_of(*span).map(|(start, _)| start.line), None),
        RecordPlace::Nowhere => (None, None, None),
    }
}
