//! A Parquet file as its crate reads it, from any place, and what it says where it can't be read.

use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};

use crate::records::from_parquet::ParquetProblem;
use crate::records::stored::{Stored, StoredFile};

/// The bytes of a file.
#[derive(Clone)]
pub(super) struct ParquetFile {
    content: Arc<Mutex<Box<dyn Stored>>>,
    length: u64,
}

/// The shortest Parquet file: its letters twice, and the length of nothing.
const SHORTEST: u64 = 12;

impl ParquetFile {
    /// The file, and what its end says of it.
    pub(super) fn open(file: StoredFile) -> std::result::Result<(Self, ArrowReaderMetadata), ParquetProblem> {
        let StoredFile { name, mut content, .. } = file;
        let length = content.seek(SeekFrom::End(0)).map_err(|error| broken(&name, &error.into()))?;
        let file = Self { content: Arc::new(Mutex::new(content)), length };
        let letters = |at: u64| if at + 4 <= length { file.bytes(at, 4) } else { Ok(Vec::new()) };
        let (first, last) =
            letters(0).and_then(|first| Ok((first, letters(length.saturating_sub(4))?))).map_err(|error| broken(&name, &error.into()))?;
        match (first.as_slice(), last.as_slice()) {
            (b"PARE", _) | (_, b"PARE") => return Err(ParquetProblem::Encrypted { what: format!("the Parquet file `{name}`") }),
            (b"PAR1", b"PAR1") if length >= SHORTEST => {}
            (b"PAR1", _) => return Err(ParquetProblem::Truncated { name }),
            _ => return Err(ParquetProblem::NotParquet { name }),
        }
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(|error| broken(&name, &error))?;
        check_columns(&name, metadata.metadata())?;
        check_rows(&name, metadata.metadata())?;
        Ok((file, metadata))
    }

    fn bytes(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        content.seek(SeekFrom::Start(start))?;
        // INVARIANT: no more than the file holds, whatever a broken one says of itself.
        let left = self.length.saturating_sub(start);
        let mut bytes = Vec::with_capacity(length.min(usize::try_from(left).unwrap_or(usize::MAX)));
        content.by_ref().take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// What can't be read of the columns of a file whose end can be.
fn check_columns(name: &str, metadata: &ParquetMetaData) -> std::result::Result<(), ParquetProblem> {
    for column in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let path = || column.column_path().string();
        if column.crypto_metadata().is_some() {
            return Err(ParquetProblem::Encrypted { what: format!("the column `{}` of the Parquet file `{name}`", path()) });
        }
        let codec = match column.compression() {
            Compression::BROTLI(_) => "Brotli",
            Compression::LZO => "LZO",
            _ => continue,
        };
        return Err(ParquetProblem::Compression { name: name.to_owned(), column: path(), codec });
    }
    Ok(())
}

/// Whether a file and its row groups say alike how many rows there are.
fn check_rows(name: &str, metadata: &ParquetMetaData) -> std::result::Result<(), ParquetProblem> {
    let (said, held) = (metadata.file_metadata().num_rows(), metadata.row_groups().iter().map(|group| i128::from(group.num_rows())).sum::<i128>());
    if i128::from(said) == held {
        return Ok(());
    }
    Err(ParquetProblem::Broken { name: name.to_owned(), reason: format!("its end says that it holds {said} rows, and its row groups {held}") })
}

/// Whether a file, or what of it has been read, held as many rows as its end says.
pub(super) fn whole(what: &str, (said, read): (i64, usize)) -> Result<()> {
    if usize::try_from(said) == Ok(read) {
        return Ok(());
    }
    Err(ParquetError::General(format!("its end says that {what} holds {said} rows, and it holds {read}")))
}

/// What a failure to read says, in words of the file.
pub(super) fn broken(name: &str, error: &ParquetError) -> ParquetProblem {
    let said = match error {
        ParquetError::General(said) | ParquetError::NYI(said) | ParquetError::EOF(said) | ParquetError::ArrowError(said) => said.clone(),
        other => other.to_string(),
    };
    ParquetProblem::Broken { name: name.to_owned(), reason: reason(&said).to_owned() }
}

/// A failure without the name of what failed, which is said already.
pub(super) fn reason(said: &str) -> &str {
    said.trim_start_matches("Parquet argument error: ").trim_start_matches("Parquet error: ")
}

impl Length for ParquetFile {
    fn len(&self) -> u64 {
        self.length
    }
}

/// The bytes from some place on.
pub(super) struct From {
    file: ParquetFile,
    at: u64,
}

impl Read for From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut content = self.file.content.lock().unwrap_or_else(PoisonError::into_inner);
        content.seek(SeekFrom::Start(self.at))?;
        let count = content.read(buffer)?;
        self.at += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }
}

impl ChunkReader for ParquetFile {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::with_capacity(1024, From { file: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.bytes(start, length)?;
        if bytes.len() == length { Ok(bytes.into()) } else { Err(ParquetError::EOF("it holds less than its end says".to_owned())) }
    }
}
