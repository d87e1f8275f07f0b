//! A database in a file (`SQLite`), opened to be read and in one transaction, so that all of its tables are of one moment.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use crate::cli::input::stores::{Customs, Tables};
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::records::{TableSample, sqlite_samples, sqlite_tables};

/// So long a writer may take to finish.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn open(path: &Path, customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, FileProblem> {
    let (file, connection) = connected(path)?;
    sqlite_tables(connection, &file, customs, names).map_err(|error| problem(&file, &error))
}

pub(super) fn samples(path: &Path, most: usize) -> Result<Vec<TableSample>, FileProblem> {
    let (file, connection) = connected(path)?;
    sqlite_samples(&connection, most).map_err(|error| problem(&file, &error))
}

fn connected(path: &Path) -> Result<(String, Connection), FileProblem> {
    let file = paths::shown(path);
    // SQLite says of a missing file only that it can't be opened.
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&file, crate::cli::reason::reason(&error)))?;
    if metadata.len() == 0 {
        return Err(unreadable(&file, "it is empty".to_owned()));
    }
    let connection = connect(path).map_err(|error| problem(&file, &error))?;
    Ok((file, connection))
}

fn connect(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch("BEGIN")?;
    // The transaction begins with the first look at the file.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

fn problem(file: &str, error: &Error) -> FileProblem {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FileProblem::Locked { file: file.to_owned() },
        Some(ErrorCode::NotADatabase) => FileProblem::NotADatabase { file: file.to_owned() },
        _ => unreadable(file, if let Error::InvalidColumnName(reason) = error { reason.clone() } else { error.to_string() }),
    }
}

fn unreadable(file: &str, reason: String) -> FileProblem {
    FileProblem::Unreadable { file: file.to_owned(), reason }
}
