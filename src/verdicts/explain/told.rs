//! Values and traces as plain lines of text: the words of the rule with the value under them.

use crate::rulebook::{Check, Period};
use crate::source::{Sources, one_line};
use crate::verdicts::explain::value::shown_element;
use crate::verdicts::explain::{Note, Step, Trace};
use crate::verdicts::{NamedValue, SubjectRow, Unknown, World};
use crate::vocabulary::Subject;

/// The longest stretch of a rule on one line.
const LONGEST: usize = 72;

/// One line of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TraceLine {
    pub(crate) depth: usize,
    /// The words of the rule, or what the node is.
    pub(crate) words: String,
    pub(crate) value: String,
    pub(crate) notes: Vec<String>,
}

/// What a trace is read with.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) world: World<'a>,
    pub(crate) sources: &'a Sources,
    pub(crate) check: &'a Check,
}

impl Teller<'_> {
    /// The lines of a tree, below the check itself; what only repeats the rule's text is left out.
    pub(crate) fn lines(&self, traces: &[Trace]) -> Vec<TraceLine> {
        let mut lines = Vec::new();
        for trace in traces {
            self.add(trace, (0, ""), &mut lines);
        }
        lines
    }

    fn add(&self, trace: &Trace, (depth, above): (usize, &str), lines: &mut Vec<TraceLine>) {
        let text = trace.span.map(|span| shortened(self.sources.slice(span))).unwrap_or_default();
        let value = self.value(trace);
        let words = self.words(trace, if text == value && is_limit(trace.what) { "" } else { &text });
        let inner = if trace.what == Step::Check || (repeats(trace, (&words, &value), above) && trace.notes.is_empty()) {
            depth
        } else {
            let notes = trace.notes.iter().map(|note| self.note(note)).collect();
            lines.push(TraceLine { depth, words: words.trim_end().to_owned(), value, notes });
            depth + 1
        };
        for child in &trace.children {
            self.add(child, (inner, &text), lines);
        }
    }

    fn words(&self, trace: &Trace, text: &str) -> String {
        let rulebook = self.world.context.rulebook;
        match trace.what {
            Step::Check => format!("check {}", self.check.name),
            Step::Cohorts => "cohorts".to_owned(),
            Step::For => format!("for {} where {text}", self.check.subject.word()),
            Step::Exception(_) | Step::NeedsDecision(_) | Step::MayBeAllowed(_) | Step::Demand | Step::Expression => text.to_owned(),
            Step::Requirement => format!("required: {}", text.strip_prefix("require ").unwrap_or(text)),
            Step::Event => format!("done {text}"),
            Step::FirstDay => "first day".to_owned(),
            Step::LastDay => "last day".to_owned(),
            Step::BoundValue => format!("value {text}"),
            Step::Minimum => format!("minimum {text}"),
            Step::Maximum => format!("maximum {text}"),
            Step::Prior(course) => format!("prior {}", self.world.code_name(Subject::Course, course)),
            Step::JudgedFrom => format!("judged from {text}"),
            Step::Decision(row) => format!("decision {}", row + 1),
            Step::Element(row) => told(&shown_element(row, self.world), self.world),
            Step::Definition(definition) => rulebook.definition(definition).name.clone(),
        }
    }

    fn value(&self, trace: &Trace) -> String {
        let value = told(&trace.value, self.world);
        match trace.raw {
            Some(raw) => format!("{value} (exactly {raw})"),
            None => value,
        }
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::Applies => "applies".to_owned(),
            Note::GivesWayTo(id) => {
                let label = self.check.exceptions.get(id.0 as usize).map_or("", |exception| exception.label.value.as_str());
                format!("gives way to {label}")
            }
            Note::TriedBothWays => "not known: tried both ways".to_owned(),
            Note::Given => "given by the example".to_owned(),
            Note::SeenBefore => "as above".to_owned(),
            Note::Fits => "fits".to_owned(),
            Note::DoesNotFit => "does not fit".to_owned(),
        }
    }
}

/// A limit that is written out says its number once.
fn is_limit(what: Step) -> bool {
    matches!(what, Step::Minimum | Step::Maximum)
}

/// Whether a node says nothing beside the one above it and its own text.
fn repeats(trace: &Trace, (words, value): (&str, &str), above: &str) -> bool {
    let is_named_above = || above.strip_suffix(words).is_some_and(|path| path.is_empty() || path.ends_with('.'));
    let says_nothing = words == value || words == above || is_path(trace);
    (trace.what == Step::Expression && says_nothing) || (matches!(trace.what, Step::Definition(_)) && is_named_above())
}

/// A row on the way to a value says nothing of its own.
fn is_path(trace: &Trace) -> bool {
    matches!(trace.value, NamedValue::Row(_)) && trace.children.iter().all(is_path)
}

/// A stretch of text on one line, cut where it is long.
fn shortened(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or(&line)),
        None => line.into_owned(),
    }
}

/// A value in the words of the language.
pub(crate) fn told(value: &NamedValue, world: World<'_>) -> String {
    match value {
        NamedValue::Boolean(true) => "yes".to_owned(),
        NamedValue::Boolean(false) => "no".to_owned(),
        NamedValue::Number(number) | NamedValue::Score(number) => number.to_string(),
        NamedValue::Credits(credits) => counted(&credits.to_string(), "credit"),
        NamedValue::Percent(percent) => format!("{percent}%"),
        NamedValue::Date(date) => date.to_string(),
        NamedValue::AcademicYear(year) => format!("{year}-{}", year + 1),
        NamedValue::Semester(number) => format!("semester {number}"),
        NamedValue::Period(period) => told_period(*period),
        NamedValue::Text(text) => format!("\"{}\"", world.text(*text)),
        NamedValue::Enumeration(enumeration, index) => enumeration.value(*index).unwrap_or_default().to_owned(),
        NamedValue::Code(subject, code) => world.code_name(*subject, *code).to_owned(),
        NamedValue::Row(row) => told_row(*row, world),
        NamedValue::None => "none".to_owned(),
        NamedValue::NotHappened => "not happened".to_owned(),
        NamedValue::Unknown => "unknown".to_owned(),
    }
}

fn counted(number: &str, one: &str) -> String {
    if number == "1" { format!("1 {one}") } else { format!("{number} {one}s") }
}

fn told_period(period: Period) -> String {
    let part = |count: i32, one: &str| (count != 0).then(|| counted(&count.to_string(), one));
    let parts = [part(period.months, "month"), part(period.days, "calendar day"), part(period.working_days, "working day")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "0 calendar days".to_owned() } else { parts.join(" + ") }
}

fn told_row(row: SubjectRow, world: World<'_>) -> String {
    if let NamedValue::Code(subject, code) = shown_element(row, world) {
        return format!("{} {}", row.subject.word(), world.code_name(subject, code));
    }
    row.subject.word().to_owned()
}

/// Why something is unknown, as a field of a row or the words of the rule.
pub(crate) fn told_unknown(unknown: Unknown, world: World<'_>, sources: &Sources) -> String {
    match unknown {
        Unknown::Missing(place) => {
            let row = SubjectRow { subject: place.subject, row: place.row };
            place.field.map_or_else(|| told_row(row, world), |field| format!("{}.{}", place.subject.word(), field.name()))
        }
        Unknown::ListMissing(list, _) => format!("{}.{}", list.owner().word(), list.name()),
        Unknown::DivisionByZero(span) => format!("a division by zero in `{}`", shortened(sources.slice(span))),
        Unknown::BeyondCalendars(span) => format!("no calendar for `{}`", shortened(sources.slice(span))),
        Unknown::Tie(span) => format!("a tie in `{}`", shortened(sources.slice(span))),
        Unknown::Nothing(span) => format!("nothing there for `{}`", shortened(sources.slice(span))),
        Unknown::TooLarge(span) => format!("a number too large in `{}`", shortened(sources.slice(span))),
        Unknown::NoSuchDay(span) => format!("no such day in `{}`", shortened(sources.slice(span))),
        Unknown::TooDeep(span) => format!("more definitions on one another than can be followed in `{}`", shortened(sources.slice(span))),
        Unknown::PartlyServed(span) => format!("only some of the group's children in `{}`", shortened(sources.slice(span))),
    }
}
