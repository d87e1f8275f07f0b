//! What reading one record carries along: the batch that is filled, and, where something is wrong, what and where.

use rustc_hash::FxHashMap;
use serde::de::Error;

use crate::records::from_json::dossier::plain::Calendar;
use crate::records::from_json::dossier::shapes::Shapes;
use crate::records::problems::RecordProblem;
use crate::records::reading::{Provisional, Reading};
use crate::records::values::Clock;
use crate::records::{Batch, Placed};
use crate::vocabulary::{Cell, Field, MISSING, Subject};

/// What stays from record to record.
#[derive(Debug)]
pub(crate) struct State {
    pub(super) shapes: Shapes,
    pub(crate) clock: Clock,
    pub(super) calendar: Calendar,
    /// The way to the fault, from the inside out.
    pub(super) trail: Vec<Step>,
    pub(super) fault: Option<RecordProblem>,
    /// Where this record has numbers with decimals.
    pub(super) decimals: Vec<Placed>,
    /// The fields of this record that nobody declared.
    pub(crate) undeclared: Vec<(Subject, Box<str>)>,
    /// What a wrong code may be meant for, once for each code of a block.
    pub(crate) meant: FxHashMap<(Subject, Box<str>), String>,
}

/// A step from a value to a value in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Key(&'static str),
    Index(u32),
}

impl State {
    pub(super) fn new(reading: &Reading<'_>) -> Self {
        Self {
            shapes: Shapes::new(),
            clock: Clock::new(reading.time_zone),
            calendar: Calendar::new(),
            trail: Vec::new(),
            fault: None,
            decimals: Vec::new(),
            undeclared: Vec::new(),
            meant: FxHashMap::default(),
        }
    }

    /// Forget what was of one record.
    pub(crate) fn begin_record(&mut self) {
        self.trail.clear();
        self.fault = None;
        self.decimals.clear();
        self.undeclared.clear();
    }

    /// `/enrolments/1/isp`
    pub(super) fn path(&self) -> String {
        let steps = self.trail.iter().rev().map(|step| match step {
            Step::Key(key) => format!("/{key}"),
            Step::Index(index) => format!("/{index}"),
        });
        steps.collect()
    }
}

/// What fills the batch.
#[derive(Debug)]
pub(crate) struct Hand<'a, 'c> {
    pub(crate) reading: &'a Reading<'c>,
    pub(crate) batch: &'a mut Batch,
    pub(crate) state: &'a mut State,
}

impl Hand<'_, '_> {
    /// Keep what is wrong, and stop the parser.
    pub(super) fn fail<E: Error>(&mut self, problem: impl Into<RecordProblem>) -> E {
        self.state.fault = Some(problem.into());
        E::custom("the record holds something else than expected")
    }

    pub(super) fn cell(&self, field: Field, row: u32) -> Option<Cell> {
        Some(self.batch.cell(field, row)).filter(|cell| *cell != MISSING)
    }

    pub(crate) fn text(&mut self, text: &str) -> Cell {
        self.reading.catalogue.texts.find(text).unwrap_or_else(|| self.batch.texts.intern(text)).0
    }

    pub(crate) fn code(&mut self, subject: Subject, code: &str) -> Cell {
        if let Some(id) = self.reading.find(subject, code) {
            return Provisional::Known(id).cell();
        }
        let foreign = self.batch.foreign.get_mut(subject as usize).map_or(0, |texts| texts.intern(code).0);
        Provisional::Foreign(foreign.unsigned_abs()).cell()
    }
}
