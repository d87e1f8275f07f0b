//! Tables from a database in a file (`SQLite`): tables or views that have the name of a list, in the order of the students. Opening the database is left to the
//! command line, merging tables to `from_tables`.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Rows, Statement};

use crate::records::from_tables::{
    Desk, HeldRows, NumberText, Reader, Refusal, Shape, Stored, StoredProblem, Table, TableSample, Truths, Typed, found_tables, ordered, served,
};
use crate::records::problems::RecordProblem;
use crate::records::{Headings, Notes};

/// A table as it is asked for.
struct Asked {
    shape: Shape,
    sql: String,
}

/// Tables, or why nothing of them can be trusted.
type Tables = Result<Vec<Box<dyn Table>>, Refusal>;

/// The tables of students in a database; their names are added to those of files.
pub(crate) fn sqlite_tables(connection: Connection, file: &str, customs: (&Headings, &Notes), names: &mut Vec<String>) -> Result<Tables, Error> {
    let mut asked = Vec::new();
    let collation = collation(&connection)?;
    for found in found_tables(&all(&connection)?, customs) {
        let columns = columns(&connection, &found.name)?;
        let shape = match found.shape((file, customs.0), columns.clone(), names) {
            Ok(shape) => shape,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let sql = format!("SELECT * FROM {}{}", quoted(&found.name), order(&shape, &columns, collation));
        asked.push(Asked { shape, sql });
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve(&connection, &asked, desk))))
}

/// The names of all tables and views.
fn all(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, Error> {
    refuse_letters_of_others(connection, table)?;
    let statement = connection.prepare(&format!("SELECT * FROM {}", quoted(table)))?;
    Ok(statement.column_names().map(str::to_owned).collect())
}

/// The library takes it that names of columns are UTF-8, and breaks off where they are not.
fn refuse_letters_of_others(connection: &Connection, table: &str) -> Result<(), Error> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_xinfo(?1)")?;
    let mut names = statement.query([table])?;
    while let Some(row) = names.next()? {
        if let ValueRef::Text(name) = row.get_ref(0)?
            && std::str::from_utf8(name).is_err()
        {
            let name = String::from_utf8_lossy(name);
            return Err(Error::InvalidColumnName(format!("the name of the column `{name}` of `{table}` is not UTF-8")));
        }
    }
    Ok(())
}

/// The headings and so many rows of every table and view. One that can't be looked into, such as a view of what is gone, has none.
pub(crate) fn sqlite_samples(connection: &Connection, most: usize) -> Result<Vec<TableSample>, Error> {
    let own = |table: &String| !table.starts_with("sqlite_");
    let sample = |table: String| {
        let headings = columns(connection, &table).unwrap_or_default();
        let rows = first_rows(connection, &table, (headings.len(), most)).unwrap_or_default();
        TableSample { table, headings, rows, truths: Truths::AsNumbers }
    };
    Ok(all(connection)?.into_iter().filter(own).map(sample).collect())
}

fn first_rows(connection: &Connection, table: &str, (columns, most): (usize, usize)) -> Result<Vec<Vec<Stored<'static>>>, Error> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {} LIMIT {most}", quoted(table)))?;
    let cells = |row: &rusqlite::Row<'_>| {
        (0..columns).map(|index| row.get_ref(index).map(|cell| cell_of(cell, &mut NumberText::default()).into_owned())).collect()
    };
    statement.query_map([], cells)?.collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What sorts texts by their bytes as UTF-8. A database in UTF-16 has none: its own order is that of the bytes that it keeps.
fn collation(connection: &Connection) -> Result<&'static str, Error> {
    let encoding: String = connection.query_row("PRAGMA encoding", [], |row| row.get(0))?;
    if encoding == "UTF-8" {
        return Ok("BINARY");
    }
    connection.create_collation("of_utf8", |one: &str, other: &str| one.cmp(other))?;
    Ok("of_utf8")
}

fn order(shape: &Shape, columns: &[String], collation: &str) -> String {
    let key = |column: &String| format!("{} COLLATE {collation}", quoted(column));
    let keys: Vec<String> = ordered(shape).filter_map(|index| columns.get(index)).map(key).collect();
    if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) }
}

fn failed(error: &Error) -> RecordProblem {
    RecordProblem::UnreadableFile { what: "the database", reason: error.to_string() }
}

fn serve(connection: &Connection, asked: &[Asked], desk: Desk) {
    let refusal = |file, error: &Error| Refusal { file, line: 1, problem: failed(error) };
    let prepared = asked.iter().map(|asked| connection.prepare(&asked.sql).map_err(|error| refusal(asked.shape.file, &error)));
    let mut statements: Vec<Statement<'_>> = match prepared.collect() {
        Ok(statements) => statements,
        Err(refusal) => return desk.refuse(&refusal),
    };
    let mut tables = Vec::new();
    for (statement, asked) in statements.iter_mut().zip(asked) {
        let shape = &asked.shape;
        match statement.query([]) {
            Ok(rows) => {
                let typed = Typed::new(shape.file, shape.subject, &shape.names);
                tables.push(SqliteTable { rows, typed, number: NumberText::default(), shape, row: 0 });
            }
            Err(error) => return desk.refuse(&refusal(shape.file, &error)),
        }
    }
    desk.serve(&mut SqliteReader { tables });
}

struct SqliteReader<'s> {
    tables: Vec<SqliteTable<'s>>,
}

/// The rows of a query.
struct SqliteTable<'s> {
    rows: Rows<'s>,
    typed: Typed,
    number: NumberText,
    shape: &'s Shape,
    row: u32,
}

impl Reader for SqliteReader<'_> {
    fn next_row(&mut self, table: usize, rows: &mut HeldRows) -> Result<bool, Refusal> {
        self.tables.get_mut(table).map_or(Ok(false), |table| table.next_row(rows))
    }
}

impl SqliteTable<'_> {
    fn next_row(&mut self, held: &mut HeldRows) -> Result<bool, Refusal> {
        let Self { rows, typed, number: text, shape, row: number } = self;
        let refusal = |line, error: &Error| Refusal { file: shape.file, line, problem: failed(error) };
        *number += 1;
        let Some(stored) = rows.next().map_err(|error| refusal(*number, &error))? else { return Ok(false) };
        held.begin(*number);
        for index in 0..shape.names.len() {
            let cell = stored.get_ref(index).map_err(|error| refusal(*number, &error))?;
            let cell = typed.boolean_of_number(index, cell_of(cell, text));
            typed.push(held, &cell)?;
        }
        Ok(true)
    }
}

fn cell_of<'c>(cell: ValueRef<'c>, number: &'c mut NumberText) -> Stored<'c> {
    match cell {
        ValueRef::Null => Stored::Nothing,
        ValueRef::Integer(whole) => number.whole(whole),
        ValueRef::Real(float) => number.float(float),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Stored::Text(text.into()),
            Err(_) => Stored::Fault(StoredProblem::UnreadableCell { found: "a text that is not UTF-8" }),
        },
        ValueRef::Blob(_) => Stored::Fault(StoredProblem::UnreadableCell { found: "bytes (a BLOB)" }),
    }
}
