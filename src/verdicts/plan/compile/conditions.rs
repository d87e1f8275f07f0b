//! Conditions: logic, comparisons and tests.

use crate::rulebook::{Condition, Constant, Expression, ExpressionKind as Kind, Order, Type};
use crate::syntax::expression::{Quantifier, Test};
use crate::vocabulary::{enumerations::index, fields};

use super::super::column::{FALSE, Shape, TRUE};
use super::super::program::{Comparison, DomainId, NodeId, Op, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::scope::Scope;

impl Builder<'_> {
    pub(super) fn condition(&mut self, condition: &Condition, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        match condition {
            Condition::Not(condition) => {
                let value = self.truth(condition, scope)?;
                Ok(self.not(value))
            }
            Condition::And(conditions) => self.all(conditions, scope),
            Condition::Or(conditions) => self.any(conditions, scope),
            Condition::Compare { order, left, right } => self.compared_expressions(comparison(*order), (left, right), scope),
            Condition::Equal { negated, left, right } => {
                let comparison = if *negated { Comparison::NotEqual } else { Comparison::Equal };
                self.compared_expressions(comparison, (left, right), scope)
            }
            Condition::Between { negated, value, low, high } => {
                let above = self.compared_expressions(Comparison::GreaterOrEqual, (value, low), scope)?;
                let below = self.compared_expressions(Comparison::LessOrEqual, (value, high), scope)?;
                let between = self.and(above, below)?;
                if !negated {
                    return Ok(between);
                }
                // What is not there is neither between nor outside.
                let there = self.compared_expressions(Comparison::Equal, (value, value), scope)?;
                let outside = self.not(between);
                self.and(there, outside)
            }
            Condition::OneOf { negated: true, value, options } => self.none_of((value, options), scope),
            Condition::OneOf { negated: false, value, options } => self.one_of((value, options), scope),
            Condition::Test { test, negated, value } => {
                let value = self.test(*test, value, scope)?;
                Ok(if *negated { self.not(value) } else { value })
            }
            Condition::Quantified { quantifier, list, satisfies } => {
                let found = self.quantified(*quantifier, (list, satisfies), scope)?;
                Ok(if *quantifier == Quantifier::No { self.not(found) } else { found })
            }
            Condition::Relation(relation) => self.relation(relation, scope),
            Condition::Prior { states, when } => self.prior(states, *when, scope),
            Condition::Contains { .. } => Err(Unplanned("`contains`")),
        }
    }

    pub(super) fn not(&mut self, value: Value) -> Value {
        let domain = self.domain_of(value.node);
        Value { node: self.truths(TruthOp::Not(value.node), domain), ..value }
    }

    pub(super) fn and(&mut self, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right, place) = self.together(left, right)?;
        let domain = self.place_domain(place);
        Ok(Value { node: self.and_nodes((left, right), domain), place })
    }

    pub(super) fn and_nodes(&mut self, (left, right): (NodeId, NodeId), domain: DomainId) -> NodeId {
        self.truths(TruthOp::And(left, right), domain)
    }

    pub(super) fn or(&mut self, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right, place) = self.together(left, right)?;
        let domain = self.place_domain(place);
        let op = self.either_fact(left, right).unwrap_or(TruthOp::Or(left, right));
        Ok(Value { node: self.truths(op, domain), place })
    }

    /// Two questions to the same words of facts as one.
    fn either_fact(&self, left: NodeId, right: NodeId) -> Option<TruthOp> {
        let op = |node: NodeId| &self.program.nodes[node.0 as usize].op;
        match (op(left), op(right)) {
            (Op::Truths(TruthOp::Fact { word, sure, possible }), Op::Truths(TruthOp::Fact { word: other, sure: or_sure, possible: or_possible }))
                if word == other =>
            {
                Some(TruthOp::Fact { word: *word, sure: sure | or_sure, possible: possible | or_possible })
            }
            _ => None,
        }
    }

    pub(super) fn constant_truth(&mut self, truth: super::super::column::Truth) -> Value {
        Value { node: self.truths(TruthOp::Constant(truth), DomainId::ONCE), place: PlaceId::CONSTANT }
    }

    pub(super) fn all(&mut self, conditions: &[Expression], scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let mut all = Vec::with_capacity(conditions.len());
        for condition in conditions {
            all.push(self.truth(condition, scope)?);
        }
        self.joined(all, TRUE, Self::and)
    }

    fn any(&mut self, conditions: &[Expression], scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let mut any = Vec::with_capacity(conditions.len());
        for condition in conditions {
            any.push(self.truth(condition, scope)?);
        }
        self.joined(self.facts_together(any), FALSE, Self::or)
    }

    /// The values with those that ask the same words of facts next to each other.
    fn facts_together(&self, values: Vec<Value>) -> Vec<Value> {
        let word = |value: &Value| match self.program.nodes[value.node.0 as usize].op {
            Op::Truths(TruthOp::Fact { word, .. }) => Some(word),
            _ => None,
        };
        let (mut facts, others): (Vec<Value>, Vec<Value>) = values.into_iter().partition(|value| word(value).is_some());
        facts.sort_by_key(word);
        facts.into_iter().chain(others).collect()
    }

    /// Values joined, those of one place first, so that what is said of an owner is joined once for all its rows.
    fn joined(
        &mut self,
        values: Vec<Value>,
        empty: super::super::column::Truth,
        join: fn(&mut Self, Value, Value) -> Result<Value, Unplanned>,
    ) -> Result<Value, Unplanned> {
        let mut places: Vec<Value> = Vec::new();
        for value in values {
            match places.iter().position(|known| known.place == value.place) {
                Some(at) => places[at] = join(self, places[at], value)?,
                None => places.push(value),
            }
        }
        let mut joined: Option<Value> = None;
        for value in places.into_iter().rev() {
            joined = Some(match joined {
                None => value,
                Some(joined) => join(self, joined, value)?,
            });
        }
        Ok(joined.unwrap_or_else(|| self.constant_truth(empty)))
    }

    fn compared_expressions(
        &mut self,
        comparison: Comparison,
        (left, right): (&Expression, &Expression),
        scope: &Scope<'_>,
    ) -> Result<Value, Unplanned> {
        if [left, right].iter().any(|side| matches!(side.kind.as_ref(), Kind::Constant(Constant::None))) {
            return Err(Unplanned("a comparison with none"));
        }
        if left.kind_of_value == Type::Boolean {
            let (left, right) = (self.truth(left, scope)?, self.truth(right, scope)?);
            let (left, right, place) = self.together(left, right)?;
            let domain = self.place_domain(place);
            let same = Value { node: self.truths(TruthOp::Same(left, right), domain), place };
            return Ok(if comparison == Comparison::NotEqual { self.not(same) } else { same });
        }
        let (left, right) = (self.comparable(left, scope)?, self.comparable(right, scope)?);
        self.compared(comparison, left, right)
    }

    /// A value that can be compared: rows by their number or code.
    pub(super) fn comparable(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if matches!(expression.kind_of_value, Type::Reference(_)) {
            if let Some(outer) = scope.outer
                && scope.is_silent_on(expression)
            {
                let value = self.comparable(expression, outer.scope)?;
                return self.lift(value, outer.bridge);
            }
            return self.identity(expression, scope);
        }
        self.value(expression, scope)
    }

    pub(super) fn compared(&mut self, comparison: Comparison, left: Value, right: Value) -> Result<Value, Unplanned> {
        if !self.is_measurable(left.node) || !self.is_measurable(right.node) {
            return Err(Unplanned("a comparison of truths"));
        }
        let (left, right) = self.alike(left, right)?;
        let constant_first = self.is_constant(left.place) && !self.is_constant(right.place);
        let (comparison, left, right) = if constant_first { (comparison.flipped(), right, left) } else { (comparison, left, right) };
        let place = self.common(left.place, right.place)?;
        let (left, right) = (self.at(left, place), self.at_or_once(right, place));
        let domain = self.place_domain(place);
        let op = self.ratio(comparison, left, right).unwrap_or(TruthOp::Compare { comparison, left, right });
        Ok(Value { node: self.truths(op, domain), place })
    }

    fn one_of(&mut self, (value, options): (&Expression, &[Expression]), scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if let Some(set) = words_of(value, options) {
            return self.in_set(value, set, scope);
        }
        let mut found = self.constant_truth(FALSE);
        for option in options {
            let one = self.compared_expressions(Comparison::Equal, (value, option), scope)?;
            found = self.or(found, one)?;
        }
        Ok(found)
    }

    fn none_of(&mut self, (value, options): (&Expression, &[Expression]), scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if let Some(set) = words_of(value, options) {
            return self.in_set(value, !set, scope);
        }
        let mut outside = self.constant_truth(TRUE);
        for option in options {
            let one = self.compared_expressions(Comparison::NotEqual, (value, option), scope)?;
            outside = self.and(outside, one)?;
        }
        Ok(outside)
    }

    fn in_set(&mut self, value: &Expression, set: u64, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let value = self.value(value, scope)?;
        let domain = self.domain_of(value.node);
        Ok(Value { node: self.truths(TruthOp::OneOf { value: value.node, set }, domain), ..value })
    }

    pub(super) fn test(&mut self, test: Test, value: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        match (test, value.kind_of_value) {
            (Test::Known, Type::List(_)) => {
                let given = self.list_given(value, scope)?;
                Ok(given.unwrap_or_else(|| self.constant_truth(TRUE)))
            }
            (Test::Empty, Type::List(_)) => {
                let any = self.has_elements(value, scope)?;
                Ok(self.not(any))
            }
            (Test::Empty, _) => Err(Unplanned("`is empty` of a text")),
            (Test::Known, _) => {
                let value = self.known_by(value, scope)?;
                let domain = self.domain_of(value.node);
                Ok(Value { node: self.truths(TruthOp::Known(value.node), domain), ..value })
            }
            (Test::Whole, _) => {
                let value = self.value(value, scope)?;
                if !matches!(self.shape(value.node), Shape::Cells | Shape::Numbers) {
                    return Err(Unplanned("`is whole` of a fraction"));
                }
                let domain = self.domain_of(value.node);
                Ok(Value { node: self.truths(TruthOp::Whole(value.node), domain), ..value })
            }
        }
    }

    /// The column that shows whether a value is there: of a row, its number.
    fn known_by(&mut self, value: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if let Some(outer) = scope.outer
            && scope.is_silent_on(value)
        {
            let value = self.known_by(value, outer.scope)?;
            return self.lift(value, outer.bridge);
        }
        if matches!(value.kind_of_value, Type::Reference(_)) {
            let place = self.place_of(value, scope)?;
            return Ok(self.row_value(place));
        }
        self.value(value, scope)
    }

    /// Failed, and the unit, else the course, allows a fail mark to be tolerated.
    pub(super) fn tolerable(&mut self, result: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let place = self.place_of(result, scope)?;
        let outcome = Value { node: self.load(fields::result::OUTCOME, place), place };
        let failed = self.constant_cell(index::OUTCOME_FAILED);
        let failed = self.compared(Comparison::Equal, outcome, failed)?;
        let unit = self.follow(place, crate::vocabulary::Link::EntryUnit)?;
        let of_unit = Value { node: self.load(fields::unit::TOLERABLE, unit), place: unit };
        let course = self.load(fields::entry::COURSE, place);
        let courses = self.table(crate::vocabulary::Subject::Course);
        let course = self.child(place, course, courses);
        let of_course = Value { node: self.load(fields::course::TOLERABLE, course), place: course };
        let (of_unit, of_course, at) = self.together(of_unit, of_course)?;
        let domain = self.place_domain(at);
        let said = self.truths(TruthOp::Known(of_unit), domain);
        let allows = self.choose(said, (of_unit, of_course), domain);
        let allows = Value { node: self.truths(TruthOp::Of(allows), domain), place: at };
        self.and(failed, allows)
    }
}

fn comparison(order: Order) -> Comparison {
    match order {
        Order::Less => Comparison::Less,
        Order::LessOrEqual => Comparison::LessOrEqual,
        Order::Greater => Comparison::Greater,
        Order::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

/// The options as a set of bits where they are words of an enumeration.
fn words_of(value: &Expression, options: &[Expression]) -> Option<u64> {
    if !matches!(value.kind_of_value, Type::Enumeration(_)) {
        return None;
    }
    options.iter().try_fold(0_u64, |set, option| match option.kind.as_ref() {
        Kind::Constant(Constant::Enumeration(_, word)) if (0..64).contains(word) => Some(set | 1 << word),
        _ => None,
    })
}
