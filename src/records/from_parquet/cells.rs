//! A column of a file into cells. What is not plainly a value of its field has no cell here: its dossier is looked at as JSON, by the reader that says
//! what is wrong.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::records::from_json::{Form, Hand};
use crate::records::from_parquet::shape::Leaf;
use crate::records::from_parquet::types::a_second;
use crate::records::from_tables::with_offset;
use crate::records::values::{NumberText, academic_year, day, enumeration_word, instant, number_cell};
use crate::vocabulary::{Cell, FieldKind, MISSING, SCALE, dates};

/// A column in the making.
pub(super) struct Cells<'c> {
    /// A cell for each row; none at all where no row has a value.
    pub(super) cells: &'c mut Vec<Cell>,
    /// Rows with a value that has no cell here.
    pub(super) odd: &'c mut Vec<u32>,
}

/// The cells of one dictionary, as far as they were asked for.
#[derive(Debug, Default)]
pub(super) struct Memory {
    dictionary: Option<ArrayRef>,
    known: Vec<Known>,
}

/// What is known of a text of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    /// Its cell in every batch.
    Always(Cell),
    /// Its cell in the batch of that number: only the records name it.
    In(u32, Cell),
    Odd,
}

impl Memory {
    fn turn_to(&mut self, dictionary: &ArrayRef) {
        if !self.dictionary.as_ref().is_some_and(|known| Arc::ptr_eq(known, dictionary)) {
            self.dictionary = Some(Arc::clone(dictionary));
            self.known.clear();
            self.known.resize(dictionary.len(), Known::Nothing);
        }
    }
}

/// What a column is read with.
pub(super) struct Reader<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) memories: &'h mut [Memory],
    /// The number of the batch.
    pub(super) batch: u32,
    /// The clock of date-times that say no offset.
    pub(super) clock: Option<Tz>,
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
            DataType::Date32 => into.each::<Date32Type>(array, |day| dates::is_possible(day).then_some(day)),
            DataType::Timestamp(unit, zone) => self.instants((*unit, self.clock.filter(|_| zone.is_none())), array, into),
            _ => numbers(leaf, array, into),
        }
    }

    fn texts(&mut self, leaf: &Leaf, texts: &StringArray, into: &mut Cells<'_>) {
        for (row, text) in (0..).zip(texts) {
            let cell = text.map_or(Some(MISSING), |text| self.text(leaf, text).map(|(cell, _)| cell));
            into.push(row, cell);
        }
    }

    /// The cell of a text, and whether it is the same in every batch.
    fn text(&mut self, leaf: &Leaf, text: &str) -> Option<(Cell, Lasting)> {
        let (field, kind) = (leaf.column.field, leaf.column.kind);
        if leaf.form == Form::Instant {
            let by_the_clock = self.clock.and_then(|clock| with_offset(text, clock));
            let text = by_the_clock.as_deref().unwrap_or(text);
            return instant(field, text, &mut self.hand.state.clock).ok().map(|cell| (cell, Lasting::Always));
        }
        let cell = match kind {
            FieldKind::Text => {
                let cell = self.hand.text(text);
                let lasting = if cell < self.hand.reading.catalogue.texts.end() { Lasting::Always } else { Lasting::InThisBatch };
                return Some((cell, lasting));
            }
            FieldKind::Reference(subject) => {
                let cell = self.hand.code(subject, text);
                return Some((cell, if cell < 0 { Lasting::InThisBatch } else { Lasting::Always }));
            }
            FieldKind::Enumeration(enumeration) => enumeration_word(field, enumeration, text),
            FieldKind::Day | FieldKind::EventDay => day(field, text),
            FieldKind::AcademicYear => academic_year(field.name(), text),
            FieldKind::Boolean | FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => {
                return None;
            }
        };
        cell.ok().map(|cell| (cell, Lasting::Always))
    }

    fn dictionary(&mut self, leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>) {
        let Some(array) = array.as_dictionary_opt::<Int32Type>() else { return };
        let Some(texts) = array.values().as_string_opt::<i32>() else { return };
        let mut memory = self.memories.get_mut(leaf.memory).map(std::mem::take).unwrap_or_default();
        memory.turn_to(array.values());
        for (row, key) in (0..).zip(array.keys()) {
            let Some(key) = key else {
                into.cells.push(MISSING);
                continue;
            };
            let key = usize::try_from(key).unwrap_or(usize::MAX);
            let known = memory.known.get(key).copied().unwrap_or(Known::Odd);
            let cell = match known {
                Known::Always(cell) => Some(cell),
                Known::In(batch, cell) if batch == self.batch => Some(cell),
                Known::Odd => None,
                Known::Nothing | Known::In(_, _) => self.look_up(leaf, texts.value(key), &mut memory.known[key]),
            };
            into.push(row, cell);
        }
        if let Some(place) = self.memories.get_mut(leaf.memory) {
            *place = memory;
        }
    }

    fn look_up(&mut self, leaf: &Leaf, text: &str, known: &mut Known) -> Option<Cell> {
        let found = self.text(leaf, text);
        *known = match found {
            Some((cell, Lasting::Always)) => Known::Always(cell),
            Some((cell, Lasting::InThisBatch)) => Known::In(self.batch, cell),
            None => Known::Odd,
        };
        found.map(|(cell, _)| cell)
    }

    fn instants(&mut self, (unit, clock): (TimeUnit, Option<Tz>), array: &ArrayRef, into: &mut Cells<'_>) {
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
fn second_of(shown: i64, clock: Tz) -> Option<i64> {
    let moment = DateTime::<Utc>::from_timestamp(shown, 0)?.naive_utc();
    // When the clock is set back an hour passes twice, both times on the same day.
    Some(clock.from_local_datetime(&moment).earliest()?.timestamp())
}

/// Whether a cell stands for the same in every batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lasting {
    Always,
    InThisBatch,
}

fn numbers(leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>) {
    let field = leaf.column.field;
    let number = |number: NumberText<'_>| number_cell(field, number).ok();
    let is_semester = leaf.column.kind == FieldKind::Semester;
    let whole = |whole: i64| match Cell::try_from(whole) {
        // Most numbers are small: nothing about them has to be looked up.
        Ok(cell @ 0..1_000_000) => Some(if is_semester { cell } else { cell * SCALE }),
        _ => number(NumberText::Whole(whole)),
    };
    match array.data_type() {
        DataType::Int8 => into.each::<Int8Type>(array, |value| whole(value.into())),
        DataType::Int16 => into.each::<Int16Type>(array, |value| whole(value.into())),
        DataType::Int32 => into.each::<Int32Type>(array, |value| whole(value.into())),
        DataType::Int64 => into.each::<Int64Type>(array, whole),
        DataType::UInt8 => into.each::<UInt8Type>(array, |value| whole(value.into())),
        DataType::UInt16 => into.each::<UInt16Type>(array, |value| whole(value.into())),
        DataType::UInt32 => into.each::<UInt32Type>(array, |value| whole(value.into())),
        DataType::UInt64 => into.each::<UInt64Type>(array, |value| whole(i64::try_from(value).ok()?)),
        DataType::Float64 => into.each::<Float64Type>(array, |value| match whole_of(value) {
            Some(value) => whole(value),
            None => number(NumberText::Float(value)),
        }),
        // The decimal that is meant is the shortest one that is nearest to the float.
        DataType::Float32 => into.each::<Float32Type>(array, |value| number(NumberText::Float(value.to_string().parse().ok()?))),
        DataType::Decimal128(_, scale) => {
            let (scale, power) = (*scale, 10_i128.checked_pow(u32::from(scale.unsigned_abs())).unwrap_or(i128::MAX));
            into.each::<Decimal128Type>(array, |value| {
                let thousandths = value.checked_mul(1000)?;
                let exact = if scale < 0 { thousandths.checked_mul(power)? } else { thousandths.checked_div(power)? };
                let is_exact = scale < 0 || thousandths.checked_rem(power)? == 0;
                let cell = i64::try_from(exact).ok().filter(|_| is_exact)?;
                if cell % 1000 == 0 { whole(cell / 1000) } else { number(NumberText::Text(&in_thousandths(cell))) }
            });
        }
        _ => into.all_odd(array),
    }
}

/// The whole number that a float is.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp, reason = "what is not the same is no whole number")]
fn whole_of(value: f64) -> Option<i64> {
    let whole = value as i64;
    (whole as f64 == value).then_some(whole)
}

/// `12.5` as a text: `12.500`.
fn in_thousandths(cell: i64) -> String {
    let sign = if cell < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", cell.unsigned_abs() / 1000, cell.unsigned_abs() % 1000)
}

impl Cells<'_> {
    fn push(&mut self, row: u32, cell: Option<Cell>) {
        if cell.is_none() {
            self.odd.push(row);
        }
        self.cells.push(cell.unwrap_or(MISSING));
    }

    fn each<P: ArrowPrimitiveType>(&mut self, array: &ArrayRef, mut cell: impl FnMut(P::Native) -> Option<Cell>) {
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

    fn all_odd(&mut self, array: &ArrayRef) {
        for row in 0..u32::try_from(array.len()).unwrap_or(u32::MAX) {
            self.push(row, None);
        }
    }
}
