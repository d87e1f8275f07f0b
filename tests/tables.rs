//! Dossiers as CSV tables: what is wrong with a table is said, and findings point at its rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::worlds::{World, assert_shown};

/// How tables are written.
pub(crate) struct Dialect {
    delimiter: &'static str,
    decimal: &'static str,
    line_break: &'static str,
    before: &'static str,
    quotes: fn(&str) -> bool,
}

pub(crate) const PLAIN: Dialect =
    Dialect { delimiter: ",", decimal: ".", line_break: "\n", before: "", quotes: |text| text.contains([',', '"', '\n']) };
pub(crate) const OFFICE: Dialect = Dialect { delimiter: ";", decimal: ",", line_break: "\r\n", before: "\u{feff}", quotes: |text| !text.is_empty() };

/// Lists of a student and their tables.
const LISTS: [(&str, &str); 8] = [
    ("statuses", "status"),
    ("diplomas", "diploma"),
    ("exemptions", "exemption"),
    ("credit_certificates", "credit_certificate"),
    ("requests", "request"),
    ("decisions", "decision"),
    ("measures", "measure"),
    ("learning_account", "account_entry"),
];

pub(crate) type Tables = BTreeMap<&'static str, Vec<Map<String, Value>>>;

fn scalars(object: &Value) -> impl Iterator<Item = (String, Value)> {
    object.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_array() && !value.is_object())
}

/// Records as rows of tables, and the same records with every list that is a table.
pub(crate) fn tables_of(records: &str) -> (Tables, String) {
    let mut tables = Tables::new();
    let mut whole = Vec::new();
    for line in records.lines() {
        let mut record: Value = serde_json::from_str(line).unwrap();
        for (list, _) in LISTS {
            record.as_object_mut().unwrap().entry(list).or_insert(Value::Array(Vec::new()));
        }
        let student = record["student"].clone();
        whole.push((student.as_str().unwrap().to_owned(), record.to_string()));
        let keyed = |keys: &[(&str, &Value)], row: &Value| -> Map<String, Value> {
            let keys = keys.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone()));
            keys.chain(scalars(row)).collect()
        };
        tables.entry("student").or_default().push(scalars(&record).collect());
        for (list, table) in LISTS {
            let rows = record[list].as_array().unwrap();
            tables.entry(table).or_default().extend(rows.iter().map(|row| keyed(&[("student", &student)], row)));
        }
        for enrolment in record.get("enrolments").and_then(Value::as_array).into_iter().flatten() {
            let mut keys = vec![("student", &student)];
            keys.extend(["academic_year", "programme", "contract"].map(|key| (key, &enrolment[key])));
            tables.entry("enrolment").or_default().push(keyed(&keys[..1], enrolment));
            let Some(isp) = enrolment.get("isp") else { continue };
            tables.entry("isp").or_default().push(keyed(&keys, isp));
            for entry in isp.get("entries").and_then(Value::as_array).into_iter().flatten() {
                let mut row = keyed(&keys, entry);
                row.extend(entry.get("result").into_iter().flat_map(scalars));
                tables.entry("entry").or_default().push(row);
            }
        }
    }
    whole.sort();
    (tables, whole.into_iter().map(|(_, record)| record + "\n").collect())
}

/// The rows in the order of the students, and the names of the columns, the student's first.
pub(crate) fn sorted(rows: &[Map<String, Value>]) -> (Vec<&str>, Vec<&Map<String, Value>>) {
    let mut rows: Vec<_> = rows.iter().collect();
    let student = ["student", "Stamnummer"].into_iter().find(|name| rows.iter().any(|row| row.contains_key(*name))).unwrap_or("student");
    rows.sort_by_key(|row| row[student].as_str().unwrap().to_owned());
    let names: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).filter(|name| *name != student).collect();
    (std::iter::once(student).chain(names).collect(), rows)
}

fn written(rows: &[Map<String, Value>], dialect: &Dialect) -> String {
    let (names, rows) = sorted(rows);
    let cell = |text: &str| if (dialect.quotes)(text) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() };
    let line = |cells: Vec<String>| cells.join(dialect.delimiter) + dialect.line_break;
    let value = |value: Option<&Value>| match value {
        Some(Value::String(text)) => cell(text),
        Some(Value::Number(number)) => cell(&number.to_string().replace('.', dialect.decimal)),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    };
    let mut text = dialect.before.to_owned() + &line(names.iter().map(|name| cell(name)).collect());
    for row in rows {
        text.push_str(&line(names.iter().map(|name| value(row.get(*name))).collect()));
    }
    text
}

pub(crate) fn write(world: &World, folder: &str, (tables, dialect): (&Tables, &Dialect)) {
    for (table, rows) in tables {
        world.write(&format!("{folder}/{table}.csv"), written(rows, dialect));
    }
}

/// The first steps and its tables, in which the third student's ISP is too small and the second's too late.
pub(crate) fn first_steps_tables() -> (World, Tables) {
    let world = World::first_steps();
    let records =
        world.read("students.jsonl").replace("\"credits\":18}]}}]}\n", "\"credits\":1.5}]}}]}\n").replace("2023-10-15T23:59", "2023-10-19T23:59");
    let (mut tables, _) = tables_of(&records);
    tables.retain(|table, _| ["student", "enrolment", "isp", "entry"].contains(table));
    (world, tables)
}

pub(crate) fn first_steps() -> World {
    let (world, tables) = first_steps_tables();
    write(&world, "exports", (&tables, &Dialect { before: "", line_break: "\n", quotes: |_| false, ..OFFICE }));
    world
}

#[test]
fn findings_point_at_rows() {
    let world = first_steps();
    assert_shown("tables", "drawn", &world.shown(&world.run(&["check", "exports"])));
    assert_shown("tables", "concise", &world.shown(&world.run(&["check", "exports", "--format", "concise"])));
    let files = ["student", "enrolment", "isp", "entry"].map(|table| format!("exports/{table}.csv"));
    let arguments: Vec<&str> = ["check", "--format", "concise"].into_iter().chain(files.iter().map(String::as_str)).collect();
    assert_eq!(world.run(&arguments).stdout.lines().count(), world.run(&["check", "exports", "--format", "concise"]).stdout.lines().count());
}

/// A case: its name, its exit code, and what is done to the tables.
type Case = (&'static str, i32, fn(&World));

const CASES: &[Case] = &[
    ("wrong_length", 1, |world| world.change("exports/entry.csv", ";BM101;", ";BM101;;")),
    ("blanks_around_a_student", 2, |world| world.change("exports/entry.csv", "r0000002;", "r0000002 ;")),
    ("blanks_before_a_student", 2, |world| world.change("exports/entry.csv", "r0000002;", " r0000002;")),
    ("whose_row", 2, |world| world.write("exports/status.csv", "status;student\nscholarship;x;r0000001\n")),
    ("impossible_value", 1, |world| world.change("exports/entry.csv", ";1,5;", ";-1,5;")),
    ("open_quote", 2, |world| world.change("exports/entry.csv", "BM101", "\"BM101")),
    ("lone_return", 2, |world| world.write("exports/diploma.csv", "student;level;name\rr0000001;secondary;Latin\r")),
    ("returns_twice", 2, |world| world.change("exports/entry.csv", "\n", "\r\r\n")),
    ("other_decimal_mark", 1, |world| world.change("exports/entry.csv", "r0000003", "r0000003")),
    ("unsorted", 2, |world| world.change("exports/enrolment.csv", "r0000001", "r0000004")),
    ("missing_column", 2, |world| world.change("exports/entry.csv", ";programme;", ";program;")),
    ("twice", 2, |world| world.change("exports/entry.csv", ";programme;", ";course;")),
    ("no_student_table", 2, |world| world.remove("exports/student.csv")),
    ("unknown_table", 2, |world| world.write("exports/entries.csv", "student\n")),
    ("unknown_student", 1, |world| world.change("exports/student.csv", "r0000002;2023-2024\n", "")),
    ("which_enrolment", 1, |world| world.change("exports/enrolment.csv", "2023-2024;diploma", "2022-2023;diploma")),
    ("windows_1252", 1, |world| world.write("exports/diploma.csv", b"student;name\nr0000001;\xc9conomie\n")),
    ("ambiguous_number", 2, |world| world.change("exports/entry.csv", ";12;", ";1.234;")),
    ("ambiguous_after_a_long_row", 2, |world| {
        world.change("exports/entry.csv", ";BM101;12;", ";BM101;7.5;12;");
        world.change("exports/entry.csv", ";1,5;", ";1.234;");
    }),
    ("ambiguous_delimiter", 2, |world| world.write("exports/diploma.csv", "nr;name,first\n")),
    ("mapped", 1, |world| {
        world.change("exports/entry.csv", "course", "Opleidingsonderdeel");
        world.change("ispect.toml", "[check]", "[map.entry]\ncourse = \"Opleidingsonderdeel\"\n\n[check]");
    }),
    ("unknown_column", 1, |world| world.change("exports/entry.csv", "semester", "semster")),
    ("wrong_map", 2, |world| world.change("ispect.toml", "[check]", "[map.entry]\ncours = \"Opleidingsonderdeel\"\n\n[check]")),
    ("heading_twice", 2, |world| {
        world.change("exports/entry.csv", "course", "Vak");
        world.change("ispect.toml", "[check]", "[map.entry]\ncourse = \"Vak\"\nreplaces = \"Vak\"\n\n[check]");
    }),
    ("missing_heading", 2, |world| world.change("ispect.toml", "[check]", "[map.entry]\ncourse = \"Opleidingsonderdeel\"\n\n[check]")),
    ("student_twice", 1, |world| world.change("exports/student.csv", "r0000002;2023-2024\n", "r0000002;2023-2024\nr0000002;2023-2024\n")),
];

#[test]
fn what_is_wrong_with_tables_is_said() {
    let mut wrong = Vec::new();
    for (name, code, change) in CASES {
        let world = first_steps();
        if *name == "other_decimal_mark" {
            let text = world.read("exports/entry.csv");
            let at = text.rfind(";15;").unwrap();
            world.write("exports/entry.csv", format!("{};7.5;{}", &text[..at], &text[at + 4..]));
        }
        change(&world);
        let ran = world.run(&["check", "exports", "--format", "concise"]);
        if ran.code != *code {
            wrong.push(format!("{name} {}: {}{}", ran.code, ran.stdout, ran.stderr));
        }
        let drawn = world.run(&["check", "exports"]);
        assert_shown("tables", name, &world.shown(&drawn));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
