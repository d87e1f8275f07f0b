//! One walk over the students of a batch: the facts of each are opened once, for all columns that look into them.

use crate::vocabulary::{Cell, MISSING};

use super::super::column::{Marked, Truth, UNKNOWN, Word};
use super::super::facts::PERHAPS;
use super::super::machine::Frame;
use super::super::operations::{Op, TruthOp, WordOp};
use super::super::program::NodeId;
use super::edges::{Edges, Question};
use super::facts::{Slots, Sources, make_room};

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
    /// The student of the row; missing at the end.
    student: Cell,
}

/// Fill columns that look into the facts; each node beside its column, which is empty.
pub(in crate::verdicts::plan) fn walk(frame: &Frame<'_>, columns: &mut [(NodeId, Filled)]) {
    let Some(sources) = Sources::new(frame) else { return };
    let mut walkers: Vec<Option<Walker<'_>>> = columns.iter_mut().map(|(node, filled)| Walker::new(frame, (*node, filled))).collect();
    let mut slots = frame.slots.borrow_mut();
    make_room(frame, &mut slots);
    for student in (0..frame.world.context.batch.dossiers()).map(u32::cast_signed) {
        if !walkers.iter().flatten().any(|walker| walker.student == student) {
            continue;
        }
        let anything = sources.open(student, &mut slots);
        for (walker, (_, filled)) in walkers.iter_mut().zip(&mut *columns) {
            if let Some(walker) = walker.as_mut().filter(|walker| walker.student == student) {
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
        let mut walker = Self { asking, row: 0, student: MISSING };
        walker.go_on(filled);
        Some(walker)
    }

    /// To the next row of a known student.
    fn go_on(&mut self, filled: &mut Filled) {
        match (&self.asking, filled) {
            (Asking::Facts { students, .. }, Filled::Words(words)) => {
                let rest = students.get(self.row..).unwrap_or(&[]);
                let unknown = rest.iter().take_while(|student| student.is_mark()).count();
                words.resize(words.len() + unknown, PERHAPS);
                self.row += unknown;
                self.student = rest.get(unknown).copied().unwrap_or(MISSING);
            }
            (Asking::Edges(edges), _) => self.student = edges.student(self.row),
            (Asking::Facts { .. }, Filled::Truths(_)) => {}
        }
    }

    /// Answer the rows of one student.
    fn look(&mut self, (student, anything): (Cell, Word), slots: &Slots, filled: &mut Filled) {
        match (&self.asking, &mut *filled) {
            (Asking::Facts { students, classes }, Filled::Words(words)) => {
                let rest = students.get(self.row..).unwrap_or(&[]);
                let end = self.row + rest.iter().take_while(|own| **own == student).count();
                let asked = classes.get(self.row..end).unwrap_or(&[]);
                words.extend(asked.iter().map(|class| slots.get(*class) | anything));
                self.row = end;
            }
            (Asking::Edges(edges), Filled::Truths(truths)) => {
                let end = edges.end_of(student, self.row);
                truths.extend((self.row..end).map(|row| edges.answer(row, (slots, anything))));
                self.row = end;
            }
            (Asking::Facts { .. }, Filled::Truths(_)) | (Asking::Edges(_), Filled::Words(_)) => {}
        }
        self.go_on(filled);
    }
}
