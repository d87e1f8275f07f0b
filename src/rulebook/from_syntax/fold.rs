//! The value of an expression that depends on nothing.

use crate::rulebook::{Arithmetic, Constant, Expression, ExpressionKind, Type};
use crate::vocabulary::Exact;

/// The value, where it is known when compiling.
pub(super) fn fold(expression: &Expression) -> Option<Constant> {
    match expression.kind.as_ref() {
        ExpressionKind::Constant(constant) => Some(*constant),
        ExpressionKind::Arithmetic { operator, left, right } if expression.kind_of_value == Type::AcademicYear => year(*operator, left, right),
        ExpressionKind::Arithmetic { operator, left, right } => arithmetic(*operator, left, right).map(Constant::Number),
        ExpressionKind::Rounded { value, rounding } => rounding.apply(fold_number(value)?).map(Constant::Number),
        _ => None,
    }
}

/// The number, where it is known when compiling.
pub(super) fn fold_number(expression: &Expression) -> Option<Exact> {
    if let Some(Constant::Number(number)) = fold(expression) { Some(number) } else { None }
}

fn arithmetic(operator: Arithmetic, left: &Expression, right: &Expression) -> Option<Exact> {
    let (left, right) = (fold_number(left)?, fold_number(right)?);
    match operator {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide => left.checked_div(right),
        Arithmetic::Ratio => left.checked_mul(Exact::HUNDRED)?.checked_div(right),
        Arithmetic::Share => left.checked_mul(right)?.checked_div(Exact::HUNDRED),
    }
}

fn year(operator: Arithmetic, left: &Expression, right: &Expression) -> Option<Constant> {
    let Constant::AcademicYear(year) = fold(left)? else { return None };
    let by = i32::try_from(fold_number(right)?.to_integer()?).ok()?;
    let moved = if operator == Arithmetic::Add { year.checked_add(by) } else { year.checked_sub(by) };
    moved.map(Constant::AcademicYear)
}
