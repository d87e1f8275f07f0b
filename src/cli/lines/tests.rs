//! However little stays in memory, the lines come back the same.

use proptest::collection::vec;
use proptest::prelude::{prop_assert_eq, proptest};

use super::Lines;
use crate::report::Line;

fn given_back(lines: &[(String, String)], room: usize) -> Vec<String> {
    let mut kept = Lines::with_room(room);
    for (order, text) in lines {
        kept.add(Line { order: order.as_bytes(), text: text.as_bytes() }).unwrap();
    }
    assert_eq!(kept.count(), lines.len());
    let mut in_order = kept.in_order().unwrap();
    let mut given = Vec::new();
    while let Some(line) = in_order.next_line().unwrap() {
        given.push(String::from_utf8(line.to_vec()).unwrap());
    }
    assert_eq!(in_order.next_line().unwrap(), None);
    given
}

/// Of lines with the same place in the order the first comes first.
fn sorted(lines: &[(String, String)]) -> Vec<String> {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|(left, _), (right, _)| left.cmp(right));
    sorted.into_iter().map(|(_, text)| text).collect()
}

proptest! {
    #[test]
    fn lines_come_back_in_order(lines in vec(("[ab]{0,3}", "[a-z\n]{0,9}"), 0..40), room in 0_usize..1200) {
        prop_assert_eq!(given_back(&lines, room), sorted(&lines));
    }
}

#[test]
fn lines_longer_than_what_is_read_at_a_time_are_whole() {
    let line = |number: usize| (format!("{:05}", number * 7919 % 1000), format!("{number}{}\n", "é".repeat(number * 31 % 9000)));
    let lines: Vec<_> = (0..1000).map(line).collect();
    for room in [0, 1 << 15, 1 << 20] {
        assert!(given_back(&lines, room) == sorted(&lines), "{room}");
    }
}
