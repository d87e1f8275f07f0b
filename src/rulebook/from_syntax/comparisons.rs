//! Comparisons: both sides fit, and no thing is compared with itself.

use crate::rulebook::from_syntax::fold::{fold, fold_number};
use crate::rulebook::from_syntax::typer::{Asked, Hint, Typer, alike, boolean};
use crate::rulebook::problems::TypeProblem;
use crate::rulebook::{Condition, Constant, Expression, ExpressionKind, Order, Type};
use crate::source::Span;
use crate::syntax::expression as written;
use crate::syntax::expression::{Comparison, ExpressionKind as Kind, Literal, Test};
use crate::vocabulary::{Field, Subject};

/// What a comparison asks of its sides.
#[derive(Clone, Copy)]
enum Meaning {
    Equal {
        negated: bool,
    },
    /// `is at least`: numbers, and years and days in signs
    Order(Order),
    /// `is before`: days, years, semesters
    Time(Order),
    /// `is on`: days
    SameDay {
        negated: bool,
    },
}

impl Meaning {
    fn of(operator: Comparison) -> Self {
        match operator {
            Comparison::Is => Self::Equal { negated: false },
            Comparison::IsNot => Self::Equal { negated: true },
            Comparison::AtLeast => Self::Order(Order::GreaterOrEqual),
            Comparison::AtMost => Self::Order(Order::LessOrEqual),
            Comparison::MoreThan => Self::Order(Order::Greater),
            Comparison::LessThan => Self::Order(Order::Less),
            Comparison::Before => Self::Time(Order::Less),
            Comparison::After => Self::Time(Order::Greater),
            Comparison::OnOrBefore => Self::Time(Order::LessOrEqual),
            Comparison::OnOrAfter => Self::Time(Order::GreaterOrEqual),
            Comparison::On => Self::SameDay { negated: false },
            Comparison::NotOn => Self::SameDay { negated: true },
        }
    }

    fn fits(self, kind: Type) -> bool {
        match self {
            Self::Equal { .. } => !matches!(kind, Type::List(_) | Type::Period),
            Self::Order(_) => kind.is_ordered(),
            Self::Time(_) => matches!(kind, Type::Date | Type::AcademicYear | Type::Semester),
            Self::SameDay { .. } => kind == Type::Date,
        }
    }
}

fn words(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Is => "`is`",
        Comparison::IsNot => "`is not`",
        Comparison::AtLeast => "`is at least`",
        Comparison::AtMost => "`is at most`",
        Comparison::MoreThan => "`is more than`",
        Comparison::LessThan => "`is less than`",
        Comparison::Before => "`is before`",
        Comparison::After => "`is after`",
        Comparison::On => "`is on`",
        Comparison::OnOrBefore => "`is on or before`",
        Comparison::OnOrAfter => "`is on or after`",
        Comparison::NotOn => "`is not on`",
    }
}

impl Typer<'_, '_> {
    pub(super) fn compare(
        &mut self,
        operator: Comparison,
        (left, right): (&written::Expression, &written::Expression),
        at: Span,
    ) -> Option<Expression> {
        let (left, right) = self.sides(left, right)?;
        if is_none(&right) {
            return Some(known_test(operator, left, at));
        }
        let meaning = Meaning::of(operator);
        if !meaning.fits(left.kind_of_value) {
            return self.wrong_comparison(operator, &left);
        }
        self.same_kind(&left, &right)?;
        self.not_itself(&left, &right, at)?;
        Some(boolean(
            match meaning {
                Meaning::Equal { negated } | Meaning::SameDay { negated } => Condition::Equal { negated, left, right },
                Meaning::Order(order) | Meaning::Time(order) => Condition::Compare { order, left, right },
            },
            at,
        ))
    }

    /// Both sides; the right one knows what stands to its left. Where the left is broken, a bare word on the right says nothing by itself.
    fn sides(&mut self, left: &written::Expression, right: &written::Expression) -> Option<(Expression, Expression)> {
        let typed = self.expression(left, None);
        let Some(left) = typed else {
            let word = matches!(right.kind.as_ref(), Kind::Name(_) | Kind::Code(_) | Kind::Literal(Literal::None | Literal::Text(_)));
            if !word {
                self.expression(right, None);
            }
            return None;
        };
        let right = self.expression(right, Hint::RightOf(left.kind_of_value))?;
        Some((left, right))
    }

    fn wrong_comparison(&mut self, operator: Comparison, left: &Expression) -> Option<Expression> {
        let (word, found, at) = (words(operator), left.kind_of_value.to_string(), left.span);
        let help = match left.kind_of_value {
            kind if kind.is_number() => "numbers are compared with `is at least`, `is less than` and the like",
            Type::List(_) => "a list `contains` a row, `is empty`, or has a `count of`",
            Type::Boolean => "a condition stands by itself, or after `not`",
            _ => "it can only be compared with `is` and `is not`",
        };
        self.compiler.report(at, TypeProblem::WrongComparison { word, found, at, help: help.to_owned() });
        None
    }

    fn same_kind(&mut self, left: &Expression, right: &Expression) -> Option<()> {
        self.kinds_fit((left.kind_of_value, left.span), (right.kind_of_value, right.span))
    }

    pub(super) fn kinds_fit(&mut self, (one, left_at): (Type, Span), (other, right_at): (Type, Span)) -> Option<()> {
        if alike(one, other) {
            return Some(());
        }
        let (left, right) = (one.to_string(), other.to_string());
        if one.is_number() && other.is_number() {
            let help = unit_help(one, other);
            self.compiler.report(right_at, TypeProblem::UnitDoesNotFit { left, right, left_at, right_at, help });
        } else {
            let help = comparison_help(one, other, self.compiler.sources.slice(right_at));
            self.compiler.report(right_at, TypeProblem::NotComparable { left, right, left_at, right_at, help });
        }
        None
    }

    fn not_itself(&mut self, left: &Expression, right: &Expression, at: Span) -> Option<()> {
        if left != right {
            return Some(());
        }
        let help = if self.scope.elements.is_empty() {
            "compare it with something else".to_owned()
        } else {
            "one of the two may be the subject's: write `this.…`, or name the element, `e in …`".to_owned()
        };
        self.compiler.report(at, TypeProblem::ComparedWithItself { at, help });
        None
    }

    pub(super) fn between(&mut self, Asked { negated, value }: Asked<'_>, ends: [&written::Expression; 2], at: Span) -> Option<Expression> {
        let value = self.expression(value, None)?;
        let hint = Hint::RightOf(value.kind_of_value);
        let (low, high) = (self.expression(ends[0], hint), self.expression(ends[1], hint));
        let (low, high) = (low?, high?);
        if !value.kind_of_value.is_ordered() {
            let (at, found) = (value.span, value.kind_of_value.to_string());
            let help = "only numbers, days, academic years and semesters lie between others".to_owned();
            self.compiler.report(at, TypeProblem::WrongComparison { word: "`is between`", found, at, help });
            return None;
        }
        let (first, second) = (self.same_kind(&value, &low), self.same_kind(&value, &high));
        first.and(second)?;
        self.not_itself(&value, &low, at)?;
        self.not_itself(&value, &high, at)?;
        self.range(&low, &high)?;
        Some(boolean(Condition::Between { negated, value, low, high }, at))
    }

    fn range(&mut self, low: &Expression, high: &Expression) -> Option<()> {
        let reversed = match (fold_number(low), fold_number(high)) {
            (Some(low), Some(high)) => high < low,
            _ => match (fold(low), fold(high)) {
                (Some(Constant::Date(low)), Some(Constant::Date(high))) => high < low,
                (Some(Constant::AcademicYear(low) | Constant::Semester(low)), Some(Constant::AcademicYear(high) | Constant::Semester(high))) => {
                    high < low
                }
                _ => false,
            },
        };
        if !reversed {
            return Some(());
        }
        let at = low.span.to(high.span);
        let text = |span: Span| self.compiler.sources.slice(span).to_owned();
        let (low, high) = (text(low.span), text(high.span));
        self.compiler.report(at, TypeProblem::EmptyRange { low, high, at });
        None
    }

    pub(super) fn one_of(&mut self, Asked { negated, value }: Asked<'_>, options: &[written::Expression], at: Span) -> Option<Expression> {
        let value = self.expression(value, None)?;
        if !(Meaning::Equal { negated }).fits(value.kind_of_value) {
            return self.wrong_comparison(Comparison::Is, &value);
        }
        let mut typed = Vec::with_capacity(options.len());
        for option in options {
            let option = self.expression(option, Hint::RightOf(value.kind_of_value));
            typed.push(option.filter(|option| self.same_kind(&value, option).is_some() && self.not_itself(&value, option, at).is_some()));
        }
        let options = typed.into_iter().collect::<Option<Vec<_>>>()?;
        Some(boolean(Condition::OneOf { negated, value, options }, at))
    }

    pub(super) fn contains(&mut self, list: &written::Expression, value: &written::Expression, at: Span) -> Option<Expression> {
        let list = self.list(list)?;
        let Type::List(element) = list.kind_of_value else { return None };
        let value = self.expected(value, Type::Reference(element))?;
        Some(boolean(Condition::Contains { list, value }, at))
    }
}

/// `previous is none` asks whether it is known.
fn known_test(operator: Comparison, left: Expression, at: Span) -> Expression {
    boolean(Condition::Test { test: Test::Known, negated: operator != Comparison::IsNot, value: left }, at)
}

fn is_none(expression: &Expression) -> bool {
    matches!(*expression.kind, ExpressionKind::Constant(Constant::None))
}

fn unit_help(one: Type, other: Type) -> String {
    let help = match (one, other) {
        (Type::Credits, number) | (number, Type::Credits) if number.is_plain_number() => "say the unit: `60 credits`",
        (Type::Percent, number) | (number, Type::Percent) if number.is_plain_number() => "say the sign: `30%`",
        _ => "credits are compared with credits, percentages with percentages",
    };
    help.to_owned()
}

fn comparison_help(one: Type, other: Type, right: &str) -> String {
    match (one, other) {
        (Type::Reference(from), Type::Reference(Subject::Course)) if Field::find(from, "course").is_some() => {
            format!("compare its course unit: `{}.course`", from.word())
        }
        (Type::Semester, number) if number.is_number() => format!("write `semester {right}`"),
        (Type::AcademicYear, number) if number.is_number() => "write the whole year: `2023-2024`".to_owned(),
        (Type::Date, _) => "compare a day with a day: `15 October`, `day(results_final)`".to_owned(),
        (Type::Enumeration(enumeration), _) => format!("its words are {}", enumeration.values().join(", ")),
        _ => format!("put {one} on both sides"),
    }
}
