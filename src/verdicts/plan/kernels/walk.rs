//! One walk over the students of a batch: the facts of each are opened once, for all columns that look into them.

use crate::vocabulary::{Cell, MISSING};

use super::super::column::{Marked, Truth, UNKNOWN, Word};
use super::super::facts::PERHAPS;
use super::super::machine::Frame;
use super::super::operations::{Op, TruthOp, WordOp};
use super::super::program::NodeId;
use super::edges::{Edges, Question};
use super::facts::{Slots, Sources};

/// A column that is filled on the walk.
#[derive(Debug)]
pub(in crate::verdicts::plan) enum Filled {
    Words(Vec<Word>),
    Truths(Vec<Truth>),
}

impl Filled {
    /// Empty, with the room it had.
    pub(in crate::verdicts::plan) fn clear(&mut self) {
        match self {
            Self::Words(words) => words.clear(),
            Self::Truths(truths) => truths.clear(),
        }
    }
}

/// What a column asks, row by row in the order of the students, and how far it has come.
enum Asking<'a> {
    Facts { students: &'a [Cell], classes: &'a [Cell] },
    Edges(Box<Edges<'a>>),
}

struct Walker<'a> {
    asking: Asking<'a>,
    row: usize,
}

/// Fill columns that look into the facts; each node beside its column, which is empty.
pub(in crate::verdicts::plan) fn walk(frame: &Frame<'_>, columns: &mut [(NodeId, Filled)]) {
    let Some(sources) = Sources::new(frame) else { return };
    let mut walkers: Vec<Option<Walker<'_>>> = columns.iter_mut().map(|(node, filled)| Walker::new(frame, (*node, filled))).collect();
    let mut slots = frame.slots.borrow_mut();
    sources.make_room(&mut slots);
    for student in (0..frame.world.context.batch.dossiers()).map(u32::cast_signed) {
        if !walkers.iter().flatten().any(|walker| walker.student() == student) {
            continue;
        }
        let anything = sources.open(student, &mut slots);
        for (walker, (_, filled)) in walkers.iter_mut().zip(&mut *columns) {
            if let Some(walker) = walker {
                walker.look((student, anything), &slots, filled);
            }
        }
        sources.close(student, &mut slots);
    }
    for (node, filled) in columns {
        let length = frame.len(frame.program.nodes[node.0 as usize].domain);
        match filled {
            Filled::Words(words) => words.resize(length, PERHAPS),
            Filled::Truths(truths) => truths.resize(length, UNKNOWN),
        }
    }
}

impl<'a> Walker<'a> {
    fn new(frame: &Frame<'a>, (node, filled): (NodeId, &mut Filled)) -> Option<Self> {
        let node = &frame.program.nodes[node.0 as usize];
        let asking = match &node.op {
            Op::Words(WordOp::Facts { student, class }) => Asking::Facts { students: frame.cells(*student), classes: frame.cells(*class) },
            Op::Truths(TruthOp::Met { edges, parts }) => {
                let parts = frame.program.parts.get(*parts as usize)?;
                Asking::Edges(Box::new(Edges::new(frame, (node.domain, *edges), Question::Met(parts))?))
            }
            Op::Truths(TruthOp::Prior { edges, states, when }) => {
                Asking::Edges(Box::new(Edges::new(frame, (node.domain, *edges), Question::in_state((*states, *when)))?))
            }
            Op::Truths(_) | Op::Cells(_) | Op::Numbers(_) | Op::Fractions(_) | Op::Words(_) => return None,
        };
        let mut walker = Self { asking, row: 0 };
        walker.skip_unknown(filled);
        Some(walker)
    }

    /// Rows of no known student.
    fn skip_unknown(&mut self, filled: &mut Filled) {
        if let (Asking::Facts { students, .. }, Filled::Words(words)) = (&self.asking, filled) {
            while students.get(self.row).is_some_and(|student| student.is_mark()) {
                words.push(PERHAPS);
                self.row += 1;
            }
        }
    }

    /// The student that comes next; missing at the end.
    fn student(&self) -> Cell {
        match &self.asking {
            Asking::Facts { students, .. } => students.get(self.row).copied().unwrap_or(MISSING),
            Asking::Edges(edges) => edges.student(self.row),
        }
    }

    /// Answer the rows of one student.
    fn look(&mut self, (student, anything): (Cell, Word), slots: &Slots, filled: &mut Filled) {
        match (&self.asking, &mut *filled) {
            (Asking::Facts { students, classes }, Filled::Words(words)) => {
                let rest = students.get(self.row..).unwrap_or(&[]).iter().zip(classes.get(self.row..).unwrap_or(&[]));
                for (_, class) in rest.take_while(|(own, _)| **own == student) {
                    words.push(if class.is_mark() { PERHAPS } else { slots.get(*class) | anything });
                    self.row += 1;
                }
            }
            (Asking::Edges(edges), Filled::Truths(truths)) => {
                while edges.student(self.row) == student {
                    truths.push(edges.answer(self.row, (slots, anything)));
                    self.row += 1;
                }
            }
            (Asking::Facts { .. }, Filled::Truths(_)) | (Asking::Edges(_), Filled::Words(_)) => {}
        }
        self.skip_unknown(filled);
    }
}
