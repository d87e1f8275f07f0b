//! Deadlines: the event against the first and the last day of its term, both included.

use chrono::NaiveDate;

use crate::rulebook::{Deadline, Due, Expression, Period, Term};
use crate::verdicts::NamedValue;
use crate::verdicts::explain::expressions::{later, next_working_day};
use crate::verdicts::explain::judging::{Case, Demanded, Outcome, named};
use crate::verdicts::explain::value::both;
use crate::verdicts::explain::{Known, Reasons, Recorder, Step, Value};
use crate::vocabulary::{Exact, dates};

/// A day of a term, or an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Day(NaiveDate),
    NotHappened,
}

/// The first and the last day of a term; nothing where a side is open.
struct Days {
    first: Option<Known<When>>,
    last: Option<Known<When>>,
}

impl<'a, R: Recorder> Case<'a, R> {
    pub(super) fn deadline(&mut self, deadline: &'a Deadline, due: &'a Due) -> Demanded {
        self.evaluator.recorder.enter(Step::Event, Some(deadline.done.span));
        let event = self.day(&deadline.done);
        self.evaluator.recorder.leave(|| shown(&event));
        if deadline.if_any && event == Ok(When::NotHappened) {
            return Demanded::new(Outcome::NotApplicable, due.span);
        }
        let days = self.days(due);
        let today = self.evaluator.world.context.as_of;
        let outcome = outcome(&event, &days, today);
        let mut demanded = Demanded::new(outcome, due.span);
        demanded.values.push(named("event", shown(&event)));
        demanded.values.extend(days.first.as_ref().map(|first| named("first_day", shown(first))));
        demanded.values.extend(days.last.as_ref().map(|last| named("last_day", shown(last))));
        demanded.values.extend(distance(&demanded.outcome, &event, &days, today));
        demanded.broken_at = self.place_of(&deadline.done);
        if let Some(value) = demanded.values.first_mut() {
            value.at = demanded.broken_at;
        }
        demanded
    }

    fn day(&mut self, expression: &'a Expression) -> Known<When> {
        Ok(self.evaluator.value(expression)?.date().map_or(When::NotHappened, When::Day))
    }

    fn days(&mut self, due: &'a Due) -> Days {
        let mut days = self.days_of(&due.term);
        if due.next_working_day {
            let world = self.evaluator.world;
            days.last = days.last.map(|last| on_day(last, |day| next_working_day(world, day, due.span)));
        }
        for (step, day) in [(Step::FirstDay, &days.first), (Step::LastDay, &days.last)] {
            if let Some(day) = day {
                self.evaluator.recorder.enter(step, Some(due.span));
                self.evaluator.recorder.leave(|| shown(day));
            }
        }
        days
    }

    fn days_of(&mut self, term: &'a Term) -> Days {
        match term {
            Term::OnOrBefore(last) => Days { first: None, last: Some(self.day(last)) },
            Term::Before(limit) => {
                let eve = |day: NaiveDate| dates::add_days(day, -1).ok_or_else(Reasons::default);
                Days { first: None, last: Some(on_day(self.day(limit), eve)) }
            }
            Term::From { from, to } => Days { first: Some(self.day(from)), last: to.as_ref().map(|to| self.day(to)) },
            Term::WithinAfter { period, of } => {
                let of = self.day(of);
                Days { first: None, last: Some(self.end_of_term(of, period, 0)) }
            }
            Term::WithinFrom { period, of } => {
                let of = self.day(of);
                Days { last: Some(self.end_of_term(of.clone(), period, 1)), first: Some(of) }
            }
        }
    }

    /// The last day of so long a time; one day less where the first day counts.
    fn end_of_term(&mut self, of: Known<When>, period: &'a Expression, less: i32) -> Known<When> {
        let length = self.evaluator.value(period);
        if of == Ok(When::NotHappened) {
            return of;
        }
        let (of, length) = both(of, length)?;
        let Value::Period(length) = length else { return Ok(When::NotHappened) };
        let length = Period { days: length.days.saturating_sub(less), ..length };
        let world = self.evaluator.world;
        on_day(Ok(of), |day| later(world, day, length, period.span))
    }
}

fn on_day(when: Known<When>, make: impl FnOnce(NaiveDate) -> Known<NaiveDate>) -> Known<When> {
    match when? {
        When::Day(day) => make(day).map(When::Day),
        When::NotHappened => Ok(When::NotHappened),
    }
}

fn outcome(event: &Known<When>, days: &Days, today: NaiveDate) -> Outcome {
    match event {
        Ok(When::Day(event)) => of_event(*event, days),
        Ok(When::NotHappened) => without_event(days, today),
        Err(reasons) => Outcome::Unknown(all_reasons(Some(reasons), days)),
    }
}

/// The event has happened: too early, too late, or in time.
fn of_event(event: NaiveDate, days: &Days) -> Outcome {
    let too_early = days.first.as_ref().map_or(Ok(false), |first| is_past(first, |first| event < first));
    // A term that runs from a day that has not come has not begun either.
    let too_early = if matches!(&days.first, Some(Ok(When::NotHappened))) { Ok(true) } else { too_early };
    let too_late = days.last.as_ref().map_or(Ok(false), |last| is_past(last, |last| event > last));
    match (too_early, too_late) {
        (Ok(true), _) | (_, Ok(true)) => Outcome::NotMet,
        (Ok(false), Ok(false)) => Outcome::Met,
        (Err(_), _) | (_, Err(_)) => Outcome::Unknown(all_reasons(None, days)),
    }
}

fn is_past(limit: &Known<When>, compare: impl FnOnce(NaiveDate) -> bool) -> Known<bool> {
    match limit {
        Ok(When::Day(day)) => Ok(compare(*day)),
        Ok(When::NotHappened) => Ok(false),
        Err(reasons) => Err(reasons.clone()),
    }
}

fn without_event(days: &Days, today: NaiveDate) -> Outcome {
    match &days.last {
        Some(Ok(When::Day(last))) if today > *last => Outcome::NotMet,
        Some(Ok(When::Day(last))) => Outcome::NotYetDue(Some(*last)),
        Some(Ok(When::NotHappened)) | None => Outcome::NotYetDue(None),
        Some(Err(reasons)) => Outcome::Unknown(reasons.clone()),
    }
}

fn all_reasons(event: Option<&Reasons>, days: &Days) -> Reasons {
    let mut all = event.cloned().unwrap_or_default();
    for day in [&days.first, &days.last].into_iter().flatten() {
        if let Err(reasons) = day {
            all.add(reasons.clone());
        }
    }
    all
}

/// How many days late, early or left.
fn distance(outcome: &Outcome, event: &Known<When>, days: &Days, today: NaiveDate) -> Option<crate::verdicts::Named> {
    let day = |when: Option<&Known<When>>| if let Some(Ok(When::Day(day))) = when { Some(*day) } else { None };
    let between = |from: NaiveDate, to: NaiveDate| NamedValue::Number(Exact::from_integer(to.signed_duration_since(from).num_days()));
    let (event, first, last) = (day(Some(event)), day(days.first.as_ref()), day(days.last.as_ref()));
    match outcome {
        Outcome::NotYetDue(Some(last)) => Some(named("days_left", between(today, *last))),
        Outcome::NotMet => match (event, first, last) {
            (Some(event), Some(first), _) if event < first => Some(named("days_early", between(event, first))),
            (Some(event), _, Some(last)) => Some(named("days_late", between(last, event))),
            (None, _, Some(last)) => Some(named("days_late", between(last, today))),
            _ => None,
        },
        Outcome::Met | Outcome::NotApplicable | Outcome::NotYetDue(None) | Outcome::Asks(_) | Outcome::Unknown(_) => None,
    }
}

fn shown(when: &Known<When>) -> NamedValue {
    match when {
        Ok(When::Day(day)) => NamedValue::Date(*day),
        Ok(When::NotHappened) => NamedValue::NotHappened,
        Err(_) => NamedValue::Unknown,
    }
}
