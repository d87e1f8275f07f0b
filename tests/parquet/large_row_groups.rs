//! Row groups so large that several threads unpack them together.

use parquet::file::metadata::ParquetMetaDataReader;
use serde_json::{Value, json};

use super::many;
use super::written::{Types, nested};
use crate::worlds::World;

const STUDENTS: usize = 3_000;

/// Students of each of whom a long name is known, so that a column takes more than all others together.
fn records() -> Vec<Value> {
    let mut records = many(STUDENTS);
    for (number, record) in records.iter_mut().enumerate() {
        let name = format!("{number} ").repeat(100);
        record["diplomas"] = json!([{"level": "secondary", "name": name, "awarded_on": "2022-06-30"}]);
    }
    records
}

fn checked(world: &World, file: &str, threads: &str) -> (i32, String, String) {
    let ran = world.run(&["check", file, "--format", "jsonl", "--threads", threads]);
    (ran.code, ran.stdout.replace(file, "students"), ran.stderr.replace(file, "students"))
}

#[test]
fn threads_that_unpack_together_change_nothing() {
    let (world, records) = (World::first_steps(), records());
    world.write("students.jsonl", records.iter().map(|record| record.to_string() + "\n").collect::<String>());
    let (code, expected, _) = checked(&world, "students.jsonl", "1");
    assert!(code == 1 && expected.lines().count() > STUDENTS / 5, "{code}: {} findings", expected.lines().count());
    for group in [STUDENTS, STUDENTS - 100] {
        let bytes = nested(&records, Types::Found, group);
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&bytes::Bytes::copy_from_slice(&bytes)).unwrap();
        assert!(metadata.row_group(0).total_byte_size() > 1 << 20, "{}", metadata.row_group(0).total_byte_size());
        world.write("students.parquet", bytes);
        for threads in ["1", "2", "5"] {
            let (code, found, said) = checked(&world, "students.parquet", threads);
            assert!((code, &found) == (1, &expected), "{group} rows a group, {threads} threads: {code}, {said}");
        }
    }
}

#[test]
fn a_broken_byte_is_said_alike_by_all_threads() {
    let world = World::first_steps();
    let sound = nested(&records(), Types::Texts, 1_000_000);
    let mut refused = 0;
    for tenth in 1..10 {
        let mut broken = sound.clone();
        let at = sound.len() * tenth / 10;
        broken[at..at + 8].fill(0xFF);
        world.write("students.parquet", broken);
        let (code, found, said) = checked(&world, "students.parquet", "1");
        refused += usize::from(code == 2 && said.contains("parquet::broken"));
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(checked(&world, "students.parquet", "3"), (code, found, said), "a byte at {at}");
    }
    assert!(refused > 3, "{refused}");
}
