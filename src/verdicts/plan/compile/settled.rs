//! Truths that need no column of their own: joined with one that is the same for every row, or with what they are joined of already.

use super::super::column::{FALSE, TRUE, Truth};
use super::super::program::{DomainId, Move, NodeId, Op, TruthOp};
use super::builder::Builder;

impl Builder<'_> {
    /// The column that says what an operation would.
    pub(super) fn settled(&mut self, op: &TruthOp, domain: DomainId) -> Option<NodeId> {
        match *op {
            TruthOp::And(left, right) => self.joined_already((left, right), FALSE),
            TruthOp::Or(left, right) => self.joined_already((left, right), TRUE),
            TruthOp::Not(value) => match (self.same_for_all(value), self.truth_op(value)) {
                (Some(truth), _) => Some(self.everywhere(TRUE - truth, domain)),
                (None, Some(TruthOp::Not(value))) => Some(*value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Of two columns the one that says what both together do: `settles` is what settles an `and` or an `or`, whatever the other one is.
    fn joined_already(&self, (left, right): (NodeId, NodeId), settles: Truth) -> Option<NodeId> {
        if left == right {
            return Some(left);
        }
        for (one, other) in [(left, right), (right, left)] {
            match self.same_for_all(one) {
                Some(truth) if truth == settles => return Some(one),
                Some(truth) if truth == TRUE - settles => return Some(other),
                _ => {}
            }
            // A column joined in either way with what was joined with it already.
            match self.truth_op(other) {
                Some(TruthOp::And(first, second)) if *first == one || *second == one => return Some(if settles == FALSE { other } else { one }),
                Some(TruthOp::Or(first, second)) if *first == one || *second == one => return Some(if settles == TRUE { other } else { one }),
                _ => {}
            }
        }
        None
    }

    fn truth_op(&self, node: NodeId) -> Option<&TruthOp> {
        match &self.program.nodes[node.0 as usize].op {
            Op::Truths(op) => Some(op),
            _ => None,
        }
    }

    /// The truth of a column that is the same for every row, of every batch.
    pub(super) fn same_for_all(&self, node: NodeId) -> Option<Truth> {
        match self.truth_op(node)? {
            TruthOp::Constant(truth) => Some(*truth),
            TruthOp::Move(Move::Broadcast(source)) => self.same_for_all(*source),
            _ if self.domain_of(node) == DomainId::ONCE => self.fixed_truths(node).and_then(|truths| truths.first()).copied(),
            _ => None,
        }
    }

    /// A truth for every row of a domain.
    pub(super) fn everywhere(&mut self, truth: Truth, domain: DomainId) -> NodeId {
        let once = self.constant_truth(truth).node;
        if domain == DomainId::ONCE { once } else { self.moved(Move::Broadcast(once), domain) }
    }
}
