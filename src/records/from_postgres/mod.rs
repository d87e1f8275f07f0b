//! Tables from a `PostgreSQL` database: tables or views that have the name of a list, read through cursors of one transaction, so that all are of one moment
//! and none is held whole. What is asked of a server that has let the user in stands here, and all until then in the command line; merging tables is left to
//! `from_tables`.
//!
//! `connection.rs` asks and waits, `queries.rs` has what is asked, `cells.rs` reads values, and `faults.rs` says why a server can't be read.

mod cells;
mod connection;
mod faults;
mod queries;

use tokio_postgres::Row;

use crate::records::from_postgres::cells::{Kind, Sent, stored};
use crate::records::from_postgres::queries::{ALL, BEGIN, Letters, Portion, SETTINGS, quoted};
use crate::records::from_tables::{
    Desk, HeldRows, Reader, Refusal, Shape, Stored, StoredProblem, Table, TableProblem, TableSample, Truths, Typed, found_tables, served,
};
use crate::records::problems::RecordProblem;
use crate::records::{Headings, Notes};

pub(crate) use connection::{Connection, Unanswered};
pub(crate) use faults::ServerFault;

/// Tables, or why nothing of them can be trusted.
type Tables = Result<Vec<Box<dyn Table>>, Refusal>;

/// A table whose rows can be asked for.
struct Asked {
    shape: Shape,
    kinds: Vec<Kind>,
}

/// The tables of students in a schema, or in the one that the connection begins with; their names are added to those of files.
pub(crate) fn postgres_tables(
    mut connection: Connection,
    (server, schema): (&str, Option<&str>),
    customs: (&Headings, &Notes),
    names: &mut Vec<String>,
) -> Result<Tables, ServerFault> {
    connection.wait(async |client| client.batch_execute(BEGIN).await)?;
    let schema = begin(&mut connection, schema)?;
    let letters = letters(&mut connection)?;
    let mut asked = Vec::new();
    let all = all(&mut connection, &schema)?;
    for found in found_tables(&all, customs) {
        let place = (schema.as_str(), found.name.as_str());
        let (titles, kinds) = match columns(&mut connection, place) {
            Ok(columns) => columns,
            Err(unanswered) => return Err(faults::of_table(&mut connection, place, unanswered)),
        };
        let shape = match found.shape((server, customs.0), titles.clone(), names) {
            Ok(shape) => shape,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let rows = queries::rows(&named(place), &shape, (&titles, &kinds), letters);
        let declare = queries::declare(shape.file, &rows);
        if let Err(unanswered) = connection.wait(async |client| client.batch_execute(&declare).await) {
            return Err(faults::of_table(&mut connection, place, unanswered));
        }
        asked.push(Asked { shape, kinds });
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve(connection, asked, desk))))
}

/// The schema that is read.
fn begin(connection: &mut Connection, schema: Option<&str>) -> Result<String, ServerFault> {
    connection.wait(async |client| client.batch_execute(SETTINGS).await)?;
    let Some(schema) = schema else {
        let first = "SELECT coalesce(current_schema()::text, 'public')";
        return connection.wait(async |client| client.query_one(first, &[]).await?.try_get(0)).map_err(ServerFault::from);
    };
    let known = "SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1";
    if connection.wait(async |client| client.query(known, &[&schema]).await)?.is_empty() {
        return Err(ServerFault::of_address(format!("there is no schema `{schema}`")));
    }
    Ok(schema.to_owned())
}

fn letters(connection: &mut Connection) -> Result<Letters, Unanswered> {
    let encoding: String = connection.wait(async |client| client.query_one("SELECT current_setting('server_encoding')", &[]).await?.try_get(0))?;
    Ok(if ["UTF8", "SQL_ASCII"].contains(&encoding.as_str()) { Letters::AsSent } else { Letters::Otherwise })
}

fn all(connection: &mut Connection, schema: &str) -> Result<Vec<String>, Unanswered> {
    connection.wait(async |client| client.query(ALL, &[&schema]).await?.iter().map(|row| row.try_get(0)).collect())
}

fn named((schema, table): (&str, &str)) -> String {
    format!("{}.{}", quoted(schema), quoted(table))
}

fn columns(connection: &mut Connection, table: (&str, &str)) -> Result<(Vec<String>, Vec<Kind>), Unanswered> {
    let sql = format!("SELECT * FROM {}", named(table));
    let statement = connection.wait(async |client| client.prepare(&sql).await)?;
    Ok(statement.columns().iter().map(|column| (column.name().to_owned(), Kind::of(column.type_()))).unzip())
}

/// What there is to see of a table. Where the server lets nobody look into it, such as into another's, that is nothing.
fn seen<T: Default>(connection: &mut Connection, table: (&str, &str), looked: Result<T, Unanswered>) -> Result<T, ServerFault> {
    match looked {
        Err(Unanswered::Failed(error)) if error.as_db_error().is_some() => Ok(T::default()),
        looked => looked.map_err(|unanswered| faults::of_table(connection, table, unanswered)),
    }
}

/// The headings and so many rows of every table and view of a schema.
pub(crate) fn postgres_samples(mut connection: Connection, schema: Option<&str>, most: usize) -> Result<Vec<TableSample>, ServerFault> {
    let schema = begin(&mut connection, schema)?;
    let mut samples = Vec::new();
    for name in all(&mut connection, &schema)? {
        let table = (schema.as_str(), name.as_str());
        let looked = columns(&mut connection, table);
        let (headings, kinds) = seen(&mut connection, table, looked)?;
        let sql = format!("SELECT {} FROM {} LIMIT {most}", queries::cells(&headings, &kinds), named(table));
        let looked = if headings.is_empty() { Ok(Vec::new()) } else { connection.wait(async |client| client.query(&sql, &[]).await) };
        let sent = seen(&mut connection, table, looked)?;
        let cell = |row: &Row, (index, kind): (usize, &Kind)| cell(row, index, *kind).map_or(Stored::Nothing, Stored::into_owned);
        let rows = sent.iter().map(|row| kinds.iter().enumerate().map(|column| cell(row, column)).collect()).collect();
        samples.push(TableSample { table: name, headings, rows, truths: Truths::AsSuch });
    }
    connection.close();
    Ok(samples)
}

fn cell(row: &Row, index: usize, kind: Kind) -> Result<Stored<'_>, tokio_postgres::Error> {
    let sent: Option<Sent<'_>> = row.try_get(index)?;
    Ok(sent.map_or(Stored::Nothing, |sent| stored(&sent, kind)))
}

fn serve(connection: Connection, asked: Vec<Asked>, desk: Desk) {
    let table = |Asked { shape, kinds }| PostgresTable {
        portion: Portion::FIRST,
        ready: Vec::new().into_iter(),
        kinds,
        typed: Typed::new(shape.file, shape.subject, &shape.names),
        file: shape.file,
        row: 0,
    };
    let mut reader = PostgresReader { connection, tables: asked.into_iter().map(table).collect(), broken: None };
    desk.serve(&mut reader);
    reader.connection.close();
}

struct PostgresReader {
    connection: Connection,
    tables: Vec<PostgresTable>,
    broken: Option<Broken>,
}

/// What ended the reading of all tables. Of what is asked after that, a server says only that something has failed.
enum Broken {
    /// A row of one of them.
    Row(Refusal),
    /// The connection, for a reason that holds for each of them in its place.
    Connection(Unanswered),
}

/// A query under way.
struct PostgresTable {
    portion: Portion,
    ready: std::vec::IntoIter<Row>,
    kinds: Vec<Kind>,
    typed: Typed,
    file: u32,
    row: u32,
}

impl Reader for PostgresReader {
    fn next_row(&mut self, table: usize, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let Self { connection, tables, broken } = self;
        let Some(table) = tables.get_mut(table) else { return Ok(false) };
        table.row += 1;
        if table.ready.len() == 0 {
            if broken.is_none() {
                *broken = table.fetch(connection).err().map(|unanswered| Broken::of(unanswered, table));
            }
            match broken {
                None => {}
                Some(Broken::Row(refusal)) => return Err(refusal.clone()),
                Some(Broken::Connection(unanswered)) => return Err(table.failed(unanswered)),
            }
        }
        let Some(sent) = table.ready.next() else { return Ok(false) };
        table.read(&sent, rows)?;
        Ok(true)
    }
}

impl Broken {
    fn of(unanswered: Unanswered, table: &PostgresTable) -> Self {
        let is_said = matches!(&unanswered, Unanswered::Failed(error) if error.as_db_error().is_some());
        if is_said { Self::Row(table.failed(&unanswered)) } else { Self::Connection(unanswered) }
    }
}

impl PostgresTable {
    fn failed(&self, unanswered: &Unanswered) -> Refusal {
        let reason = unanswered.reason();
        let problem = if unanswered.is_lack_of_rights() {
            TableProblem::from(StoredProblem::NotPermitted { reason }).into()
        } else {
            RecordProblem::UnreadableFile { what: "the database", reason }
        };
        Refusal { file: self.file, line: self.row, problem }
    }

    /// Ask for the next rows.
    fn fetch(&mut self, connection: &mut Connection) -> Result<(), Unanswered> {
        let fetch = queries::fetch(self.file, self.portion.rows());
        let rows = connection.wait(async |client| client.query_typed(&fetch, &[]).await)?;
        self.portion = self.portion.after(rows.len(), rows.iter().map(Row::raw_size_bytes).sum());
        self.ready = rows.into_iter();
        Ok(())
    }

    fn read(&mut self, sent: &Row, rows: &mut HeldRows) -> Result<(), Refusal> {
        rows.begin(self.row);
        for (index, kind) in self.kinds.iter().enumerate() {
            let cell = cell(sent, index, *kind).map_err(|error| self.failed(&error.into()))?;
            self.typed.push(rows, &cell)?;
        }
        Ok(())
    }
}
