//! A row of a file as JSON, for whoever looks at it closely: the reader that says what is wrong with it, and reports that show it.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Fields, TimeUnit};
use chrono::{DateTime, SecondsFormat, Utc};

use crate::records::Headings;
use crate::records::batch::Written;
use crate::records::from_json::{Target, key_of};
use crate::records::from_parquet::inside::{elements, subject_of};
use crate::records::from_parquet::types::{a_second, name};
use crate::records::from_tables::with_offset;
use crate::vocabulary::dates::date_of_cell;
use crate::vocabulary::{Subject, Zone};

/// The rows of a record batch, which can be written.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) batch: RecordBatch,
    /// The number of its first row in the file, from 1.
    pub(super) first: u32,
    /// The names that the columns stand for, and the clock of date-times that say no offset.
    pub(super) headings: Arc<Headings>,
}

impl Written for Rows {
    fn text(&self, line: u32) -> String {
        let mut writer = Writer { headings: &self.headings, text: String::new() };
        writer.object(Some(Subject::Student), (self.batch.schema_ref().fields(), self.batch.columns()), line.saturating_sub(self.first) as usize);
        writer.text
    }

    fn has(&self, line: u32, path: &str, name: &str) -> bool {
        self.has_member(line, (path, name))
    }
}

/// A row in the making.
struct Writer<'w> {
    headings: &'w Headings,
    text: String,
}

impl Writer<'_> {
    /// The members that have a value, under their names in the record: one that is null is left out. Of what the record does not know no subject is known.
    fn object(&mut self, subject: Option<Subject>, (fields, columns): (&Fields, &[ArrayRef]), row: usize) {
        self.text.push('{');
        for (field, column) in fields.iter().zip(columns).filter(|(_, column)| !is_null(column, row)) {
            self.separate();
            let name = subject.map_or(field.name().as_str(), |subject| self.headings.name_in(subject, field.name()));
            quoted(name, &mut self.text);
            self.text.push(':');
            self.value(subject.and_then(|subject| key_of(subject, name)), column, row);
        }
        self.text.push('}');
    }

    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn value(&mut self, target: Option<Target>, column: &ArrayRef, row: usize) {
        if is_null(column, row) {
            self.text.push_str("null");
        } else if let Some(objects) = column.as_struct_opt() {
            self.object(subject_of(target), (objects.fields(), objects.columns()), row);
        } else if let Some((elements, rows)) = elements(column, row) {
            self.text.push('[');
            for element in rows {
                self.separate();
                self.value(target, elements, element);
            }
            self.text.push(']');
        } else {
            let clock = self.headings.clock.filter(|_| matches!(target, Some(Target::Instant(_))));
            self.scalar(column, row, clock);
        }
    }

    fn scalar(&mut self, column: &ArrayRef, row: usize, clock: Option<Zone>) {
        match plain(column, row) {
            Plain::Bare(plain) => self.text.push_str(&plain),
            Plain::Quoted(plain) => {
                // A date-time without an offset is written as if it were UTC.
                let is_clock = matches!(column.data_type(), DataType::Timestamp(_, None));
                let local = if is_clock { plain.trim_end_matches('Z') } else { &plain };
                let instant = clock.and_then(|clock| with_offset(local, clock));
                quoted(instant.as_deref().unwrap_or(local), &mut self.text);
            }
        }
    }
}

pub(super) fn is_null(column: &ArrayRef, row: usize) -> bool {
    row >= column.len() || *column.data_type() == DataType::Null || column.is_null(row)
}

fn quoted(plain: &str, text: &mut String) {
    let _ = write!(text, "{}", serde_json::Value::from(plain));
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plain {
    /// `12.5`, `true`
    Bare(String),
    /// `BM101`, `2023-10-15`
    Quoted(String),
}

/// A value that is there and is no object and no list.
pub(super) fn plain(column: &ArrayRef, row: usize) -> Plain {
    match column.data_type() {
        DataType::Boolean => Plain::Bare(column.as_boolean().value(row).to_string()),
        DataType::Int8 => bare::<Int8Type>(column, row),
        DataType::Int16 => bare::<Int16Type>(column, row),
        DataType::Int32 => bare::<Int32Type>(column, row),
        DataType::Int64 => bare::<Int64Type>(column, row),
        DataType::UInt8 => bare::<UInt8Type>(column, row),
        DataType::UInt16 => bare::<UInt16Type>(column, row),
        DataType::UInt32 => bare::<UInt32Type>(column, row),
        DataType::UInt64 => bare::<UInt64Type>(column, row),
        DataType::Float32 => float(native::<Float32Type>(column, row).filter(|value| value.is_finite()), column, row),
        DataType::Float64 => float(native::<Float64Type>(column, row).filter(|value| value.is_finite()), column, row),
        DataType::Decimal32(_, scale) => scaled::<Decimal32Type>(column, row, *scale),
        DataType::Decimal64(_, scale) => scaled::<Decimal64Type>(column, row, *scale),
        DataType::Decimal128(_, scale) => scaled::<Decimal128Type>(column, row, *scale),
        DataType::Date32 => {
            let days = native::<Date32Type>(column, row).unwrap_or_default();
            Plain::Quoted(date_of_cell(days).map_or_else(|| format!("day {days}"), |date| date.to_string()))
        }
        DataType::Timestamp(unit, _) => Plain::Quoted(instant(*unit, column, row)),
        _ => Plain::Quoted(words(column, row)),
    }
}

fn native<P: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> Option<P::Native> {
    column.as_primitive_opt::<P>().map(|values| values.value(row))
}

fn bare<P: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> Plain
where
    P::Native: ToString,
{
    Plain::Bare(native::<P>(column, row).map_or_else(String::new, |value| value.to_string()))
}

fn scaled<P: ArrowPrimitiveType>(column: &ArrayRef, row: usize, scale: i8) -> Plain
where
    P::Native: Into<i128>,
{
    Plain::Bare(native::<P>(column, row).map_or_else(String::new, |value| decimal(value.into(), scale)))
}

/// The shortest decimal that is nearest to the float; what is no number is no number in JSON either.
fn float<F: ToString>(finite: Option<F>, column: &ArrayRef, row: usize) -> Plain {
    let odd = || {
        let value = native::<Float64Type>(column, row).or_else(|| native::<Float32Type>(column, row).map(f64::from));
        Plain::Quoted(value.unwrap_or(f64::NAN).to_string())
    };
    finite.map_or_else(odd, |value| Plain::Bare(value.to_string()))
}

/// `-0.060` of -60 thousandths.
fn decimal(value: i128, scale: i8) -> String {
    let (sign, digits) = (if value < 0 { "-" } else { "" }, value.unsigned_abs().to_string());
    let places = usize::from(scale.unsigned_abs());
    if scale <= 0 {
        return format!("{sign}{digits}{}", "0".repeat(if value == 0 { 0 } else { places }));
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, decimals) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{decimals}")
}

fn instant(unit: TimeUnit, column: &ArrayRef, row: usize) -> String {
    moment(unit, column, row).map_or_else(|value| format!("instant {value}"), |at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// A moment of UTC, or of a clock that is not said; its number where it lies outside all calendars.
pub(super) fn moment(unit: TimeUnit, column: &ArrayRef, row: usize) -> Result<DateTime<Utc>, i64> {
    let value = match unit {
        TimeUnit::Nanosecond => native::<TimestampNanosecondType>(column, row),
        TimeUnit::Microsecond => native::<TimestampMicrosecondType>(column, row),
        TimeUnit::Millisecond | TimeUnit::Second => native::<TimestampMillisecondType>(column, row),
    };
    let (value, parts) = (value.unwrap_or_default(), a_second(unit));
    let nanos = value.rem_euclid(parts).saturating_mul(1_000_000_000 / parts);
    DateTime::<Utc>::from_timestamp(value.div_euclid(parts), u32::try_from(nanos).unwrap_or(0)).ok_or(value)
}

fn words(column: &ArrayRef, row: usize) -> String {
    if let Some(dictionary) = column.as_dictionary_opt::<Int32Type>() {
        let key = usize::try_from(dictionary.keys().value(row)).unwrap_or(0);
        return words(dictionary.values(), key);
    }
    // What no field can hold is named, so that the column is not taken for an empty one.
    column.as_string_opt::<i32>().map_or_else(|| name(column.data_type()), |texts| texts.value(row).to_owned())
}
