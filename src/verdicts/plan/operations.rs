//! The operations of a plan: what makes a column from others.

use chrono::Weekday;

use crate::rulebook::{SequentialityKind, StudyRelation};
use crate::syntax::ast::Direction;
use crate::vocabulary::{Cell, Field, List, Subject, dates::MonthRounding};

use super::column::{Fraction, Shape, Truth, Word};
use super::comparison::Comparison;
use super::program::{DomainId, NodeId};

/// Arithmetic on exact numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Larger,
    Smaller,
}

/// What is made of a list for each outer row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reduce {
    /// Of a number in cells.
    Sum,
    Count,
    CountDistinct,
    Highest,
    Lowest,
    /// Whether all of the values hold.
    Every,
    /// Whether any holds.
    Some,
    /// The element with the lowest key, or the highest.
    First,
    Last,
}

/// Where a reduction finds its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Over {
    /// Elements that lie together in their table: columns over that table, cut by the rows that `owner` names.
    Segments { list: List, owner: NodeId },
    /// Columns over a domain of pairs.
    Pairs(DomainId),
}

/// A reduction: the condition picks elements, the value is what is made one of them; unknown where the list is not surely given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Reduction {
    pub(super) reduce: Reduce,
    pub(super) over: Over,
    pub(super) condition: Option<NodeId>,
    pub(super) value: Option<NodeId>,
    /// For each outer row, whether the list is given.
    pub(super) given: Option<NodeId>,
}

/// A question to the facts about each unit of a list of the catalogue, put for each row of the node's own domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct UnitsAsked {
    /// Every or some.
    pub(super) reduce: Reduce,
    /// The domain of pairs with the units that are meant; it is not laid out.
    pub(super) pairs: DomainId,
    /// The classes of the units and, if not all surely count, whether they do: a list of the plan.
    pub(super) units: u32,
    pub(super) student: NodeId,
    pub(super) owner: NodeId,
    pub(super) key: Option<NodeId>,
    /// Whether the list is given.
    pub(super) given: Option<NodeId>,
    /// What must surely be in the facts, and what makes it possible.
    pub(super) sure: Word,
    pub(super) possible: Word,
    /// The bit of an ISP that may include the unit instead.
    pub(super) bit: Option<NodeId>,
}

/// One operation, by what it makes. Unless said otherwise, operands stand over the node's own domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Op {
    Truths(TruthOp),
    Cells(CellOp),
    Numbers(NumberOp),
    Fractions(FractionOp),
    Words(WordOp),
}

impl Op {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Truths(_) => Shape::Truths,
            Self::Cells(_) => Shape::Cells,
            Self::Numbers(_) => Shape::Numbers,
            Self::Fractions(_) => Shape::Fractions,
            Self::Words(_) => Shape::Words,
        }
    }
}

/// What every shape can be made by: values that stand elsewhere, brought here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Move {
    /// The same for every row; the operand stands over one row.
    Broadcast(NodeId),
    /// The source's value at the row that the index names.
    Gather { source: NodeId, index: NodeId },
    /// Unknown where the condition is.
    Choose { condition: NodeId, then: NodeId, otherwise: NodeId },
}

/// What makes truths.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum TruthOp {
    Constant(Truth),
    Move(Move),
    /// Of cells that hold 0 or 1.
    Of(NodeId),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    /// Unknown becomes false.
    Surely(NodeId),
    Same(NodeId, NodeId),
    /// Operands of one shape; the right one may stand over one row.
    Compare {
        comparison: Comparison,
        left: NodeId,
        right: NodeId,
    },
    /// The quotient of two numbers against a limit: so many times the left against so many times the right.
    Ratio {
        comparison: Comparison,
        left: NodeId,
        right: NodeId,
        times: i64,
        limit: i64,
    },
    /// Whether the cell's bit is in the set.
    OneOf {
        value: NodeId,
        set: u64,
    },
    Known(NodeId),
    Whole(NodeId),
    /// Whether the record gives a list, for each row of its owner's table.
    ListGiven(List),
    /// Of a catalogue's table: whether a document describes the row.
    Documented(Subject),
    Reduce(Reduction),
    /// Whether every unit of a list of the catalogue, or some unit, is one of which the facts say something.
    Units(UnitsAsked),
    /// Whether a fact surely or possibly holds.
    Fact {
        word: NodeId,
        sure: Word,
        possible: Word,
    },
    /// Whether a fact of a student and a class of course units surely or possibly holds, asked while the facts lie open.
    Shown {
        student: NodeId,
        class: NodeId,
        sure: Word,
        possible: Word,
    },
    /// Whether the ISP with the bit includes the unit of the facts.
    Included {
        word: NodeId,
        bit: NodeId,
    },
    /// `student has status S on D`
    HasStatus {
        student: NodeId,
        status: Cell,
        on: NodeId,
    },
    /// `student has request K`
    HasRequest {
        student: NodeId,
        request: Cell,
    },
    /// `student has measure K [for P] [on D]`
    HasMeasure {
        student: NodeId,
        measure: Cell,
        programme: Option<NodeId>,
        on: NodeId,
    },
    /// `event serves G`
    Serves {
        event: NodeId,
        group: NodeId,
    },
    /// `student acquired C before D`
    StudiedBefore {
        relation: StudyRelation,
        student: NodeId,
        class: NodeId,
        before: NodeId,
    },
    /// Over edges: whether they are of a kind.
    OfKind {
        edge: NodeId,
        kind: SequentialityKind,
    },
    /// Over edges: whether the demand is met by the parts that hold.
    Met(EdgesAsked),
    /// Over edges: whether a prior unit is in a state, which the parts of each kind say alike.
    Prior(EdgesAsked),
}

/// A question to a set of edges, with the parts of each kind that it is about; of edges of other kinds than the one that is named nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct EdgesAsked {
    pub(super) edges: u32,
    pub(super) parts: u32,
    pub(super) only: Option<SequentialityKind>,
}

/// What makes cells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum CellOp {
    Constant(Cell),
    Move(Move),
    /// The values of a field, missing where the record gives none.
    Load(Field),
    /// The numbers of the rows.
    Rows,
    /// The owner's row in the same batch.
    Owners(Subject),
    /// Of pairs: the outer row.
    Outer,
    /// Of pairs: the element's row.
    Element,
    /// Of a catalogue's table: what is worked out once.
    Catalogue(Subject, CatalogueColumn),
    /// The numbers of the catalogue's rows; codes that it lacks are numbered on.
    Numbered {
        row: NodeId,
        numbers: NodeId,
        subject: Subject,
    },
    /// An event day as it is known on the day of the check; where `proof` holds, a missing one has happened.
    EventDay {
        day: NodeId,
        proof: Option<NodeId>,
    },
    /// A cell and a whole number more.
    Shift {
        value: NodeId,
        by: i32,
    },
    AddPeriod {
        date: NodeId,
        months: i32,
        days: i32,
        rounding: MonthRounding,
    },
    FirstDayAfter {
        date: NodeId,
        day: u32,
        month: u32,
    },
    FirstWeekdayAfter {
        date: NodeId,
        weekday: Weekday,
    },
    EndOfMonth(NodeId),
    /// So many working days later; unknown past the calendars.
    WorkingDays {
        date: NodeId,
        count: i32,
    },
    /// The day itself if it is a working day, else the next one.
    NextWorkingDay(NodeId),
    /// What a table of the plan says of the key; missing where it has none.
    LookUp {
        key: NodeId,
        table: u32,
    },
    Extreme {
        larger: Larger,
        left: NodeId,
        right: NodeId,
    },
    /// The highest and the lowest, and the rows of the first and the last element.
    Reduce(Reduction),
    /// The unit of a programme with a course, by the number of its code.
    UnitOf {
        programme: NodeId,
        code: NodeId,
    },
    /// Over judged entries: the first edge of each, by its course's code and its programme, which stands over what the entries lie in.
    FirstEdge {
        programme: NodeId,
        code: NodeId,
    },
    /// Over all enrolments: the same programme, the year before.
    Previous,
    /// Over all entries: which combination of semester, outcome and kind they are.
    Combination,
}

/// Which of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Larger {
    Yes,
    No,
}

/// What makes numbers in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum NumberOp {
    Constant(i64),
    Move(Move),
    /// Cells in thousandths as numbers.
    Widen(NodeId),
    Calculate {
        operator: Operator,
        left: NodeId,
        right: NodeId,
    },
    Reduce(Reduction),
    /// Over enrolments.
    DoneCredits(NodeId),
}

/// What makes fractions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum FractionOp {
    Constant(Fraction),
    Move(Move),
    /// Numbers in thousandths as fractions.
    Of(NodeId),
    Calculate {
        operator: Operator,
        left: NodeId,
        right: NodeId,
    },
    /// Of numbers: so many times the left by the right.
    Quotient {
        left: NodeId,
        right: NodeId,
        times: i64,
    },
    /// To the nearest multiple of a step in thousandths.
    Round {
        value: NodeId,
        direction: Direction,
        step: i64,
    },
    Reduce(Reduction),
}

/// What makes words of facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum WordOp {
    /// Over entries: what an entry with this combination of semester, outcome and kind proves of its student and course unit.
    OfEntry(NodeId),
    /// Over exemptions: what an exemption proves.
    OfExemption,
    /// The bit of an enrolment's ISP.
    InclusionBit(NodeId),
    Move(Move),
    /// The facts of a student and a class of course units.
    Facts {
        student: NodeId,
        class: NodeId,
    },
}

/// What is worked out once from the catalogue, for each row of one of its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum CatalogueColumn {
    /// The code's number.
    Code,
    /// The number shared by the units that are the same as this one.
    Class,
    /// The owner's row.
    Owner,
}
