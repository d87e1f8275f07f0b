//! The tables of students among all that a store holds.

use crate::problems::nearest;
use crate::records::Notes;
use crate::records::from_tables::columns::{TABLES, field_of};
use crate::records::from_tables::{Headings, Refusal, Shape, StoredProblem};
use crate::vocabulary::Subject;

/// A table with the name of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// As the store writes it: `Entry`.
    pub(crate) name: String,
    pub(crate) subject: Subject,
}

/// Those that are lists by their names; what else a store holds is its own affair. A name that is only like that of a list which is missing is said.
pub(crate) fn found_tables(all: &[String], (headings, notes): (&Headings, &Notes)) -> Vec<Found> {
    let found = |name: &String| Some(Found { name: name.clone(), subject: headings.subject_of(name).ok()? });
    let tables: Vec<Found> = all.iter().filter_map(found).collect();
    let is_found = |subject: Subject| tables.iter().any(|table| table.subject == subject);
    for name in all.iter().filter(|name| tables.iter().all(|table| table.name != **name)) {
        let missing = TABLES.into_iter().filter(|subject| !is_found(*subject)).map(Subject::word);
        if let Some(near) = nearest(&name.to_lowercase(), missing) {
            notes.add(StoredProblem::NotRead { name: name.clone(), near: near.to_owned() }.into());
        }
    }
    tables
}

impl Found {
    /// The table with its columns; its name is added to those of files, so that places can name it.
    pub(crate) fn shape(&self, (file, headings): (&str, &Headings), columns: Vec<String>, files: &mut Vec<String>) -> Result<Shape, Refusal> {
        let number = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let name = format!("{file}!{}", self.name);
        files.push(name.clone());
        let names = headings.names((&name, self.subject), columns);
        let names = names.map_err(|problem| Refusal { file: number, line: 1, problem: problem.into() })?;
        Ok(Shape { file: number, name, subject: self.subject, names, sorting: "" })
    }
}

/// The columns by which rows are put in an order that is always the same: the student, and then all that are fields.
pub(crate) fn ordered(shape: &Shape) -> impl Iterator<Item = usize> {
    let is_student = |name: &&String| *name == "student";
    let students = shape.names.iter().enumerate().filter(move |(_, name)| is_student(name)).map(|(index, _)| index);
    let fields = shape.names.iter().enumerate().filter(move |(_, name)| !is_student(name) && field_of(shape.subject, name).is_some());
    students.chain(fields.map(|(index, _)| index))
}
