//! What an expression's value can be, and the reasons why it is not known.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::records::{Placed, TextId};
use crate::rulebook::{Period, Type};
use crate::verdicts::{NamedValue, SubjectRow, Unknown, World};
use crate::vocabulary::{Enumeration, Exact, Field, List, Subject, fields};

/// A value, or why it is not known.
pub(crate) type Known<T> = Result<T, Reasons>;

/// A known value of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    Boolean(bool),
    /// Of any numeric type; percentages are percentage points.
    Number(Exact),
    Date(NaiveDate),
    Period(Period),
    AcademicYear(i32),
    Semester(i32),
    Text(TextId),
    Enumeration(Enumeration, i32),
    Row(SubjectRow),
    /// A list by its owner's row.
    List(List, u32),
    /// No enrolment before this one, no first element.
    None,
    /// An event day that has not come by the day of the check.
    NotHappened,
}

impl Value {
    /// Whether there is something to compare or to count.
    pub(crate) fn is_there(self) -> bool {
        !matches!(self, Self::None | Self::NotHappened)
    }

    /// Whether a condition with this value holds: what is not there does not.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    pub(crate) fn number(self) -> Option<Exact> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    pub(crate) fn date(self) -> Option<NaiveDate> {
        if let Self::Date(date) = self { Some(date) } else { None }
    }

    pub(crate) fn row(self) -> Option<SubjectRow> {
        if let Self::Row(row) = self { Some(row) } else { None }
    }

    /// Which comes first, of two numbers, days, academic years or semesters.
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Some(left.cmp(&right)),
            (Self::Date(left), Self::Date(right)) => Some(left.cmp(&right)),
            (Self::AcademicYear(left), Self::AcademicYear(right)) | (Self::Semester(left), Self::Semester(right)) => Some(left.cmp(&right)),
            _ => None,
        }
    }

    /// As a report shows it, by the type of the expression.
    pub(crate) fn shown(self, kind: Type, world: World<'_>) -> NamedValue {
        match self {
            Self::Boolean(truth) => NamedValue::Boolean(truth),
            Self::Number(number) => shown_number(number, kind),
            Self::Date(date) => NamedValue::Date(date),
            Self::Period(period) => NamedValue::Period(period),
            Self::AcademicYear(year) => NamedValue::AcademicYear(year),
            Self::Semester(number) => NamedValue::Semester(number),
            Self::Text(text) => NamedValue::Text(text),
            Self::Enumeration(enumeration, index) => NamedValue::Enumeration(enumeration, index),
            Self::Row(row) => shown_row(row, world),
            Self::List(list, owner) => NamedValue::Number(counted(world.elements(list, owner).count())),
            Self::None => NamedValue::None,
            Self::NotHappened => NamedValue::NotHappened,
        }
    }
}

/// A count as an exact number.
pub(crate) fn counted(count: usize) -> Exact {
    Exact::from_integer(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(crate) fn shown_number(number: Exact, kind: Type) -> NamedValue {
    if kind == Type::Credits {
        NamedValue::Credits(number)
    } else if kind == Type::Percent {
        NamedValue::Percent(number)
    } else if kind == Type::Score {
        NamedValue::Score(number)
    } else {
        NamedValue::Number(number)
    }
}

/// Whether its rows are the same thing when their codes are.
pub(crate) fn has_code(subject: Subject) -> bool {
    matches!(subject, Subject::Programme | Subject::Course | Subject::Event | Subject::ClassGroup)
}

fn shown_row(row: SubjectRow, world: World<'_>) -> NamedValue {
    if has_code(row.subject) { NamedValue::Code(row.subject, world.code(row.subject, row.row)) } else { NamedValue::Row(row) }
}

/// An element of a list as a report names it: by its course unit where it has one.
pub(crate) fn shown_element(row: SubjectRow, world: World<'_>) -> NamedValue {
    match course_of(row, world) {
        Some(course) => NamedValue::Code(Subject::Course, world.code(Subject::Course, course)),
        None => shown_row(row, world),
    }
}

/// The field by which a row names its course unit.
pub(crate) fn course_field(subject: Subject) -> Option<Field> {
    let known = [
        fields::entry::COURSE,
        fields::unit::COURSE,
        fields::exemption::COURSE,
        fields::credit_certificate::COURSE,
        fields::request::COURSE,
        fields::requested_course::COURSE,
        fields::measure::COURSE,
        fields::decision::COURSE,
    ];
    known.into_iter().find(|field| field.subject == subject)
}

/// The row of the course unit that a row is about.
pub(crate) fn course_of(row: SubjectRow, world: World<'_>) -> Option<u32> {
    if row.subject == Subject::Course {
        return Some(row.row);
    }
    let subject = if row.subject == Subject::Result { Subject::Entry } else { row.subject };
    course_field(subject).and_then(|field| world.reference(field, row.row))
}

/// Why something is not known: only what mattered, in order, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reasons(Vec<Unknown>);

impl Reasons {
    pub(crate) fn one(reason: Unknown) -> Self {
        Self(vec![reason])
    }

    /// A field that the record or the catalogue does not give.
    pub(crate) fn field(field: Field, row: u32) -> Self {
        Self::one(Unknown::Missing(Placed { subject: field.subject, row, field: Some(field) }))
    }

    pub(crate) fn add(&mut self, more: Self) {
        for reason in more.0 {
            if let Err(at) = self.0.binary_search(&reason) {
                self.0.insert(at, reason);
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_set(self) -> BTreeSet<Unknown> {
        self.0.into_iter().collect()
    }

    /// The result, unless something that matters is not known.
    pub(crate) fn unless_any<T>(self, result: T) -> Known<T> {
        if self.is_empty() { Ok(result) } else { Err(self) }
    }
}

/// Both values; where either is unknown, the reasons of both.
pub(crate) fn both<A, B>(left: Known<A>, right: Known<B>) -> Known<(A, B)> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(mut reasons), Err(more)) => {
            reasons.add(more);
            Err(reasons)
        }
        (Err(reasons), _) | (_, Err(reasons)) => Err(reasons),
    }
}

/// Three-valued *or* over many: true as soon as one is, else unknown with all reasons, else false.
pub(crate) fn any_of(truths: impl IntoIterator<Item = Known<bool>>) -> Known<bool> {
    let mut reasons = Reasons::default();
    for truth in truths {
        match truth {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(more) => reasons.add(more),
        }
    }
    reasons.unless_any(false)
}

/// Three-valued *and*: the second is not looked at where the first fails.
pub(crate) fn and_if(first: Known<bool>, second: impl FnOnce() -> Known<bool>) -> Known<bool> {
    if first == Ok(false) { first } else { all_of([first, second()]) }
}

/// Three-valued *and* over many.
pub(crate) fn all_of(truths: impl IntoIterator<Item = Known<bool>>) -> Known<bool> {
    any_of(truths.into_iter().map(|truth| truth.map(|truth| !truth))).map(|any| !any)
}
