//! Conditions that exclude each other: two facts about one value that can't both hold.

use crate::rulebook::from_syntax::fold::fold;
use crate::rulebook::{Check, Condition, Constant, Expression, ExpressionKind, Order, Type};
use crate::source::Span;
use crate::syntax::expression::Test;
use crate::vocabulary::Exact;

/// Two conditions of which at most one can hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contradiction {
    pub(crate) first: Span,
    pub(crate) second: Span,
}

/// What a conjunct says of one value.
struct Fact<'e> {
    of: &'e Expression,
    allows: Allowed,
    span: Span,
}

/// The values that a conjunct leaves.
enum Allowed {
    These(Vec<Constant>),
    AllBut(Vec<Constant>),
    /// At least and at most; true where the end itself is out.
    Range(Option<(Exact, bool)>, Option<(Exact, bool)>),
    Known,
    Missing,
}

/// Two parts of the condition of a check's `for` that exclude each other.
pub(crate) fn in_condition(condition: &Expression) -> Option<Contradiction> {
    let facts = facts(condition);
    (1..facts.len()).find_map(|index| between(&facts[..index], &facts[index..=index]))
}

/// A part of one condition and a part of another that exclude each other.
pub(crate) fn between_conditions(one: &Expression, other: &Expression) -> Option<Contradiction> {
    between(&facts(one), &facts(other))
}

/// A part of the check's `for` that excludes a part of a condition under it.
pub(crate) fn with_check(check: &Check, condition: &Expression) -> Option<Contradiction> {
    between_conditions(check.condition.as_ref()?, condition)
}

fn between(ones: &[Fact<'_>], others: &[Fact<'_>]) -> Option<Contradiction> {
    let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let mut pairs = pairs.filter(|(one, other)| one.of == other.of && excludes(&one.allows, &other.allows));
    pairs.next().map(|(one, other)| Contradiction { first: one.span, second: other.span })
}

/// The facts of a condition: those of all its conjuncts.
fn facts(condition: &Expression) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    let mut waiting = vec![condition];
    while let Some(next) = waiting.pop() {
        if let ExpressionKind::Condition(Condition::And(parts)) = next.kind.as_ref() {
            waiting.extend(parts.iter().rev());
        } else if let Some((of, allows)) = fact(next) {
            facts.push(Fact { of, allows, span: next.span });
        }
    }
    facts
}

fn fact(condition: &Expression) -> Option<(&Expression, Allowed)> {
    match condition.kind.as_ref() {
        ExpressionKind::Condition(Condition::Equal { negated, left, right }) => {
            let allows = if *negated { Allowed::AllBut } else { Allowed::These };
            Some((left, allows(vec![fold(right)?])))
        }
        ExpressionKind::Condition(Condition::OneOf { negated, value, options }) => {
            let allows = if *negated { Allowed::AllBut } else { Allowed::These };
            Some((value, allows(options.iter().map(fold).collect::<Option<_>>()?)))
        }
        ExpressionKind::Condition(Condition::Compare { order, left, right }) => {
            let limit = ordinal(fold(right)?)?;
            Some((
                left,
                match order {
                    Order::Less => Allowed::Range(None, Some((limit, true))),
                    Order::LessOrEqual => Allowed::Range(None, Some((limit, false))),
                    Order::Greater => Allowed::Range(Some((limit, true)), None),
                    Order::GreaterOrEqual => Allowed::Range(Some((limit, false)), None),
                },
            ))
        }
        ExpressionKind::Condition(Condition::Between { negated: false, value, low, high }) => {
            let (low, high) = (ordinal(fold(low)?)?, ordinal(fold(high)?)?);
            Some((value, Allowed::Range(Some((low, false)), Some((high, false)))))
        }
        ExpressionKind::Condition(Condition::Test { test: Test::Known, negated, value }) => {
            Some((value, if *negated { Allowed::Missing } else { Allowed::Known }))
        }
        ExpressionKind::Condition(Condition::Not(inner)) if inner.kind_of_value == Type::Boolean => {
            Some((inner, Allowed::These(vec![Constant::Boolean(false)])))
        }
        // A field or a definition that is a condition by itself.
        ExpressionKind::Field { .. } | ExpressionKind::Definition { .. } | ExpressionKind::Condition(Condition::Relation(_)) => {
            Some((condition, Allowed::These(vec![Constant::Boolean(true)])))
        }
        _ => None,
    }
}

/// A constant with an order, as a number.
fn ordinal(constant: Constant) -> Option<Exact> {
    match constant {
        Constant::Number(number) => Some(number),
        Constant::AcademicYear(year) | Constant::Semester(year) => Some(Exact::from_integer(i64::from(year))),
        Constant::Date(date) => crate::vocabulary::dates::cell_of_date(date).map(|day| Exact::from_integer(i64::from(day))),
        _ => None,
    }
}

fn excludes(one: &Allowed, other: &Allowed) -> bool {
    match (one, other) {
        (Allowed::These(some), Allowed::These(others)) => !some.iter().any(|value| others.contains(value)),
        (Allowed::These(some), Allowed::AllBut(out)) | (Allowed::AllBut(out), Allowed::These(some)) => some.iter().all(|value| out.contains(value)),
        (Allowed::These(some), Allowed::Range(low, high)) | (Allowed::Range(low, high), Allowed::These(some)) => {
            some.iter().all(|value| ordinal(*value).is_some_and(|value| is_empty(max(*low, Some((value, false))), min(*high, Some((value, false))))))
        }
        (Allowed::Range(low, high), Allowed::Range(other_low, other_high)) => is_empty(max(*low, *other_low), min(*high, *other_high)),
        (Allowed::Known, Allowed::Missing) | (Allowed::Missing, Allowed::Known) => true,
        _ => false,
    }
}

type End = Option<(Exact, bool)>;

fn max(one: End, other: End) -> End {
    one.max(other)
}

fn min(one: End, other: End) -> End {
    match (one, other) {
        (Some((left, out)), Some((right, other_out))) if left == right => Some((left, out || other_out)),
        (Some(left), Some(right)) => Some(left.min(right)),
        (end, None) | (None, end) => end,
    }
}

fn is_empty(low: End, high: End) -> bool {
    let (Some((low, low_out)), Some((high, high_out))) = (low, high) else { return false };
    low > high || (low == high && (low_out || high_out))
}
