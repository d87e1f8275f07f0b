//! Days: those that the calendar names, by the year they lie in, and those counted from another.

use chrono::NaiveDate;

use crate::rulebook::{Calendar, Constant, Expression, ExpressionKind as Kind, Period, WindowPart};
use crate::syntax::expression::YearRelation;
use crate::vocabulary::{Cell, dates};

use super::super::program::CellOp;
use super::super::tables::LookUpTable;
use super::Unplanned;
use super::builder::{Builder, Value};
use super::scope::Scope;

impl Builder<'_> {
    /// A window's day, a named day, or a day without a year.
    pub(super) fn calendar_day(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        match expression.kind.as_ref() {
            Kind::Window { year, name, semester, part } => {
                let semester = semester.as_ref().map(constant_semester).transpose()?;
                self.day_by_year(year, scope, |calendar| {
                    let window = calendar.window(name, semester)?;
                    match part {
                        WindowPart::Opens => Some(window.opens),
                        WindowPart::Closes => Some(window.closes),
                        WindowPart::DecidedBy => window.decided_by,
                    }
                })
            }
            Kind::Day { year, name } => self.day_by_year(year, scope, |calendar| calendar.day(name)),
            Kind::DayOfYear { year, day, month, relation } => self.day_by_year(year, scope, |calendar| match relation {
                YearRelation::Inside => inside(calendar, *day, *month),
                YearRelation::Before => last_before(calendar.first, *day, *month),
                YearRelation::After => dates::first_day_after(calendar.last, *day, *month),
            }),
            _ => Err(Unplanned("a day of no calendar")),
        }
    }

    fn day_by_year(&mut self, year: &Expression, scope: &Scope<'_>, day: impl Fn(&Calendar) -> Option<NaiveDate>) -> Result<Value, Unplanned> {
        let year = self.value(year, scope)?;
        let calendars = &self.world.context.rulebook.calendars;
        let entry = |calendar: &Calendar| Some((calendar.year, day(calendar).and_then(dates::cell_of_date)?));
        let entries: Vec<(Cell, Cell)> = calendars.iter().filter_map(entry).collect();
        let table = self.look_up_table(LookUpTable { entries });
        let domain = self.domain_of(year.node);
        Ok(Value { node: self.cells(CellOp::LookUp { key: year.node, table }, domain), ..year })
    }

    /// A day made from another.
    pub(super) fn day_after(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let (Kind::AddPeriods { date, .. }
        | Kind::FirstDayAfter { after: date, .. }
        | Kind::FirstWeekdayAfter { after: date, .. }
        | Kind::EndOfMonth(date)) = expression.kind.as_ref()
        else {
            return Err(Unplanned("a day made from nothing"));
        };
        let value = self.value(date, scope)?;
        let date = value.node;
        let op = match expression.kind.as_ref() {
            Kind::FirstDayAfter { day, month, .. } => CellOp::FirstDayAfter { date, day: *day, month: *month },
            Kind::FirstWeekdayAfter { weekday, .. } => CellOp::FirstWeekdayAfter { date, weekday: *weekday },
            Kind::EndOfMonth(_) => CellOp::EndOfMonth(date),
            Kind::AddPeriods { added, taken, .. } => return Ok(self.later(value, total(added, taken)?)),
            _ => return Err(Unplanned("a day made from nothing")),
        };
        let domain = self.domain_of(date);
        Ok(Value { node: self.cells(op, domain), ..value })
    }

    /// The day so much later.
    pub(super) fn later(&mut self, value: Value, period: Period) -> Value {
        let rounding = self.world.context.rulebook.regulation.months;
        let domain = self.domain_of(value.node);
        let op = CellOp::AddPeriod { date: value.node, months: period.months, days: period.days, rounding };
        let day = Value { node: self.cells(op, domain), ..value };
        if period.working_days == 0 {
            return day;
        }
        Value { node: self.cells(CellOp::WorkingDays { date: day.node, count: period.working_days }, domain), ..day }
    }

    /// The day itself if it is a working day, else the next one.
    pub(super) fn next_working_day(&mut self, value: Value) -> Value {
        let domain = self.domain_of(value.node);
        Value { node: self.cells(CellOp::NextWorkingDay(value.node), domain), ..value }
    }
}

fn constant_semester(semester: &Expression) -> Result<i32, Unplanned> {
    match semester.kind.as_ref() {
        Kind::Constant(Constant::Semester(number)) => Ok(*number),
        _ => Err(Unplanned("a window of a semester that is computed")),
    }
}

/// A period that the rule writes out.
pub(super) fn constant_period(expression: &Expression) -> Result<Period, Unplanned> {
    match expression.kind.as_ref() {
        Kind::Constant(Constant::Period(period)) => Ok(*period),
        _ => Err(Unplanned("a period that is computed")),
    }
}

fn total(added: &[Expression], taken: &[Expression]) -> Result<Period, Unplanned> {
    let mut total = Period::default();
    for (sign, periods) in [(1, added), (-1, taken)] {
        for period in periods {
            let more = constant_period(period)?;
            let sum = |left: i32, right: i32| right.checked_mul(sign).and_then(|right| left.checked_add(right)).ok_or(Unplanned("a period too long"));
            total = Period {
                months: sum(total.months, more.months)?,
                days: sum(total.days, more.days)?,
                working_days: sum(total.working_days, more.working_days)?,
            };
        }
    }
    Ok(total)
}

fn inside(calendar: &Calendar, day: u32, month: u32) -> Option<NaiveDate> {
    use chrono::Datelike;
    let years = calendar.first.year()..=calendar.last.year();
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| calendar.contains(*date))
}

fn last_before(date: NaiveDate, day: u32, month: u32) -> Option<NaiveDate> {
    use chrono::Datelike;
    (0..9).filter_map(|back| NaiveDate::from_ymd_opt(date.year() - back, month, day)).find(|candidate| *candidate < date)
}
