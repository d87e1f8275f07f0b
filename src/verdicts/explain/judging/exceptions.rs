//! What the exceptions that apply make of a requirement: lifted, replaced, or two of them at odds.

use crate::rulebook::{Bound, Check, Due, Effect, Exception, ExceptionId, Expression, PriorPart, Requirement, Side, SideChange};

/// The two sides of a bound that hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides<'a> {
    pub(super) minimum: Option<&'a Side>,
    pub(super) maximum: Option<&'a Side>,
}

/// A requirement with what exceptions change in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Changed<'a> {
    /// The first exception that lifts the whole.
    pub(super) lifted: Option<ExceptionId>,
    /// The first exception that replaces something.
    pub(super) replaced: Option<ExceptionId>,
    pub(super) condition: Option<&'a Expression>,
    pub(super) due: Option<&'a Due>,
    pub(super) sides: Sides<'a>,
    /// The exceptions that change the minimum and the maximum.
    pub(super) side_by: [Option<ExceptionId>; 2],
    pub(super) parts: Option<&'a [PriorPart]>,
}

/// The exceptions that stand, in order: those that apply, without those that another one goes before.
pub(super) fn standing(check: &Check, applies: &dyn Fn(usize) -> bool) -> Vec<ExceptionId> {
    let ids = || (0..).map(ExceptionId).zip(&check.exceptions);
    ids().filter(|(id, _)| applies(id.0 as usize)).filter(|(id, _)| beaten_by(check, *id, applies).is_none()).map(|(id, _)| id).collect()
}

/// The exception that applies and goes before this one.
pub(super) fn beaten_by(check: &Check, id: ExceptionId, applies: &dyn Fn(usize) -> bool) -> Option<ExceptionId> {
    let goes_before = |other: &Exception| other.over.contains(&id);
    (0..)
        .map(ExceptionId)
        .zip(&check.exceptions)
        .find(|(other, exception)| applies(other.0 as usize) && goes_before(exception))
        .map(|(other, _)| other)
}

/// What the standing exceptions make of the requirement; those at odds where they set the same thing differently.
pub(super) fn changed<'a>(check: &'a Check, standing: &[ExceptionId]) -> Result<Changed<'a>, Vec<ExceptionId>> {
    let mut changed = unchanged(check);
    let (mut lower, mut upper) = (None, None);
    for id in standing {
        let Some(exception) = check.exceptions.get(id.0 as usize) else { continue };
        let fits = match &exception.effect {
            Effect::Lift => {
                changed.lifted.get_or_insert(*id);
                changed.replaced.is_none()
            }
            Effect::Condition(condition) => {
                replace(&mut changed, *id, |changed| changed.condition.replace(condition).is_none_or(|before| before == condition))
            }
            Effect::Due(due) => replace(&mut changed, *id, |changed| changed.due.replace(due).is_none_or(|before| same_due(before, due))),
            Effect::Sequentiality(parts) => {
                replace(&mut changed, *id, |changed| changed.parts.replace(parts).is_none_or(|before| before == parts.as_slice()))
            }
            Effect::Bound { minimum, maximum } => {
                let fits = set_side(&mut lower, minimum.as_ref()) & set_side(&mut upper, maximum.as_ref());
                for (by, change) in changed.side_by.iter_mut().zip([minimum, maximum]) {
                    *by = by.or(change.as_ref().map(|_| *id));
                }
                replace(&mut changed, *id, |_| fits)
            }
        };
        if !fits {
            return Err(standing.to_vec());
        }
    }
    changed.sides = Sides { minimum: chosen(lower, changed.sides.minimum), maximum: chosen(upper, changed.sides.maximum) };
    Ok(complete(check, changed))
}

/// A replacement beside a lift is at odds with it; so is one that sets the same thing differently.
fn replace<'a>(changed: &mut Changed<'a>, id: ExceptionId, set: impl FnOnce(&mut Changed<'a>) -> bool) -> bool {
    changed.replaced.get_or_insert(id);
    let fits = set(changed);
    fits && changed.lifted.is_none()
}

/// Record a side's change; false where another one set the side differently.
fn set_side<'a>(side: &mut Option<&'a SideChange>, change: Option<&'a SideChange>) -> bool {
    let Some(change) = change else { return true };
    side.replace(change).is_none_or(|before| same_change(before, change))
}

fn same_change(left: &SideChange, right: &SideChange) -> bool {
    match (left, right) {
        (SideChange::Lifted(_), SideChange::Lifted(_)) => true,
        (SideChange::Set(left), SideChange::Set(right)) => {
            left.limit == right.limit && left.rounding == right.rounding && left.strict == right.strict
        }
        (SideChange::Lifted(_), SideChange::Set(_)) | (SideChange::Set(_), SideChange::Lifted(_)) => false,
    }
}

fn same_due(left: &Due, right: &Due) -> bool {
    left.next_working_day == right.next_working_day && left.term == right.term
}

fn chosen<'a>(change: Option<&'a SideChange>, own: Option<&'a Side>) -> Option<&'a Side> {
    match change {
        Some(SideChange::Lifted(_)) => None,
        Some(SideChange::Set(side)) => Some(side),
        None => own,
    }
}

fn unchanged(check: &Check) -> Changed<'_> {
    let sides = match &check.requirement {
        Some(Requirement::Bound(Bound { minimum, maximum, .. })) => Sides { minimum: minimum.as_ref(), maximum: maximum.as_ref() },
        Some(Requirement::Condition(_) | Requirement::Deadline(_) | Requirement::Sequentiality(_)) | None => Sides::default(),
    };
    Changed { sides, ..Changed::default() }
}

/// What no exception replaced is the check's own.
fn complete<'a>(check: &'a Check, changed: Changed<'a>) -> Changed<'a> {
    match &check.requirement {
        Some(Requirement::Condition(condition)) => Changed { condition: changed.condition.or(Some(condition)), ..changed },
        Some(Requirement::Deadline(deadline)) => Changed { due: changed.due.or(Some(&deadline.due)), ..changed },
        Some(Requirement::Sequentiality(own)) => Changed { parts: changed.parts.or(Some(&own.parts)), ..changed },
        Some(Requirement::Bound(_)) | None => changed,
    }
}
