//! The compiled plan as data: nodes, each one operation that makes one column over one domain, and the domains themselves.

use crate::vocabulary::{List, Subject};

use super::column::Column;

pub(super) use super::comparison::Comparison;
pub(super) use super::operations::{
    CatalogueColumn, CellOp, EdgesAsked, FractionOp, Larger, Move, NumberOp, Op, Operator, Over, Reduce, Reduction, TruthOp, WordOp,
};

/// A node by its number; what it uses has smaller numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(pub(super) u32);

/// A domain by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DomainId(pub(super) u32);

impl DomainId {
    /// The domain of one row, on which constants stand.
    pub(super) const ONCE: Self = Self(0);
}

/// What the rows of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Domain {
    /// One row.
    Once,
    /// All rows of a table of dossiers. An ISP is its enrolment, a result its entry.
    Table(Subject),
    /// All rows of a table of the catalogue, and one more that stands for codes the catalogue lacks.
    Catalogue(Subject),
    /// For each row of another domain, elements of a list.
    Pairs(Pairs),
    /// The edges of judged entries after the first that each has: the first ones stand over the entries themselves, by their number in a column.
    Edges { entries: DomainId, first: NodeId },
}

/// For each row of `outer`, the elements of a list of the row that `owner` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pairs {
    pub(super) outer: DomainId,
    /// The owner's row for each outer row.
    pub(super) owner: NodeId,
    pub(super) list: List,
    /// Over the elements' own domain: those for which it surely does not hold are left out.
    pub(super) filter: Option<NodeId>,
    /// Only elements whose value in the first equals the outer row's in the second.
    pub(super) key: Option<(NodeId, NodeId)>,
}

/// A node: its operation, what its values are, and what its rows are.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) op: Op,
    pub(super) domain: DomainId,
    /// The column where it is the same for every batch.
    pub(super) fixed: Option<Column>,
    /// Where its column stands in the memory of a worker.
    pub(super) register: u32,
}
