//! What comes of taking up a unit: marks, second chances, tolerated fail marks, and what of it is known by the day of the check.

use crate::generate::dossier::{Datum, Row};
use crate::generate::draw::word;
use crate::generate::institution::{Unit, YearDays};
use crate::generate::random::Random;
use crate::vocabulary::{Cell, Enumeration, SCALE, Subject, fields};

/// What a result amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    Tolerated,
    Absent,
}

/// A result as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Result {
    pub(super) outcome: Outcome,
    score: Option<Cell>,
    attempts: i32,
    decided: i32,
}

/// What decides a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Examination<'i> {
    pub(super) unit: &'i Unit,
    pub(super) days: &'i YearDays,
    pub(super) semester: i32,
    /// In a hundred, of passing.
    pub(super) ability: i32,
    /// Whether fail marks are tolerated.
    pub(super) tolerance: Tolerance,
    /// The day of the check.
    pub(super) today: i32,
}

/// Whether a fail mark may end as a tolerated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tolerance {
    Possible,
    Out,
}

/// The result that is known by the day of the check; nothing before the first deliberation.
pub(super) fn result(examination: Examination<'_>, random: &mut Random) -> Option<Result> {
    let Examination { unit, days, semester, ability, tolerance, today } = examination;
    let first_day = days.results[usize::from(semester > 1)];
    let (first, second) = (random.percent(ability), random.percent(ability / 2 + 8));
    let (mark, absent, tolerated) = (random.between(0, 99), random.percent(9), random.percent(18));
    let of = |outcome, score, (attempts, decided)| Result { outcome, score, attempts, decided };
    let whole = unit.pass_mark / SCALE;
    let passed = Some((whole + mark * mark / 1_200) * SCALE);
    let failed = Some((whole - 1 - mark * mark / 1_500).max(0) * SCALE);
    let (at_first, at_second) = ((1, first_day), (2, days.results[2]));
    let known = if first {
        of(Outcome::Passed, passed, at_first)
    } else if tolerated && unit.tolerable && tolerance == Tolerance::Possible {
        of(Outcome::Tolerated, Some((whole - 1 - mark % 2) * SCALE), at_first)
    } else if days.results[2] > today {
        of(Outcome::Failed, failed, at_first)
    } else if second {
        of(Outcome::Passed, passed, at_second)
    } else if absent {
        of(Outcome::Absent, None, at_second)
    } else {
        of(Outcome::Failed, failed, at_second)
    };
    (known.decided <= today).then_some(known)
}

impl Result {
    pub(super) fn row(self) -> Row {
        let outcome = match self.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Tolerated => "tolerated",
            Outcome::Absent => "absent",
        };
        let row = Row::new(Subject::Result)
            .with_any(fields::result::SCORE, self.score.map(Datum::Number))
            .with(fields::result::OUTCOME, word(Enumeration::Outcome, outcome))
            .with(fields::result::ATTEMPTS, Datum::Number(self.attempts * SCALE))
            .with(fields::result::DECIDED_ON, Datum::Day(self.decided));
        if self.outcome != Outcome::Tolerated {
            return row;
        }
        row.with(fields::result::TOLERANCE, word(Enumeration::Tolerance, "chosen"))
            .with(fields::result::TOLERANCE_SETTLED_ON, Datum::Day(self.decided))
    }
}
