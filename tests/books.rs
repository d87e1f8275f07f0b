//! Findings in formats that are no text, and what becomes of results that can't be written.

use crate::worlds::World;

const LATE: &str = r#"{"student":"=1+1","cohort":"2023-2024","enrolments":[{"academic_year":"2023-2024","programme":"PB-BM","contract":"diploma","isp":{"state":"submitted","submitted_at":"2023-10-15T22:30:00Z","entries":[{"course":"BM101","semester":1,"credits":12},{"course":"BM104","semester":2,"credits":14}]}}]}"#;

fn late() -> World {
    let world = World::first_steps();
    world.write("late.jsonl", LATE);
    world
}

/// A full disk is said, and nothing is half written.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_every_format() {
    let world = late();
    let books: &[(&str, bool)] = &[("parquet", cfg!(feature = "parquet")), ("xlsx", cfg!(feature = "xlsx"))];
    let books = books.iter().filter(|(_, written)| *written).map(|(format, _)| *format);
    for format in ["text", "concise", "plain", "json", "jsonl", "csv"].into_iter().chain(books) {
        let ran = world.run(&["check", "late.jsonl", "--format", format, "--output", "/dev/full"]);
        assert_eq!(ran.code, 2, "{format}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains("no space left on device"), "{format}: {}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{format}: {}", ran.stderr);
    }
}

#[test]
fn books_need_a_file_or_a_build() {
    let world = late();
    for (format, written) in [("parquet", cfg!(feature = "parquet")), ("xlsx", cfg!(feature = "xlsx"))] {
        let ran = world.run(&["check", "late.jsonl", "--format", format]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        let code = if written { "asked::needs_output" } else { "asked::format_not_in_this_build" };
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn findings_in_typed_columns() {
    use arrow_array::cast::AsArray as _;
    use arrow_array::types::{Date32Type, Int64Type};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    let world = late();
    let write = |file: &str| world.run(&["check", "late.jsonl", "--format", "parquet", "--output", file]);
    let ran = write("findings.parquet");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    let bytes = std::fs::read(world.path().join("findings.parquet")).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes.clone())).unwrap();
    let run = builder.metadata().file_metadata().key_value_metadata().unwrap().iter().find(|pair| pair.key == "ispect").unwrap();
    assert!(run.value.as_ref().unwrap().contains("\"findings\":2"), "{run:?}");
    let batch = builder.build().unwrap().next().unwrap().unwrap();
    assert_eq!(batch.num_rows(), 2);
    let column = |name: &str| batch.column_by_name(name).unwrap();
    assert_eq!(column("student").as_string::<i32>().value(0), "=1+1");
    let days: Vec<Option<i32>> = column("last_day").as_primitive::<Date32Type>().iter().collect();
    assert!(days.contains(&Some(19_645)), "{days:?}");
    assert_eq!(column("record_line").as_primitive::<Int64Type>().value(0), 1);
    assert_eq!(column("article").as_list::<i32>().value(0).as_string::<i32>().value(0), "1");
    write("again.parquet");
    assert_eq!(std::fs::read(world.path().join("again.parquet")).unwrap(), bytes);
}

#[cfg(feature = "xlsx")]
#[test]
fn findings_in_a_workbook() {
    use calamine::{Data, Reader as _, Xlsx, open_workbook};

    let world = late();
    let write = |file: &str| world.run(&["check", "late.jsonl", "--format", "xlsx", "--output", file]);
    let ran = write("findings.xlsx");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    let mut workbook: Xlsx<_> = open_workbook(world.path().join("findings.xlsx")).unwrap();
    assert_eq!(workbook.sheet_names(), ["Findings", "Run"]);
    let findings = workbook.worksheet_range("Findings").unwrap();
    assert_eq!(findings.height(), 3);
    let headings: Vec<String> = findings.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let cell = |row: u32, name: &str| {
        let column = headings.iter().position(|heading| heading == name).unwrap();
        findings.get_value((row, u32::try_from(column).unwrap())).cloned().unwrap_or(Data::Empty)
    };
    assert_eq!(cell(1, "student"), Data::String("=1+1".to_owned()));
    assert!([1, 2].iter().any(|row| matches!(cell(*row, "last_day"), Data::DateTime(_))));
    assert!(workbook.worksheet_formula("Findings").unwrap().is_empty());
    let run = workbook.worksheet_range("Run").unwrap();
    assert!(run.rows().any(|row| matches!(row, [Data::String(name), Data::String(hash)] if name == "sha256.records" && hash.len() == 64)));
    write("again.xlsx");
    let bytes = |file: &str| std::fs::read(world.path().join(file)).unwrap();
    assert_eq!(bytes("again.xlsx"), bytes("findings.xlsx"));
}
