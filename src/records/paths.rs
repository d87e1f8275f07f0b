//! From a row of a batch back to its place in the record's text.

use std::borrow::Cow;

use crate::records::json::json_has;
use crate::records::{Batch, Placed};
use crate::source::LineColumn;
use crate::vocabulary::{Field, List, Subject};

impl Batch {
    /// The record that a row stands in, as it is written.
    pub(crate) fn line_of(&self, placed: Placed) -> Cow<'_, str> {
        let origin = self.origins.get(self.student_of(placed.subject, placed.row) as usize);
        let Some(origin) = origin else { return Cow::Borrowed("") };
        match &self.written {
            Some(written) => Cow::Owned(written.text(origin.line)),
            None => Cow::Borrowed(self.text.get(origin.start as usize..origin.end as usize).unwrap_or("")),
        }
    }

    /// Line and column in the file, from 1, behind the first part of a dossier's text. A dossier that is no text has no columns.
    pub(crate) fn place_after(&self, student: u32, before: &str) -> Option<LineColumn> {
        let line = self.origins.get(student as usize)?.line;
        let begin = LineColumn { line, column: self.first_columns.get(student as usize).copied().unwrap_or(1) };
        Some(if self.written.is_some() { begin } else { begin.after(before) })
    }

    /// Whether a dossier may run on over several lines of its file.
    pub(crate) fn is_element(&self, student: u32) -> bool {
        self.first_columns.get(student as usize).is_some()
    }

    /// The student's row that a row belongs to.
    pub(crate) fn student_of(&self, subject: Subject, row: u32) -> u32 {
        match subject.owner() {
            Some(owner) => self.student_of(owner, self.table(subject).owner(row)),
            None if subject == Subject::Student => row,
            None => u32::MAX,
        }
    }

    /// The path of a row, or of a field of it. Its record is looked at only where the field has two names.
    pub(crate) fn path_of(&self, placed: Placed) -> String {
        self.path(placed, |path, name| self.has(placed, path, name))
    }

    /// The path of a row, or of a field of it, in its record: `/enrolments/1/isp/entries/3/credits`.
    pub(crate) fn path_in(&self, placed: Placed, text: &str) -> String {
        self.path(placed, |path, name| json_has(text, path, name))
    }

    /// Whether the object at a path of a row's record has a member of that name.
    fn has(&self, placed: Placed, path: &str, name: &str) -> bool {
        let Some(origin) = self.origins.get(self.student_of(placed.subject, placed.row) as usize) else { return false };
        match &self.written {
            Some(written) => written.has(origin.line, path, name),
            None => json_has(self.text.get(origin.start as usize..origin.end as usize).unwrap_or(""), path, name),
        }
    }

    fn path(&self, placed: Placed, has: impl Fn(&str, &str) -> bool) -> String {
        let mut path = String::with_capacity(LONGEST);
        self.push_row(&mut path, (placed.subject, placed.row));
        if let Some(field) = placed.field.filter(|field| field.subject != Subject::RequestedCourse) {
            let name = name_in(field, |name| has(&path, name));
            path.push('/');
            path.push_str(name);
        }
        path
    }

    fn push_row(&self, path: &mut String, (subject, row): (Subject, u32)) {
        let Some(owner) = subject.owner() else { return };
        let owner_row = self.table(subject).owner(row);
        self.push_row(path, (owner, owner_row));
        path.push('/');
        match list_of(subject) {
            Some(list) => {
                path.push_str(list);
                path.push('/');
                let number = row.saturating_sub(self.table(subject).rows_of(owner_row).start);
                path.push_str(itoa::Buffer::new().format(number));
            }
            None => path.push_str(subject.word()),
        }
    }
}

/// Room for the path of almost every value.
const LONGEST: usize = 64;

/// The list of the record that the rows of a subject stand in.
fn list_of(subject: Subject) -> Option<&'static str> {
    LISTS.get(subject as usize).copied().flatten()
}

/// By the subject: the first list of its owner that has it as elements.
const LISTS: [Option<&str>; Subject::COUNT] = {
    let mut names = [None; Subject::COUNT];
    let mut at = List::ALL.len();
    while at > 0 {
        at -= 1;
        let (holder, name, element) = List::ALL[at].shape();
        if let Some(owner) = element.owner()
            && owner as u8 == holder as u8
        {
            names[element as usize] = Some(name);
        }
    }
    names
};

/// Which of its names a field has in an object.
fn name_in(field: Field, has: impl Fn(&str) -> bool) -> &'static str {
    match field.definition().alias {
        // Most records have the alias, and that the name stands nowhere in one is told without reading it.
        Some(alias) if !has(field.name()) || has(alias) => alias,
        _ => field.name(),
    }
}
