//! Tables from a `PostgreSQL` database: tables or views that have the name of a list, read through portals of one transaction, so that all are of one
//! moment and none is held whole. The connection is left to the command line, merging tables to `from_tables`.

mod cells;

use std::error::Error as _;

use postgres::error::SqlState;
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
) -> Result<Tables, ServerFault> {
    let schema = begin(&mut client, schema)?;
    let letters = letters(&mut client)?;
    let mut asked = Vec::new();
    let all = all(&mut client, &schema)?;
    for found in found_tables(&all, customs) {
        let table = format!("{}.{}", quoted(&schema), quoted(&found.name));
        let (titles, kinds) = columns(&mut client, &table)?;
        let shape = match found.shape((server, customs.0), titles.clone(), names) {
            Ok(shape) => shape,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let sql = query(&table, &shape, (&titles, &kinds), letters);
        asked.push(Asked { shape, kinds, sql });
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve(client, &asked, desk))))
}

/// How a database keeps letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// As UTF-8, or as bytes that nobody has said anything of.
    AsSent,
    /// In another encoding, such as Windows-1252, whose bytes are in an order of their own.
    Otherwise,
}

/// The schema that is read; what is written as text is written in one way, whatever the server is set to, and rows that it would hide are an error: a dossier
/// would not be whole.
fn begin(client: &mut Client, schema: Option<&str>) -> Result<String, ServerFault> {
    client.batch_execute("SET DateStyle TO ISO; SET TimeZone TO 'UTC'; SET extra_float_digits TO 1; SET row_security TO off")?;
    let Some(schema) = schema else {
        return Ok(client.query_one("SELECT coalesce(current_schema()::text, 'public')", &[])?.try_get(0)?);
    };
    if client.query("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", &[&schema])?.is_empty() {
        return Err(ServerFault::new(format!("there is no schema `{schema}`")));
    }
    Ok(schema.to_owned())
}

fn letters(client: &mut Client) -> Result<Letters, Error> {
    let encoding: String = client.query_one("SELECT current_setting('server_encoding')", &[])?.try_get(0)?;
    Ok(if ["UTF8", "SQL_ASCII"].contains(&encoding.as_str()) { Letters::AsSent } else { Letters::Otherwise })
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
pub(crate) fn postgres_samples(mut client: Client, schema: Option<&str>, most: usize) -> Result<Vec<TableSample>, ServerFault> {
    let schema = begin(&mut client, schema)?;
    let mut samples = Vec::new();
    for name in all(&mut client, &schema)? {
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
        // What can't be a value is not sent; whether it is there at all is, also that of a row of which all is unknown.
        Kind::Unreadable => format!("CASE WHEN {title} IS NOT DISTINCT FROM NULL THEN NULL ELSE '' END", title = quoted(title)),
        Kind::Text | Kind::Number | Kind::Boolean | Kind::Day | Kind::Moment | Kind::Instant => format!("{}::text", quoted(title)),
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// The rows in the order of their bytes as UTF-8, whatever the collation of the database.
fn query(table: &str, shape: &Shape, (titles, kinds): (&[String], &[Kind]), letters: Letters) -> String {
    let key = |title: &String| match letters {
        Letters::AsSent => format!("{}::text COLLATE \"C\"", quoted(title)),
        Letters::Otherwise => format!("convert_to({}::text, 'UTF8')", quoted(title)),
    };

    let readable = |index: &usize| kinds.get(*index).is_some_and(|kind| *kind != Kind::Unreadable);
    let keys: Vec<String> = ordered(shape).filter(readable).filter_map(|index| titles.get(index)).map(key).collect();
    let order = if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) };
    format!("SELECT {} FROM {table}{order}", cells(titles, kinds))
}

/// Why a server can't be read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerFault {
    pub(crate) reason: String,
    pub(crate) help: &'static str,
}

impl ServerFault {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        const ADDRESS: &str = "an address is `postgresql://user@host/database`, and the password stands in PGPASSWORD; `?schema=NAME` names a schema";
        Self { reason: reason.into(), help: ADDRESS }
    }
}

impl From<Error> for ServerFault {
    fn from(error: Error) -> Self {
        const RIGHTS: &str = "the user must be allowed to read the tables (`GRANT SELECT`, and `GRANT USAGE` on their schema), and all their rows: where \
                              policies hide some, give the user `BYPASSRLS`, or a view of the owner's; nothing was checked";
        let fault = Self::new(reason(&error));
        if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) { Self { help: RIGHTS, ..fault } } else { fault }
    }
}

/// What the server says, or what the library says and why.
fn reason(error: &Error) -> String {
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
