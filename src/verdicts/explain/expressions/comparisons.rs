//! Comparisons and tests. What has not happened, or is none, compares with nothing: every comparison with it is false.

use std::cmp::Ordering;

use crate::rulebook::{Constant, Expression, ExpressionKind, Order};
use crate::syntax::expression::Test;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::value::{all_of, any_of, both, course_of, has_code};
use crate::verdicts::explain::{Known, Recorder, Value};
use crate::verdicts::{SubjectRow, World};
use crate::vocabulary::{Exact, FieldKind, Subject, fields};

/// What a comparison says; nothing where a side is not there, so that neither it nor its negation holds.
pub(in crate::verdicts::explain) type Answer = Option<bool>;

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(in crate::verdicts::explain) fn compare(&mut self, order: Order, left: &'a Expression, right: &'a Expression) -> Known<bool> {
        let (left, right) = (self.value(left), self.value(right));
        compared(left, right, |left, right| holds(order, left, right)).map(|answer| answer == Some(true))
    }

    pub(in crate::verdicts::explain) fn equal(&mut self, left: &'a Expression, right: &'a Expression) -> Known<Answer> {
        if is_none(right) {
            return self.value(left).map(|value| Some(!value.is_there()));
        }
        if let Some(equal) = self.near_equal(left, right) {
            return Ok(Some(equal));
        }
        let (left, right) = (self.value(left), self.value(right));
        let world = self.world;
        compared(left, right, |left, right| same(left, right, world))
    }

    /// Whether two sides are the same where cells of rows that are near tell, both of them given.
    fn near_equal(&self, left: &Expression, right: &Expression) -> Option<bool> {
        let ExpressionKind::Field { row, field } = left.kind.as_ref() else { return None };
        let kind = field.kind();
        if let FieldKind::Reference(_) = kind {
            return Some(same(Value::Row(self.near(left)?), Value::Row(self.near(right)?), self.world));
        }
        let sort = sort_of_cell(kind)?;
        let own = self.world.given(*field, self.near(row)?.row)?;
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are not cells")]
        match right.kind.as_ref() {
            ExpressionKind::Constant(Constant::Enumeration(enumeration, index)) if kind == FieldKind::Enumeration(*enumeration) => {
                Some(own == *index)
            }
            ExpressionKind::Field { row, field } if sort_of_cell(field.kind()) == Some(sort) => {
                Some(own == self.world.given(*field, self.near(row)?.row)?)
            }
            _ => None,
        }
    }

    pub(in crate::verdicts::explain) fn between(&mut self, value: &'a Expression, low: &'a Expression, high: &'a Expression) -> Known<Answer> {
        let value = self.value(value);
        if is_absent(&value) {
            return Ok(None);
        }
        let (low, high) = (self.value(low), self.value(high));
        let above = compared(value.clone(), low, |value, low| holds(Order::GreaterOrEqual, value, low));
        let below = compared(value, high, |value, high| holds(Order::LessOrEqual, value, high));
        all_of([above, below].map(|side| side.map(|answer| answer == Some(true)))).map(Some)
    }

    pub(in crate::verdicts::explain) fn one_of(&mut self, value: &'a Expression, options: &'a [Expression]) -> Known<Answer> {
        let value = self.value(value);
        if is_absent(&value) {
            return Ok(None);
        }
        let world = self.world;
        let matching =
            |option: Known<Value>| compared(value.clone(), option, |value, option| same(value, option, world)).map(|answer| answer == Some(true));
        any_of(options.iter().map(|option| matching(self.value(option)))).map(Some)
    }

    pub(in crate::verdicts::explain) fn test(&mut self, test: Test, value: &'a Expression) -> Known<Answer> {
        let value = self.value(value);
        match test {
            Test::Known => Ok(Some(value.is_ok_and(|value| self.is_known(value)))),
            Test::Empty => self.emptiness(value?),
            Test::Whole => Ok(value?.number().map(Exact::is_whole)),
        }
    }

    /// A list is known when nothing can be lacking from it: an export without diplomas does not say that there are none.
    fn is_known(&self, value: Value) -> bool {
        if let Value::List(list, owner) = value { self.all_known(list, owner).is_ok() } else { value.is_there() }
    }

    fn emptiness(&mut self, value: Value) -> Known<Answer> {
        if let Value::Text(text) = value {
            return Ok(Some(self.world.text(text).is_empty()));
        }
        let Value::List(list, owner) = value else { return Ok(None) };
        if self.world.elements(list, owner).next().is_some() {
            return Ok(Some(false));
        }
        self.all_known(list, owner).map(|()| Some(true))
    }

    pub(in crate::verdicts::explain) fn contains(&mut self, list: &'a Expression, value: &'a Expression) -> Known<bool> {
        let (list, value) = both(self.value(list), self.value(value))?;
        let (Value::List(list, owner), true) = (list, value.is_there()) else { return Ok(false) };
        let subject = list.element();
        let world = self.world;
        let found = world.elements(list, owner).any(|row| {
            let element = SubjectRow { subject, row };
            same(Value::Row(element), value, world) || is_about(element, value, world)
        });
        if found { Ok(true) } else { self.all_known(list, owner).map(|()| false) }
    }
}

/// What cells of a kind are, where two of the same sort hold the same value just when they are equal.
fn sort_of_cell(kind: FieldKind) -> Option<FieldKind> {
    match kind {
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => Some(FieldKind::Decimal),
        FieldKind::AcademicYear | FieldKind::Semester | FieldKind::Text | FieldKind::Enumeration(_) => Some(kind),
        FieldKind::Boolean | FieldKind::Day | FieldKind::EventDay | FieldKind::Reference(_) => None,
    }
}

fn is_absent(value: &Known<Value>) -> bool {
    matches!(value, Ok(value) if !value.is_there())
}

fn is_none(expression: &Expression) -> bool {
    matches!(expression.kind.as_ref(), ExpressionKind::Constant(Constant::None))
}

/// A list of entries or units contains a course unit when one of them is of that unit.
fn is_about(element: SubjectRow, value: Value, world: World<'_>) -> bool {
    let Value::Row(SubjectRow { subject: Subject::Course, row: course }) = value else { return false };
    let own = course_of(element, world);
    own.is_some_and(|own| world.code(Subject::Course, own) == world.code(Subject::Course, course))
}

/// A comparison of two values; nothing where either is not there, whatever the other is.
fn compared(left: Known<Value>, right: Known<Value>, holds: impl FnOnce(Value, Value) -> bool) -> Known<Answer> {
    if is_absent(&left) || is_absent(&right) {
        return Ok(None);
    }
    both(left, right).map(|(left, right)| Some(holds(left, right)))
}

fn holds(order: Order, left: Value, right: Value) -> bool {
    let Some(found) = left.order(right) else { return false };
    match order {
        Order::Less => found == Ordering::Less,
        Order::LessOrEqual => found != Ordering::Greater,
        Order::Greater => found == Ordering::Greater,
        Order::GreaterOrEqual => found != Ordering::Less,
    }
}

/// Whether two values are the same; rows of the catalogue are when their codes are.
pub(super) fn same(left: Value, right: Value, world: World<'_>) -> bool {
    match (left, right) {
        (Value::Row(left), Value::Row(right)) => left.subject == right.subject && same_row(left, right, world),
        _ => left == right,
    }
}

fn same_row(left: SubjectRow, right: SubjectRow, world: World<'_>) -> bool {
    if has_code(left.subject) {
        return world.code(left.subject, left.row) == world.code(right.subject, right.row);
    }
    if left.subject == Subject::Unit {
        return unit_identity(left.row, world) == unit_identity(right.row, world);
    }
    left.row == right.row
}

/// A unit is its programme's code and its course unit's code, in whatever year.
fn unit_identity(unit: u32, world: World<'_>) -> impl PartialEq {
    let programme = world.owner(Subject::Unit, unit).map(|programme| world.code(Subject::Programme, programme.row));
    let course = world.reference(fields::unit::COURSE, unit).map(|course| world.code(Subject::Course, course));
    (programme, course, if course.is_none() { unit } else { 0 })
}
