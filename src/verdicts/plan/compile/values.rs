//! Expressions as columns of values: which family makes which; fields and constants here.

use crate::rulebook::{Constant, Expression, ExpressionKind as Kind, Type};
use crate::vocabulary::{Cell, Exact, Field, FieldKind, SCALE, dates, enumerations, fields};

use super::super::column::{FALSE, Fraction, LARGEST, Marked, NONE, TRUE};
use super::super::program::{CellOp, DomainId, FractionOp, NodeId, NumberOp, Op, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::scope::Scope;

impl Builder<'_> {
    /// The value of an expression that is neither a row nor a list.
    pub(super) fn value(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        if let Some(outer) = scope.outer
            && scope.is_silent_on(expression)
        {
            let value = self.value(expression, outer.scope)?;
            return self.lift(value, outer.bridge);
        }
        match expression.kind.as_ref() {
            Kind::Constant(constant) => self.constant(*constant),
            Kind::DayOfCheck => Ok(self.constant_cell(self.world.today)),
            Kind::YearUnderCheck => Ok(self.constant_cell(self.world.context.year)),
            Kind::Field { row, field } => {
                let place = self.place_of(row, scope)?;
                Ok(self.field(*field, place))
            }
            Kind::Definition { row, definition } => {
                let place = self.place_of(row, scope)?;
                self.defined(*definition, place)
            }
            Kind::DoneCredits { enrolment } => {
                let place = self.place_of(enrolment, scope)?;
                let (rows, domain) = (self.rows(place), self.place_domain(place));
                Ok(Value { node: self.node(Op::Numbers(NumberOp::DoneCredits(rows)), domain), place })
            }
            Kind::Window { .. } | Kind::Day { .. } | Kind::DayOfYear { .. } => self.calendar_day(expression, scope),
            Kind::AddPeriods { .. } | Kind::FirstDayAfter { .. } | Kind::FirstWeekdayAfter { .. } | Kind::EndOfMonth(_) => {
                self.day_after(expression, scope)
            }
            Kind::Arithmetic { operator, left, right } => self.arithmetic(*operator, (left, right), scope),
            Kind::Rounded { value, rounding } => {
                let value = self.value(value, scope)?;
                self.rounded(value, Some(*rounding))
            }
            Kind::Extreme { extreme, values } => self.extreme(*extreme, values, scope),
            Kind::If { condition, then, otherwise } => self.either(condition, (then, otherwise), scope),
            Kind::Aggregate { aggregate, list, value } => self.aggregate(*aggregate, (list, value.as_ref()), scope),
            Kind::Tolerable { result } => self.tolerable(result, scope),
            Kind::Condition(condition) => self.condition(condition, scope),
            Kind::Variable(_) | Kind::Follow { .. } | Kind::Pick { .. } => self.identity(expression, scope),
            Kind::List { .. } => Err(Unplanned("a list as a value")),
        }
    }

    /// A condition as truths.
    pub(super) fn truth(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let value = self.value(expression, scope)?;
        match self.shape(value.node) {
            super::super::column::Shape::Truths => Ok(value),
            super::super::column::Shape::Cells => {
                let domain = self.domain_of(value.node);
                Ok(Value { node: self.truths(TruthOp::Of(value.node), domain), ..value })
            }
            _ => Err(Unplanned("a condition that is no truth")),
        }
    }

    pub(super) fn constant(&mut self, constant: Constant) -> Result<Value, Unplanned> {
        Ok(match constant {
            Constant::Boolean(truth) => {
                Value { node: self.truths(TruthOp::Constant(if truth { TRUE } else { FALSE }), DomainId::ONCE), place: PlaceId::CONSTANT }
            }
            Constant::Number(number) => self.constant_number(number)?,
            Constant::Date(date) => self.constant_cell(dates::cell_of_date(date).ok_or(Unplanned("a day beyond all records"))?),
            Constant::AcademicYear(cell) | Constant::Semester(cell) | Constant::Enumeration(_, cell) => self.constant_cell(cell),
            Constant::Text(text) => self.constant_cell(text.0),
            Constant::Code(_, code) => self.constant_cell(super::super::column::cell_of_row(code.0)),
            Constant::None => self.constant_cell(NONE),
            Constant::Period(_) => return Err(Unplanned("a period as a value")),
        })
    }

    /// A number in the narrowest shape that holds it.
    fn constant_number(&mut self, number: Exact) -> Result<Value, Unplanned> {
        let too_large = Unplanned("a number too large");
        let thousandths =
            number.checked_mul(Exact::from_integer(i64::from(SCALE))).and_then(Exact::to_integer).filter(|number| number.abs() < LARGEST);
        let op = match thousandths.map(|number| (number, Cell::try_from(number).ok().filter(|cell| !cell.is_mark()))) {
            Some((_, Some(cell))) => Op::Cells(CellOp::Constant(cell)),
            Some((number, None)) => Op::Numbers(NumberOp::Constant(number)),
            None => {
                let fits = |part: i128| i64::try_from(part).ok().filter(|part| part.abs() < LARGEST).ok_or(too_large);
                let fraction = Fraction { numerator: fits(number.numerator())?, denominator: fits(number.denominator())? };
                Op::Fractions(FractionOp::Constant(fraction))
            }
        };
        Ok(Value { node: self.node(op, DomainId::ONCE), place: PlaceId::CONSTANT })
    }

    /// A field's values on the day of the check.
    pub(super) fn field(&mut self, field: Field, place: PlaceId) -> Value {
        if let Some(year) = self.year_of_checked(field, place) {
            return year;
        }
        if let FieldKind::Reference(subject) = field.kind() {
            let raw = Value { node: self.load(field, place), place };
            return match subject {
                crate::vocabulary::Subject::Unit => raw,
                _ => self.numbered(raw, subject, super::super::program::CatalogueColumn::Code),
            };
        }
        let node = if field.kind() == FieldKind::EventDay { self.event_day(field, place) } else { self.load(field, place) };
        Value { node, place }
    }

    /// The enrolments that are judged are of the year under check.
    fn year_of_checked(&mut self, field: Field, place: PlaceId) -> Option<Value> {
        let is_checked = matches!(self.program.domains[self.place_domain(place).0 as usize], super::super::program::Domain::Pairs(_));
        (field == fields::enrolment::ACADEMIC_YEAR && is_checked).then(|| self.constant_cell(self.world.context.year))
    }

    fn event_day(&mut self, field: Field, place: PlaceId) -> NodeId {
        let table = self.table(field.subject);
        let day = self.cells(CellOp::Load(field), table);
        let proof = self.proof(field, table);
        let column = self.cells(CellOp::EventDay { day, proof }, table);
        self.of_table(column, place)
    }

    /// Whether something else in the record proves that the event has happened.
    fn proof(&mut self, field: Field, table: DomainId) -> Option<NodeId> {
        use enumerations::index;
        let mut load = |field| self.cells(CellOp::Load(field), table);
        let bits = |indexes: &[i32]| indexes.iter().fold(0_u64, |set, index| set | 1 << index);
        Some(match field {
            fields::isp::SUBMITTED_ON => {
                let state = load(fields::isp::STATE);
                let not_sent = self.truths(TruthOp::OneOf { value: state, set: bits(&[index::STATE_NONE, index::STATE_DRAFT]) }, table);
                let not_sent = self.truths(TruthOp::Surely(not_sent), table);
                self.truths(TruthOp::Not(not_sent), table)
            }
            fields::isp::DECIDED_ON => {
                let state = load(fields::isp::STATE);
                self.is_word(state, (field_words(fields::isp::STATE), &["returned", "approved", "rejected"]), table)
            }
            fields::result::DECIDED_ON => {
                let outcome = load(fields::result::OUTCOME);
                let decided = !bits(&[index::OUTCOME_PENDING]);
                let proven = self.truths(TruthOp::OneOf { value: outcome, set: decided }, table);
                self.truths(TruthOp::Surely(proven), table)
            }
            fields::result::TOLERANCE_SETTLED_ON => {
                let tolerance = load(fields::result::TOLERANCE);
                self.truths(TruthOp::Known(tolerance), table)
            }
            fields::request::DECIDED_ON => {
                let outcome = load(fields::request::OUTCOME);
                self.is_word(outcome, (field_words(fields::request::OUTCOME), &["granted", "refused"]), table)
            }
            fields::exemption::GRANTED_ON => {
                let requested = load(fields::exemption::REQUESTED_ON);
                let known = self.truths(TruthOp::Known(requested), table);
                self.truths(TruthOp::Not(known), table)
            }
            _ => return None,
        })
    }

    fn is_word(&mut self, value: NodeId, (enumeration, words): (Option<enumerations::Enumeration>, &[&str]), table: DomainId) -> NodeId {
        let indexes = words.iter().filter_map(|word| enumeration.and_then(|enumeration| enumeration.index_of(word)));
        let set = indexes.fold(0_u64, |set, index| set | 1 << index);
        let found = self.truths(TruthOp::OneOf { value, set }, table);
        self.truths(TruthOp::Surely(found), table)
    }

    fn either(&mut self, condition: &Expression, (then, otherwise): (&Expression, &Expression), scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let condition = self.truth(condition, scope)?;
        let sides = if then.kind_of_value == Type::Boolean {
            (self.truth(then, scope)?, self.truth(otherwise, scope)?)
        } else {
            let (then, otherwise) = (self.value(then, scope)?, self.value(otherwise, scope)?);
            self.alike(then, otherwise)?
        };
        let place = self.common(condition.place, sides.0.place)?;
        let place = self.common(place, sides.1.place)?;
        let (condition, then, otherwise) = (self.at(condition, place), self.at(sides.0, place), self.at(sides.1, place));
        let domain = self.place_domain(place);
        Ok(Value { node: self.choose(condition, (then, otherwise), domain), place })
    }
}

fn field_words(field: Field) -> Option<enumerations::Enumeration> {
    if let FieldKind::Enumeration(enumeration) = field.kind() { Some(enumeration) } else { None }
}
