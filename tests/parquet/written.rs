//! Records as Parquet, in the types that different programs write.
#![allow(clippy::wildcard_enum_match_arm, reason = "the library's types are many, and few of them are written")]

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int64Array, ListArray, NullArray,
    RecordBatch, StringArray, StructArray, TimestampMicrosecondArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};
use chrono::{DateTime, NaiveDate};
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression};
use parquet::encryption::encrypt::FileEncryptionProperties;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaDataReader, ParquetMetaDataWriter, RowGroupMetaData, RowGroupMetaDataBuilder};
use parquet::file::properties::WriterProperties;
use serde_json::Value;

/// How values are typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Types {
    /// Days, instants adjusted to UTC, whole numbers and doubles: what a database makes of records.
    Found,
    /// The same, and instants as what a clock on the wall showed.
    Clock,
    /// Days and instants as texts, numbers as decimals.
    Texts,
    /// Words in dictionaries, numbers as single floats.
    Compact,
    /// Numbers as decimals of few digits.
    Narrow,
}

/// The records, one a row, in row groups of so many.
pub(crate) fn nested(records: &[Value], types: Types, group: usize) -> Vec<u8> {
    written(&batch_of(records, types), group)
}

fn batch_of(records: &[Value], types: Types) -> RecordBatch {
    let values: Vec<Option<&Value>> = records.iter().map(Some).collect();
    let rows = array(&values, &type_of("", &values, types));
    RecordBatch::from(rows.as_any().downcast_ref::<StructArray>().unwrap())
}

fn written(batch: &RecordBatch, group: usize) -> Vec<u8> {
    written_with(batch, WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(group)).build())
}

fn written_with(batch: &RecordBatch, properties: WriterProperties) -> Vec<u8> {
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

/// The records in pages of a few rows, with dictionaries that are full before a row group is: the rest of it stands in plain pages.
pub(crate) fn overflowing(records: &[Value], types: Types, group: usize) -> Vec<u8> {
    let properties = WriterProperties::builder().set_dictionary_page_size_limit(200).set_data_page_row_count_limit(50).set_write_batch_size(50);
    written_with(&batch_of(records, types), properties.set_max_row_group_row_count(Some(group)).build())
}

/// A file that everybody can see the columns of, one of which is encrypted.
pub(crate) fn encrypted(column: &str) -> Vec<u8> {
    let key = || b"0123456789012345".to_vec();
    let encryption = FileEncryptionProperties::builder(key()).with_plaintext_footer(true).with_column_key(column, key()).build().unwrap();
    let properties = WriterProperties::builder().with_file_encryption_properties(encryption).build();
    let students: ArrayRef = Arc::new(StringArray::from(vec!["r0000001"]));
    let batch = RecordBatch::try_from_iter([(column, Arc::clone(&students)), ("cohort", students)]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// A file that says that its columns are compressed with Brotli.
pub(crate) fn compressed_otherwise(bytes: &[u8]) -> Vec<u8> {
    let compression = Compression::BROTLI(BrotliLevel::default());
    let column = |column: &ColumnChunkMetaData| column.clone().into_builder().set_compression(compression).build().unwrap();
    with_end(bytes, |group| group.clone().into_builder().set_column_metadata(group.columns().iter().map(column).collect()))
}

/// A file whose row groups say that they hold some rows more.
pub(crate) fn of_more_rows(bytes: &[u8], more: i64) -> Vec<u8> {
    with_end(bytes, |group| group.clone().into_builder().set_num_rows(group.num_rows() + more))
}

/// The pages of a file, and another end that says what they hold.
fn with_end(bytes: &[u8], group: impl Fn(&RowGroupMetaData) -> RowGroupMetaDataBuilder) -> Vec<u8> {
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&bytes::Bytes::copy_from_slice(bytes)).unwrap();
    let groups = metadata.row_groups().iter().map(|own| group(own).build().unwrap()).collect();
    let metadata = metadata.into_builder().set_row_groups(groups).build();
    let end = bytes.len() - 8;
    let length = u32::from_le_bytes(bytes[end..end + 4].try_into().unwrap()) as usize;
    let mut written = bytes[..end - length].to_vec();
    ParquetMetaDataWriter::new(&mut written, &metadata).finish().unwrap();
    written
}

/// A file of one column beside `student`.
pub(crate) fn with_column(name: &str, column: ArrayRef) -> Vec<u8> {
    let students: Vec<String> = (1..=column.len()).map(|row| format!("r{row:07}")).collect();
    let fields = vec![Field::new("student", DataType::Utf8, true), Field::new(name, column.data_type().clone(), true)];
    written(&RecordBatch::try_new(Arc::new(Schema::new(fields)), vec![Arc::new(StringArray::from(students)), column]).unwrap(), 1_000_000)
}

/// A file of one column.
pub(crate) fn only(name: &str, column: ArrayRef) -> Vec<u8> {
    written(&RecordBatch::try_from_iter([(name, column)]).unwrap(), 1_000_000)
}

/// Lists of one object with one value each.
pub(crate) fn in_lists(name: &str, values: &ArrayRef) -> ArrayRef {
    let objects = StructArray::from(vec![(Arc::new(Field::new(name, values.data_type().clone(), true)), Arc::clone(values))]);
    let field = Arc::new(Field::new_list_field(objects.data_type().clone(), true));
    Arc::new(ListArray::new(field, OffsetBuffer::from_lengths(vec![1; values.len()]), Arc::new(objects), None))
}

fn type_of(name: &str, values: &[Option<&Value>], types: Types) -> DataType {
    let known: Vec<&Value> = values.iter().flatten().copied().filter(|value| !value.is_null()).collect();
    let all = |test: fn(&&&Value) -> bool| known.iter().filter(test).count() == known.len();
    match known.first() {
        None => DataType::Null,
        Some(Value::Object(_)) => DataType::Struct(fields_of(&known, types)),
        Some(Value::Array(_)) => {
            let elements: Vec<Option<&Value>> = known.iter().flat_map(|list| list.as_array().unwrap()).map(Some).collect();
            DataType::new_list(type_of(name, &elements, types), true)
        }
        Some(Value::Bool(_)) => DataType::Boolean,
        Some(Value::Number(_)) if types == Types::Texts => DataType::Decimal128(12, 4),
        Some(Value::Number(_)) if types == Types::Compact => DataType::Float32,
        Some(Value::Number(_)) if types == Types::Narrow => DataType::Decimal128(6, 1),
        Some(Value::Number(_)) if all(|value| value.is_i64()) => DataType::Int64,
        Some(Value::Number(_)) => DataType::Float64,
        Some(Value::String(_)) if types == Types::Texts => DataType::Utf8,
        Some(Value::String(_)) if types == Types::Compact => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Some(Value::String(_)) if name.ends_with("_on") && all(|value| day(value).is_some()) => DataType::Date32,
        Some(Value::String(_)) if (name.ends_with("_at") || name == "Ingediend om") && all(|value| instant(value).is_some()) => {
            DataType::Timestamp(TimeUnit::Microsecond, (types != Types::Clock).then(|| "UTC".into()))
        }
        Some(Value::String(_)) => DataType::Utf8,
        Some(Value::Null) => unreachable!(),
    }
}

fn fields_of(objects: &[&Value], types: Types) -> Fields {
    let mut names: Vec<&str> = Vec::new();
    for name in objects.iter().flat_map(|object| object.as_object().unwrap().keys()) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let field = |name: &&str| {
        let values: Vec<Option<&Value>> = objects.iter().map(|object| object.get(*name)).collect();
        Field::new(*name, type_of(name, &values, types), true)
    };
    names.iter().map(field).collect()
}

fn day(value: &Value) -> Option<i32> {
    let day: NaiveDate = value.as_str()?.parse().ok()?;
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

fn instant(value: &Value) -> Option<i64> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|instant| instant.timestamp_micros())
}

/// A number with so many decimals, as a whole number of the last of them.
fn decimal(value: &Value, scale: i8) -> Option<i128> {
    let text = value.as_number()?.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let width = usize::try_from(scale).ok()?;
    format!("{whole}{decimals:0<width$}").parse().ok()
}

fn array(values: &[Option<&Value>], found: &DataType) -> ArrayRef {
    let known: Vec<Option<&Value>> = values.iter().map(|value| value.filter(|value| !value.is_null())).collect();
    let nulls = known.iter().map(Option::is_some).collect::<NullBuffer>();
    match found {
        DataType::Null => Arc::new(NullArray::new(known.len())),
        DataType::Struct(fields) => {
            let column = |field: &Arc<Field>| {
                let inner: Vec<Option<&Value>> = known.iter().map(|value| value.and_then(|value| value.get(field.name()))).collect();
                array(&inner, field.data_type())
            };
            Arc::new(StructArray::new(fields.clone(), fields.iter().map(column).collect(), Some(nulls)))
        }
        DataType::List(field) => {
            let lists: Vec<&[Value]> = known.iter().map(|value| value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice)).collect();
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.len()));
            let elements: Vec<Option<&Value>> = lists.iter().flat_map(|list| list.iter().map(Some)).collect();
            Arc::new(ListArray::new(Arc::clone(field), offsets, array(&elements, field.data_type()), Some(nulls)))
        }
        DataType::Boolean => Arc::new(known.iter().map(|value| value.and_then(Value::as_bool)).collect::<BooleanArray>()),
        DataType::Int64 => Arc::new(known.iter().map(|value| value.and_then(Value::as_i64)).collect::<Int64Array>()),
        DataType::Float32 => Arc::new(known.iter().map(|value| value.and_then(|value| value.to_string().parse().ok())).collect::<Float32Array>()),
        DataType::Dictionary(_, _) => Arc::new(known.iter().map(|value| value.and_then(Value::as_str)).collect::<DictionaryArray<Int32Type>>()),
        DataType::Float64 => Arc::new(known.iter().map(|value| value.and_then(Value::as_f64)).collect::<Float64Array>()),
        DataType::Decimal128(precision, scale) => {
            let decimals = known.iter().map(|value| decimal((*value)?, *scale)).collect::<Decimal128Array>();
            Arc::new(decimals.with_precision_and_scale(*precision, *scale).unwrap())
        }
        DataType::Date32 => Arc::new(known.iter().map(|value| value.and_then(day)).collect::<Date32Array>()),
        DataType::Timestamp(_, None) => {
            let shown = |value: &Value| Some(DateTime::parse_from_rfc3339(value.as_str()?).ok()?.naive_local().and_utc().timestamp_micros());
            Arc::new(known.iter().map(|value| value.and_then(shown)).collect::<TimestampMicrosecondArray>())
        }
        DataType::Timestamp(_, _) => {
            Arc::new(known.iter().map(|value| value.and_then(instant)).collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
        }
        _ => Arc::new(known.iter().map(|value| value.and_then(Value::as_str)).collect::<StringArray>()),
    }
}
