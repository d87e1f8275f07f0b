//! List forms: aggregates, picks and quantifiers, and what names mean inside them.

use crate::rulebook::from_syntax::scope::{Element, Scope};
use crate::rulebook::from_syntax::typer::{ORDERED, Typer, boolean};
use crate::rulebook::problems::{CheckProblem, NameProblem, TypeProblem};
use crate::rulebook::{Condition, Constant, Expression, ExpressionKind, ListForm, Type};
use crate::source::Span;
use crate::syntax::expression as written;
use crate::syntax::expression::{Aggregate, Quantifier};

impl Typer<'_, '_> {
    /// An expression that must be a list.
    pub(super) fn list(&mut self, list: &written::Expression) -> Option<Expression> {
        let list = self.expression(list, None)?;
        if matches!(list.kind_of_value, Type::List(_)) {
            return Some(list);
        }
        let (at, found) = (list.span, list.kind_of_value.to_string());
        self.compiler.report(at, TypeProblem::NotAList { found, at });
        None
    }

    /// The list and its condition, and what `inside` makes where the element is known.
    fn list_form<T>(&mut self, form: &written::ListForm, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<(ListForm, T)> {
        let list = self.list(&form.list)?;
        let Type::List(subject) = list.kind_of_value else { return None };
        self.warn_of_list_with_itself(&list);
        let name = form.element.as_ref().map(|name| name.value.clone());
        if let Some(taken) = form.element.as_ref().filter(|_| self.scope.elements.iter().any(|element| element.name == name)) {
            self.compiler.report(taken.span, NameProblem::ElementTaken { name: taken.value.clone(), at: taken.span });
        }
        let element = self.scope.next_variable();
        let shared = Scope::shared(&list);
        self.scope.elements.push(Element { name, subject, shared, list: list.clone() });
        let condition = form.condition.as_ref().map(|condition| self.condition(condition));
        let made = inside(self);
        self.scope.elements.pop();
        let condition = match condition {
            Some(condition) => Some(condition?),
            None => None,
        };
        Some((ListForm { element, list, condition }, made?))
    }

    fn warn_of_list_with_itself(&mut self, list: &Expression) {
        let at = list.span;
        if self.scope.elements.iter().any(|around| around.list == *list) {
            self.compiler.report(at, CheckProblem::ListWithItself { at });
        }
    }

    pub(super) fn aggregate(
        &mut self,
        aggregate: Aggregate,
        (form, value): (&written::ListForm, Option<&written::Expression>),
        at: Span,
    ) -> Option<Expression> {
        let (list, value) = self.list_form(form, |inside| match value {
            Some(value) => inside.aggregated(aggregate, value).map(Some),
            None => Some(None),
        })?;
        let kind = match (aggregate, &value) {
            (Aggregate::Sum | Aggregate::Highest | Aggregate::Lowest, Some(value)) => value.kind_of_value,
            _ => Type::Integer,
        };
        Some(Expression::new(ExpressionKind::Aggregate { aggregate, list, value }, kind, at))
    }

    fn aggregated(&mut self, aggregate: Aggregate, value: &written::Expression) -> Option<Expression> {
        let value = self.expression(value, None)?;
        let kind = value.kind_of_value;
        let (fits, word, help) = match aggregate {
            Aggregate::Sum => (kind.is_number(), "`sum of`", "only numbers add up; `count of` counts elements"),
            Aggregate::Highest => (kind.is_ordered(), "`highest of`", ORDERED),
            Aggregate::Lowest => (kind.is_ordered(), "`lowest of`", ORDERED),
            Aggregate::CountDistinct => (!matches!(kind, Type::List(_) | Type::Period), "`count of distinct`", "count values, not lists"),
            Aggregate::Count => (true, "`count of`", ""),
        };
        if fits {
            return Some(value);
        }
        let (at, found) = (value.span, kind.to_string());
        self.compiler.report(at, TypeProblem::WrongAggregate { aggregate: word, found, at, help });
        None
    }

    pub(super) fn pick(&mut self, form: &written::ListForm, by: &written::Expression, whole: &written::Expression) -> Option<Expression> {
        let last = matches!(*whole.kind, written::ExpressionKind::Pick { last: true, .. });
        let word = if last { "`last … by`" } else { "`first … by`" };
        let (list, by) = self.list_form(form, |inside| inside.ordered(by, word))?;
        let Type::List(subject) = list.list.kind_of_value else { return None };
        Some(Expression::new(ExpressionKind::Pick { last, list, by }, Type::Reference(subject), whole.span))
    }

    fn ordered(&mut self, by: &written::Expression, aggregate: &'static str) -> Option<Expression> {
        let by = self.expression(by, None)?;
        if by.kind_of_value.is_ordered() {
            return Some(by);
        }
        let (at, found) = (by.span, by.kind_of_value.to_string());
        self.compiler.report(at, TypeProblem::WrongAggregate { aggregate, found, at, help: ORDERED });
        None
    }

    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        (form, satisfies): (&written::ListForm, Option<&written::Expression>),
        at: Span,
    ) -> Option<Expression> {
        // INVARIANT: the grammar lets only `some` and `no` stand without `satisfies`.
        let (list, satisfies) = self.list_form(form, |inside| match satisfies {
            Some(condition) => inside.condition(condition),
            None => Some(Expression::new(ExpressionKind::Constant(Constant::Boolean(true)), Type::Boolean, at)),
        })?;
        Some(boolean(Condition::Quantified { quantifier, list, satisfies }, at))
    }
}
