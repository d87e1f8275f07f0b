//! `SQLite` databases: how they are written here, and what is said of those that can't be read.

use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::Value;

use crate::init_from::{proposed, renamed};
use crate::tables::{Tables, first_steps_tables, sorted};
use crate::worlds::{World, assert_shown};

/// Write tables into a database, numbers as numbers; the rows lie in the reverse of their order.
pub(crate) fn write(world: &World, file: &str, tables: &Tables) {
    let connection = Connection::open(world.path().join(file)).unwrap();
    connection.execute_batch("BEGIN").unwrap();
    for (table, rows) in tables {
        let (names, mut rows) = sorted(rows);
        rows.reverse();
        let columns = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        connection.execute_batch(&format!("CREATE TABLE \"{table}\" ({columns})")).unwrap();
        let places = vec!["?"; names.len()].join(", ");
        let mut insert = connection.prepare(&format!("INSERT INTO \"{table}\" VALUES ({places})")).unwrap();
        for row in rows {
            insert.execute(rusqlite::params_from_iter(names.iter().map(|name| cell(row.get(*name))))).unwrap();
        }
    }
    connection.execute_batch("COMMIT").unwrap();
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Number(number)) => number.as_i64().map_or_else(|| Cell::Real(number.as_f64().unwrap()), Cell::Integer),
        Some(Value::Bool(truth)) => Cell::Integer((*truth).into()),
        _ => Cell::Null,
    }
}

/// The first steps in a database.
fn first_steps() -> (World, Connection) {
    let (world, tables) = first_steps_tables();
    write(&world, "records.sqlite", &tables);
    let connection = Connection::open(world.path().join("records.sqlite")).unwrap();
    (world, connection)
}

/// A case: its name, its exit code, and what is done to the database.
type Case = (&'static str, i32, &'static str);

const CASES: &[Case] = &[
    ("as_it_is", 1, ""),
    ("view", 1, "ALTER TABLE entry RENAME TO lines; CREATE VIEW Entry AS SELECT * FROM lines; CREATE TABLE unrelated (x);"),
    ("blob", 1, "UPDATE entry SET course = x'424d313031' WHERE student = 'r0000001' AND course = 'BM101'"),
    ("blob_that_nobody_declared", 1, "ALTER TABLE entry ADD photo; UPDATE entry SET photo = x'ff', course = 'BM101' WHERE course = 'BM101'"),
    ("number_in_text", 1, "UPDATE entry SET course = 101 WHERE student = 'r0000002' AND course = 'BM101'"),
    ("student_is_a_number", 2, "UPDATE student SET student = 745123 WHERE student = 'r0000002'"),
    ("float", 1, "UPDATE entry SET credits = 4.1 + 1.4 WHERE student = 'r0000001' AND course = 'BM101'"),
    ("float_that_is_not_exact", 1, "UPDATE entry SET credits = 0.1 + 0.2 WHERE student = 'r0000001' AND course = 'BM101'"),
    ("no_student_table", 2, "DROP TABLE student"),
    ("no_student_column", 2, "ALTER TABLE entry RENAME COLUMN student TO stamnummer"),
    ("nearly_a_list", 1, "CREATE TABLE exemptions (student, course)"),
    ("nearly_a_list_and_a_quotation_mark", 1, "CREATE TABLE \"exemption\"\"\" (student, course)"),
    ("nearly_a_list_and_a_line_break", 1, "CREATE TABLE \"exemption\n\" (student, course)"),
    ("nearly_a_list_and_an_apostrophe", 1, "CREATE TABLE \"exemption's\" (student, course)"),
    (
        "breaks_on_the_way",
        3,
        "ALTER TABLE entry RENAME TO e; \
         CREATE VIEW entry AS SELECT e.*, abs(CASE course WHEN 'BM102' THEN -9223372036854775807 - 1 END) AS option FROM e",
    ),
    ("without_student", 2, "INSERT INTO entry (course) VALUES ('BM101')"),
    ("date_time_without_offset", 1, "UPDATE isp SET submitted_at = '2023-10-15 14:20' WHERE student = 'r0000001'"),
];

#[test]
fn what_is_wrong_with_a_database_is_said() {
    let mut wrong = Vec::new();
    for (name, code, change) in CASES {
        let (world, connection) = first_steps();
        connection.execute_batch(change).unwrap();
        let ran = world.run(&["check", "records.sqlite", "--format", "concise"]);
        if ran.code != *code {
            wrong.push(format!("{name} {}: {}{}", ran.code, ran.stdout, ran.stderr));
        }
        assert_shown("sqlite", name, &world.shown_with_problems_drawn(&["check", "records.sqlite"]));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_database_that_can_not_be_read() {
    let (world, connection) = first_steps();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_shown("sqlite", "locked", &world.shown(&world.run(&["check", "records.sqlite"])));
    connection.execute_batch("ROLLBACK").unwrap();
    world.write("text.sqlite", "student;cohort\n".repeat(100));
    assert_shown("sqlite", "not_a_database", &world.shown(&world.run(&["check", "text.sqlite"])));
    let missing = world.run(&["check", "missing.sqlite"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("missing.sqlite can't be read: it is not there"), "{}", missing.stderr);
}

/// A heading that a program of Windows wrote by its own letters.
#[test]
fn a_heading_that_is_no_utf8() {
    let (world, connection) = first_steps();
    connection.execute_batch("ALTER TABLE entry ADD Opleidingsprogramm").unwrap();
    drop(connection);
    let file = world.path().join("records.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(18).position(|name| name == b"Opleidingsprogramm").unwrap();
    bytes[at + 17] = 0xe9;
    std::fs::write(&file, bytes).unwrap();
    assert_shown("sqlite", "heading_not_utf8", &world.shown(&world.run(&["check", "records.sqlite"])));
    world.remove("ispect.toml");
    assert_eq!(world.run(&["init", "--from", "records.sqlite"]).code, 0);
}

/// The bytes of UTF-16 are in another order than those of UTF-8, which all formats are read in: `\u{100}` is 00 01 there, and before all that is ASCII.
#[test]
fn students_are_in_order_whatever_the_encoding() {
    let (world, mut tables) = first_steps_tables();
    for row in tables.values_mut().flatten() {
        let name =
            row["student"].as_str().unwrap().replace("r0000001", "\u{100}1").replace("r0000002", "\u{1f393}2").replace("r0000003", "\u{fffd}3");
        row.insert("student".to_owned(), Value::String(name));
    }
    let checked = |encoding: &str| {
        let created = format!("PRAGMA encoding = '{encoding}'; CREATE TABLE other (x); DROP TABLE other;");
        Connection::open(world.path().join("records.sqlite")).unwrap().execute_batch(&created).unwrap();
        write(&world, "records.sqlite", &tables);
        let shown = world.shown(&world.run(&["check", "records.sqlite"]));
        world.remove("records.sqlite");
        shown
    };
    let of_utf8 = checked("UTF-8");
    assert_shown("sqlite", "students_in_order", &of_utf8);
    for encoding in ["UTF-16le", "UTF-16be"] {
        assert_eq!(checked(encoding), of_utf8, "{encoding}");
    }
}

#[test]
fn tables_are_called_as_the_project_says() {
    let (world, connection) = first_steps();
    world.change("ispect.toml", "[check]", "[map.entry]\ntable = \"ISP_regels\"\n\n[check]");
    assert_shown("sqlite", "missing_table", &world.shown(&world.run(&["check", "records.sqlite"])));
    connection.execute_batch("ALTER TABLE entry RENAME TO isp_regels").unwrap();
    assert_eq!(
        world.run(&["check", "records.sqlite"]).stdout.lines().last().unwrap().split(" in ").next(),
        Some("3 dossiers, 6 verdicts, 2 findings")
    );
}

#[test]
fn the_clock_of_the_project_tells_what_a_date_time_means() {
    let (world, connection) = first_steps();
    connection.execute_batch("UPDATE isp SET submitted_at = '2023-10-15 22:30' WHERE student = 'r0000001'").unwrap();
    let checked = |zone: &str| {
        world.change("ispect.toml", "[records]\n", &format!("[records]\ntime_zone = \"{zone}\"\n"));
        let ran = world.run(&["check", "records.sqlite", "--format", "concise"]);
        world.change("ispect.toml", &format!("time_zone = \"{zone}\"\n"), "");
        ran.stdout.lines().filter(|line| line.contains("r0000001 isp_sent")).count()
    };
    assert_eq!((checked("Europe/Brussels"), checked("UTC")), (0, 1));
}

/// Booleans as 1 and 0, codes that became numbers, bytes, and tables and views of which nobody knows what they are, or which of two.
#[test]
fn what_is_proposed_from_a_database() {
    let (world, tables) = first_steps_tables();
    write(&world, "records.sqlite", &renamed(&tables));
    let changes = "ALTER TABLE Inschrijvingen ADD main; UPDATE Inschrijvingen SET main = 1; ALTER TABLE Studenten ADD ingeschreven;
        UPDATE Studenten SET ingeschreven = x'00'; UPDATE \"ISP regels\" SET \"OLOD-code\" = 101 WHERE \"OLOD-code\" = 'BM101';
        CREATE TABLE logboek (wie, wat); CREATE VIEW weg AS SELECT x FROM nergens; CREATE TABLE teller (x INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE VIEW vakken AS SELECT * FROM \"ISP regels\"";
    Connection::open(world.path().join("records.sqlite")).unwrap().execute_batch(changes).unwrap();
    world.remove("ispect.toml");
    assert_shown("init_from", "database", &proposed(&world, "records.sqlite"));
}
