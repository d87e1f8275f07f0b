//! Lists that are empty, that are null, or that hold a null, in rows of several batches.

use serde_json::{Value, json};

use super::written::{Types, nested, overflowing};
use super::{many, says_what_records_say};

#[test]
fn lists_are_empty_or_null_or_hold_nulls() {
    let mut records = many(1_300);
    for (number, record) in records.iter_mut().enumerate() {
        match number % 11 {
            1 => record["enrolments"] = json!([]),
            2 => record["enrolments"][0]["isp"]["entries"] = json!([]),
            3 => record["enrolments"][0]["isp"]["entries"] = Value::Null,
            4 => record["enrolments"][0]["isp"] = Value::Null,
            5 => record["statuses"] = json!([{"status": "working_student", "valid_from": "2023-09-01"}, {"status": "disability"}]),
            6 => record["statuses"] = json!([]),
            7 => record["learning_account"] = json!([]),
            8 => record["learning_account"] = json!([{"booked_on": "2022-09-14", "kind": "deployed", "credits": -60}]),
            _ => {}
        }
    }
    records[700]["enrolments"] = Value::Null;
    for (row, list) in [(701, "/enrolments"), (702, "/enrolments/0/isp/entries"), (1_299, "/enrolments/0/isp/entries")] {
        records[row]["enrolments"] = json!([{"academic_year": "2023-2024", "programme": "PB-BM", "isp": {"entries": [{"course": "BM101"}]}}]);
        records[row].pointer_mut(list).unwrap().as_array_mut().unwrap().push(Value::Null);
    }
    let ways = [(Types::Found, 1_000_000), (Types::Found, 300), (Types::Compact, 513), (Types::Narrow, 1_000_000)];
    let mut files: Vec<Vec<u8>> = ways.iter().map(|(types, group)| nested(&records, *types, *group)).collect();
    files.push(overflowing(&records, Types::Texts, 1_000));
    let (code, found, set_aside) = says_what_records_say(&records, &files);
    assert!(found.lines().count() > 200, "{}", found.lines().count());
    assert_eq!((code, set_aside.len()), (1, 3), "{set_aside:?}");
}
