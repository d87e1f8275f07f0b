//! Literals: values written out, adapted to the place they stand in.

use crate::rulebook::from_syntax::names::is_coded;
use crate::rulebook::from_syntax::scope::Place;
use crate::rulebook::from_syntax::typer::{Hint, Typer};
use crate::rulebook::problems::TypeProblem;
use crate::rulebook::{Constant, Expression, ExpressionKind, Period, Type};
use crate::source::Span;
use crate::syntax::expression::{Literal, PeriodUnit};
use crate::vocabulary::Exact;

impl Typer<'_, '_> {
    pub(super) fn literal(&mut self, literal: &Literal, at: Span, hint: Hint) -> Option<Expression> {
        let constant = |constant, kind| Some(Expression::new(ExpressionKind::Constant(constant), kind, at));
        match literal {
            Literal::Number(text) => self.plain_number(text, at, hint),
            Literal::Credits(text) => constant(Constant::Number(self.number(text, at)?), Type::Credits),
            Literal::Percent(text) => constant(Constant::Number(self.number(text, at)?), Type::Percent),
            Literal::Date(date) => constant(Constant::Date(*date), Type::Date),
            Literal::Instant(instant) => {
                if self.scope.place != Place::Example {
                    self.compiler.report(at, TypeProblem::TimeOfDay { at });
                    return None;
                }
                constant(Constant::Date(instant.date()), Type::Date)
            }
            Literal::DayOfYear { day, month, relation } => self.day_of_year((*day, *month), *relation, at),
            Literal::AcademicYear(year) => constant(Constant::AcademicYear(*year), Type::AcademicYear),
            Literal::Semester(number) => constant(Constant::Semester(i32::try_from(*number).unwrap_or(i32::MAX)), Type::Semester),
            Literal::Period { amount, unit } => constant(Constant::Period(self.period(*amount, *unit, at)?), Type::Period),
            Literal::Text(text) => self.quoted(text, at, hint),
            Literal::Boolean(value) => constant(Constant::Boolean(*value), Type::Boolean),
            Literal::None => self.none(at, hint),
            Literal::DayOfCheck => Some(Expression::new(ExpressionKind::DayOfCheck, Type::Date, at)),
        }
    }

    pub(super) fn number(&mut self, text: &str, at: Span) -> Option<Exact> {
        let number = Exact::parse(text);
        if number.is_none() {
            self.compiler.report(at, TypeProblem::NumberTooLarge { number: text.to_owned(), at });
        }
        number
    }

    /// In an example a number may leave out its unit: `credits: 180`, `semester: 1`.
    fn plain_number(&mut self, text: &str, at: Span, hint: Hint) -> Option<Expression> {
        let number = self.number(text, at)?;
        let example = self.scope.place == Place::Example;
        let whole = number.to_integer().and_then(|whole| i32::try_from(whole).ok());
        let (constant, kind) = match (hint.kind(), whole) {
            (Some(Type::Semester), Some(whole)) if example => (Constant::Semester(whole), Type::Semester),
            (Some(Type::Credits), _) if example => (Constant::Number(number), Type::Credits),
            (Some(kind @ (Type::Decimal | Type::Score)), _) => (Constant::Number(number), kind),
            _ if number.is_whole() => (Constant::Number(number), Type::Integer),
            _ => (Constant::Number(number), Type::Decimal),
        };
        Some(Expression::new(ExpressionKind::Constant(constant), kind, at))
    }

    fn period(&mut self, amount: u32, unit: PeriodUnit, at: Span) -> Option<Period> {
        let Ok(amount) = i32::try_from(amount) else { return self.too_large(amount, at) };
        let times = |factor: i32| amount.checked_mul(factor);
        let period = match unit {
            PeriodUnit::CalendarDays => Some(Period { days: amount, ..Period::default() }),
            PeriodUnit::WorkingDays => Some(Period { working_days: amount, ..Period::default() }),
            PeriodUnit::Weeks => times(7).map(|days| Period { days, ..Period::default() }),
            PeriodUnit::Months => Some(Period { months: amount, ..Period::default() }),
            PeriodUnit::Years => times(12).map(|months| Period { months, ..Period::default() }),
            // The parser has reported it.
            PeriodUnit::BareDays => return None,
        };
        period.or_else(|| self.too_large(amount.unsigned_abs(), at))
    }

    fn too_large(&mut self, number: u32, at: Span) -> Option<Period> {
        self.compiler.report(at, TypeProblem::NumberTooLarge { number: number.to_string(), at });
        None
    }

    fn quoted(&mut self, text: &str, at: Span, hint: Hint) -> Option<Expression> {
        match hint.kind() {
            Some(Type::Enumeration(enumeration)) => match enumeration.index_of(text) {
                Some(index) => {
                    let constant = Constant::Enumeration(enumeration, index);
                    Some(Expression::new(ExpressionKind::Constant(constant), Type::Enumeration(enumeration), at))
                }
                None => self.unknown_value(enumeration, text, at),
            },
            Some(Type::Reference(subject)) if is_coded(subject) => self.code(text, at, hint),
            _ => Some(self.text(text, at)),
        }
    }

    fn none(&mut self, at: Span, hint: Hint) -> Option<Expression> {
        match hint.kind() {
            Some(kind @ Type::Enumeration(enumeration)) => {
                let Some(index) = enumeration.index_of("none") else {
                    self.compiler.report(at, TypeProblem::MisplacedNone { found: kind.to_string(), at });
                    return None;
                };
                Some(Expression::new(ExpressionKind::Constant(Constant::Enumeration(enumeration, index)), kind, at))
            }
            Some(kind @ Type::Reference(_)) => Some(Expression::new(ExpressionKind::Constant(Constant::None), kind, at)),
            other => {
                let found = other.map_or_else(|| "this place".to_owned(), |kind| kind.to_string());
                self.compiler.report(at, TypeProblem::MisplacedNone { found, at });
                None
            }
        }
    }
}
