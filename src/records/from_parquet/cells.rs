//! A column of a file into cells. What is not plainly a value of its field has no cell here: its dossier is looked at as JSON, by the reader that says
//! what is wrong.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{ArrowPrimitiveType, Date32Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};
use chrono::DateTime;

use crate::records::from_json::{Form, Hand};
use crate::records::from_parquet::dictionaries::Memory;
use crate::records::from_parquet::numbers::numbers;
use crate::records::from_parquet::shape::Leaf;
use crate::records::from_parquet::types::a_second;
use crate::records::from_tables::with_offset;
use crate::records::reading::Provisional;
use crate::records::values::{academic_year, day, enumeration_word, instant};
use crate::vocabulary::{Cell, FieldKind, MISSING, Zone, dates};

/// A column in the making.
pub(super) struct Cells<'c> {
    /// A cell for each row; none at all where no row has a value.
    pub(super) cells: &'c mut Vec<Cell>,
    /// Rows with a value that has no cell here.
    pub(super) odd: &'c mut Vec<u32>,
}

/// What stands for a value that has to be looked at alone, while those of its column are looked at together. INVARIANT: none of these has this cell.
pub(super) const ALONE: Cell = MISSING + 1;

/// What a column is read with.
pub(super) struct Reader<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) memories: &'h mut [Memory],
    /// The number of the batch.
    pub(super) batch: u32,
    /// The clock of date-times that say no offset.
    pub(super) clock: Option<Zone>,
}

impl Reader<'_, '_, '_> {
    /// Read a column.
    pub(super) fn column(&mut self, leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>) {
        into.cells.clear();
        if array.null_count() == array.len() {
            return;
        }
        into.cells.reserve(array.len());
        match array.data_type() {
            DataType::Dictionary(_, _) => self.dictionary(leaf, array, into),
            DataType::Utf8 => self.texts(leaf, array.as_string(), into),
            DataType::Boolean => {
                for value in array.as_boolean() {
                    into.cells.push(value.map_or(MISSING, Cell::from));
                }
            }
            DataType::Date32 => {
                let Some(days) = array.as_primitive_opt::<Date32Type>() else { return into.all_odd(array) };
                into.together((days.values(), days.nulls()), |day| if dates::is_possible(day) { day } else { ALONE }, |_| None);
            }
            DataType::Timestamp(unit, zone) => self.instants((*unit, self.clock.filter(|_| zone.is_none())), array, into),
            _ => numbers(leaf, array, into),
        }
    }

    fn texts(&mut self, leaf: &Leaf, texts: &StringArray, into: &mut Cells<'_>) {
        for (row, text) in (0..).zip(texts) {
            let cell = text.map_or(Some(MISSING), |text| self.text(leaf, text));
            into.push(row, cell);
        }
    }

    /// The cell of a text in this batch.
    pub(super) fn text(&mut self, leaf: &Leaf, text: &str) -> Option<Cell> {
        self.lasting_text(leaf, text).or_else(|| match leaf.column.kind {
            FieldKind::Text => Some(self.hand.batch.texts.intern(text).0),
            FieldKind::Reference(subject) => Some(self.hand.code(subject, text)),
            _ => None,
        })
    }

    /// The cell of a text that is the same in every batch; nothing for one that only the records name.
    pub(super) fn lasting_text(&mut self, leaf: &Leaf, text: &str) -> Option<Cell> {
        let field = leaf.column.field;
        if leaf.form == Form::Instant {
            let by_the_clock = self.clock.and_then(|clock| with_offset(text, clock));
            let text = by_the_clock.as_deref().unwrap_or(text);
            return instant(field, text, &mut self.hand.state.clock).ok();
        }
        match leaf.column.kind {
            FieldKind::Text => self.hand.reading.catalogue.texts.find(text).map(|id| id.0),
            FieldKind::Reference(subject) => self.hand.reading.find(subject, text).map(|id| Provisional::Known(id).cell()),
            FieldKind::Enumeration(enumeration) => enumeration_word(field, enumeration, text).ok(),
            FieldKind::Day | FieldKind::EventDay => day(field, text).ok(),
            FieldKind::AcademicYear => academic_year(field.name(), text).ok(),
            FieldKind::Boolean | FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => None,
        }
    }

    fn instants(&mut self, (unit, clock): (TimeUnit, Option<Zone>), array: &ArrayRef, into: &mut Cells<'_>) {
        let (days, parts) = (&mut self.hand.state.clock, a_second(unit));
        let mut cell = |value: i64| {
            let second = value.div_euclid(parts);
            let second = clock.map_or(Some(second), |clock| second_of(second, clock))?;
            days.day_of(second).filter(|day| dates::is_possible(*day))
        };
        match unit {
            TimeUnit::Nanosecond => into.each::<TimestampNanosecondType>(array, &mut cell),
            TimeUnit::Microsecond => into.each::<TimestampMicrosecondType>(array, &mut cell),
            TimeUnit::Millisecond | TimeUnit::Second => into.each::<TimestampMillisecondType>(array, &mut cell),
        }
    }
}

/// The second at which a clock showed a date-time, counted as if it were UTC; nothing where it skipped it.
fn second_of(shown: i64, clock: Zone) -> Option<i64> {
    let moment = DateTime::from_timestamp(shown, 0)?.naive_utc();
    // When the clock is set back an hour passes twice, both times on the same day.
    Some(shown - i64::from(clock.offset_when_showing(moment)?))
}

impl Cells<'_> {
    /// A cell for each value. They are looked at together, which is quick; those that come out as [`ALONE`] are looked at once more, one by one.
    pub(super) fn together<V: Copy>(
        &mut self,
        (values, nulls): (&[V], Option<&NullBuffer>),
        together: impl Fn(V) -> Cell,
        mut alone: impl FnMut(V) -> Option<Cell>,
    ) {
        self.cells.extend(values.iter().map(|value| together(*value)));
        if let Some(nulls) = nulls {
            forget(nulls, self.cells);
        }
        // All are counted, without a branch for each.
        let alone_count = self.cells.iter().filter(|cell| **cell == ALONE).count();
        if alone_count == 0 {
            return;
        }
        for (row, (cell, value)) in (0..).zip(self.cells.iter_mut().zip(values)) {
            if *cell == ALONE {
                let found = alone(*value);
                if found.is_none() {
                    self.odd.push(row);
                }
                *cell = found.unwrap_or(MISSING);
            }
        }
    }

    fn push(&mut self, row: u32, cell: Option<Cell>) {
        if cell.is_none() {
            self.odd.push(row);
        }
        self.cells.push(cell.unwrap_or(MISSING));
    }

    pub(super) fn each<P: ArrowPrimitiveType>(&mut self, array: &ArrayRef, mut cell: impl FnMut(P::Native) -> Option<Cell>) {
        let Some(array) = array.as_primitive_opt::<P>() else { return self.all_odd(array) };
        if array.null_count() == 0 {
            for (row, value) in (0..).zip(array.values()) {
                self.push(row, cell(*value));
            }
            return;
        }
        for (row, value) in (0..).zip(array) {
            self.push(row, value.map_or(Some(MISSING), &mut cell));
        }
    }

    pub(super) fn all_odd(&mut self, array: &ArrayRef) {
        for row in 0..u32::try_from(array.len()).unwrap_or(u32::MAX) {
            self.push(row, None);
        }
    }
}

/// What is null has no value, whatever stands in its place.
fn forget(nulls: &NullBuffer, cells: &mut [Cell]) {
    const WORD: usize = 64;
    let words = nulls.inner().bit_chunks();
    for (cells, word) in cells.chunks_mut(WORD).zip(words.iter().chain([words.remainder_bits()])) {
        if word == 0 {
            cells.fill(MISSING);
            continue;
        }
        let mut nulls = !word;
        while nulls != 0 {
            if let Some(cell) = cells.get_mut(nulls.trailing_zeros() as usize) {
                *cell = MISSING;
            }
            nulls &= nulls - 1;
        }
    }
}
