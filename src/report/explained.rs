//! Why a verdict is what it is: the tree of the judgement with a value at every node, in the words of the rule.

use std::fmt::Write as _;

use crate::problems::Pen;
use crate::report::shown;
use crate::report::words::{self, Language, Remark};
use crate::report::{Run, Speaker, drawn, keys};
use crate::rulebook::DefinitionId;
use crate::source::one_line;
use crate::verdicts::explain::{Note, Step, Trace};
use crate::verdicts::{Judgement, NamedValue};

/// The longest text of a node, in characters.
const LONGEST: usize = 110;

/// The finding in full, and below it the tree.
pub(crate) fn explained(run: &Run<'_>, (speaker, pen): (Speaker<'_>, Pen), judgement: &Judgement, traces: &[Trace]) -> String {
    let mut text = drawn(run, &speaker.finding(judgement), pen);
    text.push('\n');
    let tree = Tree { speaker, judgement };
    for trace in traces {
        let inner = if trace.what == Step::Check { trace.children.as_slice() } else { std::slice::from_ref(trace) };
        tree.branches(inner, "  ", &mut text);
    }
    text
}

/// A tree about to be written.
struct Tree<'a> {
    speaker: Speaker<'a>,
    judgement: &'a Judgement,
}

impl Tree<'_> {
    fn language(&self) -> Language {
        self.speaker.languages.reader
    }

    fn branches(&self, traces: &[Trace], indent: &str, text: &mut String) {
        let worth = self.worth_saying(traces, None);
        for (index, trace) in worth.iter().enumerate() {
            let last = index + 1 == worth.len();
            let (fork, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let _ = writeln!(text, "{indent}{fork}{}", self.line(trace));
            let inner: Vec<Trace> = self.worth_saying(&trace.children, Some(trace)).into_iter().cloned().collect();
            self.branches(&inner, &format!("{indent}{below}"), text);
        }
    }

    /// The nodes that say something which the node above does not; those below a node that repeats it stand in its place.
    fn worth_saying<'t>(&self, traces: &'t [Trace], above: Option<&Trace>) -> Vec<&'t Trace> {
        let mut worth = Vec::new();
        for trace in traces {
            let plain = trace.what == Step::Expression && trace.notes.is_empty();
            let repeats = plain && above.is_some_and(|above| above.span == trace.span && above.what != Step::Check);
            if repeats {
                let same = above.is_some_and(|above| above.value == trace.value || above.what != Step::Expression);
                worth.extend(if same { self.worth_saying(&trace.children, Some(trace)) } else { Vec::new() });
            } else if !plain || (!matches!(trace.value, NamedValue::Row(_)) && !self.is_literal(trace)) {
                worth.push(trace);
            }
        }
        worth
    }

    /// A literal's text says its value already.
    fn is_literal(&self, trace: &Trace) -> bool {
        let text = self.text(trace).replace('"', "");
        let value = shown::shown(self.speaker.world, &trace.value);
        let number = text.chars().next().is_some_and(|first| first.is_ascii_digit()) || text.starts_with("semester ");
        trace.children.is_empty() && (number || text == value.text(Language::English) || text == value.word())
    }

    /// `isp.enrolled_credits = 26 credits`
    fn line(&self, trace: &Trace) -> String {
        let value = shown::shown(self.speaker.world, &trace.value);
        let shown = value.text(self.language());
        let rounded = match (trace.raw, value.amount()) {
            (Some(raw), Some((rounded, unit))) if raw != rounded => {
                format!("{}, {} {shown}", words::quantity(self.language(), raw, unit), self.language().pick("rounded to", "afgerond"))
            }
            _ => shown,
        };
        let remarks: Vec<String> = trace.notes.iter().map(|note| self.remark(note)).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!("  ({})", remarks.join("; ")) };
        format!("{} = {rounded}{remarks}", self.text(trace))
    }

    /// The words of the rule for a node.
    fn text(&self, trace: &Trace) -> String {
        let whole = trace.span.map_or("", |span| self.speaker.sources.slice(span));
        let is_exception = matches!(trace.what, Step::Exception(_));
        let written = one_line(if is_exception { whole.split('{').next().unwrap_or(whole) } else { whole }).into_owned();
        let check = self.speaker.check(self.judgement);
        let led = |word: &str| match written.as_str() {
            "" => word.to_owned(),
            _ if written.starts_with(word) => written.clone(),
            _ => format!("{word}: {written}"),
        };
        let text = match trace.what {
            Step::Check => check.name.clone(),
            Step::Cohorts => led("cohorts"),
            Step::For => led("for"),
            Step::Exception(id) => led(&format!("except {}", self.speaker.label(self.judgement, id))),
            Step::NeedsDecision(_) => led("needs decision"),
            Step::Requirement => led("requirement"),
            Step::Event => led("done"),
            Step::FirstDay => led("first day"),
            Step::LastDay => led("last day"),
            Step::BoundValue => led("value"),
            Step::Minimum => led("minimum"),
            Step::Maximum => led("maximum"),
            Step::JudgedFrom => led("judged from"),
            Step::MayBeAllowed(_) => led("may be allowed"),
            Step::Prior(course) => format!("prior {}", keys::course_name(self.speaker.world, course)),
            Step::Decision(row) => self.decision(row),
            Step::Element(row) => keys::row_name(self.speaker.world, row),
            Step::Definition(id) => self.definition(id),
            Step::Demand | Step::Expression => written,
        };
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{} …", text.get(..end).unwrap_or(&text)),
            None => text,
        }
    }

    /// `study_efficiency [1.5, study efficiency]`
    fn definition(&self, id: DefinitionId) -> String {
        let rulebook = self.speaker.world.context.rulebook;
        let definition = rulebook.definition(id);
        let cited = definition.per.as_deref().unwrap_or(&rulebook.article(definition.article).number);
        if cited.is_empty() { definition.name.clone() } else { format!("{} [{cited}]", definition.name) }
    }

    fn decision(&self, row: u32) -> String {
        let decision = self.speaker.decision(row);
        let parts = [Some("decision"), decision.outcome, decision.authority.as_deref()];
        let day = decision.granted_on.map(|day| words::date(self.language(), day).to_string());
        parts.into_iter().flatten().chain(day.as_deref()).collect::<Vec<_>>().join(", ")
    }

    fn remark(&self, note: &Note) -> String {
        let remark = match note {
            Note::Applies => Remark::Applies,
            Note::GivesWayTo(exception) => Remark::GivesWayTo(self.speaker.label(self.judgement, *exception).to_owned()),
            Note::TriedBothWays => Remark::TriedBothWays,
            Note::Given => Remark::Given,
            Note::SeenBefore => Remark::SeenBefore,
            Note::Fits => Remark::Fits,
            Note::DoesNotFit => Remark::DoesNotFit,
        };
        words::remark(self.language(), &remark)
    }
}
