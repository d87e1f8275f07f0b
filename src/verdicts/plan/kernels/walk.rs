//! One walk over the students of a batch: the facts of each are opened once, for all columns that look into them.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{Truth, UNKNOWN, Word, cell_of_row};
use super::super::facts::PERHAPS;
use super::super::ladder::Ladder;
use super::super::machine::Frame;
use super::super::operations::{Op, TruthOp, WordOp};
use super::super::program::NodeId;
use super::edges::Edges;
use super::facts::{Slots, Sources, make_room, shown};
use super::units::Units;

/// A column that is filled on the walk.
#[derive(Debug)]
pub(in crate::verdicts::plan) enum Filled {
    Words(Vec<Word>),
    Truths(Vec<Truth>),
}

impl Filled {
    /// Nothing known of so many rows.
    fn clear(&mut self, rows: usize) {
        match self {
            Self::Words(words) => {
                words.clear();
                words.resize(rows, PERHAPS);
            }
            Self::Truths(truths) => {
                truths.clear();
                truths.resize(rows, UNKNOWN);
            }
        }
    }
}

/// What a column asks about the rows of each student.
enum Asking<'a> {
    Facts(&'a [Cell]),
    Shown {
        classes: &'a [Cell],
        /// What must surely be in the facts, and what makes it possible.
        wanted: (Word, Word),
    },
    Edges(Edges<'a>),
    Units(Units<'a>),
}

struct Walker<'a> {
    asking: Asking<'a>,
    ladder: Ladder,
}

/// Fill columns that look into the facts; each node beside its column.
pub(in crate::verdicts::plan) fn walk(frame: &Frame<'_>, columns: &mut [(NodeId, Filled)]) {
    let mut walkers: Vec<(Walker<'_>, &mut Filled)> = Vec::with_capacity(columns.len());
    for (node, filled) in columns {
        filled.clear(frame.len(frame.program.nodes[node.0 as usize].domain));
        walkers.extend(Walker::new(frame, *node).map(|walker| (walker, filled)));
    }
    let Some(sources) = Sources::new(frame) else { return };
    let mut slots = frame.slots.borrow_mut();
    make_room(frame, &mut slots);
    for student in 0..frame.world.context.batch.dossiers() {
        let anything = sources.open(cell_of_row(student), &mut slots);
        for (walker, filled) in &mut walkers {
            walker.look(walker.ladder.rows(student), (&slots, anything), filled);
        }
        sources.close(cell_of_row(student), &mut slots);
    }
}

impl<'a> Walker<'a> {
    fn new(frame: &Frame<'a>, node: NodeId) -> Option<Self> {
        let node = &frame.program.nodes[node.0 as usize];
        let (asking, ladder) = match &node.op {
            Op::Words(WordOp::Facts { student, class }) => (Asking::Facts(frame.cells(*class)), Ladder::new(frame, *student)),
            Op::Truths(TruthOp::Shown { student, class, sure, possible }) => {
                (Asking::Shown { classes: frame.cells(*class), wanted: (*sure, *possible) }, Ladder::new(frame, *student))
            }
            Op::Truths(TruthOp::Units(asked)) => (Asking::Units(Units::new(frame, asked)?), Ladder::new(frame, asked.student)),
            Op::Truths(op) => {
                let edges = Edges::new(frame, (node.domain, op))?;
                let ladder = Ladder::new(frame, edges.students()).within(edges.positions());
                (Asking::Edges(edges), ladder)
            }
            Op::Cells(_) | Op::Numbers(_) | Op::Fractions(_) | Op::Words(_) => return None,
        };
        Some(Self { asking, ladder })
    }

    /// Answer for rows of the student whose facts lie open.
    fn look(&self, rows: Range<usize>, facts: (&Slots, Word), filled: &mut Filled) {
        match (&self.asking, filled) {
            (Asking::Facts(classes), Filled::Words(words)) => {
                let (Some(words), Some(classes)) = (words.get_mut(rows.clone()), classes.get(rows)) else { return };
                for (word, class) in words.iter_mut().zip(classes) {
                    *word = facts.0.get(*class) | facts.1;
                }
            }
            (Asking::Shown { classes, wanted }, Filled::Truths(truths)) => {
                let (Some(truths), Some(classes)) = (truths.get_mut(rows.clone()), classes.get(rows)) else { return };
                for (truth, class) in truths.iter_mut().zip(classes) {
                    *truth = shown(facts.0.get(*class) | facts.1, *wanted);
                }
            }
            (Asking::Edges(edges), Filled::Truths(truths)) => edges.answer(rows, facts, truths),
            (Asking::Units(units), Filled::Truths(truths)) => units.answer(rows, facts, truths),
            (Asking::Facts(_), Filled::Truths(_)) | (Asking::Shown { .. } | Asking::Edges(_) | Asking::Units(_), Filled::Words(_)) => {}
        }
    }
}
