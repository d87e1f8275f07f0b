//! However little stays in memory, the lines come back the same.

use proptest::collection::vec;
use proptest::prelude::{prop_assert_eq, proptest};

use super::{Finished, InOrder, Lines};
use crate::cli::results::output::Beside;
use crate::report::Line;

/// Lines that are kept, each of another student.
fn kept(mut kept: Lines, lines: &[(String, String)]) -> Lines {
    for (order, text) in lines {
        kept.add(Line { order: order.as_bytes(), text: text.as_bytes() }).unwrap();
        kept.between_students().unwrap();
    }
    assert_eq!(kept.count(), lines.len());
    kept
}

fn given_back(mut lines: InOrder) -> Vec<String> {
    let mut given = Vec::new();
    while let Some(line) = lines.next_line().unwrap() {
        given.push(String::from_utf8(line.to_vec()).unwrap());
    }
    assert_eq!(lines.next_line().unwrap(), None);
    given
}

/// Of lines with the same place in the order the first comes first.
fn sorted(lines: &[(String, String)]) -> Vec<String> {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|(left, _), (right, _)| left.cmp(right));
    sorted.into_iter().map(|(_, text)| text).collect()
}

/// What becomes of lines that may go to a result, and what it holds of them.
fn in_result(lines: &[(String, String)], room: (usize, usize)) -> (Finished, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("findings");
    let result = Beside::open(&file).unwrap();
    let early = result.early("above\n".to_owned());
    let finished = kept(Lines::with_room(room, early), lines).finished().unwrap();
    result.put_in_place().unwrap();
    (finished, std::fs::read_to_string(file).unwrap())
}

proptest! {
    #[test]
    fn lines_come_back_in_order(lines in vec(("[ab]{0,3}", "[a-z\n]{0,9}"), 0..40), room in (0_usize..1200, 0_usize..100)) {
        let kept = kept(Lines::with_room(room, None), &lines);
        prop_assert_eq!(given_back(kept.in_order().unwrap()), sorted(&lines));
    }

    #[test]
    fn a_result_holds_lines_in_order_or_is_made_of_them(lines in vec(("[ab]{0,3}", "[a-z]{0,9}\n"), 0..40), room in (0_usize..1200, 0_usize..100)) {
        match in_result(&lines, room) {
            (Finished::Written, result) => prop_assert_eq!(result, format!("above\n{}", sorted(&lines).concat())),
            (Finished::Unwritten(lines_left), result) => {
                prop_assert_eq!(result, "");
                prop_assert_eq!(given_back(lines_left), sorted(&lines));
            }
            (Finished::OutOfOrder(lines_left), _) => prop_assert_eq!(given_back(lines_left), sorted(&lines)),
        }
    }
}

#[test]
fn lines_that_come_in_order_are_written_as_they_come() {
    let line = |number: usize| (format!("{number:05}"), format!("{number}\n"));
    let lines: Vec<_> = (0..100).map(line).collect();
    assert!(matches!(in_result(&lines, (1000, 1000)), (Finished::Written, _)));
    assert!(matches!(in_result(&lines, (1 << 20, 100)), (Finished::Written, _)));
    assert!(matches!(in_result(&lines, (1 << 20, 1 << 20)), (Finished::Unwritten(_), _)));
    let turned: Vec<_> = lines.into_iter().rev().collect();
    assert!(matches!(in_result(&turned, (1000, 1000)), (Finished::OutOfOrder(_), _)));
    assert!(matches!(in_result(&turned, (1 << 20, 100)), (Finished::OutOfOrder(_), _)));
}

/// Where it is known when a student ends, the lines of one may come in any order.
#[test]
fn the_lines_of_one_student_stay_together() {
    let folder = tempfile::tempdir().unwrap();
    let result = Beside::open(&folder.path().join("findings")).unwrap();
    let mut lines = Lines::with_room((1 << 20, 20), result.early(String::new()));
    for student in 0..100 {
        for entry in [3, 1, 2] {
            let order = format!("{student:05}{entry}");
            lines.add(Line { order: order.as_bytes(), text: order.as_bytes() }).unwrap();
        }
        lines.between_students().unwrap();
    }
    assert!(matches!(lines.finished().unwrap(), Finished::Written));
}

#[test]
fn lines_longer_than_what_is_read_at_a_time_are_whole() {
    let line = |number: usize| (format!("{:05}", number * 7919 % 1000), format!("{number}{}\n", "é".repeat(number * 31 % 9000)));
    let lines: Vec<_> = (0..1000).map(line).collect();
    for room in [0, 1 << 15, 1 << 20] {
        let kept = kept(Lines::with_room((room, room), None), &lines);
        assert!(given_back(kept.in_order().unwrap()) == sorted(&lines), "{room}");
    }
}
