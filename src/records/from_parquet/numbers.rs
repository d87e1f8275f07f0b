//! Columns of numbers into cells.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array as _, ArrayRef};
use arrow_schema::DataType;

use crate::records::from_parquet::cells::{ALONE, Cells};
use crate::records::from_parquet::shape::Leaf;
use crate::records::values::{NumberText, number_cell};
use crate::vocabulary::{Cell, FieldKind, SCALE};

/// Read a column of numbers.
pub(super) fn numbers(leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>) {
    let number = |number: NumberText<'_>| number_cell(leaf.column.field, number).ok();
    match array.data_type() {
        DataType::Int8 => whole::<Int8Type>(leaf, array, into),
        DataType::Int16 => whole::<Int16Type>(leaf, array, into),
        DataType::Int32 => whole::<Int32Type>(leaf, array, into),
        DataType::Int64 => whole::<Int64Type>(leaf, array, into),
        DataType::UInt8 => whole::<UInt8Type>(leaf, array, into),
        DataType::UInt16 => whole::<UInt16Type>(leaf, array, into),
        DataType::UInt32 => whole::<UInt32Type>(leaf, array, into),
        DataType::UInt64 => whole::<UInt64Type>(leaf, array, into),
        DataType::Float64 => into.each::<Float64Type>(array, |value| match whole_of(value) {
            Some(value) => cell_of(leaf, value),
            None => number(NumberText::Float(value)),
        }),
        // The decimal that is meant is the shortest one that is nearest to the float.
        DataType::Float32 => into.each::<Float32Type>(array, |value| number(NumberText::Float(value.to_string().parse().ok()?))),
        DataType::Decimal32(_, scale) => decimals::<Decimal32Type>(leaf, (array, *scale), into),
        DataType::Decimal64(_, scale) => decimals::<Decimal64Type>(leaf, (array, *scale), into),
        DataType::Decimal128(_, scale) => decimals::<Decimal128Type>(leaf, (array, *scale), into),
        _ => into.all_odd(array),
    }
}

/// Whole numbers below this one need not be looked up: any field of numbers may have them.
const SMALL: Cell = 1_000_000;

fn scale(leaf: &Leaf) -> Cell {
    if leaf.column.kind == FieldKind::Semester { 1 } else { SCALE }
}

fn whole<P: ArrowPrimitiveType>(leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>)
where
    P::Native: TryInto<Cell> + TryInto<i64>,
{
    let Some(numbers) = array.as_primitive_opt::<P>() else { return into.all_odd(array) };
    let scale = scale(leaf);
    let small = |value: P::Native| match TryInto::<Cell>::try_into(value) {
        Ok(number @ 0..SMALL) => number * scale,
        _ => ALONE,
    };
    into.together((numbers.values(), numbers.nulls()), small, |value| cell_of(leaf, value.try_into().ok()?));
}

/// Decimals, which a file keeps as whole numbers: 60 for 6.0.
fn decimals<P: ArrowPrimitiveType>(leaf: &Leaf, (array, scale): (&ArrayRef, i8), into: &mut Cells<'_>)
where
    P::Native: TryInto<Cell> + Into<i128>,
{
    let Some(decimals) = array.as_primitive_opt::<P>() else { return into.all_odd(array) };
    let thousandths = thousandths_in_one(leaf, scale);
    let end = thousandths.map_or(0, |thousandths| SMALL * SCALE / thousandths);
    let small = |value: P::Native| match TryInto::<Cell>::try_into(value) {
        Ok(number) if (0..end).contains(&number) => number * thousandths.unwrap_or(1),
        _ => ALONE,
    };
    let power = 10_i128.checked_pow(u32::from(scale.unsigned_abs())).unwrap_or(i128::MAX);
    into.together((decimals.values(), decimals.nulls()), small, |value| {
        let thousandths = value.into().checked_mul(1000)?;
        let exact = if scale < 0 { thousandths.checked_mul(power)? } else { thousandths.checked_div(power)? };
        let is_exact = scale < 0 || thousandths.checked_rem(power)? == 0;
        let cell = i64::try_from(exact).ok().filter(|_| is_exact)?;
        if cell % 1000 == 0 { cell_of(leaf, cell / 1000) } else { number_cell(leaf.column.field, NumberText::Text(&in_thousandths(cell))).ok() }
    });
}

/// How many thousandths each of a file's whole numbers stands for; nothing where not every one of them is a value of the field.
fn thousandths_in_one(leaf: &Leaf, scale: i8) -> Option<Cell> {
    let fits = match leaf.column.kind {
        FieldKind::Semester => false,
        FieldKind::Integer => scale == 0,
        _ => true,
    };
    let missing = 3_u32.checked_sub(u32::try_from(scale).ok()?)?;
    fits.then(|| 10_i32.pow(missing))
}

fn cell_of(leaf: &Leaf, whole: i64) -> Option<Cell> {
    match Cell::try_from(whole) {
        Ok(number @ 0..SMALL) => Some(number * scale(leaf)),
        _ => number_cell(leaf.column.field, NumberText::Whole(whole)).ok(),
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
