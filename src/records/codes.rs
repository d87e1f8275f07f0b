//! Codes of the catalogue (programmes, course units, events, class groups) and the rows that describe them, a row for each year's document.

use rustc_hash::FxHashMap;

/// A code by its number: the same unit in every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CodeId(pub(crate) u32);

/// The codes of one subject. Each has one undocumented row, of which nothing is known, and a row for each year that describes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes {
    ids: FxHashMap<Box<str>, CodeId>,
    names: Vec<Box<str>>,
    undocumented: Vec<u32>,
    documented: FxHashMap<(CodeId, i32), u32>,
    /// The code of each row.
    of_row: Vec<CodeId>,
}

impl Codes {
    pub(crate) fn find(&self, code: &str) -> Option<CodeId> {
        self.ids.get(code).copied()
    }

    pub(crate) fn name(&self, id: CodeId) -> Option<&str> {
        self.names.get(id.0 as usize).map(AsRef::as_ref)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.names.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.of_row.len()).unwrap_or(u32::MAX)
    }

    /// A code new to the catalogue, with the row that says nothing of it.
    pub(crate) fn add(&mut self, code: &str, row: u32) -> CodeId {
        let id = CodeId(self.len());
        self.ids.insert(code.into(), id);
        self.names.push(code.into());
        self.undocumented.push(row);
        self.of_row.push(id);
        id
    }

    /// A row in which a year's document describes a code; false where that year has described it already.
    pub(crate) fn document(&mut self, id: CodeId, year: i32, row: u32) -> bool {
        self.of_row.push(id);
        self.documented.insert((id, year), row).is_none()
    }

    /// The row in which a year's document describes the code.
    pub(crate) fn documented(&self, id: CodeId, year: i32) -> Option<u32> {
        self.documented.get(&(id, year)).copied()
    }

    /// The row of a code in a year: the one that describes it, else the one that says nothing.
    pub(crate) fn row(&self, id: CodeId, year: i32) -> u32 {
        self.documented(id, year).unwrap_or_else(|| self.undocumented(id))
    }

    /// The row that says nothing of a code.
    pub(crate) fn undocumented(&self, id: CodeId) -> u32 {
        self.undocumented.get(id.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// The code of a row. A row beyond the catalogue (a code that only a record names) has a number beyond all codes.
    pub(crate) fn of_row(&self, row: u32) -> CodeId {
        self.of_row.get(row as usize).copied().unwrap_or_else(|| CodeId(self.len().saturating_add(row.saturating_sub(self.rows()))))
    }
}
