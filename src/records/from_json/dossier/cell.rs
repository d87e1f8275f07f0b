//! One value into one cell.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::records::Placed;
use crate::records::from_json::dossier::hand::Hand;
use crate::records::from_json::dossier::keys::Column;
use crate::records::from_json::dossier::row::Cells;
use crate::records::problems::RecordProblem;
use crate::records::values::{
    Found, NumberText, ValueProblem, academic_year, day, enumeration_word, expected, instant, number_cell, text_for_number,
};
use crate::vocabulary::{Cell, FieldKind, dates};

/// Reads the value of a field.
pub(super) struct CellSeed<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) column: Column,
    pub(super) row: u32,
    /// The cells of its row.
    pub(super) cells: &'h mut Cells,
    pub(super) form: Form,
}

/// Which of a field's two names was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `submitted_on`
    Plain,
    /// `submitted_at`
    Instant,
}

impl CellSeed<'_, '_, '_> {
    fn name(&self) -> &'static str {
        match self.form {
            Form::Plain => self.column.field.name(),
            Form::Instant => self.column.alias.unwrap_or(self.column.field.name()),
        }
    }

    fn wrong_kind<E: Error>(self, found: Found) -> E {
        let expected = match self.form {
            Form::Plain => expected(self.column.field),
            Form::Instant => "an instant such as \"2023-10-15T22:30:00+02:00\"",
        };
        let field = self.name();
        self.hand.fail(ValueProblem::wrong_kind(field, expected, found))
    }

    fn keep<E: Error>(self, cell: Result<Cell, ValueProblem>) -> Result<(), E> {
        let cell = match cell {
            Ok(cell) => cell,
            Err(problem) => return Err(self.hand.fail(problem)),
        };
        match self.cells.put(self.column.field, cell) {
            Ok(()) => Ok(()),
            Err(other) => Err(self.contradicted(cell, other)),
        }
    }

    fn contradicted<E: Error>(self, cell: Cell, other: Cell) -> E {
        let shown = |cell| dates::date_of_cell(cell).map_or_else(String::new, |date| date.to_string());
        let (plain, alias) = (self.column.field.name(), self.column.alias.unwrap_or_default());
        let (day, day_of_instant) = if self.form == Form::Plain { (cell, other) } else { (other, cell) };
        self.hand.fail(RecordProblem::ContradictingDays { first: plain, first_day: shown(day), second: alias, second_day: shown(day_of_instant) })
    }

    fn number<E: Error>(self, number: NumberText<'_>, shown: impl Fn() -> String) -> Result<(), E> {
        if !self.column.kind.is_number() {
            return Err(self.wrong_kind(Found::Number(shown())));
        }
        let cell = number_cell(self.column.field, number);
        self.keep(cell)
    }
}

/// The cell of a text.
#[inline]
pub(crate) fn text_cell(hand: &mut Hand<'_, '_>, (column, form): (Column, Form), text: &str) -> Result<Cell, ValueProblem> {
    let field = column.field;
    if form == Form::Instant {
        return instant(field, text, &mut hand.state.clock);
    }
    match column.kind {
        FieldKind::Text => Ok(hand.text(text)),
        FieldKind::Reference(subject) => Ok(hand.code(subject, text)),
        FieldKind::Enumeration(enumeration) => enumeration_word(field, enumeration, text),
        FieldKind::Day | FieldKind::EventDay => day(field, text),
        FieldKind::AcademicYear => academic_year(field.name(), text),
        FieldKind::Boolean => Err(ValueProblem::wrong_kind(field.name(), expected(field), Found::text(text))),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => Err(text_for_number(field, text)),
    }
}

impl<'de> DeserializeSeed<'de> for CellSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(expected(self.column.field))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        if self.column.kind == FieldKind::Boolean { self.keep(Ok(Cell::from(value))) } else { Err(self.wrong_kind(Found::Boolean(value))) }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.number(NumberText::Whole(value), || value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        // Past the range of a cell all numbers are alike: too large.
        self.number(NumberText::Whole(i64::try_from(value).unwrap_or(i64::MAX)), || value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.hand.state.decimals.push(Placed { subject: self.column.field.subject, row: self.row, field: Some(self.column.field) });
        self.number(NumberText::Float(value), || value.to_string())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let cell = text_cell(self.hand, (self.column, self.form), value);
        self.keep(cell)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(self.wrong_kind(Found::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(self.wrong_kind(Found::Object))
    }
}
