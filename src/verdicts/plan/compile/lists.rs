//! What is made of lists. A condition that looks at the elements alone is worked out over their whole table, and the list is a stretch of it; one that
//! also looks at the outer row is worked out over pairs of outer rows and elements, of which a filter on the elements alone leaves few.

use crate::rulebook::{Condition, Expression, ExpressionKind as Kind, ListForm, Type};
use crate::syntax::expression::{Aggregate, Quantifier};
use crate::vocabulary::List;

use super::super::column::{Marked, Shape, TRUE, UNKNOWN};
use super::super::program::{CellOp, DomainId, FractionOp, NodeId, NumberOp, Op, Over, Pairs, Reduce, Reduction, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value, lies_together};
use super::elements::Owned;
use super::scope::{Scope, is_free_of, parts_outside};

/// A list form laid out: where the result stands, where the elements do, and which of them count.
struct Spread<'s> {
    result: PlaceId,
    over: Over,
    given: Option<NodeId>,
    condition: Option<NodeId>,
    /// Where the elements' columns must stand.
    ground: PlaceId,
    scope: Scope<'s>,
}

impl Builder<'_> {
    fn lay_out<'s>(&mut self, form: &ListForm, bodies: &[&Expression], scope: &'s Scope<'s>) -> Result<Spread<'s>, Unplanned> {
        let owned = self.owned(&form.list, scope)?;
        let conjuncts = conjuncts(form.condition.as_ref());
        let mut outside = Vec::new();
        for part in conjuncts.iter().chain(bodies) {
            parts_outside(part, form.element, &mut outside);
        }
        let mut result = owned.owner;
        let mut constant = true;
        for part in outside {
            let place = self.place_of_any(part, scope)?;
            constant &= self.is_constant(place);
            result = self.common(result, place)?;
        }
        if let Some((_, beside)) = owned.beside {
            result = self.common(result, beside)?;
        }
        if constant && owned.beside.is_none() && lies_together(owned.list) {
            self.in_segments(form, &owned, (&conjuncts, scope))
        } else {
            self.in_pairs(form, (&owned, result), (&conjuncts, scope))
        }
    }

    /// Where anything stands that an expression names.
    fn place_of_any(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<PlaceId, Unplanned> {
        match expression.kind_of_value {
            Type::List(_) => Ok(self.owned(expression, scope)?.owner),
            Type::Reference(_) => self.place_of(expression, scope),
            Type::Period => Ok(PlaceId::CONSTANT),
            _ => Ok(self.value(expression, scope)?.place),
        }
    }

    /// Over the elements' whole table.
    fn in_segments<'s>(
        &mut self,
        form: &ListForm,
        owned: &Owned,
        (conjuncts, scope): (&[&Expression], &'s Scope<'s>),
    ) -> Result<Spread<'s>, Unplanned> {
        let table = self.table(owned.list.element());
        let ground = self.root(table);
        let inner = scope.element(form.element, ground, None);
        let mut condition = self.base(owned.list);
        for conjunct in conjuncts {
            let value = self.truth(conjunct, &inner)?;
            condition = Some(self.and_at(condition, value, ground));
        }
        let owner = self.rows(owned.owner);
        let given = self.given(owned).map(|given| given.node);
        Ok(Spread { result: owned.owner, over: Over::Segments { list: owned.list, owner }, given, condition, ground, scope: inner })
    }

    fn and_at(&mut self, condition: Option<NodeId>, value: Value, ground: PlaceId) -> NodeId {
        let node = self.at(value, ground);
        let domain = self.place_domain(ground);
        condition.map_or(node, |condition| self.and_nodes((condition, node), domain))
    }

    /// Over pairs of outer rows and elements.
    fn in_pairs<'s>(
        &mut self,
        form: &ListForm,
        (owned, result): (&Owned, PlaceId),
        (conjuncts, scope): (&[&Expression], &'s Scope<'s>),
    ) -> Result<Spread<'s>, Unplanned> {
        let table = self.table(owned.list.element());
        let alone = self.root(table);
        let on_elements = scope.element(form.element, alone, None);
        let mut filter = self.base(owned.list);
        let (mut rest, mut key) = (Vec::new(), None);
        for conjunct in conjuncts {
            match self.truth(conjunct, &on_elements) {
                Ok(value) => filter = Some(self.and_at(filter, value, alone)),
                Err(_) => rest.push(*conjunct),
            }
        }
        if owned.list.owner().is_of_catalogue() {
            let position = rest.iter().position(|conjunct| {
                key = self.key(conjunct, (form, &on_elements, filter), (scope, result));
                key.is_some()
            });
            position.map(|position| rest.remove(position));
        }
        let outer = self.place_domain(result);
        let owner = self.row_at(owned.owner, result);
        let domain = self.pairs(Pairs { outer, owner, list: owned.list, filter, key });
        let ground = self.root(domain);
        let (outer_index, element_index) = (self.cells(CellOp::Outer, domain), self.cells(CellOp::Element, domain));
        let here = self.child(ground, outer_index, outer);
        let element = self.child(ground, element_index, table);
        let bridge = Some((result, here));
        let inner = scope.element(form.element, element, bridge);
        let mut condition = filter.filter(|filter| self.may_be_unknown(*filter)).map(|node| self.at(Value { node, place: element }, ground));
        for conjunct in rest {
            let value = self.truth(conjunct, &inner)?;
            condition = Some(self.and_at(condition, value, ground));
        }
        if let Some((list, enrolment)) = owned.beside {
            let enrolment = self.lift_place(enrolment, bridge)?;
            let value = self.beside(list, element, enrolment)?;
            condition = Some(self.and_at(condition, value, ground));
        }
        let given = self.given_at(owned, key, result)?;
        Ok(Spread { result, over: Over::Pairs(domain), given, condition, ground, scope: inner })
    }

    /// Whether the elements are surely known for each outer row: the list is given, and so is what cuts it.
    fn given_at(&mut self, owned: &Owned, key: Option<(NodeId, NodeId)>, result: PlaceId) -> Result<Option<NodeId>, Unplanned> {
        let domain = self.place_domain(result);
        let given = self.given(owned).map(|given| self.at(given, result));
        let keyed = key.map(|(_, outer)| self.truths(TruthOp::Known(outer), domain));
        let named = match owned.beside {
            Some((List::EnrolmentEarlier, enrolment)) => Some(self.programmes_known(owned, enrolment, result)?),
            _ => None,
        };
        Ok([given, keyed, named].into_iter().flatten().reduce(|left, right| self.and_nodes((left, right), domain)))
    }

    fn may_be_unknown(&self, truths: NodeId) -> bool {
        match self.fixed_truths(truths) {
            Some(truths) => truths.contains(&UNKNOWN),
            None => !matches!(self.program.nodes[truths.0 as usize].op, Op::Truths(TruthOp::Surely(_))),
        }
    }

    /// A condition that an element's value is the outer row's, as columns over the elements and over the outer rows.
    fn key(
        &mut self,
        conjunct: &Expression,
        (form, on_elements, filter): (&ListForm, &Scope<'_>, Option<NodeId>),
        (scope, result): (&Scope<'_>, PlaceId),
    ) -> Option<(NodeId, NodeId)> {
        let Kind::Condition(Condition::Equal { negated: false, left, right }) = conjunct.kind.as_ref() else { return None };
        if left.kind_of_value == Type::Boolean {
            return None;
        }
        let (own, other) = if is_free_of(left, form.element) { (right, left) } else { (left, right) };
        if !is_free_of(other, form.element) {
            return None;
        }
        let own = self.comparable(own, on_elements).ok().map(|own| self.at(own, on_elements.place))?;
        let other = self.comparable(other, scope).ok().map(|other| self.at(other, result))?;
        if self.shape(own) != Shape::Cells || self.shape(other) != Shape::Cells {
            return None;
        }
        let kept = filter.and_then(|filter| self.fixed_truths(filter));
        let keys = self.fixed_cells(own)?;
        // The last row stands for what the catalogue lacks and is in no list.
        let rows = keys.len().saturating_sub(1);
        let counts = |row: usize| kept.is_none_or(|kept| kept.get(row).is_none_or(|kept| *kept != super::super::column::FALSE));
        let all_known = keys.iter().take(rows).enumerate().all(|(row, key)| !counts(row) || !key.is_mark());
        all_known.then_some((own, other))
    }

    /// Whether a list has elements.
    pub(super) fn has_elements(&mut self, list: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let form = ListForm { element: crate::rulebook::Variable(u32::MAX), list: list.clone(), condition: None };
        let spread = self.lay_out(&form, &[], scope)?;
        let (domain, ground) = (self.place_domain(spread.ground), spread.ground);
        let value = self.truths(TruthOp::Constant(TRUE), domain);
        self.reduced(&spread, Reduce::Some, Some(Value { node: value, place: ground }))
    }

    /// Whether every element satisfies a condition, else whether some element does.
    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        (list, satisfies): (&ListForm, &Expression),
        scope: &Scope<'_>,
    ) -> Result<Value, Unplanned> {
        let spread = self.lay_out(list, &[satisfies], scope)?;
        let value = self.truth(satisfies, &spread.scope)?;
        self.reduced(&spread, if quantifier == Quantifier::Every { Reduce::Every } else { Reduce::Some }, Some(value))
    }

    pub(super) fn aggregate(
        &mut self,
        aggregate: Aggregate,
        (list, value): (&ListForm, Option<&Expression>),
        scope: &Scope<'_>,
    ) -> Result<Value, Unplanned> {
        let bodies: Vec<&Expression> = value.into_iter().collect();
        let spread = self.lay_out(list, &bodies, scope)?;
        let value = match value {
            Some(value) => Some(self.comparable(value, &spread.scope)?),
            None => None,
        };
        let reduce = match aggregate {
            Aggregate::Sum => Reduce::Sum,
            Aggregate::Count => Reduce::Count,
            Aggregate::CountDistinct => Reduce::CountDistinct,
            Aggregate::Highest => Reduce::Highest,
            Aggregate::Lowest => Reduce::Lowest,
        };
        self.reduced(&spread, reduce, value)
    }

    /// The first or the last element of a list, as a place.
    pub(super) fn pick(&mut self, end: Reduce, (list, by): (&ListForm, &Expression), scope: &Scope<'_>) -> Result<PlaceId, Unplanned> {
        let spread = self.lay_out(list, &[by], scope)?;
        let key = self.value(by, &spread.scope)?;
        let picked = self.reduced(&spread, end, Some(key))?;
        let Type::List(element) = list.list.kind_of_value else { return Err(Unplanned("an element of no list")) };
        let table = self.table(element);
        Ok(self.child(picked.place, picked.node, table))
    }

    fn reduced(&mut self, spread: &Spread<'_>, reduce: Reduce, value: Option<Value>) -> Result<Value, Unplanned> {
        let value = value.map(|value| self.at(value, spread.ground));
        let shape = value.map(|value| self.shape(value));
        let reduction = Reduction { reduce, over: spread.over, condition: spread.condition, value, given: spread.given };
        let op = match (reduce, shape) {
            (Reduce::Every | Reduce::Some, Some(Shape::Truths)) => Op::Truths(self.units_asked(&reduction).unwrap_or(TruthOp::Reduce(reduction))),
            (Reduce::Count, None) | (Reduce::CountDistinct, Some(Shape::Cells)) | (Reduce::Sum, Some(Shape::Cells | Shape::Numbers)) => {
                Op::Numbers(NumberOp::Reduce(reduction))
            }
            (Reduce::Highest | Reduce::Lowest, Some(Shape::Numbers)) => Op::Numbers(NumberOp::Reduce(reduction)),
            (Reduce::Highest | Reduce::Lowest, Some(Shape::Fractions)) => Op::Fractions(FractionOp::Reduce(reduction)),
            (Reduce::Highest | Reduce::Lowest | Reduce::First | Reduce::Last, Some(Shape::Cells)) => Op::Cells(CellOp::Reduce(reduction)),
            _ => return Err(Unplanned("an aggregate of such values")),
        };
        let domain: DomainId = self.place_domain(spread.result);
        Ok(Value { node: self.node(op, domain), place: spread.result })
    }
}

/// The conditions that must all hold.
fn conjuncts(condition: Option<&Expression>) -> Vec<&Expression> {
    match condition.map(|condition| (condition, condition.kind.as_ref())) {
        None => Vec::new(),
        Some((_, Kind::Condition(Condition::And(all)))) => all.iter().collect(),
        Some((condition, _)) => vec![condition],
    }
}
