//! The order of judgement: in force, `for`, `except`, `needs decision`, the requirement, `judged from`, `may be allowed`, the recorded decision.
//! A condition that is not known is tried both ways.

use std::collections::BTreeSet;

use crate::records::{CodeId, Placed};
use crate::rulebook::{ExceptionId, Requirement};
use crate::verdicts::explain::judging::decisions::Recorded;
use crate::verdicts::explain::judging::exceptions::{Changed, beaten_by, changed, standing};
use crate::verdicts::explain::judging::{Case, Demanded, Outcome};
use crate::verdicts::explain::value::all_of;
use crate::verdicts::explain::{Known, Note, Reasons, Recorder, Step};
use crate::verdicts::{Judgement, Named, NamedValue, Verdict, VerdictKind};
use crate::vocabulary::fields;

/// More unknown conditions than this are not tried: that many verdicts hardly ever agree.
pub(in crate::verdicts) const TRIED_AT_MOST: usize = 6;

/// The conditions that stand around the requirement.
struct Conditions {
    applies: Known<bool>,
    exceptions: Vec<Known<bool>>,
    needs: Vec<Known<bool>>,
}

/// One way in which the unknown conditions may be.
struct Assumed {
    applies: bool,
    exceptions: Vec<bool>,
    needs: Vec<bool>,
}

/// A verdict under one assumption, with what a finding says.
#[derive(Debug, Clone)]
struct Settled {
    verdict: Verdict,
    exception: Option<ExceptionId>,
    decision: Option<u32>,
    reasons: Reasons,
    demanded: Demanded,
}

impl<'a, R: Recorder> Case<'a, R> {
    pub(in crate::verdicts::explain) fn judge(&mut self) -> Judgement {
        let span = self.edge.map_or(self.check.span, |edge| edge.span);
        self.evaluator.recorder.enter(Step::Check, Some(span));
        let settled = self.settle();
        let verdict = settled.verdict.kind() == VerdictKind::Satisfied;
        self.evaluator.recorder.leave(|| NamedValue::Boolean(verdict));
        self.judgement(settled)
    }

    fn settle(&mut self) -> Settled {
        let year = self.evaluator.world.context.year;
        if !self.check.in_force.contains(year) {
            return self.plain(Verdict::NotApplicable);
        }
        let applies = self.applies();
        if applies == Ok(false) {
            return self.plain(Verdict::NotApplicable);
        }
        let conditions = Conditions { applies, exceptions: self.exceptions(), needs: self.needs() };
        let unknown = conditions.unknown();
        if unknown > TRIED_AT_MOST {
            let settled = Settled { reasons: conditions.reasons(usize::MAX), ..self.plain(Verdict::MissingData) };
            return self.if_judged_by_now(settled);
        }
        let first = self.assuming(&conditions.assumed(0));
        if unknown == 0 {
            return first;
        }
        let mut quiet = self.quiet();
        let others: Vec<Settled> = (1..1_usize << unknown).map(|ways| quiet.assuming(&conditions.assumed(ways))).collect();
        if others.iter().all(|other| other.verdict.is_same(&first.verdict)) {
            return agreed(first, others);
        }
        let settled = self.at_odds(&conditions, std::iter::once(first).chain(others).collect());
        self.if_judged_by_now(settled)
    }

    /// A verdict that needs no requirement looked at.
    fn plain(&self, verdict: Verdict) -> Settled {
        let demanded_at = self.edge.map_or(self.check.demanded_at, |edge| edge.span);
        let demanded = Demanded::new(Outcome::NotApplicable, demanded_at);
        Settled { verdict, exception: None, decision: None, reasons: Reasons::default(), demanded }
    }

    /// Whether the student is of a cohort that is meant, and the subject one that `for` means.
    fn applies(&mut self) -> Known<bool> {
        let cohort = self.is_of_cohort();
        if cohort == Ok(false) {
            return cohort;
        }
        let Some(condition) = &self.check.condition else { return cohort };
        self.evaluator.recorder.enter(Step::For, Some(condition.span));
        let meant = self.evaluator.truth(condition);
        self.evaluator.recorder.leave(|| shown(&meant));
        all_of([cohort, meant])
    }

    fn is_of_cohort(&mut self) -> Known<bool> {
        let world = self.evaluator.world;
        let cohorts = self.check.cohorts;
        let Some(student) = world.student_of(self.subject) else { return Ok(true) };
        if cohorts.from.is_none() && cohorts.until.is_none() {
            return Ok(true);
        }
        let field = fields::student::COHORT;
        let own = world.given(field, student).map(|year| cohorts.contains(year)).ok_or_else(|| Reasons::field(field, student));
        self.evaluator.recorder.enter(Step::Cohorts, None);
        self.evaluator.recorder.leave(|| shown(&own));
        own
    }

    fn exceptions(&mut self) -> Vec<Known<bool>> {
        let check = self.check;
        if !R::LISTENS {
            return check.exceptions.iter().map(|exception| self.evaluator.truth(&exception.condition)).collect();
        }
        let mut quiet = self.quiet().evaluator;
        let truths: Vec<Known<bool>> = check.exceptions.iter().map(|exception| quiet.truth(&exception.condition)).collect();
        self.record_exceptions(&truths);
        truths
    }

    /// Walk the exceptions again for whoever reads, now that it is known which give way.
    fn record_exceptions(&mut self, truths: &[Known<bool>]) {
        let check = self.check;
        let surely = |index: usize| truths.get(index) == Some(&Ok(true));
        for (id, exception) in (0..).map(ExceptionId).zip(&check.exceptions) {
            self.evaluator.recorder.enter(Step::Exception(id), Some(exception.span));
            let truth = self.evaluator.truth(&exception.condition);
            let note = match (&truth, beaten_by(check, id, &surely)) {
                (Ok(true), Some(other)) => Some(Note::GivesWayTo(other)),
                (Ok(true), None) => Some(Note::Applies),
                (Ok(false), _) => None,
                (Err(_), _) => Some(Note::TriedBothWays),
            };
            if let Some(note) = note {
                self.evaluator.recorder.note(note);
            }
            self.evaluator.recorder.leave(|| shown(&truth));
        }
    }

    fn needs(&mut self) -> Vec<Known<bool>> {
        let mut needs = Vec::with_capacity(self.check.needs_decision.len());
        for (index, clause) in self.check.needs_decision.iter().enumerate() {
            self.evaluator.recorder.enter(Step::NeedsDecision(index), Some(clause.span));
            let truth = self.evaluator.truth(&clause.condition);
            if truth.is_err() {
                self.evaluator.recorder.note(Note::TriedBothWays);
            }
            self.evaluator.recorder.leave(|| shown(&truth));
            needs.push(truth);
        }
        needs
    }

    fn assuming(&mut self, assumed: &Assumed) -> Settled {
        if !assumed.applies {
            return self.plain(Verdict::NotApplicable);
        }
        let standing = standing(self.check, &|index| assumed.exceptions.get(index) == Some(&true));
        let changed = match changed(self.check, &standing) {
            Ok(changed) => changed,
            Err(at_odds) => return self.plain(Verdict::Conflict(at_odds)),
        };
        let roles = self.roles_needed(&assumed.needs);
        let mut demanded = self.demanded(&changed, &[]);
        if demanded.values.is_empty() {
            demanded.values = self.read_for_decision(&assumed.needs);
        }
        let settled = of_requirement(demanded, &changed, roles);
        let settled = self.if_judged_by_now(settled);
        let settled = self.if_allowed(settled);
        self.with_decision(settled, &changed)
    }

    fn roles_needed(&self, needs: &[bool]) -> Vec<String> {
        let clauses = self.check.needs_decision.iter().zip(needs);
        sorted(clauses.filter(|(_, needed)| **needed).map(|(clause, _)| clause.role.clone()).collect())
    }

    /// What the conditions looked at that leave it to somebody.
    fn read_for_decision(&self, needs: &[bool]) -> Vec<Named> {
        let needed = self.check.needs_decision.iter().zip(needs).filter(|(_, needed)| **needed);
        needed.flat_map(|(clause, _)| self.quiet().reads(&clause.condition)).collect()
    }

    fn demanded(&mut self, changed: &Changed<'a>, forgiven: &[CodeId]) -> Demanded {
        self.evaluator.recorder.enter(Step::Requirement, Some(self.check.demanded_at));
        let demanded = self.requirement(changed, forgiven);
        let truth = match &demanded.outcome {
            Outcome::Met => NamedValue::Boolean(true),
            Outcome::NotMet => NamedValue::Boolean(false),
            Outcome::NotApplicable | Outcome::NotYetDue(_) => NamedValue::NotHappened,
            Outcome::Asks(_) | Outcome::Unknown(_) => NamedValue::Unknown,
        };
        self.evaluator.recorder.leave(|| truth);
        demanded
    }

    fn requirement(&mut self, changed: &Changed<'a>, forgiven: &[CodeId]) -> Demanded {
        let met = Demanded::new(Outcome::Met, self.check.demanded_at);
        match &self.check.requirement {
            Some(Requirement::Condition(_)) => changed.condition.map_or(met, |condition| self.condition(condition)),
            Some(Requirement::Deadline(deadline)) => changed.due.map_or(met, |due| self.deadline(deadline, due)),
            Some(Requirement::Bound(bound)) => self.bound(bound, changed),
            Some(Requirement::Sequentiality(_)) => self.edge.map_or(met, |edge| self.sequentiality(edge, changed.parts, forgiven)),
            None => met,
        }
    }

    /// `judged from D`: before that day, what is not met or not known is not yet due.
    fn if_judged_by_now(&mut self, settled: Settled) -> Settled {
        let Some(from) = self.check.judged_from.as_ref().filter(|_| matches!(settled.verdict, Verdict::Violated | Verdict::MissingData)) else {
            return settled;
        };
        self.evaluator.recorder.enter(Step::JudgedFrom, Some(from.span));
        let day = self.evaluator.value(from);
        let world = self.evaluator.world;
        self.evaluator.recorder.leave(|| day.as_ref().map_or(NamedValue::Unknown, |day| day.shown(from.kind_of_value, world)));
        match day {
            Ok(day) if day.date().is_some_and(|day| day <= world.context.as_of) => settled,
            Ok(day) => Settled { verdict: Verdict::NotYetDue(day.date()), reasons: Reasons::default(), exception: None, ..settled },
            Err(more) => missing(settled, more),
        }
    }

    /// `may be allowed by … when …`: a violation becomes a decision to take.
    fn if_allowed(&mut self, settled: Settled) -> Settled {
        if settled.verdict != Verdict::Violated {
            return settled;
        }
        let (mut roles, mut reasons) = (Vec::new(), Reasons::default());
        for (index, clause) in self.check.may_be_allowed.iter().enumerate() {
            self.evaluator.recorder.enter(Step::MayBeAllowed(index), Some(clause.span));
            let truth = clause.condition.as_ref().map_or(Ok(true), |condition| self.evaluator.truth(condition));
            self.evaluator.recorder.leave(|| shown(&truth));
            match truth {
                Ok(true) => roles.push(clause.role.clone()),
                Ok(false) => {}
                Err(more) => reasons.add(more),
            }
        }
        if !roles.is_empty() {
            return Settled { verdict: Verdict::NeedsDecision(sorted(roles)), ..settled };
        }
        if reasons.is_empty() { settled } else { missing(settled, reasons) }
    }

    /// A recorded decision allows or refuses what is violated or asks for a decision.
    fn with_decision(&mut self, settled: Settled, changed: &Changed<'a>) -> Settled {
        if !matches!(settled.verdict, Verdict::Violated | Verdict::NeedsDecision(_)) {
            return settled;
        }
        match self.recorded(&settled.demanded.priors) {
            Recorded::None => settled,
            Recorded::Granted(row) => Settled { verdict: Verdict::Waived(row), decision: Some(row), ..settled },
            Recorded::Refused(row) => Settled { verdict: Verdict::Violated, decision: Some(row), ..settled },
            Recorded::Forgiven(priors, row) => {
                let again = self.quiet().demanded(changed, &priors);
                if again.outcome == Outcome::Met { Settled { verdict: Verdict::Waived(row), decision: Some(row), ..settled } } else { settled }
            }
            Recorded::Both => Settled { verdict: Verdict::Conflict(Vec::new()), ..settled },
            Recorded::Unknown(reasons) => missing(settled, reasons),
        }
    }

    /// The unknown conditions lead to different verdicts: what is missing is what makes the difference.
    fn at_odds(&self, conditions: &Conditions, ways: Vec<Settled>) -> Settled {
        let differs = |bit: usize| (0..ways.len()).any(|way| !ways[way].verdict.is_same(&ways[way ^ (1 << bit)].verdict));
        let mattering = (0..conditions.unknown()).filter(|bit| differs(*bit)).fold(0_usize, |bits, bit| bits | 1 << bit);
        let mut reasons = conditions.reasons(mattering);
        for settled in &ways {
            reasons.add(settled.reasons.clone());
        }
        let telling = ways.into_iter().max_by_key(|settled| settled.demanded.values.len());
        let demanded = telling.map_or_else(|| self.plain(Verdict::MissingData).demanded, |settled| settled.demanded);
        Settled { reasons, demanded, ..self.plain(Verdict::MissingData) }
    }

    fn judgement(&self, settled: Settled) -> Judgement {
        let Settled { verdict, exception, decision, reasons, demanded } = settled;
        let place = Placed { subject: self.subject.subject, row: self.subject.row, field: None };
        Judgement {
            check: self.id,
            subject: self.subject,
            edge: self.edge_id,
            exception: exception.or(if let Verdict::Excepted(label) = &verdict { Some(*label) } else { None }),
            decision,
            missing: if verdict == Verdict::MissingData { reasons.into_set() } else { BTreeSet::new() },
            values: demanded.values,
            failing: demanded.failing,
            priors: demanded.priors,
            demanded_at: demanded.clause,
            broken_at: demanded.broken_at.unwrap_or(place),
            verdict,
        }
    }
}

impl Conditions {
    fn each(&self) -> impl Iterator<Item = &Known<bool>> {
        std::iter::once(&self.applies).chain(&self.exceptions).chain(&self.needs)
    }

    fn unknown(&self) -> usize {
        self.each().filter(|truth| truth.is_err()).count()
    }

    /// The conditions with the unknown ones as the bits say, the first unknown one being bit 0.
    fn assumed(&self, ways: usize) -> Assumed {
        let mut bit = 0;
        let mut assume = |truth: &Known<bool>| {
            truth.as_ref().copied().unwrap_or_else(|_| {
                bit += 1;
                ways >> (bit - 1) & 1 == 1
            })
        };
        let applies = assume(&self.applies);
        let exceptions = self.exceptions.iter().map(&mut assume).collect();
        Assumed { applies, exceptions, needs: self.needs.iter().map(assume).collect() }
    }

    /// Why the unknown conditions of these bits are unknown.
    fn reasons(&self, bits: usize) -> Reasons {
        let mut all = Reasons::default();
        for (bit, reasons) in self.each().filter_map(|truth| truth.as_ref().err()).enumerate() {
            if bits.checked_shr(u32::try_from(bit).unwrap_or(u32::MAX)).is_none_or(|rest| rest & 1 == 1) {
                all.add(reasons.clone());
            }
        }
        all
    }
}

/// The verdict of the requirement with what the exceptions and `needs decision` make of it.
fn of_requirement(demanded: Demanded, changed: &Changed<'_>, roles: Vec<String>) -> Settled {
    let mut reasons = Reasons::default();
    let verdict = match &demanded.outcome {
        _ if !roles.is_empty() => Verdict::NeedsDecision(roles),
        Outcome::Met => Verdict::Satisfied,
        Outcome::NotApplicable => Verdict::NotApplicable,
        Outcome::NotYetDue(last) => Verdict::NotYetDue(*last),
        Outcome::NotMet | Outcome::Asks(_) if changed.lifted.is_some() => changed.lifted.map_or(Verdict::Violated, Verdict::Excepted),
        Outcome::NotMet => Verdict::Violated,
        Outcome::Asks(roles) => Verdict::NeedsDecision(sorted(roles.clone())),
        Outcome::Unknown(why) => {
            reasons = why.clone();
            Verdict::MissingData
        }
    };
    Settled { verdict, exception: demanded.exception.or(changed.replaced), decision: None, reasons, demanded }
}

fn missing(settled: Settled, more: Reasons) -> Settled {
    let mut reasons = settled.reasons;
    reasons.add(more);
    Settled { verdict: Verdict::MissingData, reasons, ..settled }
}

/// All ways lead to the same: the first is told, with its exception only where all name it.
fn agreed(first: Settled, others: Vec<Settled>) -> Settled {
    others.into_iter().fold(first, |mut told, other| {
        told.exception = told.exception.filter(|exception| other.exception == Some(*exception));
        told.reasons.add(other.reasons);
        told
    })
}

fn sorted(mut roles: Vec<String>) -> Vec<String> {
    roles.sort();
    roles.dedup();
    roles
}

fn shown(truth: &Known<bool>) -> NamedValue {
    truth.as_ref().map_or(NamedValue::Unknown, |truth| NamedValue::Boolean(*truth))
}
