//! Files by the way they are read: from their beginning to their end, or, such as Parquet, from any place.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::Path;

use crate::cli::fingerprint::Hash;
use crate::cli::output::reason;
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::records::{Blocks, Cut, Headings, Notes, RecordFile, Refusal, StoredFile, StoredTable, csv_table, is_csv};
#[cfg(feature = "parquet")]
use crate::records::{ColumnBlocks, is_parquet_table, parquet_table};

/// A file of dossiers that is open.
pub(crate) enum Arrival {
    /// From its beginning to its end.
    Stream(RecordFile),
    /// From any place.
    Columns(StoredFile),
}

impl Arrival {
    /// Whether it is a table, from which dossiers are put together.
    pub(crate) fn is_table(&self, headings: &Headings) -> bool {
        match self {
            Self::Stream(file) => is_csv(&file.name),
            #[cfg(feature = "parquet")]
            Self::Columns(file) => is_parquet_table(&file.name, headings),
            #[cfg(not(feature = "parquet"))]
            Self::Columns(file) => headings.subject_of(&file.name).is_ok(),
        }
    }

    /// The table in a file; one that is none is refused.
    pub(crate) fn table(self, headings: &Headings, notes: &Notes) -> Result<Box<dyn StoredTable>, Refusal> {
        match self {
            Self::Stream(file) => csv_table(file, headings, notes),
            #[cfg(feature = "parquet")]
            Self::Columns(file) => parquet_table(file, headings),
            #[cfg(not(feature = "parquet"))]
            Self::Columns(StoredFile { number, name, content }) => csv_table(RecordFile { number, name, content }, headings, notes),
        }
    }

    /// The records of a file, in blocks.
    pub(crate) fn cuts(self) -> Box<dyn Iterator<Item = Cut> + Send> {
        match self {
            Self::Stream(file) => Box::new(Blocks::new(file)),
            #[cfg(feature = "parquet")]
            Self::Columns(file) => Box::new(ColumnBlocks::new(file)),
            // INVARIANT: a build that can't read such a file does not open it.
            #[cfg(not(feature = "parquet"))]
            Self::Columns(_) => Box::new(std::iter::empty()),
        }
    }
}

/// Whether a name promises Parquet.
pub(crate) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
}

/// A file that is read from any place, and its length.
pub(crate) fn stored(number: u32, path: &Path, hash: &Hash) -> Result<(StoredFile, u64), FileProblem> {
    let name = paths::shown(path);
    if !cfg!(feature = "parquet") {
        return Err(FileProblem::NotInThisBuild { file: name, format: "a Parquet file", feature: "parquet" });
    }
    let opened = open(path, hash);
    let (file, size) = opened.map_err(|error| FileProblem::Unreadable { file: name.clone(), reason: reason(&error) })?;
    Ok((StoredFile { number, name, content: Box::new(file) }, size))
}

fn open(path: &Path, hash: &Hash) -> io::Result<(File, u64)> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is a pipe, and a Parquet file is read from its end"));
    }
    if hash.is_wanted() {
        io::copy(&mut hash.of_reader(Box::new(file.try_clone()?)), &mut io::sink())?;
        file.rewind()?;
    }
    Ok((file, metadata.len()))
}
