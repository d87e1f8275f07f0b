//! A nested file as record batches, one after the other, so that several workers can read one file and little of it is held at a time.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader};
use parquet::arrow::{FieldLevels, ProjectionMask, parquet_to_arrow_field_levels};
use parquet::file::metadata::ParquetMetaData;

use crate::records::from_parquet::ParquetProblem;
use crate::records::from_parquet::file::{ParquetFile, broken, whole};
use crate::records::from_parquet::pages::RowGroup;
use crate::records::from_parquet::shape::{Plan, Shape, plan};
use crate::records::from_parquet::types;
use crate::records::problems::RecordProblem;
use crate::records::set_aside::SetAsideText;
use crate::records::stored::StoredFile;
use crate::records::{Cut, Headings, Kept, SetAside};
use crate::vocabulary::Subject;

/// Dossiers in a record batch.
const DOSSIERS: usize = 512;

/// Some rows of a file.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(super) file: u32,
    /// The number of the first row, from 1.
    pub(super) first_row: u32,
    pub(super) shape: Arc<Shape>,
    pub(super) memories: usize,
    pub(super) rows: RecordBatch,
    /// The bytes of the file that they stand for.
    pub(super) bytes: u64,
    pub(super) undeclared: Vec<(Subject, Box<str>)>,
    pub(super) headings: Arc<Headings>,
}

/// The record batches of a file, in their order.
pub(crate) struct ColumnBlocks {
    file: u32,
    name: String,
    state: State,
}

enum State {
    Reading(Box<Reading>),
    Refused(Box<SetAside>),
    Done,
}

struct Reading {
    groups: Groups,
    shape: Arc<Shape>,
    undeclared: Vec<(Subject, Box<str>)>,
    headings: Arc<Headings>,
    memories: usize,
    read: u64,
    rows: u64,
    length: u64,
}

impl ColumnBlocks {
    pub(crate) fn new(file: StoredFile, headings: &Headings) -> Self {
        let (number, name) = (file.number, file.name.clone());
        let state = match Reading::begin(file, headings) {
            Ok(reading) => State::Reading(Box::new(reading)),
            Err((shown, problem)) => State::Refused(Box::new(refused(number, shown, problem))),
        };
        Self { file: number, name, state }
    }
}

/// A refusal, and the column that it is about.
fn refused(file: u32, shown: String, problem: RecordProblem) -> SetAside {
    let at = 0..shown.len();
    let excerpt = (!shown.is_empty()).then(|| SetAsideText { text: shown.into(), first_line: 1, at, place: None });
    SetAside { file, line: 1, column: 1, path: String::new(), student: None, problem, excerpt, record: Kept::Nothing }
}

impl Reading {
    fn begin(file: StoredFile, headings: &Headings) -> Result<Self, (String, RecordProblem)> {
        let name = file.name.clone();
        let refusal = |problem: ParquetProblem| (String::new(), RecordProblem::from(problem));
        let (file, metadata) = ParquetFile::open(file).map_err(refusal)?;
        let Plan { shape, schema, read, undeclared, memories } = plan(metadata.metadata(), metadata.schema(), (&name, headings))?;
        let (rows, length) = (metadata.metadata().file_metadata().num_rows(), parquet::file::reader::Length::len(&file));
        let groups = Groups::new(file, (&metadata, schema), read).map_err(|error| refusal(broken(&name, &error)))?;
        let (shape, headings, rows) = (Arc::new(shape), Arc::new(headings.clone()), u64::try_from(rows).unwrap_or(0));
        Ok(Self { groups, shape, undeclared, headings, memories, read: 0, rows, length })
    }

    fn next(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        types::unharmed(|| self.groups.next())
    }

    fn columns(&mut self, file: u32, rows: RecordBatch) -> Columns {
        let before = self.read;
        self.read += u64::try_from(rows.num_rows()).unwrap_or(0);
        let share = |read: u64| u128::from(self.length) * u128::from(read) / u128::from(self.rows.max(1));
        Columns {
            file,
            first_row: u32::try_from(before + 1).unwrap_or(u32::MAX),
            shape: Arc::clone(&self.shape),
            memories: self.memories,
            rows,
            bytes: u64::try_from(share(self.read) - share(before)).unwrap_or(0),
            undeclared: std::mem::take(&mut self.undeclared),
            headings: Arc::clone(&self.headings),
        }
    }
}

/// The row groups of a file, one after the other: the pages of one are given back before those of the next are unpacked.
struct Groups {
    file: ParquetFile,
    metadata: Arc<ParquetMetaData>,
    levels: FieldLevels,
    /// The columns that are read.
    columns: Vec<usize>,
    next: usize,
    reader: Option<ParquetRecordBatchReader>,
    /// Rows read of the row group that is open.
    read: usize,
}

impl Groups {
    fn new(file: ParquetFile, (metadata, schema): (&ArrowReaderMetadata, Schema), columns: Vec<usize>) -> parquet::errors::Result<Self> {
        let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)?;
        let mask = ProjectionMask::leaves(metadata.parquet_schema(), columns.iter().copied());
        let levels = parquet_to_arrow_field_levels(metadata.parquet_schema(), mask, Some(metadata.schema().fields()))?;
        Ok(Self { file, metadata: Arc::clone(metadata.metadata()), levels, columns, next: 0, reader: None, read: 0 })
    }

    fn open(&self, number: usize) -> parquet::errors::Result<ParquetRecordBatchReader> {
        let group = RowGroup::begin(&self.file, (&self.metadata, number), (&self.columns, rayon::current_num_threads()));
        ParquetRecordBatchReader::try_new_with_row_groups(&self.levels, &group, DOSSIERS, None)
    }

    /// Let go of the row group that is read, which held what it says.
    fn close(&mut self) -> parquet::errors::Result<()> {
        let read = std::mem::take(&mut self.read);
        if self.reader.take().is_none() {
            return Ok(());
        }
        whole(&format!("row group {}", self.next), (self.metadata.row_group(self.next - 1).num_rows(), read))
    }
}

impl Iterator for Groups {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(rows) = self.reader.as_mut().and_then(Iterator::next) {
                self.read += rows.as_ref().map_or(0, RecordBatch::num_rows);
                return Some(rows);
            }
            if let Err(error) = self.close() {
                return Some(Err(error.into()));
            }
            if self.next >= self.metadata.num_row_groups() {
                return None;
            }
            self.next += 1;
            match self.open(self.next - 1) {
                Ok(reader) => self.reader = Some(reader),
                Err(error) => return Some(Err(error.into())),
            }
        }
    }
}

impl Iterator for ColumnBlocks {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::Refused(refusal) => Some(Cut::SetAside(*refusal)),
            State::Reading(mut reading) => match reading.next() {
                None if reading.read == 0 => {
                    Some(Cut::SetAside(refused(self.file, String::new(), RecordProblem::EmptyInput { name: self.name.clone() })))
                }
                None => None,
                Some(Ok(rows)) => {
                    let columns = reading.columns(self.file, rows);
                    self.state = State::Reading(reading);
                    Some(Cut::Columns(Box::new(columns)))
                }
                Some(Err(error)) => Some(self.broken(types::reason(&error))),
            },
        }
    }
}

impl ColumnBlocks {
    fn broken(&self, reason: String) -> Cut {
        let problem = ParquetProblem::Broken { name: self.name.clone(), reason };
        Cut::SetAside(refused(self.file, String::new(), problem.into()))
    }
}
