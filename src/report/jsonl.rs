//! One finding a line, as JSON, for machines; also the findings of the one document that `json` writes.

use crate::report::finding::{Finding, RecordPlace, RecordedDecision, SubjectKey};
use crate::report::json_text::{JsonText, Layout, name};
use crate::report::run::About;
use crate::report::shown::exact_json;
use crate::verdicts::VerdictKind;

/// The line of a finding and its newline.
pub(super) fn finding_line(about: &About<'_>, finding: &Finding<'_>, bytes: &mut Vec<u8>) {
    finding_json(about, finding, &mut JsonText::new(bytes, Layout::OneLine));
    bytes.push(b'\n');
}

#[cfg(any(feature = "parquet", feature = "xlsx"))]
/// The values of a finding as one object.
pub(super) fn values_json(finding: &Finding<'_>) -> String {
    let mut bytes = Vec::new();
    values(finding, &mut JsonText::new(&mut bytes, Layout::OneLine));
    String::from_utf8(bytes).unwrap_or_default()
}

/// What a finding must be, without what it says: the line of a generated cohort that a check is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) student: Box<str>,
    pub(crate) check: Box<str>,
    pub(crate) verdict: VerdictKind,
    pub(crate) subject: SubjectKey<'static>,
    /// The check for which the violation was made; another one where this finding only comes with it.
    pub(crate) planted: Box<str>,
}

impl Expected {
    /// The line and its newline.
    pub(crate) fn line(&self) -> String {
        let mut bytes = Vec::new();
        JsonText::new(&mut bytes, Layout::OneLine).object(|line| {
            line.field(name!("student")).text(&self.student);
            line.field(name!("check")).text(&self.check);
            line.field(name!("verdict")).word(self.verdict.word());
            subject(&self.subject, line.field(name!("subject")));
            line.field(name!("planted")).text(&self.planted);
        });
        String::from_utf8(bytes).unwrap_or_default() + "\n"
    }
}

/// A finding in the order of fields that the format promises.
pub(super) fn finding_json(about: &About<'_>, finding: &Finding<'_>, json: &mut JsonText<'_>) {
    json.object(|line| {
        line.field(name!("student")).optional(finding.student.as_deref());
        line.field(name!("check")).text(about.check_name(finding.check));
        line.field(name!("verdict")).word(finding.verdict.word());
        line.field(name!("severity")).word(finding.severity.word());
        subject(&finding.subject, line.field(name!("subject")));
        line.field(name!("article")).texts(&about.article_path(finding));
        line.field(name!("edition")).academic_year(Some(about.year));
        messages(about, finding, line.field(name!("message")));
        values(finding, line.field(name!("values")));
        line.field(name!("exception")).optional(finding.exception.as_deref());
        decision(finding.decision.as_ref(), line.field(name!("decision")));
        line.field(name!("missing")).texts(&finding.missing);
        rule_place(about, finding, line.field(name!("regulation")));
        record_place(about, finding, line.field(name!("record")));
    });
}

fn subject(key: &SubjectKey<'_>, json: &mut JsonText<'_>) {
    json.object(|subject| {
        subject.field(name!("kind")).word(key.kind.word());
        subject.field(name!("academic_year")).academic_year(key.academic_year);
        subject.field(name!("programme")).optional(key.programme.as_deref());
        subject.field(name!("entry")).optional(key.entry.as_deref());
        let prior = subject.field(name!("prior"));
        if key.prior.is_empty() { prior.optional(None) } else { prior.texts(&key.prior) }
    });
}

/// `{"en":"…","nl":"…"}`
fn messages(about: &About<'_>, finding: &Finding<'_>, json: &mut JsonText<'_>) {
    json.object(|messages| {
        for (language, message) in about.languages.written.iter().zip(&finding.messages) {
            messages.named(language.code()).text(message);
        }
    });
}

/// `{"event":"2023-10-16","last_day":"2023-10-15","days_late":1}`
fn values(finding: &Finding<'_>, json: &mut JsonText<'_>) {
    json.object(|values| {
        for named in &finding.values {
            named.value.write(values.named(&named.name));
            if let Some(raw) = named.raw.filter(|raw| named.value.amount().is_none_or(|(shown, _)| shown != *raw)) {
                values.named(&[&*named.name, "_exact"].concat()).value(&exact_json(raw));
            }
        }
        let lists =
            [(name!("failing"), &finding.failing), (name!("needs_decision_by"), &finding.roles), (name!("conflicting"), &finding.conflicting)];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            values.field(name).texts(list);
        }
        if let Some(day) = finding.last_day.filter(|_| finding.values.iter().all(|named| named.name != "last_day")) {
            values.field(name!("last_day")).shown(day);
        }
    });
}

fn decision(decision: Option<&RecordedDecision<'_>>, json: &mut JsonText<'_>) {
    let Some(decision) = decision else { return json.optional(None) };
    json.object(|json| {
        json.field(name!("outcome")).optional(decision.outcome);
        json.field(name!("authority")).optional(decision.authority.as_deref());
        json.field(name!("granted_on")).optional_shown(decision.granted_on);
        json.field(name!("valid_until")).optional_shown(decision.valid_until);
        json.field(name!("reference")).optional(decision.reference.as_deref());
    });
}

fn rule_place(about: &About<'_>, finding: &Finding<'_>, json: &mut JsonText<'_>) {
    let Some((start, end)) = about.sources.lines_of(finding.regulation) else { return json.optional(None) };
    json.object(|place| {
        place.field(name!("file")).text(about.sources.name(finding.regulation.source));
        place.field(name!("line")).number(start.line);
        place.field(name!("column")).number(start.column);
        place.field(name!("end_line")).number(end.line);
        place.field(name!("end_column")).number(end.column);
    });
}

fn record_place(about: &About<'_>, finding: &Finding<'_>, json: &mut JsonText<'_>) {
    let place = match &finding.record {
        RecordPlace::Dossier(place) => Some((about.file(place.file), place.line, Some(place.path.as_str()))),
        RecordPlace::Catalogue(span) => about.sources.lines_of(*span).map(|(start, _)| (about.sources.name(span.source), start.line, None)),
        RecordPlace::Nowhere => None,
    };
    let Some((file, line, path)) = place else { return json.optional(None) };
    json.object(|place| {
        place.field(name!("file")).text(file);
        place.field(name!("line")).number(line);
        place.field(name!("path")).optional(path);
    });
}
