//! The command line from end to end: exit codes, formats, what is set aside, and that threads and the order of files change nothing.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::worlds::{World, assert_shown, ispect, root, run_in};

const LATE: &str = r#"{"student":"r0000009","cohort":"2023-2024","enrolments":[{"academic_year":"2023-2024","programme":"PB-BM","contract":"diploma","isp":{"state":"submitted","submitted_at":"2023-10-15T22:30:00Z","entries":[{"course":"BM101","semester":1,"credits":12},{"course":"BM104","semester":2,"credits":14}]}}]}"#;

#[test]
fn a_world_without_findings_is_clean() {
    let world = World::first_steps();
    let ran = world.run(&["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("3 dossiers, 6 verdicts, 0 findings in "), "{}", ran.stdout);
}

#[test]
fn findings_are_drawn_with_the_rule_and_the_record() {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    let ran = world.run(&["check", "late.jsonl"]);
    assert_shown("command_line", "findings_drawn", &world.shown(&ran));
    let ran = world.run(&["check", "late.jsonl", "--language", "nl"]);
    assert_shown("command_line", "findings_drawn_in_dutch", &world.shown(&ran));
}

#[test]
fn every_format_says_the_same() {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    for format in ["concise", "plain", "jsonl", "json", "csv"] {
        let ran = world.run(&["check", "late.jsonl", "--format", format]);
        assert_shown("command_line", &format!("findings_{format}"), &world.shown(&ran));
        assert!(ran.stdout.ends_with('\n') && !ran.stdout.ends_with("\n\n"), "{format} ends with one newline");
    }
}

#[test]
fn the_heaviest_finding_decides_the_exit_code() {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    world.change("regulations/first.regs", "between 27 credits and 72 credits", "between 20 credits and 72 credits");
    world.change("regulations/first.regs", "done submitted_on", "severity warning\n        done submitted_on");
    let code = |arguments: &[&str]| world.run(&[&["check", "late.jsonl"], arguments].concat()).code;
    assert_eq!(code(&[]), 0, "a warning is no error");
    assert_eq!(code(&["--fail-on", "warning"]), 1);
    assert_eq!(code(&["--fail-on", "never"]), 0);
    assert_eq!(code(&["--check", "isp_size", "--fail-on", "warning"]), 0);
}

#[test]
fn what_cannot_be_done_is_two() {
    let world = World::first_steps();
    let code = |arguments: &[&str]| world.run(arguments).code;
    assert_eq!(code(&["check", "--colour"]), 2, "usage");
    assert_eq!(code(&["check", "nowhere.jsonl"]), 2, "a file that is not there");
    world.write("empty.jsonl", "");
    assert_eq!(code(&["check", "empty.jsonl"]), 2, "nothing to check");
    world.write("blank.jsonl", "\n\n");
    assert_eq!(code(&["check", "blank.jsonl"]), 2, "nothing but blank lines");
    world.change("regulations/first.regs", "deadline isp_sent", "deadlin isp_sent");
    assert_eq!(code(&["check"]), 2, "a broken regulation");
}

#[test]
fn a_broken_record_costs_that_record_only() {
    let world = World::first_steps();
    let good = world.read("students.jsonl");
    let good: Vec<&str> = good.lines().collect();
    let course = LATE.replace("r0000009", "r0000010").replace("BM104", "BM999");
    let date = LATE.replace("r0000009", "r0000011").replace("2023-10-15T22:30:00Z", "2023-02-30T10:00:00Z");
    let mut lines = vec!["\u{feff}".to_owned() + good[0], good[1].to_owned(), good[1].to_owned(), course, date];
    lines.push(good[2].get(..60).unwrap().to_owned());
    lines.push(good[2].to_owned());
    world.write("broken.jsonl", lines.join("\n"));
    let ran = world.run(&["check", "broken.jsonl"]);
    assert_eq!(ran.code, 3);
    assert_shown("command_line", "set_aside", &world.shown(&ran));
}

#[test]
fn threads_and_the_order_of_files_change_nothing() {
    let folder = root().join("examples/university-college");
    let dossiers = fs::read_to_string(folder.join("students.jsonl")).unwrap();
    let world = World::empty();
    let (first, second): (Vec<&str>, Vec<&str>) = dossiers.lines().partition(|line| line.len() % 2 == 0);
    world.write("first.jsonl", first.join("\n"));
    world.write("second.jsonl", second.join("\n"));
    let project = folder.display().to_string();
    let check = |files: [&str; 2], threads: &str| {
        let ran = world.run(&["check", files[0], files[1], "--project", &project, "--format", "jsonl", "--threads", threads, "--all-verdicts"]);
        assert!(ran.stdout.lines().count() > 1_000, "{}", ran.stderr);
        ran.stdout
    };
    let one = check(["first.jsonl", "second.jsonl"], "1");
    assert!(one == check(["first.jsonl", "second.jsonl"], "4"), "threads change the findings");
    assert!(one == check(["second.jsonl", "first.jsonl"], "3"), "the order of files changes the findings");
}

#[test]
fn dossiers_are_read_from_pipes_lists_and_compressed_files() {
    let world = World::first_steps();
    let lines = world.read("students.jsonl");
    let findings = |ran: crate::worlds::Ran| {
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.starts_with("3 dossiers"), "{}", ran.stdout);
    };
    findings(world.run_with_input(&["check", "-"], lines.as_bytes()));
    world.write("list.json", format!("[\n{}\n]", lines.trim().replace('\n', ",\n")));
    findings(world.run(&["check", "list.json"]));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    world.write("students.jsonl.gz", gzip.finish().unwrap());
    findings(world.run(&["check", "students.jsonl.gz"]));
    world.write("students.jsonl.zst", zstd::encode_all(lines.as_bytes(), 1).unwrap());
    findings(world.run(&["check", "students.jsonl.zst"]));
}

#[test]
fn a_reader_that_closes_the_pipe_has_read_enough() {
    let folder = root().join("examples/university-college");
    let mut child =
        ispect(&folder).args(["check", "--format", "jsonl", "--all-verdicts"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ran = crate::worlds::ran(&child.wait_with_output().unwrap());
    assert_eq!(ran.code, 1);
    assert!(!ran.stderr.contains("panicked") && !ran.stderr.contains("files::unwritable"), "{}", ran.stderr);
}

#[test]
fn a_result_file_is_written_whole_or_not_at_all() {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    let ran = world.run(&["check", "late.jsonl", "--format", "csv", "--output", "findings.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(world.read("findings.csv").lines().count(), 3);

    let ran = world.run(&["check", "late.jsonl", "--output", "nowhere/findings.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("files::unwritable"), "{}", ran.stderr);

    world.change("regulations/first.regs", "value enrolled_credits", "value nonsense");
    let ran = world.run(&["check", "late.jsonl", "--format", "csv", "--output", "findings.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(world.read("findings.csv").lines().count(), 3, "the old result stays");
}

#[test]
fn a_day_that_nobody_gave_is_said() {
    let world = World::first_steps();
    world.change("ispect.toml", "as_of ", "# as_of ");
    let ran = world.run(&["check"]);
    assert!(ran.stderr.starts_with("ispect: no day of the check was given; it is today, 20"), "{}", ran.stderr);
}

#[test]
fn colours_are_asked_for_or_left_out() {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    let coloured = |arguments: &[&str]| world.run(&[&["check", "late.jsonl"], arguments].concat()).stdout.contains('\u{1b}');
    assert!(!coloured(&[]), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"]));
    assert!(!coloured(&["--color", "never"]));
}

#[test]
fn one_students_findings_are_all_drawn() {
    let ran = run_in(&root().join("examples/university-college"), &["check", "--student", "r0745105", "--statistics"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("27 October 2023") && ran.stdout.contains("\n1 dossier, "), "{}", ran.stdout);
    assert!(ran.stderr.contains("isp_sent"), "{}", ran.stderr);
    let ran = run_in(&root().join("examples/university-college"), &["check", "--student", "r0745105", "--format", "jsonl", "--all-verdicts"]);
    assert!(ran.stdout.lines().all(|line| line.starts_with(r#"{"student":"r0745105","#)), "what is about the catalogue is left out: {}", ran.stdout);
}

#[test]
fn a_verdict_is_explained_by_its_tree() {
    let world = World::first_steps();
    assert_shown("command_line", "explained_student", &world.shown(&world.run(&["explain", "r0000002", "isp_size"])));
    assert_shown("command_line", "explained_check", &world.shown(&world.run(&["explain", "isp_size"])));
    assert_shown("command_line", "explained_code", &world.shown(&world.run(&["explain", "project::not_found"])));
}

#[test]
fn a_new_world_passes() {
    let world = World::empty();
    let ran = world.run(&["init", "college"]);
    assert_shown("command_line", "init", &world.shown(&ran));
    let college = world.path().join("college");
    assert_eq!(run_in(&college, &["check"]).code, 0);
    assert_eq!(run_in(&college, &["lint"]).code, 0);
    assert_eq!(run_in(&college.join("regulations"), &["test", "--fail-on-empty"]).code, 0, "the project is found upwards");
    assert_eq!(world.run(&["init", "college"]).code, 2, "a world that is there stays");
}

#[test]
fn a_snapshot_holds_the_findings_of_a_world() {
    let world = World::first_steps();
    world.remove("expected-findings.txt");
    assert!(world.run(&["test"]).stdout.contains("there is no expected-findings.txt yet"));
    assert_eq!(world.run(&["test", "--accept"]).code, 0);
    assert_eq!(world.run(&["test"]).code, 0);
    world.change("regulations/first.regs", "between 27 credits", "between 28 credits");
    let ran = world.run(&["test"]);
    assert_shown("command_line", "test_differs", &world.shown(&ran));
    assert_eq!(ran.code, 1);
    assert_eq!(world.run_with_input(&["test", "--review"], b"n\nn\n").code, 1);
    assert!(!world.read("expected-findings.txt").contains("isp_size"));
    let _ = world.run_with_input(&["test", "--review"], b"y\ny\n");
    assert!(world.read("expected-findings.txt").contains("isp_size"));
}

#[test]
fn ten_mistakes_are_ten_problems_in_one_run() {
    let ran = run_in(&root().join("tests/cases/rulebook"), &["lint", "--project", ".", "ten_mistakes_in_one_file.regs"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stdout.matches("  × ").count(), 10, "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("  help: ").count(), 10, "{}", ran.stdout);
}

#[test]
fn programmes_can_be_looked_at_alone() {
    let folder = root().join("examples/university-college");
    let ran = run_in(&folder, &["check", "--programme", "PB-NUR", "--format", "jsonl"]);
    assert!(ran.stdout.lines().count() > 1 && ran.stdout.lines().all(|line| line.contains(r#""programme":"PB-NUR""#)), "{}", ran.stdout);
}
