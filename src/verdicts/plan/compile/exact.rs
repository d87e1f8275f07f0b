//! Which columns are unknown only where the other evaluator finds the value missing: nothing in them is left to it for want of a way to say it.

use super::super::column::{PUNT, UNKNOWN};
use super::super::program::{CellOp, Domain, FractionOp, Move, NodeId, NumberOp, Op, Operator, Over, Reduce, Reduction, TruthOp};
use super::builder::Builder;

impl Builder<'_> {
    /// Whether what is unknown in a column is surely missing.
    pub(super) fn is_exact(&self, node: NodeId) -> bool {
        let mut known = vec![None; self.program.nodes.len()];
        self.exact(node, &mut known)
    }

    fn exact(&self, node: NodeId, known: &mut Vec<Option<bool>>) -> bool {
        if let Some(known) = known[node.0 as usize] {
            return known;
        }
        let op = &self.program.nodes[node.0 as usize].op;
        let exact = self.is_exact_operation(op) && op.inputs().into_iter().all(|input| self.exact(input, known));
        known[node.0 as usize] = Some(exact);
        exact
    }

    /// Whether an operation makes something unknown only of what is.
    fn is_exact_operation(&self, op: &Op) -> bool {
        match op {
            Op::Truths(op) => match op {
                TruthOp::Constant(truth) => *truth != UNKNOWN,
                TruthOp::Move(op) => self.is_exact_move(*op),
                TruthOp::Reduce(reduction) => self.is_exact_reduction(reduction),
                TruthOp::Of(_)
                | TruthOp::Not(_)
                | TruthOp::And(..)
                | TruthOp::Or(..)
                | TruthOp::Surely(_)
                | TruthOp::Compare { .. }
                | TruthOp::Ratio { .. }
                | TruthOp::OneOf { .. }
                | TruthOp::Known(_)
                | TruthOp::Whole(_)
                | TruthOp::ListGiven(_) => true,
                _ => false,
            },
            Op::Cells(op) => match op {
                CellOp::Constant(cell) => *cell != PUNT,
                CellOp::Move(op) => self.is_exact_move(*op),
                CellOp::Load(_) | CellOp::Rows | CellOp::Owners(_) | CellOp::Outer | CellOp::Element | CellOp::LookUp { .. } => true,
                _ => false,
            },
            Op::Numbers(op) => match op {
                NumberOp::Constant(_) | NumberOp::Widen(_) => true,
                NumberOp::Move(op) => self.is_exact_move(*op),
                NumberOp::Calculate { operator, .. } => matches!(operator, Operator::Add | Operator::Subtract),
                NumberOp::Reduce(reduction) => self.is_exact_reduction(reduction),
                NumberOp::DoneCredits(_) => false,
            },
            Op::Fractions(op) => match op {
                FractionOp::Constant(_) | FractionOp::Of(_) | FractionOp::Quotient { .. } | FractionOp::Round { .. } => true,
                FractionOp::Move(op) => self.is_exact_move(*op),
                FractionOp::Calculate { .. } | FractionOp::Reduce(_) => false,
            },
            Op::Words(_) => false,
        }
    }

    /// What an index leads to is there: it leads to rows of dossiers, along with their own table.
    fn is_exact_move(&self, op: Move) -> bool {
        match op {
            Move::Broadcast(_) => true,
            Move::Gather { source, index } => self.is_of_dossiers(source) && self.leads_to_rows(index),
            Move::Choose { .. } => false,
        }
    }

    fn is_of_dossiers(&self, node: NodeId) -> bool {
        !matches!(self.program.domains[self.domain_of(node).0 as usize], Domain::Catalogue(_))
    }

    pub(super) fn leads_to_rows(&self, index: NodeId) -> bool {
        let is_row = |op: &Op| matches!(op, Op::Cells(CellOp::Rows | CellOp::Element | CellOp::Outer | CellOp::Owners(_)));
        match &self.program.nodes[index.0 as usize].op {
            Op::Cells(CellOp::Move(Move::Gather { source, index })) => self.leads_to_rows(*source) && self.leads_to_rows(*index),
            op => is_row(op),
        }
    }

    fn is_exact_reduction(&self, reduction: &Reduction) -> bool {
        let Over::Segments { owner, .. } = reduction.over else { return false };
        let is_plain = matches!(reduction.reduce, Reduce::Sum | Reduce::Count | Reduce::Every | Reduce::Some);
        is_plain && reduction.given.is_none() && self.leads_to_rows(owner)
    }
}
