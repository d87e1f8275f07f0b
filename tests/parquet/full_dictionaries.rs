//! Dictionaries that are full in the middle of a row group, so that the rest of it stands in plain pages.

use serde_json::json;

use super::written::{Types, overflowing};
use super::{many, says_what_records_say};

#[test]
fn a_dictionary_is_full_in_the_middle_of_a_row_group() {
    let mut records = many(2_000);
    for (number, record) in records.iter_mut().enumerate() {
        let day = format!("2023-09-{:02}", 1 + number / 100);
        record["enrolments"][0]["enrolled_on"] = json!(day);
        record["diplomas"] = json!([{"level": "secondary", "name": format!("School {}", number / 3), "awarded_on": day}]);
        record["enrolments"][0]["isp"]["entries"][0]["credits"] = json!(number % 300);
        if number > 900 {
            record["enrolments"][0]["option"] = json!(format!("O{}", number % 40));
        }
    }
    records[1_500]["enrolments"][0]["contract"] = json!("diplomma");
    let ways = [(Types::Texts, 1_000_000), (Types::Compact, 1_000_000), (Types::Found, 1_200), (Types::Narrow, 1_000_000)];
    let files: Vec<Vec<u8>> = ways.iter().map(|(types, group)| overflowing(&records, *types, *group)).collect();
    let (code, found, set_aside) = says_what_records_say(&records, &files);
    assert!(found.lines().count() > 600, "{}", found.lines().count());
    assert_eq!((code, set_aside.len()), (1, 1), "{set_aside:?}");
}
