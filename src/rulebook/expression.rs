//! Typed expressions. Percentages are percentage points: 30 for 30 %.

use chrono::Weekday;

use crate::records::{CodeId, TextId};
use crate::rulebook::{DefinitionId, Rounding};
use crate::source::Span;
use crate::syntax::ast::{PriorState, PriorWhen};
use crate::syntax::expression::{Aggregate, Extreme, Quantifier, Test, YearRelation};
use crate::vocabulary::{Enumeration, Exact, Field, Link, List, Subject};

pub(crate) use crate::syntax::expression::StudyRelation;

/// What an expression's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Boolean,
    Integer,
    Decimal,
    Credits,
    Percent,
    Score,
    Date,
    Period,
    AcademicYear,
    Semester,
    Text,
    Enumeration(Enumeration),
    Reference(Subject),
    List(Subject),
}

impl Type {
    /// Whether its values are exact numbers.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Credits | Self::Percent | Self::Score)
    }
}

/// An expression, its type and the text that gave it. Two are equal when they mean the same, wherever they stand.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    pub(crate) kind: Box<ExpressionKind>,
    pub(crate) kind_of_value: Type,
    pub(crate) span: Span,
}

impl Expression {
    pub(crate) fn new(kind: ExpressionKind, kind_of_value: Type, span: Span) -> Self {
        Self { kind: Box::new(kind), kind_of_value, span }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.kind_of_value == other.kind_of_value && self.kind == other.kind
    }
}

/// A row that a name stands for: 0 is `this`, each list form binds the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Variable(pub(crate) u32);

impl Variable {
    pub(crate) const THIS: Self = Self(0);
}

/// What an expression does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExpressionKind {
    Constant(Constant),
    /// `day of check`
    DayOfCheck,
    /// The academic year that is checked, where no enrolment is near.
    YearUnderCheck,
    /// `this`, `e`
    Variable(Variable),
    /// `credits`, `e.phase`
    Field {
        row: Expression,
        field: Field,
    },
    /// `isp`, `enrolment.previous`
    Follow {
        row: Expression,
        link: Link,
    },
    /// `study_efficiency`
    Definition {
        row: Expression,
        definition: DefinitionId,
    },
    /// `enrolment.done_credits`
    DoneCredits {
        enrolment: Expression,
    },
    /// `result.tolerable`: failed, not yet tolerated, and the unit allows it
    Tolerable {
        result: Expression,
    },
    /// `programme.units`, `entries`
    List {
        row: Expression,
        list: List,
    },
    /// `window(isp, semester 1).closes`
    Window {
        year: Expression,
        name: String,
        semester: Option<Expression>,
        part: WindowPart,
    },
    /// `day(results_final)`
    Day {
        year: Expression,
        name: String,
    },
    /// `15 October`
    DayOfYear {
        year: Expression,
        day: u32,
        month: u32,
        relation: YearRelation,
    },
    Arithmetic {
        operator: Arithmetic,
        left: Expression,
        right: Expression,
    },
    /// `D + 1 month - 2 calendar days`: months are added first and rounded once, then days
    AddPeriods {
        date: Expression,
        added: Vec<Expression>,
        taken: Vec<Expression>,
    },
    If {
        condition: Expression,
        then: Expression,
        otherwise: Expression,
    },
    Extreme {
        extreme: Extreme,
        values: Vec<Expression>,
    },
    Rounded {
        value: Expression,
        rounding: Rounding,
    },
    /// `sum of value over list`; `count` has no value
    Aggregate {
        aggregate: Aggregate,
        list: ListForm,
        value: Option<Expression>,
    },
    /// `first e in list by key`: a row, or none
    Pick {
        last: bool,
        list: ListForm,
        by: Expression,
    },
    FirstDayAfter {
        day: u32,
        month: u32,
        after: Expression,
    },
    FirstWeekdayAfter {
        weekday: Weekday,
        after: Expression,
    },
    EndOfMonth(Expression),
    Condition(Condition),
}

/// What a condition asks: its value is that it is so, or not. Facts and definitions may be boolean too; they are values like all others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Not(Expression),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// `a is at least b`, of numbers, days, academic years or semesters
    Compare {
        order: Order,
        left: Expression,
        right: Expression,
    },
    /// `a is [not] b`; rows of the catalogue are the same when their codes are
    Equal {
        negated: bool,
        left: Expression,
        right: Expression,
    },
    Between {
        negated: bool,
        value: Expression,
        low: Expression,
        high: Expression,
    },
    OneOf {
        negated: bool,
        value: Expression,
        options: Vec<Expression>,
    },
    /// `is known`, `is empty` (of a list or a text), `is whole`
    Test {
        test: Test,
        negated: bool,
        value: Expression,
    },
    /// `list contains row`
    Contains {
        list: Expression,
        value: Expression,
    },
    /// `every e in list satisfies c`
    Quantified {
        quantifier: Quantifier,
        list: ListForm,
        satisfies: Expression,
    },
    Relation(Relation),
    /// `prior exempted`: of the unit that the edge under judgement names
    Prior {
        states: Vec<PriorState>,
        when: PriorWhen,
    },
}

/// A value known when compiling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Constant {
    Boolean(bool),
    Number(Exact),
    Date(chrono::NaiveDate),
    Period(Period),
    AcademicYear(i32),
    Semester(i32),
    Text(TextId),
    Enumeration(Enumeration, i32),
    /// A programme, course unit, event or class group by its code.
    Code(Subject, CodeId),
    /// `none`
    None,
}

/// A length of time; months include years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Period {
    pub(crate) months: i32,
    pub(crate) days: i32,
    pub(crate) working_days: i32,
}

/// Arithmetic on numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `credits / credits`: times a hundred, a percentage
    Ratio,
    /// `percent * credits`: divided by a hundred
    Share,
}

/// Orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Which day of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WindowPart {
    /// `.opens`
    Opens,
    /// `.closes`
    Closes,
    /// `.decided_by`
    DecidedBy,
}

/// `[e in] list [where condition]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListForm {
    /// The row that the element is bound to.
    pub(crate) element: Variable,
    pub(crate) list: Expression,
    pub(crate) condition: Option<Expression>,
}

/// Relations that read as sentences; all are boolean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Relation {
    /// `isp includes C`
    Includes { isp: Expression, course: Expression },
    /// `student acquired C [before D]`
    Study { student: Expression, relation: StudyRelation, course: Expression, before: Option<Expression> },
    /// `C same unit as D`
    SameUnit { left: Expression, right: Expression },
    /// `event serves G`
    Serves { event: Expression, group: Expression },
    /// `student has status S [on D]`
    HasStatus { student: Expression, status: TextId, on: Option<Expression> },
    /// `student has request K`; of the year under check, or of no year
    HasRequest { student: Expression, request: TextId },
    /// `student has measure K [for programme] [on D]`; the kind by its index
    HasMeasure { student: Expression, measure: i32, programme: Option<Expression>, on: Option<Expression> },
}
