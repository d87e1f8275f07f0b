//! What a server is asked, as SQL.

use crate::records::from_postgres::cells::Kind;
use crate::records::from_tables::{Shape, ordered};

/// What is written as text is written in one way, whatever the server is set to, and rows that it would hide are an error: a dossier would not be whole. What
/// others have locked is waited for as long as a server may take to let a user in, unless the user says otherwise. Letters come as UTF-8, but for those of a
/// database that says nothing of its encoding: it would break off at the first that are none, where only their row can't be read.
pub(super) const SETTINGS: &str = "SET DateStyle TO ISO; SET TimeZone TO 'UTC'; SET extra_float_digits TO 1; SET row_security TO off; \
                                   SELECT set_config(name, '10s', false) FROM pg_catalog.pg_settings WHERE name = 'lock_timeout' AND setting = '0'; \
                                   SELECT set_config('client_encoding', 'SQL_ASCII', false) WHERE current_setting('server_encoding') = 'SQL_ASCII'";

/// All that is looked at is of one moment and stays as it is until it has been read; all rows will be asked for.
pub(super) const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                                SELECT set_config(name, '1', false) FROM pg_catalog.pg_settings WHERE name = 'cursor_tuple_fraction'";

/// The names of all tables and views of a schema.
pub(super) const ALL: &str = "SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
                              WHERE n.nspname = $1 AND c.relkind IN ('r', 'v', 'm', 'p', 'f') ORDER BY 1";

/// How a database keeps letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// As UTF-8, or as bytes that nobody has said anything of.
    AsSent,
    /// In another encoding, such as Windows-1252, whose bytes are in an order of their own.
    Otherwise,
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every column as text.
pub(super) fn cells(titles: &[String], kinds: &[Kind]) -> String {
    let cells = titles.iter().zip(kinds).map(|(title, kind)| match kind {
        // What can't be a value is not sent; whether it is there at all is, also that of a row of which all is unknown.
        Kind::Unreadable => format!("CASE WHEN {title} IS NOT DISTINCT FROM NULL THEN NULL ELSE '' END", title = quoted(title)),
        Kind::Text | Kind::Number | Kind::Boolean | Kind::Day | Kind::Moment | Kind::Instant => format!("{}::text", quoted(title)),
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// The rows in the order of their bytes as UTF-8, whatever the collation of the database.
pub(super) fn rows(table: &str, shape: &Shape, (titles, kinds): (&[String], &[Kind]), letters: Letters) -> String {
    let key = |title: &String| match letters {
        Letters::AsSent => format!("{}::text COLLATE \"C\"", quoted(title)),
        Letters::Otherwise => format!("convert_to({}::text, 'UTF8')", quoted(title)),
    };

    let readable = |index: &usize| kinds.get(*index).is_some_and(|kind| *kind != Kind::Unreadable);
    let keys: Vec<String> = ordered(shape).filter(readable).filter_map(|index| titles.get(index)).map(key).collect();
    let order = if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) };
    format!("SELECT {} FROM {table}{order}", cells(titles, kinds))
}

/// What begins to read the rows of a table. It shows whether the user may read them, and all that stands behind a view.
pub(super) fn declare(number: u32, rows: &str) -> String {
    format!("DECLARE ispect_{number} NO SCROLL CURSOR FOR {rows}")
}

/// What gives the next rows of a table.
pub(super) fn fetch(number: u32, most: usize) -> String {
    format!("FETCH FORWARD {most} FROM ispect_{number}")
}

/// How many rows come with one answer: many, and fewer where they are long, of which nobody knows before they have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Portion(usize);

impl Portion {
    pub(super) const FIRST: Self = Self(32);
    const MOST: usize = 1000;
    const BYTES: usize = 4 << 20;

    pub(super) fn rows(self) -> usize {
        self.0
    }

    /// The next one, after rows of so many bytes altogether.
    pub(super) fn after(self, rows: usize, bytes: usize) -> Self {
        let fitting = Self::BYTES * rows / bytes.max(1);
        Self(fitting.clamp(1, Self::MOST).min(self.0 * 8))
    }
}

#[cfg(test)]
mod tests {
    use super::Portion;

    #[test]
    fn long_rows_come_in_small_portions() {
        let mut portion = Portion::FIRST;
        let mut rows = Vec::new();
        for bytes_of_a_row in [100, 100, 1 << 20, 1 << 30, 1 << 30, 0, 0] {
            rows.push(portion.rows());
            portion = portion.after(portion.rows(), portion.rows() * bytes_of_a_row);
        }
        assert_eq!(rows, [32, 256, 1000, 4, 1, 1, 8]);
        assert_eq!(Portion::FIRST.after(0, 0).rows(), 1);
    }
}
