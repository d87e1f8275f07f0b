//! The words of the rule for what it reads: `enrolment.class_group`, `sum of credits`.

use crate::rulebook::{Condition, Expression, ExpressionKind, Relation};
use crate::syntax::expression::Aggregate;
use crate::verdicts::World;
use crate::vocabulary::{Enumeration, Link};

/// How long most names are at most, in bytes.
const MOSTLY: usize = 40;

/// The name of a value that an expression reads; nothing for arithmetic, conditions and constants.
pub(super) fn words(expression: &Expression, world: World<'_>) -> Option<String> {
    let mut text = String::new();
    add(expression, world, &mut text).then_some(text)
}

/// Add the name of what an expression reads; false, and nothing added, where it has none.
fn add(expression: &Expression, world: World<'_>, text: &mut String) -> bool {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only what is read has a name")]
    match expression.kind.as_ref() {
        ExpressionKind::Field { row, field } => add_of(row, field.name(), world, text),
        ExpressionKind::Definition { row, definition } => add_of(row, &world.context.rulebook.definition(*definition).name, world, text),
        ExpressionKind::DoneCredits { enrolment } => add_of(enrolment, "done_credits", world, text),
        ExpressionKind::Tolerable { result } => add_of(result, "tolerable", world, text),
        ExpressionKind::List { row, list } => add_of(row, list.name(), world, text),
        ExpressionKind::Follow { row, link: Link::Previous } => add_of(row, "previous", world, text),
        ExpressionKind::Follow { link, .. } => added(text, &[link.to().word()]),
        ExpressionKind::Window { name, .. } => added(text, &["window(", name, ")"]),
        ExpressionKind::Day { name, .. } => added(text, &["day(", name, ")"]),
        ExpressionKind::DayOfCheck => added(text, &["day of check"]),
        ExpressionKind::Condition(Condition::Relation(relation)) => add_related(relation, world, text),
        ExpressionKind::Aggregate { aggregate, list, value } => {
            let before = text.len();
            added(text, &[aggregate_words(*aggregate), " "]);
            let is_named = value.as_ref().is_some_and(|value| add(value, world, text)) || add(&list.list, world, text);
            if !is_named {
                text.truncate(before);
            }
            is_named
        }
        _ => false,
    }
}

fn added(text: &mut String, parts: &[&str]) -> bool {
    if text.is_empty() {
        text.reserve(MOSTLY);
    }
    for part in parts {
        text.push_str(part);
    }
    true
}

/// The name of something of a row, after the row's own.
fn add_of(row: &Expression, name: &str, world: World<'_>, text: &mut String) -> bool {
    if add(row, world, text) { added(text, &[".", name]) } else { added(text, &[name]) }
}

/// What a student has or has not; the other relations are told by their parts.
fn add_related(relation: &Relation, world: World<'_>, text: &mut String) -> bool {
    match relation {
        Relation::HasStatus { status, .. } => added(text, &["status ", world.text(*status)]),
        Relation::HasRequest { request, .. } => added(text, &["request ", world.text(*request)]),
        Relation::HasMeasure { measure, .. } => Enumeration::MeasureKind.value(*measure).is_some_and(|kind| added(text, &["measure ", kind])),
        Relation::Includes { .. } | Relation::Study { .. } | Relation::SameUnit { .. } | Relation::Serves { .. } => false,
    }
}

fn aggregate_words(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Sum => "sum of",
        Aggregate::Count => "count of",
        Aggregate::CountDistinct => "count of distinct",
        Aggregate::Highest => "highest of",
        Aggregate::Lowest => "lowest of",
    }
}
