//! Examples as they are written.

use crate::source::Span;
use crate::syntax::ast::Word;
use crate::syntax::expression::Expression;

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
