//! Who turns judgements into findings: it knows the rule texts, the record, and the languages that are spoken.

use crate::report::finding::{Finding, RecordedDecision, Said};
use crate::report::words::Language;
use crate::report::{Sentence, keys, places, shown};
use crate::rulebook::{Check, ExceptionId, Severity};
use crate::source::{Sources, one_line};
use crate::verdicts::{Context, Judgement, Unknown, Verdict, World};
use crate::vocabulary::{Enumeration, fields};

/// How much a finding says. Each needs more words, and more of the record's line to be looked at again, than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// What a line of a machine's format has room for: the record's line, and the path in it.
    Lines,
    /// The column too, what follows from it and what would mend it.
    Told,
    /// The stretch of the record's line that a drawing shows, too.
    Drawn,
}

/// The languages of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Languages {
    /// Those in which messages are written, in order.
    pub(crate) written: Vec<Language>,
    /// The one that is drawn and told.
    pub(crate) reader: Language,
}

impl Languages {
    /// The languages that the regulation declares and the engine speaks, and the one asked for.
    pub(crate) fn new(declared: &[String], asked: Option<Language>) -> Self {
        let mut written: Vec<Language> = declared.iter().filter_map(|code| Language::from_code(code)).collect();
        let reader = asked.or(written.first().copied()).unwrap_or_default();
        if !written.contains(&reader) {
            written.push(reader);
        }
        Self { written, reader }
    }

    /// Where the reader's messages stand among the written ones.
    pub(crate) fn reader_index(&self) -> usize {
        self.written.iter().position(|language| *language == self.reader).unwrap_or(0)
    }
}

/// Speaks of the verdicts of one batch.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) world: World<'a>,
    pub(crate) sources: &'a Sources,
    pub(crate) languages: &'a Languages,
    pub(crate) detail: Detail,
}

impl<'a> Speaker<'a> {
    pub(crate) fn new(context: Context<'a>, sources: &'a Sources, languages: &'a Languages, detail: Detail) -> Self {
        Self { world: World::new(context), sources, languages, detail }
    }

    pub(crate) fn check(self, judgement: &Judgement) -> &'a Check {
        self.world.context.rulebook.check(judgement.check)
    }

    /// All that a report may say of a verdict.
    pub(crate) fn finding(self, judgement: &'a Judgement) -> Finding<'a> {
        let say = |language: Language| Sentence { speaker: self, judgement, language };
        let reader = Some(say(self.languages.reader)).filter(|_| self.detail > Detail::Lines);
        let (roles, last_day, conflicting) = details(&judgement.verdict);
        Finding {
            student: keys::student(self.world, judgement.subject).map(Said::Borrowed),
            check: judgement.check,
            subject: keys::subject_key(self.world, judgement.subject, &judgement.priors),
            verdict: judgement.verdict.kind(),
            severity: self.severity(judgement),
            messages: self.languages.written.iter().map(|language| say(*language).message().into()).collect(),
            consequence: reader.and_then(Sentence::consequence).map(Into::into),
            mending: reader.and_then(Sentence::mending).map(Into::into),
            values: judgement.values.iter().map(|named| shown::named(self.world, named)).collect(),
            failing: judgement.failing.iter().map(|value| shown::shown(self.world, value).word()).collect(),
            exception: judgement.exception.or(excepted(&judgement.verdict)).map(|id| self.label(judgement, id).into()),
            conflicting: conflicting.iter().map(|id| self.label(judgement, *id).into()).collect(),
            decision: judgement.decision.or(waived(&judgement.verdict)).map(|row| self.decision(row)),
            roles: roles.iter().map(|role| role.as_str().into()).collect(),
            last_day,
            missing: judgement.missing.iter().map(|unknown| self.unknown(judgement, *unknown).into()).collect(),
            citation: self.citation(judgement).map(Into::into),
            regulation: judgement.demanded_at,
            record: places::record_place(self, judgement),
        }
    }

    pub(super) fn severity(self, judgement: &Judgement) -> Severity {
        let advice = judgement.edge.is_some_and(|edge| self.world.context.rulebook.edge(edge).advice);
        if advice { Severity::Advice } else { self.check(judgement).severity }
    }

    /// The most exact citation of what decided.
    fn citation(self, judgement: &Judgement) -> Option<&'a str> {
        let check = self.check(judgement);
        let exception = judgement.exception.or(excepted(&judgement.verdict)).and_then(|id| check.exceptions.get(id.0 as usize)?.per.as_deref());
        let edge = judgement.edge.and_then(|edge| self.world.context.rulebook.edge(edge).per.as_deref());
        let roles = details(&judgement.verdict).0;
        let needed = check.needs_decision.iter().filter(|decision| roles.contains(&decision.role)).find_map(|decision| decision.per.as_deref());
        let allowed = check.may_be_allowed.iter().filter(|decision| roles.contains(&decision.role)).find_map(|decision| decision.per.as_deref());
        exception.or(edge).or(needed).or(allowed).or(check.per.as_deref())
    }

    pub(crate) fn label(self, judgement: &Judgement, exception: ExceptionId) -> &'a str {
        self.check(judgement).exceptions.get(exception.0 as usize).map_or("", |exception| exception.label.value.as_str())
    }

    /// What was unknown, in words of the record: `enrolment.contract`, `BM101.credits`, or the stretch of the rule.
    pub(crate) fn unknown(self, judgement: &Judgement, unknown: Unknown) -> String {
        match unknown {
            Unknown::Missing(placed) => keys::place_name(self.world, judgement.subject, placed),
            Unknown::ListMissing(list, _) => format!("{}.{}", list.owner().word(), list.name()),
            Unknown::DivisionByZero(span)
            | Unknown::BeyondCalendars(span)
            | Unknown::Tie(span)
            | Unknown::Nothing(span)
            | Unknown::TooLarge(span)
            | Unknown::NoSuchDay(span)
            | Unknown::TooDeep(span)
            | Unknown::PartlyServed(span) => one_line(self.sources.slice(span)).into_owned(),
        }
    }

    pub(crate) fn decision(self, row: u32) -> RecordedDecision<'a> {
        use fields::decision;
        let text = |field| self.world.given(field, row).map(|cell| self.world.text(crate::records::TextId(cell)).into());
        RecordedDecision {
            outcome: self.world.given(decision::OUTCOME, row).and_then(|index| Enumeration::DecisionOutcome.value(index)),
            authority: text(decision::AUTHORITY),
            granted_on: self.world.date(decision::GRANTED_ON, row),
            valid_until: self.world.date(decision::VALID_UNTIL, row),
            reference: text(decision::REFERENCE),
        }
    }
}

/// The roles that must decide, the last day, the exceptions that contradict each other.
fn details(verdict: &Verdict) -> (&[String], Option<chrono::NaiveDate>, &[ExceptionId]) {
    match verdict {
        Verdict::NeedsDecision(roles) => (roles, None, &[]),
        Verdict::NotYetDue(day) => (&[], *day, &[]),
        Verdict::Conflict(exceptions) => (&[], None, exceptions),
        Verdict::Satisfied | Verdict::Violated | Verdict::NotApplicable | Verdict::Excepted(_) | Verdict::Waived(_) | Verdict::MissingData => {
            (&[], None, &[])
        }
    }
}

fn excepted(verdict: &Verdict) -> Option<ExceptionId> {
    if let Verdict::Excepted(exception) = verdict { Some(*exception) } else { None }
}

fn waived(verdict: &Verdict) -> Option<u32> {
    if let Verdict::Waived(row) = verdict { Some(*row) } else { None }
}
