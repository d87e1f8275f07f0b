//! Which rows the variables of an expression stand for, from the innermost list form outwards.

use crate::rulebook::{Condition, Expression, ExpressionKind as Kind, ListForm, SequentialityKind, Variable};

use crate::vocabulary::Cell;

use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};

/// The rows that variables stand for. Inside a list form, `outer` is the scope around it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) variable: Variable,
    pub(super) place: PlaceId,
    pub(super) outer: Option<Outer<'s>>,
    /// The edges that are judged.
    pub(super) edges: Option<EdgesHere>,
    /// The unit of the edge's own line, which stands in for the judged entry's.
    pub(super) own_unit: Option<Cell>,
}

/// The edges that are judged: their set, their kind, and where their verdicts stand.
#[derive(Clone, Copy)]
pub(super) struct EdgesHere {
    pub(super) set: u32,
    pub(super) kind: SequentialityKind,
    pub(super) ground: PlaceId,
}

/// The scope around a list form, and how its values come in.
#[derive(Clone, Copy)]
pub(super) struct Outer<'s> {
    pub(super) scope: &'s Scope<'s>,
    /// Where the outer rows stand, outside and inside; nothing where only constants come in.
    pub(super) bridge: Option<(PlaceId, PlaceId)>,
}

impl<'s> Scope<'s> {
    pub(super) fn this(place: PlaceId) -> Self {
        Self { variable: Variable::THIS, place, outer: None, edges: None, own_unit: None }
    }

    /// The scope of a list form's element inside this one.
    pub(super) fn element(&'s self, variable: Variable, place: PlaceId, bridge: Option<(PlaceId, PlaceId)>) -> Self {
        Self { variable, place, outer: Some(Outer { scope: self, bridge }), edges: None, own_unit: None }
    }

    /// Whether an expression says nothing of this scope's own row, so that the scope around it can tell its value.
    pub(super) fn is_silent_on(&self, expression: &Expression) -> bool {
        !mentions(expression, self.variable)
    }
}

/// Whether a variable stands in an expression.
fn mentions(expression: &Expression, variable: Variable) -> bool {
    let mut found = false;
    expression.walk(&mut |part| found |= *part.kind == Kind::Variable(variable));
    found
}

/// Whether all variables of an expression are bound inside it or stand for other rows than this one.
pub(super) fn is_free_of(expression: &Expression, variable: Variable) -> bool {
    let (mut named, mut bound) = (Vec::new(), Vec::new());
    expression.walk(&mut |part| {
        if let Kind::Variable(name) = part.kind.as_ref() {
            named.push(*name);
        }
        bound.extend(form_of(part).map(|form| form.element));
    });
    named.iter().all(|name| *name < variable || bound.contains(name))
}

/// The list form that an expression is.
pub(super) fn form_of(expression: &Expression) -> Option<&ListForm> {
    match expression.kind.as_ref() {
        Kind::Aggregate { list, .. } | Kind::Pick { list, .. } | Kind::Condition(Condition::Quantified { list, .. }) => Some(list),
        _ => None,
    }
}

/// The largest parts of an expression that say nothing of the element.
pub(super) fn parts_outside<'e>(expression: &'e Expression, element: Variable, found: &mut Vec<&'e Expression>) {
    if is_free_of(expression, element) {
        found.push(expression);
        return;
    }
    for part in expression.parts() {
        parts_outside(part, element, found);
    }
}

impl Builder<'_> {
    /// A value of the scope around a list form, inside it.
    pub(super) fn lift(&mut self, value: Value, bridge: Option<(PlaceId, PlaceId)>) -> Result<Value, Unplanned> {
        if self.is_constant(value.place) {
            return Ok(value);
        }
        let place = self.lift_place(value.place, bridge)?;
        Ok(Value { place, ..value })
    }

    pub(super) fn lift_place(&mut self, place: PlaceId, bridge: Option<(PlaceId, PlaceId)>) -> Result<PlaceId, Unplanned> {
        if self.is_constant(place) {
            return Ok(place);
        }
        let (outside, inside) = bridge.ok_or(Unplanned("an outer row in a list"))?;
        if place == outside {
            return Ok(inside);
        }
        let (from, index) = self.came_from(place).ok_or(Unplanned("an outer row in a list"))?;
        let from = self.lift_place(from, bridge)?;
        let domain = self.place_domain(place);
        Ok(self.child(from, index, domain))
    }
}
