//! Declarations and clauses as they are written.

mod checks;
mod examples;
mod programmes;

use crate::source::{SourceId, Span, Spanned};
use crate::syntax::expression::Expression;

pub(crate) use checks::{Check, CheckKind, Clause, ClauseKind, ClauseRounding, Due, Limit, PriorPart, PriorState, PriorWhen, Term};
pub(crate) use examples::{
    Background, Example, ExampleCell, ExampleRow, ExampleStep, ExampleTable, Expect, ExpectedVerdict, Given, GivenItem, GivenValue,
};
pub(crate) use programmes::{Edge, EdgeKind, EdgeTerm, EdgeTermKind, Programme};

/// A word of the author's: a name, a code, a kind.
pub(crate) type Word = Spanned<String>;

/// One rule file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct File {
    pub(crate) source: SourceId,
    /// `regs 1`; nothing where the line is missing.
    pub(crate) edition: Option<Spanned<u32>>,
    pub(crate) declarations: Vec<Declaration>,
}

/// What may stand at the top of a file, or in an article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Declaration {
    /// `regulation EER "…" { … }`
    Regulation(Regulation),
    /// `calendar 2023-2024 { … }`
    Calendar(Calendar),
    /// `chapter "2" "…" { … }` or `article "1.5" "…" { … }`
    Section(Section),
    /// `define NAME of SUBJECT: type = …`
    Define(Define),
    /// `deadline`, `bound`, `rule` or `sequentiality`
    Check(Check),
    /// `programme PB-BM "…" { … }`
    Programme(Programme),
    /// `background { … }`
    Background(Background),
    /// `example "…" { … }`
    Example(Example),
    /// `examples CHECK { | … | }`
    Examples(ExampleTable),
    /// A declaration that could not be read; its problem was reported.
    Junk(Span),
}

/// `"text"` said for a language: `summary en "…"`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct InLanguage {
    pub(crate) language: Word,
    pub(crate) text: Word,
}

/// `from 2023-2024 [until 2025-2026]`, both included.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Years {
    pub(crate) from: Spanned<i32>,
    pub(crate) until: Option<Spanned<i32>>,
    pub(crate) span: Span,
}

/// `regulation ID "title" { defaults }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Regulation {
    pub(crate) id: Word,
    pub(crate) title: Option<Word>,
    pub(crate) defaults: Vec<RegulationDefault>,
    pub(crate) span: Span,
}

/// What every rule of a regulation inherits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RegulationDefault {
    /// `issued by "…"`
    IssuedBy(Word),
    /// `in force from 2023-2024`
    InForce(Years),
    /// `time zone "Europe/Brussels"`
    TimeZone(Word),
    /// `languages en, nl`
    Languages(Vec<Word>),
    /// `rounding half up to whole [per "…"]`
    Rounding {
        rounding: Rounding,
        per: Option<Word>,
        span: Span,
    },
    /// `months round down`
    Months(Spanned<MonthMode>),
    /// `source "…"`
    Source(Word),
    Junk(Span),
}

/// `half up to 0.5`: the step to which a number is rounded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rounding {
    pub(crate) direction: Direction,
    /// `whole` is 1; the text of the number.
    pub(crate) step: Spanned<String>,
    pub(crate) span: Span,
}

/// Which of the two nearest steps a number goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// `half up`
    HalfUp,
    /// `half down`
    HalfDown,
    /// `half even`
    HalfEven,
    /// `up`
    Up,
    /// `down`
    Down,
}

/// What 31 January + 1 month is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthMode {
    /// `months round down`: 28 February
    RoundDown,
    /// `months round up`: 1 March
    RoundUp,
    /// `months refuse`
    Refuse,
}

/// `calendar 2023-2024 { … }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calendar {
    pub(crate) year: Spanned<i32>,
    pub(crate) items: Vec<CalendarItem>,
    pub(crate) span: Span,
}

/// `from D to D`, both included; `holiday D` has both the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dates {
    pub(crate) from: Expression,
    pub(crate) to: Expression,
}

/// A line of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CalendarItem {
    /// `year from D to D`
    Year {
        dates: Dates,
        span: Span,
    },
    /// `semester 1 ["title"] from D to D`
    Semester {
        number: Spanned<u32>,
        title: Option<Word>,
        dates: Dates,
        span: Span,
    },
    /// `window isp, semester 1 from D to D [decided on or before D]`
    Window {
        name: Word,
        semester: Option<Spanned<u32>>,
        dates: Dates,
        decided_by: Option<Expression>,
        span: Span,
    },
    /// `holiday D "…"` or `holiday from D to D "…"`
    Holiday {
        dates: Dates,
        title: Option<Word>,
        span: Span,
    },
    /// `day results_final D`
    Day {
        name: Word,
        date: Expression,
        span: Span,
    },
    /// `working week Monday to Friday`
    WorkingWeek {
        from: Spanned<chrono::Weekday>,
        to: Spanned<chrono::Weekday>,
        span: Span,
    },
    Junk(Span),
}

/// `chapter` or `article`: a heading and what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) number: Word,
    pub(crate) title: Option<Word>,
    pub(crate) summaries: Vec<InLanguage>,
    pub(crate) source: Option<Word>,
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) span: Span,
}

/// The two kinds of heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// `chapter "2"`
    Chapter,
    /// `article "1.5"`
    Article,
}

/// `define NAME of SUBJECT[: type] = expression [per "…"]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Define {
    pub(crate) name: Word,
    pub(crate) subject: Word,
    /// The words of the type: `credits`, `academic year`, `list of entry`.
    pub(crate) declared: Option<Word>,
    pub(crate) value: Expression,
    pub(crate) per: Option<Word>,
    pub(crate) span: Span,
}
