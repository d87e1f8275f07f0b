//! What a name stands for: a field, a link, a definition.

use crate::records::{Placed, TextId};
use crate::rulebook::{DefinitionId, Expression};
use crate::source::Span;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::{Known, Note, Override, Reasons, Recorder, Step, Value};
use crate::verdicts::{Followed, NamedValue, Read, SubjectRow, Unknown, World};
use crate::vocabulary::{Cell, Field, FieldKind, Link, dates, number_of_cell};

impl<'a, R: Recorder> Evaluator<'a, R> {
    /// Something of the row that an expression leads to; a path through none leads to none.
    pub(in crate::verdicts::explain) fn of_row(
        &mut self,
        row: &'a Expression,
        act: impl FnOnce(&mut Self, SubjectRow) -> Known<Value>,
    ) -> Known<Value> {
        if let Some(row) = self.near(row) {
            return act(self, row);
        }
        let value = self.value(row)?;
        if let Some(row) = value.row() { act(self, row) } else { Ok(value) }
    }

    pub(in crate::verdicts::explain) fn field(&mut self, row: &'a Expression, field: Field) -> Known<Value> {
        self.of_row(row, |evaluator, row| evaluator.field_of(field, row.row))
    }

    /// Whether a field holds.
    pub(in crate::verdicts::explain) fn flag(&mut self, row: &'a Expression, field: Field) -> Known<bool> {
        if field.kind() == FieldKind::Boolean
            && let Some(row) = self.near(row)
        {
            return self.world.given(field, row.row).map(|cell| cell != 0).ok_or_else(|| Reasons::field(field, row.row));
        }
        self.field(row, field).map(Value::holds)
    }

    /// The field of a row on the day of the check.
    pub(in crate::verdicts::explain) fn field_of(&self, field: Field, row: u32) -> Known<Value> {
        let kind = field.kind();
        match self.world.read_as(kind, field, row) {
            Read::Given(cell) => decode(kind, cell).ok_or_else(|| Reasons::field(field, row)),
            Read::NotHappened => Ok(Value::NotHappened),
            Read::Missing => Err(Reasons::field(field, row)),
        }
    }

    pub(in crate::verdicts::explain) fn follow(&mut self, row: &'a Expression, link: Link, span: Span) -> Known<Value> {
        self.of_row(row, |evaluator, row| followed(evaluator.world, link, row, span))
    }

    pub(in crate::verdicts::explain) fn definition(&mut self, row: &'a Expression, definition: DefinitionId) -> Known<Value> {
        self.of_row(row, |evaluator, row| evaluator.definition_of(definition, row))
    }

    /// A definition's value for a row: given by an example, computed before, or computed now.
    pub(in crate::verdicts::explain) fn definition_of(&mut self, definition: DefinitionId, row: SubjectRow) -> Known<Value> {
        if let Some(given) = self.desk.overrides.get(definition, row.row) {
            self.recorder.note(Note::Given);
            return match given {
                Override::Value(value) => Ok(value),
                Override::Unknown => Err(Reasons::one(Unknown::Missing(Placed { subject: row.subject, row: row.row, field: None }))),
            };
        }
        if let Some(value) = self.desk.memory.computed(definition, row.row) {
            self.recorder.note(Note::SeenBefore);
            return value;
        }
        let text = &self.world.context.rulebook.definition(definition).value;
        self.recorder.enter(Step::Definition(definition), Some(text.span));
        let value = self.apart(row, |evaluator| evaluator.value(text));
        let world = self.world;
        self.recorder.leave(|| value.as_ref().map_or(NamedValue::Unknown, |value| value.shown(text.kind_of_value, world)));
        self.desk.memory.keep(definition, row.row, value.clone());
        value
    }
}

fn followed(world: World<'_>, link: Link, row: SubjectRow, span: Span) -> Known<Value> {
    match world.follow(link, row.row) {
        Followed::Row(row) => Ok(Value::Row(SubjectRow { subject: link.to(), row })),
        Followed::None => Ok(Value::None),
        Followed::Tie => Err(Reasons::one(Unknown::Tie(span))),
        Followed::Missing(place) => Err(Reasons::one(Unknown::Missing(place))),
    }
}

/// The value in a cell of a field of this kind.
fn decode(kind: FieldKind, cell: Cell) -> Option<Value> {
    match kind {
        FieldKind::Boolean => Some(Value::Boolean(cell != 0)),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => number_of_cell(cell).map(Value::Number),
        FieldKind::Day | FieldKind::EventDay => dates::date_of_cell(cell).map(Value::Date),
        FieldKind::AcademicYear => Some(Value::AcademicYear(cell)),
        FieldKind::Semester => Some(Value::Semester(cell)),
        FieldKind::Text => Some(Value::Text(TextId(cell))),
        FieldKind::Enumeration(enumeration) => Some(Value::Enumeration(enumeration, cell)),
        FieldKind::Reference(subject) => u32::try_from(cell).ok().map(|row| Value::Row(SubjectRow { subject, row })),
    }
}
