//! From names to rows: variables, links, references, definitions that are rows, the first and the last of a list.

use crate::rulebook::{Constant, DefinitionId, Expression, ExpressionKind as Kind, Type};
use crate::vocabulary::{Cell, Field, FieldKind, Link, Subject, fields};

use super::super::column::cell_of_row;
use super::super::program::{CatalogueColumn, CellOp, Domain, DomainId, NodeId, Reduce};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value, normal};
use super::scope::Scope;

impl Builder<'_> {
    /// Where the rows stand that an expression names.
    pub(super) fn place_of(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<PlaceId, Unplanned> {
        if let Some(outer) = scope.outer
            && scope.is_silent_on(expression)
        {
            let place = self.place_of(expression, outer.scope)?;
            return self.lift_place(place, outer.bridge);
        }
        match expression.kind.as_ref() {
            Kind::Variable(variable) if *variable == scope.variable => Ok(scope.place),
            Kind::Field { row, field } => self.referred(row, *field, scope),
            Kind::Follow { row, link: Link::EntryUnit } if scope.own_unit.is_some() && *row.kind == Kind::Variable(scope.variable) => {
                let index = self.constant_cell(scope.own_unit.unwrap_or(super::super::column::PUNT)).node;
                let units = self.table(Subject::Unit);
                Ok(self.child(PlaceId::CONSTANT, index, units))
            }
            Kind::Follow { row, link } => {
                let place = self.place_of(row, scope)?;
                self.follow(place, *link)
            }
            Kind::Definition { row, definition } => {
                let place = self.place_of(row, scope)?;
                self.place_of(&self.world.context.rulebook.definition(*definition).value, &Scope::this(place))
            }
            Kind::Constant(Constant::Code(subject, code)) => {
                let row = self.world.row_of_code(*subject, *code);
                let index = self.cells(CellOp::Constant(cell_of_row(row)), DomainId::ONCE);
                let domain = self.table(*subject);
                Ok(self.child(PlaceId::CONSTANT, index, domain))
            }
            Kind::Pick { last, list, by } => self.pick(if *last { Reduce::Last } else { Reduce::First }, (list, by), scope),
            _ => Err(Unplanned("a row chosen by an expression")),
        }
    }

    /// The row that a reference names.
    fn referred(&mut self, row: &Expression, field: Field, scope: &Scope<'_>) -> Result<PlaceId, Unplanned> {
        let FieldKind::Reference(subject) = field.kind() else { return Err(Unplanned("a row that is no reference")) };
        let place = self.place_of(row, scope)?;
        let index = self.load(field, place);
        let domain = self.table(subject);
        Ok(self.child(place, index, domain))
    }

    /// The raw values of a field over a place of its rows.
    pub(super) fn load(&mut self, field: Field, place: PlaceId) -> NodeId {
        let table = self.table(field.subject);
        let column = self.cells(CellOp::Load(field), table);
        self.of_table(column, place)
    }

    pub(super) fn follow(&mut self, place: PlaceId, link: Link) -> Result<PlaceId, Unplanned> {
        match link {
            Link::Isp | Link::Result => Ok(place),
            Link::Owner(from) => self.owner(place, from),
            Link::EntryUnit => self.unit_of_entry(place),
            Link::Previous => {
                let table = self.table(Subject::Enrolment);
                let column = self.cells(CellOp::Previous, table);
                let index = self.of_table(column, place);
                Ok(self.child(place, index, table))
            }
        }
    }

    /// The row in which a row stands.
    pub(super) fn owner(&mut self, place: PlaceId, from: Subject) -> Result<PlaceId, Unplanned> {
        let owner = from.owner().ok_or(Unplanned("the owner of what stands alone"))?;
        if normal(owner) == normal(from) {
            return Ok(place);
        }
        let domain = self.place_domain(place);
        let index = match self.program.domains[domain.0 as usize] {
            Domain::Pairs(pairs) => {
                let index = self.cells(CellOp::Outer, domain);
                return Ok(self.child(place, index, pairs.outer));
            }
            Domain::Table(subject) => self.cells(CellOp::Owners(subject), domain),
            Domain::Catalogue(subject) => self.cells(CellOp::Catalogue(subject, CatalogueColumn::Owner), domain),
            Domain::Once | Domain::Edges { .. } => return Err(Unplanned("the owner of no row")),
        };
        let table = self.table(owner);
        Ok(self.child(place, index, table))
    }

    /// The row of a subject that a row stands in, itself where it is one.
    pub(super) fn within(&mut self, place: PlaceId, subject: Subject) -> Result<PlaceId, Unplanned> {
        let mut at = place;
        loop {
            let own = self.subject_of(self.place_domain(at)).ok_or(Unplanned("the owner of no row"))?;
            if own == normal(subject) {
                return Ok(at);
            }
            at = self.owner(at, own)?;
        }
    }

    fn unit_of_entry(&mut self, place: PlaceId) -> Result<PlaceId, Unplanned> {
        let enrolment = self.within(place, Subject::Enrolment)?;
        let programme = Value { node: self.load(fields::enrolment::PROGRAMME, enrolment), place: enrolment };
        let programme = self.at(programme, place);
        let course = Value { node: self.load(fields::entry::COURSE, place), place };
        let code = self.numbered(course, Subject::Course, CatalogueColumn::Code).node;
        let index = self.cells(CellOp::UnitOf { programme, code }, self.place_domain(place));
        let units = self.table(Subject::Unit);
        Ok(self.child(place, index, units))
    }

    /// Rows as values: the row's number, or for the catalogue its code.
    pub(super) fn identity(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let Type::Reference(subject) = expression.kind_of_value else { return Err(Unplanned("a row that is no reference")) };
        if let Kind::Constant(Constant::Code(subject, code)) = expression.kind.as_ref() {
            let _ = subject;
            return Ok(self.constant_cell(cell_of_row(code.0)));
        }
        let place = self.place_of(expression, scope)?;
        let row = self.row_value(place);
        match subject {
            Subject::Programme | Subject::Course | Subject::Event | Subject::ClassGroup => Ok(self.numbered(row, subject, CatalogueColumn::Code)),
            Subject::Unit => Err(Unplanned("units compared with each other")),
            _ => Ok(row),
        }
    }

    pub(super) fn constant_cell(&mut self, cell: Cell) -> Value {
        Value { node: self.cells(CellOp::Constant(cell), DomainId::ONCE), place: PlaceId::CONSTANT }
    }

    /// The class of same units of a course that an expression names.
    pub(super) fn class_of(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let place = self.place_of(expression, scope)?;
        let row = self.row_value(place);
        Ok(self.numbered(row, Subject::Course, CatalogueColumn::Class))
    }

    /// A definition's value for the rows at a place.
    pub(super) fn defined(&mut self, definition: DefinitionId, place: PlaceId) -> Result<Value, Unplanned> {
        let key = (definition.0, place);
        if let Some(known) = self.definitions.get(&key) {
            return *known;
        }
        let text = &self.world.context.rulebook.definition(definition).value;
        let value = self.value(text, &Scope::this(place));
        self.definitions.insert(key, value);
        value
    }
}
