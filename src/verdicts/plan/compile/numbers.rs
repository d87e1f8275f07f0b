//! Exact numbers: arithmetic, rounding, the higher of several, in the narrowest shape that is exact.

use crate::rulebook::{Arithmetic, Expression, Rounding, Type};
use crate::syntax::expression::Extreme;
use crate::vocabulary::{Exact, SCALE};

use super::super::column::Shape;
use super::super::program::{CellOp, FractionOp, Larger, NodeId, NumberOp, Op, Operator};
use super::Unplanned;
use super::builder::{Builder, Value};
use super::scope::Scope;

impl Builder<'_> {
    /// Cells as numbers.
    fn widened(&mut self, value: Value) -> Result<Value, Unplanned> {
        match self.shape(value.node) {
            Shape::Cells => {
                let domain = self.domain_of(value.node);
                Ok(Value { node: self.node(Op::Numbers(NumberOp::Widen(value.node)), domain), ..value })
            }
            Shape::Numbers => Ok(value),
            Shape::Fractions | Shape::Truths | Shape::Words => Err(Unplanned("arithmetic on what is no number")),
        }
    }

    fn fraction(&mut self, value: Value) -> Result<Value, Unplanned> {
        if self.shape(value.node) == Shape::Fractions {
            return Ok(value);
        }
        let value = self.widened(value)?;
        let domain = self.domain_of(value.node);
        Ok(Value { node: self.node(Op::Fractions(FractionOp::Of(value.node)), domain), ..value })
    }

    /// Two values in the narrowest shape that both fit.
    pub(super) fn alike(&mut self, left: Value, right: Value) -> Result<(Value, Value), Unplanned> {
        match (self.shape(left.node), self.shape(right.node)) {
            (one, other) if one == other => Ok((left, right)),
            (Shape::Fractions, _) | (_, Shape::Fractions) => Ok((self.fraction(left)?, self.fraction(right)?)),
            _ => Ok((self.widened(left)?, self.widened(right)?)),
        }
    }

    pub(super) fn arithmetic(
        &mut self,
        operator: Arithmetic,
        (left, right): (&Expression, &Expression),
        scope: &Scope<'_>,
    ) -> Result<Value, Unplanned> {
        if !left.kind_of_value.is_number() {
            return self.shifted(operator, (left, right), scope);
        }
        let (left, right) = (self.value(left, scope)?, self.value(right, scope)?);
        match operator {
            Arithmetic::Add => self.sum(Operator::Add, left, right),
            Arithmetic::Subtract => self.sum(Operator::Subtract, left, right),
            Arithmetic::Multiply => self.quotient(Operator::Multiply, left, right),
            Arithmetic::Divide if self.are_numbers(left, right) => self.divided(left, right, 1),
            Arithmetic::Ratio if self.are_numbers(left, right) => self.divided(left, right, 100),
            Arithmetic::Divide => self.quotient(Operator::Divide, left, right),
            Arithmetic::Ratio => {
                let ratio = self.quotient(Operator::Divide, left, right)?;
                let hundred = self.constant(crate::rulebook::Constant::Number(Exact::HUNDRED))?;
                self.quotient(Operator::Multiply, ratio, hundred)
            }
            Arithmetic::Share => {
                let product = self.quotient(Operator::Multiply, left, right)?;
                let hundred = self.constant(crate::rulebook::Constant::Number(Exact::HUNDRED))?;
                self.quotient(Operator::Divide, product, hundred)
            }
        }
    }

    /// An academic year or a semester, so many later or earlier.
    fn shifted(&mut self, operator: Arithmetic, (left, right): (&Expression, &Expression), scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if !matches!(left.kind_of_value, Type::AcademicYear | Type::Semester) {
            return Err(Unplanned("arithmetic on what is no number"));
        }
        let value = self.value(left, scope)?;
        let by = self.value(right, scope)?;
        let thousandths = self.fixed_cells(by.node).and_then(|cells| cells.first().copied());
        let by = thousandths.filter(|cell| self.is_constant(by.place) && cell % SCALE == 0).map(|cell| cell / SCALE);
        let by = match (operator, by) {
            (Arithmetic::Add, Some(by)) => by,
            (Arithmetic::Subtract, Some(by)) => -by,
            _ => return Err(Unplanned("a year moved by a value")),
        };
        let domain = self.domain_of(value.node);
        Ok(Value { node: self.cells(CellOp::Shift { value: value.node, by }, domain), ..value })
    }

    fn sum(&mut self, operator: Operator, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right) = self.alike(left, right)?;
        let (left, right) = if self.shape(left.node) == Shape::Cells { (self.widened(left)?, self.widened(right)?) } else { (left, right) };
        self.calculated(operator, left, right)
    }

    fn quotient(&mut self, operator: Operator, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right) = (self.fraction(left)?, self.fraction(right)?);
        self.calculated(operator, left, right)
    }

    fn are_numbers(&self, left: Value, right: Value) -> bool {
        [left, right].iter().all(|side| matches!(self.shape(side.node), Shape::Cells | Shape::Numbers))
    }

    /// So many times one number by another: the thousandths of both cancel out.
    fn divided(&mut self, left: Value, right: Value, times: i64) -> Result<Value, Unplanned> {
        let (left, right) = (self.widened(left)?, self.widened(right)?);
        let (left, right, place) = self.together(left, right)?;
        let domain = self.place_domain(place);
        Ok(Value { node: self.node(Op::Fractions(FractionOp::Quotient { left, right, times }), domain), place })
    }

    fn calculated(&mut self, operator: Operator, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right, place) = self.together(left, right)?;
        let op = match self.shape(left) {
            Shape::Fractions => Op::Fractions(FractionOp::Calculate { operator, left, right }),
            _ => Op::Numbers(NumberOp::Calculate { operator, left, right }),
        };
        let domain = self.place_domain(place);
        Ok(Value { node: self.node(op, domain), place })
    }

    /// A value rounded; as it is where nothing says how.
    pub(super) fn rounded(&mut self, value: Value, rounding: Option<Rounding>) -> Result<Value, Unplanned> {
        let Some(rounding) = rounding else { return Ok(value) };
        let step = rounding.step.checked_mul(Exact::from_integer(i64::from(SCALE))).and_then(Exact::to_integer);
        let step = step.filter(|step| *step > 0).ok_or(Unplanned("a step finer than a thousandth"))?;
        let value = self.fraction(value)?;
        let domain = self.domain_of(value.node);
        let op = FractionOp::Round { value: value.node, direction: rounding.direction, step };
        Ok(Value { node: self.node(Op::Fractions(op), domain), ..value })
    }

    pub(super) fn extreme(&mut self, extreme: Extreme, values: &[Expression], scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let mut best: Option<Value> = None;
        for value in values {
            let value = self.value(value, scope)?;
            best = Some(match best {
                None => value,
                Some(best) => self.further(extreme, best, value)?,
            });
        }
        best.ok_or(Unplanned("the highest of nothing"))
    }

    fn further(&mut self, extreme: Extreme, left: Value, right: Value) -> Result<Value, Unplanned> {
        let (left, right) = self.alike(left, right)?;
        if self.shape(left.node) != Shape::Cells {
            return self.calculated(if extreme == Extreme::Max { Operator::Larger } else { Operator::Smaller }, left, right);
        }
        let (left, right, place) = self.together(left, right)?;
        let larger = if extreme == Extreme::Max { Larger::Yes } else { Larger::No };
        let domain = self.place_domain(place);
        Ok(Value { node: self.cells(CellOp::Extreme { larger, left, right }, domain), place })
    }

    /// The shape of a node that holds numbers or days.
    pub(super) fn is_measurable(&self, node: NodeId) -> bool {
        matches!(self.shape(node), Shape::Cells | Shape::Numbers | Shape::Fractions)
    }
}
