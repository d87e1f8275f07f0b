//! Values that do not fit where they stand.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with the type of an expression.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum TypeProblem {
    /// `require credits`
    #[error("expected {expected}, found {found}")]
    #[diagnostic(code(types::wrong_type))]
    WrongType {
        expected: String,
        found: String,
        #[label("this is {found}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `60 credits is at least 30%`
    #[error("the units do not fit: {left} against {right}")]
    #[diagnostic(code(types::unit_does_not_fit))]
    UnitDoesNotFit {
        left: String,
        right: String,
        #[label("this is {left}")]
        left_at: Span,
        #[label("this is {right}")]
        right_at: Span,
        #[help]
        help: String,
    },
    /// `contract is 30%`
    #[error("{left} can't be compared with {right}")]
    #[diagnostic(code(types::not_comparable))]
    NotComparable {
        left: String,
        right: String,
        #[label("this is {left}")]
        left_at: Span,
        #[label("this is {right}")]
        right_at: Span,
        #[help]
        help: String,
    },
    /// `credits is before 30`
    #[error("{word} does not go with {found}")]
    #[diagnostic(code(types::wrong_comparison))]
    WrongComparison {
        /// `` `is before` ``
        word: &'static str,
        found: String,
        #[label("this is {found}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `enrolled_on * 2`
    #[error("{left} and {right} can't be {done}")]
    #[diagnostic(code(types::impossible_arithmetic))]
    ImpossibleArithmetic {
        left: String,
        right: String,
        /// `multiplied`
        done: &'static str,
        #[label("no meaning")]
        at: Span,
        #[help]
        help: String,
    },
    /// `credits.phase`
    #[error("{found} has no fields")]
    #[diagnostic(code(types::no_fields))]
    NoFields {
        found: String,
        name: String,
        #[label("`{name}` of {found}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `sum of credits over phase`
    #[error("expected a list, found {found}")]
    #[diagnostic(code(types::not_a_list), help("lists are named in the plural: `entries`, `programme.units`, `student.diplomas`"))]
    NotAList {
        found: String,
        #[label("this is {found}")]
        at: Span,
    },
    /// `course is course`
    #[error("this is compared with itself")]
    #[diagnostic(code(types::compared_with_itself))]
    ComparedWithItself {
        #[label("the same on both sides")]
        at: Span,
        #[help]
        help: String,
    },
    /// `submitted_on is before 2023-10-15T12:00`
    #[error("rules compare days, and this is a time of day")]
    #[diagnostic(code(types::time_of_day), help("write the day alone; a time belongs only in examples and records"))]
    TimeOfDay {
        #[label("a time of day")]
        at: Span,
    },
    /// `credits is empty`
    #[error("{found} can't be tested with `is {test}`")]
    #[diagnostic(code(types::wrong_test))]
    WrongTest {
        found: String,
        test: &'static str,
        #[label("this is {found}")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// `if c then 5 credits else 30%`
    #[error("the parts differ: {first} and {other}")]
    #[diagnostic(code(types::parts_differ), help("all of them must be of one kind"))]
    PartsDiffer {
        first: String,
        other: String,
        #[label("this is {first}")]
        first_at: Span,
        #[label("this is {other}")]
        other_at: Span,
    },
    /// `sum of contract over student.enrolments`
    #[error("{aggregate} can't be made of {found}")]
    #[diagnostic(code(types::wrong_aggregate))]
    WrongAggregate {
        /// `` `sum of` ``
        aggregate: &'static str,
        found: String,
        #[label("this is {found}")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// `enrolment.previous.study_efficiency is at least 80%`
    #[error("{path} may be none, and nothing here says that it is known")]
    #[diagnostic(code(types::path_through_none))]
    PathThroughNone {
        /// `` `enrolment.previous` ``
        path: String,
        #[label("may be none")]
        at: Span,
        #[help]
        help: String,
    },
    /// `contract is none`
    #[error("`none` does not go with {found}")]
    #[diagnostic(code(types::misplaced_none), help("a value that the record lacks `is missing`; `none` is for `previous`, `first` and `last`"))]
    MisplacedNone {
        found: String,
        #[label("never none")]
        at: Span,
    },
    /// `rounded half up to 0`
    #[error("a number can't be rounded to steps of {step}")]
    #[diagnostic(code(types::impossible_step), help("the step is a positive number: `rounded half up to 0.5`, or `to whole`"))]
    ImpossibleStep {
        step: String,
        #[label("no step")]
        at: Span,
    },
    /// `99999999999999999999 credits`
    #[error("the number `{number}` is too large")]
    #[diagnostic(code(types::number_too_large), help("numbers are exact up to eighteen digits"))]
    NumberTooLarge {
        number: String,
        #[label("more digits than can be kept exact")]
        at: Span,
    },
    /// `is between 72 credits and 27 credits`
    #[error("nothing lies between {low} and {high}")]
    #[diagnostic(code(types::empty_range), help("the smaller comes first: `between 27 credits and 72 credits`"))]
    EmptyRange {
        low: String,
        high: String,
        #[label("never true")]
        at: Span,
    },
}
