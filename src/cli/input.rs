//! Files of dossiers, opened before any is read, so that a missing one stops the run at once; and the hash of what is read from them.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::cli::output::reason;
use crate::cli::problems::FileProblem;
use crate::cli::session::{Session, Stop};
use crate::cli::{files, paths};
use crate::records::{Blocks, Cut, Headings, Notes, RecordFile, is_csv, tables};

/// Whether what is read is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordsHash {
    Wanted,
    NotWanted,
}

/// Files that are open, in the order in which they were given.
pub(crate) struct Opened {
    pub(crate) files: Vec<RecordFile>,
    /// Bytes of all files together; nothing where one is a pipe.
    pub(crate) size: Option<u64>,
    pub(crate) hash: Hash,
    /// What is to be said of files that were read all the same.
    pub(crate) notes: Notes,
}

impl Opened {
    /// Whether the files are tables.
    fn are_tables(&self) -> bool {
        self.files.iter().any(|file| is_csv(&file.name))
    }

    /// The records of all files, in blocks.
    pub(crate) fn cuts(self, headings: &Headings) -> Box<dyn Iterator<Item = Cut> + Send> {
        if self.are_tables() { Box::new(tables(self.files, headings, &self.notes)) } else { Box::new(self.files.into_iter().flat_map(Blocks::new)) }
    }
}

/// The hash of all that is read; empty where nobody wants it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hash(Option<Arc<Mutex<Sha256>>>);

impl Hash {
    /// In hexadecimals.
    pub(crate) fn finish(&self) -> String {
        let hasher = self.0.as_ref().map(|hasher| hasher.lock().unwrap_or_else(PoisonError::into_inner).clone());
        hasher.map_or_else(String::new, |hasher| files::hexadecimal(&hasher.finalize()))
    }
}

/// Open all files; `-` is stdin.
pub(crate) fn open(session: &mut Session, paths: &[PathBuf], wanted: RecordsHash) -> Result<Opened, Stop> {
    let hash = Hash((wanted == RecordsHash::Wanted).then(Arc::default));
    let mut opened = Opened { files: Vec::new(), size: Some(0), hash: hash.clone(), notes: Notes::default() };
    let mut stopped = Ok(());
    for (number, path) in (0..).zip(paths) {
        let name = paths::shown_or_stdin(path);
        let content: io::Result<(Box<dyn Read + Send>, Option<u64>)> = if paths::is_stdin(path) {
            Ok((Box::new(io::stdin()), None))
        } else {
            File::open(path).and_then(|file| length(&file).map(|length| (Box::new(file) as Box<dyn Read + Send>, length)))
        };
        match content {
            Ok((content, size)) => {
                opened.size = opened.size.zip(size).map(|(total, size)| total + size);
                opened.files.push(RecordFile { number, name, content: Box::new(Hashing { content, hash: hash.clone() }) });
            }
            Err(error) => stopped = Err(session.stop(FileProblem::Unreadable { file: name, reason: reason(&error) })),
        }
    }
    if opened.are_tables() {
        opened.size = None;
    }
    stopped.map(|()| opened)
}

/// The bytes of a file; nothing for a pipe.
fn length(file: &File) -> io::Result<Option<u64>> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(metadata.is_file().then_some(metadata.len()))
}

/// A reader that hashes what passes.
struct Hashing {
    content: Box<dyn Read + Send>,
    hash: Hash,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        if let Some(hasher) = &self.hash.0 {
            hasher.lock().unwrap_or_else(PoisonError::into_inner).update(buffer.get(..count).unwrap_or_default());
        }
        Ok(count)
    }
}
