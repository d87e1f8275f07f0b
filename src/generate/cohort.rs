//! A cohort of any size, block by block: the students of a block are drawn and judged together, and those with a violation, or without the luck to be
//! clean as drawn, are made one by one. A student depends on the seed and on its own number, and on nothing else.

use rayon::prelude::*;

use crate::generate::dossier::Writer;
use crate::generate::draw::{self, History, Manner, Plainness, Profile, Spread};
use crate::generate::institution::{Institution, Setting};
use crate::generate::maker::Maker;
use crate::generate::random::Random;
use crate::generate::rehearsal::Rehearsal;
use crate::generate::stage::Stage;

/// Students who are made together.
const BLOCK: u64 = 256;

/// What cohort is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) seed: u64,
    /// Students with a planted violation, in ten thousand.
    pub(crate) planted: u64,
}

impl Order {
    /// The stream of numbers of one student.
    pub(super) fn random(self, index: u64) -> Random {
        const FOR_STUDENTS: u64 = 4;
        Random::of(&[self.seed, FOR_STUDENTS, index])
    }
}

/// `r0000001` is the first.
pub(super) fn number(index: u64) -> String {
    format!("r{:07}", index + 1)
}

/// A cohort that can be made.
pub(crate) struct Cohort<'a> {
    order: Order,
    made: Made<'a>,
}

/// With rules or without.
enum Made<'a> {
    Judged(Box<Stage<'a>>, Rehearsal),
    /// Nothing is known of rules: students as they are drawn.
    Drawn(Institution<'a>),
}

/// Lines of some students.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    /// A dossier a line.
    pub(crate) dossiers: Vec<u8>,
    /// A finding a line.
    pub(crate) expected: String,
    pub(crate) counts: Counts,
}

/// How many students of which kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) students: u64,
    /// Those with a planted violation.
    pub(crate) planted: u64,
    /// Those for whom no dossier was found that is clean under these rules: they have no enrolment in the year.
    pub(crate) idle: u64,
    /// Findings that a check must give.
    pub(crate) findings: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.students += other.students;
        self.planted += other.planted;
        self.idle += other.idle;
        self.findings += other.findings;
    }
}

impl<'a> Cohort<'a> {
    /// Nothing where the catalogue describes no programme with units in the year.
    pub(crate) fn new(setting: Setting<'a>, order: Order) -> Option<Self> {
        let institution = Institution::new(setting)?;
        let Some(rulebook) = setting.rulebook else { return Some(Self { order, made: Made::Drawn(institution) }) };
        let stage = Stage::new(institution, rulebook);
        let rehearsal = if order.planted > 0 { Rehearsal::new(&stage, order.seed) } else { Rehearsal::without_planting(&stage, order.seed) };
        Some(Self { order, made: Made::Judged(Box::new(stage), rehearsal) })
    }

    /// What the rehearsal showed, where there are rules.
    pub(crate) fn rehearsal(&self) -> Option<&Rehearsal> {
        if let Made::Judged(_, rehearsal) = &self.made { Some(rehearsal) } else { None }
    }

    /// The first so many students, in order: as many blocks at a time as are asked for, each on a thread of its own.
    pub(crate) fn blocks(&self, students: u64, together: u64) -> impl Iterator<Item = Vec<Lines>> {
        let stride = BLOCK * together.max(1);
        let step = usize::try_from(stride).unwrap_or(usize::MAX);
        (0..students).step_by(step).map(move |first| {
            let starts: Vec<u64> = (first..students.min(first + stride)).step_by(usize::try_from(BLOCK).unwrap_or(1)).collect();
            starts.into_par_iter().map(|start| self.lines(start, students.min(start + BLOCK))).collect()
        })
    }

    fn lines(&self, from: u64, until: u64) -> Lines {
        match &self.made {
            Made::Drawn(institution) => self.drawn(institution, from, until),
            Made::Judged(stage, rehearsal) => Maker::new(self.order, stage, rehearsal).students(from..until),
        }
    }

    fn drawn(&self, institution: &Institution<'_>, from: u64, until: u64) -> Lines {
        let (mut lines, weights) = (Lines::default(), institution.weights());
        let manner = Manner { plainness: Plainness::Lively, history: History::Any, spread: Spread::Weighted(&weights) };
        for index in from..until {
            let mut random = self.order.random(index);
            let profile = Profile::draw(institution, manner, &mut random);
            let dossier = draw::dossier(institution, (&profile, number(index)), &mut random);
            Writer::new(institution.setting).line(&dossier, &mut lines.dossiers);
            lines.counts.students += 1;
        }
        lines
    }
}
