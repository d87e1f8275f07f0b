//! Types of columns: which ones a field's values may have, and what people call them.

use arrow_schema::{ArrowError, DataType, TimeUnit};

use crate::problems::quietly;
use crate::records::from_json::Target;
use crate::records::from_parquet::file;
use crate::vocabulary::FieldKind;

/// Which types a value may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Boolean,
    Number,
    Day,
    Instant,
    Text,
    List,
    Codes,
    Struct,
}

impl Expected {
    pub(super) fn of(target: Target) -> Self {
        match target {
            Target::Instant(_) => Self::Instant,
            Target::Rows(_) => Self::List,
            Target::Codes(_) => Self::Codes,
            Target::One(_) => Self::Struct,
            Target::Cell(column) => Self::of_kind(column.kind),
        }
    }

    pub(super) fn of_kind(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => Self::Number,
            FieldKind::Day | FieldKind::EventDay => Self::Day,
            FieldKind::AcademicYear | FieldKind::Text | FieldKind::Enumeration(_) | FieldKind::Reference(_) => Self::Text,
        }
    }

    /// Whether a value of such a column can be one of the field's.
    pub(super) fn allows(self, found: &DataType) -> bool {
        match self {
            Self::Boolean => *found == DataType::Boolean,
            Self::Number => found.is_integer() || matches!(found, DataType::Float32 | DataType::Float64 | DataType::Decimal128(_, _)),
            Self::Day => *found == DataType::Date32 || is_text(found),
            Self::Instant => matches!(found, DataType::Timestamp(_, Some(_))) || is_text(found),
            Self::Text => is_text(found),
            Self::List | Self::Codes | Self::Struct => false,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Boolean => "BOOLEAN",
            Self::Number => "an integer, DECIMAL or DOUBLE",
            Self::Day => "DATE, or a text such as \"2023-10-15\"",
            Self::Instant => "TIMESTAMP adjusted to UTC, or a text with its offset",
            Self::Text => "a text",
            Self::List => "a list of structs",
            Self::Codes => "a list of texts",
            Self::Struct => "a struct",
        }
    }

    /// What whoever writes the file can do.
    pub(super) fn help(self, name: &str) -> String {
        let cast = match self {
            Self::Boolean => "BOOLEAN",
            Self::Number => "DECIMAL(9, 3)",
            Self::Day => "DATE",
            Self::Instant => "TIMESTAMPTZ",
            Self::Text => {
                return "cast it where the file is written, from the source: a code that was read as a number has lost its zeros".to_owned();
            }
            Self::List | Self::Codes | Self::Struct => return "`ispect schema` shows what a dossier looks like".to_owned(),
        };
        format!("cast it where the file is written: `CAST({name} AS {cast})`")
    }
}

pub(super) fn is_text(found: &DataType) -> bool {
    match found {
        DataType::Utf8 => true,
        DataType::Dictionary(_, value) => is_text(value),
        _ => false,
    }
}

/// What people call a type.
pub(super) fn name(found: &DataType) -> String {
    let known = match found {
        DataType::Utf8 => "a text",
        DataType::Boolean => "BOOLEAN",
        DataType::Float16 | DataType::Float32 => "FLOAT",
        DataType::Float64 => "DOUBLE",
        DataType::Date32 => "DATE",
        DataType::Binary | DataType::FixedSizeBinary(_) => "BINARY",
        DataType::Timestamp(_, None) => "TIMESTAMP without a time zone",
        DataType::Timestamp(_, Some(_)) => "TIMESTAMP adjusted to UTC",
        DataType::Time32(_) | DataType::Time64(_) => "TIME",
        DataType::List(element) => {
            let elements = match element.data_type() {
                DataType::Struct(_) => "structs".to_owned(),
                found if is_text(found) => "texts".to_owned(),
                found => name(found),
            };
            return format!("a list of {elements}");
        }
        DataType::Struct(_) => "a struct",
        DataType::Map(_, _) => "a map",
        DataType::Decimal128(precision, scale) | DataType::Decimal256(precision, scale) => return format!("DECIMAL({precision}, {scale})"),
        other => return other.to_string().to_uppercase(),
    };
    known.to_owned()
}

/// How many of a unit make a second.
pub(super) fn a_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// What is read, where a broken file has lengths that the library does not expect.
pub(super) fn unharmed<R>(read: impl FnOnce() -> Option<Result<R, ArrowError>>) -> Option<Result<R, ArrowError>> {
    quietly(read).unwrap_or_else(|_| Some(Err(ArrowError::ParquetError("it does not hold what it says".to_owned()))))
}

/// What a failure to read says.
pub(super) fn reason(error: &ArrowError) -> String {
    if let ArrowError::ParquetError(said) = error { file::reason(said).to_owned() } else { error.to_string() }
}
