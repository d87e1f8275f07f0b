//! Dossiers as Parquet: the findings are those of the records as JSON Lines, whatever the types, and what is wrong is said with its row and path.

mod foreign_codes;
mod full_dictionaries;
mod large_row_groups;
mod lists;
mod unfit_values;
mod written;

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BinaryArray, BooleanArray, Float64Array, Int64Array, ListArray, StringArray, TimestampMicrosecondArray};
use serde_json::{Value, json};

use crate::init_from::{proposed, renamed, renamed_record};
use crate::tables::{Tables, first_steps_tables, sorted};
use crate::worlds::{World, assert_shown, copy, root};
use written::{Types, compressed_otherwise, encrypted, in_lists, nested, of_more_rows, only, with_column};

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn write_nested(world: &World, file: &str, lines: &str) {
    world.write(file, nested(&records(lines), Types::Found, 100));
}

/// Write tables into a folder, a file a table.
pub(crate) fn write_tables(world: &World, folder: &str, tables: &Tables) {
    write_typed(world, folder, (tables, Types::Found));
}

fn write_typed(world: &World, folder: &str, (tables, types): (&Tables, Types)) {
    for (table, rows) in tables {
        let (_, rows) = sorted(rows);
        let rows: Vec<Value> = rows.into_iter().map(|row| Value::Object(row.clone())).collect();
        let nobody: Vec<&str> = Vec::new();
        let bytes = if rows.is_empty() { only("student", one(StringArray::from(nobody))) } else { nested(&rows, types, 100) };
        world.write(&format!("{folder}/{table}.parquet"), bytes);
    }
}

/// The university college with its regulations, and more students than one record batch holds.
fn university_college() -> World {
    let world = World::empty();
    copy(&root().join("examples/university-college"), &world.path().join("examples/university-college"));
    copy(&root().join("regulations"), &world.path().join("regulations"));
    world.write("ispect.toml", world.read("examples/university-college/ispect.toml").replace("../../", ""));
    world.write("catalogue.json", world.read("examples/university-college/catalogue.json"));
    let generated = world.run(&["generate", "--students", "1500", "--violations", "20"]);
    world.write("students.jsonl", world.read("examples/university-college/students.jsonl") + &generated.stdout);
    world
}

/// Findings without the file of the record.
fn findings(world: &World, arguments: &[&str]) -> String {
    let ran = world.run(&[&["check", "--format", "jsonl"], arguments].concat());
    assert!(!ran.stderr.contains("warning") && ran.stderr.contains("0 records set aside"), "{}", ran.stderr);
    ran.stdout.replace("students.jsonl", "students").replace("students.parquet", "students")
}

#[test]
fn a_nested_file_says_what_records_say() {
    let world = university_college();
    let expected = findings(&world, &["students.jsonl"]);
    assert!(expected.lines().count() > 200, "{}", expected.lines().count());
    let records = records(&world.read("students.jsonl"));
    for (types, group) in
        [(Types::Found, 1_000_000), (Types::Found, 700), (Types::Texts, 1_000_000), (Types::Compact, 1_000_000), (Types::Narrow, 1_000)]
    {
        world.write("students.parquet", nested(&records, types, group));
        for threads in ["1", "3"] {
            let found = findings(&world, &["students.parquet", "--threads", threads]);
            assert!(found == expected, "{group} rows a group, {threads} threads");
        }
    }
}

/// Students with records of three kinds, one of which has a finding.
fn many(students: usize) -> Vec<Value> {
    let text = World::first_steps().read("students.jsonl").replace("2023-10-15T23:59", "2023-10-19T23:59");
    let kinds = records(&text);
    let student = |number: usize| {
        let mut record = kinds[number % kinds.len()].clone();
        record["student"] = json!(format!("r{number:07}"));
        record
    };
    (1..=students).map(student).collect()
}

/// What is found, and what is wrong with which row of a file.
fn said(world: &World, file: &str) -> (i32, String, Vec<String>) {
    let found = world.run(&["check", file, "--format", "jsonl"]).stdout.replace(file, "students");
    let told = world.run(&["check", file, "--format", "concise"]);
    // `students.jsonl:3:120: error: …`, and of a file of columns `students.parquet: row 3, cohort: error: …`
    let place = |line: &str| {
        let (at, reason) = line.strip_prefix(file)?.split_once(": error: ")?;
        let number: String = at.trim_start_matches([':', ' ']).trim_start_matches("row ").chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{number}: {reason}"))
    };
    (told.code, found, told.stderr.lines().filter_map(place).collect())
}

/// The file says what the same records say as JSON Lines; what that is.
fn says_what_records_say(records: &[Value], files: &[Vec<u8>]) -> (i32, String, Vec<String>) {
    let world = World::first_steps();
    world.write("students.jsonl", records.iter().map(|record| record.to_string() + "\n").collect::<String>());
    let expected = said(&world, "students.jsonl");
    for (number, file) in files.iter().enumerate() {
        world.write("students.parquet", file);
        let found = said(&world, "students.parquet");
        assert_eq!((found.0, &found.2), (expected.0, &expected.2), "file {number}");
        assert!(found.1 == expected.1, "file {number}");
    }
    expected
}

/// Records with something wrong in some of them, in the middle of sound ones.
fn broken() -> Vec<Value> {
    let world = World::first_steps();
    let mut all = records(&world.read("students.jsonl"));
    let sound = all[0].clone();
    let mut add = |change: &dyn Fn(&mut Value)| {
        let mut record = sound.clone();
        record["student"] = json!(format!("r{:07}", 100 + all.len()));
        change(&mut record);
        all.push(record);
    };
    add(&|record| record["enrolments"][0]["isp"]["entries"][1]["credits"] = json!(-6.0));
    add(&|_| {});
    add(&|record| record["enrolments"][0]["isp"]["entries"][0]["course"] = json!("BM999"));
    add(&|record| record["enrolments"][0]["contract"] = json!("diplomma"));
    add(&|record| record["enrolments"][0]["academic_year"] = Value::Null);
    add(&|record| record["enrolments"][0]["isp"]["entries"][0]["credits"] = json!(5.000_1));
    add(&|record| record["enrolments"][0]["isp"]["entries"][0]["semester"] = json!(1.5));
    add(&|record| record["enrolments"][0]["isp"]["submitted_on"] = json!("2023-10-19"));
    add(&|record| record["enrolments"][0]["enrolled_on"] = json!("2203-02-01"));
    add(&|record| {
        let twice = record["enrolments"][0].clone();
        record["enrolments"].as_array_mut().unwrap().push(twice);
    });
    add(&|record| record["student"] = Value::Null);
    add(&|record| record["student"] = sound["student"].clone());
    add(&|record| record["enrolments"].as_array_mut().unwrap().push(Value::Null));
    add(&|record| record["visa"] = json!(true));
    all
}

#[test]
fn what_is_wrong_with_a_row_is_said() {
    let world = World::first_steps();
    let all = broken();
    world.write("students.jsonl", all.iter().map(|record| record.to_string() + "\n").collect::<String>());
    let plain = world.run(&["check", "students.jsonl", "--format", "concise"]);
    for types in [Types::Found, Types::Texts, Types::Compact] {
        world.write("students.parquet", nested(&all, types, 1_000_000));
        let ran = world.run(&["check", "students.parquet", "--format", "concise"]);
        assert_eq!((ran.code, reasons(&ran.stderr)), (plain.code, reasons(&plain.stderr)));
    }
    world.write("students.parquet", nested(&all, Types::Found, 1_000_000));
    assert_shown("parquet", "rows_drawn", &world.shown(&world.run(&["check", "students.parquet"])));
    assert_shown("parquet", "rows_concise", &world.shown(&world.run(&["check", "students.parquet", "--format", "concise"])));
}

/// What is said of each record, without its place.
fn reasons(said: &str) -> Vec<String> {
    let lines = said.lines().filter(|line| line.contains("error: "));
    lines.map(|line| line.rsplit_once("error: ").unwrap().1.replace("students.parquet", "students.jsonl")).collect()
}

#[test]
fn findings_point_at_rows() {
    let world = World::first_steps();
    let text = world.read("students.jsonl").replace("2023-10-15T23:59", "2023-10-19T23:59");
    world.write("students.parquet", nested(&records(&text), Types::Found, 1_000_000));
    assert_shown("parquet", "finding_drawn", &world.shown(&world.run(&["check", "students.parquet"])));
    assert_shown("parquet", "finding_jsonl", &world.shown(&world.run(&["check", "students.parquet", "--format", "jsonl"])));
    world.change("ispect.toml", "students.jsonl", "students.parquet");
    assert_shown("parquet", "explained", &world.shown(&world.run(&["explain", "r0000002", "isp_sent"])));
}

/// A case: its name, and the bytes of the file.
type Case = (&'static str, fn() -> Vec<u8>);

fn sound() -> Vec<u8> {
    nested(&broken()[..3], Types::Found, 1_000_000)
}

fn one(array: impl Array + 'static) -> ArrayRef {
    Arc::new(array)
}

const CASES: &[Case] = &[
    ("not_parquet", || b"student;cohort\nr0000001;2023-2024\n".to_vec()),
    ("empty", Vec::new),
    ("truncated", || sound()[..sound().len() / 2].to_vec()),
    ("encrypted", || [&sound()[..sound().len() - 4], b"PARE"].concat()),
    ("encrypted_column", || encrypted("student")),
    ("brotli", || compressed_otherwise(&sound())),
    ("broken", || {
        let mut bytes = sound();
        let length = bytes.len();
        bytes[length - 8..length - 4].copy_from_slice(&[0xff, 0xff, 0, 0]);
        bytes
    }),
    ("fewer_rows_than_said", || of_more_rows(&sound(), 1)),
    ("more_rows_than_said", || of_more_rows(&sound(), -1)),
    ("rows_of_no_group", || {
        // Three rows, and then the row groups.
        const ROWS: &[u8] = &[0x16, 0x06, 0x19];
        let mut bytes = sound();
        let at = bytes.windows(ROWS.len()).rposition(|window| window == ROWS).unwrap();
        bytes[at + 1] = 0x08;
        bytes
    }),
    ("number_as_student", || only("student", Arc::new(Int64Array::from(vec![745_123])))),
    ("no_student", || only("cohort", Arc::new(StringArray::from(vec!["2023-2024"])))),
    ("no_rows", || only("student", Arc::new(StringArray::from(Vec::<&str>::new())))),
    ("wrong_type", || with_column("statuses", in_lists("hours_per_month", &one(BooleanArray::from(vec![true]))))),
    ("instant_as_day", || with_column("first_enrolled_on", Arc::new(TimestampMicrosecondArray::from(vec![0]).with_timezone("UTC")))),
    ("list_of_numbers", || nested(&[json!({"student": "r1", "enrolments": [1, 2]})], Types::Found, 10)),
    ("without_zone", || {
        let isps = in_lists("submitted_at", &one(TimestampMicrosecondArray::from(vec![0])));
        let isp = isps.as_any().downcast_ref::<ListArray>().unwrap().values().clone();
        with_column("enrolments", in_lists("isp", &isp))
    }),
];

#[test]
fn what_is_wrong_with_a_file_is_said() {
    for (name, bytes) in CASES {
        let world = World::first_steps();
        world.write("students.parquet", bytes());
        let ran = world.run(&["check", "students.parquet"]);
        assert_shown("parquet", name, &world.shown(&ran));
    }
}

/// A case: its name, and a table in the place of another.
type TableCase = (&'static str, &'static str, fn() -> Vec<u8>);

const TABLE_CASES: &[TableCase] = &[
    ("table_drawn", "unchanged", Vec::new),
    ("table_of_numbers", "student", || only("student", one(Int64Array::from(vec![745_123])))),
    ("table_of_lists", "student", sound),
    ("table_unsorted", "status", || only("student", one(StringArray::from(vec!["r0000003", "r0000001"])))),
    ("table_without_zone", "isp", || only("submitted_at", one(TimestampMicrosecondArray::from(vec![0])))),
    ("table_of_bytes", "diploma", || with_column("Remark", one(BinaryArray::from(vec![&b"\xff"[..], b"x", b""])))),
    ("table_of_fewer_rows_than_said", "student", || of_more_rows(&only("student", one(StringArray::from(vec!["r0000001"]))), 1)),
    ("table_broken", "isp", || b"student;state\n".to_vec()),
];

#[test]
fn what_is_wrong_with_a_table_is_said() {
    for (name, table, bytes) in TABLE_CASES {
        let (world, tables) = first_steps_tables();
        write_tables(&world, "exports", &tables);
        if *table != "unchanged" {
            world.write(&format!("exports/{table}.parquet"), bytes());
        }
        let ran = world.run(&["check", "exports"]);
        assert_shown("parquet", name, &world.shown(&ran));
    }
}

#[test]
fn a_clock_that_is_said_gives_the_zone() {
    let (world, tables) = first_steps_tables();
    world.change("ispect.toml", "[records]\n", "[records]\ntime_zone = \"Europe/Brussels\"\n");
    let checked = |types: Types| {
        write_typed(&world, "exports", (&tables, types));
        world.run(&["check", "exports", "--format", "jsonl"]).stdout
    };
    let expected = checked(Types::Found);
    assert_eq!(expected.lines().count(), 2);
    assert_eq!(checked(Types::Clock), expected);
}

/// Date-times of no clock, and codes that became numbers.
#[test]
fn what_is_proposed_from_columns() {
    let (world, tables) = first_steps_tables();
    world.remove("ispect.toml");
    write_typed(&world, "export", (&renamed(&tables), Types::Clock));
    world.write("export/lokalen.parquet", only("lokaal", one(Int64Array::from(vec![12]))));
    assert_shown("init_from", "parquet_tables", &proposed(&world, "export"));
    let text =
        world.read("students.jsonl").replace("\"BM103\"", "103").replace("\"BM101\"", "101").replace("\"BM102\"", "102").replace("\"BM104\"", "104");
    let records: Vec<Value> = records(&text).iter().map(renamed_record).collect();
    world.write("students.parquet", nested(&records, Types::Clock, 100));
    world.remove("ispect.toml");
    assert_shown("init_from", "nested_parquet", &proposed(&world, "students.parquet"));
}

/// Whole dossiers under the headings of an institution and by its clock, odd ones among them, say what the same records in the words of the record say.
#[test]
fn a_nested_file_has_headings_and_a_clock() {
    let world = World::first_steps();
    world.write("students.jsonl", broken().iter().map(|record| record.to_string() + "\n").collect::<String>());
    let plain = world.run(&["check", "students.jsonl", "--format", "concise"]);
    let mapped = "time_zone = \"Europe/Brussels\"\n\n[map.student]\nstudent = \"Stamnummer\"\ncohort = \"Generatie\"\n\n[map.enrolment]\n\
        academic_year = \"ACADEMIEJAAR\"\nprogramme = \"Opleidingscode\"\ncontract = \"Contracttype\"\n\n[map.entry]\ncourse = \"OLOD-code\"\n\
        credits = \"Studiepunten\"\nsemester = \"SEM\"\n\n[map.isp]\nsubmitted_at = \"Ingediend om\"\n\n[check]";
    world.change("ispect.toml", "[check]", mapped);
    let records: Vec<Value> = broken().iter().map(renamed_record).collect();
    for types in [Types::Clock, Types::Texts] {
        world.write("students.parquet", nested(&records, types, 1_000_000));
        let ran = world.run(&["check", "students.parquet", "--format", "concise"]);
        assert_eq!((ran.code, reasons(&ran.stderr)), (plain.code, reasons(&plain.stderr)));
    }
    assert_shown("parquet", "mapped", &world.shown(&world.run(&["check", "students.parquet", "--format", "concise"])));
    world.change("ispect.toml", "OLOD-code", "OLOD_code");
    assert_shown("parquet", "mapped_to_nothing", &world.shown(&world.run(&["check", "students.parquet"])));
}

/// Of a date-time in a text, and in a column of its own, the day is that of the clock.
#[test]
fn the_clock_tells_the_day_of_a_nested_file() {
    let world = World::first_steps();
    let text = world.read("students.jsonl").replace("2023-10-15T23:59:00+02:00", "2023-10-16T00:10:00+02:00");
    let as_text = text.replace("+02:00", "");
    let checked = |zone: &str, (text, types): (&str, Types)| {
        world.write("students.parquet", nested(&records(text), types, 100));
        world.change("ispect.toml", "[records]\n", &format!("[records]\ntime_zone = \"{zone}\"\n"));
        let ran = world.run(&["check", "students.parquet", "--format", "concise"]);
        world.change("ispect.toml", &format!("time_zone = \"{zone}\"\n"), "");
        assert!(ran.stderr.contains("; 0 records set aside"), "{}", ran.stderr);
        ran.stdout.lines().filter(|line| line.contains("isp_sent")).count()
    };
    for written in [(text.as_str(), Types::Clock), (as_text.as_str(), Types::Texts), (as_text.as_str(), Types::Compact)] {
        assert_eq!((checked("Europe/Brussels", written), checked("Asia/Tokyo", written)), (1, 0));
    }
}

#[test]
fn floats_are_read_as_the_decimals_that_they_show() {
    let world = World::first_steps();
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![0.1, 4.5, 5.000_1, f64::NAN, f64::INFINITY, -0.0, 1e9, 0.1 + 0.2]));
    world.write("students.parquet", with_column("learning_account", in_lists("credits", &floats)));
    assert_shown("parquet", "floats", &world.shown(&world.run(&["check", "students.parquet", "--format", "concise"])));
}

/// A page that begins before its file: the library panics over it, and nobody sees more than that the file is broken.
#[test]
fn a_file_over_which_the_library_panics() {
    // The first page begins at byte 4, as all such files do; the sign is the lowest bit.
    const BEGINS_AT_4: &[u8] = &[0x26, 0x08, 0x1c];
    let world = World::first_steps();
    let mut bytes = sound();
    let at = bytes.windows(BEGINS_AT_4.len()).position(|window| window == BEGINS_AT_4).unwrap();
    bytes[at + 1] ^= 1;
    world.write("students.parquet", &bytes);
    assert_shown("parquet", "library_panics", &world.shown(&world.run(&["check", "students.parquet"])));
    world.remove("ispect.toml");
    assert_shown("parquet", "library_panics_for_init", &world.shown(&world.run(&["init", "--from", "students.parquet"])));
}

#[test]
fn no_broken_byte_stops_the_engine() {
    let world = World::first_steps();
    let bytes = sound();
    for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x55;
        world.write("students.parquet", broken);
        let ran = world.run(&["check", "students.parquet", "--format", "concise"]);
        assert!((0..=3).contains(&ran.code) && !ran.stderr.contains("panicked"), "byte {at}: {}", ran.stderr);
    }
}
