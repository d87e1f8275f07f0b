//! Days so much later or earlier: years and months first, rounded once, then calendar days, then working days.

use chrono::NaiveDate;

use crate::rulebook::{Expression, Period};
use crate::source::Span;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::value::both;
use crate::verdicts::explain::{Known, Reasons, Recorder, Value};
use crate::verdicts::{Unknown, World};
use crate::vocabulary::dates;

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(in crate::verdicts::explain) fn add_periods(
        &mut self,
        date: &'a Expression,
        (added, taken): (&'a [Expression], &'a [Expression]),
        span: Span,
    ) -> Known<Value> {
        let date = self.value(date);
        let mut total = Ok(Period::default());
        for (sign, periods) in [(1, added), (-1, taken)] {
            for period in periods {
                let period = self.value(period);
                total =
                    both(total, period).and_then(|(total, period)| plus(total, period, sign).ok_or_else(|| Reasons::one(Unknown::TooLarge(span))));
            }
        }
        match date {
            Ok(value) if !value.is_there() => Ok(value),
            date => {
                let (date, period) = both(date, total)?;
                date.date().map_or(Ok(Value::None), |date| later(self.world, date, period, span).map(Value::Date))
            }
        }
    }
}

fn plus(total: Period, more: Value, sign: i32) -> Option<Period> {
    let Value::Period(more) = more else { return Some(total) };
    let sum = |left: i32, right: i32| right.checked_mul(sign).and_then(|right| left.checked_add(right));
    Some(Period {
        months: sum(total.months, more.months)?,
        days: sum(total.days, more.days)?,
        working_days: sum(total.working_days, more.working_days)?,
    })
}

/// The day so much later.
pub(in crate::verdicts::explain) fn later(world: World<'_>, date: NaiveDate, period: Period, span: Span) -> Known<NaiveDate> {
    let rounding = world.context.rulebook.regulation.months;
    let no_such_day = || Reasons::one(Unknown::NoSuchDay(span));
    let month_later = if period.months == 0 { Some(date) } else { dates::add_months(date, period.months, rounding) };
    let day = month_later.and_then(|date| dates::add_days(date, period.days)).ok_or_else(no_such_day)?;
    working_days_later(world, day, period.working_days).ok_or_else(|| Reasons::one(Unknown::BeyondCalendars(span)))
}

fn working_days_later(world: World<'_>, date: NaiveDate, count: i32) -> Option<NaiveDate> {
    let step = count.signum();
    let (mut day, mut left) = (date, count.unsigned_abs());
    while left > 0 {
        day = dates::add_days(day, step)?;
        if is_working_day(world, day)? {
            left -= 1;
        }
    }
    Some(day)
}

/// Nothing past the declared calendars.
fn is_working_day(world: World<'_>, day: NaiveDate) -> Option<bool> {
    world.context.rulebook.calendars.iter().find(|calendar| calendar.contains(day)).map(|calendar| calendar.is_working_day(day))
}

/// The day itself if it is a working day, else the next one.
pub(in crate::verdicts::explain) fn next_working_day(world: World<'_>, mut day: NaiveDate, span: Span) -> Known<NaiveDate> {
    let beyond = || Reasons::one(Unknown::BeyondCalendars(span));
    while !is_working_day(world, day).ok_or_else(beyond)? {
        day = day.succ_opt().ok_or_else(beyond)?;
    }
    Ok(day)
}
