//! What entries and exemptions prove of their course units, as words of facts.

use std::ops::Range;

use crate::verdicts::{Read, World};
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::Word;
use super::super::facts::{self, FactTable, PERHAPS, Proven};
use super::super::machine::Frame;
use super::super::wide::widely;
use super::laid::{lay_open, rows_of};

/// For every entry the number of its semester, outcome and kind together.
pub(super) fn combinations(frame: &Frame<'_>, out: &mut Vec<Cell>) {
    let batch = frame.world.context.batch;
    let (entries, results) = (batch.table(Subject::Entry), batch.table(Subject::Result));
    let (semesters, kinds) = (entries.column(fields::entry::SEMESTER), entries.column(fields::entry::KIND));
    let told = semesters.iter().zip(results.column(fields::result::OUTCOME)).zip(kinds);
    widely(|| out.extend(told.map(|((semester, outcome), kind)| facts::combination((*semester, *outcome, *kind)))));
}

/// What the entries of a batch prove: nothing where one was dropped or its year is later than the one under check.
pub(super) struct Proofs<'a> {
    world: World<'a>,
    facts: &'a FactTable,
    /// For each student where the enrolments begin, and for each enrolment where the entries do.
    enrolments: &'a [u32],
    entries: &'a [u32],
    years: &'a [Cell],
    combinations: &'a [Cell],
    dropped: &'a [Cell],
    decided: &'a [Cell],
    /// Whether there are entries that do not prove what their combination does, by a day that few of them have.
    are_days_met: bool,
}

impl<'a> Proofs<'a> {
    pub(super) fn new(frame: &Frame<'a>, combinations: &'a [Cell]) -> Self {
        let world = frame.world;
        let (enrolments, entries) = (world.context.batch.table(Subject::Enrolment), world.context.batch.table(Subject::Entry));
        let results = world.context.batch.table(Subject::Result);
        let (dropped, decided) = (entries.column(fields::entry::DROPPED_ON), results.column(fields::result::DECIDED_ON));
        let is_any = |days: &[Cell], matters: fn(Cell, Cell) -> bool| days.iter().fold(false, |any, day| any | matters(*day, world.today));
        Self {
            world,
            facts: &frame.program.facts,
            enrolments: enrolments.starts(),
            entries: entries.starts(),
            years: enrolments.column(fields::enrolment::ACADEMIC_YEAR),
            combinations,
            dropped,
            decided,
            are_days_met: (entries.has_values(fields::entry::DROPPED_ON) && is_any(dropped, was_dropped))
                || (results.has_values(fields::result::DECIDED_ON) && is_any(decided, is_yet_to_be_decided)),
        }
    }

    /// For each enrolment of a student, what its entries prove, and which they are.
    pub(super) fn of_student(&self, student: u32) -> impl Iterator<Item = (Proven<'a>, Range<usize>)> {
        let enrolments = rows_of(self.enrolments, student);
        (0..).zip(enrolments).map_while(move |(ordinal, enrolment)| {
            let (year, first, end) = (self.years.get(enrolment)?, self.entries.get(enrolment)?, self.entries.get(enrolment + 1)?);
            Some((self.facts.of_enrolment(ordinal, *year, self.world.context.year), *first as usize..*end as usize))
        })
    }

    /// Lay open what entries prove of the units of their classes; what is proven of units whose class nobody knows comes back.
    pub(super) fn lay_open(&self, (proven, rows): (Proven<'_>, Range<usize>), classes: &[Cell], open: &mut [Word]) -> Word {
        let (Some(combinations), Some(classes)) = (self.combinations.get(rows.clone()), classes.get(rows.clone())) else { return PERHAPS };
        let words = combinations.iter().map(move |combination| proven.of(*combination));
        if self.are_days_met {
            lay_open(open, classes, rows.zip(words).map(|(entry, word)| self.left(entry, word)))
        } else {
            lay_open(open, classes, words)
        }
    }

    /// What is left of a word when the days of the entry are looked at.
    fn left(&self, entry: usize, word: Word) -> Word {
        let day = |days: &[Cell]| days.get(entry).copied().unwrap_or(MISSING);
        if was_dropped(day(self.dropped), self.world.today) {
            return 0;
        }
        if is_yet_to_be_decided(day(self.decided), self.world.today) { facts::not_decided_yet(word) } else { word }
    }
}

#[expect(clippy::needless_bitwise_bool, reason = "a branch costs more than it saves")]
fn was_dropped(day: Cell, today: Cell) -> bool {
    (day != MISSING) & (day <= today)
}

/// What is missing is below every day.
fn is_yet_to_be_decided(day: Cell, today: Cell) -> bool {
    day > today
}

/// What every entry proves.
pub(super) fn of_entries(frame: &Frame<'_>, combinations: &[Cell], out: &mut Vec<Word>) {
    let proofs = Proofs::new(frame, combinations);
    for (proven, rows) in (0..frame.world.context.batch.dossiers()).flat_map(|student| proofs.of_student(student)) {
        let words = combinations.get(rows.clone()).unwrap_or(&[]).iter().map(|combination| proven.of(*combination));
        out.extend(rows.zip(words).map(|(entry, word)| proofs.left(entry, word)));
    }
}

pub(super) fn of_exemptions(frame: &Frame<'_>, out: &mut Vec<Word>) {
    let rows = frame.world.context.batch.table(Subject::Exemption).rows();
    out.extend((0..rows).map(|row| match frame.world.read(fields::exemption::GRANTED_ON, row) {
        Read::Given(_) => facts::of_exemption(Some(true)),
        Read::NotHappened => facts::of_exemption(Some(false)),
        Read::Missing => facts::of_exemption(None),
    }));
}
