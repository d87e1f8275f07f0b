//! Calendars: every day is real and has its year, years follow one another, semesters lie inside and in order, windows open before they close.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::problems::Problems;
use crate::rulebook::from_syntax::compiler::{place, year_text};
use crate::rulebook::problems::CalendarProblem;
use crate::rulebook::{Calendar, SemesterDates, Window};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, CalendarItem};
use crate::syntax::expression::{Expression, ExpressionKind, Literal};

/// All calendars that can be used, in the order of their years.
pub(super) fn calendars(declared: &[&ast::Calendar], sources: &Sources, problems: &mut Problems) -> Vec<Calendar> {
    let mut read: Vec<(Calendar, Span)> = Vec::new();
    for written in declared {
        let year = written.year.value;
        if let Some((first, _)) = read.iter().find(|(calendar, _)| calendar.year == year) {
            let (at, first) = (written.year.span, format!("the other stands at {}", place(sources, first.span)));
            problems.add(at, CalendarProblem::YearTwice { year: year_text(year), first, at });
        } else if let Some(calendar) = Reader::read(written, problems) {
            read.push(calendar);
        }
    }
    read.sort_by_key(|(calendar, _)| calendar.year);
    for pair in read.windows(2) {
        if let [(this, at), (next, _)] = pair {
            follow_one_another(this, next, *at, problems);
        }
    }
    read.into_iter().map(|(calendar, _)| calendar).collect()
}

fn follow_one_another(this: &Calendar, next: &Calendar, at: Span, problems: &mut Problems) {
    if next.year == this.year.saturating_add(1) && this.last.succ_opt() != Some(next.first) {
        let (last, next) = (day_text(this.last), day_text(next.first));
        problems.add(at, CalendarProblem::YearEnd { year: year_text(this.year), last, next, at });
    }
}

/// `15 October 2023`
pub(super) fn day_text(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

struct Reader<'p> {
    problems: &'p mut Problems,
    calendar: Calendar,
    year: Option<(NaiveDate, NaiveDate, Span)>,
    semesters: Vec<(SemesterDates, Span)>,
    working_week_said: bool,
}

impl<'p> Reader<'p> {
    /// The calendar and the place of its `year` line; nothing where that line is lacking.
    fn read(written: &ast::Calendar, problems: &'p mut Problems) -> Option<(Calendar, Span)> {
        let calendar = Calendar {
            year: written.year.value,
            first: NaiveDate::default(),
            last: NaiveDate::default(),
            semesters: Vec::new(),
            windows: Vec::new(),
            holidays: Vec::new(),
            days: Vec::new(),
            working_week: (Weekday::Mon, Weekday::Fri),
            span: written.span,
        };
        let mut reader = Self { problems, calendar, year: None, semesters: Vec::new(), working_week_said: false };
        let said_badly = written.items.iter().any(|item| matches!(item, CalendarItem::Year { .. } | CalendarItem::Junk(_)));
        for item in &written.items {
            reader.item(item);
        }
        let Some((first, last, span)) = reader.year else {
            let at = written.year.span;
            if !said_badly {
                reader.report(at, CalendarProblem::WithoutYear { year: year_text(written.year.value), at });
            }
            return None;
        };
        (reader.calendar.first, reader.calendar.last) = (first, last);
        reader.year_start(span);
        reader.semesters();
        Some((reader.calendar, span))
    }

    fn report(&mut self, at: Span, problem: CalendarProblem) {
        self.problems.add(at, problem);
    }

    fn item(&mut self, item: &CalendarItem) {
        match item {
            CalendarItem::Year { dates, span } => {
                if self.year.is_some() {
                    self.report(*span, CalendarProblem::ItemTwice { what: "the year".to_owned(), at: *span });
                }
                if let Some((first, last)) = self.dates(dates, "the year") {
                    self.year.get_or_insert((first, last, *span));
                }
            }
            CalendarItem::Semester { number, dates, span, .. } => {
                if let Some((first, last)) = self.dates(dates, "the semester") {
                    let number = i32::try_from(number.value).unwrap_or(i32::MAX);
                    self.semesters.push((SemesterDates { number, first, last }, *span));
                }
            }
            CalendarItem::Window { name, semester, dates, decided_by, span } => {
                let semester = semester.as_ref().map(|number| i32::try_from(number.value).unwrap_or(i32::MAX));
                self.window(name, semester, *span);
                let decided_by = decided_by.as_ref().and_then(|day| self.full_day(day));
                if let Some((opens, closes)) = self.dates(dates, "the window") {
                    self.calendar.windows.push(Window { name: name.value.clone(), semester, opens, closes, decided_by });
                }
            }
            CalendarItem::Holiday { dates, .. } => {
                let days = self.dates(dates, "the holiday");
                self.calendar.holidays.extend(days);
            }
            CalendarItem::Day { name, date, span } => self.day(name, date, *span),
            CalendarItem::WorkingWeek { from, to, span } => {
                if std::mem::replace(&mut self.working_week_said, true) {
                    self.report(*span, CalendarProblem::ItemTwice { what: "the working week".to_owned(), at: *span });
                }
                self.calendar.working_week = (from.value, to.value);
            }
            CalendarItem::Junk(_) => {}
        }
    }

    fn window(&mut self, name: &ast::Word, semester: Option<i32>, at: Span) {
        if self.calendar.window(&name.value, semester).is_some() {
            let what =
                semester.map_or_else(|| format!("the window {}", name.value), |number| format!("the window {}, semester {number}", name.value));
            self.report(at, CalendarProblem::ItemTwice { what, at });
        }
    }

    fn day(&mut self, name: &ast::Word, date: &Expression, at: Span) {
        if self.calendar.day(&name.value).is_some() {
            self.report(at, CalendarProblem::ItemTwice { what: format!("the day {}", name.value), at });
        }
        if let Some(date) = self.full_day(date) {
            self.calendar.days.push((name.value.clone(), date));
        }
    }

    fn dates(&mut self, dates: &ast::Dates, what: &'static str) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = (self.full_day(&dates.from), self.full_day(&dates.to));
        let (from, to) = (from?, to?);
        if to < from {
            let at = dates.from.span.to(dates.to.span);
            self.report(at, CalendarProblem::Reversed { what, at });
            return None;
        }
        Some((from, to))
    }

    fn full_day(&mut self, day: &Expression) -> Option<NaiveDate> {
        let at = day.span;
        match day.kind.as_ref() {
            ExpressionKind::Literal(Literal::Date(date)) => return Some(*date),
            ExpressionKind::Literal(Literal::DayOfYear { .. }) => self.report(at, CalendarProblem::WithoutYearNumber { at }),
            _ => self.report(at, CalendarProblem::NotADay { at }),
        }
        None
    }

    fn year_start(&mut self, at: Span) {
        let (year, first) = (self.calendar.year, self.calendar.first);
        let in_time = matches!((first.month(), first.day()), (9, _) | (10, 1));
        if first.year() != year || !in_time {
            self.report(at, CalendarProblem::YearStart { year: year_text(year), first: day_text(first), at });
        }
    }

    fn semesters(&mut self) {
        let mut semesters = std::mem::take(&mut self.semesters);
        semesters.sort_by_key(|(semester, _)| semester.number);
        for at in 0..semesters.len() {
            let (semester, span) = &semesters[at];
            self.inside(semester, *span);
            if let Some((before, _)) = at.checked_sub(1).and_then(|before| semesters.get(before)) {
                self.after(semester, before, *span);
            }
        }
        self.calendar.semesters = semesters.into_iter().map(|(semester, _)| semester).collect();
    }

    fn inside(&mut self, semester: &SemesterDates, at: Span) {
        if !self.calendar.contains(semester.first) || !self.calendar.contains(semester.last) {
            let (first, last) = (day_text(self.calendar.first), day_text(self.calendar.last));
            self.report(at, CalendarProblem::SemesterOutside { number: semester.number.unsigned_abs(), first, last, at });
        }
    }

    fn after(&mut self, semester: &SemesterDates, before: &SemesterDates, at: Span) {
        let number = semester.number.unsigned_abs();
        if semester.number == before.number {
            self.report(at, CalendarProblem::ItemTwice { what: format!("semester {number}"), at });
        } else if semester.first <= before.last {
            self.report(at, CalendarProblem::SemestersOverlap { number, before: before.number.unsigned_abs(), at });
        }
    }
}
