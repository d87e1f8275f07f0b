//! The walk over an expression: which operation each node is. The operations themselves stand in `expressions/`, a file a family.

use crate::rulebook::{Condition, Constant, Expression, ExpressionKind as Kind, Variable};
use crate::source::Span;
use crate::verdicts::explain::expressions::{Answer, End};
use crate::verdicts::explain::memory::Memory;
use crate::verdicts::explain::{Known, Overrides, Reasons, Recorder, Step, Value};
use crate::verdicts::{NamedValue, SubjectRow, Unknown, World};

/// How many expressions may be open, one inside the other, definitions included: more than anybody writes, and less than the stack holds.
pub(super) const DEEPEST: usize = 400;

/// What a quantifier asks of its elements, and those that settle it the wrong way.
pub(super) type Settling<'a> = (&'a Expression, Vec<SubjectRow>);

/// What a walk is made with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) world: World<'a>,
    pub(crate) overrides: &'a Overrides,
    pub(crate) memory: &'a Memory,
    /// The memory of walks to which nobody listens: what they compute was not seen by one that somebody does.
    pub(crate) aside: &'a Memory,
}

/// Evaluates expressions over one row and what stands around it.
pub(crate) struct Evaluator<'a, R> {
    pub(super) world: World<'a>,
    pub(super) desk: Desk<'a>,
    pub(super) recorder: R,
    /// What the subject is, or what the definition being evaluated is of.
    this: Option<SubjectRow>,
    /// The rows that the variables of list forms stand for; those of the definition being evaluated begin at `base`.
    rows: Vec<Option<SubjectRow>>,
    base: usize,
    /// How many expressions are open, one inside the other.
    pub(super) depth: usize,
    /// While somebody will ask why a condition does not hold: which elements settle its quantifiers.
    pub(super) settling: Option<Vec<Settling<'a>>>,
    /// Whether anything was too deep, so that another walk may find more.
    pub(super) was_too_deep: bool,
    /// The edge under judgement, for `prior exempted`.
    pub(super) judged_edge: Option<&'a crate::rulebook::Edge>,
}

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(crate) fn new(desk: Desk<'a>, recorder: R) -> Self {
        Self {
            world: desk.world,
            desk,
            recorder,
            this: None,
            rows: Vec::new(),
            base: 0,
            depth: 0,
            settling: None,
            was_too_deep: false,
            judged_edge: None,
        }
    }

    /// The row that `this` is.
    pub(crate) fn set_this(&mut self, row: SubjectRow) {
        self.rows.clear();
        self.base = 0;
        self.this = Some(row);
    }

    pub(super) fn this(&self) -> Option<SubjectRow> {
        self.this
    }

    pub(super) fn row_of(&self, variable: Variable) -> Option<SubjectRow> {
        match self.place_of(variable) {
            None => self.this,
            Some(at) => self.rows.get(at).copied().flatten(),
        }
    }

    /// Where the row of a variable is kept; nothing for `this`.
    fn place_of(&self, variable: Variable) -> Option<usize> {
        (variable.0 as usize).checked_sub(1).map(|number| self.base + number)
    }

    /// Something done while a variable stands for a row.
    pub(super) fn bound<T>(&mut self, variable: Variable, row: SubjectRow, act: impl FnOnce(&mut Self) -> T) -> T {
        let Some(at) = self.place_of(variable) else {
            let before = self.this.replace(row);
            let result = act(self);
            self.this = before;
            return result;
        };
        let length = self.rows.len();
        while self.rows.len() <= at {
            self.rows.push(None);
        }
        let before = self.rows[at].replace(row);
        let result = act(self);
        self.rows[at] = before;
        self.rows.truncate(length);
        result
    }

    /// Something done as if the row were the only one: its own `this`, no other variables.
    pub(super) fn apart<T>(&mut self, row: SubjectRow, act: impl FnOnce(&mut Self) -> T) -> T {
        let (base, length, this) = (self.base, self.rows.len(), self.this.replace(row));
        let settling = self.settling.take();
        self.base = length;
        let result = act(self);
        self.rows.truncate(length);
        self.base = base;
        self.this = this;
        self.settling = settling;
        result
    }

    /// Whether no list form's element is bound.
    pub(super) fn is_outside_lists(&self) -> bool {
        self.rows.is_empty()
    }

    /// The value of an expression. What is written out, or stands in a row that is near, is told at once.
    pub(crate) fn value(&mut self, expression: &'a Expression) -> Known<Value> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are walked")]
        match expression.kind.as_ref() {
            Kind::Constant(constant) if self.is_quick() => return Ok(constant_value(*constant, self.world)),
            Kind::Variable(_) | Kind::Follow { .. } => {
                if let Some(row) = self.near(expression) {
                    return Ok(Value::Row(row));
                }
            }
            Kind::Field { row, field } => {
                if let Some(row) = self.near(row) {
                    return self.field_of(*field, row.row);
                }
            }
            _ => {}
        }
        self.walk(expression)
    }

    fn walk(&mut self, expression: &'a Expression) -> Known<Value> {
        self.recorder.enter(Step::Expression, Some(expression.span));
        self.depth += 1;
        let value = if self.depth > DEEPEST { self.too_deep(expression) } else { self.compute(expression) };
        self.depth -= 1;
        let world = self.world;
        self.recorder.leave(|| shown(&value, expression, world));
        value
    }

    fn too_deep(&mut self, expression: &Expression) -> Known<Value> {
        self.was_too_deep = true;
        Err(Reasons::one(Unknown::TooDeep(expression.span)))
    }

    /// A condition: what is not there is not so.
    pub(crate) fn truth(&mut self, condition: &'a Expression) -> Known<bool> {
        if R::LISTENS || self.depth >= DEEPEST {
            return self.walk(condition).map(Value::holds);
        }
        self.depth += 1;
        let truth = self.decided(condition);
        self.depth -= 1;
        truth
    }

    /// Whether an expression that is open already holds.
    fn decided(&mut self, expression: &'a Expression) -> Known<bool> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are values, and hold where they are true")]
        match expression.kind.as_ref() {
            Kind::Condition(condition) => self.holds(condition, expression.span),
            Kind::Field { row, field } => self.flag(row, *field),
            Kind::Definition { row, definition } => self.definition(row, *definition).map(Value::holds),
            _ => self.compute(expression).map(Value::holds),
        }
    }

    fn holds(&mut self, condition: &'a Condition, span: Span) -> Known<bool> {
        let unless = |answer: Known<Answer>, negated: bool| answer.map(|answer| answer.is_some_and(|holds| holds != negated));
        match condition {
            Condition::Not(condition) => self.truth(condition).map(|truth| !truth),
            Condition::And(conditions) => self.and(conditions),
            Condition::Or(conditions) => self.or(conditions),
            Condition::Compare { order, left, right } => self.compare(*order, left, right),
            Condition::Equal { negated, left, right } => unless(self.equal(left, right), *negated),
            Condition::Between { negated, value, low, high } => unless(self.between(value, low, high), *negated),
            Condition::OneOf { negated, value, options } => unless(self.one_of(value, options), *negated),
            Condition::Test { test, negated, value } => unless(self.test(*test, value), *negated),
            Condition::Contains { list, value } => self.contains(list, value),
            Condition::Quantified { quantifier, list, satisfies } => self.quantified(*quantifier, list, satisfies),
            Condition::Relation(relation) => self.relation(relation, span),
            Condition::Prior { states, when } => self.prior(states, *when),
        }
    }

    fn compute(&mut self, expression: &'a Expression) -> Known<Value> {
        let span = expression.span;
        match expression.kind.as_ref() {
            Kind::Constant(constant) => Ok(constant_value(*constant, self.world)),
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
            Kind::Condition(condition) => self.holds(condition, span).map(Value::Boolean),
            Kind::Arithmetic { operator, left, right } => self.arithmetic(*operator, (left, right), span),
            Kind::AddPeriods { date, added, taken } => self.add_periods(date, (added, taken), span),
            Kind::If { condition, then, otherwise } => self.either(condition, then, otherwise),
            Kind::Extreme { extreme, values } => self.extreme(*extreme, values),
            Kind::Rounded { value, rounding } => self.rounded(value, *rounding, span),
            Kind::Aggregate { aggregate, list, value } => self.aggregate((*aggregate, span), list, value.as_ref()),
            Kind::Pick { last, list, by } => self.pick((if *last { End::Last } else { End::First }, span), list, by),
            Kind::FirstDayAfter { day, month, after } => self.first_day_after((*day, *month), after, span),
            Kind::FirstWeekdayAfter { weekday, after } => self.first_weekday_after(*weekday, after, span),
            Kind::EndOfMonth(of) => self.end_of_month(of, span),
        }
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
