//! The clauses of a check in their drawers: each belongs to its kind of check, and those that can stand once stand once.

use crate::problems::Problems;
use crate::rulebook::problems::CheckProblem;
use crate::source::Span;
use crate::syntax::ast::{CheckKind, Clause, ClauseKind, Limit};

/// The clauses of one check, or of the braces of an exception.
#[derive(Debug, Default)]
pub(super) struct Clauses<'a> {
    once: Vec<(&'static str, &'a Clause)>,
    pub(super) limits: Vec<&'a Clause>,
    pub(super) exceptions: Vec<&'a Clause>,
    pub(super) needs_decision: Vec<&'a Clause>,
    pub(super) may_be_allowed: Vec<&'a Clause>,
    pub(super) texts: Vec<&'a Clause>,
    /// A clause could not be read, so one that is lacking may be that one.
    pub(super) has_junk: bool,
}

/// Where clauses stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Check(CheckKind),
    Exception(CheckKind),
}

impl<'a> Clauses<'a> {
    pub(super) fn of(written: &'a [Clause], within: Within, problems: &mut Problems) -> Self {
        let mut clauses = Self::default();
        for clause in written {
            clauses.add(clause, within, problems);
        }
        clauses
    }

    fn add(&mut self, clause: &'a Clause, within: Within, problems: &mut Problems) {
        let (word, home) = word_and_home(&clause.kind);
        if !home.admits(within) {
            let (at, (check, help)) = (clause.span, kind_words(within));
            problems.add(at, CheckProblem::ClauseDoesNotBelong { clause: word, check, at, help });
            return;
        }
        match clause.kind {
            ClauseKind::Limit { .. } => self.limits.push(clause),
            ClauseKind::Except { .. } => self.exceptions.push(clause),
            ClauseKind::NeedsDecision { .. } => self.needs_decision.push(clause),
            ClauseKind::MayBeAllowed { .. } => self.may_be_allowed.push(clause),
            ClauseKind::Message(_) | ClauseKind::Consequence(_) | ClauseKind::Remedy(_) => self.texts.push(clause),
            ClauseKind::Junk => self.has_junk = true,
            _ if self.once.iter().any(|(known, _)| *known == word) => {
                problems.add(clause.span, CheckProblem::ClauseTwice { clause: word, at: clause.span });
            }
            _ => self.once.push((word, clause)),
        }
    }

    /// The clause that begins with that word.
    pub(super) fn get(&self, word: &str) -> Option<&'a Clause> {
        self.once.iter().find(|(known, _)| *known == word).map(|(_, clause)| *clause)
    }

    pub(super) fn span_of(&self, word: &str) -> Option<Span> {
        self.get(word).map(|clause| clause.span)
    }

    /// Whether nothing is required: such a check can only say when somebody must decide.
    pub(super) fn is_empty_of_requirements(&self) -> bool {
        let words = ["require", "done", "due", "value", "prior", "student holds the diploma"];
        self.limits.is_empty() && words.into_iter().all(|word| self.get(word).is_none())
    }
}

/// The checks in which a clause can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    Every,
    /// Also in the braces of an exception.
    Requirement(CheckKind),
    Only(CheckKind),
}

impl Home {
    fn admits(self, within: Within) -> bool {
        match (self, within) {
            (Self::Every, Within::Check(_)) => true,
            (Self::Every | Self::Only(_), Within::Exception(_)) => false,
            (Self::Requirement(home) | Self::Only(home), Within::Check(kind)) | (Self::Requirement(home), Within::Exception(kind)) => home == kind,
        }
    }
}

fn word_and_home(kind: &ClauseKind) -> (&'static str, Home) {
    match kind {
        ClauseKind::For { .. } => ("for", Home::Every),
        ClauseKind::InForce(_) => ("in force", Home::Every),
        ClauseKind::Cohorts(_) => ("cohorts", Home::Every),
        ClauseKind::Except { .. } => ("except", Home::Every),
        ClauseKind::NeedsDecision { .. } => ("needs decision", Home::Every),
        ClauseKind::MayBeAllowed { .. } => ("may be allowed", Home::Every),
        ClauseKind::JudgedFrom(_) => ("judged from", Home::Every),
        ClauseKind::NeverWaived => ("never waived", Home::Every),
        ClauseKind::Severity(_) => ("severity", Home::Every),
        ClauseKind::Message(_) => ("message", Home::Every),
        ClauseKind::Consequence(_) => ("consequence", Home::Every),
        ClauseKind::Remedy(_) => ("remedy", Home::Every),
        ClauseKind::Formerly(_) => ("formerly", Home::Every),
        ClauseKind::Require(_) => ("require", Home::Requirement(CheckKind::Rule)),
        ClauseKind::Done { .. } => ("done", Home::Only(CheckKind::Deadline)),
        ClauseKind::Due(_) => ("due", Home::Requirement(CheckKind::Deadline)),
        ClauseKind::Value { .. } => ("value", Home::Only(CheckKind::Bound)),
        ClauseKind::Limit { limit, .. } => (limit_word(limit), Home::Requirement(CheckKind::Bound)),
        ClauseKind::Prior(_) => ("prior", Home::Requirement(CheckKind::Sequentiality)),
        ClauseKind::HoldsDiploma => ("student holds the diploma", Home::Only(CheckKind::Sequentiality)),
        ClauseKind::Junk => ("", Home::Every),
    }
}

pub(super) fn limit_word(limit: &Limit) -> &'static str {
    match limit {
        Limit::AtLeast(_) => "at least",
        Limit::AtMost(_) => "at most",
        Limit::MoreThan(_) => "more than",
        Limit::LessThan(_) => "less than",
        Limit::Between(..) => "between",
        Limit::Exactly(_) => "exactly",
        Limit::NoMinimum => "no minimum",
        Limit::NoMaximum => "no maximum",
    }
}

pub(super) fn kind_word(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Deadline => "deadline",
        CheckKind::Bound => "bound",
        CheckKind::Rule => "rule",
        CheckKind::Sequentiality => "sequentiality",
    }
}

fn kind_words(within: Within) -> (&'static str, &'static str) {
    match within {
        Within::Check(CheckKind::Deadline) => ("deadline", "a deadline says `done …` and `due …`"),
        Within::Check(CheckKind::Bound) => ("bound", "a bound says `value …` and `at least …`, `at most …` or `between … and …`"),
        Within::Check(CheckKind::Rule) => ("rule", "a rule says `require …`"),
        Within::Check(CheckKind::Sequentiality) => ("sequentiality", "a sequentiality says `prior …`"),
        Within::Exception(CheckKind::Deadline) => ("deadline's exception", "its braces hold another `due …`"),
        Within::Exception(CheckKind::Bound) => ("bound's exception", "its braces hold other limits: `at most …`, `no minimum`"),
        Within::Exception(CheckKind::Rule) => ("rule's exception", "its braces hold another `require …`"),
        Within::Exception(CheckKind::Sequentiality) => ("sequentiality's exception", "its braces hold another `prior …`"),
    }
}
