//! The headings of tables, and the names in the record that they stand for.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::records::from_tables::{TableProblem, subject_of};
use crate::vocabulary::Subject;

/// How an institution writes its tables: the headings that it has for names of the record, by table, and its clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headings {
    tables: BTreeMap<Subject, Vec<Mapped>>,
    /// What tables are called, where it is not what their rows are.
    called: BTreeMap<Subject, String>,
    /// The time zone of date-times that say none.
    pub(crate) clock: Option<Tz>,
}

/// `course = "Opleidingsonderdeel"`
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapped {
    name: String,
    heading: String,
}

impl Headings {
    /// A column of a table has another heading than its name.
    pub(crate) fn map(&mut self, table: Subject, name: &str, heading: &str) {
        self.tables.entry(table).or_default().push(Mapped { name: name.to_owned(), heading: heading.to_owned() });
    }

    /// A table has another name than its rows.
    pub(crate) fn call(&mut self, table: Subject, name: &str) {
        self.called.insert(table, name.to_owned());
    }

    /// The rows of a table by its name, in small letters or large.
    pub(crate) fn subject_of(&self, table: &str) -> Result<Subject, TableProblem> {
        let called = self.called.iter().find(|(_, name)| name.to_lowercase() == table.to_lowercase());
        called.map_or_else(|| subject_of(&table.to_lowercase()), |(subject, _)| Ok(*subject))
    }

    /// The tables that have another name than their rows, and those names.
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub(crate) fn called(&self) -> impl Iterator<Item = (Subject, &str)> {
        self.called.iter().map(|(subject, name)| (*subject, name.as_str()))
    }

    fn mapped(&self, subject: Subject) -> &[Mapped] {
        self.tables.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// What a column of a table is called in it.
    pub(crate) fn heading<'h>(&'h self, subject: Subject, name: &'h str) -> &'h str {
        self.mapped(subject).iter().find(|mapped| mapped.name == name).map_or(name, |mapped| mapped.heading.as_str())
    }

    /// The names of the columns with these headings.
    pub(crate) fn names(&self, (table, subject): (&str, Subject), headings: Vec<String>) -> Result<Arc<[String]>, TableProblem> {
        let mapped = self.mapped(subject);
        for Mapped { name, heading } in mapped {
            if !headings.contains(heading) {
                let help = format!("`[map.{}]` in `ispect.toml` says that it is `{name}`; correct it, or the heading", subject.word());
                return Err(TableProblem::MissingColumn { table: table.to_owned(), column: heading.clone(), help });
            }
        }
        let name_of = |heading: String| mapped.iter().find(|mapped| mapped.heading == heading).map_or(heading, |mapped| mapped.name.clone());
        Ok(headings.into_iter().map(name_of).collect())
    }
}
