//! Facts of a student and a course unit as the bits of one word: what was acquired, tolerated, exempted from, taken up, and when, so that every question
//! about a unit is a bit test.
//!
//! Each of the four states has nine bits: in an earlier year, perhaps in an earlier year, in semester 1 to 6 of the year under check, and in a semester
//! of it that is not known. A kind that the record leaves out counts as perhaps exempted.

use crate::rulebook::StudyRelation;
use crate::syntax::ast::PriorState;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Enumeration, MISSING};

use super::column::{Word, place};

/// Bits of relations: each surely, and one higher perhaps.
const ACQUIRED: u32 = 0;
const TOLERATED: u32 = 2;
const EXEMPTED_FROM: u32 = 4;
const TOOK_UP: u32 = 6;
const STATES: u32 = 8;
const BITS_A_STATE: u32 = 9;
/// An exemption that was granted by the day of the check, and one that perhaps was.
const EXEMPTION: u32 = STATES + 4 * BITS_A_STATE;
const INCLUDED: u32 = EXEMPTION + 2;
/// How many enrolments of a student have a bit of their own.
const ENROLMENTS: u32 = 16;
const INCLUDED_PERHAPS: u32 = INCLUDED + ENROLMENTS;

const EARLIER: u32 = 0;
const EARLIER_PERHAPS: u32 = 1;
const SEMESTERS: u32 = 2;
/// Semesters with a bit of their own: 1 to this.
pub(super) const SEMESTERS_KNOWN: u32 = 6;
const SEMESTER_UNKNOWN: u32 = SEMESTERS + SEMESTERS_KNOWN;

/// Everything perhaps: what a row proves whose unit or student nobody knows.
pub(super) const PERHAPS: Word = {
    let mut word =
        1 << (ACQUIRED + 1) | 1 << (TOLERATED + 1) | 1 << (EXEMPTED_FROM + 1) | 1 << (TOOK_UP + 1) | 1 << (EXEMPTION + 1) | 1 << INCLUDED_PERHAPS;
    let mut state = 0;
    while state < 4 {
        // Perhaps at any time: a semester that is not known is surely one of the year.
        word |= 1 << (STATES + state * BITS_A_STATE + EARLIER_PERHAPS);
        state += 1;
    }
    word
};

/// When an enrolment is, seen from the year under check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearIs {
    Earlier,
    UnderCheck,
}

fn bit(state: PriorState, offset: u32) -> Word {
    1 << (STATES + state as u32 * BITS_A_STATE + offset)
}

/// The bits of a relation: surely and perhaps.
pub(super) fn relation(relation: StudyRelation) -> (Word, Word) {
    let first = match relation {
        StudyRelation::Acquired => ACQUIRED,
        StudyRelation::Tolerated => TOLERATED,
        StudyRelation::ExemptedFrom => EXEMPTED_FROM,
        StudyRelation::TookUp => TOOK_UP,
    };
    (1 << first, 1 << (first + 1))
}

/// What an exemption proves of its unit.
pub(super) fn of_exemption(granted: Option<bool>) -> Word {
    match granted {
        Some(true) => 1 << EXEMPTED_FROM | 1 << EXEMPTION,
        Some(false) => 0,
        None => 1 << (EXEMPTED_FROM + 1) | 1 << (EXEMPTION + 1),
    }
}

/// Whether there is an exemption: surely granted by the day of the check, and perhaps.
pub(super) const EXEMPTION_SURE: Word = 1 << EXEMPTION;
pub(super) const EXEMPTION_ANY: Word = 1 << EXEMPTION | 1 << (EXEMPTION + 1);

/// The bit of the ISP of a student's `ordinal`th enrolment, and that of an ISP that perhaps includes the unit.
pub(super) fn included(ordinal: u32) -> Word {
    if ordinal < ENROLMENTS { 1 << (INCLUDED + ordinal) } else { 1 << INCLUDED_PERHAPS }
}

pub(super) const INCLUDED_MAYBE: Word = 1 << INCLUDED_PERHAPS;

/// A state in an earlier year: surely and perhaps.
pub(super) fn earlier(state: PriorState) -> (Word, Word) {
    (bit(state, EARLIER), bit(state, EARLIER_PERHAPS))
}

/// A state in any of the first semesters of the year under check.
pub(super) fn up_to(state: PriorState, semester: u32) -> Word {
    (1..=semester.min(SEMESTERS_KNOWN)).fold(0, |word, semester| word | bit(state, SEMESTERS + semester - 1))
}

/// A state in the year under check, in a semester that is not known.
pub(super) fn some_time(state: PriorState) -> Word {
    bit(state, SEMESTER_UNKNOWN)
}

/// The cells of an entry that decide what it proves.
#[derive(Debug, Clone, Copy)]
struct Entry {
    year: YearIs,
    semester: Cell,
    outcome: Cell,
    kind: Cell,
}

impl Entry {
    /// What an entry that was not dropped proves of its unit.
    fn word(self) -> Word {
        let outcome = |wanted: i32| match (self.outcome, self.year) {
            (MISSING, YearIs::Earlier) if self.kind != index::KIND_EXEMPTED => None,
            (outcome, _) => Some(outcome == wanted),
        };
        let exempted = (self.kind != MISSING).then_some(self.kind == index::KIND_EXEMPTED);
        let (passed, tolerated) = (outcome(index::OUTCOME_PASSED), outcome(index::OUTCOME_TOLERATED));
        relation_bits(ACQUIRED, passed)
            | relation_bits(TOLERATED, tolerated)
            | relation_bits(EXEMPTED_FROM, exempted)
            | relation_bits(TOOK_UP, Some(true))
            | self.state(PriorState::Completed, passed)
            | self.state(PriorState::Tolerated, tolerated)
            | self.state(PriorState::Exempted, exempted)
            | self.state(PriorState::Scheduled, Some(true))
    }

    fn state(self, state: PriorState, holds: Option<bool>) -> Word {
        let semester = u32::try_from(self.semester).ok().filter(|semester| (1..=SEMESTERS_KNOWN).contains(semester));
        match (self.year, holds) {
            (_, Some(false)) => 0,
            (YearIs::Earlier, Some(true)) => bit(state, EARLIER),
            (YearIs::UnderCheck, Some(true)) => bit(state, semester.map_or(SEMESTER_UNKNOWN, |semester| SEMESTERS + semester - 1)),
            (_, None) => bit(state, EARLIER_PERHAPS),
        }
    }
}

fn relation_bits(first: u32, holds: Option<bool>) -> Word {
    match holds {
        Some(true) => 1 << first,
        Some(false) => 0,
        None => 1 << (first + 1),
    }
}

/// The word without what an outcome proves: it is decided only after the day of the check. Whether one that is missing is another outcome stays unknown.
pub(super) fn not_decided_yet(word: Word) -> Word {
    let of = |state| up_to(state, SEMESTERS_KNOWN) | some_time(state) | bit(state, EARLIER);
    word & !(1 << ACQUIRED | 1 << TOLERATED | of(PriorState::Completed) | of(PriorState::Tolerated))
}

/// For every combination of the cells that decide, the word: for entries of earlier years, for those of the year under check, and for those of a year that
/// is later or not known, which prove nothing.
#[derive(Debug, Clone)]
pub(super) struct FactTable {
    earlier: Box<Words>,
    under_check: Box<Words>,
    none: Box<Words>,
}

/// What the entries of one enrolment prove.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proven<'a> {
    words: &'a Words,
    /// The bit of its ISP.
    included: Word,
}

type Words = [Word; COMBINATIONS];

/// Each cell is an index below this; the last stands for what is missing or beyond.
const PLACES: usize = 1 << BITS_A_PLACE;
const BITS_A_PLACE: u32 = 3;
const LAST_PLACE: u32 = (1 << BITS_A_PLACE) - 1;
const COMBINATIONS: usize = PLACES * PLACES * PLACES;
const _: () = assert!(Enumeration::Outcome.values().len() < PLACES && Enumeration::EntryKind.values().len() < PLACES);

/// The number of a combination of semester, outcome and kind: entries of a year take few, and what each proves is worked out once.
pub(super) fn combination((semester, outcome, kind): (Cell, Cell, Cell)) -> Cell {
    // The bits of the last place are all on, so that what lies beyond turns them on. No word does, but what is missing: all bits of its sign are on.
    let number = |cell: Cell| (cell | -Cell::from(cell.cast_unsigned() > LAST_PLACE)) & LAST_PLACE.cast_signed();
    let word = |cell: Cell| (cell | cell >> (Cell::BITS - 1)) & LAST_PLACE.cast_signed();
    number(semester) << (2 * BITS_A_PLACE) | word(outcome) << BITS_A_PLACE | word(kind)
}

fn widen(index: usize) -> Cell {
    if index == PLACES - 1 { MISSING } else { Cell::try_from(index).unwrap_or(MISSING) }
}

impl FactTable {
    pub(super) fn new() -> Self {
        let of = |year| {
            let mut words = Box::new([0; COMBINATIONS]);
            for (index, word) in words.iter_mut().enumerate() {
                let (semester, outcome, kind) = (widen(index / (PLACES * PLACES)), widen(index / PLACES % PLACES), widen(index % PLACES));
                *word = Entry { year, semester, outcome, kind }.word();
            }
            words
        };
        Self { earlier: of(YearIs::Earlier), under_check: of(YearIs::UnderCheck), none: Box::new([0; COMBINATIONS]) }
    }

    /// What the entries of a student's `ordinal`th enrolment prove, by its year and the one under check.
    pub(super) fn of_enrolment(&self, ordinal: u32, year: Cell, under_check: i32) -> Proven<'_> {
        if year == MISSING || year > under_check {
            return Proven { words: &self.none, included: 0 };
        }
        Proven { words: if year == under_check { &self.under_check } else { &self.earlier }, included: included(ordinal) }
    }
}

impl Proven<'_> {
    /// What an entry of the combination proves.
    pub(super) fn of(self, combination: Cell) -> Word {
        self.words[place(combination) % COMBINATIONS] | self.included
    }
}
