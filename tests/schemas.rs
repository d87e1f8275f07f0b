//! The tables that `ispect schema tables` describes are those that are read: a folder of CSV with each of its tables and columns is a whole export.

use std::fmt::Write as _;

use crate::worlds::World;

/// A table and its columns: name, and the rest of the line.
type Table = (String, Vec<(String, String)>);

fn tables(sql: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let name = |line: &str| line.split('"').nth(1).map(str::to_owned);
    for line in sql.lines() {
        if line.starts_with("CREATE TABLE") {
            tables.push((name(line).unwrap(), Vec::new()));
        } else if let (true, Some((_, columns))) = (line.starts_with("    \""), tables.last_mut()) {
            let rest = line.split_once("\" ").unwrap().1.to_owned();
            columns.push((name(line).unwrap(), rest));
        }
    }
    tables
}

/// A value that a column may hold.
fn value((name, form): &(String, String)) -> &str {
    match (name.as_str(), form) {
        ("student", _) => "r1",
        ("academic_year" | "cohort", _) => "2021-2022",
        (_, form) if form.contains(" IN ('") => form.split('\'').nth(1).unwrap(),
        (_, form) if form.starts_with("DATE") => "2022-01-31",
        (_, form) if form.starts_with("TIMESTAMP") => "2022-01-31T10:00:00+01:00",
        (_, form) if form.starts_with("BOOLEAN") => "true",
        (_, form) if form.starts_with("INTEGER") || form.starts_with("DECIMAL") => "1",
        _ => "X",
    }
}

#[test]
fn the_tables_are_those_that_are_read() {
    let world = World::first_steps();
    let sql = world.run(&["schema", "tables"]).stdout;
    let tables = tables(&sql);
    assert_eq!(tables.len(), 13, "{sql}");
    for (table, columns) in &tables {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let values: Vec<&str> = columns.iter().map(value).collect();
        let mut text = String::new();
        let _ = writeln!(text, "{}\n{}", names.join(";"), values.join(";"));
        world.write(&format!("exports/{table}.csv"), text);
    }
    let ran = world.run(&["check", "exports"]);
    assert!(ran.stdout.contains("1 dossier, ") && ran.stdout.contains("; 0 records set aside"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stderr, "", "every column is declared");
    for (table, columns) in &tables {
        let mut names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        assert_eq!(names.len(), columns.len(), "{table} has a column twice");
    }
}
