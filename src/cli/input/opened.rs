//! What holds dossiers, opened before any is read, so that a missing file stops the run at once.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::input::fingerprint::{Hash, RecordsHash};
use crate::cli::input::stored::{Arrival, is_parquet, stored};
use crate::cli::input::stores::{self, Store};
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::cli::session::{Session, Stop};
use crate::records::{Cut, Headings, Merged, Notes, RecordFile, Refusal, StoredTable};

/// What is open, in the order in which it was given.
pub(crate) struct Opened {
    files: Vec<Arrival>,
    /// Tables of stores, such as workbooks and databases; or why one can't be trusted.
    tables: Result<Vec<Box<dyn StoredTable>>, Refusal>,
    /// How many stores there are.
    stores: usize,
    headings: Headings,
    /// The names of files and tables, by their number.
    pub(crate) names: Vec<String>,
    /// Bytes of all files together; nothing where one is a pipe.
    pub(crate) size: Option<u64>,
    pub(crate) hash: Hash,
    /// What is to be said of files that were read all the same.
    pub(crate) notes: Notes,
}

impl Opened {
    /// Whether dossiers are put together from tables.
    fn are_tables(&self) -> bool {
        self.stores > 0 || self.files.iter().any(|file| file.is_table(&self.headings))
    }

    /// The records of all files, in blocks.
    pub(crate) fn cuts(self) -> Box<dyn Iterator<Item = Cut> + Send> {
        if !self.are_tables() {
            let headings = self.headings;
            return Box::new(self.files.into_iter().flat_map(move |file| file.cuts(&headings)));
        }
        let of_files = self.files.into_iter().map(|file| file.table(&self.headings, &self.notes));
        let tables = self.tables.and_then(|tables| tables.into_iter().map(Ok).chain(of_files).collect::<Result<Vec<_>, _>>());
        Box::new(tables.map_or_else(Merged::refused, |tables| Merged::new(tables, &self.headings)))
    }
}

/// Open all of it; `-` is stdin.
pub(crate) fn open(session: &mut Session, paths: &[PathBuf], headings: &Headings, wanted: RecordsHash) -> Result<Opened, Stop> {
    let names = paths.iter().map(|path| stores::shown(path)).collect();
    let hash = Hash::new(wanted);
    let (headings, notes) = (headings.clone(), Notes::default());
    let mut opened = Opened { files: Vec::new(), tables: Ok(Vec::new()), stores: 0, headings, names, size: Some(0), hash, notes };
    let mut stopped = Ok(());
    for (number, path) in (0..).zip(paths) {
        let done = match stores::store(path) {
            Some(store) => opened.add_store(session, store, path),
            None => opened.add_file(session, number, path),
        };
        stopped = stopped.and(done);
    }
    if opened.are_tables() {
        opened.size = None;
    }
    stopped.map(|()| opened)
}

impl Opened {
    fn add_file(&mut self, session: &mut Session, number: u32, path: &Path) -> Result<(), Stop> {
        let name = paths::shown_or_stdin(path);
        if is_parquet(path) {
            let (file, size) = stored(number, path, &self.hash).map_err(|problem| session.stop(problem))?;
            self.size = self.size.map(|total| total + size);
            self.files.push(Arrival::Columns(file));
            return Ok(());
        }
        let content: io::Result<(Box<dyn Read + Send>, Option<u64>)> = if paths::is_stdin(path) {
            Ok((Box::new(io::stdin()), None))
        } else {
            File::open(path).and_then(|file| length(&file).map(|length| (Box::new(file) as Box<dyn Read + Send>, length)))
        };
        match content {
            Ok((content, size)) => {
                self.size = self.size.zip(size).map(|(total, size)| total + size);
                let content = self.hash.of_reader(content);
                self.files.push(Arrival::Stream(RecordFile { number, name, content }));
                Ok(())
            }
            Err(error) => Err(session.stop(FileProblem::Unreadable { file: name, reason: reason(&error) })),
        }
    }

    fn add_store(&mut self, session: &mut Session, store: Store, path: &Path) -> Result<(), Stop> {
        let tables = stores::open(session, (store, path), (&self.headings, &self.notes), &mut self.names)?;
        self.stores += 1;
        match (&mut self.tables, tables) {
            (Ok(all), Ok(tables)) => all.extend(tables.into_iter().map(|table| self.hash.of_table(table))),
            (all @ Ok(_), Err(refusal)) => *all = Err(refusal),
            (Err(_), _) => {}
        }
        Ok(())
    }
}

/// The bytes of a file; nothing for a pipe.
fn length(file: &File) -> io::Result<Option<u64>> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(metadata.is_file().then_some(metadata.len()))
}
