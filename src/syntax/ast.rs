//! Declarations and clauses as they are written.

use crate::source::{SourceId, Span, Spanned};
use crate::syntax::expression::{Expression, Literal};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Which check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CheckKind {
    /// `deadline NAME { … }`
    Deadline,
    /// `bound NAME { … }`
    Bound,
    /// `rule NAME { … }`
    Rule,
    /// `sequentiality KIND { … }`
    Sequentiality,
}

/// A check: one named requirement with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) kind: CheckKind,
    /// The name, or the kind of sequentiality (`strict`).
    pub(crate) name: Word,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) span: Span,
    /// The words up to the opening brace.
    pub(crate) head: Span,
}

/// One clause, with its own citation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) kind: ClauseKind,
    /// `per "…"` at its end.
    pub(crate) per: Option<Word>,
    pub(crate) span: Span,
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ClauseKind {
    /// `for [every] entry [where condition]`
    For {
        every: Option<Span>,
        subject: Word,
        condition: Option<Expression>,
    },
    /// `in force from YEAR [until YEAR]`
    InForce(Years),
    /// `cohorts from YEAR [until YEAR]`
    Cohorts(Years),
    /// `except LABEL [over LABEL] when condition [{ other requirement }]`
    Except {
        label: Word,
        over: Vec<Word>,
        condition: Expression,
        replacement: Option<Vec<Clause>>,
    },
    /// `needs decision by "role" when condition`
    NeedsDecision {
        role: Word,
        condition: Expression,
    },
    /// `may be allowed by "role" when condition`
    MayBeAllowed {
        role: Word,
        condition: Option<Expression>,
    },
    /// `judged from D`
    JudgedFrom(Expression),
    /// `never waived`
    NeverWaived,
    /// `severity warning`
    Severity(Word),
    /// `message en "…"`
    Message(InLanguage),
    /// `consequence en "…"`
    Consequence(InLanguage),
    /// `remedy en "…"`
    Remedy(InLanguage),
    /// `formerly old_name`
    Formerly(Vec<Word>),
    /// `require condition`
    Require(Expression),
    /// `done E [if any]`
    Done {
        event: Expression,
        if_any: bool,
    },
    /// `due …`
    Due(Due),
    /// `value E [unrounded | rounded …]`
    Value {
        value: Expression,
        rounding: Option<ClauseRounding>,
    },
    /// `at least E`, `between A and B`, `no maximum`, …
    Limit {
        limit: Limit,
        rounding: Option<ClauseRounding>,
    },
    /// The states of a sequentiality: `prior completed or tolerated in an earlier semester`
    Prior(Vec<PriorPart>),
    /// `student holds the diploma`
    HoldsDiploma,
    Junk,
}

/// `unrounded` or `rounded …` at the end of a bound's value or limit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ClauseRounding {
    /// `unrounded`
    Unrounded(Span),
    /// `rounded half up to 0.5`
    Rounded(Rounding),
}

/// When a deadline's event is due.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    pub(crate) term: Term,
    /// `if no working day then the next one`
    pub(crate) next_working_day: Option<Span>,
    pub(crate) span: Span,
}

/// The term of a deadline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    /// `on or before D`
    OnOrBefore(Expression),
    /// `before D`
    Before(Expression),
    /// `from D [to D]`
    From { from: Expression, to: Option<Expression> },
    /// `within N … after D`: the day after D is day 1
    WithinAfter { period: Expression, of: Expression },
    /// `within N … from D`: D is day 1
    WithinFrom { period: Expression, of: Expression },
    /// `within window(NAME, semester N)`
    WithinWindow(Expression),
    /// `by D`, which says neither: accepted in order to say so.
    By(Expression),
}

/// The limit of a bound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Limit {
    /// `at least E`
    AtLeast(Expression),
    /// `at most E`
    AtMost(Expression),
    /// `more than E`
    MoreThan(Expression),
    /// `less than E`
    LessThan(Expression),
    /// `between A and B`
    Between(Expression, Expression),
    /// `exactly E`
    Exactly(Expression),
    /// `no minimum`
    NoMinimum,
    /// `no maximum`
    NoMaximum,
}

/// `completed or tolerated in an earlier semester`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PriorPart {
    pub(crate) states: Vec<Spanned<PriorState>>,
    pub(crate) when: PriorWhen,
    pub(crate) span: Span,
}

/// The state a prior unit must be in; also a condition: `needs decision … when prior exempted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PriorState {
    /// `completed`: the credit is obtained
    Completed,
    /// `tolerated`: a tolerable fail mark is used
    Tolerated,
    /// `exempted`
    Exempted,
    /// `scheduled`: was in an ISP, not dropped
    Scheduled,
}

/// When the prior unit must have been in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PriorWhen {
    /// `in an earlier semester`
    EarlierSemester,
    /// `in an earlier year`
    EarlierYear,
    /// `in the same or an earlier semester`
    SameOrEarlierSemester,
    /// `in the same registration`
    SameRegistration,
    /// `at any time`
    AnyTime,
}

/// `programme CODE "name" { edges }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Programme {
    pub(crate) code: Word,
    pub(crate) name: Option<Word>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) span: Span,
}

/// One line of a programme: `BM201 strictly after BM102`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edge {
    pub(crate) course: Word,
    pub(crate) demand: EdgeTerm,
    /// `as advice`
    pub(crate) advice: Option<Span>,
    pub(crate) per: Option<Word>,
    pub(crate) span: Span,
}

/// How a unit follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum EdgeKind {
    /// `strictly after`
    Strict,
    /// `flexibly after`
    Flexible,
    /// `together with`
    Simultaneous,
}

/// The right-hand side of an edge; each leaf carries the kind that holds where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EdgeTerm {
    pub(crate) kind: EdgeTermKind,
    pub(crate) span: Span,
}

/// The terms of an edge.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum EdgeTermKind {
    /// `BM102`
    Unit { kind: EdgeKind, course: Word },
    /// `all of phase 1` (a number or `own phase`)
    AllOfPhase { kind: EdgeKind, phase: Expression },
    /// `all units where c`
    AllUnits { kind: EdgeKind, condition: Option<Expression> },
    /// `all chosen units where c`
    AllChosenUnits { kind: EdgeKind, condition: Option<Expression> },
    /// `2 of (BM101, BM102, BM103)`
    NumberOf { number: Spanned<u32>, terms: Vec<EdgeTerm> },
    /// `a and b`
    And(Vec<EdgeTerm>),
    /// `a or b`
    Or(Vec<EdgeTerm>),
    /// `102 credits acquired`
    CreditsAcquired(Expression),
    /// `for holders of a bachelor diploma`
    HoldersOf(Word),
    /// `with permission of "role"`
    Permission(Word),
    /// `requires condition`
    Requires(Expression),
}

/// `background { given … }`: shared by the examples of its file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Background {
    pub(crate) steps: Vec<ExampleStep>,
    pub(crate) span: Span,
}

/// `example "title" { given … expect … }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Example {
    pub(crate) title: Word,
    pub(crate) steps: Vec<ExampleStep>,
    pub(crate) span: Span,
}

/// A line of an example.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExampleStep {
    /// `given …`
    Given(Given),
    /// `checked on D`
    CheckedOn {
        date: Expression,
        span: Span,
    },
    /// `expect CHECK [for BM201] VERDICT [with NAME VALUE]`
    Expect(Expect),
    Junk(Span),
}

/// `given enrolment 2022-2023 { contract: credit  entry BM102 { outcome: failed } }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    pub(crate) subject: Word,
    /// What stands between the subject and its brace: a year, a code, or the name of a dossier in quotes.
    pub(crate) key: Option<Expression>,
    pub(crate) items: Vec<GivenItem>,
    pub(crate) span: Span,
}

/// What stands in the braces of a `given`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum GivenItem {
    /// `enrolled_on: 2023-10-20`
    Value { name: Word, value: GivenValue },
    /// `entry BM102 { outcome: failed }`
    Nested(Given),
}

/// A value given to a field or to a definition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum GivenValue {
    /// `diploma`, `60 credits`, `2023-10-20`
    One(Expression),
    /// `(a, b)` or `[a, b]`: a list of references
    List(Vec<Expression>),
    /// `unknown`: the field is missing
    Unknown(Span),
}

/// `expect CHECK [for BM201] VERDICT [with NAME VALUE]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expect {
    pub(crate) check: Word,
    /// The unit, enrolment year or other key of the subject meant.
    pub(crate) subject: Option<Expression>,
    pub(crate) verdict: ExpectedVerdict,
    pub(crate) with: Vec<(Word, Expression)>,
    pub(crate) span: Span,
}

/// A verdict's words, with the label or role where one is said: `excepted last_stretch`, `needs decision by "…"`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExpectedVerdict {
    /// The words as in reports: `violated`, `not applicable`, `missing data`.
    pub(crate) words: Word,
    /// The label, role or field after them.
    pub(crate) detail: Option<Word>,
}

/// `examples CHECK [for SUBJECT KEY] { | column | … | verdict | }`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExampleTable {
    pub(crate) check: Word,
    /// `given …` and `checked on D` before the rows, shared by all of them.
    pub(crate) steps: Vec<ExampleStep>,
    /// Dotted names: `enrolled_credits`, `enrolment.phase`; the last is `verdict` or others follow it by name.
    pub(crate) columns: Vec<Word>,
    pub(crate) rows: Vec<ExampleRow>,
    pub(crate) span: Span,
}

/// A row of an example table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExampleRow {
    pub(crate) cells: Vec<ExampleCell>,
    pub(crate) span: Span,
}

/// A cell of an example table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExampleCell {
    /// `_`: not given
    NotGiven(Span),
    /// `26 credits`, `2023-10-20`, `diploma`, `unknown`
    Value(GivenValue),
    /// The cell under `verdict`.
    Verdict(ExpectedVerdict),
}

/// A literal that stands alone, for readers that need one.
pub(crate) type SpannedLiteral = Spanned<Literal>;
