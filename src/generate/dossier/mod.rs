//! A dossier that is being made: a tree of rows whose cells can be set, taken away and looked at by their fields. Writing it is left to `write.rs`.

mod write;

use std::borrow::Cow;

use crate::records::CodeId;
use crate::vocabulary::{Cell, Enumeration, Field, Subject};

pub(crate) use write::Writer;

/// A value of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Datum {
    Boolean(bool),
    /// In thousandths.
    Number(Cell),
    /// Days since 1 January 1970.
    Day(i32),
    /// A day and the minute of it, in the regulation's time zone.
    Instant(i32, u16),
    /// The first calendar year of an academic year.
    Year(i32),
    Semester(i32),
    Text(Cow<'static, str>),
    Word(Enumeration, i32),
    /// A programme, course unit, event or class group.
    Code(Subject, CodeId),
}

impl Datum {
    /// The day, also of an instant.
    pub(crate) fn day(&self) -> Option<i32> {
        if let Self::Day(day) | Self::Instant(day, _) = self { Some(*day) } else { None }
    }

    pub(crate) fn number(&self) -> Option<Cell> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(crate) fn code(&self) -> Option<CodeId> {
        if let Self::Code(_, code) = self { Some(*code) } else { None }
    }
}

/// A row of a dossier with the rows that stand in it. The dossier itself is the student's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) subject: Subject,
    cells: Vec<(Field, Datum)>,
    pub(crate) rows: Vec<Row>,
}

impl Row {
    pub(crate) fn new(subject: Subject) -> Self {
        Self { subject, cells: Vec::new(), rows: Vec::new() }
    }

    #[must_use]
    pub(crate) fn with(mut self, field: Field, value: Datum) -> Self {
        self.set(field, value);
        self
    }

    /// With a value where there is one.
    #[must_use]
    pub(crate) fn with_any(self, field: Field, value: Option<Datum>) -> Self {
        match value {
            Some(value) => self.with(field, value),
            None => self,
        }
    }

    pub(crate) fn get(&self, field: Field) -> Option<&Datum> {
        self.cells.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }

    pub(crate) fn set(&mut self, field: Field, value: Datum) {
        match self.cells.iter_mut().find(|(known, _)| *known == field) {
            Some((_, old)) => *old = value,
            None => self.cells.push((field, value)),
        }
    }

    pub(crate) fn clear(&mut self, field: Field) {
        self.cells.retain(|(known, _)| *known != field);
    }

    pub(crate) fn rows_of(&self, subject: Subject) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.subject == subject)
    }
}

/// A way from the dossier down to one of its rows: the place among the rows, at each step.
pub(crate) type Way = Vec<usize>;

impl Row {
    pub(crate) fn at(&self, way: &[usize]) -> Option<&Row> {
        way.iter().try_fold(self, |row, index| row.rows.get(*index))
    }

    pub(crate) fn at_mut(&mut self, way: &[usize]) -> Option<&mut Row> {
        way.iter().try_fold(self, |row, index| row.rows.get_mut(*index))
    }

    /// The ways to every row of a subject, in order.
    pub(crate) fn ways_to(&self, subject: Subject) -> Vec<Way> {
        let mut found = Vec::new();
        let mut waiting: Vec<(Way, &Row)> = vec![(Vec::new(), self)];
        while let Some((way, row)) = waiting.pop() {
            let below = row.rows.iter().enumerate().rev().map(|(index, inner)| ([way.as_slice(), &[index]].concat(), inner));
            waiting.extend(below);
            if row.subject == subject {
                found.push(way);
            }
        }
        found
    }
}
