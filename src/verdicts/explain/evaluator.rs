//! The walk over an expression: which operation each node is. The operations themselves stand in `expressions/`, a file a family.

use rustc_hash::FxHashMap;

use crate::rulebook::{Constant, DefinitionId, Expression, ExpressionKind as Kind, Variable};
use crate::verdicts::explain::expressions::End;
use crate::verdicts::explain::{Known, Overrides, Reasons, Recorder, Step, Value};
use crate::verdicts::{NamedValue, SubjectRow, Unknown, World};

/// How many expressions may be open, one inside the other, definitions included: more than anybody writes, and less than the stack holds.
const DEEPEST: usize = 400;

/// Evaluates expressions over one row and what stands around it.
pub(crate) struct Evaluator<'a, R> {
    pub(super) world: World<'a>,
    pub(super) overrides: &'a Overrides,
    pub(super) recorder: R,
    /// The rows that variables stand for; those of the definition being evaluated begin at `base`.
    rows: Vec<Option<SubjectRow>>,
    base: usize,
    /// How many expressions are open, one inside the other.
    depth: usize,
    pub(super) computed: FxHashMap<(DefinitionId, u32), Known<Value>>,
    /// The edge under judgement, for `prior exempted`.
    pub(super) judged_edge: Option<&'a crate::rulebook::Edge>,
}

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(crate) fn new(world: World<'a>, overrides: &'a Overrides, recorder: R) -> Self {
        Self { world, overrides, recorder, rows: Vec::new(), base: 0, depth: 0, computed: FxHashMap::default(), judged_edge: None }
    }

    /// The row that `this` is.
    pub(crate) fn set_this(&mut self, row: SubjectRow) {
        self.rows.clear();
        self.base = 0;
        self.rows.push(Some(row));
    }

    pub(super) fn this(&self) -> Option<SubjectRow> {
        self.row_of(Variable::THIS)
    }

    pub(super) fn row_of(&self, variable: Variable) -> Option<SubjectRow> {
        self.rows.get(self.base + variable.0 as usize).copied().flatten()
    }

    /// Something done while a variable stands for a row.
    pub(super) fn bound<T>(&mut self, variable: Variable, row: SubjectRow, act: impl FnOnce(&mut Self) -> T) -> T {
        let at = self.base + variable.0 as usize;
        if self.rows.len() <= at {
            self.rows.resize(at + 1, None);
        }
        let before = self.rows[at].replace(row);
        let result = act(self);
        self.rows[at] = before;
        result
    }

    /// Something done as if the row were the only one: its own `this`, no other variables.
    pub(super) fn apart<T>(&mut self, row: SubjectRow, act: impl FnOnce(&mut Self) -> T) -> T {
        let (base, length) = (self.base, self.rows.len());
        self.rows.push(Some(row));
        self.base = length;
        let result = act(self);
        self.rows.truncate(length);
        self.base = base;
        result
    }

    pub(crate) fn value(&mut self, expression: &'a Expression) -> Known<Value> {
        self.recorder.enter(Step::Expression, Some(expression.span));
        self.depth += 1;
        let value = if self.depth > DEEPEST { Err(Reasons::one(Unknown::TooDeep(expression.span))) } else { self.compute(expression) };
        self.depth -= 1;
        let world = self.world;
        self.recorder.leave(|| shown(&value, expression, world));
        value
    }

    /// A condition: what is not there is not so.
    pub(crate) fn truth(&mut self, condition: &'a Expression) -> Known<bool> {
        self.value(condition).map(|value| value == Value::Boolean(true))
    }

    fn compute(&mut self, expression: &'a Expression) -> Known<Value> {
        let span = expression.span;
        match expression.kind.as_ref() {
            Kind::Constant(constant) => Ok(self.constant(*constant)),
            Kind::DayOfCheck => Ok(Value::Date(self.world.context.as_of)),
            Kind::YearUnderCheck => Ok(Value::AcademicYear(self.world.context.year)),
            Kind::Variable(variable) => Ok(self.row_of(*variable).map_or(Value::None, Value::Row)),
            Kind::Field { row, field } => self.field(row, *field),
            Kind::Follow { row, link } => self.follow(row, *link, span),
            Kind::Definition { row, definition } => self.definition(row, *definition),
            Kind::DoneCredits { enrolment } => self.of_row(enrolment, Self::done_credits),
            Kind::Tolerable { result } => self.of_row(result, Self::tolerable),
            Kind::List { row, list } => self.of_row(row, |_, row| Ok(Value::List(*list, row.row))),
            Kind::Window { .. } => self.window(expression),
            Kind::Day { year, name } => self.named_day(year, name, span),
            Kind::DayOfYear { .. } => self.day_of_year(expression),
            Kind::Not(condition) => self.truth(condition).map(|truth| Value::Boolean(!truth)),
            Kind::And(conditions) => self.and(conditions),
            Kind::Or(conditions) => self.or(conditions),
            Kind::Arithmetic { operator, left, right } => self.arithmetic(*operator, (left, right), span),
            Kind::AddPeriods { date, added, taken } => self.add_periods(date, (added, taken), span),
            Kind::Compare { order, left, right } => self.compare(*order, left, right),
            Kind::Equal { negated, left, right } => {
                self.equal(left, right).map(|answer| Value::Boolean(answer.is_some_and(|holds| holds != *negated)))
            }
            Kind::Between { negated, value, low, high } => {
                self.between(value, low, high).map(|answer| Value::Boolean(answer.is_some_and(|holds| holds != *negated)))
            }
            Kind::OneOf { negated, value, options } => {
                self.one_of(value, options).map(|answer| Value::Boolean(answer.is_some_and(|holds| holds != *negated)))
            }
            Kind::Test { test, negated, value } => {
                self.test(*test, value).map(|answer| Value::Boolean(answer.is_some_and(|holds| holds != *negated)))
            }
            Kind::Contains { list, value } => self.contains(list, value),
            Kind::If { condition, then, otherwise } => self.either(condition, then, otherwise),
            Kind::Extreme { extreme, values } => self.extreme(*extreme, values),
            Kind::Rounded { value, rounding } => self.rounded(value, *rounding, span),
            Kind::Aggregate { aggregate, list, value } => self.aggregate((*aggregate, span), list, value.as_ref()),
            Kind::Pick { last, list, by } => self.pick((if *last { End::Last } else { End::First }, span), list, by),
            Kind::Quantified { quantifier, list, satisfies } => self.quantified(*quantifier, list, satisfies),
            Kind::Relation(relation) => self.relation(relation, span),
            Kind::Prior { states, when } => self.prior(states, *when).map(Value::Boolean),
            Kind::FirstDayAfter { day, month, after } => self.first_day_after((*day, *month), after, span),
            Kind::FirstWeekdayAfter { weekday, after } => self.first_weekday_after(*weekday, after, span),
            Kind::EndOfMonth(of) => self.end_of_month(of, span),
        }
    }

    fn constant(&self, constant: Constant) -> Value {
        constant_value(constant, self.world)
    }
}

/// The value that a constant of the rules has in a world.
pub(crate) fn constant_value(constant: Constant, world: World<'_>) -> Value {
    match constant {
        Constant::Boolean(truth) => Value::Boolean(truth),
        Constant::Number(number) => Value::Number(number),
        Constant::Date(date) => Value::Date(date),
        Constant::Period(period) => Value::Period(period),
        Constant::AcademicYear(year) => Value::AcademicYear(year),
        Constant::Semester(number) => Value::Semester(number),
        Constant::Text(text) => Value::Text(text),
        Constant::Enumeration(enumeration, index) => Value::Enumeration(enumeration, index),
        Constant::Code(subject, code) => Value::Row(SubjectRow { subject, row: world.row_of_code(subject, code) }),
        Constant::None => Value::None,
    }
}

pub(crate) fn shown(value: &Known<Value>, expression: &Expression, world: World<'_>) -> NamedValue {
    value.as_ref().map_or(NamedValue::Unknown, |value| value.shown(expression.kind_of_value, world))
}
