//! Expressions as they are written.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use crate::source::Span;
use crate::syntax::ast::{PriorState, PriorWhen, Rounding, Word};

/// An expression and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    pub(crate) kind: Box<ExpressionKind>,
    pub(crate) span: Span,
}

impl Expression {
    pub(crate) fn new(kind: ExpressionKind, span: Span) -> Self {
        Self { kind: Box::new(kind), span }
    }
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExpressionKind {
    Literal(Literal),
    /// A bare name in small letters: a field, a definition, an enumeration's value, a subject's word.
    Name(String),
    /// A bare code, beginning with a capital: `BM201`, `PB-BM`.
    Code(String),
    /// `this`
    This,
    /// `e.phase`
    Path {
        of: Expression,
        name: Word,
    },
    /// `window(isp, semester 1)`, mostly followed by `.closes`; the semester may be any expression
    Window {
        name: Word,
        semester: Option<Expression>,
    },
    /// `day(results_final)`
    Day(Word),
    /// `not c`
    Not(Expression),
    /// `a and b and c`
    And(Vec<Expression>),
    /// `a or b or c`
    Or(Vec<Expression>),
    /// `a + b`
    Arithmetic {
        operator: Arithmetic,
        left: Expression,
        right: Expression,
    },
    /// `a is at least b`
    Compare {
        operator: Comparison,
        left: Expression,
        right: Expression,
    },
    /// `a is [not] between b and c`
    Between {
        negated: bool,
        value: Expression,
        low: Expression,
        high: Expression,
    },
    /// `a is [not] one of (b, c)`
    OneOf {
        negated: bool,
        value: Expression,
        options: Vec<Expression>,
    },
    /// `a is [not] known`, `a is missing`, `a is [not] empty`, `a is [not] whole`
    Test {
        test: Test,
        negated: bool,
        value: Expression,
    },
    /// `list contains a`
    Contains {
        list: Expression,
        value: Expression,
    },
    /// `if c then a else b`
    If {
        condition: Expression,
        then: Expression,
        otherwise: Expression,
    },
    /// `max(a, b)`, `min(a, b)`
    Extreme {
        extreme: Extreme,
        values: Vec<Expression>,
    },
    /// `… rounded half up to 0.5`
    Rounded {
        value: Expression,
        rounding: Rounding,
    },
    /// `sum of E over LIST [where c]` and its kin
    Aggregate {
        aggregate: Aggregate,
        list: ListForm,
        value: Option<Expression>,
    },
    /// `first e in LIST [where c] by E`, `last …`
    Pick {
        last: bool,
        list: ListForm,
        by: Expression,
    },
    /// `every e in LIST [where c] satisfies c` and its kin
    Quantified {
        quantifier: Quantifier,
        list: ListForm,
        satisfies: Option<Expression>,
    },
    /// `isp includes C`, `student acquired C before D`, …
    Relation(Relation),
    /// `prior exempted [in an earlier semester]`: only in a sequentiality
    Prior {
        states: Vec<PriorState>,
        when: Option<PriorWhen>,
    },
    /// `own phase`, `own semester`: only in an edge's `where`
    Own(Word),
    /// `first 1 October after D`
    FirstDayAfter {
        day: u32,
        month: u32,
        after: Expression,
    },
    /// `first Wednesday after D`
    FirstWeekdayAfter {
        weekday: Weekday,
        after: Expression,
    },
    /// `end of month of D`
    EndOfMonth(Expression),
    /// Brackets, kept for the formatter.
    Group(Expression),
}

/// A value written out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    /// `29.5`, as written
    Number(String),
    /// `60 credits`
    Credits(String),
    /// `30%`
    Percent(String),
    /// `2023-10-15`, `15 October 2023`
    Date(NaiveDate),
    /// `2023-10-28T10:00`
    Instant(NaiveDateTime),
    /// `15 October`, `15 August before the year`, `30 September after the year`
    DayOfYear { day: u32, month: u32, relation: YearRelation },
    /// `2023-2024`
    AcademicYear(i32),
    /// `semester 1`
    Semester(u32),
    /// `7 calendar days`
    Period { amount: u32, unit: PeriodUnit },
    /// `"text"`
    Text(String),
    /// `true`, `false`
    Boolean(bool),
    /// `none`
    None,
    /// `day of check`
    DayOfCheck,
}

/// Where a day without a year lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum YearRelation {
    /// `15 October`: inside the academic year
    Inside,
    /// `15 August before the year`
    Before,
    /// `30 September after the year`
    After,
}

/// The unit of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PeriodUnit {
    /// `calendar days`
    CalendarDays,
    /// `working days`
    WorkingDays,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
    /// `days`, which says neither kind: accepted in order to say so.
    BareDays,
}

/// `+ - * /`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Comparisons, in words or in signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Comparison {
    /// `is`, `=`
    Is,
    /// `is not`
    IsNot,
    /// `is at least`, `>=`
    AtLeast,
    /// `is at most`, `<=`
    AtMost,
    /// `is more than`, `>`
    MoreThan,
    /// `is less than`, `<`
    LessThan,
    /// `is before`
    Before,
    /// `is after`
    After,
    /// `is on`
    On,
    /// `is on or before`; `is not after`
    OnOrBefore,
    /// `is on or after`; `is not before`
    OnOrAfter,
    /// `is not on`
    NotOn,
}

/// Tests of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Test {
    /// `is known`; `is missing` is its negation
    Known,
    /// `is empty`
    Empty,
    /// `is whole`
    Whole,
}

/// `max` or `min`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extreme {
    /// `max(a, b)`
    Max,
    /// `min(a, b)`
    Min,
}

/// What is made of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Aggregate {
    /// `sum of E over LIST`
    Sum,
    /// `count of LIST`
    Count,
    /// `count of distinct E over LIST`
    CountDistinct,
    /// `highest of E over LIST`
    Highest,
    /// `lowest of E over LIST`
    Lowest,
}

/// How many elements must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Quantifier {
    /// `every e in LIST satisfies c`
    Every,
    /// `some e in LIST satisfies c`
    Some,
    /// `no e in LIST satisfies c`
    No,
}

/// `[e in] LIST [where c]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListForm {
    /// The element's name, where it has one.
    pub(crate) element: Option<Word>,
    pub(crate) list: Expression,
    pub(crate) condition: Option<Expression>,
}

/// Relations that read as sentences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Relation {
    /// `isp includes C`
    Includes { isp: Expression, course: Expression },
    /// `student acquired C [before D]`, `tolerated`, `exempted from`, `took up`
    Study { student: Expression, relation: StudyRelation, course: Expression, before: Option<Expression> },
    /// `C same unit as D`
    SameUnit { left: Expression, right: Expression },
    /// `event serves G`
    Serves { event: Expression, group: Expression },
    /// `student has status S [on D]`
    HasStatus { student: Expression, status: Word, on: Option<Expression> },
    /// `student has request K`
    HasRequest { student: Expression, request: Word },
    /// `student has measure K [for programme] [on D]`
    HasMeasure { student: Expression, measure: Word, programme: Option<Expression>, on: Option<Expression> },
}

/// What a student did with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StudyRelation {
    /// `student acquired C`
    Acquired,
    /// `student tolerated C`
    Tolerated,
    /// `student exempted from C`
    ExemptedFrom,
    /// `student took up C`
    TookUp,
}
