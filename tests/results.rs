//! A result is the same whether few findings come or more than stay in memory, in the order of the report or in another, in a file or on stdout.

use std::fs;

use crate::worlds::World;

/// Dossiers with long numbers, in their order and in the opposite one: of all of them together more verdicts are told than stay in memory.
fn world() -> World {
    let world = World::first_steps();
    let line = world.read("students.jsonl").lines().nth(1).unwrap().to_owned();
    let long = "x".repeat(2000);
    let lines: Vec<String> = (0..3000).map(|number| line.replace("r0000002", &format!("{number:05}{long}")) + "\n").collect();
    world.write("up.jsonl", lines.concat());
    world.write("down.jsonl", lines.iter().rev().map(String::as_str).collect::<String>());
    world.write("few.jsonl", lines[..2].concat());
    world
}

/// What a check of all dossiers tells, in a file and on stdout.
fn told(world: &World, file: &str, format: &str) -> String {
    let to_stdout = world.run(&["check", file, "--all-verdicts", "--format", format]);
    let to_file = world.run(&["check", file, "--all-verdicts", "--format", format, "--output", "findings"]);
    assert_eq!((to_file.code, to_file.stdout.as_str()), (to_stdout.code, ""), "{file} {format}: {}", to_file.stderr);
    let told = fs::read_to_string(world.path().join("findings")).unwrap();
    assert!(told == to_stdout.stdout, "{file} {format}");
    told
}

/// The lines without the place of the dossier in its file.
fn without_places(told: &str) -> Vec<&str> {
    told.lines().map(|line| line.split("\"record\":").next().unwrap()).collect()
}

#[test]
fn the_order_of_dossiers_changes_nothing() {
    let world = world();
    let [up, down] = ["up.jsonl", "down.jsonl"].map(|file| told(&world, file, "jsonl"));
    assert!(without_places(&up) == without_places(&down));
    assert!(up.len() > 12 << 20, "{}", up.len());
}

#[test]
fn a_file_holds_what_stdout_gets() {
    let world = world();
    for format in ["csv", "concise", "json"] {
        for file in ["up.jsonl", "down.jsonl", "few.jsonl"] {
            told(&world, file, format);
        }
    }
}
