//! What a file's columns are called, and its first rows, for whoever does not know yet what they are.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::records::Headings;
use crate::records::batch::Written as _;
use crate::records::from_json::{Target, key_of};
use crate::records::from_parquet::ParquetProblem;
use crate::records::from_parquet::file::{ParquetFile, broken};
use crate::records::from_parquet::table::{cell, stem, with_words};
use crate::records::from_parquet::text::Rows;
use crate::records::from_parquet::types;
use crate::records::from_tables::{TableSample, Truths};
use crate::records::problems::RecordProblem;
use crate::records::stored::StoredFile;
use crate::vocabulary::Subject;

/// Some of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParquetSample {
    Table(TableSample),
    /// Whole dossiers, as JSON.
    Records(Vec<String>),
}

/// The columns and so many rows.
pub(crate) fn parquet_sample(file: StoredFile, most: usize) -> Result<ParquetSample, RecordProblem> {
    let name = file.name.clone();
    let (file, metadata) = ParquetFile::open(file)?;
    let unreadable = |error| broken(&name, &error);
    let metadata = with_words(&metadata).map_err(unreadable)?;
    let schema = Arc::clone(metadata.schema());
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(most).with_limit(most);
    let mut reader = builder.build().map_err(unreadable)?;
    let mut batches = Vec::new();
    while let Some(batch) = types::unharmed(|| reader.next()) {
        batches.push(batch.map_err(|error| ParquetProblem::Broken { name: name.clone(), reason: types::reason(&error) })?);
    }
    Ok(if is_nested(&schema) { ParquetSample::Records(records(batches)) } else { ParquetSample::Table(table(&name, &schema, &batches)) })
}

/// Whether the rows are dossiers: with lists or objects in them, or with the name of one where all that were seen are empty.
fn is_nested(schema: &Schema) -> bool {
    let is_list = |name: &str| matches!(key_of(Subject::Student, name), Some(Target::Rows(_) | Target::Codes(_) | Target::One(_)));
    schema.fields().iter().any(|field| field.data_type().is_nested() || is_list(field.name()))
}

fn records(batches: Vec<RecordBatch>) -> Vec<String> {
    let texts = batches.into_iter().flat_map(|batch| {
        let (rows, count) = (Rows { first: 1, headings: Arc::new(Headings::default()), batch: batch.clone() }, batch.num_rows());
        (1..).take(count).map(move |line| rows.text(line))
    });
    texts.collect()
}

fn table(name: &str, schema: &Schema, batches: &[RecordBatch]) -> TableSample {
    let headings = schema.fields().iter().map(|field| field.name().clone()).collect();
    let row = |batch: &RecordBatch, row: usize| batch.columns().iter().map(|column| cell(column, row)).collect();
    let rows = batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |number| row(batch, number))).collect();
    TableSample { table: stem(name).to_owned(), headings, rows, truths: Truths::AsSuch }
}
