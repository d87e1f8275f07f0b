//! Stores of tables - workbooks and databases - told by their names, and opened by those builds that have their libraries.
//!
//! Add a store: a variant of [`Store`] with its names, a file here that opens it, and a folder `records/from_<store>` that reads its tables.

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::path::Path;

use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::session::{Session, Stop};
use crate::mapping::Form;
use crate::records::{Headings, Notes, Refusal, StoredTable, TableSample};

/// What holds several tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    /// `export.xlsx`
    Workbook,
    /// `records.sqlite`
    Sqlite,
    /// `postgresql://reader@server/records`
    Postgres,
}

impl Store {
    const ALL: [Self; 3] = [Self::Workbook, Self::Sqlite, Self::Postgres];

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Workbook => &["xlsx", "xlsm"],
            Self::Sqlite => &["sqlite", "sqlite3", "db"],
            Self::Postgres => &[],
        }
    }

    fn schemes(self) -> &'static [&'static str] {
        match self {
            Self::Postgres => &["postgresql://", "postgres://"],
            Self::Workbook | Self::Sqlite => &[],
        }
    }

    /// What such a store is called, and the feature that reads it.
    fn known_as(self) -> (&'static str, &'static str) {
        match self {
            Self::Workbook => ("an Excel workbook", "xlsx"),
            Self::Sqlite => ("an SQLite database", "sqlite"),
            Self::Postgres => ("a PostgreSQL database", "postgres"),
        }
    }

    /// What opens it, where this build has it.
    #[allow(clippy::unnecessary_wraps, reason = "not every build has every store")]
    fn opener(self) -> Option<Opener> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Some(Opener { tables: sqlite::open, samples: sqlite::samples }),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => None,
            #[cfg(feature = "xlsx")]
            Self::Workbook => Some(Opener { tables: xlsx::open, samples: xlsx::samples }),
            #[cfg(not(feature = "xlsx"))]
            Self::Workbook => None,
            #[cfg(feature = "postgres")]
            Self::Postgres => Some(Opener { tables: postgres::open, samples: postgres::samples }),
            #[cfg(not(feature = "postgres"))]
            Self::Postgres => None,
        }
    }

    /// How its tables are stored.
    pub(crate) fn form(self) -> Form {
        match self {
            Self::Workbook => Form::Sheet,
            Self::Sqlite | Self::Postgres => Form::InDatabase,
        }
    }
}

/// The tables of a store; or why nothing in it can be trusted.
pub(crate) type Tables = Result<Vec<Box<dyn StoredTable>>, Refusal>;

/// How the institution writes its tables, and what is to be said of them.
type Customs<'a> = (&'a Headings, &'a Notes);

/// Opens a store.
struct Opener {
    /// Its tables of students, whose names are added to those of files.
    tables: fn(&Path, Customs<'_>, &mut Vec<String>) -> Result<Tables, FileProblem>,
    /// The headings and so many rows of all of its tables.
    samples: fn(&Path, usize) -> Result<Vec<TableSample>, FileProblem>,
}

/// The store that a name promises.
pub(crate) fn store(path: &Path) -> Option<Store> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let ends = |store: &Store| ending.as_deref().is_some_and(|ending| store.endings().contains(&ending));
    Store::ALL.into_iter().find(|store| is_address_of(*store, path) || ends(store))
}

/// Whether a name is an address and no name of a file.
pub(crate) fn is_address(path: &Path) -> bool {
    Store::ALL.into_iter().any(|store| is_address_of(store, path))
}

fn is_address_of(store: Store, path: &Path) -> bool {
    path.to_str().is_some_and(|text| store.schemes().iter().any(|scheme| text.starts_with(scheme)))
}

/// A name as it is shown: of an address, without its password.
pub(crate) fn shown(path: &Path) -> String {
    match path.to_str().filter(|_| is_address(path)) {
        Some(address) => without_password(address).0,
        None => paths::shown_or_stdin(path),
    }
}

/// An address as it may stand in a file: without its password, and with what else it asks for.
pub(crate) fn lasting(address: &str) -> String {
    let (plain, asked) = without_password(address);
    let kept: Vec<&str> = asked.split('&').filter(|setting| !setting.is_empty() && !setting.starts_with("password=")).collect();
    let before = if kept.is_empty() { "" } else { "?" };
    format!("{plain}{before}{}", kept.join("&"))
}

/// `postgresql://reader@server/records` of `postgresql://reader:secret@server/records?password=secret`, and what it asks for.
fn without_password(address: &str) -> (String, &str) {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (plain, asked) = rest.split_once('?').unwrap_or((rest, ""));
    let is_port = |text: &str| text.split('/').next().is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_server = !plain.contains('@') && plain.split_once(':').is_none_or(|(_, after)| is_port(after));
    // A password may hold an `@` or a `?` that nobody wrote as `%40` or `%3F`.
    let (who, plain, asked) = match plain.rsplit_once('@').map(|(who, server)| (who, server, asked)) {
        Some((who, server, asked)) => (who, server, asked),
        None if is_server => return (format!("{scheme}://{plain}"), asked),
        None => {
            let (who, server) = rest.rsplit_once('@').unwrap_or((rest, ""));
            let (server, asked) = server.split_once('?').unwrap_or((server, ""));
            (who, server, asked)
        }
    };
    let user = who.split(':').next().unwrap_or("");
    (format!("{scheme}://{user}@{plain}"), asked)
}

/// The tables of a store, whose names are added to those of files.
pub(crate) fn open(session: &mut Session, (store, path): (Store, &Path), customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, Stop> {
    let opened = opener(store, path).and_then(|opener| (opener.tables)(path, customs, names));
    opened.map_err(|problem| session.stop(problem))
}

/// The headings and so many rows of all tables of a store.
pub(crate) fn samples(session: &mut Session, (store, path): (Store, &Path), most: usize) -> Result<Vec<TableSample>, Stop> {
    let samples = opener(store, path).and_then(|opener| (opener.samples)(path, most));
    samples.map_err(|problem| session.stop(problem))
}

fn opener(store: Store, path: &Path) -> Result<Opener, FileProblem> {
    let (format, feature) = store.known_as();
    store.opener().ok_or_else(|| FileProblem::NotInThisBuild { file: shown(path), format, feature })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Store, lasting, shown, store};

    #[test]
    fn stores_are_told_by_their_names() {
        for (name, expected) in [
            ("exports/Export.XLSX", Some(Store::Workbook)),
            ("records.db", Some(Store::Sqlite)),
            ("postgres://server/records", Some(Store::Postgres)),
            ("students.jsonl", None),
            ("postgresql", None),
        ] {
            assert_eq!(store(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_password_is_never_kept() {
        for (address, expected) in [
            ("postgresql://reader:s3cr?t@server/records?schema=checks", "postgresql://reader@server/records?schema=checks"),
            ("postgresql://server:5432/records?user=me@home", "postgresql://server:5432/records?user=me@home"),
            ("postgresql://reader:s3cret@server/records?schema=checks", "postgresql://reader@server/records?schema=checks"),
            ("postgresql://server/records?user=reader&password=s3cret", "postgresql://server/records?user=reader"),
            ("postgres://reader@server/records", "postgres://reader@server/records"),
        ] {
            assert_eq!(lasting(address), expected);
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (address, expected) in [
            ("postgresql://reader:s3cr@t@server:5432/records?sslmode=disable", "postgresql://reader@server:5432/records"),
            ("postgresql://server/records?user=reader&password=s3cret", "postgresql://server/records"),
            ("postgres://reader@server/records", "postgres://reader@server/records"),
        ] {
            assert_eq!(shown(Path::new(address)), expected);
        }
    }
}
