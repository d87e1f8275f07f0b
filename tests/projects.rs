//! Projects and arguments that are wrong: what is said of each.

use crate::worlds::{World, assert_shown};

/// A case: its name, what is done to the first steps, and the arguments.
type Case = (&'static str, fn(&World), &'static [&'static str]);

const CASES: &[Case] = &[
    ("settings_unknown_key", |world| world.change("ispect.toml", "[regulations]", "[regulation]"), &["check"]),
    ("settings_unknown_names", |world| world.change("ispect.toml", "as_of", "asof"), &["check"]),
    ("settings_wrong_value", |world| world.change("ispect.toml", "\"2023-2024\"", "\"2023-2025\""), &["check"]),
    ("settings_invalid", |world| world.change("ispect.toml", "[\"students.jsonl\"]", "[\"students.jsonl\""), &["check"]),
    ("no_academic_year", |world| world.change("ispect.toml", "academic_year =", "# academic_year ="), &["check"]),
    ("no_students", |world| world.change("ispect.toml", "students  =", "# students ="), &["check"]),
    ("no_such_pattern", |world| world.change("ispect.toml", "regulations/**", "rules/**"), &["check"]),
    ("bad_pattern", |world| world.change("ispect.toml", "**/*.regs", "***/[.regs"), &["check"]),
    ("rules_not_utf8", |world| world.write("regulations/first.regs", b"regs 1\n\n# caf\xe9\n"), &["lint"]),
    ("unknown_check", |_| (), &["check", "--check", "isp_sized"]),
    ("beginning_of_a_check", long_name, &["check", "--check", "size"]),
    ("beginning_of_several_checks", |_| (), &["check", "--check", "isp"]),
    ("unknown_programme", |_| (), &["check", "--programme", "PB-XX"]),
    ("unknown_student", |_| (), &["check", "--student", "r9"]),
    ("unknown_subject", |_| (), &["explain", "isp_sendt"]),
    ("beginning_of_a_subject", long_name, &["explain", "size"]),
    ("unknown_code", |_| (), &["explain", "project::notfound"]),
    ("unreadable_student_file", |_| (), &["check", "nowhere.jsonl"]),
    ("not_a_table", |world| tables(world, "exports/entry.txt"), &["check", "exports"]),
    ("table_is_a_folder", |world| tables(world, "exports/entry.csv/part-0.csv"), &["check", "exports"]),
    ("unwritable_output", |_| (), &["check", "--output", "nowhere/findings.txt"]),
    ("empty_input", |world| world.write("students.jsonl", ""), &["check"]),
    ("no_programmes", |_| (), &["generate", "--students", "1", "--academic-year", "1999-2000"]),
    ("init_over_a_world", |_| (), &["init"]),
    ("nothing_to_test", without_examples, &["test", "--fail-on-empty"]),
];

fn tables(world: &World, entries: &str) {
    world.write("exports/student.csv", "student;cohort\nr0000001;2023-2024\n");
    world.write(entries, "student;academic_year;programme;course\n");
}

fn long_name(world: &World) {
    world.change("regulations/first.regs", "isp_size", "size_of_the_isp");
}

fn without_examples(world: &World) {
    world.remove("expected-findings.txt");
    let text = world.read("regulations/first.regs");
    let rules = text.split("background {").next().unwrap().to_owned();
    world.write("regulations/first.regs", rules);
}

#[test]
fn what_is_wrong_with_a_project_is_said() {
    for (name, change, arguments) in CASES {
        let world = World::first_steps();
        change(&world);
        let ran = world.run(arguments);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stderr);
        assert_shown("projects", name, &world.shown(&ran));
    }
}

#[test]
fn a_folder_without_a_project_is_said() {
    let world = World::empty();
    assert_shown("projects", "no_project", &world.shown(&world.run(&["check"])));
    assert_shown("projects", "no_such_folder", &world.shown(&world.run(&["check", "--project", "nowhere"])));
}

/// A file that a pattern or a folder names is read or stops the run, also where it is a link to what is gone.
#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_not_passed_over() {
    let world = World::first_steps();
    tables(&world, "exports/enrolment.csv");
    std::os::unix::fs::symlink("/nowhere/entry.csv", world.path().join("exports/entry.csv")).unwrap();
    assert_shown("projects", "link_to_nothing", &world.shown(&world.run(&["check", "exports"])));
    world.change("ispect.toml", "[\"students.jsonl\"]", "[\"exports/*.csv\"]");
    assert_shown("projects", "link_to_nothing", &world.shown(&world.run(&["check"])));
}
