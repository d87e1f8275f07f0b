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
use crate::records::{Headings, Notes, Refusal, StoredTable};

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
            Self::Sqlite => Some(sqlite::open),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => None,
            #[cfg(feature = "xlsx")]
            Self::Workbook => Some(xlsx::open),
            #[cfg(not(feature = "xlsx"))]
            Self::Workbook => None,
            #[cfg(feature = "postgres")]
            Self::Postgres => Some(postgres::open),
            #[cfg(not(feature = "postgres"))]
            Self::Postgres => None,
        }
    }
}

/// The tables of a store; or why nothing in it can be trusted.
pub(crate) type Tables = Result<Vec<Box<dyn StoredTable>>, Refusal>;

/// How the institution writes its tables, and what is to be said of them.
type Customs<'a> = (&'a Headings, &'a Notes);

/// Opens a store; the names of its tables are added to those of files.
type Opener = fn(&Path, Customs<'_>, &mut Vec<String>) -> Result<Tables, FileProblem>;

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
        Some(address) => without_password(address),
        None => paths::shown_or_stdin(path),
    }
}

/// `postgresql://reader@server/records` of `postgresql://reader:secret@server/records?password=secret`
fn without_password(address: &str) -> String {
    let (plain, _) = address.split_once('?').unwrap_or((address, ""));
    let Some((scheme, rest)) = plain.split_once("://") else { return plain.to_owned() };
    // A password may hold an `@` that nobody wrote as `%40`.
    let Some((who, server)) = rest.rsplit_once('@') else { return plain.to_owned() };
    let user = who.split(':').next().unwrap_or("");
    format!("{scheme}://{user}@{server}")
}

/// The tables of a store, whose names are added to those of files.
pub(crate) fn open(session: &mut Session, (store, path): (Store, &Path), customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, Stop> {
    let (format, feature) = store.known_as();
    let opened = match store.opener() {
        Some(open) => open(path, customs, names),
        None => Err(FileProblem::NotInThisBuild { file: shown(path), format, feature }),
    };
    opened.map_err(|problem| session.stop(problem))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Store, shown, store};

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
