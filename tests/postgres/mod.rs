//! `PostgreSQL` databases, on the server that `ISPECT_POSTGRES` names (`postgresql://user@host/database`); where it names none they are left out.

#[cfg(unix)]
mod encrypted;
#[cfg(unix)]
mod own;
mod rights;
#[cfg(unix)]
mod silent;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use tokio_postgres::NoTls;

use crate::init_from::{proposed, renamed};
use crate::tables::{Tables, first_steps_tables, sorted};
use crate::worlds::{World, assert_shown};

/// A schema of a test's own, which ends with it.
pub(crate) struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// Nothing, said aloud, where no server is named.
    pub(crate) fn new() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("ISPECT_POSTGRES") else {
            #[allow(clippy::print_stderr, reason = "whoever reads the tests must see what was left out")]
            {
                eprintln!("PostgreSQL is left out: ISPECT_POSTGRES names no server");
            }
            return None;
        };
        // As long in every run, so that lines break where they broke.
        Some(Self::on(server, format!("ispect_{:07}_{:03}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))))
    }

    fn on(server: String, name: String) -> Self {
        let schema = Self { server, name };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        schema
    }

    fn run(&self, sql: &str) {
        run(&self.server, &format!("SET search_path TO {}; {sql}", self.name));
    }

    /// What `ispect` is given.
    pub(crate) fn address(&self) -> String {
        let before = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{before}schema={}", self.server, self.name)
    }

    /// Write tables: days as days, instants as instants, numbers as exact decimals.
    pub(crate) fn write(&self, tables: &Tables) {
        let mut sql = String::new();
        for (table, rows) in tables {
            let (names, mut rows) = sorted(rows);
            rows.reverse();
            let kind = |name: &str| rows.iter().filter_map(|row| row.get(name)).find(|value| !value.is_null()).map_or("text", kind);
            let columns: Vec<String> = names.iter().map(|name| format!("\"{name}\" {}", kind(name))).collect();
            writeln!(sql, "CREATE TABLE \"{table}\" ({});", columns.join(", ")).unwrap();
            for row in rows {
                let values: Vec<String> = names.iter().map(|name| literal(row.get(*name))).collect();
                writeln!(sql, "INSERT INTO \"{table}\" VALUES ({});", values.join(", ")).unwrap();
            }
        }
        self.run(&sql);
    }

    /// So many more students, each like the first one.
    fn add_others(&self, tables: &Tables, most: u32) {
        for table in tables.keys() {
            let other = "jsonb_build_object('student', 'r1' || lpad(number::text, 6, '0'))";
            let many = format!("FROM {table} AS one, generate_series(1, {most}) AS number WHERE student = 'r0000001'");
            self.run(&format!("INSERT INTO {table} SELECT (jsonb_populate_record(one, {other})).* {many}"));
        }
    }

    /// A text without what differs from run to run.
    fn steady(&self, text: &str) -> String {
        let (shown, asked) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let text = text.replace(shown, "postgresql://server/records").replace(&self.name, "[schema]");
        if asked.is_empty() { text } else { text.replace(&format!("?{asked}&"), "?") }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

/// A database of a test's own in another encoding, which ends with it.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn new(beside: &Schema, encoding: &str) -> Self {
        let database = Self { server: beside.server.clone(), name: format!("{}_database", beside.name) };
        database.run(&format!("CREATE DATABASE {} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'", database.name));
        database
    }

    fn run(&self, sql: &str) {
        run(&self.server, sql);
    }

    fn schema(&self) -> Schema {
        let (address, settings) = self.server.split_once('?').map_or((&*self.server, String::new()), |(address, rest)| (address, format!("?{rest}")));
        let (host, _) = address.rsplit_once('/').unwrap();
        Schema::on(format!("{host}/{}{settings}", self.name), "elsewhere".to_owned())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE {}", self.name));
    }
}

fn run(server: &str, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(server, NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    });
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "numeric(9, 3)",
        Value::Bool(_) => "boolean",
        Value::String(text) if text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => "date",
        Value::String(text) if text.as_bytes().get(10) == Some(&b'T') => "timestamptz",
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => "text",
    }
}

fn literal(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => format!("'{}'", text.replace('\'', "''")),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => "NULL".to_owned(),
    }
}

/// A case: its name, its exit code, and what is done to the database.
type Case = (&'static str, i32, &'static str);

const CASES: &[Case] = &[
    ("as_it_is", 1, ""),
    ("views", 1, "ALTER TABLE entry RENAME TO lines; CREATE VIEW entry AS SELECT *, 'x' AS remark FROM lines WHERE false IS NOT NULL"),
    ("integers_and_floats", 1, "ALTER TABLE entry ALTER credits TYPE float8; ALTER TABLE entry ALTER semester TYPE int"),
    (
        "float_that_is_not_exact",
        1,
        "ALTER TABLE entry ALTER credits TYPE float8; UPDATE entry SET credits = 0.1::float8 + 0.2 WHERE course = 'BM102'",
    ),
    ("number_beyond_floats", 1, "ALTER TABLE entry ALTER credits TYPE numeric; UPDATE entry SET credits = 1e400::numeric WHERE course = 'BM102'"),
    ("number_in_text", 1, "ALTER TABLE entry ALTER course TYPE int USING CASE course WHEN 'BM101' THEN 101 END"),
    ("student_is_a_number", 2, "ALTER TABLE student ALTER student TYPE int USING substr(student, 2)::int"),
    ("infinity", 1, "ALTER TABLE student ADD first_enrolled_on date; UPDATE student SET first_enrolled_on = 'infinity' WHERE student = 'r0000001'"),
    ("bytes", 1, "ALTER TABLE student ADD first_enrolled_on bytea; UPDATE student SET first_enrolled_on = 'x' WHERE student = 'r0000001'"),
    (
        "bytes_that_nobody_declared",
        1,
        "ALTER TABLE entry ADD photo bytea, ADD tags jsonb; UPDATE entry SET photo = 'x', tags = '[1]' WHERE course = 'BM101'",
    ),
    (
        "row_of_which_nothing_is_known",
        1,
        "CREATE TYPE pair AS (a text, b text); ALTER TABLE entry ADD replaces pair; UPDATE entry SET replaces = ROW(NULL, NULL) WHERE student = 'r0000001' AND course = 'BM101'",
    ),
    ("no_number", 1, "UPDATE entry SET credits = 'NaN' WHERE student = 'r0000001' AND course = 'BM101'"),
    (
        "before_christ",
        1,
        "ALTER TABLE student ADD first_enrolled_on date; UPDATE student SET first_enrolled_on = '0044-03-15 BC' WHERE student = 'r0000001'",
    ),
    (
        "five_digits",
        1,
        "ALTER TABLE student ADD first_enrolled_on date; UPDATE student SET first_enrolled_on = '12023-10-15' WHERE student = 'r0000001'",
    ),
    (
        "instants_that_are_none",
        3,
        "UPDATE isp SET submitted_at = CASE student WHEN 'r0000001' THEN 'infinity' WHEN 'r0000002' THEN '0044-03-15 12:00 BC' ELSE '12023-10-15 12:00+02' END::timestamptz",
    ),
    (
        "instant_as_day",
        1,
        "ALTER TABLE student ADD first_enrolled_on timestamptz; UPDATE student SET first_enrolled_on = '2023-09-01 00:00+02' WHERE student = 'r0000001'",
    ),
    (
        "padded_listed_and_constrained",
        1,
        "ALTER TABLE entry ALTER course TYPE char(12); CREATE TYPE contract AS ENUM ('exchange', 'diploma', 'credit'); \
      ALTER TABLE isp ALTER contract TYPE contract USING contract::contract; CREATE DOMAIN number AS varchar(8) CHECK (VALUE LIKE 'r%'); ALTER TABLE student ALTER student TYPE number",
    ),
    (
        "lists_and_documents",
        3,
        "ALTER TABLE entry ALTER course TYPE text[] USING ARRAY[course]; ALTER TABLE student ALTER cohort TYPE jsonb USING to_jsonb(cohort)",
    ),
    ("two_columns_in_small_letters_and_large", 1, "ALTER TABLE entry ADD \"Course\" text; UPDATE entry SET \"Course\" = 'BM999'"),
    ("two_tables_in_small_letters_and_large", 2, "CREATE TABLE \"Entry\" AS SELECT * FROM entry LIMIT 1"),
    (
        "negative_zero",
        1,
        "ALTER TABLE entry ALTER credits TYPE float8; UPDATE entry SET credits = '-0' WHERE student = 'r0000001' AND course = 'BM101'",
    ),
    ("line_breaks_and_controls", 1, "UPDATE entry SET course = E'BM\\n\\x1b[31m101' WHERE student = 'r0000001' AND course = 'BM101'"),
    (
        "no_right_behind_a_function",
        2,
        "ALTER TABLE entry RENAME TO e; CREATE FUNCTION secret() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''permission denied for table secrets'' USING ERRCODE = ''insufficient_privilege''; END'; CREATE VIEW entry AS SELECT e.*, secret() AS option FROM e",
    ),
    ("timestamp_without_offset", 3, "ALTER TABLE isp ALTER submitted_at TYPE timestamp"),
    ("no_student_table", 2, "DROP TABLE student"),
    ("breaks_on_the_way", 3, "ALTER TABLE entry RENAME TO e; CREATE VIEW entry AS SELECT e.*, (1 / (credits - 15))::text AS option FROM e"),
];

#[test]
fn what_is_wrong_with_a_server_is_said() {
    let mut wrong = Vec::new();
    for (name, code, change) in CASES {
        let Some(schema) = Schema::new() else { return };
        let (world, tables) = first_steps_tables();
        schema.write(&tables);
        schema.run(change);
        let ran = world.run(&["check", &schema.address(), "--format", "concise"]);
        if ran.code != *code {
            wrong.push(format!("{name} {}: {}{}", ran.code, ran.stdout, ran.stderr));
        }
        assert_shown("postgres", name, &schema.steady(&world.shown_with_problems_drawn(&["check", &schema.address()])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A byte that is no sign of Windows-1252. Of what is asked after that, the server says only that something has failed: of entries, which are asked for more often.
#[test]
fn the_table_that_breaks_on_the_way_is_named() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    let database = Database::new(&schema, "WIN1252");
    let windows = database.schema();
    windows.write(&tables);
    windows.add_others(&tables, 400);
    windows.run("INSERT INTO entry SELECT (jsonb_populate_record(one, '{\"credits\": 0.1}')).* FROM entry AS one, generate_series(1, 9)");
    windows.run("SET client_encoding TO WIN1252; ALTER TABLE isp ADD remark text; UPDATE isp SET remark = E'\\x81' WHERE student = 'r1000300'");
    let ran = world.run(&["check", &windows.address(), "--format", "concise"]);
    assert_shown("postgres", "no_sign_of_its_encoding", &windows.steady(&world.shown(&ran)));
}

#[test]
fn the_addresses_of_the_project_and_its_clock() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&tables);
    schema.run("ALTER TABLE isp ALTER submitted_at TYPE timestamp");
    world.change("ispect.toml", "[\"students.jsonl\"]", &format!("[\"{}\"]\ntime_zone = \"UTC\"", schema.address()));
    assert_shown("postgres", "project", &schema.steady(&world.shown_with_problems_drawn(&["check"])));
}

#[test]
fn a_schema_that_is_not_there() {
    let Some(schema) = Schema::new() else { return };
    let world = World::first_steps();
    let ran = world.run(&[
        "check",
        &schema.address().to_uppercase().replace(&schema.server.to_uppercase(), &schema.server).replace("SCHEMA=", "schema="),
        "--format",
        "concise",
    ]);
    assert_shown("postgres", "no_schema", &schema.steady(&world.shown(&ran)).replace(&schema.name.to_uppercase(), "[SCHEMA]"));
}

/// Whatever it is called: in the address `%C3%A9` is one sign.
#[test]
fn a_schema_of_an_odd_name() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&tables);
    let odd = format!("{} é 100% \"of\" a&b=c?d@e#f/g'h\\", schema.name);
    let quoted = format!("\"{}\"", odd.replace('"', "\"\""));
    let views = ["student", "enrolment", "isp", "entry"].map(|table| format!("CREATE VIEW {quoted}.{table} AS SELECT * FROM {table}"));
    schema.run(&format!("CREATE SCHEMA {quoted}; {}", views.join("; ")));
    let mut encoded = String::new();
    odd.bytes().for_each(|byte| write!(encoded, "%{byte:02x}").unwrap());
    let address = schema.address();
    let (before, _) = address.rsplit_once("schema=").unwrap();
    let ran = world.run(&["check", &format!("{before}schema={encoded}"), "--format", "concise"]);
    schema.run(&format!("DROP SCHEMA {quoted} CASCADE"));
    assert_eq!((ran.code, ran.stdout), (1, world.run(&["check", &address, "--format", "concise"]).stdout), "{}", ran.stderr);
    assert_shown("postgres", "no_sign", &schema.steady(&world.shown(&world.run(&["check", &format!("{before}schema=100%")]))));
}

/// A database that says nothing of its encoding may hold what is no UTF-8: of the row it is known whose it is, and of the other one it is not.
#[test]
fn bytes_that_are_no_letters() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    let database = Database::new(&schema, "SQL_ASCII");
    let ascii = database.schema();
    ascii.write(&tables);
    ascii.run("UPDATE entry SET course = E'BM\\xe9' WHERE student = 'r0000001' AND course = 'BM101'");
    assert_shown("postgres", "no_letters", &ascii.steady(&world.shown_with_problems_drawn(&["check", &ascii.address()])));
    ascii.run("UPDATE entry SET student = E'r\\xe9' WHERE student = 'r0000001' AND course = E'BM\\xe9'");
    assert_shown("postgres", "no_letters_of_a_student", &ascii.steady(&world.shown_with_problems_drawn(&["check", &ascii.address()])));
}

/// The bytes of Windows-1252 are in another order than those of UTF-8: the euro is 80 there, and after all letters of Europe here.
#[test]
fn students_are_in_order_whatever_the_encoding_of_the_server() {
    let Some(schema) = Schema::new() else { return };
    let (world, mut tables) = first_steps_tables();
    for row in tables.values_mut().flatten() {
        let name = row["student"].as_str().unwrap().replace("r0000001", "\u{20ac}1").replace("r0000002", "\u{e9}2");
        row.insert("student".to_owned(), Value::String(name));
    }
    schema.write(&tables);
    let of_utf8 = schema.steady(&world.shown(&world.run(&["check", &schema.address()])));
    let database = Database::new(&schema, "WIN1252");
    let windows = database.schema();
    windows.write(&tables);
    let of_windows = windows.steady(&world.shown(&world.run(&["check", &windows.address()])));
    assert_eq!(of_windows, of_utf8);
    assert_shown("postgres", "students_in_order", &of_utf8);
}

/// Nothing listens there, and no password is said.
#[test]
fn a_server_that_is_not_there() {
    let world = World::first_steps();
    let ran = world.run(&["check", "postgresql://reader:s3cret@127.0.0.1:1/records"]);
    assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    assert_shown("postgres", "not_there", &world.shown(&ran));
    let ran = world.run(&["check", "postgresql://reader:s3cret@127.0.0.1:port/records?sslmode=maybe"]);
    assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    assert_shown("postgres", "no_address", &world.shown(&ran));
    let ran = world.run(&["check", "postgresql://reader@127.0.0.1:1/records?shema=checks"]);
    assert_shown("postgres", "no_setting", &world.shown(&ran));
    let ran = world.run(&["check", "postgresql://reader@127.0.0.1:1/records?sslcert=reader.crt"]);
    assert_shown("postgres", "setting_of_others", &world.shown(&ran));
}

#[test]
fn a_server_that_can_not_encrypt_is_refused_where_encryption_is_asked_for() {
    let Some(schema) = Schema::new() else { return };
    let world = World::first_steps();
    let ran = world.run(&["check", &format!("{}&sslmode=require", schema.address())]);
    assert_shown("postgres", "no_encryption", &schema.steady(&world.shown(&ran)));
}

/// Date-times of no clock, codes that became numbers, and a view that nobody can look into. The password goes into no file.
#[test]
fn what_is_proposed_from_a_server() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&renamed(&tables));
    schema.run(
        "ALTER TABLE \"Studieprogrammas\" ALTER \"Ingediend om\" TYPE timestamp; ALTER TABLE \"ISP regels\" ALTER \"OLOD-code\" TYPE int USING 101; \
         CREATE VIEW logboek AS SELECT 1 / (random() * 0)::int AS wat; CREATE VIEW vakken AS SELECT * FROM \"ISP regels\"",
    );
    world.remove("ispect.toml");
    let shown = proposed(&world, &(schema.address() + "&password=s3cret"));
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_shown("init_from", "server", &schema.steady(&shown));
}
