//! Which columns an operation reads, so that each is filled in time and forgotten when nobody reads it any more.

use super::operations::UnitsAsked;
use super::program::{CellOp, DomainId, FractionOp, Move, NodeId, NumberOp, Op, Over, Reduction, TruthOp, WordOp};

impl Move {
    fn inputs(self) -> Vec<NodeId> {
        match self {
            Self::Broadcast(source) => vec![source],
            Self::Gather { source, index } => vec![source, index],
            Self::Choose { condition, then, otherwise } => vec![condition, then, otherwise],
        }
    }
}

impl Reduction {
    fn inputs(&self) -> Vec<NodeId> {
        let owner = match self.over {
            Over::Segments { owner, .. } => Some(owner),
            Over::Pairs(_) => None,
        };
        [owner, self.condition, self.value, self.given].into_iter().flatten().collect()
    }

    /// The domain of pairs that it cuts.
    pub(super) fn pairs(&self) -> Option<DomainId> {
        match self.over {
            Over::Segments { .. } => None,
            Over::Pairs(domain) => Some(domain),
        }
    }
}

impl UnitsAsked {
    fn inputs(&self) -> Vec<NodeId> {
        [Some(self.student), Some(self.owner), self.key, self.given, self.bit].into_iter().flatten().collect()
    }
}

impl Op {
    /// The reduction that it is.
    pub(super) fn reduction(&self) -> Option<&Reduction> {
        match self {
            Self::Truths(TruthOp::Reduce(reduction))
            | Self::Cells(CellOp::Reduce(reduction))
            | Self::Numbers(NumberOp::Reduce(reduction))
            | Self::Fractions(FractionOp::Reduce(reduction)) => Some(reduction),
            Self::Truths(_) | Self::Cells(_) | Self::Numbers(_) | Self::Fractions(_) | Self::Words(_) => None,
        }
    }

    /// Whether it looks at what each entry and each exemption proves.
    pub(super) fn looks_at_proofs(&self) -> bool {
        matches!(self, Self::Truths(TruthOp::StudiedBefore { .. }) | Self::Numbers(NumberOp::DoneCredits(_)))
    }

    /// Whether it is filled on the walk over the students, while the facts of one lie open.
    pub(super) fn is_looked_up(&self) -> bool {
        match self {
            Self::Words(op) => matches!(op, WordOp::Facts { .. }),
            Self::Truths(op) => matches!(op, TruthOp::Shown { .. } | TruthOp::Units(_) | TruthOp::Met(_) | TruthOp::Prior(_)),
            Self::Cells(_) | Self::Numbers(_) | Self::Fractions(_) => false,
        }
    }

    /// The nodes whose columns it reads.
    pub(super) fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Truths(op) => op.inputs(),
            Self::Cells(op) => op.inputs(),
            Self::Numbers(op) => op.inputs(),
            Self::Fractions(op) => op.inputs(),
            Self::Words(op) => match op {
                WordOp::OfExemption => Vec::new(),
                WordOp::OfEntry(one) | WordOp::InclusionBit(one) => vec![*one],
                WordOp::Move(op) => op.inputs(),
                WordOp::Facts { student, class } => vec![*student, *class],
            },
        }
    }
}

impl TruthOp {
    fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_) | Self::ListGiven(_) | Self::Documented(_) | Self::Met(_) | Self::Prior(_) => Vec::new(),
            Self::Move(op) => op.inputs(),
            Self::Of(one)
            | Self::Not(one)
            | Self::Surely(one)
            | Self::OneOf { value: one, .. }
            | Self::OfKind { edge: one, .. }
            | Self::Known(one)
            | Self::Whole(one)
            | Self::Fact { word: one, .. }
            | Self::HasRequest { student: one, .. } => vec![*one],
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Same(left, right)
            | Self::Compare { left, right, .. }
            | Self::Ratio { left, right, .. }
            | Self::Included { word: left, bit: right }
            | Self::HasStatus { student: left, on: right, .. }
            | Self::Serves { event: left, group: right }
            | Self::Shown { student: left, class: right, .. } => vec![*left, *right],
            Self::Reduce(reduction) => reduction.inputs(),
            Self::Units(asked) => asked.inputs(),
            Self::HasMeasure { student, programme, on, .. } => [Some(*student), *programme, Some(*on)].into_iter().flatten().collect(),
            Self::StudiedBefore { student, class, before, .. } => vec![*student, *class, *before],
        }
    }
}

impl CellOp {
    fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_)
            | Self::Load(_)
            | Self::Rows
            | Self::Owners(_)
            | Self::Outer
            | Self::Element
            | Self::Catalogue(..)
            | Self::Previous
            | Self::Combination => Vec::new(),
            Self::Move(op) => op.inputs(),
            Self::Numbered { row: left, numbers: right, .. }
            | Self::Extreme { left, right, .. }
            | Self::UnitOf { programme: left, code: right }
            | Self::FirstEdge { programme: left, code: right } => vec![*left, *right],
            Self::EventDay { day, proof } => std::iter::once(*day).chain(*proof).collect(),
            Self::Shift { value: one, .. }
            | Self::AddPeriod { date: one, .. }
            | Self::FirstDayAfter { date: one, .. }
            | Self::FirstWeekdayAfter { date: one, .. }
            | Self::EndOfMonth(one)
            | Self::WorkingDays { date: one, .. }
            | Self::NextWorkingDay(one)
            | Self::LookUp { key: one, .. } => vec![*one],
            Self::Reduce(reduction) => reduction.inputs(),
        }
    }
}

impl NumberOp {
    fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Move(op) => op.inputs(),
            Self::Widen(one) | Self::DoneCredits(one) => vec![*one],
            Self::Calculate { left, right, .. } => vec![*left, *right],
            Self::Reduce(reduction) => reduction.inputs(),
        }
    }
}

impl FractionOp {
    fn inputs(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Move(op) => op.inputs(),
            Self::Of(one) | Self::Round { value: one, .. } => vec![*one],
            Self::Calculate { left, right, .. } | Self::Quotient { left, right, .. } => vec![*left, *right],
            Self::Reduce(reduction) => reduction.inputs(),
        }
    }
}
