//! Terms of deadlines: the first and the last day on which something is in time.

use chrono::{Datelike, NaiveDate};

use crate::rulebook::from_syntax::calendars::day_text;
use crate::rulebook::from_syntax::checks::Reading;
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::{CheckProblem, TypeProblem};
use crate::rulebook::{Calendar, Constant, Due, Expression, ExpressionKind, Term, Type, WindowPart};
use crate::syntax::ast;
use crate::syntax::expression as written;
use crate::syntax::expression::YearRelation;

impl Compiler<'_> {
    pub(super) fn due(&mut self, reading: &Reading<'_>, due: &ast::Due) -> Option<Due> {
        let mut typer = Typer::new(self, reading.scope());
        let term = typer.term(&due.term)?;
        if let Term::From { from, to: Some(to) } = &term {
            self.term_not_empty(from, to);
        }
        Some(Due { term, next_working_day: due.next_working_day.is_some(), span: due.span })
    }

    fn term_not_empty(&mut self, from: &Expression, to: &Expression) {
        let reversed = |calendar: &Calendar| {
            let (first, last) = (day_in(calendar, from)?, day_in(calendar, to)?);
            (last < first).then(|| (day_text(first), day_text(last)))
        };
        let found = self.calendars_in_force().find_map(reversed);
        if let Some((first, last)) = found {
            let at = from.span.to(to.span);
            self.report(at, CheckProblem::EmptyTerm { first, last, at });
        }
    }
}

impl Typer<'_, '_> {
    fn term(&mut self, term: &ast::Term) -> Option<Term> {
        match term {
            ast::Term::OnOrBefore(day) => self.expected(day, Type::Date).map(Term::OnOrBefore),
            ast::Term::Before(day) => self.expected(day, Type::Date).map(Term::Before),
            ast::Term::From { from, to } => {
                let from = self.expected(from, Type::Date);
                let to = match to {
                    Some(to) => Some(self.expected(to, Type::Date)?),
                    None => None,
                };
                Some(Term::From { from: from?, to })
            }
            ast::Term::WithinAfter { period, of } => {
                let (period, of) = self.period_of(period, of)?;
                Some(Term::WithinAfter { period, of })
            }
            ast::Term::WithinFrom { period, of } => {
                let (period, of) = self.period_of(period, of)?;
                Some(Term::WithinFrom { period, of })
            }
            ast::Term::WithinWindow(window) => self.within_window(window),
            // The parser has reported it.
            ast::Term::By(day) => {
                self.expected(day, Type::Date);
                None
            }
        }
    }

    fn period_of(&mut self, period: &written::Expression, of: &written::Expression) -> Option<(Expression, Expression)> {
        let (period, of) = (self.expected(period, Type::Period), self.expected(of, Type::Date));
        let (period, of) = (period?, of?);
        self.warn_of_refused_months(&of, &period);
        Some((period, of))
    }

    fn within_window(&mut self, window: &written::Expression) -> Option<Term> {
        let at = window.span;
        let written::ExpressionKind::Window { name, semester } = window.kind.as_ref() else {
            let found = self.expression(window, None)?.kind_of_value.to_string();
            let help = "write `within window(isp, semester 1)`, or `within 7 calendar days after …`".to_owned();
            self.compiler.report(at, TypeProblem::WrongType { expected: "a window or a period".to_owned(), found, at, help });
            return None;
        };
        let from = self.window_part((name, semester.as_ref()), WindowPart::Opens, at)?;
        let to = self.window_part((name, semester.as_ref()), WindowPart::Closes, at)?;
        Some(Term::From { from, to: Some(to) })
    }
}

/// The day that an expression names in one academic year, where the calendar alone decides it.
pub(super) fn day_in(calendar: &Calendar, day: &Expression) -> Option<NaiveDate> {
    match day.kind.as_ref() {
        ExpressionKind::Constant(Constant::Date(date)) => Some(*date),
        ExpressionKind::Day { name, .. } => calendar.day(name),
        ExpressionKind::DayOfYear { day, month, relation: YearRelation::Inside, .. } => {
            let days = [calendar.first.year(), calendar.last.year()].into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, *month, *day));
            days.into_iter().find(|date| calendar.contains(*date))
        }
        ExpressionKind::Window { name, semester, part, .. } => {
            let semester = match semester.as_ref().map(|semester| semester.kind.as_ref()) {
                None => None,
                Some(ExpressionKind::Constant(Constant::Semester(number))) => Some(*number),
                Some(_) => return None,
            };
            let window = calendar.window(name, semester)?;
            match part {
                WindowPart::Opens => Some(window.opens),
                WindowPart::Closes => Some(window.closes),
                WindowPart::DecidedBy => window.decided_by,
            }
        }
        _ => None,
    }
}
