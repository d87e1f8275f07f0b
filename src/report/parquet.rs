//! Findings as Parquet, for analysts: a row a finding, lists as lists, days as days, and the run among what the file says of itself.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use crate::report::Run;
use crate::report::json::run_json;
use crate::report::rows::{COLUMNS, Kind, cells_of};
use crate::vocabulary::dates::cell_of_date;

/// Rows that are held until they are written.
const ROWS: usize = 4096;

/// A file of findings in the making.
pub(crate) struct ParquetFindings<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    rows: Vec<Vec<Value>>,
    written: usize,
}

impl<W: Write + Send> ParquetFindings<W> {
    pub(crate) fn new(to: W) -> io::Result<Self> {
        let schema = Arc::new(Schema::new(COLUMNS.map(|(name, kind, _)| Field::new(name, type_of(kind), true)).to_vec()));
        let level = ZstdLevel::try_new(3).map_err(failed)?;
        let creator = concat!("ispect ", env!("CARGO_PKG_VERSION")).to_owned();
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).set_created_by(creator).build();
        let writer = ArrowWriter::try_new(to, Arc::clone(&schema), Some(properties)).map_err(failed)?;
        Ok(Self { writer, schema, rows: Vec::new(), written: 0 })
    }

    /// Add the finding of a line.
    pub(crate) fn add(&mut self, line: &str) -> io::Result<()> {
        self.rows.push(cells_of(line));
        if self.rows.len() >= ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> io::Result<()> {
        let columns = COLUMNS.iter().enumerate().map(|(index, (_, kind, _))| column(*kind, &self.rows, index)).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(failed)?;
        self.written += self.rows.len();
        self.rows.clear();
        Ok(())
    }

    /// End the file, and say of what run it is.
    pub(crate) fn finish(mut self, run: &Run<'_>) -> io::Result<()> {
        self.write()?;
        self.writer.append_key_value_metadata(KeyValue::new("ispect".to_owned(), run_json(run, self.written)));
        self.writer.close().map(|_| ()).map_err(failed)
    }
}

/// What the disk says, without what the library says of it.
fn failed(error: ParquetError) -> io::Error {
    if let ParquetError::External(inner) = error { io::Error::other(inner) } else { io::Error::other(error) }
}

fn type_of(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::List => DataType::new_list(DataType::Utf8, true),
        Kind::Whole => DataType::Int64,
        Kind::Day => DataType::Date32,
    }
}

fn column(kind: Kind, rows: &[Vec<Value>], index: usize) -> ArrayRef {
    let cells = rows.iter().map(|row| row.get(index).unwrap_or(&Value::Null));
    match kind {
        Kind::Text => {
            let mut texts = StringBuilder::new();
            cells.for_each(|cell| texts.append_option(cell.as_str()));
            Arc::new(texts.finish())
        }
        Kind::List => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for cell in cells {
                lists.append_value(cell.as_array().into_iter().flatten().map(Value::as_str));
            }
            Arc::new(lists.finish())
        }
        Kind::Whole => {
            let mut numbers = Int64Builder::new();
            cells.for_each(|cell| numbers.append_option(cell.as_i64()));
            Arc::new(numbers.finish())
        }
        Kind::Day => {
            let mut days = Date32Builder::new();
            cells.for_each(|cell| days.append_option(day(cell).and_then(cell_of_date)));
            Arc::new(days.finish())
        }
    }
}

fn day(cell: &Value) -> Option<NaiveDate> {
    cell.as_str()?.parse().ok()
}
