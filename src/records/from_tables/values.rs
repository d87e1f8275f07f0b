//! The text of a cell as the value of a field. What is not plainly a value is left to the reader of records.

use crate::records::from_json::{BatchRow, Column as FieldColumn, Form as Name, Hand, NotPlain, is_lasting, text_cell};
use crate::records::from_tables::clock::with_offset;
use crate::records::from_tables::columns::{Column, Form};
use crate::records::packed::Packed;
use crate::records::reading::Provisional;
use crate::records::values::{plain_number_cell, small_number_cell};
use crate::vocabulary::{Cell, FieldKind, Subject, Zone, fields};

/// The text that each column of each table had last, and its cell.
#[derive(Debug, Default)]
pub(super) struct Memory {
    columns: Vec<Option<(Packed, Cell)>>,
}

/// So many columns of a table have a place of their own.
const COLUMNS: usize = 64;

impl Memory {
    fn place(&mut self, subject: Subject, column: usize) -> Option<&mut Option<(Packed, Cell)>> {
        if self.columns.is_empty() {
            self.columns.resize(Subject::COUNT * COLUMNS, None);
        }
        self.columns.get_mut(subject as usize * COLUMNS + column).filter(|_| column < COLUMNS)
    }
}

/// What values are read with.
pub(super) struct Values<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) memory: &'h mut Memory,
    /// The time zone of date-times that say none.
    pub(super) clock: Option<Zone>,
}

impl Values<'_, '_, '_> {
    /// The cell of a text in a column of a table.
    #[inline]
    pub(super) fn cell(&mut self, (subject, column): (Subject, &Column), field: &FieldColumn, text: &str) -> Result<Cell, NotPlain> {
        match column.form {
            Form::Number => number(field, text),
            Form::Boolean => match text {
                "true" => Ok(Cell::from(true)),
                "false" => Ok(Cell::from(false)),
                _ => Err(NotPlain),
            },
            Form::Instant => {
                let by_the_clock = self.clock.and_then(|clock| with_offset(text, clock));
                self.any_text((field, Name::Instant), by_the_clock.as_deref().unwrap_or(text))
            }
            Form::Text => self.text((subject, column), field, text),
        }
    }

    /// The course of a row that says nothing else.
    pub(super) fn course(&mut self, text: &str, row: &mut BatchRow) -> Result<(), NotPlain> {
        let column = FieldColumn::new(fields::requested_course::COURSE);
        let cell = self.any_text((&column, Name::Plain), text)?;
        row.put(&column, cell)
    }

    #[inline]
    fn text(&mut self, (subject, column): (Subject, &Column), field: &FieldColumn, text: &str) -> Result<Cell, NotPlain> {
        let packed = Packed::new(text);
        if let (FieldKind::Reference(subject), Some(packed)) = (field.kind, packed)
            && let Some(id) = self.hand.reading.find_packed(subject, packed)
        {
            return Ok(Provisional::Known(id).cell());
        }
        let Some(packed) = packed.filter(|_| is_lasting(field.kind)) else { return self.any_text((field, Name::Plain), text) };
        if let Some(Some((known, cell))) = self.memory.place(subject, column.index)
            && *known == packed
        {
            return Ok(*cell);
        }
        let cell = match self.hand.short_cell(field.kind, packed) {
            Some(cell) => cell,
            None => self.any_text((field, Name::Plain), text)?,
        };
        self.hand.remember(field.kind, (packed, cell));
        if let Some(place) = self.memory.place(subject, column.index) {
            *place = Some((packed, cell));
        }
        Ok(cell)
    }

    #[inline(never)]
    fn any_text(&mut self, (column, form): (&FieldColumn, Name), text: &str) -> Result<Cell, NotPlain> {
        text_cell(self.hand, (*column, form), text).map_err(|_| NotPlain)
    }
}

/// The cell of a number.
#[inline]
fn number(field: &FieldColumn, text: &str) -> Result<Cell, NotPlain> {
    match *text.as_bytes() {
        [ones @ b'0'..=b'9'] => Ok(small_number_cell(field.kind, i32::from(ones - b'0'))),
        [tens @ b'1'..=b'9', ones @ b'0'..=b'9'] => Ok(small_number_cell(field.kind, i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))),
        _ => any_number(field, text),
    }
}

#[inline(never)]
fn any_number(field: &FieldColumn, text: &str) -> Result<Cell, NotPlain> {
    /// So many digits are exact.
    const LONGEST: usize = 15;
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |unsigned| (-1, unsigned));
    let (mut digits, mut before, mut decimals, mut has_point) = (0_i64, 0, 0, false);
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
                if has_point {
                    decimals += 1;
                } else {
                    before += 1;
                }
            }
            b'.' if !has_point => has_point = true,
            _ => return Err(NotPlain),
        }
    }
    let is_number = before > 0 && (before == 1 || !unsigned.starts_with('0')) && has_point == (decimals > 0);
    if !is_number || before + decimals > LONGEST {
        return Err(NotPlain);
    }
    plain_number_cell((field.field, field.kind), (sign * digits, decimals)).ok_or(NotPlain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::number;
    use crate::records::from_json::Column;
    use crate::records::from_tables::draft::is_number;
    use crate::records::values::{NumberText, number_cell};
    use crate::vocabulary::fields;

    proptest! {
        #[test]
        fn numbers_are_those_of_records(text in "-?[0-9]{0,3}[.]?[0-9]{0,5}|[0-9]{8,17}|[-.e0-9]{0,6}") {
            for field in [fields::entry::CREDITS, fields::account_entry::CREDITS, fields::enrolment::PHASE, fields::entry::SEMESTER] {
                let expected = Some(number_cell(field, NumberText::Text(&text)).ok()).filter(|_| is_number(&text) && text.len() <= 15).flatten();
                let found = number(&Column::new(field), &text).ok();
                if text.len() <= 15 {
                    prop_assert_eq!(found, expected, "{}", text);
                } else if let Some(found) = found {
                    prop_assert_eq!(Some(found), number_cell(field, NumberText::Text(&text)).ok());
                }
            }
        }
    }
}
