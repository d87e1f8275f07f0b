//! Values written out: numbers, days, years, periods.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::{Span, Spanned};
use crate::syntax::expression::{Literal, PeriodUnit, YearRelation};
use crate::syntax::problems::WordingProblem;

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Mon),
    ("Tuesday", Weekday::Tue),
    ("Wednesday", Weekday::Wed),
    ("Thursday", Weekday::Thu),
    ("Friday", Weekday::Fri),
    ("Saturday", Weekday::Sat),
    ("Sunday", Weekday::Sun),
];

impl Builder<'_> {
    pub(super) fn literal(&mut self, node: Node<'_>) -> Option<Literal> {
        match node.as_rule() {
            Rule::instant => self.instant(&node),
            Rule::iso_date => self.iso_date(&node).map(Literal::Date),
            Rule::academic_year => Some(Literal::AcademicYear(self.academic_year(&node)?.value)),
            Rule::written_date => self.written_date(node),
            Rule::quantity => self.quantity(node),
            Rule::semester_literal => Some(Literal::Semester(self.number::<u32>(&Parts::of(node).next()?)?.value)),
            Rule::text => Some(Literal::Text(self.text(node).value)),
            Rule::truth => Some(Literal::Boolean(node.as_str() == "true")),
            Rule::none => Some(Literal::None),
            Rule::day_of_check => Some(Literal::DayOfCheck),
            _ => None,
        }
    }

    pub(super) fn academic_year(&mut self, node: &Node<'_>) -> Option<Spanned<i32>> {
        let at = self.span(node);
        let (from, to) = node.as_str().split_once('-')?;
        let (from, to) = (from.parse::<i32>().ok()?, to.parse::<i32>().ok()?);
        if to != from + 1 {
            self.wording(at, WordingProblem::AcademicYear { written: node.as_str().to_owned(), from, to: from + 1, at });
        }
        Some(Spanned::new(from, at))
    }

    pub(super) fn weekday(&self, node: &Node<'_>) -> Option<Spanned<Weekday>> {
        let (_, weekday) = WEEKDAYS.iter().find(|(name, _)| *name == node.as_str())?;
        Some(Spanned::new(*weekday, self.span(node)))
    }

    /// The number of a month and of a day within it, in a leap year if need be.
    pub(super) fn day_and_month(&mut self, day: &Node<'_>, month: &Node<'_>) -> Option<(u32, u32)> {
        let at = self.span(day).to(self.span(month));
        let number = month_number(month.as_str())?;
        let day = day.as_str().parse().ok()?;
        let written = Written { text: format!("{day} {}", month.as_str()), year: String::new(), at };
        let nearest = self.day(Civil { year: 2024, month: number, of_month: day }, written)?;
        Some((nearest.day(), number))
    }

    fn iso_date(&mut self, node: &Node<'_>) -> Option<NaiveDate> {
        let at = self.span(node);
        self.date_of(node.as_str(), at)
    }

    fn date_of(&mut self, written: &str, at: Span) -> Option<NaiveDate> {
        let mut numbers = written.split('-').map(|part| part.parse::<u32>().ok());
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let year = i32::try_from(year).ok()?;
        self.day(Civil { year, month, of_month: day }, Written { text: written.to_owned(), year: format!(" in {year}"), at })
    }

    fn instant(&mut self, node: &Node<'_>) -> Option<Literal> {
        let at = self.span(node);
        let (day, time) = node.as_str().split_once('T')?;
        let date = self.date_of(day, at)?;
        let mut numbers = time.split(':').map(|part| part.parse::<u32>().ok());
        let (hour, minute, second) = (numbers.next()??, numbers.next()??, numbers.next().flatten().unwrap_or(0));
        let clock = NaiveTime::from_hms_opt(hour, minute, second);
        if clock.is_none() {
            self.wording(at, WordingProblem::ImpossibleTime { time: time.to_owned(), at });
        }
        Some(Literal::Instant(date.and_time(clock.unwrap_or(NaiveTime::MIN))))
    }

    /// `[Sunday] 15 October [2023 | before the year | after the year]`
    fn written_date(&mut self, node: Node<'_>) -> Option<Literal> {
        let at = self.span(&node);
        let mut parts = Parts::of(node);
        let weekday = parts.optional(Rule::weekday);
        let (day, month) = (parts.next()?, parts.next()?);
        let Some(end) = parts.next() else { return self.day_of_year(&day, &month, YearRelation::Inside) };
        match end.as_rule() {
            Rule::before_the_year => self.day_of_year(&day, &month, YearRelation::Before),
            Rule::after_the_year => self.day_of_year(&day, &month, YearRelation::After),
            _ => {
                let year: i32 = end.as_str().parse().ok()?;
                let (number, month_number) = (day.as_str().parse().ok()?, month_number(month.as_str())?);
                let written = Written { text: format!("{number} {} {year}", month.as_str()), year: format!(" in {year}"), at };
                let date = self.day(Civil { year, month: month_number, of_month: number }, written)?;
                self.check_weekday(weekday.as_ref(), date);
                Some(Literal::Date(date))
            }
        }
    }

    fn day_of_year(&mut self, day: &Node<'_>, month: &Node<'_>, relation: YearRelation) -> Option<Literal> {
        let (day, month) = self.day_and_month(day, month)?;
        Some(Literal::DayOfYear { day, month, relation })
    }

    fn check_weekday(&mut self, written: Option<&Node<'_>>, date: NaiveDate) {
        let Some(said) = written.and_then(|node| self.weekday(node)) else { return };
        if said.value == date.weekday() {
            return;
        }
        let day = format!("{} {} {}", date.day(), month_name(date.month()), date.year());
        let problem = WordingProblem::WrongWeekday { day, written: weekday_name(said.value), real: weekday_name(date.weekday()), at: said.span };
        self.wording(said.span, problem);
    }

    /// The day; one near to it, and a problem, where there is no such day, so that the rest of the line is read all the same.
    fn day(&mut self, day: Civil, written: Written) -> Option<NaiveDate> {
        if let Some(date) = NaiveDate::from_ymd_opt(day.year, day.month, day.of_month) {
            return Some(date);
        }
        let Written { text, year, at } = written;
        let Some(days) = days_in(day.year, day.month) else {
            self.wording(at, WordingProblem::ImpossibleMonth { day: text, month: day.month, at });
            return NaiveDate::from_ymd_opt(day.year, day.month.clamp(1, 12), day.of_month.clamp(1, 28));
        };
        self.wording(at, WordingProblem::ImpossibleDate { day: text, month: month_name(day.month), days, year, at });
        NaiveDate::from_ymd_opt(day.year, day.month, day.of_month.clamp(1, days))
    }

    fn quantity(&mut self, node: Node<'_>) -> Option<Literal> {
        let at = self.span(&node);
        let mut parts = Parts::of(node);
        let number = parts.next()?;
        let written = number.as_str().to_owned();
        let Some(unit) = parts.next() else { return Some(Literal::Number(written)) };
        let unit = match unit.as_rule() {
            Rule::credits_unit => return Some(Literal::Credits(written)),
            Rule::percent_unit => return Some(Literal::Percent(written)),
            Rule::calendar_days => PeriodUnit::CalendarDays,
            Rule::working_days => PeriodUnit::WorkingDays,
            Rule::weeks => PeriodUnit::Weeks,
            Rule::months => PeriodUnit::Months,
            Rule::years_unit => PeriodUnit::Years,
            _ => PeriodUnit::BareDays,
        };
        let amount = self.whole_amount(&number)?;
        if unit == PeriodUnit::BareDays {
            self.wording(at, WordingProblem::BareDays { amount, days: if amount == 1 { "day" } else { "days" }, at });
        }
        Some(Literal::Period { amount, unit })
    }

    fn whole_amount(&mut self, number: &Node<'_>) -> Option<u32> {
        let at = self.span(number);
        if number.as_str().contains(['.', '-']) {
            self.wording(at, WordingProblem::PartOfAPeriod { written: number.as_str().to_owned(), at });
            return None;
        }
        self.number(number).map(|amount| amount.value)
    }
}

/// A day as it was written, which may not exist.
#[derive(Clone, Copy)]
struct Civil {
    year: i32,
    month: u32,
    of_month: u32,
}

/// The same day as it stands in the text.
struct Written {
    text: String,
    /// ` in 2023`, or nothing where no year is said.
    year: String,
    at: Span,
}

fn month_number(name: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, month)| *month == name).map(|(number, _)| number)
}

fn month_name(number: u32) -> &'static str {
    (1..).zip(MONTHS).find(|(month, _)| *month == number).map_or("this month", |(_, name)| name)
}

fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, known)| *known == weekday).map_or("day", |(name, _)| name)
}

fn days_in(year: i32, month: u32) -> Option<u32> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    (28..=31).rev().find(|day| first.with_day(*day).is_some())
}
