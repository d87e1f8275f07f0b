//! Some dossiers together, as tables. One batch is what a worker reads, checks and forgets.

use std::ops::Range;
use std::sync::Arc;

use crate::records::rows::InTable;
use crate::records::{BlockText, Catalogue, Table, TextId, Texts};
use crate::vocabulary::{Cell, Field, Subject};

/// Dossiers as tables; row `n` of the student table is the `n`th dossier.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    tables: Vec<Table>,
    /// Texts that neither the catalogue nor the rules name.
    pub(crate) texts: Texts,
    /// Codes that the catalogue lacks, by subject; their rows come after the catalogue's.
    pub(crate) foreign: Vec<Texts>,
    /// Where each dossier came from.
    pub(crate) origins: Vec<Origin>,
    /// In which column of its line each dossier begins that is no line of its own; nothing where each is one.
    pub(crate) first_columns: Vec<u32>,
    /// The text of the lines that the origins point into.
    pub(crate) text: Arc<BlockText>,
    /// What writes a dossier that does not stand in that text.
    pub(crate) written: Option<Arc<dyn Written>>,
    /// How many bytes of the file it was read from.
    pub(crate) bytes: u64,
}

/// Dossiers that are no text, and can be written as one.
pub(crate) trait Written: std::fmt::Debug + Send + Sync {
    /// The dossier in a row of the file.
    fn text(&self, line: u32) -> String;

    /// Whether the object at a path of that dossier has a member of that name: what can be said without writing it.
    fn has(&self, line: u32, path: &str, name: &str) -> bool;

    /// The row of a table in which something stands that is looked for in the dossier as it is written; nothing where dossiers come whole.
    fn in_table(&self, _: u32, _: &dyn Fn(&str) -> Range<usize>) -> Option<InTable> {
        None
    }
}

/// Where a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The number of the file, in the order in which the files were given.
    pub(crate) file: u32,
    /// The line of the file, from 1.
    pub(crate) line: u32,
    /// The line's bytes in the batch's text.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A row and the field of it that is meant, if one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Placed {
    pub(crate) subject: Subject,
    pub(crate) row: u32,
    pub(crate) field: Option<Field>,
}

impl Batch {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        Self {
            tables: Subject::ALL.into_iter().map(Table::new).collect(),
            texts: Texts::after(&catalogue.texts),
            foreign: vec![Texts::default(); Subject::COUNT],
            origins: Vec::new(),
            first_columns: Vec::new(),
            text: Arc::default(),
            written: None,
            bytes: 0,
        }
    }

    /// Forget all dossiers but keep the room they took.
    pub(crate) fn clear(&mut self) {
        self.forget_rows();
        self.texts.clear();
        self.foreign.iter_mut().for_each(Texts::clear);
        self.origins.clear();
        self.first_columns.clear();
        self.text = Arc::default();
        self.written = None;
        self.bytes = 0;
    }

    /// Forget all rows, and keep the texts and codes that they named.
    pub(crate) fn forget_rows(&mut self) {
        for table in &mut self.tables {
            table.truncate(0, 0);
        }
    }

    /// The code of a row of the catalogue, or of one beyond it: a code that only the records name.
    pub(crate) fn code_name<'b>(&'b self, catalogue: &'b Catalogue, subject: Subject, row: u32) -> Option<&'b str> {
        let codes = catalogue.codes(subject);
        match row.checked_sub(codes.rows()).and_then(|index| i32::try_from(index).ok()) {
            Some(index) => self.foreign.get(subject as usize)?.get(TextId(index)),
            None => codes.name(codes.of_row(row)),
        }
    }

    /// A text of the record: one that the catalogue or the rules name too, or one of its own.
    pub(crate) fn text_of<'b>(&'b self, catalogue: &'b Catalogue, id: Cell) -> Option<&'b str> {
        catalogue.texts.get(TextId(id)).or_else(|| self.texts.get(TextId(id)))
    }

    pub(crate) fn table(&self, subject: Subject) -> &Table {
        &self.tables[subject as usize]
    }

    pub(crate) fn table_mut(&mut self, subject: Subject) -> &mut Table {
        &mut self.tables[subject as usize]
    }

    pub(crate) fn dossiers(&self) -> u32 {
        self.table(Subject::Student).rows()
    }

    pub(crate) fn cell(&self, field: Field, row: u32) -> Cell {
        self.table(field.subject).cell(field, row)
    }

    /// All entries of a student: those of all enrolments, which lie together.
    pub(crate) fn entries_of_student(&self, student: u32) -> Range<u32> {
        let enrolments = self.table(Subject::Enrolment).rows_of(student);
        let entries = self.table(Subject::Entry);
        if enrolments.is_empty() {
            return 0..0;
        }
        entries.rows_of(enrolments.start).start..entries.rows_of(enrolments.end - 1).end
    }
}
