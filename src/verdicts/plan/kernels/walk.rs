//! One walk over the students of a batch: the facts of each are opened once, for all columns that look into them. Some students at a time, so that each
//! column is filled in few and long stretches.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{Truth, UNKNOWN, Word};
use super::super::facts::PERHAPS;
use super::super::ladder::Ladder;
use super::super::machine::Frame;
use super::super::operations::{Op, TruthOp, WordOp};
use super::super::program::NodeId;
use super::edges::Edges;
use super::facts::shown;
use super::laid::{Laid, Sources};
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

/// What a column asks about the rows of students.
enum Asking<'a> {
    Facts {
        students: &'a [Cell],
        classes: &'a [Cell],
    },
    Shown {
        students: &'a [Cell],
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
    for (node, filled) in columns.iter_mut() {
        filled.clear(frame.len(frame.program.nodes[node.0 as usize].domain));
    }
    let Some(sources) = Sources::new(frame) else { return };
    // A walk that does not come to its end leaves none of its facts behind.
    let mut slots = frame.slots.take();
    slots.make_room(frame);
    let party = slots.students();
    let mut walkers: Vec<(Walker<'_>, &mut Filled)> = Vec::with_capacity(columns.len());
    for (node, filled) in columns {
        walkers.extend(Walker::new(frame, *node, party).map(|walker| (walker, filled)));
    }
    let dossiers = frame.world.context.batch.dossiers();
    for first in (0..dossiers).step_by(party as usize) {
        let students = first..dossiers.min(first + party);
        sources.open(&students, &mut slots);
        for (walker, filled) in &mut walkers {
            walker.ladder.rows(&students).for_each(|rows| walker.look(rows, slots.laid(), filled));
        }
        sources.close(&students, &mut slots);
    }
    frame.slots.replace(slots);
}

impl<'a> Walker<'a> {
    fn new(frame: &Frame<'a>, node: NodeId, party: u32) -> Option<Self> {
        let node = &frame.program.nodes[node.0 as usize];
        let (asking, students) = match &node.op {
            Op::Words(WordOp::Facts { student, class }) => {
                (Asking::Facts { students: frame.cells(*student), classes: frame.cells(*class) }, *student)
            }
            Op::Truths(TruthOp::Shown { student, class, sure, possible }) => {
                (Asking::Shown { students: frame.cells(*student), classes: frame.cells(*class), wanted: (*sure, *possible) }, *student)
            }
            Op::Truths(TruthOp::Units(asked)) => (Asking::Units(Units::new(frame, asked)?), asked.student),
            Op::Truths(op) => {
                let edges = Edges::new(frame, (node.domain, op))?;
                let of_entries = Ladder::new(frame, edges.students(), party);
                let ladder = match edges.positions() {
                    Some(positions) => of_entries.within(positions),
                    None => of_entries,
                };
                return Some(Self { asking: Asking::Edges(edges), ladder });
            }
            Op::Cells(_) | Op::Numbers(_) | Op::Fractions(_) | Op::Words(_) => return None,
        };
        Some(Self { asking, ladder: Ladder::new(frame, students, party) })
    }

    /// Answer for rows of students whose facts lie open.
    fn look(&self, rows: Range<usize>, facts: Laid<'_>, filled: &mut Filled) {
        match (&self.asking, filled) {
            (Asking::Facts { students, classes }, Filled::Words(words)) => {
                each((words, students, classes), rows, |word, student, class| *word = facts.of(student, class));
            }
            (Asking::Shown { students, classes, wanted }, Filled::Truths(truths)) => {
                each((truths, students, classes), rows, |truth, student, class| *truth = shown(facts.of(student, class), *wanted));
            }
            (Asking::Edges(edges), Filled::Truths(truths)) => edges.answer(rows, facts, truths),
            (Asking::Units(units), Filled::Truths(truths)) => units.answer(rows, facts, truths),
            (Asking::Facts { .. }, Filled::Truths(_)) | (Asking::Shown { .. } | Asking::Edges(_) | Asking::Units(_), Filled::Words(_)) => {}
        }
    }
}

/// Some rows of a column, with the student and the class of each; a function of its own, so that what its loop looks at stays in registers.
#[inline(never)]
fn each<T>((out, students, classes): (&mut [T], &[Cell], &[Cell]), rows: Range<usize>, answer: impl Fn(&mut T, Cell, Cell)) {
    let (Some(students), Some(classes)) = (students.get(rows.clone()), classes.get(rows.clone())) else { return };
    let rows = out.get_mut(rows).unwrap_or_default().iter_mut().zip(students.iter().zip(classes));
    rows.for_each(|(out, (student, class))| answer(out, *student, *class));
}
