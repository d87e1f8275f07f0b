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

/// The rows of each student in a domain.
pub(super) struct Ladder {
    rows: Vec<Range<u32>>,
}

impl Ladder {
    /// By a column that names the student of each row.
    pub(super) fn new(frame: &Frame<'_>, students: NodeId) -> Self {
        let dossiers = frame.world.context.batch.dossiers();
        match frame.program.steps_from_students(students) {
            Some(steps) => Self::by_steps((0..=dossiers).collect(), steps.into_iter().map(|step| frame.begins(step))),
            None => Self::by_names(dossiers as usize, frame.cells(students)),
        }
    }

    fn by_steps<'s>(mut starts: Vec<u32>, steps: impl Iterator<Item = &'s [u32]>) -> Self {
        for begins in steps {
            for start in &mut starts {
                *start = begins.get(*start as usize).copied().unwrap_or(0);
            }
        }
        Self { rows: starts.windows(2).map(|ends| ends[0]..ends[1]).collect() }
    }

    /// The rows of one student that do not follow each other are left out, all but the first.
    fn by_names(dossiers: usize, students: &[Cell]) -> Self {
        let mut rows = vec![0..0; dossiers];
        for (row, student) in (0..).zip(students) {
            match rows.get_mut(place(*student)) {
                Some(own) if own.start == own.end => *own = row..row + 1,
                Some(own) if own.end == row => own.end = row + 1,
                _ => {}
            }
        }
        Self { rows }
    }

    /// The rows that lie within these: each says in which it lies, in the same order.
    pub(super) fn within(&self, outer: &[Cell]) -> Self {
        let mut at = 0;
        let mut up_to = |end: u32| {
            at += outer.get(at..).unwrap_or(&[]).iter().take_while(|own| own.cast_unsigned() < end).count();
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        Self { rows: self.rows.iter().map(|rows| up_to(rows.start)..up_to(rows.end)).collect() }
    }

    /// The rows of a student.
    pub(super) fn rows(&self, student: u32) -> Range<usize> {
        self.rows.get(student as usize).map_or(0..0, |rows| rows.start as usize..rows.end as usize)
    }
}
