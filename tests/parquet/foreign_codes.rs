//! Codes that the catalogue lacks: kept in an earlier year, set aside in the year under check.

use serde_json::json;

use super::written::{Types, nested, overflowing};
use super::{many, says_what_records_say};

#[test]
fn codes_that_the_catalogue_lacks() {
    let mut records = many(1_600);
    for (number, record) in records.iter_mut().enumerate().filter(|(number, _)| number % 4 == 0) {
        let entries = json!([
            {"course": format!("OLD{}", number % 56), "credits": 5, "result": {"score": 12, "outcome": "passed"}},
            {"course": "BM101", "credits": 12, "result": {"score": 7, "outcome": "failed"}},
        ]);
        let earlier =
            json!({"academic_year": "2019-2020", "programme": "PB-OLD", "contract": "diploma", "isp": {"state": "approved", "entries": entries}});
        record["enrolments"].as_array_mut().unwrap().insert(0, earlier);
    }
    for row in [5, 600, 601, 1_111, 1_599] {
        let enrolments = records[row]["enrolments"].as_array_mut().unwrap();
        enrolments.last_mut().unwrap()["isp"]["entries"][0]["course"] = json!(format!("OLD{}", row % 56));
    }
    let ways = [(Types::Found, 1_000_000), (Types::Found, 700), (Types::Texts, 100)];
    let mut files: Vec<Vec<u8>> = ways.iter().map(|(types, group)| nested(&records, *types, *group)).collect();
    files.push(overflowing(&records, Types::Compact, 1_000_000));
    let (code, found, set_aside) = says_what_records_say(&records, &files);
    assert!(found.lines().count() > 500, "{}", found.lines().count());
    assert_eq!((code, set_aside.len()), (1, 5), "{set_aside:?}");
}
