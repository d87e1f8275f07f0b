//! Days that the calendar names, and days counted from another.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::rulebook::{Calendar, Expression, ExpressionKind, WindowPart};
use crate::source::Span;
use crate::syntax::expression::YearRelation;
use crate::verdicts::Unknown;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::{Known, Reasons, Recorder, Value};
use crate::vocabulary::{Exact, dates};

impl<'a, R: Recorder> Evaluator<'a, R> {
    /// The calendar of a year; nothing where the year is none.
    fn calendar(&mut self, year: &'a Expression, span: Span) -> Known<Option<&'a Calendar>> {
        let Value::AcademicYear(year) = self.value(year)? else { return Ok(None) };
        let calendar = self.world.context.rulebook.calendar(year);
        calendar.map(Some).ok_or_else(|| Reasons::one(Unknown::BeyondCalendars(span)))
    }

    pub(in crate::verdicts::explain) fn window(&mut self, expression: &'a Expression) -> Known<Value> {
        let ExpressionKind::Window { year, name, semester, part } = expression.kind.as_ref() else { return Ok(Value::None) };
        let span = expression.span;
        let semester = semester.as_ref().map(|semester| self.value(semester)).transpose()?;
        if let Some(absent) = semester.filter(|semester| !semester.is_there()) {
            return Ok(absent);
        }
        let semester = semester.and_then(number_of_semester);
        let Some(calendar) = self.calendar(year, span)? else { return Ok(Value::None) };
        let window = calendar.window(name, semester);
        let day = window.and_then(|window| match part {
            WindowPart::Opens => Some(window.opens),
            WindowPart::Closes => Some(window.closes),
            WindowPart::DecidedBy => window.decided_by,
        });
        day.map(Value::Date).ok_or_else(|| Reasons::one(Unknown::BeyondCalendars(span)))
    }

    pub(in crate::verdicts::explain) fn named_day(&mut self, year: &'a Expression, name: &str, span: Span) -> Known<Value> {
        let Some(calendar) = self.calendar(year, span)? else { return Ok(Value::None) };
        calendar.day(name).map(Value::Date).ok_or_else(|| Reasons::one(Unknown::BeyondCalendars(span)))
    }

    pub(in crate::verdicts::explain) fn day_of_year(&mut self, expression: &'a Expression) -> Known<Value> {
        let ExpressionKind::DayOfYear { year, day, month, relation } = expression.kind.as_ref() else { return Ok(Value::None) };
        let Some(calendar) = self.calendar(year, expression.span)? else { return Ok(Value::None) };
        let found = match relation {
            YearRelation::Inside => inside(calendar, *day, *month),
            YearRelation::Before => last_before(calendar.first, *day, *month),
            YearRelation::After => dates::first_day_after(calendar.last, *day, *month),
        };
        found.map(Value::Date).ok_or_else(|| Reasons::one(Unknown::NoSuchDay(expression.span)))
    }

    pub(in crate::verdicts::explain) fn first_day_after(&mut self, (day, month): (u32, u32), after: &'a Expression, span: Span) -> Known<Value> {
        self.day_from(after, span, |date| dates::first_day_after(date, day, month))
    }

    pub(in crate::verdicts::explain) fn first_weekday_after(&mut self, weekday: Weekday, after: &'a Expression, span: Span) -> Known<Value> {
        self.day_from(after, span, |date| dates::first_weekday_after(date, weekday))
    }

    pub(in crate::verdicts::explain) fn end_of_month(&mut self, of: &'a Expression, span: Span) -> Known<Value> {
        self.day_from(of, span, dates::end_of_month)
    }

    /// A day made from another; what has not happened stays so.
    fn day_from(&mut self, from: &'a Expression, span: Span, make: impl FnOnce(NaiveDate) -> Option<NaiveDate>) -> Known<Value> {
        let value = self.value(from)?;
        let Some(date) = value.date() else { return Ok(value) };
        make(date).map(Value::Date).ok_or_else(|| Reasons::one(Unknown::NoSuchDay(span)))
    }
}

fn number_of_semester(semester: Value) -> Option<i32> {
    if let Value::Semester(number) = semester {
        return Some(number);
    }
    semester.number().and_then(Exact::to_integer).and_then(|number| i32::try_from(number).ok())
}

fn inside(calendar: &Calendar, day: u32, month: u32) -> Option<NaiveDate> {
    (calendar.first.year()..=calendar.last.year()).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| calendar.contains(*date))
}

fn last_before(date: NaiveDate, day: u32, month: u32) -> Option<NaiveDate> {
    (0..9).filter_map(|back| NaiveDate::from_ymd_opt(date.year() - back, month, day)).find(|candidate| *candidate < date)
}
