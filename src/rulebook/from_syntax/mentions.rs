//! The names that an expression mentions, before anything is resolved: enough to put definitions into an order in which each finds the types it needs.

use crate::syntax::expression::{Expression, ExpressionKind, ListForm, Relation};

/// Every bare name and every name after a dot.
pub(super) fn mentions<'a>(expression: &'a Expression, found: &mut Vec<&'a str>) {
    let mut waiting = vec![expression];
    while let Some(next) = waiting.pop() {
        if let ExpressionKind::Name(name) = next.kind.as_ref() {
            found.push(name);
        }
        if let ExpressionKind::Path { name, .. } = next.kind.as_ref() {
            found.push(&name.value);
        }
        waiting.extend(parts(next));
    }
}

fn parts(expression: &Expression) -> Vec<&Expression> {
    use ExpressionKind as Kind;
    match expression.kind.as_ref() {
        Kind::Literal(_) | Kind::Name(_) | Kind::Code(_) | Kind::This | Kind::Day(_) | Kind::Prior { .. } | Kind::Own(_) => Vec::new(),
        Kind::Path { of: one, .. }
        | Kind::Not(one)
        | Kind::Test { value: one, .. }
        | Kind::Rounded { value: one, .. }
        | Kind::FirstDayAfter { after: one, .. }
        | Kind::FirstWeekdayAfter { after: one, .. }
        | Kind::EndOfMonth(one)
        | Kind::Group(one) => vec![one],
        Kind::Window { semester, .. } => semester.iter().collect(),
        Kind::And(all) | Kind::Or(all) | Kind::Extreme { values: all, .. } => all.iter().collect(),
        Kind::Arithmetic { left, right, .. } | Kind::Compare { left, right, .. } => vec![left, right],
        Kind::Between { value, low, high, .. } => vec![value, low, high],
        Kind::OneOf { value, options, .. } => std::iter::once(value).chain(options).collect(),
        Kind::Contains { list, value } => vec![list, value],
        Kind::If { condition, then, otherwise } => vec![condition, then, otherwise],
        Kind::Aggregate { list, value, .. } => list_parts(list).chain(value).collect(),
        Kind::Pick { list, by, .. } => list_parts(list).chain(Some(by)).collect(),
        Kind::Quantified { list, satisfies, .. } => list_parts(list).chain(satisfies).collect(),
        Kind::Relation(relation) => relation_parts(relation),
    }
}

fn list_parts(list: &ListForm) -> impl Iterator<Item = &Expression> {
    std::iter::once(&list.list).chain(&list.condition)
}

fn relation_parts(relation: &Relation) -> Vec<&Expression> {
    match relation {
        Relation::Includes { isp: left, course: right } | Relation::SameUnit { left, right } | Relation::Serves { event: left, group: right } => {
            vec![left, right]
        }
        Relation::Study { student, course, before, .. } => [student, course].into_iter().chain(before).collect(),
        Relation::HasStatus { student, on, .. } => std::iter::once(student).chain(on).collect(),
        Relation::HasRequest { student, .. } => vec![student],
        Relation::HasMeasure { student, programme, on, .. } => std::iter::once(student).chain(programme).chain(on).collect(),
    }
}
