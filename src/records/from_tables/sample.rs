//! The headings of a table as they stand, and its first rows, for whoever does not know yet what they are; and what a reader would say of them, were they
//! what somebody takes them for.

use miette::Diagnostic as _;

use crate::records::from_tables::{Stored, Typed};
use crate::vocabulary::Subject;

/// Some of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TableSample {
    /// As its store writes it: `ISP regels`.
    pub(crate) table: String,
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<Stored<'static>>>,
    pub(crate) truths: Truths,
}

/// How a store keeps what is true or false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Truths {
    #[default]
    AsSuch,
    /// As 1 and 0.
    AsNumbers,
}

/// What is said of the first of these cells that can't be read in a column of that name, and what to do about it.
pub(crate) fn unread<'c>(subject: Subject, name: &str, cells: impl Iterator<Item = &'c Stored<'static>>) -> Option<String> {
    let mut typed = Typed::new(0, subject, &[name.to_owned()]);
    let mut rows = (1..).zip(cells);
    let problem = rows.find_map(|(row, cell)| typed.problem(cell, row))?;
    let help = problem.help().map(|help| format!("; {help}")).unwrap_or_default();
    Some(format!("{problem}{help}"))
}
