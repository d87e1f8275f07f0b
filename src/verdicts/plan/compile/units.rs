//! A question about every unit of a list of the catalogue, or about some unit, that only the facts of a student can answer: it is put to the facts unit by unit
//! while they lie open, and no pairs of students and units are laid out for it.

use crate::vocabulary::Cell;

use super::super::column::{PUNT, TRUE, UNKNOWN, Word, place};
use super::super::operations::UnitsAsked;
use super::super::program::{CellOp, Domain, DomainId, Move, NodeId, Op, Over, Reduction, TruthOp, WordOp};
use super::super::tables::UnitList;
use super::builder::Builder;

/// What the facts of a unit must say.
#[derive(Clone, Copy)]
struct Asked {
    word: NodeId,
    sure: Word,
    possible: Word,
    bit: Option<NodeId>,
}

impl Builder<'_> {
    /// The reduction of pairs with units of the catalogue as a question to the facts; nothing where more than the facts is asked.
    pub(super) fn units_asked(&mut self, reduction: &Reduction) -> Option<TruthOp> {
        let Over::Pairs(domain) = reduction.over else { return None };
        let Domain::Pairs(pairs) = self.program.domains[domain.0 as usize] else { return None };
        let asked = self.asked(reduction.value?)?;
        let Op::Words(WordOp::Facts { student, class }) = self.program.nodes[asked.word.0 as usize].op else { return None };
        let student = self.of_outer(student, domain)?;
        let bit = match asked.bit {
            Some(bit) => Some(self.of_outer(bit, domain)?),
            None => None,
        };
        let elements = self.program.lists[domain.0 as usize].as_ref()?.elements().to_vec();
        let classes = of_rows(self.fixed_cells(self.of_elements(class, domain)?)?, &elements, PUNT);
        let meant = match reduction.condition {
            Some(condition) => Some(of_rows(self.fixed_truths(self.of_elements(condition, domain)?)?, &elements, UNKNOWN)),
            None => None,
        };
        let meant = meant.filter(|meant| meant.iter().any(|meant| *meant != TRUE));
        let units = self.unit_list(UnitList { classes, meant });
        let (owner, key, given) = (pairs.owner, pairs.key.map(|(_, outer)| outer), reduction.given);
        let Asked { sure, possible, .. } = asked;
        Some(TruthOp::Units(UnitsAsked { reduce: reduction.reduce, pairs: domain, units, student, owner, key, given, sure, possible, bit }))
    }

    /// What a condition asks of one word of facts and nothing else.
    fn asked(&self, condition: NodeId) -> Option<Asked> {
        match self.program.nodes[condition.0 as usize].op {
            Op::Truths(TruthOp::Fact { word, sure, possible }) => Some(Asked { word, sure, possible, bit: None }),
            Op::Truths(TruthOp::Included { word, bit }) => Some(Asked { word, sure: 0, possible: 0, bit: Some(bit) }),
            Op::Truths(TruthOp::Or(left, right)) => {
                let (left, right) = (self.asked(left)?, self.asked(right)?);
                let bit = left.bit.or(right.bit);
                let is_one = left.word == right.word && (left.bit.is_none() || right.bit.is_none() || left.bit == right.bit);
                is_one.then_some(Asked { word: left.word, sure: left.sure | right.sure, possible: left.possible | right.possible, bit })
            }
            _ => None,
        }
    }

    /// The column over the outer rows that a column over pairs repeats.
    fn of_outer(&self, node: NodeId, domain: DomainId) -> Option<NodeId> {
        self.gathered(node, (CellOp::Outer, domain))
    }

    /// The column over the elements' own rows that a column over pairs takes its values from.
    fn of_elements(&self, node: NodeId, domain: DomainId) -> Option<NodeId> {
        self.gathered(node, (CellOp::Element, domain))
    }

    fn gathered(&self, node: NodeId, (by, domain): (CellOp, DomainId)) -> Option<NodeId> {
        let (Op::Cells(CellOp::Move(from)) | Op::Truths(TruthOp::Move(from)) | Op::Words(WordOp::Move(from))) =
            &self.program.nodes[node.0 as usize].op
        else {
            return None;
        };
        let Move::Gather { source, index } = *from else { return None };
        let index = &self.program.nodes[index.0 as usize];
        (index.domain == domain && index.op == Op::Cells(by)).then_some(source)
    }

    fn unit_list(&mut self, list: UnitList) -> u32 {
        let known = self.program.units_asked.iter().position(|known| *known == list);
        let index = known.unwrap_or_else(|| {
            self.program.units_asked.push(list);
            self.program.units_asked.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }
}

fn of_rows<T: Copy>(column: &[T], rows: &[Cell], missing: T) -> Vec<T> {
    rows.iter().map(|row| column.get(place(*row)).copied().unwrap_or(missing)).collect()
}
