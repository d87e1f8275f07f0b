//! Values that a field can't have, in the middle of a batch and at its borders, in every width that a number has.

use std::sync::Arc;

use arrow_array::{
    Array as _, ArrayRef, Decimal128Array, Int8Array, Int16Array, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use serde_json::json;

use super::written::{Types, in_lists, nested, overflowing, with_column};
use super::{many, said, says_what_records_say};
use crate::worlds::World;

#[test]
fn values_that_a_field_cant_have() {
    let mut records = many(1_400);
    let entry = |number: usize, field: &str| format!("/enrolments/0/isp/entries/{number}/{field}");
    for (row, path, value) in [
        (100, entry(1, "credits"), json!(-6)),
        (511, entry(0, "semester"), json!(-1)),
        (512, entry(1, "credits"), json!(5.5)),
        (513, entry(0, "semester"), json!(1.5)),
        (700, "/enrolments/0/phase".to_owned(), json!(-2)),
        (1_399, "/cohort".to_owned(), json!("2023")),
    ] {
        *records[row].pointer_mut(&path).unwrap() = value;
    }
    let ways = [(Types::Found, 1_000_000), (Types::Texts, 500), (Types::Compact, 1_000_000), (Types::Narrow, 1_000_000)];
    let mut files: Vec<Vec<u8>> = ways.iter().map(|(types, group)| nested(&records, *types, *group)).collect();
    files.push(overflowing(&records, Types::Narrow, 1_000_000));
    let (code, _, set_aside) = says_what_records_say(&records, &files);
    assert_eq!((code, set_aside.len()), (1, 5), "{set_aside:?}");
}

/// Bookings of a learning account, which may be below zero, as several programs write them: how many records are set aside.
fn set_aside(values: &ArrayRef) -> usize {
    let world = World::first_steps();
    world.write("students.parquet", with_column("learning_account", in_lists("credits", values)));
    said(&world, "students.parquet").2.len()
}

#[test]
fn numbers_of_every_width() {
    let decimals = |values: Vec<i128>, (precision, scale)| -> ArrayRef {
        Arc::new(Decimal128Array::from(values).with_precision_and_scale(precision, scale).unwrap())
    };
    let sound: [ArrayRef; 11] = [
        Arc::new(Int8Array::from(vec![None, Some(-60), Some(60), Some(i8::MIN)])),
        Arc::new(Int16Array::from(vec![i16::MIN, 0, i16::MAX])),
        Arc::new(Int32Array::from(vec![-1_000_000, 999_999, 1_000_000, 2_147_483])),
        Arc::new(Int64Array::from(vec![-1_000_000, 999_999, 1_000_000, 2_147_483])),
        Arc::new(UInt8Array::from(vec![0, u8::MAX])),
        Arc::new(UInt16Array::from(vec![0, u16::MAX])),
        Arc::new(UInt32Array::from(vec![0, 2_147_483])),
        Arc::new(UInt64Array::from(vec![0, 2_147_483])),
        decimals(vec![-60, 45, 99_999], (6, 1)),
        decimals(vec![-60_000, 4_500, 999_999_999], (9, 3)),
        decimals(vec![-600_000, 45_000, 1_000], (18, 4)),
    ];
    for values in sound {
        assert_eq!(set_aside(&values), 0, "{}", values.data_type());
    }
    let unfit: [ArrayRef; 7] = [
        Arc::new(Int32Array::from(vec![2_147_484, 1, -2_147_484])),
        Arc::new(Int64Array::from(vec![2_147_484, 1, i64::MIN])),
        Arc::new(UInt32Array::from(vec![u32::MAX, 1, 2_147_484])),
        Arc::new(UInt64Array::from(vec![u64::MAX, 1, 2_147_484])),
        decimals(vec![99_999_999, 1, -99_999_999], (8, 1)),
        decimals(vec![45_001, 10_000, 9], (18, 4)),
        decimals(vec![45_001, 10_000, i128::MAX / 10], (38, 4)),
    ];
    for values in unfit {
        assert_eq!(set_aside(&values), 2, "{}", values.data_type());
    }
}
