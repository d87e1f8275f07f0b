//! A table of students in a Parquet file, row by row: its columns are those of the table as CSV, in the types that a nested file may have. Merging tables is
//! left to `from_tables`.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringArray};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema, TimeUnit};
use chrono::{DateTime, Utc};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::LogicalType;
use parquet::schema::types::ColumnDescPtr;

use crate::records::Headings;
use crate::records::from_parquet::ParquetProblem;
use crate::records::from_parquet::file::{ParquetFile, broken, whole};
use crate::records::from_parquet::text::{Plain, is_null, moment, plain};
use crate::records::from_parquet::types::{self, Expected};
use crate::records::from_tables::{HeldRows, NumberText, Refusal, Stored, Table, Typed, is_instant, kind_of_column, names_for};
use crate::records::problems::RecordProblem;
use crate::records::stored::StoredFile;
use crate::vocabulary::{Subject, dates};

/// Rows that are decoded at a time.
const ROWS: usize = 1024;

/// `entry` of `exports/Entry.parquet`
pub(super) fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a file is named after a table.
pub(crate) fn is_parquet_table(name: &str, headings: &Headings) -> bool {
    headings.subject_of(stem(name)).is_ok()
}

/// The table in a file.
pub(crate) fn parquet_table(file: StoredFile, headings: &Headings) -> Result<Box<dyn Table>, Refusal> {
    let number = file.number;
    let refusal = |problem: RecordProblem| Refusal { file: number, line: 1, problem };
    ParquetTable::open(file, headings).map(|table| Box::new(table) as Box<dyn Table>).map_err(refusal)
}

/// The rows of a file.
struct ParquetTable {
    file: u32,
    name: String,
    subject: Subject,
    names: Arc<[String]>,
    typed: Typed,
    reader: ParquetRecordBatchReader,
    /// The columns of some rows, and how many these are.
    rows: Option<(Vec<Prepared>, usize)>,
    /// The number of the next row of the batch.
    next: usize,
    number: NumberText,
    /// How many rows were read.
    line: u32,
    /// How many the file says that it holds, and how many were decoded.
    held: (i64, usize),
}

impl ParquetTable {
    fn open(file: StoredFile, headings: &Headings) -> Result<Self, RecordProblem> {
        let (number, name) = (file.number, file.name.clone());
        let subject = headings.subject_of(stem(&name))?;
        let (file, metadata) = ParquetFile::open(file)?;
        let columns = metadata.schema().fields().iter().map(|field| field.name().clone());
        let names = headings.names((&name, subject), columns.collect())?;
        let metadata = with_words(&metadata).map_err(|error| broken(&name, &error))?;
        for (field, known_as) in metadata.schema().fields().iter().zip(names.iter()) {
            check(field, (subject, known_as), headings)?;
        }
        let said = metadata.metadata().file_metadata().num_rows();
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(ROWS);
        let reader = builder.build().map_err(|error| broken(&name, &error))?;
        let typed = Typed::new(number, subject, &names);
        Ok(Self { file: number, name, subject, names, typed, reader, rows: None, next: 0, number: NumberText::default(), line: 0, held: (said, 0) })
    }

    /// Decode the next batch that has rows; there is none after the last.
    fn advance(&mut self) -> Result<(), Refusal> {
        while self.rows.as_ref().is_none_or(|(_, count)| self.next >= *count) {
            (self.rows, self.next) = (None, 0);
            match types::unharmed(|| self.reader.next()) {
                None => return whole("it", self.held).map_err(|error| self.broken(&error.into())),
                Some(Ok(rows)) => {
                    self.held.1 += rows.num_rows();
                    self.rows = Some((rows.columns().iter().map(Prepared::new).collect(), rows.num_rows()));
                }
                Some(Err(error)) => return Err(self.broken(&error)),
            }
        }
        Ok(())
    }

    fn broken(&self, error: &ArrowError) -> Refusal {
        let problem = ParquetProblem::Broken { name: self.name.clone(), reason: types::reason(error) };
        Refusal { file: self.file, line: self.line + 1, problem: problem.into() }
    }
}

/// A column whose cells need not be written as texts to be known.
enum Prepared {
    Texts(StringArray),
    Truths(BooleanArray),
    Days(Date32Array),
    Whole(Int64Array),
    Decimals(Decimal128Array, i8),
    Others(ArrayRef),
}

impl Prepared {
    fn new(column: &ArrayRef) -> Self {
        let others = || Self::Others(Arc::clone(column));
        match column.data_type() {
            DataType::Utf8 => column.as_string_opt().cloned().map_or_else(others, Self::Texts),
            DataType::Boolean => column.as_boolean_opt().cloned().map_or_else(others, Self::Truths),
            DataType::Date32 => column.as_primitive_opt().cloned().map_or_else(others, Self::Days),
            DataType::Int64 => column.as_primitive_opt().cloned().map_or_else(others, Self::Whole),
            DataType::Decimal128(_, scale) => column.as_primitive_opt().cloned().map_or_else(others, |column| Self::Decimals(column, *scale)),
            _ => others(),
        }
    }

    fn cell<'c>(&'c self, row: usize, number: &'c mut NumberText) -> Stored<'c> {
        match self {
            Self::Texts(column) => of(column, row, || Stored::Text(column.value(row).into())),
            Self::Truths(column) => of(column, row, || Stored::Boolean(column.value(row))),
            Self::Days(column) => of(column, row, || {
                let day = dates::date_of_cell(column.value(row));
                day.map_or_else(|| Stored::Text(format!("day {}", column.value(row)).into()), Stored::Day)
            }),
            Self::Whole(column) => of(column, row, || number.whole(column.value(row))),
            Self::Decimals(column, scale) => of(column, row, || number.decimal(column.value(row), *scale)),
            Self::Others(column) => cell(column, row),
        }
    }
}

/// The cell of a value; nothing where it is null.
fn of<'c>(column: &impl Array, row: usize, value: impl FnOnce() -> Stored<'c>) -> Stored<'c> {
    if row >= column.len() || column.is_null(row) { Stored::Nothing } else { value() }
}

/// Columns of words of a list of the file's own, as texts; what holds lists is refused by whoever looks at its columns.
pub(super) fn with_words(metadata: &ArrowReaderMetadata) -> parquet::errors::Result<ArrowReaderMetadata> {
    let (schema, columns) = (metadata.schema(), metadata.parquet_schema().columns());
    let is_named = |column: &ColumnDescPtr| matches!(column.logical_type_ref(), Some(LogicalType::Enum));
    if columns.len() != schema.fields().len() || !columns.iter().any(is_named) {
        return Ok(metadata.clone());
    }
    let field = |(field, column): (&Arc<ArrowField>, &ColumnDescPtr)| {
        if is_named(column) { field.as_ref().clone().with_data_type(DataType::Utf8) } else { field.as_ref().clone() }
    };
    let fields: Vec<ArrowField> = schema.fields().iter().zip(columns).map(field).collect();
    let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone())));
    ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)
}

/// A column may hold what the field does, and a date-time without a time zone where the institution says which one it means.
fn check(field: &ArrowField, (subject, name): (Subject, &str), headings: &Headings) -> Result<(), ParquetProblem> {
    let (column, found) = (field.name().clone(), field.data_type());
    let kind = names_for(subject).find(|known| *known == name).and_then(|known| kind_of_column(subject, known));
    let wrong =
        |expected: &'static str, help: String| ParquetProblem::WrongType { column: column.clone(), found: types::name(found), expected, help };
    if found.is_nested() {
        let help = "a file of whole dossiers is not called after a table: call it `students.parquet`".to_owned();
        return Err(wrong("a single value, as in every table", help));
    }
    let Some(kind) = kind else { return Ok(()) };
    let expected = if is_instant(subject, name) { Expected::Instant } else { Expected::of_kind(kind) };
    let has_clock = headings.clock.is_some();
    match (expected, found) {
        (_, DataType::Null) => Ok(()),
        (Expected::Instant, DataType::Timestamp(_, None)) if has_clock => Ok(()),
        (Expected::Instant, DataType::Timestamp(_, None)) => Err(ParquetProblem::WithoutZone { column: column.clone(), name: column }),
        _ if expected.allows(found) => Ok(()),
        _ => Err(wrong(expected.words(), expected.help(field.name()))),
    }
}

impl Table for ParquetTable {
    fn file(&self) -> u32 {
        self.file
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn subject(&self) -> Subject {
        self.subject
    }

    fn names(&self) -> &Arc<[String]> {
        &self.names
    }

    fn sorting(&self, column: usize) -> String {
        let column = self.names.get(column.saturating_sub(1)).map_or("student", String::as_str);
        format!("duckdb -c \"COPY (FROM '{}' ORDER BY {column}) TO 'sorted.parquet'\"", self.name)
    }

    fn next_row(&mut self, held: &mut HeldRows) -> Result<bool, Refusal> {
        self.advance()?;
        let Self { rows: Some((rows, _)), typed, next, number, line, .. } = self else { return Ok(false) };
        *line = line.saturating_add(1);
        held.begin(*line);
        for column in rows.iter() {
            typed.push(held, &column.cell(*next, number))?;
        }
        *next += 1;
        Ok(true)
    }
}

pub(super) fn cell(column: &ArrayRef, row: usize) -> Stored<'static> {
    if is_null(column, row) {
        return Stored::Nothing;
    }
    match (column.data_type(), plain(column, row)) {
        (DataType::Boolean, Plain::Bare(truth)) => Stored::Boolean(truth == "true"),
        (DataType::Float32 | DataType::Float64, Plain::Quoted(number)) | (_, Plain::Bare(number)) => Stored::Number(number.into()),
        (DataType::Date32, Plain::Quoted(text)) => day(column, row).map_or(Stored::Text(text.into()), Stored::Day),
        (DataType::Timestamp(unit, None), Plain::Quoted(text)) => {
            clock(*unit, column, row).map_or(Stored::Text(text.into()), |moment| Stored::Moment(moment.naive_utc()))
        }
        (DataType::Timestamp(_, Some(_)), Plain::Quoted(text)) => Stored::Instant(text),
        (_, Plain::Quoted(text)) => Stored::Text(text.into()),
    }
}

fn day(column: &ArrayRef, row: usize) -> Option<chrono::NaiveDate> {
    let days = column.as_primitive_opt::<Date32Type>()?.value(row);
    dates::date_of_cell(days)
}

/// A date-time of a clock that is not said, as if it were UTC.
fn clock(unit: TimeUnit, column: &ArrayRef, row: usize) -> Option<DateTime<Utc>> {
    moment(unit, column, row).ok()
}
