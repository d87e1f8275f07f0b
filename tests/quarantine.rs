//! What is set aside is kept so that it can be mended and checked alone, and too much of it ends the run; threads change nothing.

use std::fmt::Write as _;

use crate::tables;
use crate::worlds::{World, assert_shown};

const KEPT: [&str; 2] = ["aside.jsonl", "aside.jsonl.reasons.csv"];

/// The first steps with lines that are broken in many ways.
fn broken() -> World {
    let world = World::first_steps();
    let good = world.read("students.jsonl");
    let good: Vec<&str> = good.lines().collect();
    let mut lines = vec![good[0].as_bytes().to_vec(), good[1].get(..70).unwrap().as_bytes().to_vec()];
    lines.push(b"{\"student\":\"caf\xe9\"}".to_vec());
    lines.push(good[0].as_bytes().to_vec());
    lines.push(good[2].replace("BM103", "=BM999").into_bytes());
    lines.push(b"\x00\x01\xff".to_vec());
    world.write("broken.jsonl", lines.join(&b'\n'));
    world
}

fn kept(world: &World) -> String {
    KEPT.iter().fold(String::new(), |mut text, name| {
        let content = std::fs::read(world.path().join(name)).unwrap();
        let _ = write!(text, "---- {name} ----\n{}", String::from_utf8_lossy(&content));
        text
    })
}

#[test]
fn lines_are_kept_as_they_stand() {
    let world = broken();
    let ran = world.run(&["check", "broken.jsonl", "--quarantine", KEPT[0], "--format", "concise"]);
    assert_eq!(ran.code, 3);
    assert_shown("quarantine", "lines", &format!("{}{}", world.shown(&ran), kept(&world)));
    let original = std::fs::read(world.path().join("broken.jsonl")).unwrap();
    let original: Vec<&[u8]> = original.split(|byte| *byte == b'\n').collect();
    let aside = std::fs::read(world.path().join(KEPT[0])).unwrap();
    let aside: Vec<&[u8]> = aside.split(|byte| *byte == b'\n').collect();
    assert_eq!(aside, [&original[1..], &[b""]].concat(), "byte for byte");
}

#[test]
fn what_was_mended_is_checked_alone() {
    let world = broken();
    let _ = world.run(&["check", "broken.jsonl", "--quarantine", KEPT[0]]);
    let ran = world.run(&["check", KEPT[0], "--quarantine", "again.jsonl"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("4 records set aside"), "the second dossier of a student is alone now: {}", ran.stdout);
    let good = world.read("students.jsonl");
    let mended: String = good.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    world.write(KEPT[0], mended);
    let ran = world.run(&["check", KEPT[0], "--quarantine", "again.jsonl"]);
    assert_eq!((ran.code, world.read("again.jsonl").as_str()), (0, ""));
    assert_eq!(ran.stderr, "ispect: nothing was set aside: again.jsonl is empty\n");
    assert_eq!(world.read("again.jsonl.reasons.csv").lines().count(), 1);
}

#[test]
fn a_record_in_a_list_is_kept_on_one_line() {
    let world = World::first_steps();
    world.write("list.json", "[\n  {\n    \"student\": \"r1\",\n    \"cohort\": \"2023-2025\"\n  },\n  {\n    \"student\": \"r2\"\n  }\n]\n");
    let ran = world.run(&["check", "list.json", "--quarantine", KEPT[0]]);
    assert_eq!(ran.code, 3);
    let text = world.read(KEPT[0]);
    assert!(text.lines().count() == 1 && text.contains("2023-2025"), "{text}");
}

/// A case: its name, and what is done to the tables.
type Case = (&'static str, fn(&World));

const TABLES: &[Case] = &[
    ("row_too_short", |world| world.change("exports/entry.csv", ";BM101;", ";")),
    ("student_row_too_long", |world| world.change("exports/student.csv", "r0000002;2023-2024", "r0000002;2023-2024;;x")),
    ("enrolment_of_another_year", |world| world.change("exports/enrolment.csv", "2023-2024;diploma", "2022-2023;diploma")),
    ("no_row_of_the_student", |world| world.change("exports/student.csv", "r0000002;2023-2024\n", "")),
    ("student_twice", |world| world.change("exports/student.csv", "r0000002;2023-2024\n", "r0000002;2023-2024\nr0000002;2022-2023\n")),
    ("impossible_value", |world| world.change("exports/entry.csv", ";1,5;", ";-1,5;")),
];

#[test]
fn rows_of_a_student_are_kept_as_a_record() {
    for (name, change) in TABLES {
        let world = tables::first_steps();
        change(&world);
        let ran = world.run(&["check", "exports", "--quarantine", KEPT[0], "--format", "concise"]);
        assert_shown("quarantine", name, &format!("{}{}", world.shown(&ran), kept(&world)));
        let again = world.run(&["check", KEPT[0], "--format", "concise"]);
        if *name != "student_twice" {
            assert!(again.stdout.starts_with("0 dossiers") || again.stderr.contains("\n0 dossiers"), "{name}: {}{}", again.stdout, again.stderr);
        }
    }
}

/// Several blocks of dossiers, of which every fiftieth is broken.
fn cohort(world: &World) {
    let line = world.read("students.jsonl").lines().next().unwrap().to_owned();
    let lines = (0..6_000).map(|number| {
        let line = line.replace("r0000001", &format!("r{number:07}"));
        if number % 50 == 49 { line.replace("2023-2024", "2023-2025") } else { line }
    });
    world.write("cohort.jsonl", lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn threads_change_nothing_of_what_is_set_aside() {
    let world = World::first_steps();
    cohort(&world);
    let mut seen = Vec::new();
    for threads in ["1", "2", "5"] {
        let ran = world.run(&["check", "cohort.jsonl", "--quarantine", KEPT[0], "--threads", threads, "--format", "jsonl"]);
        assert_eq!(ran.code, 3);
        seen.push((ran.stdout, kept(&world)));
        let most = ["check", "cohort.jsonl", "--max-quarantined", "41", "--quarantine", "never.jsonl", "--output", "never.txt", "--threads", threads];
        let ran = world.run(&most);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains("more than 41 of the records; reading stopped at cohort.jsonl:2100"), "{}", ran.stderr);
        assert_eq!(std::fs::read_dir(world.path()).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() == *"never.jsonl").count(), 0);
        assert!(!world.path().join("never.txt").exists() && !world.path().join("never.jsonl.reasons.csv").exists());
    }
    assert_eq!(seen[0].1.lines().filter(|line| line.starts_with('{')).count(), 120);
    assert!(seen.iter().all(|one| *one == seen[0]));
}

#[test]
fn no_more_than_allowed_is_set_aside() {
    let world = broken();
    let check = |most: &str| world.run(&["check", "broken.jsonl", "--max-quarantined", most, "--format", "concise"]);
    assert_eq!(check("5").code, 3);
    assert_eq!(check("84%").code, 3);
    let drawn = world.run(&["check", "broken.jsonl", "--max-quarantined", "0"]);
    assert_shown("quarantine", "more_than_none", &world.shown(&drawn));
    assert_shown("quarantine", "more_than_a_number", &world.shown(&check("2")));
    assert_shown("quarantine", "more_than_a_share", &world.shown(&check("83.3%")));
    assert_shown("quarantine", "no_number", &world.shown(&check("few")));
    assert_eq!(check("-1").code, 2);
}

#[test]
fn what_is_read_is_never_written_over() {
    let world = broken();
    for (file, output) in [("broken.jsonl", "findings.txt"), ("./broken.jsonl", "findings.txt"), ("findings.txt", "findings.txt")] {
        let ran = world.run(&["check", "broken.jsonl", "--quarantine", file, "--output", output]);
        assert_eq!(ran.code, 2, "{file}");
        assert!(ran.stderr.contains("files::unwritable") && !world.path().join("findings.txt").exists(), "{}", ran.stderr);
    }
    for file in ["broken.jsonl", "students.jsonl", "catalogue.json", "ispect.toml", "regulations/first.regs"] {
        let read = || std::fs::read(world.path().join(file)).unwrap();
        let before = read();
        for flag in ["--output", "--quarantine"] {
            let ran = world.run(&["check", "broken.jsonl", "--format", "jsonl", flag, file]);
            assert!(ran.code == 2 && read() == before, "{flag} {file}");
            assert!(ran.stderr.contains("files::unwritable"), "{}", ran.stderr);
        }
    }
    world.change("regulations/first.regs", "value enrolled_credits", "value nonsense");
    assert_eq!(world.run(&["check", "broken.jsonl", "--quarantine", KEPT[0]]).code, 2);
    assert!(!world.path().join(KEPT[0]).exists());
}

/// A result in the folder of tables, or under a pattern of the project, would stop the next check, or be taken for dossiers.
#[test]
fn nothing_is_written_where_the_next_check_would_read_it() {
    let world = tables::first_steps();
    world.change("ispect.toml", "[\"students.jsonl\"]", "[\"exports\", \"in*/*.jsonl\"]");
    world.write("incoming/one.jsonl", world.read("students.jsonl"));
    world.write("elsewhere/one.jsonl", "");
    let files = |world: &World| ["exports", "incoming"].map(|folder| std::fs::read_dir(world.path().join(folder)).unwrap().count());
    let before = files(&world);
    for (name, checked, flag, file) in [
        ("reasons_among_tables", "exports", "--quarantine", "exports/aside.jsonl"),
        ("findings_among_tables", "./exports", "--output", "exports/findings.csv"),
        ("list_among_tables", "students.jsonl", "--output", "incoming/../exports/exemption.txt"),
        ("aside_among_dossiers", "incoming/one.jsonl", "--quarantine", "incoming/aside.jsonl"),
        ("findings_among_dossiers", "students.jsonl", "--output", "incoming/findings.jsonl"),
    ] {
        let ran = world.run(&["check", checked, "--format", "jsonl", flag, file]);
        assert_eq!(files(&world), before, "{name}");
        assert_shown("quarantine", name, &world.shown(&ran));
    }
    for (flag, file) in [("--output", "exports/findings.txt"), ("--output", "incoming/findings.csv"), ("--quarantine", "elsewhere/aside.jsonl")] {
        let ran = world.run(&["check", "exports", "--format", "csv", flag, file]);
        assert_eq!(ran.code, 1, "{file}: {}", ran.stderr);
        assert_eq!(world.run(&["check", "exports"]).code, 1, "{file}");
    }
}
