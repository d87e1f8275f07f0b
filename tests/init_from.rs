//! A project proposed from an export: what is sure, what is in doubt, what is left out; and that the proposal works once its doubts are settled.

use serde_json::{Map, Value};

use crate::arrivals::{Cohort, FORMATS, findings};
use crate::tables::{Tables, tables_of};
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

/// What an administration calls its tables and their columns.
const TABLES: [(&str, &str); 4] = [("student", "Studenten"), ("enrolment", "Inschrijvingen"), ("isp", "Studieprogrammas"), ("entry", "ISP regels")];
const HEADINGS: [(&str, &str); 9] = [
    ("student", "Stamnummer"),
    ("cohort", "Generatie"),
    ("academic_year", "ACADEMIEJAAR"),
    ("contract", "Contracttype"),
    ("programme", "Opleidingscode"),
    ("course", "OLOD-code"),
    ("semester", "SEM"),
    ("credits", "Studiepunten"),
    ("submitted_at", "Ingediend om"),
];

fn called<'n>(names: &[(&str, &'n str)], name: &'n str) -> &'n str {
    names.iter().find(|(known, _)| *known == name).map_or(name, |(_, called)| called)
}

/// Tables as that administration writes them.
pub(crate) fn renamed(tables: &Tables) -> Tables {
    let row = |row: &Map<String, Value>| row.iter().map(|(name, value)| (called(&HEADINGS, name).to_owned(), value.clone())).collect();
    tables.iter().map(|(table, rows)| (called(&TABLES, table), rows.iter().map(row).collect())).collect()
}

/// Records whose fields are called so, in lists that are not.
pub(crate) fn renamed_record(record: &Value) -> Value {
    match record {
        Value::Object(fields) => fields.iter().map(|(name, value)| (called(&HEADINGS, name).to_owned(), renamed_record(value))).collect(),
        Value::Array(elements) => elements.iter().map(renamed_record).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => record.clone(),
    }
}

/// The first steps, with two findings, under those names.
fn renamed_first_steps() -> (World, Cohort) {
    let world = World::first_steps();
    world.change("students.jsonl", "\"credits\":18}]}}]}\n", "\"credits\":1.5}]}}]}\n");
    world.change("students.jsonl", "2023-10-15T23:59", "2023-10-19T23:59");
    let (mut tables, lines) = tables_of(&world.read("students.jsonl"));
    tables.retain(|table, _| TABLES.iter().any(|(known, _)| known == table));
    let line = |line: &str| renamed_record(&serde_json::from_str(line).unwrap()).to_string() + "\n";
    let cohort = Cohort { lines: lines.lines().map(line).collect(), tables: renamed(&tables) };
    (world, cohort)
}

pub(crate) fn proposed(world: &World, export: &str) -> String {
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

/// A heading over two lines, as spreadsheets have them: what is in doubt, or left out, is a comment to its end, and what is sure is found again.
#[test]
fn a_heading_over_two_lines_is_one_heading() {
    let world = World::first_steps();
    let headings = "student;\"Academie\njaar\";programme;course;\"Stud.\npunten\";\"Naam\n[check]\nas_of = 1\";\"Resul\ttaat\r\n[/20]\u{7f}\"\n";
    world.write("export/student.csv", "student;cohort\nr0000001;2023-2024\n");
    world.write("export/enrolment.csv", "student;academic_year;programme\nr0000001;2023-2024;PB-BM\n");
    world.write("export/entry.csv", format!("{headings}r0000001;2023-2024;PB-BM;BM101;12;\"J.\nJanssens\";13\n"));
    world.remove("ispect.toml");
    assert_shown("init_from", "two_lines", &proposed(&world, "export"));
    let ran = world.run(&["check", "--as-of", "2023-12-01", "--academic-year", "2023-2024"]);
    assert!(ran.stdout.contains("1 dossier"), "{}{}", ran.stdout, ran.stderr);
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
    world.write("letters.json", "[]");
    assert_shown("init_from", "no_headings", &world.shown(&world.run(&["init", "--from", "letters.json"])));
    assert_eq!(world.run(&["init", "--from", "nowhere.csv"]).code, 2);
    for (name, bytes) in [("records.xlsx", &b"PK"[..]), ("picture.parquet", b"PAR1\x00\x01\xff"), ("letters.sqlite", b"letters")] {
        world.write(name, bytes);
        let ran = world.run(&["init", "--from", name]);
        assert!(ran.code == 2 && ran.stderr.contains(name), "{}", ran.stderr);
    }
    world.write("empty.csv", "");
    assert_eq!(world.run(&["init", "--from", "empty.csv"]).code, 2);
    assert!(!world.path().join("ispect.toml").exists());
}

/// Whatever the format: what is proposed is sure but for the year, and checking by it finds what the records say.
#[test]
fn what_is_proposed_is_used() {
    let (world, cohort) = renamed_first_steps();
    let expected = findings(&world, "students.jsonl");
    assert_eq!(expected.len(), 2);
    let settings = world.read("ispect.toml");
    for (name, written) in FORMATS.iter().filter(|(name, _)| *name != "gzip") {
        let Some(written) = written(&world, &cohort) else { continue };
        world.write("ispect.toml", &settings);
        let without = world.run(&["check", &written.students]);
        assert_ne!(without.code, 0, "{name} needs a mapping");
        world.remove("ispect.toml");
        let ran = world.run(&["init", "--from", &written.students]);
        assert!(ran.code == 0 && ran.stderr.contains(" 0 things are in doubt, 0 missing"), "{name}: {}{}", ran.stdout, ran.stderr);
        world.change("ispect.toml", "# ? academic_year", "academic_year");
        let found = world.run(&["check", "--as-of", "2023-12-01", "--format", "jsonl"]);
        assert!(!found.stderr.contains("nobody declared"), "{name}: {}", found.stderr);
        assert_eq!(crate::arrivals::without_places(&found.stdout), expected, "{name}: {}", found.stderr);
    }
}

/// A heading that is mapped for tables is not read in JSON; that must not go unsaid.
#[test]
fn a_mapped_field_of_json_is_refused() {
    let world = World::first_steps();
    world.change("students.jsonl", "\"credits\"", "\"Studiepunten\"");
    world.change("ispect.toml", "[check]", "[map.entry]\ncredits = \"Studiepunten\"\n\n[check]");
    assert_shown("init_from", "not_mapped", &world.shown(&world.run(&["check"])));
    assert_eq!(world.run(&["explain", "r0000001"]).code, 2);
}

/// A table of which the project says something must be there, under the name that it says.
#[test]
fn a_mapped_table_that_is_not_there_is_refused() {
    let cases = [
        ("another_name", "[map.student]\ntable = \"Persons\""),
        ("missing_table", "[map.status]\ntable = \"Statuten\""),
        ("missing_columns_of_a_table", "[map.status]\nstatus = \"Statuut\""),
    ];
    for (name, mapped) in cases {
        let world = crate::tables::first_steps();
        world.change("ispect.toml", "[check]", &format!("{mapped}\n\n[check]"));
        assert_shown("init_from", name, &world.shown(&world.run(&["check", "exports"])));
    }
}
