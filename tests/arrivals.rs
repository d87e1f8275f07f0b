//! One cohort in every format: the findings are the same bytes, apart from the record's place.
//!
//! Add a format: a function that writes the tables into a world and says what to check there, and a line in `FORMATS`.

use std::any::Any;
use std::io::Write as _;

use serde_json::Value;

use crate::tables::{OFFICE, PLAIN, Tables, tables_of, write};
use crate::worlds::{World, copy, root};

/// The cohort as records and as tables.
pub(crate) struct Cohort {
    pub(crate) lines: String,
    pub(crate) tables: Tables,
}

/// What is to be checked, and what has to live until it is.
pub(crate) struct Written {
    pub(crate) students: String,
    _store: Box<dyn Any>,
}

/// A file or a folder of the world.
#[allow(clippy::unnecessary_wraps, reason = "what formats return")]
fn file(name: &str) -> Option<Written> {
    Some(Written { students: name.to_owned(), _store: Box::new(()) })
}

/// A format: its name, and what writes the cohort into a world and tells what to check; nothing where this machine has no such store.
pub(crate) type Format = (&'static str, fn(&World, &Cohort) -> Option<Written>);

pub(crate) const FORMATS: &[Format] = &[
    ("gzip", |world, cohort| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(cohort.lines.as_bytes()).unwrap();
        world.write("students.jsonl.gz", gzip.finish().unwrap());
        file("students.jsonl.gz")
    }),
    ("CSV with points", |world, cohort| {
        write(world, "points", (&cohort.tables, &PLAIN));
        file("points")
    }),
    ("CSV with commas", |world, cohort| {
        write(world, "commas", (&cohort.tables, &OFFICE));
        file("commas")
    }),
    #[cfg(feature = "parquet")]
    ("Parquet, nested", |world, cohort| {
        crate::parquet::write_nested(world, "nested.parquet", &cohort.lines);
        file("nested.parquet")
    }),
    #[cfg(feature = "parquet")]
    ("Parquet tables", |world, cohort| {
        crate::parquet::write_tables(world, "parquet", &cohort.tables);
        file("parquet")
    }),
    #[cfg(feature = "sqlite")]
    ("SQLite", |world, cohort| {
        crate::sqlite::write(world, "students.sqlite", &cohort.tables);
        file("students.sqlite")
    }),
    #[cfg(feature = "postgres")]
    ("PostgreSQL", |_, cohort| {
        let schema = crate::postgres::Schema::new()?;
        schema.write(&cohort.tables);
        Some(Written { students: schema.address(), _store: Box::new(schema) })
    }),
    #[cfg(feature = "xlsx")]
    ("XLSX", |world, cohort| {
        crate::xlsx::write(world, "students.xlsx", &cohort.tables);
        file("students.xlsx")
    }),
];

/// The findings as they are written, without the place of the record.
pub(crate) fn findings(world: &World, students: &str) -> Vec<String> {
    let ran = world.run(&["check", students, "--format", "jsonl"]);
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    assert!(ran.stderr.contains("; 0 records set aside"), "{}", ran.stderr);
    without_places(&ran.stdout)
}

pub(crate) fn without_places(lines: &str) -> Vec<String> {
    lines.lines().map(without_place).collect()
}

/// The record's place is the last member of a finding.
fn without_place(line: &str) -> String {
    let (rest, place) = line.rsplit_once(",\"record\":").unwrap();
    let place: Value = serde_json::from_str(place.strip_suffix('}').unwrap()).unwrap();
    assert!(place.is_null() || place["line"].as_u64().unwrap() > 0, "{line}");
    rest.to_owned()
}

/// A world with a regulation set of its own, and how many findings it is known to have.
fn same_in_every_format(world: &World, at_least: usize) {
    let (tables, lines) = tables_of(&world.read("students.jsonl"));
    let cohort = Cohort { lines, tables };
    world.write("students.jsonl", &cohort.lines);
    let expected = findings(world, "students.jsonl");
    assert!(expected.len() >= at_least, "{}", expected.len());
    for (name, written) in FORMATS {
        if let Some(written) = written(world, &cohort) {
            assert!(findings(world, &written.students) == expected, "{name} differs");
        }
    }
}

/// The world of the university college in one folder.
fn university_college() -> World {
    let world = World::empty();
    copy(&root().join("examples/university-college"), world.path());
    copy(&root().join("regulations"), &world.path().join("regulations"));
    world.change("ispect.toml", "../../", "");
    world
}

#[test]
fn an_invented_cohort_is_the_same_in_every_format() {
    same_in_every_format(&university_college(), 20);
}

#[test]
fn a_generated_cohort_is_the_same_in_every_format() {
    let world = university_college();
    let made = world.run(&["generate", "--students", "300", "--seed", "7", "--output", "students.jsonl"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    same_in_every_format(&world, 25);
}

/// A build without a feature refuses what it can't read by name.
#[test]
fn what_this_build_lacks_is_said() {
    let world = World::first_steps();
    let stores = [
        ("export.xlsx", cfg!(feature = "xlsx")),
        ("students.parquet", cfg!(feature = "parquet")),
        ("records.db", cfg!(feature = "sqlite")),
        ("postgres://server/records", cfg!(feature = "postgres")),
    ];
    for (store, _) in stores.into_iter().filter(|(_, is_read)| !is_read) {
        let ran = world.run(&["check", store]);
        let proposed = world.run(&["init", "college", "--from", store]);
        assert_eq!((ran.code, proposed.code, &ran.stderr), (2, 2, &proposed.stderr));
        assert!(ran.stderr.contains(&format!("{store} is a")) && ran.stderr.contains("this build of `ispect` does not read"), "{}", ran.stderr);
    }
}
