//! A finding drawn for a terminal: the sentence, the rule with its article, the record's line with the value that breaks it, the values, and what
//! would mend it.

use std::fmt::{self, Write as _};
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::problems::{Excerpt, Pen};
use crate::report::concise::whom;
use crate::report::finding::{DossierPlace, Finding, NamedShown, RecordPlace, Shown};
use crate::report::run::Run;
use crate::report::words::{self, Language, Outside, Own, Part};
use crate::rulebook::Severity;
use crate::source::Source;
use crate::verdicts::VerdictKind;

/// One finding in full.
pub(crate) fn drawn(run: &Run<'_>, finding: &Finding<'_>, pen: Pen) -> String {
    let mut text = pen.draw(&rule(run, finding));
    if let Some(record) = record(run, finding) {
        text.push_str(&pen.draw_below(&record));
    }
    let language = run.reader();
    let values = values(language, finding);
    let mut line = |part: Part, said: &str| {
        let _ = writeln!(text, "  {}: {said}", words::part(language, part));
    };
    if !values.is_empty() {
        line(Part::Values, &values);
    }
    if let Some(label) = &finding.exception {
        line(Part::Exception, &label.replace('_', " "));
    }
    if let Some(consequence) = &finding.consequence {
        line(Part::Consequence, consequence);
    }
    if let Some(mending) = &finding.mending {
        line(Part::Mending, mending);
    }
    text
}

/// `value 26 credits; minimum 27 credits; 1 credit short`; a raw value stands before the rounded one.
pub(crate) fn values(language: Language, finding: &Finding<'_>) -> String {
    let of_deadline = finding.values.iter().any(|named| matches!(named.name.as_ref(), "first_day" | "last_day"));
    finding.values.iter().map(|named| value(language, named, of_deadline.then_some(Own::Happened))).collect::<Vec<_>>().join("; ")
}

/// A value with its name in words; the event is that of a deadline, or a field of an entry.
fn value(language: Language, named: &NamedShown<'_>, event: Option<Own>) -> String {
    let shown = said(language, named);
    let outside = match named.name.as_ref() {
        "days_late" => Some(Outside::DaysLate),
        "days_early" => Some(Outside::DaysEarly),
        "days_left" => Some(Outside::DaysLeft),
        "short" => Some(Outside::Short),
        "over" => Some(Outside::Over),
        _ => None,
    };
    if let (Some(outside), Some(amount)) = (outside, named.value.amount()) {
        return words::outside(language, outside, amount);
    }
    let own = match named.name.as_ref() {
        "event" if named.value == Shown::NotHappened => return shown,
        "event" if named.value != Shown::Unknown => event,
        "first_day" => Some(Own::FirstDay),
        "last_day" => Some(Own::LastDay),
        "value" => Some(Own::Value),
        "minimum" => Some(Own::Minimum),
        "maximum" => Some(Own::Maximum),
        _ => None,
    };
    own.map_or_else(|| format!("{}: {shown}", words::name(language, &named.name)), |own| words::own(language, own, &shown))
}

fn said(language: Language, named: &NamedShown<'_>) -> String {
    let shown = named.value.text(language);
    match (named.raw, named.value.amount()) {
        (Some(raw), Some((rounded, unit))) if raw != rounded => {
            let raw = words::quantity(language, raw, unit);
            format!("{raw}, {} {shown}", language.pick("rounded to", "afgerond"))
        }
        _ => shown,
    }
}

/// The rule as a diagnostic: its clause is marked with the verdict and the article.
fn rule<'a>(run: &'a Run<'_>, finding: &Finding<'_>) -> Drawing<'a> {
    let check = run.rulebook.check(finding.check);
    let who = whom(finding);
    let message = if who.is_empty() { run.message(finding).to_owned() } else { format!("{who}: {}", run.message(finding)) };
    let verdict = words::verdict_word(run.reader(), finding.verdict);
    let source = run.sources.get(finding.regulation.source);
    let excerpt = source.map(|source| Excerpt::around(source, finding.regulation.range()));
    let article = run.cited(finding);
    let article = if article.is_empty() { String::new() } else { format!(", {} {article}", words::part(run.reader(), Part::Article)) };
    let place = excerpt.as_ref().map(|excerpt| excerpt.place(finding.regulation.range()));
    let label = place.map(|place| LabeledSpan::new_primary_with_span(Some(format!("{verdict}{article}")), place));
    Drawing { code: Some(check.name.clone()), message, severity: weight(finding), excerpt, label }
}

/// The severity that is drawn: what nobody need act upon is no error.
fn weight(finding: &Finding<'_>) -> Severity {
    match finding.verdict {
        VerdictKind::Violated | VerdictKind::NeedsDecision | VerdictKind::MissingData | VerdictKind::Conflict => finding.severity,
        VerdictKind::Satisfied | VerdictKind::NotApplicable | VerdictKind::Excepted | VerdictKind::Waived | VerdictKind::NotYetDue => {
            Severity::Advice
        }
    }
}

/// The record's line as a diagnostic.
fn record<'a>(run: &'a Run<'_>, finding: &'a Finding<'_>) -> Option<Drawing<'a>> {
    let (excerpt, place, label) = match &finding.record {
        RecordPlace::Dossier(place) => {
            let (excerpt, span) = dossier_excerpt(run, place)?;
            (excerpt, span, place.path.trim_start_matches('/').replace('/', " › "))
        }
        RecordPlace::Catalogue(span) => {
            let source = run.sources.get(span.source)?;
            let shown = first_line(source, span.range());
            let excerpt = Excerpt::around(source, shown.clone());
            let place = excerpt.place(shown);
            (excerpt, place, whom(finding))
        }
        RecordPlace::Nowhere => return None,
    };
    let label = LabeledSpan::new_primary_with_span(Some(label).filter(|label| !label.is_empty()), place);
    Some(Drawing { code: None, message: String::new(), severity: finding.severity, excerpt: Some(excerpt), label: Some(label) })
}

/// As much of a stretch as stands on its first line.
fn first_line(source: &Source, stretch: Range<usize>) -> Range<usize> {
    let text = source.text.get(stretch.clone()).unwrap_or("");
    let line = text.lines().next().unwrap_or("").len();
    stretch.start..stretch.start + line
}

fn dossier_excerpt<'a>(run: &'a Run<'_>, place: &'a DossierPlace) -> Option<(Excerpt<'a>, miette::SourceSpan)> {
    let window = place.window.as_ref()?;
    let excerpt = Excerpt::of_line(run.file(place.file), &window.text, (place.line, window.columns_before));
    let span = miette::SourceSpan::new((window.start as usize).into(), window.end.saturating_sub(window.start) as usize);
    Some((excerpt, span))
}

/// What is drawn: a sentence, a text and one mark in it.
#[derive(Debug)]
struct Drawing<'a> {
    code: Option<String>,
    message: String,
    severity: Severity,
    excerpt: Option<Excerpt<'a>>,
    label: Option<LabeledSpan>,
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Advice => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.label.iter().cloned()))
    }
}
