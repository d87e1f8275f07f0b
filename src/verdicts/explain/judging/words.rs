//! The words of the rule for what it reads: `enrolment.class_group`, `sum of credits`.

use crate::rulebook::{Expression, ExpressionKind, Relation};
use crate::syntax::expression::Aggregate;
use crate::verdicts::World;
use crate::vocabulary::{Enumeration, Link};

/// The name of a value that an expression reads; nothing for arithmetic, conditions and constants.
pub(super) fn words(expression: &Expression, world: World<'_>) -> Option<String> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only what is read has a name")]
    match expression.kind.as_ref() {
        ExpressionKind::Field { row, field } => Some(of(row, field.name(), world)),
        ExpressionKind::Definition { row, definition } => Some(of(row, &world.context.rulebook.definition(*definition).name, world)),
        ExpressionKind::DoneCredits { enrolment } => Some(of(enrolment, "done_credits", world)),
        ExpressionKind::Tolerable { result } => Some(of(result, "tolerable", world)),
        ExpressionKind::List { row, list } => Some(of(row, list.name(), world)),
        ExpressionKind::Follow { row, link } => Some(followed(row, *link, world)),
        ExpressionKind::Window { name, .. } => Some(format!("window({name})")),
        ExpressionKind::Day { name, .. } => Some(format!("day({name})")),
        ExpressionKind::DayOfCheck => Some("day of check".to_owned()),
        ExpressionKind::Relation(relation) => related(relation, world),
        ExpressionKind::Aggregate { aggregate, list, value } => {
            let what = value.as_ref().and_then(|value| words(value, world)).or_else(|| words(&list.list, world))?;
            Some(format!("{} {what}", aggregate_words(*aggregate)))
        }
        _ => None,
    }
}

fn of(row: &Expression, name: &str, world: World<'_>) -> String {
    match words(row, world) {
        Some(path) => format!("{path}.{name}"),
        None => name.to_owned(),
    }
}

fn followed(row: &Expression, link: Link, world: World<'_>) -> String {
    match link {
        Link::Owner(_) | Link::Isp | Link::Result | Link::EntryUnit => link.to().word().to_owned(),
        Link::Previous => of(row, "previous", world),
    }
}

/// What a student has or has not; the other relations are told by their parts.
fn related(relation: &Relation, world: World<'_>) -> Option<String> {
    match relation {
        Relation::HasStatus { status, .. } => Some(format!("status {}", world.text(*status))),
        Relation::HasRequest { request, .. } => Some(format!("request {}", world.text(*request))),
        Relation::HasMeasure { measure, .. } => Enumeration::MeasureKind.value(*measure).map(|kind| format!("measure {kind}")),
        Relation::Includes { .. } | Relation::Study { .. } | Relation::SameUnit { .. } | Relation::Serves { .. } => None,
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
