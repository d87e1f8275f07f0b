//! Which sentence a verdict gets: the author's where there is one, else one made from the requirement and the values, so that the number in the
//! sentence is the number of the judgement. The words themselves stand in `words`.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::report::finding::{Said, Shown};
use crate::report::words::{self, Language, Mending, OutOfBounds};
use crate::report::{Speaker, places, shown};
use crate::rulebook::{Check, Expression, Requirement, Template, TemplatePart, Texts};
use crate::source::one_line;
use crate::verdicts::explain::{Overrides, value_of};
use crate::verdicts::{Judgement, Named, Unknown, Verdict, VerdictKind};
use crate::vocabulary::Exact;

/// The longest stretch of a rule that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 240;

/// Room for almost every sentence.
const ROOM: usize = 128;

/// A judgement about to be said in a language.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'a> {
    pub(crate) speaker: Speaker<'a>,
    pub(crate) judgement: &'a Judgement,
    pub(crate) language: Language,
}

impl<'a> Sentence<'a> {
    /// What the verdict says.
    pub(crate) fn message(self) -> String {
        let language = self.language;
        match &self.judgement.verdict {
            Verdict::Satisfied => self.met(),
            Verdict::Violated => self.violated(),
            Verdict::NotApplicable => words::not_about(language, self.judgement.subject.subject.word()),
            Verdict::Excepted(exception) => {
                let lifted = words::lifted_by(language, self.speaker.label(self.judgement, *exception));
                format!("{}; {lifted}", self.what_is_wrong())
            }
            Verdict::Waived(row) => self.with_decision(*row, words::allowed_by),
            Verdict::NeedsDecision(roles) => words::somebody_decides(language, roles, self.why_decide().as_deref()),
            Verdict::NotYetDue(last) => words::not_due_yet(language, *last, self.whole("days_left")),
            Verdict::MissingData => words::cannot_be_judged(language, &self.unknowns()),
            Verdict::Conflict(exceptions) if exceptions.is_empty() => words::contradictory_decisions(language),
            Verdict::Conflict(exceptions) => {
                let labels: Vec<String> = exceptions.iter().map(|id| format!("`{}`", self.speaker.label(self.judgement, *id))).collect();
                words::contradictory_exceptions(language, &labels)
            }
        }
    }

    /// The author's words about what follows from it.
    pub(crate) fn consequence(self) -> Option<String> {
        let broken = matches!(self.judgement.verdict.kind(), VerdictKind::Violated | VerdictKind::NeedsDecision | VerdictKind::NotYetDue);
        broken.then(|| self.author(&self.check().consequence)).flatten()
    }

    /// What would mend it: the author's remedy, or what follows from the requirement.
    pub(crate) fn mending(self) -> Option<String> {
        let mending = self.what_mends()?;
        let author = matches!(self.judgement.verdict.kind(), VerdictKind::Violated | VerdictKind::NotYetDue);
        let author = author.then(|| self.author(&self.check().remedy)).flatten();
        Some(author.unwrap_or_else(|| words::mend(self.language, &mending)))
    }

    pub(crate) fn check(self) -> &'a Check {
        self.speaker.check(self.judgement)
    }

    fn violated(self) -> String {
        let wrong = self.what_is_wrong();
        match self.judgement.decision {
            Some(row) => self.said_with(&wrong, row, words::refused_by),
            None => wrong,
        }
    }

    fn with_decision(self, row: u32, say: Decided) -> String {
        let check = self.check();
        let wrong = if check.requirement.is_some() { self.what_is_wrong() } else { self.author(&check.message).unwrap_or_default() };
        self.said_with(&wrong, row, say)
    }

    fn said_with(self, wrong: &str, row: u32, say: Decided) -> String {
        let decision = self.speaker.decision(row);
        say(self.language, wrong, (decision.authority.as_deref(), decision.granted_on))
    }

    /// The author's message, or the engine's sentence about the requirement that is not met.
    fn what_is_wrong(self) -> String {
        self.author(&self.check().message).unwrap_or_else(|| self.unmet())
    }

    /// Why somebody must decide: what is wrong, unless the requirement is met or there is none; then the author's message is about the decision.
    fn why_decide(self) -> Option<String> {
        let check = self.check();
        if check.requirement.is_none()
            && let Some(said) = self.author(&check.message)
        {
            return Some(said);
        }
        let silent = check.requirement.is_none() || !check.needs_decision.is_empty();
        let cited = self.condition_for_decision();
        if silent && cited.is_some() { cited } else { Some(self.what_is_wrong()) }
    }

    /// The conditions under which the regulation leaves it to somebody.
    fn condition_for_decision(self) -> Option<String> {
        let Verdict::NeedsDecision(roles) = &self.judgement.verdict else { return None };
        let asked = self.check().needs_decision.iter().filter(|decision| roles.contains(&decision.role));
        let conditions: Vec<String> = asked.map(|decision| quoted(self.speaker.sources.slice(decision.condition.span))).collect();
        let edge = self.edge().map(|edge| format!(" ({edge})")).unwrap_or_default();
        (!conditions.is_empty()).then(|| format!("{}{edge}", words::joined(self.language, &conditions)))
    }

    fn unmet(self) -> String {
        match &self.check().requirement {
            Some(Requirement::Deadline(_)) => self.untimely(),
            Some(Requirement::Bound(_)) => self.out_of_bounds(),
            Some(Requirement::Sequentiality(_)) => self.lacks_priors(),
            Some(Requirement::Condition(_)) | None => words::does_not_hold(self.language, &self.demanded(), &self.failing()),
        }
    }

    fn met(self) -> String {
        match &self.check().requirement {
            Some(Requirement::Deadline(_)) => match (self.date("event"), self.date("last_day")) {
                (Some(on), Some(last)) => words::in_time(self.language, &self.event(), on, last),
                _ => words::holds(self.language, &self.demanded()),
            },
            Some(Requirement::Bound(_)) => {
                let limits = ["minimum", "maximum"].map(|name| self.quantity(name));
                words::within_bounds(self.language, &self.bound_name(), &self.measured(), [limits[0].as_deref(), limits[1].as_deref()])
            }
            Some(Requirement::Sequentiality(_) | Requirement::Condition(_)) | None => words::holds(self.language, &self.demanded()),
        }
    }

    fn untimely(self) -> String {
        let (event, first, last) = (self.date("event"), self.date("first_day"), self.date("last_day"));
        match (event, first, last) {
            (Some(on), Some(first), _) if on < first => words::early(self.language, &self.event(), on, first),
            (Some(on), _, Some(last)) if on > last => words::late(self.language, &self.event(), on, last),
            (None, _, Some(last)) => words::overdue(self.language, &self.event(), last, self.whole("days_late").unwrap_or_default()),
            _ => words::does_not_hold::<&str>(self.language, &self.demanded(), &[]),
        }
    }

    fn event(self) -> words::Event {
        let name = match &self.check().requirement {
            Some(Requirement::Deadline(deadline)) => one_line(self.speaker.sources.slice(deadline.done.span)),
            _ => Cow::Borrowed(""),
        };
        words::event(self.language, places::field_of(self.judgement), &name)
    }

    fn out_of_bounds(self) -> String {
        let value = self.measured();
        let say = |side, by: &str, limit: &str| {
            let (by, limit) = (self.quantity(by).unwrap_or_default(), self.quantity(limit).unwrap_or_default());
            words::out_of_bounds(self.language, side, [&self.bound_name(), &value, &by, &limit])
        };
        if self.named("short").is_some() {
            say(OutOfBounds::Short, "short", "minimum")
        } else if self.named("over").is_some() {
            say(OutOfBounds::Over, "over", "maximum")
        } else {
            words::does_not_hold::<&str>(self.language, &self.demanded(), &[])
        }
    }

    fn failing(self) -> Vec<Said<'a>> {
        self.judgement.failing.iter().map(|value| shown::shown(self.speaker.world, value).word()).collect()
    }

    fn unknowns(self) -> Vec<String> {
        let say = |unknown: &Unknown| words::unknown_because(self.language, *unknown, &self.speaker.unknown(self.judgement, *unknown));
        self.judgement.missing.iter().map(say).collect()
    }

    /// What the rule asks, as it is written, on one line.
    pub(crate) fn demanded(self) -> String {
        let clause = one_line(self.speaker.sources.slice(self.judgement.demanded_at));
        in_backticks(clause.strip_prefix("require ").unwrap_or(&clause))
    }

    /// The quantity that a bound limits, to stand before its value: its name in words, or the expression.
    fn bound_name(self) -> String {
        let Some(Requirement::Bound(bound)) = &self.check().requirement else { return String::new() };
        let text = one_line(self.speaker.sources.slice(bound.value.span));
        let is_name = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        match &*text {
            // `credits: 44 credits` says nothing twice.
            "credits" => String::new(),
            _ if is_name => words::name(self.language, &text) + ": ",
            _ => ["`", &*text, "`: "].concat(),
        }
    }

    /// `26 credits`; `28.571…%, rounded to 29%` where rounding changed it.
    fn measured(self) -> String {
        let Some(named) = self.named("value") else { return String::new() };
        let value = self.show(named);
        match (named.raw, value.amount()) {
            (Some(raw), Some((rounded, unit))) if raw != rounded => {
                let rounded = value.text(self.language);
                format!("{}, {} {rounded}", words::quantity(self.language, raw, unit), self.language.pick("rounded to", "afgerond"))
            }
            _ => value.text(self.language),
        }
    }

    fn quantity(self, name: &str) -> Option<String> {
        self.named(name).map(|named| self.show(named).text(self.language))
    }

    fn named(self, name: &str) -> Option<&'a Named> {
        self.judgement.named(name)
    }

    fn show(self, named: &Named) -> Shown<'a> {
        shown::shown(self.speaker.world, &named.value)
    }

    fn date(self, name: &str) -> Option<NaiveDate> {
        if let Shown::Date(date) = self.show(self.named(name)?) { Some(date) } else { None }
    }

    fn whole(self, name: &str) -> Option<i64> {
        self.show(self.named(name)?).amount().and_then(|(number, _)| number.to_integer())
    }

    /// The author's text in the language, or in the first one there is.
    fn author(self, texts: &Texts) -> Option<String> {
        let template = texts.get(self.language.code()).or_else(|| texts.in_languages.first().map(|(_, template)| template))?;
        Some(self.fill(template))
    }

    fn fill(self, template: &Template) -> String {
        let mut text = String::with_capacity(ROOM);
        for part in &template.parts {
            match part {
                TemplatePart::Text(written) => text.push_str(written),
                TemplatePart::Named(name) => self.fill_named(name, &mut text),
                TemplatePart::Value(expression) => self.fill_computed(expression, &mut text),
            }
        }
        text
    }

    /// A place with an expression over the check's subject.
    fn fill_computed(self, expression: &Expression, text: &mut String) {
        let value = value_of(&self.speaker.world.context, expression, self.judgement.subject, &Overrides::default());
        shown::shown(self.speaker.world, &value.value).say(self.language, text);
    }

    fn fill_named(self, name: &str, text: &mut String) {
        match (name, self.judgement.exception) {
            ("failing", _) => text.push_str(&words::joined(self.language, &self.failing())),
            ("prior", _) => text.push_str(&words::joined(self.language, &self.priors())),
            ("exception", exception) => text.push_str(exception.map_or("", |id| self.speaker.label(self.judgement, id))),
            _ => match self.named(name) {
                Some(named) => self.show(named).say(self.language, text),
                None => text.extend(["`", name, "`"]),
            },
        }
    }

    fn what_mends(self) -> Option<Mending> {
        let check = self.check();
        match &self.judgement.verdict {
            Verdict::Violated if self.judgement.decision.is_some() => None,
            Verdict::Violated => Some(self.what_mends_violation()),
            Verdict::NotYetDue(Some(last)) if matches!(check.requirement, Some(Requirement::Deadline(_))) => {
                Some(Mending::DoItBy(words::date(self.language, *last).to_string()))
            }
            Verdict::NeedsDecision(roles) => Some(Mending::RecordDecision { roles: roles.clone(), check: check.name.clone() }),
            Verdict::MissingData => Some(self.lacking()).filter(|fields| !fields.is_empty()).map(Mending::Give),
            Verdict::Conflict(exceptions) if exceptions.is_empty() => Some(Mending::WithdrawDecision),
            Verdict::Conflict(exceptions) => {
                Some(Mending::SettleExceptions(exceptions.iter().map(|id| self.speaker.label(self.judgement, *id).to_owned()).collect()))
            }
            Verdict::Satisfied | Verdict::NotApplicable | Verdict::Excepted(_) | Verdict::Waived(_) | Verdict::NotYetDue(_) => None,
        }
    }

    fn what_mends_violation(self) -> Mending {
        let check = self.check();
        let otherwise = if check.never_waived { Mending::ComplyOnly } else { Mending::Comply };
        let credits = |name: &str| self.named(name).map(|named| self.show(named)).filter(|value| matches!(value, Shown::Credits(_)));
        match &check.requirement {
            Some(Requirement::Deadline(_)) if !check.never_waived => Mending::TooLate,
            Some(Requirement::Bound(_)) => match (credits("short"), credits("over")) {
                (Some(short), _) if short.amount().is_some_and(|(by, _)| by != Exact::ZERO) => Mending::Add(short.text(self.language)),
                (None, Some(over)) if over.amount().is_some_and(|(by, _)| by != Exact::ZERO) => Mending::TakeOff(over.text(self.language)),
                _ => otherwise,
            },
            Some(Requirement::Sequentiality(_)) if !self.judgement.priors.is_empty() => {
                Mending::PriorsFirst { course: self.course().to_owned(), priors: self.priors().into_iter().map(str::to_owned).collect() }
            }
            Some(Requirement::Deadline(_) | Requirement::Sequentiality(_) | Requirement::Condition(_)) | None => otherwise,
        }
    }

    /// The fields and lists that the record or the catalogue should give.
    fn lacking(self) -> Vec<String> {
        let given = self.judgement.missing.iter().filter(|unknown| matches!(unknown, Unknown::Missing(_) | Unknown::ListMissing(..)));
        given.map(|unknown| format!("`{}`", self.speaker.unknown(self.judgement, *unknown))).collect()
    }
}

/// A sentence with a decision in it: what is wrong, who decided, when.
type Decided = fn(Language, &str, (Option<&str>, Option<NaiveDate>)) -> String;

/// A stretch of a rule in backticks, on one line, cut where it is very long.
pub(crate) fn quoted(text: &str) -> String {
    in_backticks(&one_line(text))
}

/// The same of what is on one line.
fn in_backticks(line: &str) -> String {
    // No text has more characters than bytes.
    let cut = if line.len() > LONGEST_QUOTE { line.char_indices().nth(LONGEST_QUOTE) } else { None };
    match cut {
        Some((end, _)) => ["`", line.get(..end).unwrap_or(line), " …`"].concat(),
        None => ["`", line, "`"].concat(),
    }
}
