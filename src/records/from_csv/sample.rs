//! The headings of a table as they stand, and its first rows, for whoever does not know yet what they are.

use crate::records::RecordFile;
use crate::records::from_csv::cells::split;
use crate::records::from_csv::delimiter::divided;
use crate::records::from_csv::encoding::Encoding;
use crate::records::from_csv::lines::Lines;
use crate::records::from_tables::TableProblem;
use crate::records::problems::RecordProblem;

/// Headings and rows as texts.
pub(crate) type Texts = (Vec<String>, Vec<Vec<String>>);

/// The headings and so many rows; a row that can't be read is passed over.
pub(crate) fn csv_sample(file: RecordFile, most: usize) -> Result<Texts, RecordProblem> {
    let (mut lines, mut encoding) = (Lines::new(file.content), Encoding::default());
    let Some(first) = lines.first()? else { return Err(RecordProblem::EmptyInput { name: file.name }) };
    let text = encoding.decode(&first.bytes).ok_or(RecordProblem::NotUtf8)?;
    let (delimiter, headings) = divided(&text, "student").ok_or(TableProblem::AmbiguousDelimiter { table: file.name })?;
    let mut rows = Vec::new();
    while rows.len() < most
        && let Some(raw) = lines.next(&[delimiter])?
    {
        let Some(text) = encoding.decode(&raw.bytes) else { continue };
        let mut cells = Vec::new();
        split(&text, delimiter, &mut |cell| cells.push(cell.to_owned()));
        rows.push(cells);
    }
    Ok((headings, rows))
}
