//! Typing: an expression as written becomes one whose names are rows and whose value has a type. Nothing comes back where a problem was reported, so
//! that one mistake is told once.

use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::regulation::rounding;
use crate::rulebook::from_syntax::scope::{Place, Scope};
use crate::rulebook::problems::{NameProblem, TypeProblem};
use crate::rulebook::{Condition, DefinitionId, Expression, ExpressionKind, Type};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::expression as written;
use crate::syntax::expression::{ExpressionKind as Kind, Extreme, Test};
use crate::vocabulary::{Field, Link, fields};

/// What is known of a place before its expression is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Nothing,
    Expected(Type),
    /// To the right of `is`: words of the left side's enumeration and free words can stand here.
    RightOf(Type),
}

impl Hint {
    pub(super) fn kind(self) -> Option<Type> {
        match self {
            Self::Nothing => None,
            Self::Expected(kind) | Self::RightOf(kind) => Some(kind),
        }
    }
}

impl From<Option<Type>> for Hint {
    fn from(kind: Option<Type>) -> Self {
        kind.map_or(Self::Nothing, Self::Expected)
    }
}

/// `value is [not] …`
#[derive(Clone, Copy)]
pub(super) struct Asked<'e> {
    pub(super) negated: bool,
    pub(super) value: &'e written::Expression,
}

/// Types expressions in one scope.
pub(super) struct Typer<'c, 'a> {
    pub(super) compiler: &'c mut Compiler<'a>,
    pub(super) scope: Scope,
    /// The definition whose value this is.
    pub(super) inside: Option<DefinitionId>,
}

impl<'c, 'a> Typer<'c, 'a> {
    pub(super) fn new(compiler: &'c mut Compiler<'a>, scope: Scope) -> Self {
        Self { compiler, scope, inside: None }
    }

    // The parser caps how deep expressions nest, so this recursion is shallow.
    pub(super) fn expression(&mut self, expression: &written::Expression, hint: impl Into<Hint>) -> Option<Expression> {
        let (hint, at) = (hint.into(), expression.span);
        match expression.kind.as_ref() {
            Kind::Literal(literal) => self.literal(literal, at, hint),
            Kind::Name(name) => self.name(name, at, hint),
            Kind::Code(code) => self.code(code, at, hint),
            Kind::This => Some(self.scope.this_row(at)),
            Kind::Path { of, name } => self.path(of, name, at),
            Kind::Window { .. } => self.bare_window(at),
            Kind::Day(name) => self.named_day(name, at),
            Kind::Not(inner) => Some(boolean(Condition::Not(self.condition(inner)?), at)),
            Kind::And(parts) => Some(boolean(Condition::And(self.conditions(parts)?), at)),
            Kind::Or(parts) => Some(boolean(Condition::Or(self.conditions(parts)?), at)),
            Kind::Arithmetic { operator, left, right } => self.arithmetic(*operator, (left, right), at),
            Kind::Compare { operator, left, right } => self.compare(*operator, (left, right), at),
            Kind::Between { negated, value, low, high } => self.between(Asked { negated: *negated, value }, [low, high], at),
            Kind::OneOf { negated, value, options } => self.one_of(Asked { negated: *negated, value }, options, at),
            Kind::Test { test, negated, value } => self.test(*test, Asked { negated: *negated, value }, at),
            Kind::Contains { list, value } => self.contains(list, value, at),
            Kind::If { condition, then, otherwise } => self.if_else([condition, then, otherwise], hint, at),
            Kind::Extreme { extreme, values } => self.extreme((*extreme, values), hint, at),
            Kind::Rounded { value, rounding } => self.rounded(value, rounding, at),
            Kind::Aggregate { aggregate, list, value } => self.aggregate(*aggregate, (list, value.as_ref()), at),
            Kind::Pick { list, by, .. } => self.pick(list, by, expression),
            Kind::Quantified { quantifier, list, satisfies } => self.quantified(*quantifier, (list, satisfies.as_ref()), at),
            Kind::Relation(relation) => self.relation(relation, at),
            Kind::Prior { states, when } => self.prior(states, *when, at),
            Kind::Own(word) => self.own(word, at),
            Kind::FirstDayAfter { day, month, after } => self.first_day_after((*day, *month), after, at),
            Kind::FirstWeekdayAfter { weekday, after } => {
                let after = self.expected(after, Type::Date)?;
                Some(Expression::new(ExpressionKind::FirstWeekdayAfter { weekday: *weekday, after }, Type::Date, at))
            }
            Kind::EndOfMonth(day) => Some(Expression::new(ExpressionKind::EndOfMonth(self.expected(day, Type::Date)?), Type::Date, at)),
            Kind::Group(inner) => self.expression(inner, hint),
        }
    }

    /// An expression that must be true or false.
    pub(super) fn condition(&mut self, expression: &written::Expression) -> Option<Expression> {
        self.expected(expression, Type::Boolean)
    }

    fn conditions(&mut self, parts: &[written::Expression]) -> Option<Vec<Expression>> {
        let parts: Vec<Option<Expression>> = parts.iter().map(|part| self.condition(part)).collect();
        parts.into_iter().collect()
    }

    /// An expression of one type; whole numbers do where numbers are expected.
    pub(super) fn expected(&mut self, expression: &written::Expression, kind: Type) -> Option<Expression> {
        let found = self.expression(expression, Some(kind))?;
        if fits(found.kind_of_value, kind) {
            return Some(found);
        }
        let (at, words) = (found.span, found.kind_of_value.to_string());
        let help = help_towards(&found, kind);
        self.compiler.report(at, TypeProblem::WrongType { expected: kind.to_string(), found: words, at, help });
        None
    }

    fn if_else(&mut self, parts: [&written::Expression; 3], hint: Hint, at: Span) -> Option<Expression> {
        let condition = self.condition(parts[0]);
        let mut branches = self.alike(&[parts[1], parts[2]], hint)?;
        let (otherwise, then) = (branches.pop()?, branches.pop()?);
        let kind = if then.kind_of_value == Type::Integer { otherwise.kind_of_value } else { then.kind_of_value };
        Some(Expression::new(ExpressionKind::If { condition: condition?, then, otherwise }, kind, at))
    }

    fn extreme(&mut self, (extreme, values): (Extreme, &[written::Expression]), hint: Hint, at: Span) -> Option<Expression> {
        let values = self.alike(&values.iter().collect::<Vec<_>>(), hint)?;
        let first = values.first()?;
        if !first.kind_of_value.is_ordered() {
            let (at, found) = (first.span, first.kind_of_value.to_string());
            let aggregate = if extreme == Extreme::Max { "`max`" } else { "`min`" };
            self.compiler.report(at, TypeProblem::WrongAggregate { aggregate, found, at, help: ORDERED });
            return None;
        }
        let kind = values.iter().map(|value| value.kind_of_value).find(|kind| *kind != Type::Integer).unwrap_or(Type::Integer);
        Some(Expression::new(ExpressionKind::Extreme { extreme, values }, kind, at))
    }

    /// Several expressions of one kind; the first one's type is expected of the others.
    fn alike(&mut self, parts: &[&written::Expression], hint: Hint) -> Option<Vec<Expression>> {
        let mut typed: Vec<Option<Expression>> = Vec::with_capacity(parts.len());
        for part in parts {
            let first = typed.iter().flatten().next().map(|first| first.kind_of_value);
            let hint = first.map_or(hint, Hint::Expected);
            typed.push(self.expression(part, hint));
        }
        let typed: Vec<Expression> = typed.into_iter().collect::<Option<_>>()?;
        let first = typed.first()?;
        if let Some(other) = typed.iter().find(|other| !alike(first.kind_of_value, other.kind_of_value)) {
            let (first_at, at) = (first.span, other.span);
            let (first, other) = (first.kind_of_value.to_string(), other.kind_of_value.to_string());
            self.compiler.report(at, TypeProblem::PartsDiffer { first, other, first_at, other_at: at });
            return None;
        }
        Some(typed)
    }

    fn rounded(&mut self, value: &written::Expression, how: &ast::Rounding, at: Span) -> Option<Expression> {
        let rounding = rounding(how, self.compiler.problems);
        let value = self.expression(value, None)?;
        if !value.kind_of_value.is_number() {
            let (at, found) = (value.span, value.kind_of_value.to_string());
            self.compiler.report(
                at,
                TypeProblem::WrongType { expected: "a number to round".to_owned(), found, at, help: "only numbers are rounded".to_owned() },
            );
            return None;
        }
        let kind = if value.kind_of_value == Type::Integer { Type::Decimal } else { value.kind_of_value };
        Some(Expression::new(ExpressionKind::Rounded { value, rounding: rounding? }, kind, at))
    }

    fn test(&mut self, test: Test, Asked { negated, value }: Asked<'_>, at: Span) -> Option<Expression> {
        let value = self.expression(value, None)?;
        let kind = value.kind_of_value;
        let (fits, word, help) = match test {
            Test::Known => (true, "known", ""),
            Test::Empty => {
                (matches!(kind, Type::List(_) | Type::Text), "empty", "lists and texts can be empty; a value that the record lacks `is missing`")
            }
            Test::Whole => (kind.is_number(), "whole", "only numbers can be whole"),
        };
        if !fits {
            let (at, found) = (value.span, kind.to_string());
            self.compiler.report(at, TypeProblem::WrongTest { found, test: word, at, help });
            return None;
        }
        Some(boolean(Condition::Test { test, negated, value }, at))
    }

    fn prior(&mut self, states: &[ast::PriorState], when: Option<ast::PriorWhen>, at: Span) -> Option<Expression> {
        if self.scope.place != Place::Sequentiality {
            self.compiler.report(at, NameProblem::PriorOutside { at });
            return None;
        }
        let when = when.unwrap_or(ast::PriorWhen::AnyTime);
        Some(boolean(Condition::Prior { states: states.to_vec(), when }, at))
    }

    /// `own phase`: of the unit that the line is about, which is the unit of the entry under judgement.
    fn own(&mut self, word: &ast::Word, at: Span) -> Option<Expression> {
        let field: Option<(Field, Type)> = match word.value.as_str() {
            "phase" => Some((fields::unit::PHASE, Type::Integer)),
            "semester" => Some((fields::unit::STARTS, Type::Semester)),
            _ => None,
        };
        let Some((field, kind)) = field.filter(|_| self.scope.place == Place::Edge) else {
            self.compiler.report(at, NameProblem::OwnOutside { name: word.value.clone(), at });
            return None;
        };
        let entry = self.scope.this_row(at);
        let unit = Expression::new(ExpressionKind::Follow { row: entry, link: Link::EntryUnit }, Type::Reference(Link::EntryUnit.to()), at);
        Some(Expression::new(ExpressionKind::Field { row: unit, field }, kind, at))
    }
}

pub(super) const ORDERED: &str = "it needs numbers, days, academic years or semesters";

pub(super) fn boolean(condition: Condition, at: Span) -> Expression {
    Expression::new(ExpressionKind::Condition(condition), Type::Boolean, at)
}

/// Whether two values can stand for one another: the same kind, or numbers without a unit.
pub(super) fn alike(left: Type, right: Type) -> bool {
    left == right || (left.is_plain_number() && right.is_plain_number())
}

fn fits(found: Type, expected: Type) -> bool {
    found == expected || (matches!(expected, Type::Decimal | Type::Score) && found.is_plain_number())
}

/// How to get from what stands there to what is expected, where there is an obvious way.
fn help_towards(found: &Expression, expected: Type) -> String {
    if let (Type::Reference(from), Type::Reference(to)) = (found.kind_of_value, expected)
        && (Field::find(from, to.word()).is_some() || from.owner() == Some(to))
    {
        return format!("go on to its {to}: `….{to}`", to = to.word());
    }
    if let (Type::List(_), Type::Boolean) = (found.kind_of_value, expected) {
        return "say what holds of the list: `is not empty`, or `every e in … satisfies …`".to_owned();
    }
    let help = match expected {
        Type::Boolean => "say what must hold of it: `… is at least …`, `… is known`",
        Type::Date => "name a day: a field such as `submitted_on`, `15 October`, `day(results_final)`",
        Type::Period => "write a period: `7 calendar days`, `1 month`",
        Type::Semester => "write `semester 1`, or name a field such as `semester`",
        Type::Credits => "write credits with their unit: `60 credits`",
        _ => "put something of that kind here",
    };
    help.to_owned()
}
