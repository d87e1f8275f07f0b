//! Bounds: a value between two sides, each rounded once where the regulation rounds.

use std::cmp::Ordering;

use crate::rulebook::{Bound, ExceptionId, Expression, Rounding, Side};
use crate::source::Span;
use crate::verdicts::explain::judging::exceptions::Changed;
use crate::verdicts::explain::judging::{Case, Demanded, Outcome, named};
use crate::verdicts::explain::value::{all_of, both, shown_number};
use crate::verdicts::explain::{Known, Reasons, Recorder, Step, Value};
use crate::verdicts::{Named, NamedValue, Unknown};
use crate::vocabulary::Exact;

/// A value before and after it was rounded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    exact: Value,
    pub(super) rounded: Value,
}

/// Which side of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Minimum,
    Maximum,
}

impl<'a, R: Recorder> Case<'a, R> {
    pub(super) fn bound(&mut self, bound: &'a Bound, changed: &Changed<'a>) -> Demanded {
        let sides = changed.sides;
        let value = self.measure(&bound.value, bound.rounding, Step::BoundValue);
        let minimum = sides.minimum.map(|side| (side, self.limit(side, Step::Minimum)));
        let maximum = sides.maximum.map(|side| (side, self.limit(side, Step::Maximum)));
        let holds = |end, side: &Option<(&'a Side, Known<Measured>)>| side.as_ref().map_or(Ok(true), |(side, limit)| keeps(end, side, &value, limit));
        let (above, below) = (holds(End::Minimum, &minimum), holds(End::Maximum, &maximum));
        let broken = if below == Ok(false) { &maximum } else { &minimum };
        let demanded_at = broken.as_ref().or(maximum.as_ref()).map_or(bound.value.span, |(side, _)| side.span);
        let mut demanded = Demanded::new(outcome(all_of([above.clone(), below.clone()])), demanded_at);
        demanded.broken_at = self.place_of(&bound.value);
        demanded.values.push(Named { at: demanded.broken_at, ..self.shown("value", &bound.value, &value) });
        demanded.values.extend(minimum.as_ref().map(|(side, limit)| self.shown("minimum", &side.limit, limit)));
        demanded.values.extend(maximum.as_ref().map(|(side, limit)| self.shown("maximum", &side.limit, limit)));
        demanded.exception = self.telling(bound, changed, &value);
        for (name, holds, side) in [("short", above, &minimum), ("over", below, &maximum)] {
            if holds == Ok(false) {
                demanded.values.extend(side.as_ref().and_then(|(_, limit)| gap(name, &value, limit, &bound.value)));
            }
        }
        demanded
    }

    /// Where two exceptions change a side each: the one without which the value would not keep its side.
    fn telling(&self, bound: &'a Bound, changed: &Changed<'a>, value: &Known<Measured>) -> Option<ExceptionId> {
        let ([Some(lower), Some(upper)], true) = (changed.side_by, changed.side_by[0] != changed.side_by[1]) else {
            return changed.replaced;
        };
        let mut quiet = self.quiet();
        let mut breaks = |end, side: &'a Option<Side>| {
            side.as_ref().is_some_and(|side| keeps(end, side, value, &quiet.measure(&side.limit, side.rounding, Step::Minimum)) == Ok(false))
        };
        if breaks(End::Minimum, &bound.minimum) {
            return Some(lower);
        }
        if breaks(End::Maximum, &bound.maximum) { Some(upper) } else { changed.replaced }
    }

    fn limit(&mut self, side: &'a Side, step: Step) -> Known<Measured> {
        self.measure(&side.limit, side.rounding, step)
    }

    /// A value rounded once; what is not there can't be measured.
    pub(super) fn measure(&mut self, expression: &'a Expression, rounding: Option<Rounding>, step: Step) -> Known<Measured> {
        self.evaluator.recorder.enter(step, Some(expression.span));
        let measured = self.evaluator.value(expression).and_then(|exact| measured(exact, rounding, expression.span));
        let world = self.evaluator.world;
        if let Some(raw) = measured.as_ref().ok().and_then(|measured| measured.raw()) {
            self.evaluator.recorder.raw(raw);
        }
        self.evaluator.recorder.leave(|| measured.as_ref().map_or(NamedValue::Unknown, |known| known.rounded.shown(expression.kind_of_value, world)));
        measured
    }

    fn shown(&self, name: &str, expression: &Expression, measured: &Known<Measured>) -> Named {
        let world = self.evaluator.world;
        let value = measured.as_ref().map_or(NamedValue::Unknown, |known| known.rounded.shown(expression.kind_of_value, world));
        Named { raw: measured.as_ref().ok().and_then(|known| known.raw()), ..named(name, value) }
    }
}

impl Measured {
    /// The exact value, where rounding changed it.
    fn raw(self) -> Option<Exact> {
        self.exact.number().filter(|_| self.exact != self.rounded)
    }
}

fn measured(exact: Value, rounding: Option<Rounding>, span: Span) -> Known<Measured> {
    if !exact.is_there() {
        return Err(Reasons::one(Unknown::Nothing(span)));
    }
    let rounded = match (exact, rounding) {
        (Value::Number(number), Some(rounding)) => rounding.apply(number).map(Value::Number).ok_or_else(|| Reasons::one(Unknown::TooLarge(span)))?,
        _ => exact,
    };
    Ok(Measured { exact, rounded })
}

fn keeps(end: End, side: &Side, value: &Known<Measured>, limit: &Known<Measured>) -> Known<bool> {
    let (value, limit) = both(value.clone(), limit.clone())?;
    let found = value.rounded.order(limit.rounded);
    let wanted = if end == End::Minimum { Ordering::Greater } else { Ordering::Less };
    Ok(found == Some(wanted) || (!side.strict && found == Some(Ordering::Equal)))
}

fn outcome(holds: Known<bool>) -> Outcome {
    match holds {
        Ok(true) => Outcome::Met,
        Ok(false) => Outcome::NotMet,
        Err(reasons) => Outcome::Unknown(reasons),
    }
}

/// By how much the value lies beyond a limit.
fn gap(name: &str, value: &Known<Measured>, limit: &Known<Measured>, expression: &Expression) -> Option<Named> {
    let (value, limit) = (value.as_ref().ok()?.rounded.number()?, limit.as_ref().ok()?.rounded.number()?);
    let (low, high) = if value < limit { (value, limit) } else { (limit, value) };
    high.checked_sub(low).map(|gap| named(name, shown_number(gap, expression.kind_of_value)))
}
