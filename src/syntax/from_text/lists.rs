//! What is said about lists: counts, sums, quantifiers, first and last; and the states of a prior unit.

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::Spanned;
use crate::syntax::ast::{PriorPart, PriorState, PriorWhen};
use crate::syntax::expression::{Aggregate, Expression, ExpressionKind, ListForm, Quantifier};

impl Builder<'_> {
    pub(super) fn quantified(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let quantifier = match node.as_rule() {
            Rule::every => Quantifier::Every,
            Rule::some => Quantifier::Some,
            _ => Quantifier::No,
        };
        let mut parts = Parts::of(node);
        let list = self.list(parts.next()?)?;
        let satisfies = match parts.next() {
            None => None,
            Some(part) => Some(self.expression(Parts::of(part).next()?)?),
        };
        Some(ExpressionKind::Quantified { quantifier, list, satisfies })
    }

    pub(super) fn aggregate(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let aggregate = match node.as_rule() {
            Rule::sum_of => Aggregate::Sum,
            Rule::count_of => Aggregate::Count,
            Rule::count_distinct => Aggregate::CountDistinct,
            Rule::highest_of => Aggregate::Highest,
            _ => Aggregate::Lowest,
        };
        let mut parts = Parts::of(node);
        let value = match aggregate {
            Aggregate::Count => None,
            Aggregate::Sum | Aggregate::CountDistinct | Aggregate::Highest | Aggregate::Lowest => Some(self.sum(parts.next()?)?),
        };
        Some(ExpressionKind::Aggregate { aggregate, list: self.list(parts.next()?)?, value })
    }

    pub(super) fn pick(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let last = node.as_rule() == Rule::last_of;
        let mut parts = Parts::of(node);
        let list = self.list(parts.next()?)?;
        Some(ExpressionKind::Pick { last, list, by: self.sum(parts.next()?)? })
    }

    fn list(&mut self, node: Node<'_>) -> Option<ListForm> {
        let mut parts = Parts::of(node);
        let element = match parts.optional(Rule::element) {
            None => None,
            Some(element) => Some(self.word(&Parts::of(element).next()?)),
        };
        let list = self.operand(parts.next()?)?;
        Some(ListForm { element, list, condition: self.condition_after_where(&mut parts)? })
    }

    /// `where c`: nothing inside where it is not there, nothing at all where it is wrong.
    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    pub(super) fn condition_after_where(&mut self, parts: &mut Parts<'_>) -> Option<Option<Expression>> {
        match parts.optional(Rule::where_part) {
            None => Some(None),
            Some(part) => Some(Some(self.expression(Parts::of(part).next()?)?)),
        }
    }

    pub(super) fn prior_condition(&mut self, node: Node<'_>) -> Option<ExpressionKind> {
        let mut parts = Parts::of(node);
        let states = self.prior_states(parts.next()?).into_iter().map(|state| state.value).collect();
        Some(ExpressionKind::Prior { states, when: parts.next().map(|when| prior_when(when.as_rule())) })
    }

    /// `completed or tolerated in an earlier semester`
    pub(super) fn prior_part(&mut self, node: Node<'_>) -> Option<PriorPart> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let states = self.prior_states(parts.next()?);
        Some(PriorPart { states, when: prior_when(parts.next()?.as_rule()), span })
    }

    fn prior_states(&self, node: Node<'_>) -> Vec<Spanned<PriorState>> {
        let state = |rule| match rule {
            Rule::completed => PriorState::Completed,
            Rule::tolerated => PriorState::Tolerated,
            Rule::exempted => PriorState::Exempted,
            _ => PriorState::Scheduled,
        };
        Parts::of(node).map(|node| Spanned::new(state(node.as_rule()), self.span(&node))).collect()
    }
}

fn prior_when(rule: Rule) -> PriorWhen {
    match rule {
        Rule::earlier_semester => PriorWhen::EarlierSemester,
        Rule::earlier_year => PriorWhen::EarlierYear,
        Rule::same_or_earlier_semester => PriorWhen::SameOrEarlierSemester,
        Rule::same_registration => PriorWhen::SameRegistration,
        _ => PriorWhen::AnyTime,
    }
}
