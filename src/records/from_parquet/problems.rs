//! What can be wrong with a Parquet file as a whole, so that nothing of it is read.

use miette::Diagnostic;
use thiserror::Error;

/// Why nothing of a Parquet file can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum ParquetProblem {
    /// a CSV file that was renamed
    #[error("`{name}` is not a Parquet file")]
    #[diagnostic(code(parquet::not_parquet), help("a Parquet file begins with the letters PAR1; the ending of the name promises one"))]
    NotParquet { name: String },
    /// a download that was cut off
    #[error("the Parquet file `{name}` ends too early")]
    #[diagnostic(
        code(parquet::truncated),
        help("the download or the copy was probably cut off; such a file says at its end what it holds, so nothing of it was read")
    )]
    Truncated { name: String },
    /// a file written with a key, or some of its columns
    #[error("{what} is encrypted")]
    #[diagnostic(code(parquet::encrypted), help("write it again without encryption, in a place that only you can read"))]
    Encrypted { what: String },
    /// a file written with Brotli
    #[error("the column `{column}` of the Parquet file `{name}` is compressed with {codec}, which is not read")]
    #[diagnostic(code(parquet::compression), help("write it with Zstandard, Snappy, gzip or LZ4, or without compression"))]
    Compression { name: String, column: String, codec: &'static str },
    /// a page that does not hold what its header promises
    #[error("the Parquet file `{name}` is broken: {reason}")]
    #[diagnostic(code(parquet::broken), help("no record of it can be trusted, so nothing was checked; write it again, or copy it again"))]
    Broken { name: String, reason: String },
    /// `credits: BOOLEAN`
    #[error("the column `{column}` is {found}; expected {expected}")]
    #[diagnostic(code(parquet::wrong_type))]
    WrongType {
        column: String,
        found: String,
        expected: &'static str,
        #[help]
        help: String,
    },
    /// `submitted_at: TIMESTAMP`
    #[error("the column `{column}` is a TIMESTAMP without a time zone")]
    #[diagnostic(
        code(parquet::without_zone),
        help(
            "an instant without its offset makes the day a guess; write the column adjusted to UTC, such as with DuckDB's \
             `{name} AT TIME ZONE 'Europe/Brussels'`, or as a text with its offset"
        )
    )]
    WithoutZone { column: String, name: String },
}

impl ParquetProblem {
    /// What is written under the place.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::NotParquet { .. } | Self::Encrypted { .. } | Self::Compression { .. } => "nothing was read",
            Self::Truncated { .. } | Self::Broken { .. } => "not whole",
            Self::WrongType { .. } => "not of this type",
            Self::WithoutZone { .. } => "which time zone?",
        }
    }
}
