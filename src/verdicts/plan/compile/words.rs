//! Questions to the words of a field: asked where the field stands, and the answers brought to where they are wanted.

use super::super::program::{CellOp, Comparison, DomainId, Move, NodeId, Op, TruthOp};
use super::builder::Builder;

impl Builder<'_> {
    /// The words that an operation asks for, as a set of bits, and the column that it asks; nothing where it asks something else, or of no field.
    pub(super) fn of_words(&self, op: &TruthOp) -> Option<(NodeId, u64)> {
        let (value, set) = match *op {
            TruthOp::OneOf { value, set } => (value, set),
            // Whether something is so is 1.
            TruthOp::Of(value) => (value, 1 << 1),
            TruthOp::Compare { comparison: Comparison::Equal, left, right } => (left, self.word(right)?),
            TruthOp::Compare { comparison: Comparison::NotEqual, left, right } => (left, !self.word(right)?),
            _ => return None,
        };
        self.is_of_words(value).then_some((value, set))
    }

    /// The bit of a word that is the same for every row.
    fn word(&self, node: NodeId) -> Option<u64> {
        match self.fixed_cells(node).filter(|_| self.domain_of(node) == DomainId::ONCE)? {
            [word] if (0..64).contains(word) => Some(1 << word),
            _ => None,
        }
    }

    /// Whether a column is that of a field of words in a table of dossiers, or of rows there.
    fn is_of_words(&self, value: NodeId) -> bool {
        match self.program.nodes[value.0 as usize].op {
            Op::Cells(CellOp::Load(field)) => field.is_word() && !field.subject.is_of_catalogue(),
            Op::Cells(CellOp::Move(Move::Gather { source, index })) => self.leads_to_rows(index) && self.is_of_words(source),
            _ => false,
        }
    }

    /// Whether the words of such a column are in a set.
    pub(super) fn word_in(&mut self, value: NodeId, set: u64) -> NodeId {
        let domain = self.domain_of(value);
        match self.program.nodes[value.0 as usize].op {
            Op::Cells(CellOp::Move(Move::Gather { source, index })) => {
                let source = self.word_in(source, set);
                self.moved(Move::Gather { source, index }, domain)
            }
            _ => self.node(Op::Truths(TruthOp::OneOf { value, set }), domain),
        }
    }
}
