//! One finding a line, as JSON, for machines; also the findings of the one document that `json` writes.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use crate::report::finding::{Finding, RecordPlace, SubjectKey};
use crate::report::run::About;
use crate::report::shown::{academic_year, exact_json};
use crate::verdicts::VerdictKind;

/// The line of a finding and its newline.
pub(super) fn finding_line(about: &About<'_>, finding: &Finding) -> String {
    serde_json::to_string(&line(about, finding)).unwrap_or_default() + "\n"
}

#[cfg(any(feature = "parquet", feature = "xlsx"))]
/// The values of a finding as one object.
pub(super) fn values_json(finding: &Finding) -> String {
    serde_json::to_string(&Values(finding)).unwrap_or_default()
}

/// What a finding must be, without what it says: the line of a generated cohort that a check is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) student: Box<str>,
    pub(crate) check: Box<str>,
    pub(crate) verdict: VerdictKind,
    pub(crate) subject: SubjectKey,
    /// The check for which the violation was made; another one where this finding only comes with it.
    pub(crate) planted: Box<str>,
}

impl Expected {
    /// The line and its newline.
    pub(crate) fn line(&self) -> String {
        let line = ExpectedLine {
            student: &self.student,
            check: &self.check,
            verdict: self.verdict.word(),
            subject: subject(&self.subject),
            planted: &self.planted,
        };
        serde_json::to_string(&line).unwrap_or_default() + "\n"
    }
}

#[derive(Debug, Serialize)]
struct ExpectedLine<'a> {
    student: &'a str,
    check: &'a str,
    verdict: &'static str,
    subject: Subject<'a>,
    planted: &'a str,
}

/// A finding in the order of fields that the format promises.
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    student: Option<&'a str>,
    check: &'a str,
    verdict: &'static str,
    severity: &'static str,
    subject: Subject<'a>,
    article: Vec<&'a str>,
    edition: String,
    message: Messages<'a>,
    values: Values<'a>,
    exception: Option<&'a str>,
    decision: Option<Decision<'a>>,
    missing: &'a [Box<str>],
    regulation: Option<RulePlace<'a>>,
    record: Option<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct Subject<'a> {
    kind: &'static str,
    academic_year: Option<String>,
    programme: Option<&'a str>,
    entry: Option<&'a str>,
    prior: Option<&'a [Box<str>]>,
}

#[derive(Debug, Serialize)]
struct Decision<'a> {
    outcome: Option<&'static str>,
    authority: Option<&'a str>,
    granted_on: Option<String>,
    valid_until: Option<String>,
    reference: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct RulePlace<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    path: Option<&'a str>,
}

pub(crate) fn line<'a>(about: &'a About<'_>, finding: &'a Finding) -> Line<'a> {
    Line {
        student: finding.student.as_deref(),
        check: about.check_name(finding.check),
        verdict: finding.verdict.word(),
        severity: finding.severity.word(),
        subject: subject(&finding.subject),
        article: about.article_path(finding),
        edition: academic_year(about.year),
        message: Messages { about, finding },
        values: Values(finding),
        exception: finding.exception.as_deref(),
        decision: decision(finding),
        missing: &finding.missing,
        regulation: rule_place(about, finding),
        record: record_place(about, finding),
    }
}

fn subject(key: &SubjectKey) -> Subject<'_> {
    Subject {
        kind: key.kind.word(),
        academic_year: key.academic_year.map(academic_year),
        programme: key.programme.as_deref(),
        entry: key.entry.as_deref(),
        prior: Some(key.prior.as_slice()).filter(|prior| !prior.is_empty()),
    }
}

fn decision(finding: &Finding) -> Option<Decision<'_>> {
    let decision = finding.decision.as_ref()?;
    Some(Decision {
        outcome: decision.outcome,
        authority: decision.authority.as_deref(),
        granted_on: decision.granted_on.map(|day| day.to_string()),
        valid_until: decision.valid_until.map(|day| day.to_string()),
        reference: decision.reference.as_deref(),
    })
}

fn rule_place<'a>(about: &'a About<'_>, finding: &Finding) -> Option<RulePlace<'a>> {
    let (start, end) = about.sources.lines_of(finding.regulation)?;
    let file = about.sources.name(finding.regulation.source);
    Some(RulePlace { file, line: start.line, column: start.column, end_line: end.line, end_column: end.column })
}

fn record_place<'a>(about: &'a About<'_>, finding: &'a Finding) -> Option<Place<'a>> {
    match &finding.record {
        RecordPlace::Dossier(place) => Some(Place { file: about.file(place.file), line: place.line, path: Some(&place.path) }),
        RecordPlace::Catalogue(span) => {
            let (start, _) = about.sources.lines_of(*span)?;
            Some(Place { file: about.sources.name(span.source), line: start.line, path: None })
        }
        RecordPlace::Nowhere => None,
    }
}

/// `{"en":"…","nl":"…"}`
#[derive(Debug)]
struct Messages<'a> {
    about: &'a About<'a>,
    finding: &'a Finding,
}

impl Serialize for Messages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.about.languages.written.iter().map(|language| language.code()).zip(&self.finding.messages))
    }
}

/// `{"event":"2023-10-16","last_day":"2023-10-15","days_late":1}`
#[derive(Debug)]
struct Values<'a>(&'a Finding);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let finding = self.0;
        for named in &finding.values {
            map.serialize_entry(&named.name, &named.value.json())?;
            if let Some(raw) = named.raw.filter(|raw| named.value.amount().is_none_or(|(shown, _)| shown != *raw)) {
                map.serialize_entry(&format!("{}_exact", named.name), &exact_json(raw))?;
            }
        }
        let lists = [("failing", &finding.failing), ("needs_decision_by", &finding.roles), ("conflicting", &finding.conflicting)];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            map.serialize_entry(name, list)?;
        }
        let known = finding.values.iter().any(|named| &*named.name == "last_day");
        if let Some(day) = finding.last_day.filter(|_| !known) {
            map.serialize_entry("last_day", &Value::String(day.to_string()))?;
        }
        map.end()
    }
}
