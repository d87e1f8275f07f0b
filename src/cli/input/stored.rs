//! Files by the way they are read: from their beginning to their end, or, such as Parquet, from any place.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::Path;

use crate::cli::input::fingerprint::{Hash, RecordsHash};
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::cli::session::{Session, Stop};
use crate::mapping::Sample;
#[cfg(feature = "parquet")]
use crate::mapping::{Form, fields};
use crate::records::{Blocks, Cut, Headings, Notes, RecordFile, RecordProblem, Refusal, StoredFile, StoredTable, csv_table, is_csv};
#[cfg(feature = "parquet")]
use crate::records::{ColumnBlocks, ParquetSample, is_parquet_table, parquet_sample, parquet_table};

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
    #[cfg_attr(not(feature = "parquet"), allow(unused_variables, reason = "records in JSON have no headings"))]
    pub(crate) fn cuts(self, headings: &Headings) -> Box<dyn Iterator<Item = Cut> + Send> {
        match self {
            Self::Stream(file) => Box::new(Blocks::new(file)),
            #[cfg(feature = "parquet")]
            Self::Columns(file) => Box::new(ColumnBlocks::new(file, headings)),
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

/// The headings of a file, and so many rows.
pub(crate) fn samples(session: &mut Session, (path, file): (&Path, &str), most: usize) -> Result<Vec<Sample>, Stop> {
    let (content, _) = stored(0, path, &Hash::new(RecordsHash::NotWanted)).map_err(|problem| session.stop(problem))?;
    samples_of(content, file, most).map_err(|problem| session.stop(problem))
}

#[cfg(feature = "parquet")]
fn samples_of(content: StoredFile, file: &str, most: usize) -> Result<Vec<Sample>, RecordProblem> {
    Ok(match parquet_sample(content, most)? {
        ParquetSample::Table(table) => vec![Sample { file: file.to_owned(), form: Form::File, said: None, table }],
        ParquetSample::Records(records) => fields(file, Form::Nested, records.iter().map(String::as_str)),
    })
}

// INVARIANT: a build that can't read such a file does not open it.
#[cfg(not(feature = "parquet"))]
#[allow(clippy::unnecessary_wraps, reason = "a build with the feature may fail")]
fn samples_of(_: StoredFile, _: &str, _: usize) -> Result<Vec<Sample>, RecordProblem> {
    Ok(Vec::new())
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
