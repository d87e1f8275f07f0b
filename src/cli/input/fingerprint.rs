//! The fingerprint of the records: a hash of the bytes of files as they are read, and of the rows of stores, whose files say the same in many ways.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::cli::input::files;
use crate::records::{HeldRows, Refusal, StoredTable};
use crate::vocabulary::Subject;

/// Whether what is read is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordsHash {
    Wanted,
    NotWanted,
}

/// The hash of all that is read; empty where nobody wants it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hash(Option<Arc<Mutex<Sha256>>>);

impl Hash {
    pub(crate) fn new(wanted: RecordsHash) -> Self {
        Self((wanted == RecordsHash::Wanted).then(Arc::default))
    }

    pub(crate) fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    fn add(&self, bytes: &[u8]) {
        if let Some(hasher) = &self.0 {
            hasher.lock().unwrap_or_else(PoisonError::into_inner).update(bytes);
        }
    }

    /// What is read from there is hashed as it passes.
    pub(crate) fn of_reader(&self, content: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        Box::new(Hashing { inner: content, hash: self.clone() })
    }

    /// The rows of a table are hashed as they pass.
    pub(crate) fn of_table(&self, table: Box<dyn StoredTable>) -> Box<dyn StoredTable> {
        if self.0.is_none() { table } else { Box::new(Hashing { inner: table, hash: self.clone() }) }
    }

    /// In hexadecimals.
    pub(crate) fn finish(&self) -> String {
        let hasher = self.0.as_ref().map(|hasher| hasher.lock().unwrap_or_else(PoisonError::into_inner).clone());
        hasher.map_or_else(String::new, |hasher| files::hexadecimal(&hasher.finalize()))
    }
}

/// What is read, hashed as it passes.
struct Hashing<T> {
    inner: T,
    hash: Hash,
}

impl Read for Hashing<Box<dyn Read + Send>> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.add(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl StoredTable for Hashing<Box<dyn StoredTable>> {
    fn file(&self) -> u32 {
        self.inner.file()
    }

    fn name(&self) -> &str {
        self.inner.name()
    }

    fn subject(&self) -> Subject {
        self.inner.subject()
    }

    fn names(&self) -> &Arc<[String]> {
        self.inner.names()
    }

    fn sorting(&self, column: usize) -> String {
        self.inner.sorting(column)
    }

    fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let is_there = self.inner.next_row(rows)?;
        if let Some(row) = rows.last().filter(|_| is_there) {
            // What can't stand in a text divides the cells, so that no two rows have the same bytes.
            self.hash.add(self.inner.subject().word().as_bytes());
            for cell in row.cells() {
                self.hash.add(&[0xff]);
                self.hash.add(cell.as_bytes());
            }
            self.hash.add(&[0xfe]);
        }
        Ok(is_there)
    }
}
