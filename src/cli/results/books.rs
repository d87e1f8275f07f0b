//! Findings in formats that are no text: made whole in a file that nobody sees, and put in their place like every other result.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use crate::cli::arguments::{CheckArguments, Format};
use crate::cli::problems::AskedProblem;
use crate::cli::results::lines::Lines;
use crate::cli::results::output::{Read, Stream};
use crate::cli::results::unwritable::unkept;
use crate::cli::session::{Session, Stop};
use crate::report::{LineFormat, Run};

/// What a result holds.
pub(crate) enum Content {
    /// Lines, and what stands around them.
    Lines(Lines),
    /// Bytes that are read from the beginning.
    #[cfg_attr(not(any(feature = "parquet", feature = "xlsx")), allow(dead_code, reason = "a build may write no books"))]
    Book(File),
}

/// So many bytes are copied at a time.
const PIECE: usize = 1 << 16;

/// What such a format is called, and whether this build writes it.
fn known_as(format: Format) -> Option<(&'static str, bool)> {
    match format {
        Format::Parquet => Some(("parquet", cfg!(feature = "parquet"))),
        Format::Xlsx => Some(("xlsx", cfg!(feature = "xlsx"))),
        Format::Text | Format::Concise | Format::Plain | Format::Json | Format::Jsonl | Format::Csv => None,
    }
}

/// Stop before anything is read, where the result could not be written.
pub(crate) fn refuse(session: &mut Session, asked: &CheckArguments) -> Result<(), Stop> {
    match known_as(asked.format) {
        Some((format, false)) => Err(session.stop(AskedProblem::FormatNotInThisBuild { format })),
        Some((format, true)) if asked.output.is_none() => Err(session.stop(AskedProblem::NeedsOutput { format })),
        Some(_) | None => Ok(()),
    }
}

/// The lines that such a format is made from.
pub(crate) fn lines() -> Option<LineFormat> {
    #[cfg(any(feature = "parquet", feature = "xlsx"))]
    let lines = Some(LineFormat::Rows);
    #[cfg(not(any(feature = "parquet", feature = "xlsx")))]
    let lines = None;
    lines
}

/// The findings in their format; lines where it has lines.
#[cfg_attr(
    not(any(feature = "parquet", feature = "xlsx")),
    allow(unused_variables, clippy::unnecessary_wraps, reason = "a build may write no books")
)]
pub(crate) fn content(format: Format, run: &Run<'_>, lines: Lines) -> io::Result<Content> {
    #[cfg(feature = "parquet")]
    if format == Format::Parquet {
        return making::parquet(run, lines).map(Content::Book);
    }
    #[cfg(feature = "xlsx")]
    if format == Format::Xlsx {
        return making::xlsx(run, lines).map(Content::Book);
    }
    Ok(Content::Lines(lines))
}

/// Copy a book into the result.
pub(crate) fn put(session: &mut Session, result: &mut Stream, mut book: File) -> Result<(), Stop> {
    let mut piece = vec![0; PIECE];
    book.rewind().map_err(|error| session.stop(unkept(&error)))?;
    loop {
        let length = book.read(&mut piece).map_err(|error| session.stop(unkept(&error)))?;
        if length == 0 || result.write(session, piece.get(..length).unwrap_or_default())? == Read::Enough {
            return Ok(());
        }
    }
}

#[cfg(any(feature = "parquet", feature = "xlsx"))]
mod making {
    //! Books from lines.

    use std::fs::File;
    use std::io;

    use crate::cli::results::lines::Lines;
    use crate::report::Run;

    #[cfg(feature = "parquet")]
    pub(super) fn parquet(run: &Run<'_>, lines: Lines) -> io::Result<File> {
        let book = tempfile::tempfile()?;
        let mut findings = crate::report::ParquetFindings::new(book.try_clone()?)?;
        each(lines, &mut |line| findings.add(line))?;
        findings.finish(run)?;
        Ok(book)
    }

    /// The library panics where a disk is full.
    #[cfg(feature = "xlsx")]
    pub(super) fn xlsx(run: &Run<'_>, lines: Lines) -> io::Result<File> {
        crate::problems::quietly(|| {
            let book = tempfile::tempfile()?;
            let mut findings = crate::report::XlsxFindings::new(run.as_of).map_err(io::Error::other)?;
            each(lines, &mut |line| findings.add(line).map_err(io::Error::other))?;
            findings.finish(run, book.try_clone()?).map_err(io::Error::other)?;
            Ok(book)
        })
        .unwrap_or_else(|_| Err(io::Error::other("no space is left for the workbook")))
    }

    fn each(lines: Lines, add: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let mut lines = lines.in_order()?;
        while let Some(line) = lines.next_line()? {
            add(std::str::from_utf8(line.trim_ascii_end()).unwrap_or("[]"))?;
        }
        Ok(())
    }
}
