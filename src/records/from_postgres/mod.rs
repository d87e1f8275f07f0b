//! Tables from a `PostgreSQL` database: tables or views that have the name of a list, read through portals of one transaction, so that all are of one
//! moment and none is held whole. The connection is left to the command line, merging tables to `from_tables`.

mod cells;

use std::error::Error as _;

use postgres::{Client, Error, IsolationLevel, Portal, Transaction};

use crate::records::from_postgres::cells::{Kind, stored};
use crate::records::from_tables::{Desk, HeldRows, Reader, Refusal, Shape, Stored, Table, TableSample, Truths, Typed, found_tables, ordered, served};
use crate::records::problems::RecordProblem;
use crate::records::{Headings, Notes};

/// Tables, or why nothing of them can be trusted.
type Tables = Result<Vec<Box<dyn Table>>, Refusal>;

/// So many rows come with one message.
const ROWS: i32 = 1000;

/// A table as it is asked for.
struct Asked {
    shape: Shape,
    kinds: Vec<Kind>,
    sql: String,
}

/// The tables of students in a schema, or in the one that the connection begins with; their names are added to those of files.
pub(crate) fn postgres_tables(
    mut client: Client,
    (server, schema): (&str, Option<&str>),
    customs: (&Headings, &Notes),
    names: &mut Vec<String>,
) -> Result<Tables, String> {
    let schema = begin(&mut client, schema).map_err(|error| reason(&error))?;
    let mut asked = Vec::new();
    let all = all(&mut client, &schema).map_err(|error| reason(&error))?;
    for found in found_tables(&all, customs) {
        let table = format!("{}.{}", quoted(&schema), quoted(&found.name));
        let (titles, kinds) = columns(&mut client, &table).map_err(|error| reason(&error))?;
        let shape = match found.shape((server, customs.0), titles.clone(), names) {
            Ok(shape) => shape,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let sql = query(&table, &shape, (&titles, &kinds));
        asked.push(Asked { shape, kinds, sql });
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve(client, &asked, desk))))
}

/// The schema that is read; what is written as text is written in one way, whatever the server is set to.
fn begin(client: &mut Client, schema: Option<&str>) -> Result<String, Error> {
    client.batch_execute("SET DateStyle TO ISO; SET TimeZone TO 'UTC'; SET extra_float_digits TO 1")?;
    match schema {
        Some(schema) => Ok(schema.to_owned()),
        None => client.query_one("SELECT coalesce(current_schema()::text, 'public')", &[])?.try_get(0),
    }
}

/// The names of all tables and views of a schema.
fn all(client: &mut Client, schema: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
               WHERE n.nspname = $1 AND c.relkind IN ('r', 'v', 'm', 'p', 'f') ORDER BY 1";
    client.query(sql, &[&schema])?.iter().map(|row| row.try_get(0)).collect()
}

fn columns(client: &mut Client, table: &str) -> Result<(Vec<String>, Vec<Kind>), Error> {
    let statement = client.prepare(&format!("SELECT * FROM {table}"))?;
    Ok(statement.columns().iter().map(|column| (column.name().to_owned(), Kind::of(column.type_()))).unzip())
}

/// The headings and so many rows of every table and view of a schema. One that can't be looked into, such as another's, has none.
pub(crate) fn postgres_samples(mut client: Client, schema: Option<&str>, most: usize) -> Result<Vec<TableSample>, String> {
    let schema = begin(&mut client, schema).map_err(|error| reason(&error))?;
    let mut samples = Vec::new();
    for name in all(&mut client, &schema).map_err(|error| reason(&error))? {
        let table = format!("{}.{}", quoted(&schema), quoted(&name));
        let (headings, kinds) = columns(&mut client, &table).unwrap_or_default();
        let sql = format!("SELECT {} FROM {table} LIMIT {most}", cells(&headings, &kinds));
        let sent = if headings.is_empty() { Vec::new() } else { client.query(&sql, &[]).unwrap_or_default() };
        let cell = |row: &postgres::Row, (index, kind): (usize, &Kind)| {
            let text: Option<&str> = row.try_get(index).unwrap_or_default();
            text.map_or(Stored::Nothing, |text| stored(text, *kind).into_owned())
        };
        let rows = sent.iter().map(|row| kinds.iter().enumerate().map(|column| cell(row, column)).collect()).collect();
        samples.push(TableSample { table: name, headings, rows, truths: Truths::AsSuch });
    }
    Ok(samples)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every column as text.
fn cells(titles: &[String], kinds: &[Kind]) -> String {
    let cells = titles.iter().zip(kinds).map(|(title, kind)| match kind {
        // What can't be a value is not sent; whether it is there at all is.
        Kind::Unreadable => format!("CASE WHEN {title} IS NULL THEN NULL ELSE '' END", title = quoted(title)),
        Kind::Text | Kind::Number | Kind::Boolean | Kind::Day | Kind::Moment | Kind::Instant => format!("{}::text", quoted(title)),
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// The rows in the order of their bytes, whatever the collation of the database.
fn query(table: &str, shape: &Shape, (titles, kinds): (&[String], &[Kind])) -> String {
    let readable = |index: &usize| kinds.get(*index).is_some_and(|kind| *kind != Kind::Unreadable);
    let keys = ordered(shape).filter(readable).filter_map(|index| titles.get(index)).map(|title| format!("{}::text COLLATE \"C\"", quoted(title)));
    let keys: Vec<String> = keys.collect();
    let order = if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) };
    format!("SELECT {} FROM {table}{order}", cells(titles, kinds))
}

/// What the server says, or what the library says and why.
pub(crate) fn reason(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => said.message().to_owned(),
        (None, Some(source)) => source.to_string().to_lowercase(),
        (None, None) => error.to_string().to_lowercase(),
    }
}

fn refusal(file: u32, error: &Error) -> Refusal {
    Refusal { file, line: 1, problem: RecordProblem::UnreadableFile { reason: reason(error) } }
}

fn serve(mut client: Client, asked: &[Asked], desk: Desk) {
    let first = asked.first().map_or(0, |asked| asked.shape.file);
    let begun = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
    let mut transaction = match begun {
        Ok(transaction) => transaction,
        Err(error) => return desk.refuse(&refusal(first, &error)),
    };
    let mut tables = Vec::new();
    for Asked { shape, kinds, sql } in asked {
        match transaction.bind(sql.as_str(), &[]) {
            Ok(portal) => tables.push(PostgresTable {
                portal,
                ready: Vec::new().into_iter(),
                kinds,
                typed: Typed::new(shape.file, shape.subject, &shape.names),
                shape,
                row: 0,
            }),
            Err(error) => return desk.refuse(&refusal(shape.file, &error)),
        }
    }
    desk.serve(&mut PostgresReader { transaction, tables });
}

struct PostgresReader<'s> {
    transaction: Transaction<'s>,
    tables: Vec<PostgresTable<'s>>,
}

/// A query under way.
struct PostgresTable<'s> {
    portal: Portal,
    ready: std::vec::IntoIter<postgres::Row>,
    kinds: &'s [Kind],
    typed: Typed,
    shape: &'s Shape,
    row: u32,
}

impl Reader for PostgresReader<'_> {
    fn next_row(&mut self, table: usize, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let Self { transaction, tables } = self;
        tables.get_mut(table).map_or(Ok(false), |table| table.next_row(transaction, rows))
    }
}

impl PostgresTable<'_> {
    fn next_row(&mut self, transaction: &mut Transaction<'_>, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let Self { portal, ready, kinds, typed, shape, row: number } = self;
        let failed = |error: Error, line| Refusal { line, ..refusal(shape.file, &error) };
        *number += 1;
        let mut next = ready.next();
        if next.is_none() {
            *ready = transaction.query_portal(portal, ROWS).map_err(|error| failed(error, *number))?.into_iter();
            next = ready.next();
        }
        let Some(sent) = next else { return Ok(false) };
        rows.begin(*number);
        for (index, kind) in kinds.iter().enumerate() {
            let text: Option<&str> = sent.try_get(index).map_err(|error| failed(error, *number))?;
            typed.push(rows, &text.map_or(Stored::Nothing, |text| stored(text, *kind)))?;
        }
        Ok(true)
    }
}
