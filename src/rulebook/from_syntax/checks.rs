//! Checks: whom they are about, when, and all that stands around the requirement, which the files for each kind read.

use crate::rulebook::from_syntax::clauses::{Clauses, Within, kind_word};
use crate::rulebook::from_syntax::compiler::{Compiler, year_text};
use crate::rulebook::from_syntax::declarations::Under;
use crate::rulebook::from_syntax::did_you_mean::did_you_mean_or_list;
use crate::rulebook::from_syntax::regulation::year_range;
use crate::rulebook::from_syntax::scope::{Place, Scope};
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::from_syntax::unique::check_name;
use crate::rulebook::problems::{CheckProblem, NameProblem, RegulationProblem};
use crate::rulebook::{
    Check, Edge, Expression, MayBeAllowed, NeedsDecision, Requirement, Sequentiality, SequentialityKind, Severity, Texts, Type, YearRange,
};
use crate::source::Span;
use crate::syntax::ast::{self, CheckKind, ClauseKind};
use crate::vocabulary::Subject;

/// What the readers of a check's parts need to know of it.
pub(super) struct Reading<'a> {
    pub(super) written: &'a ast::Check,
    pub(super) clauses: Clauses<'a>,
    pub(super) subject: Subject,
    pub(super) kind: CheckKind,
    /// Of a sequentiality.
    pub(super) sequentiality: Option<SequentialityKind>,
}

impl Reading<'_> {
    pub(super) fn scope(&self) -> Scope {
        let place = if self.kind == CheckKind::Sequentiality { Place::Sequentiality } else { Place::Rule };
        Scope::of(self.subject).at(place)
    }
}

impl<'a> Compiler<'a> {
    /// All checks that have a subject, in the order of their names.
    pub(super) fn checks(&mut self, written: &[Under<'a, ast::Check>]) -> Vec<Check> {
        let mut checks: Vec<Check> = written.iter().filter_map(|check| self.check(*check)).collect();
        checks.sort_by(|one, other| one.name.cmp(&other.name));
        self.former_names(&checks, written);
        checks
    }

    fn check(&mut self, under: Under<'a, ast::Check>) -> Option<Check> {
        let written = under.of;
        let clauses = Clauses::of(&written.clauses, Within::Check(written.kind), self.problems);
        let sequentiality = self.sequentiality_kind(written);
        let Some(subject) = self.subject_of(written, &clauses) else {
            self.undeclared_by_mistake.push(check_name(written));
            return None;
        };
        let reading = Reading { written, clauses, subject, kind: written.kind, sequentiality };
        let in_force = self.in_force(&reading);
        self.years = in_force;
        let requirement = self.requirement(&reading);
        let check = self.around(&reading, requirement, under);
        self.years = self.regulation.in_force;
        Some(Check { in_force, ..check })
    }

    fn around(&mut self, reading: &Reading<'_>, requirement: Option<Requirement>, under: Under<'_, ast::Check>) -> Check {
        let (written, clauses) = (reading.written, &reading.clauses);
        let exceptions = self.exceptions(reading, requirement.as_ref());
        let [message, consequence, remedy] = self.texts_of(reading);
        let (demanded_at, per) = demand(reading);
        Check {
            name: check_name(written),
            formerly: formerly(clauses).iter().map(|name| name.value.clone()).collect(),
            kind: written.kind,
            subject: reading.subject,
            dropped_too: self.takes_dropped(reading),
            condition: self.for_condition(reading),
            in_force: YearRange::ALWAYS,
            cohorts: self.cohorts(clauses),
            exceptions,
            needs_decision: self.needs_decision(reading),
            may_be_allowed: self.may_be_allowed(reading),
            judged_from: self.judged_from(reading),
            never_waived: clauses.get("never waived").is_some(),
            severity: self.severity(clauses),
            message,
            consequence,
            remedy,
            requirement,
            article: under.article,
            per,
            span: written.span,
            head: written.head,
            demanded_at,
        }
    }

    fn subject_of(&mut self, written: &ast::Check, clauses: &Clauses<'_>) -> Option<Subject> {
        let found = clauses.get("for").map(|clause| &clause.kind);
        let Some(ClauseKind::For { subject: word, .. }) = found else {
            if written.kind == CheckKind::Sequentiality {
                return Some(Subject::Entry);
            }
            if !clauses.has_junk {
                let (at, name) = (written.name.span, written.name.value.clone());
                let help = "add `for isp`, or `for enrolment where …`";
                self.report(at, CheckProblem::MissingClause { check: kind_word(written.kind), name, lacking: "whom it is about", at, help });
            }
            return None;
        };
        let subject = self.subject(word)?;
        let fits = subject.can_be_checked() && (written.kind != CheckKind::Sequentiality || subject == Subject::Entry);
        if !fits {
            self.report(word.span, NameProblem::NotCheckable { subject: subject.word(), at: word.span });
            return None;
        }
        Some(subject)
    }

    fn in_force(&mut self, reading: &Reading<'_>) -> YearRange {
        let regulation = self.regulation.in_force;
        let Some(ClauseKind::InForce(years)) = reading.clauses.get("in force").map(|clause| &clause.kind) else { return regulation };
        let range = year_range(years, self.problems);
        let both = YearRange { from: range.from.max(regulation.from), until: range.until.into_iter().chain(regulation.until).min() };
        let reversed = range.until.zip(range.from).is_some_and(|(until, from)| until < from);
        if !reversed && both.until.zip(both.from).is_some_and(|(until, from)| until < from) {
            let at = years.span;
            self.report(at, RegulationProblem::OutsideRegulation { years: range_text(regulation), at });
        }
        both
    }

    fn cohorts(&mut self, clauses: &Clauses<'_>) -> YearRange {
        match clauses.get("cohorts").map(|clause| &clause.kind) {
            Some(ClauseKind::Cohorts(years)) => year_range(years, self.problems),
            _ => YearRange::ALWAYS,
        }
    }

    fn takes_dropped(&mut self, reading: &Reading<'_>) -> bool {
        let Some(ClauseKind::For { every: Some(at), .. }) = reading.clauses.get("for").map(|clause| &clause.kind) else { return false };
        if reading.subject != Subject::Entry {
            self.report(*at, CheckProblem::MisplacedEvery { at: *at, subject: reading.subject.word() });
        }
        true
    }

    fn for_condition(&mut self, reading: &Reading<'_>) -> Option<Expression> {
        let Some(ClauseKind::For { condition: Some(condition), .. }) = reading.clauses.get("for").map(|clause| &clause.kind) else { return None };
        Typer::new(self, reading.scope()).condition(condition)
    }

    fn needs_decision(&mut self, reading: &Reading<'_>) -> Vec<NeedsDecision> {
        let mut all = Vec::new();
        for clause in &reading.clauses.needs_decision {
            if let ClauseKind::NeedsDecision { role, condition } = &clause.kind
                && let Some(condition) = Typer::new(self, reading.scope()).condition(condition)
            {
                all.push(NeedsDecision { role: role.value.clone(), condition, per: per(clause), span: clause.span });
            }
        }
        all
    }

    fn may_be_allowed(&mut self, reading: &Reading<'_>) -> Vec<MayBeAllowed> {
        let mut all = Vec::new();
        for clause in &reading.clauses.may_be_allowed {
            if let ClauseKind::MayBeAllowed { role, condition } = &clause.kind {
                let condition = condition.as_ref().map(|condition| Typer::new(self, reading.scope()).condition(condition));
                if condition != Some(None) {
                    all.push(MayBeAllowed { role: role.value.clone(), condition: condition.flatten(), per: per(clause), span: clause.span });
                }
            }
        }
        all
    }

    fn judged_from(&mut self, reading: &Reading<'_>) -> Option<Expression> {
        let Some(ClauseKind::JudgedFrom(day)) = reading.clauses.get("judged from").map(|clause| &clause.kind) else { return None };
        Typer::new(self, reading.scope()).expected(day, Type::Date)
    }

    fn severity(&mut self, clauses: &Clauses<'_>) -> Severity {
        let Some(ClauseKind::Severity(word)) = clauses.get("severity").map(|clause| &clause.kind) else { return Severity::Error };
        let known = [Severity::Error, Severity::Warning, Severity::Advice].into_iter().find(|severity| severity.word() == word.value);
        if known.is_none() {
            self.report(word.span, CheckProblem::UnknownSeverity { word: word.value.clone(), at: word.span });
        }
        known.unwrap_or(Severity::Error)
    }

    fn sequentiality_kind(&mut self, written: &ast::Check) -> Option<SequentialityKind> {
        if written.kind != CheckKind::Sequentiality {
            return None;
        }
        let word = &written.name;
        let known = SequentialityKind::ALL.into_iter().find(|kind| kind.word() == word.value);
        if known.is_none() {
            let help = did_you_mean_or_list(&word.value, "kinds are", &SequentialityKind::ALL.map(SequentialityKind::word));
            self.report(word.span, CheckProblem::UnknownSequentiality { word: word.value.clone(), at: word.span, help });
        }
        known
    }

    /// `formerly` gives a name that nothing else has or had.
    fn former_names(&mut self, checks: &[Check], written: &[Under<'_, ast::Check>]) {
        let mut taken: Vec<&str> = checks.iter().map(|check| check.name.as_str()).collect();
        for under in written {
            for clause in &under.of.clauses {
                let ClauseKind::Formerly(names) = &clause.kind else { continue };
                for name in names {
                    if taken.contains(&name.value.as_str()) {
                        self.report(name.span, CheckProblem::FormerNameTaken { name: name.value.clone(), at: name.span });
                    }
                    taken.push(&name.value);
                }
            }
        }
    }
}

fn formerly<'a>(clauses: &Clauses<'a>) -> &'a [ast::Word] {
    if let Some(ClauseKind::Formerly(names)) = clauses.get("formerly").map(|clause| &clause.kind) { names } else { &[] }
}

pub(super) fn per(clause: &ast::Clause) -> Option<String> {
    clause.per.as_ref().map(|per| per.value.clone())
}

/// The clause that demands, with the citation of the requirement.
fn demand(reading: &Reading<'_>) -> (Span, Option<String>) {
    let clauses = &reading.clauses;
    let once = ["require", "due", "prior", "student holds the diploma"].into_iter().filter_map(|word| clauses.get(word));
    let demands: Vec<&ast::Clause> = once.chain(clauses.limits.iter().copied()).collect();
    let cited = demands.iter().copied().chain(clauses.get("value")).chain(clauses.get("done")).find_map(per);
    (demands.first().map_or(reading.written.head, |clause| clause.span), cited)
}

/// `from 2023-2024 until 2025-2026`
fn range_text(range: YearRange) -> String {
    let from = range.from.map(|year| format!("from {}", year_text(year)));
    let until = range.until.map(|year| format!("until {}", year_text(year)));
    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}

impl Check {
    /// The check that judges lines with a permission or a condition where no `sequentiality condition` is declared.
    pub(super) fn of_conditions(name: String, first: &Edge) -> Self {
        Self {
            name,
            formerly: Vec::new(),
            kind: CheckKind::Sequentiality,
            subject: Subject::Entry,
            dropped_too: false,
            condition: None,
            in_force: YearRange::ALWAYS,
            cohorts: YearRange::ALWAYS,
            exceptions: Vec::new(),
            needs_decision: Vec::new(),
            may_be_allowed: Vec::new(),
            judged_from: None,
            never_waived: false,
            severity: Severity::Error,
            message: Texts::default(),
            consequence: Texts::default(),
            remedy: Texts::default(),
            requirement: Some(Requirement::Sequentiality(Sequentiality { kind: SequentialityKind::Condition, parts: Vec::new() })),
            article: first.article,
            per: first.per.clone(),
            span: first.span,
            head: first.span,
            demanded_at: first.span,
        }
    }
}
