//! Windows, named days and days without a year: the academic year they belong to, and whether the calendars have them.

use chrono::{Datelike, NaiveDate};

use crate::rulebook::from_syntax::compiler::year_text;
use crate::rulebook::from_syntax::did_you_mean::{did_you_mean, did_you_mean_or_list};
use crate::rulebook::from_syntax::scope::owner_row;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::{CalendarProblem, NameProblem};
use crate::rulebook::{Calendar, Constant, Expression, ExpressionKind, Type, Window, WindowPart};
use crate::source::Span;
use crate::syntax::ast::Word;
use crate::syntax::expression as written;
use crate::syntax::expression::YearRelation;
use crate::vocabulary::{Subject, fields};

/// The semester of a window as a rule names it.
#[derive(Clone, Copy)]
enum Semester {
    Left,
    Number(i32),
    Computed,
}

impl Typer<'_, '_> {
    /// The academic year of the nearest enrolment in scope, that of an element before that of the subject; else the one under check.
    pub(super) fn nearest_year(&self, at: Span) -> Expression {
        let mut rows = self.scope.rows(at);
        let kind = match rows.find_map(|row| owner_row(row, Subject::Enrolment)) {
            Some(row) => ExpressionKind::Field { row, field: fields::enrolment::ACADEMIC_YEAR },
            None => ExpressionKind::YearUnderCheck,
        };
        Expression::new(kind, Type::AcademicYear, at)
    }

    pub(super) fn bare_window(&mut self, at: Span) -> Option<Expression> {
        self.compiler.report(at, CalendarProblem::WindowIsNoDay { at });
        None
    }

    /// `window(isp, semester 1).closes`
    pub(super) fn window_day(&mut self, window: (&Word, Option<&written::Expression>), part: &Word, at: Span) -> Option<Expression> {
        let part = match part.value.as_str() {
            "opens" => WindowPart::Opens,
            "closes" => WindowPart::Closes,
            "decided_by" => WindowPart::DecidedBy,
            other => {
                let help = did_you_mean_or_list(other, "a window has", &["opens", "closes", "decided_by"]);
                let sought = "not a day of a window".to_owned();
                self.compiler.report(part.span, NameProblem::Unknown { name: other.to_owned(), sought, at: part.span, help });
                return None;
            }
        };
        self.window_part(window, part, at)
    }

    pub(super) fn window_part(&mut self, (name, semester): (&Word, Option<&written::Expression>), part: WindowPart, at: Span) -> Option<Expression> {
        let (semester, known) = match semester {
            None => (None, Semester::Left),
            Some(written) => {
                let typed = self.expected(written, Type::Semester)?;
                let known = if let ExpressionKind::Constant(Constant::Semester(number)) = *typed.kind {
                    Semester::Number(number)
                } else {
                    Semester::Computed
                };
                (Some(typed), known)
            }
        };
        self.window_exists(name, known, part)?;
        let year = self.nearest_year(at);
        Some(Expression::new(ExpressionKind::Window { year, name: name.value.clone(), semester, part }, Type::Date, at))
    }

    fn window_exists(&mut self, name: &Word, semester: Semester, part: WindowPart) -> Option<()> {
        let fits = |window: &&Window| {
            window.name == name.value
                && match semester {
                    Semester::Left => window.semester.is_none(),
                    Semester::Number(number) => window.semester == Some(number),
                    Semester::Computed => window.semester.is_some(),
                }
        };
        let at = name.span;
        let what = match semester {
            Semester::Left => format!("a window `{}` without a semester", name.value),
            Semester::Number(number) => format!("a window `{}` for semester {number}", name.value),
            Semester::Computed => format!("a window `{}` for a semester", name.value),
        };
        let names: Vec<String> = self.compiler.calendars.iter().flat_map(|calendar| &calendar.windows).map(|window| window.name.clone()).collect();
        self.calendars_have((&what, at), &names, &|calendar| calendar.windows.iter().any(|window| fits(&window)))?;
        if part == WindowPart::DecidedBy {
            let undecided = |calendar: &&Calendar| calendar.windows.iter().filter(&fits).any(|window| window.decided_by.is_none());
            let years: Vec<String> = self.compiler.calendars_in_force().filter(undecided).map(|calendar| year_text(calendar.year)).collect();
            if !years.is_empty() {
                self.compiler.report(at, CalendarProblem::Undecided { name: name.value.clone(), years: years.join(", "), at });
                return None;
            }
        }
        Some(())
    }

    /// Whether some calendar has it, and all calendars have it of the years in force.
    fn calendars_have(&mut self, (what, at): (&str, Span), names: &[String], has: &dyn Fn(&Calendar) -> bool) -> Option<()> {
        if !self.compiler.calendars.iter().any(has) {
            let sought = what.split('`').nth(1).unwrap_or(what);
            let help = did_you_mean(sought, names.iter().map(String::as_str)).unwrap_or_else(|| "add it to the calendars".to_owned());
            self.compiler.report(at, CalendarProblem::Unknown { what: what.to_owned(), at, help });
            return None;
        }
        let years: Vec<String> =
            self.compiler.calendars_in_force().filter(|calendar| !has(calendar)).map(|calendar| year_text(calendar.year)).collect();
        if years.is_empty() {
            return Some(());
        }
        self.compiler.report(at, CalendarProblem::Lacking { what: what.to_owned(), years: years.join(", "), at });
        None
    }

    /// `day(results_final)`
    pub(super) fn named_day(&mut self, name: &Word, at: Span) -> Option<Expression> {
        let names: Vec<String> = self.compiler.calendars.iter().flat_map(|calendar| &calendar.days).map(|(name, _)| name.clone()).collect();
        let what = format!("a day `{}`", name.value);
        self.calendars_have((&what, name.span), &names, &|calendar| calendar.day(&name.value).is_some())?;
        let year = self.nearest_year(at);
        Some(Expression::new(ExpressionKind::Day { year, name: name.value.clone() }, Type::Date, at))
    }

    /// `15 October`: inside the year it must be one day.
    pub(super) fn day_of_year(&mut self, (day, month): (u32, u32), relation: YearRelation, at: Span) -> Option<Expression> {
        if relation == YearRelation::Inside {
            let times = |calendar: &Calendar| days_in(calendar, day, month);
            let wrong = self.compiler.calendars_in_force().map(|calendar| (calendar.year, times(calendar))).find(|(_, times)| *times != 1);
            if let Some((year, times)) = wrong {
                let times = if times == 0 { "not at all" } else { "twice" };
                let day = day_and_month(day, month);
                self.compiler.report(at, CalendarProblem::NotOneDay { day, years: year_text(year), times, at });
                return None;
            }
        }
        let year = self.nearest_year(at);
        Some(Expression::new(ExpressionKind::DayOfYear { year, day, month, relation }, Type::Date, at))
    }

    /// `first 1 October after D`
    pub(super) fn first_day_after(&mut self, (day, month): (u32, u32), after: &written::Expression, at: Span) -> Option<Expression> {
        let after = self.expected(after, Type::Date)?;
        Some(Expression::new(ExpressionKind::FirstDayAfter { day, month, after }, Type::Date, at))
    }
}

/// How many days of a year have that day and month.
fn days_in(calendar: &Calendar, day: u32, month: u32) -> usize {
    let years = calendar.first.year()..=calendar.last.year();
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).filter(|date| calendar.contains(*date)).count()
}

/// `15 October`
fn day_and_month(day: u32, month: u32) -> String {
    // 2024 is a leap year, so it has every day that any year has.
    NaiveDate::from_ymd_opt(2024, month, day).map_or_else(|| format!("day {day} of month {month}"), |date| date.format("%-d %B").to_string())
}
