//! Files by the way they are read: from their beginning to their end, or, such as Parquet, from any place.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::Path;

use crate::cli::fingerprint::Hash;
use crate::cli::output::reason;
use crate::cli::paths;
use crate::cli::problems::FileProblem;
#[cfg(feature = "parquet")]
use crate::records::ColumnBlocks;
use crate::records::{Blocks, Cut, RecordFile, StoredFile};

/// A file of dossiers that is open.
pub(crate) enum Arrival {
    /// From its beginning to its end.
    Stream(RecordFile),
    /// From any place.
    Columns(StoredFile),
}

impl Arrival {
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

impl From<Arrival> for RecordFile {
    fn from(arrival: Arrival) -> Self {
        match arrival {
            Arrival::Stream(file) => file,
            Arrival::Columns(StoredFile { number, name, content }) => Self { number, name, content },
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
