//! Requirements as truths: whether they are met, whether the day for it is yet to come, and what exceptions make of them.

use crate::rulebook::{Bound, Check, Deadline, Due, Effect, Expression, Period, Requirement, Side, SideChange, Term};

use super::super::column::TRUE;
use super::super::program::{Comparison, EdgesAsked, NodeId, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::days::constant_period;
use super::scope::Scope;

/// What comes of a requirement, over the judged rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demanded {
    pub(super) met: NodeId,
    /// The event has not happened, and there is time.
    pub(super) waiting: Option<NodeId>,
    /// The event has not happened, and need not.
    pub(super) lapsed: Option<NodeId>,
}

/// The two sides of a bound that hold.
#[derive(Clone, Copy)]
struct Sides<'a> {
    minimum: Option<&'a Side>,
    maximum: Option<&'a Side>,
}

impl Builder<'_> {
    /// A check's own requirement, or what an exception makes of it.
    pub(super) fn demanded(&mut self, check: &Check, effect: Option<&Effect>, (scope, ground): (&Scope<'_>, PlaceId)) -> Result<Demanded, Unplanned> {
        let met_only = |met| Demanded { met, waiting: None, lapsed: None };
        match (&check.requirement, effect) {
            (Some(Requirement::Condition(_)), Some(Effect::Condition(condition))) | (Some(Requirement::Condition(condition)), _) => {
                let met = self.truth(condition, scope)?;
                Ok(met_only(self.at(met, ground)))
            }
            (Some(Requirement::Deadline(deadline)), Some(Effect::Due(due))) => self.deadline(deadline, due, (scope, ground)),
            (Some(Requirement::Deadline(deadline)), _) => self.deadline(deadline, &deadline.due, (scope, ground)),
            (Some(Requirement::Bound(bound)), effect) => {
                let met = self.bound(bound, sides(bound, effect), scope)?;
                Ok(met_only(self.at(met, ground)))
            }
            (Some(Requirement::Sequentiality(own)), effect) => {
                let replaced = if let Some(Effect::Sequentiality(parts)) = effect { Some(parts.as_slice()) } else { None };
                let here = scope.edges.ok_or(Unplanned("a sequentiality without edges"))?;
                let parts = self.parts(own.kind, replaced);
                // What no exception replaces is the same for all kinds, and asked once.
                let asked = EdgesAsked { edges: here.set, parts, only: replaced.map(|_| own.kind) };
                Ok(met_only(self.truths(TruthOp::Met(asked), self.place_domain(ground))))
            }
            (None, _) => {
                let met = self.constant_truth(TRUE);
                Ok(met_only(self.at(met, ground)))
            }
        }
    }

    fn bound(&mut self, bound: &Bound, sides: Sides<'_>, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let value = self.value(&bound.value, scope)?;
        let value = self.rounded(value, bound.rounding)?;
        let mut met = self.constant_truth(TRUE);
        for (side, strict, wide) in
            [(sides.minimum, Comparison::Greater, Comparison::GreaterOrEqual), (sides.maximum, Comparison::Less, Comparison::LessOrEqual)]
        {
            let Some(side) = side else { continue };
            let limit = self.value(&side.limit, scope)?;
            let limit = self.rounded(limit, side.rounding)?;
            let keeps = self.compared(if side.strict { strict } else { wide }, value, limit)?;
            met = self.and(met, keeps)?;
        }
        if sides.minimum.is_some() || sides.maximum.is_some() {
            return Ok(met);
        }
        // Without a side that holds, the value must still be known.
        self.compared(Comparison::Equal, value, value)
    }

    fn deadline(&mut self, deadline: &Deadline, due: &Due, (scope, ground): (&Scope<'_>, PlaceId)) -> Result<Demanded, Unplanned> {
        let event = self.value(&deadline.done, scope)?;
        let (first, last) = self.term(due, scope)?;
        let happened = self.compared(Comparison::Equal, event, event)?;
        let open = self.not(happened);
        let mut met = happened;
        if let Some(first) = first {
            let begun = self.compared(Comparison::GreaterOrEqual, event, first)?;
            met = self.and(met, begun)?;
        }
        let mut waiting = open;
        if let Some(last) = last {
            let today = self.constant_cell(self.world.today);
            let in_time = self.compared(Comparison::LessOrEqual, event, last)?;
            let time_left = self.compared(Comparison::GreaterOrEqual, last, today)?;
            let (in_time, time_left) = (self.or_without_end(in_time, last)?, self.or_without_end(time_left, last)?);
            met = self.and(met, in_time)?;
            waiting = self.and(open, time_left)?;
        }
        let (met, waiting) = (self.at(met, ground), self.at(waiting, ground));
        let lapsed = deadline.if_any.then(|| self.at(open, ground));
        Ok(Demanded { met, waiting: Some(waiting), lapsed })
    }

    /// A term that runs from a day that has not come has no end yet.
    fn or_without_end(&mut self, keeps: Value, last: Value) -> Result<Value, Unplanned> {
        if self.is_constant(last.place) {
            return Ok(keeps);
        }
        let has_end = self.compared(Comparison::Equal, last, last)?;
        let has_none = self.not(has_end);
        self.or(keeps, has_none)
    }

    /// The first and the last day; nothing where a side is open.
    fn term(&mut self, due: &Due, scope: &Scope<'_>) -> Result<(Option<Value>, Option<Value>), Unplanned> {
        let (first, last) = match &due.term {
            Term::OnOrBefore(last) => (None, Some(self.value(last, scope)?)),
            Term::Before(limit) => {
                let limit = self.value(limit, scope)?;
                (None, Some(self.later(limit, Period { days: -1, ..Period::default() })))
            }
            Term::From { from, to } => {
                let from = self.value(from, scope)?;
                let to = to.as_ref().map(|to| self.value(to, scope)).transpose()?;
                (Some(from), to)
            }
            Term::WithinAfter { period, of } => (None, Some(self.end_of_term((of, period), 0, scope)?)),
            Term::WithinFrom { period, of } => {
                let last = self.end_of_term((of, period), 1, scope)?;
                (Some(self.value(of, scope)?), Some(last))
            }
        };
        let last = last.map(|last| if due.next_working_day { self.next_working_day(last) } else { last });
        Ok((first, last))
    }

    fn end_of_term(&mut self, (of, period): (&Expression, &Expression), less: i32, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let of = self.value(of, scope)?;
        let period = constant_period(period)?;
        Ok(self.later(of, Period { days: period.days.saturating_sub(less), ..period }))
    }
}

/// The sides of a bound with what an exception changes.
fn sides<'a>(bound: &'a Bound, effect: Option<&'a Effect>) -> Sides<'a> {
    let (lower, upper) = match effect {
        Some(Effect::Bound { minimum, maximum }) => (minimum.as_ref(), maximum.as_ref()),
        _ => (None, None),
    };
    let chosen = |change: Option<&'a SideChange>, own: &'a Option<Side>| match change {
        Some(SideChange::Lifted(_)) => None,
        Some(SideChange::Set(side)) => Some(side),
        None => own.as_ref(),
    };
    Sides { minimum: chosen(lower, &bound.minimum), maximum: chosen(upper, &bound.maximum) }
}
