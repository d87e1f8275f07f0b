//! `ispect generate` from end to end: what it writes and says, in a project and without one, and that a check finds what was planted.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::worlds::{World, assert_shown, root};

/// Each finding about a student, without what it says.
pub(crate) fn findings(lines: &str) -> BTreeSet<String> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let of_students = lines.filter(|line| !line["student"].is_null());
    of_students.map(|line| json!([line["student"], line["check"], line["verdict"], line["subject"]]).to_string()).collect()
}

#[test]
fn a_check_finds_what_was_planted() {
    let world = World::first_steps();
    let asked = ["generate", "--students", "120", "--violations", "12.5", "--output", "made.jsonl", "--expected", "expected.jsonl"];
    let generated = world.run(&asked);
    assert_eq!(generated.code, 0);
    assert_shown("generate", "first_steps", &world.shown(&generated));
    let expected = world.read("expected.jsonl");
    assert_shown("generate", "first_steps_expected", &(expected.lines().take(2).collect::<Vec<_>>().join("\n") + "\n"));
    let checked = world.run(&["check", "made.jsonl", "--format", "jsonl", "--fail-on", "never"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    assert_eq!(findings(&expected).len(), 15);
    assert_eq!(findings(&checked.stdout), findings(&expected));
    let everything = world.run(&["check", "made.jsonl", "--format", "jsonl", "--fail-on", "never", "--all-verdicts"]);
    let found: BTreeSet<String> = findings(&everything.stdout).into_iter().filter(|line| line.contains("\"violated\"")).collect();
    assert_eq!(found, findings(&expected), "the other evaluator finds something else");
}

#[test]
fn lines_go_to_stdout_and_are_the_same_every_time() {
    let world = World::first_steps();
    let once = world.run(&["generate", "--students", "40", "--seed", "9", "--threads", "1"]);
    let again = world.run(&["generate", "--students", "70", "--seed", "9", "--threads", "2"]);
    assert_eq!(once.stdout.lines().count(), 40);
    assert!(again.stdout.starts_with(&once.stdout));
    let none = world.run(&["generate", "--students", "0"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, ""));
}

#[test]
fn a_catalogue_alone_is_enough() {
    let world = World::empty();
    let catalogue = root().join("examples/first-steps/catalogue.json");
    let ran = world.run(&["generate", catalogue.to_str().unwrap(), "--students", "3", "--output", "made.jsonl"]);
    assert_shown("generate", "without_rules", &world.shown(&ran));
    assert_eq!(world.read("made.jsonl").lines().count(), 3);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let world = World::first_steps();
    let before = world.read("students.jsonl");
    let ran = world.run(&["generate", "--students", "5", "--output", "students.jsonl", "--expected", "nowhere/expected.jsonl"]);
    assert_eq!(ran.code, 2);
    assert_eq!(world.read("students.jsonl"), before);
}

#[test]
fn a_share_that_is_none_is_refused() {
    let world = World::first_steps();
    for share in ["-1", "101", "5%", "0.125"] {
        let ran = world.run(&["generate", "--students", "1", &format!("--violations={share}")]);
        assert_eq!(ran.code, 2, "{share}");
        assert!(ran.stderr.contains("from 0 to 100"), "{share}: {}", ran.stderr);
    }
}
