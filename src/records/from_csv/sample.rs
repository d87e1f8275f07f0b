//! The headings of a file as they stand, and its first rows, for whoever does not know yet what they are.

use crate::records::RecordFile;
use crate::records::from_csv::cells::split;
use crate::records::from_csv::delimiter::divided;
use crate::records::from_csv::encoding::Encoding;
use crate::records::from_csv::lines::Lines;
use crate::records::from_csv::{named, stem};
use crate::records::from_tables::{Stored, TableProblem, TableSample, Truths};
use crate::records::problems::RecordProblem;

/// The headings and so many rows; a row that can't be read is passed over.
pub(crate) fn csv_sample(file: RecordFile, most: usize) -> Result<TableSample, RecordProblem> {
    let (mut lines, mut encoding) = (Lines::new(file.content), Encoding::default());
    if lines.first()?.is_none() {
        return Err(RecordProblem::EmptyInput { name: file.name });
    }
    let text = encoding.decode(lines.row()).ok_or(RecordProblem::NotUtf8)?;
    let (delimiter, headings) = divided(&text, "student").ok_or_else(|| TableProblem::AmbiguousDelimiter { table: file.name.clone() })?;
    let mut rows = Vec::new();
    while rows.len() < most && lines.next(&[delimiter])?.is_some() {
        let Some(text) = encoding.decode(lines.row()) else { continue };
        let mut cells = Vec::new();
        split(&text, delimiter, &mut |cell| cells.push(Stored::Text(cell.to_owned().into())));
        rows.push(cells);
    }
    let name = named(&file.name);
    let table = name.get(..stem(&file.name).map_or(name.len(), |stem| stem.len())).unwrap_or(name).to_owned();
    Ok(TableSample { table, headings, rows, truths: Truths::AsSuch })
}
