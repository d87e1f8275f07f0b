//! Input that is broken as files are broken in life, and disks on which nothing can be written: what a person sees, and that nothing is half written.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::worlds::{Ran, World, assert_shown, copy, ispect, ran, root};

fn folder() -> PathBuf {
    root().join("tests/cases/broken_input")
}

/// Each case, with the code that its check ends with.
const CASES: &[(&str, i32)] = &[
    ("a_folder_without_tables", 2),
    ("a_gzip_file_cut_off.jsonl.gz", 3),
    ("a_gzip_file_cut_off_at_once.jsonl.gz", 3),
    ("a_list_cut_after_a_record.json", 3),
    ("a_list_cut_in_a_record.json", 3),
    ("a_list_named_as_lines.jsonl", 3),
    ("a_list_over_lines_named_as_lines.jsonl", 3),
    ("a_quote_within_a_cell", 3),
    ("a_row_too_short", 3),
    ("a_stray_quote", 2),
    ("a_table_cut_off", 3),
    ("a_table_with_nothing_in_it", 2),
    ("a_zstd_file_cut_off.jsonl.zst", 3),
    ("no_text_at_all.jsonl", 3),
    ("nothing.jsonl", 2),
    ("nothing_but_blank_lines.jsonl", 2),
    ("tables_without_a_row", 2),
];

#[test]
fn what_is_broken_is_said_with_its_place() {
    let mut wrong = Vec::new();
    for (case, code) in CASES {
        let (world, from) = (World::first_steps(), folder().join(case));
        if from.is_dir() {
            copy(&from, &world.path().join(case));
        } else {
            fs::copy(&from, world.path().join(case)).unwrap();
        }
        let ran = world.run(&["check", case, "--quarantine", "aside.jsonl", "--output", "findings.txt"]);
        if ran.code != *code {
            wrong.push(format!("{case}: {}", ran.code));
        }
        let mut shown = world.shown(&ran);
        for file in ["findings.txt", "aside.jsonl"] {
            let there = world.path().join(file);
            assert_eq!(there.exists(), *code != 2, "{case}: {file} is written where the job was done, and only there");
            if there.exists() {
                let text =
                    world.shown(&Ran { code: 0, stdout: String::from_utf8_lossy(&fs::read(there).unwrap()).into_owned(), stderr: String::new() });
                shown.push_str(&text.replace("exit code 0\n", "").replace("stdout", file));
            }
        }
        assert_shown("broken_input", case.split('.').next().unwrap(), &shown);
        assert_eq!(leftovers(&world), Vec::<String>::new(), "{case}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let strange = known.iter().filter(|name| !name.contains(".snap") && CASES.iter().all(|(case, _)| case != name));
    assert_eq!(strange.collect::<Vec<_>>(), Vec::<&String>::new(), "every file is a case");
}

/// However many there are of one kind, the first of another is drawn with its text, and each has its column.
#[test]
fn of_very_many_the_first_of_each_kind_are_drawn() {
    let world = World::first_steps();
    let line = world.read("students.jsonl").lines().nth(1).unwrap().to_owned();
    let mut lines: Vec<_> = (0..300).map(|number| line.replace("r0000002", &format!("r{number:07}")).replace("2023-2024", "2023")).collect();
    lines.push(line.replace("PB-BM", "PB-XX"));
    world.write("broken.jsonl", lines.join("\n"));
    assert_shown("broken_input", "very_many_of_one_kind", &world.shown(&world.run(&["check", "broken.jsonl"])));
    let listed = world.run(&["check", "broken.jsonl", "--format", "concise"]).stderr;
    let listed: Vec<&str> = listed.lines().collect();
    assert_eq!(listed.len(), 302, "each record a line, and what came of all");
    assert_shown("broken_input", "very_many_listed", &listed[297..301].join("\n"));
}

/// Files that were in the making.
fn leftovers(world: &World) -> Vec<String> {
    let names = fs::read_dir(world.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".tmp")).collect()
}

#[test]
fn tables_that_are_refused_explain_nothing() {
    let world = World::first_steps();
    copy(&folder().join("a_stray_quote"), &world.path().join("exports"));
    world.change("ispect.toml", "students.jsonl", "exports");
    world.change("ispect.toml", "[\"exports\"]", "[\"exports/*.csv\"]");
    let ran = world.run(&["explain", "r0000001", "isp_size"]);
    assert_eq!(ran.code, 2);
    assert_shown("broken_input", "explain_refused_tables", &world.shown(&ran));
}

/// A run through a shell, in which files may not grow beyond some blocks of 512 bytes, as on a disk that is full.
#[cfg(unix)]
fn on_a_full_disk(world: &World, blocks: u32, arguments: &str) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {arguments}");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(ispect(world.path()).get_program());
    command.current_dir(world.path()).env("TERM", "dumb").env_remove("NO_COLOR").env("TMPDIR", "room");
    fs::create_dir_all(world.path().join("room")).unwrap();
    ran(&command.stdin(Stdio::null()).output().unwrap())
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_nothing_is_half_written() {
    let world = World::first_steps();
    let line = world.read("students.jsonl").lines().nth(1).unwrap().replace("2023-10-15T", "2023-10-19T");
    let lines = (0..400).map(|number| line.replace("r0000002", &format!("r{number:07}")) + &"x".repeat(number / 399));
    world.write("late.jsonl", lines.collect::<Vec<_>>().join("\n"));
    world.write("findings.jsonl", "what was here before\n");
    let broken = world.read("late.jsonl").replace("PB-BM", "PB-XX");
    world.write("broken.jsonl", broken);

    let full = on_a_full_disk(&world, 16, "check late.jsonl --format jsonl --output findings.jsonl --quarantine aside.jsonl");
    assert_shown("broken_input", "full_disk_output", &world.shown(&full));
    // A result of which nothing is written before all is known.
    let full = on_a_full_disk(&world, 16, "check late.jsonl --format json --output findings.jsonl --quarantine aside.jsonl");
    assert_shown("broken_input", "full_disk_at_the_end", &world.shown(&full));
    let full = on_a_full_disk(&world, 16, "check broken.jsonl --format jsonl --output findings.jsonl --quarantine aside.jsonl");
    assert_shown("broken_input", "full_disk_quarantine", &world.shown(&full));
    assert_eq!(world.read("findings.jsonl"), "what was here before\n");
    assert!(!world.path().join("aside.jsonl").exists() && !world.path().join("aside.jsonl.reasons.csv").exists());
    assert_eq!(leftovers(&world), Vec::<String>::new());
    let full = on_a_full_disk(&world, 16, "generate --students 500 --output made.jsonl");
    assert!(full.code == 2 && full.stderr.contains("files::unwritable") && !world.path().join("made.jsonl").exists(), "{}", full.stderr);
}

/// More findings than stay in memory, and more names of students that are no numbers.
#[cfg(unix)]
#[test]
fn what_the_disk_does_not_take_until_the_end_is_said() {
    let world = World::first_steps();
    let line = world.read("students.jsonl").lines().nth(1).unwrap().to_owned();
    let dossiers = |name: &dyn Fn(u32) -> String| (0..2000).map(|number| line.replace("r0000002", &name(number)) + "\n").collect::<String>();
    let long = "x".repeat(2000);
    world.write("numbers.jsonl", dossiers(&|number| format!("{long}{number:05}")));
    world.write("names.jsonl", dossiers(&|number| format!("{number:05}{long}")));
    world.write("findings.jsonl", "what was here before\n");
    for (file, flags, shown) in [
        ("numbers", "--all-verdicts --format jsonl", "full_disk_findings"),
        ("numbers", "--all-verdicts --format json", "full_disk_findings_kept"),
        ("names", "--format jsonl", "full_disk_names"),
    ] {
        let full = on_a_full_disk(&world, 16, &format!("check {file}.jsonl {flags} --output findings.jsonl --quarantine aside.jsonl"));
        assert_shown("broken_input", shown, &world.shown(&full));
        assert_eq!(world.read("findings.jsonl"), "what was here before\n");
        assert!(!world.path().join("aside.jsonl").exists());
        assert_eq!(leftovers(&world), Vec::<String>::new());
        assert!(fs::read_dir(world.path().join("room")).unwrap().next().is_none(), "nothing stays where it was kept");
    }
}

/// Where files without a name can be made.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_leaves_nothing() {
    use std::io::Write as _;

    let world = World::first_steps();
    let flags = rustix::fs::OFlags::TMPFILE | rustix::fs::OFlags::RDWR;
    if rustix::fs::open(world.path(), flags, rustix::fs::Mode::RWXU).is_err() {
        return;
    }
    let line = world.read("students.jsonl").lines().nth(1).unwrap().to_owned();
    let mut command = ispect(world.path());
    let asked = ["check", "-", "--all-verdicts", "--format", "jsonl", "--output", "findings.jsonl", "--quarantine", "aside.jsonl"];
    let mut child = command.args(asked).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than a pipe holds, so that all files are open by then, and more than stays in memory is found.
    for number in 0..9000 {
        writeln!(stdin, "{}", line.replace("r0000002", &format!("r{number:07}"))).unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(leftovers(&world), Vec::<String>::new());
    assert!(!world.path().join("findings.jsonl").exists() && !world.path().join("aside.jsonl").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn devices_are_written_to_and_never_replaced() {
    use std::os::unix::fs::FileTypeExt as _;

    let world = World::first_steps();
    let is_device = |name: &str| fs::metadata(name).unwrap().file_type().is_char_device();
    let full = world.run(&["check", "--output", "/dev/full"]);
    assert_shown("broken_input", "full_device", &world.shown(&full));
    assert_eq!(world.run(&["check", "--output", "/dev/null"]).code, 0);
    assert!(world.run(&["check", "--output", "/dev/stdout"]).stdout.starts_with("3 dossiers"));
    let device = world.run(&["check", "--quarantine", "/dev/null"]);
    assert_shown("broken_input", "quarantine_in_a_device", &world.shown(&device));
    assert!(is_device("/dev/full") && is_device("/dev/null"));
    let mut command = Command::new("sh");
    command.arg("-c").arg("exec \"$0\" check > /dev/full").arg(ispect(world.path()).get_program());
    let output = command.current_dir(world.path()).env("TERM", "dumb").stdin(Stdio::null()).output().unwrap();
    assert_shown("broken_input", "full_stdout", &world.shown(&ran(&output)));
}

#[test]
fn a_folder_that_takes_no_file() {
    let world = World::first_steps();
    for (name, flag) in [("output_in_a_file", "--output"), ("quarantine_in_a_file", "--quarantine")] {
        let ran = world.run(&["check", flag, "students.jsonl/findings"]);
        assert_eq!(ran.code, 2);
        assert_shown("broken_input", name, &world.shown(&ran));
    }
    let ran = world.run(&["check", "--output", "regulations"]);
    assert_shown("broken_input", "output_is_a_folder", &world.shown(&ran));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let world = World::first_steps();
    world.write("real.txt", "before");
    std::os::unix::fs::symlink("real.txt", world.path().join("link.txt")).unwrap();
    assert_eq!(world.run(&["check", "--output", "link.txt"]).code, 0);
    assert!(world.path().join("link.txt").is_symlink() && world.read("real.txt").starts_with("3 dossiers"));
}

/// A cell over two lines, as spreadsheets have them, and a student's number that looks like another finding.
#[test]
fn what_stands_on_a_line_of_its_own_stays_there() {
    let world = World::first_steps();
    let record = world.read("students.jsonl").replace("2023-10-15T23:59", "2023-10-19T23:59");
    world.write("students.jsonl", record.replace("r0000002", "r2\\nstudents.jsonl:9:9: error: r9").replace("BM103", "BM\\n103"));
    assert_shown("broken_input", "line_breaks_in_values", &world.shown(&world.run(&["check", "--format", "concise"])));
}

#[test]
fn a_record_steers_no_terminal() {
    let world = World::first_steps();
    let state = r"submitted\u001b[2J\u0007";
    world.write("steering.jsonl", world.read("students.jsonl").replace("\"submitted\"", &format!("\"{state}\"")).replace("BM104", "BM\u{1b}104"));
    for format in ["text", "concise", "plain"] {
        let ran = world.run(&["check", "steering.jsonl", "--format", format]);
        assert!(ran.code == 3 && !ran.stderr.contains(['\u{1b}', '\u{7}']), "{}", ran.stderr);
        world.write("named.jsonl", world.read("students.jsonl").replace("r0000002", r"r\u001b[2J").replace("2023-10-15T", "2023-10-19T"));
        let ran = world.run(&["check", "named.jsonl", "--format", format]);
        assert!(ran.code == 1 && !ran.stdout.contains(['\u{1b}', '\u{7}']), "{}", ran.stdout);
    }
}
