//! Codes of the catalogue (programmes, course units, events, class groups) and the rows that describe them, a row for each year's document.

use crate::records::packed::{Packed, PackedIndex};
use crate::records::{TextId, Texts};

/// A code by its number: the same unit in every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CodeId(pub(crate) u32);

impl From<TextId> for CodeId {
    fn from(id: TextId) -> Self {
        Self(id.0.cast_unsigned())
    }
}

/// The codes of one subject. Each has one undocumented row, of which nothing is known, and a row for each year that describes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes {
    /// The codes themselves, by their numbers.
    names: Texts,
    /// The numbers of those that are short.
    short: PackedIndex,
    undocumented: Vec<u32>,
    /// For each year that has a document, the row in which it describes each code; [`NOWHERE`] for one that it leaves out.
    documented: Vec<(i32, Vec<u32>)>,
    /// The code of each row.
    of_row: Vec<CodeId>,
}

/// What is the row of nothing.
const NOWHERE: u32 = u32::MAX;

impl Codes {
    pub(crate) fn find(&self, code: &str) -> Option<CodeId> {
        match Packed::new(code) {
            Some(packed) => self.find_packed(packed),
            None => self.names.find(code).map(CodeId::from),
        }
    }

    /// The number of a short code.
    #[inline]
    pub(crate) fn find_packed(&self, code: Packed) -> Option<CodeId> {
        self.short.find(code).map(CodeId)
    }

    pub(crate) fn name(&self, id: CodeId) -> Option<&str> {
        self.names.get(TextId(i32::try_from(id.0).ok()?))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|id| self.name(CodeId(id)))
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.names.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn rows(&self) -> u32 {
        u32::try_from(self.of_row.len()).unwrap_or(u32::MAX)
    }

    /// A code new to the catalogue, with the row that says nothing of it.
    pub(crate) fn add(&mut self, code: &str, row: u32) -> CodeId {
        let id = CodeId::from(self.names.intern(code));
        if let Some(packed) = Packed::new(code) {
            self.short.insert(packed, id.0);
        }
        self.undocumented.push(row);
        self.of_row.push(id);
        id
    }

    /// A row in which a year's document describes a code.
    pub(crate) fn document(&mut self, id: CodeId, year: i32, row: u32) {
        self.of_row.push(id);
        let (rows, index) = (self.rows_in(year), id.0 as usize);
        if rows.len() <= index {
            rows.resize(index + 1, NOWHERE);
        }
        rows[index] = row;
    }

    /// The rows of the codes in the document of a year, one that is new where nothing was described in it before.
    fn rows_in(&mut self, year: i32) -> &mut Vec<u32> {
        let known = self.documented.iter().position(|(known, _)| *known == year);
        let at = known.unwrap_or_else(|| {
            self.documented.push((year, Vec::new()));
            self.documented.len() - 1
        });
        &mut self.documented[at].1
    }

    /// The row in which a year's document describes the code.
    pub(crate) fn documented(&self, id: CodeId, year: i32) -> Option<u32> {
        let (_, rows) = self.documented.iter().find(|(known, _)| *known == year)?;
        rows.get(id.0 as usize).copied().filter(|row| *row != NOWHERE)
    }

    /// All rows of a code: the one that says nothing of it, and those that describe it.
    pub(crate) fn rows_of(&self, id: CodeId) -> impl Iterator<Item = u32> {
        let described = self.documented.iter().filter_map(move |(_, rows)| rows.get(id.0 as usize));
        self.undocumented.get(id.0 as usize).into_iter().chain(described).copied().filter(|row| *row != NOWHERE)
    }

    /// The row of a code in a year: the one that describes it, else the one that says nothing.
    pub(crate) fn row(&self, id: CodeId, year: i32) -> u32 {
        self.documented(id, year).unwrap_or_else(|| self.undocumented(id))
    }

    /// The row that says nothing of a code.
    pub(crate) fn undocumented(&self, id: CodeId) -> u32 {
        self.undocumented.get(id.0 as usize).copied().unwrap_or(NOWHERE)
    }

    /// The code of a row. A row beyond the catalogue (a code that only a record names) has a number beyond all codes.
    pub(crate) fn of_row(&self, row: u32) -> CodeId {
        self.of_row.get(row as usize).copied().unwrap_or_else(|| CodeId(self.len().saturating_add(row.saturating_sub(self.rows()))))
    }
}
