//! Exact numbers: arithmetic, rounding, the higher of several, in the narrowest shape that is exact.

use crate::rulebook::{Arithmetic, Expression, Rounding, Type};
use crate::syntax::ast::Direction;
use crate::syntax::expression::Extreme;
use crate::vocabulary::{Exact, SCALE};

use super::super::column::{LARGEST, Shape};
use super::super::program::{CellOp, Comparison, DomainId, FractionOp, Larger, NodeId, NumberOp, Op, Operator, TruthOp};
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

    /// A quotient, rounded or not, against a limit that is always the same, without the quotient.
    pub(super) fn ratio(&self, comparison: Comparison, left: NodeId, right: NodeId) -> Option<TruthOp> {
        let op = |node: NodeId| &self.program.nodes[node.0 as usize].op;
        let (value, rounding) = match op(left) {
            Op::Fractions(FractionOp::Round { value, direction, step }) => (*value, Some((*direction, *step))),
            _ => (left, None),
        };
        let Op::Fractions(FractionOp::Quotient { left, right: divisor, times }) = *op(value) else { return None };
        let limit = self.fixed_fractions(right).filter(|_| self.domain_of(right) == DomainId::ONCE)?.first()?;
        let limit = Exact::new(i128::from(limit.numerator), i128::from(limit.denominator))?;
        let (comparison, limit) = match rounding {
            Some((direction, step)) => before_rounding(comparison, limit, (direction, Exact::new(i128::from(step), i128::from(SCALE))?))?,
            None => (comparison, limit),
        };
        let fits = |part: i128| i64::try_from(part).ok().filter(|part| part.abs() < LARGEST);
        let times = i128::from(times).checked_mul(limit.denominator()).and_then(fits)?;
        Some(TruthOp::Ratio { comparison, left, right: divisor, times, limit: fits(limit.numerator())? })
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

/// How a number compares with a limit before it is rounded to a multiple of a step, if afterwards it compares so with another.
fn before_rounding(comparison: Comparison, limit: Exact, (direction, step): (Direction, Exact)) -> Option<(Comparison, Exact)> {
    let steps = limit.checked_div(step)?;
    let (below, one) = (steps.floor(), Exact::from_integer(1));
    // The least multiple that is at least the limit, or more than it.
    let least = match comparison {
        Comparison::GreaterOrEqual | Comparison::Less if steps.is_whole() => below,
        Comparison::GreaterOrEqual | Comparison::Less | Comparison::Greater | Comparison::LessOrEqual => below.checked_add(one)?,
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    let half = Exact::new(1, 2)?;
    let (from, included) = match direction {
        Direction::Down => (least, true),
        Direction::Up => (least.checked_sub(one)?, false),
        Direction::HalfUp => (least.checked_sub(half)?, true),
        Direction::HalfDown => (least.checked_sub(half)?, false),
        Direction::HalfEven => (least.checked_sub(half)?, least.checked_mul(half)?.is_whole()),
    };
    let reaches = if included { Comparison::GreaterOrEqual } else { Comparison::Greater };
    let comparison = match comparison {
        Comparison::GreaterOrEqual | Comparison::Greater => reaches,
        _ => reaches.negated(),
    };
    Some((comparison, from.checked_mul(step)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIRECTIONS: [Direction; 5] = [Direction::Up, Direction::Down, Direction::HalfUp, Direction::HalfDown, Direction::HalfEven];
    const COMPARISONS: [Comparison; 4] = [Comparison::Less, Comparison::LessOrEqual, Comparison::Greater, Comparison::GreaterOrEqual];

    fn holds(comparison: Comparison, left: Exact, right: Exact) -> bool {
        match comparison {
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
        }
    }

    /// Law: what a number is told before it is rounded, it is told after.
    #[test]
    fn a_limit_before_rounding_is_the_limit_after() {
        let numbers: Vec<Exact> = (-24..=24).flat_map(|parts| [1, 3, 4, 7].map(|whole| Exact::new(parts, whole).unwrap())).collect();
        let steps = [(1, 1), (1, 2), (3, 1), (1, 10)].map(|(parts, whole)| Exact::new(parts, whole).unwrap());
        for (direction, step) in DIRECTIONS.into_iter().flat_map(|direction| steps.map(|step| (direction, step))) {
            let rounding = Rounding { direction, step };
            for (comparison, limit) in COMPARISONS.into_iter().flat_map(|comparison| numbers.iter().map(move |limit| (comparison, *limit))) {
                let (before, least) = before_rounding(comparison, limit, (direction, step)).unwrap();
                for number in &numbers {
                    let after = holds(comparison, rounding.apply(*number).unwrap(), limit);
                    assert_eq!(holds(before, *number, least), after, "{number:?} {rounding:?} {comparison:?} {limit:?}");
                }
            }
        }
    }
}
