//! The words of the rule for what it reads: `enrolment.class_group`, `sum of credits`.

use crate::rulebook::{Expression, ExpressionKind, Rulebook};
use crate::syntax::expression::Aggregate;
use crate::vocabulary::Link;

/// The name of a value that an expression reads; nothing for arithmetic, conditions and constants.
pub(super) fn words(expression: &Expression, rulebook: &Rulebook) -> Option<String> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only what is read has a name")]
    match expression.kind.as_ref() {
        ExpressionKind::Field { row, field } => Some(of(row, field.name(), rulebook)),
        ExpressionKind::Definition { row, definition } => Some(of(row, &rulebook.definition(*definition).name, rulebook)),
        ExpressionKind::DoneCredits { enrolment } => Some(of(enrolment, "done_credits", rulebook)),
        ExpressionKind::Tolerable { result } => Some(of(result, "tolerable", rulebook)),
        ExpressionKind::List { row, list } => Some(of(row, list.name(), rulebook)),
        ExpressionKind::Follow { row, link } => Some(followed(row, *link, rulebook)),
        ExpressionKind::Window { name, .. } => Some(format!("window({name})")),
        ExpressionKind::Day { name, .. } => Some(format!("day({name})")),
        ExpressionKind::DayOfCheck => Some("day of check".to_owned()),
        ExpressionKind::Aggregate { aggregate, list, value } => {
            let what = value.as_ref().and_then(|value| words(value, rulebook)).or_else(|| words(&list.list, rulebook))?;
            Some(format!("{} {what}", aggregate_words(*aggregate)))
        }
        _ => None,
    }
}

fn of(row: &Expression, name: &str, rulebook: &Rulebook) -> String {
    match words(row, rulebook) {
        Some(path) => format!("{path}.{name}"),
        None => name.to_owned(),
    }
}

fn followed(row: &Expression, link: Link, rulebook: &Rulebook) -> String {
    match link {
        Link::Owner(_) | Link::Isp | Link::Result | Link::EntryUnit => link.to().word().to_owned(),
        Link::Previous => of(row, "previous", rulebook),
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
