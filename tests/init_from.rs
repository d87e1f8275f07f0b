//! A project proposed from an export: what is sure, what is in doubt, what is left out; and that the proposal works once its doubts are settled.

use crate::worlds::{World, assert_shown, copy, root};

/// A world with an export in it.
fn with(export: &str) -> World {
    let (world, from) = (World::empty(), root().join("tests/cases/init_from").join(export));
    if from.is_dir() {
        copy(&from, &world.path().join("export"));
    } else {
        std::fs::copy(&from, world.path().join(export)).unwrap();
    }
    world
}

fn proposed(world: &World, export: &str) -> String {
    let ran = world.run(&["init", "--from", export]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    format!("{}---- ispect.toml ----\n{}", world.shown(&ran), world.read("ispect.toml"))
}

#[test]
fn a_dutch_export_is_checked_once_its_doubts_are_settled() {
    let world = with("dutch_export");
    assert_shown("init_from", "dutch", &proposed(&world, "export"));
    copy(&root().join("examples/first-steps/regulations"), &world.path().join("regulations"));
    world.write("catalogue.json", std::fs::read(root().join("examples/first-steps/catalogue.json")).unwrap());
    let before = world.run(&["check", "--as-of", "2023-12-01"]);
    assert!(before.code == 2 && before.stderr.contains("project::no_academic_year"), "what is in doubt is not taken for said: {}", before.stderr);
    for settled in ["academic_year = \"2023-2024\"", "decided_on = \"Datum goedkeurng\"", "first_chance_on = \"DATUM\""] {
        world.change("ispect.toml", &format!("# ? {settled}"), settled);
    }
    let ran = world.run(&["check", "--as-of", "2023-12-01", "--format", "concise"]);
    assert_eq!(ran.code, 1);
    assert_shown("init_from", "dutch_checked", &world.shown(&ran));
}

#[test]
fn what_is_in_doubt_is_said() {
    let world = with("english_export");
    assert_shown("init_from", "english", &proposed(&world, "export"));
    assert_eq!(world.run(&["check"]).code, 2);
    assert_shown("init_from", "doubtful_tables", &proposed(&with("doubtful_tables"), "export"));
}

#[test]
fn the_fields_of_records_are_told() {
    let world = with("other_fields.jsonl");
    assert_shown("init_from", "records", &proposed(&world, "other_fields.jsonl"));
}

#[test]
fn nothing_is_written_over() {
    let world = with("dutch_export");
    world.write("college/ispect.toml", "# mine\n");
    let ran = world.run(&["init", "college", "--from", "export"]);
    assert_eq!((ran.code, world.read("college/ispect.toml").as_str()), (2, "# mine\n"));
    assert_eq!(world.run(&["init", "other", "--from", "export/Studenten.csv", "export/ISP_regels.csv"]).code, 0);
    assert!(world.read("other/ispect.toml").contains("\"../export/Studenten.csv\""));
    world.write("records.xlsx", "PK");
    assert_shown("init_from", "workbook", &world.shown(&world.run(&["init", "--from", "records.xlsx"])));
    assert_eq!(world.run(&["init", "--from", "nowhere.csv"]).code, 2);
    world.write("picture.parquet", b"PAR1\x00\x01\xff");
    assert!(world.run(&["init", "--from", "picture.parquet"]).stderr.contains("files::no_headings"));
    world.write("empty.csv", "");
    assert_eq!(world.run(&["init", "--from", "empty.csv"]).code, 2);
    assert!(!world.path().join("ispect.toml").exists());
}
