//! Which rows are of which student, told from the way in which domains lie within each other, without a look at the rows.

use std::ops::Range;

use crate::vocabulary::{Cell, Subject};

use super::Program;
use super::column::place;
use super::machine::Frame;
use super::program::{CellOp, Domain, DomainId, Move, NodeId, Op};

impl Program {
    /// The domains through which the rows of a column of students belong to them, the students' own lists first; nothing where the column names its
    /// students in some other way.
    pub(super) fn steps_from_students(&self, students: NodeId) -> Option<Vec<DomainId>> {
        let node = &self.nodes[students.0 as usize];
        let domain = self.domains[node.domain.0 as usize];
        match (&node.op, domain) {
            (Op::Cells(CellOp::Rows), Domain::Table(Subject::Student)) => Some(Vec::new()),
            (Op::Cells(CellOp::Outer), Domain::Pairs(pairs)) => {
                matches!(self.domains[pairs.outer.0 as usize], Domain::Table(Subject::Student)).then(|| vec![node.domain])
            }
            (Op::Cells(CellOp::Owners(subject)), Domain::Table(_)) => (subject.owner() == Some(Subject::Student)).then(|| vec![node.domain]),
            (Op::Cells(CellOp::Move(Move::Gather { source, index })), _) => {
                if !self.leads_outwards(*index, *source) {
                    return None;
                }
                let mut steps = self.steps_from_students(*source)?;
                steps.push(node.domain);
                Some(steps)
            }
            _ => None,
        }
    }

    /// Whether a column names each row of its own domain.
    pub(super) fn is_each_row(&self, node: NodeId) -> bool {
        matches!(self.nodes[node.0 as usize].op, Op::Cells(CellOp::Rows))
    }

    /// Whether an index leads from rows that lie together to the rows of the source that they lie in.
    pub(super) fn leads_outwards(&self, index: NodeId, source: NodeId) -> bool {
        let (index, from) = (&self.nodes[index.0 as usize], self.nodes[source.0 as usize].domain);
        match (&index.op, self.domains[index.domain.0 as usize]) {
            (Op::Cells(CellOp::Outer), Domain::Pairs(pairs)) => pairs.outer == from,
            (Op::Cells(CellOp::Owners(_)), Domain::Table(_)) => true,
            _ => false,
        }
    }
}

/// The rows of the students in a domain, by parties of so many students each.
pub(super) struct Ladder {
    party: u32,
    /// The rows of each party, which lie together.
    rows: Vec<Range<u32>>,
}

impl Ladder {
    /// By a column that names the student of each row; in parties of one where that is the only way to tell.
    pub(super) fn new(frame: &Frame<'_>, students: NodeId, party: u32) -> Self {
        let dossiers = frame.world.context.batch.dossiers();
        match frame.program.steps_from_students(students) {
            Some(steps) => {
                let starts = (0..dossiers).step_by(party as usize).chain([dossiers]).collect();
                Self { party, rows: by_steps(starts, steps.into_iter().map(|step| frame.begins(step))) }
            }
            None => Self { party: 1, rows: by_names(dossiers as usize, frame.cells(students)) },
        }
    }

    /// The rows that lie within these: each says in which it lies, in the same order.
    pub(super) fn within(&self, outer: &[Cell]) -> Self {
        let mut at = 0;
        let mut up_to = |end: u32| {
            at += outer.get(at..).unwrap_or(&[]).iter().take_while(|own| own.cast_unsigned() < end).count();
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        Self { party: self.party, rows: self.rows.iter().map(|rows| up_to(rows.start)..up_to(rows.end)).collect() }
    }

    /// The rows of some students, who are whole parties.
    pub(super) fn rows(&self, students: &Range<u32>) -> impl Iterator<Item = Range<usize>> {
        let parties = (students.start / self.party) as usize..students.end.div_ceil(self.party) as usize;
        self.rows.get(parties).unwrap_or(&[]).iter().map(|rows| rows.start as usize..rows.end as usize)
    }
}

fn by_steps<'s>(mut starts: Vec<u32>, steps: impl Iterator<Item = &'s [u32]>) -> Vec<Range<u32>> {
    for begins in steps {
        for start in &mut starts {
            *start = begins.get(*start as usize).copied().unwrap_or(0);
        }
    }
    starts.windows(2).map(|ends| ends[0]..ends[1]).collect()
}

/// The rows of one student that do not follow each other are left out, all but the first.
fn by_names(dossiers: usize, students: &[Cell]) -> Vec<Range<u32>> {
    let mut rows = vec![0..0; dossiers];
    for (row, student) in (0..).zip(students) {
        match rows.get_mut(place(*student)) {
            Some(own) if own.start == own.end => *own = row..row + 1,
            Some(own) if own.end == row => own.end = row + 1,
            _ => {}
        }
    }
    rows
}
