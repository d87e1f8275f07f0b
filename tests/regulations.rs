//! The shipped regulations and worlds, through the same runner: they compile without a word, are laid out, their examples hold, and their findings are
//! those of the snapshot. A case of `tests/cases/boundaries` is a folder of rule files whose examples hold.

use std::fs;
use std::path::{Path, PathBuf};

use crate::worlds::{World, copy, root, run_in};

/// The folders in a folder.
fn folders(within: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(root().join(within)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    assert!(!found.is_empty(), "{within} is empty");
    found
}

fn clean(folder: &Path, arguments: &[&str]) {
    let ran = run_in(folder, arguments);
    assert_eq!(ran.code, 0, "ispect {} in {}\n{}{}", arguments.join(" "), folder.display(), ran.stdout, ran.stderr);
}

#[test]
fn shipped_worlds_are_clean_laid_out_and_as_reviewed() {
    for world in folders("examples") {
        clean(&world, &["lint"]);
        clean(&world, &["fmt", "--check"]);
        clean(&world, &["test", "--fail-on-empty"]);
        assert!(world.join("expected-findings.txt").is_file(), "{} has no snapshot", world.display());
        assert!(fs::read_to_string(world.join("README.md")).unwrap().lines().count() <= 5, "{}", world.display());
    }
}

#[test]
fn shipped_regulations_compile_on_their_own() {
    for set in folders("regulations") {
        let project = set.display().to_string();
        clean(&set, &["fmt", "--check", "--project", &project]);
    }
}

#[test]
fn boundary_cases_hold() {
    for case in folders("tests/cases/boundaries") {
        let project = case.display().to_string();
        clean(&case, &["test", "--fail-on-empty", "--project", &project]);
        // A warning is no fault here: `months refuse` is told where it can happen.
        let ran = run_in(&case, &["lint", "--project", &project]);
        assert!(ran.code <= 1, "{}", ran.stdout);
    }
}

/// Each change moves one bound or day of the shipped regulations by one.
const MOVED: &[(&str, &str, &str, &str)] = &[
    ("size-and-efficiency.regs", "between 27 credits and", "between 28 credits and", "isp_size"),
    ("size-and-efficiency.regs", "and 72 credits", "and 71 credits", "isp_size"),
    ("size-and-efficiency.regs", "at least 30%", "at least 31%", "efficiency_floor"),
    ("isp-registration.regs", "within 7 calendar days", "within 6 calendar days", "isp_sent"),
    ("calendars.regs", "to 15 October 2023", "to 14 October 2023", "isp_sent"),
];

#[test]
fn a_bound_moved_by_one_names_the_rule_and_the_student() {
    for (file, from, to, check) in MOVED {
        let world = World::empty();
        copy(&root().join("regulations"), &world.path().join("regulations"));
        copy(&root().join("examples"), &world.path().join("examples"));
        world.change(&format!("regulations/university-college/{file}"), from, to);
        let ran = run_in(&world.path().join("examples/university-college"), &["test"]);
        assert_eq!(ran.code, 1, "{from} -> {to}");
        let names_both = |line: &str| line.contains("r07451") && line.contains(check);
        assert!(ran.stdout.lines().any(names_both), "{from} -> {to}\n{}", ran.stdout);
        assert!(ran.stdout.contains("examples::other_verdict"), "no example fails on {from} -> {to}");
    }
}
