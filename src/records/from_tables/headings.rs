//! The headings of tables, and the names in the record that they stand for.

use std::collections::BTreeMap;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use crate::records::from_tables::columns::field_of;
use crate::records::from_tables::columns::inner;
use crate::records::from_tables::{StoredProblem, TableProblem, subject_of};
use crate::vocabulary::{Subject, Zone};

/// How an institution writes its tables: the headings that it has for names of the record, by table, and its clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headings {
    tables: BTreeMap<Subject, Vec<Mapped>>,
    /// What tables are called, where it is not what their rows are.
    called: BTreeMap<Subject, String>,
    /// The time zone of date-times that say none.
    pub(crate) clock: Option<Zone>,
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

    /// The rows of a table by its name, in small letters or large. A table that is called otherwise has no longer its own name.
    pub(crate) fn subject_of(&self, table: &str) -> Result<Subject, TableProblem> {
        let called = self.called.iter().find(|(_, name)| name.to_lowercase() == table.to_lowercase());
        if let Some((subject, _)) = called {
            return Ok(*subject);
        }
        let subject = subject_of(&table.to_lowercase())?;
        match self.called.get(&subject) {
            None => Ok(subject),
            Some(called) => {
                let help = format!("`[map.{}]` in `ispect.toml` says that the table is called `{called}`", subject.word());
                Err(TableProblem::UnknownTable { name: table.to_owned(), help })
            }
        }
    }

    /// A table of which something is said, and which is not among those that are there.
    pub(super) fn missing(&self, is_there: impl Fn(Subject) -> bool) -> Option<StoredProblem> {
        let said = self.called.keys().chain(self.tables.keys());
        let list = said.copied().find(|subject| !is_there(*subject))?.word();
        let called = self.called.iter().find(|(subject, _)| subject.word() == list).map(|(_, called)| called.clone());
        let what = if called.is_some() { "is called so" } else { "has such columns" };
        let help = format!("`[map.{list}]` in `ispect.toml` says that `{list}` {what}; correct it, or the table");
        Some(StoredProblem::MissingTable { name: called.unwrap_or_else(|| list.to_owned()), help })
    }

    /// The name, and the section that says it, of a field in a whole record that was not read.
    pub(crate) fn unread(&self, subject: Subject, field: &str) -> Option<(&'static str, &str)> {
        let mut tables = self.tables.iter().filter(|(table, _)| **table == subject || inner(**table) == Some(subject));
        tables.find_map(|(table, mapped)| Some((table.word(), mapped.iter().find(|mapped| mapped.heading == field)?.name.as_str())))
    }

    fn mapped(&self, subject: Subject) -> &[Mapped] {
        self.tables.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// Names and headings of the fields of a subject, whatever the table that they are said to stand in.
    #[cfg(feature = "parquet")]
    fn mapped_in(&self, subject: Subject) -> impl Iterator<Item = &Mapped> {
        let of_subject = move |table: Subject, mapped: &Mapped| field_of(table, &mapped.name).is_some_and(|(_, field)| field.subject == subject);
        self.tables.iter().flat_map(move |(table, mapped)| mapped.iter().filter(move |mapped| of_subject(*table, mapped)))
    }

    /// The name of a field of a record that is stored whole.
    #[cfg(feature = "parquet")]
    pub(crate) fn name_in<'h>(&'h self, subject: Subject, heading: &'h str) -> &'h str {
        self.mapped_in(subject).find(|mapped| mapped.heading == heading).map_or(heading, |mapped| mapped.name.as_str())
    }

    /// A field of a record that is stored whole, and its heading, where neither stands among the columns of its object.
    #[cfg(feature = "parquet")]
    pub(crate) fn lost(&self, subject: Subject, is_column: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
        let mut mapped = self.mapped_in(subject);
        let lost = mapped.find(|mapped| !is_column(&mapped.heading) && !is_column(&mapped.name))?;
        Some((&lost.name, &lost.heading))
    }

    /// The name that a heading of a table is said to stand for.
    pub(crate) fn name_of(&self, subject: Subject, heading: &str) -> Option<&str> {
        self.mapped(subject).iter().find(|mapped| mapped.heading == heading).map(|mapped| mapped.name.as_str())
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
