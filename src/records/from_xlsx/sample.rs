//! The headings of each sheet as they stand, and its first rows, for whoever does not know yet what they are.

use calamine::{Reader as _, SheetType, SheetVisible, XlsxError};
use std::io::{Read, Seek};

use crate::records::from_tables::{Stored, StoredProblem, TableSample, Truths};
use crate::records::from_xlsx::cells::Cells;
use crate::records::from_xlsx::content::Content;
use crate::records::from_xlsx::mentioned::mentioned;
use crate::records::from_xlsx::pieces::first_in_pieces;
use crate::records::from_xlsx::sheet::headings_of;
use crate::records::from_xlsx::values::{Place, a1, value_of};
use crate::records::from_xlsx::{Workbook, open, reason};

/// The headings and so many rows of every sheet that can be seen and is not empty.
pub(crate) fn xlsx_samples(file: impl Read + Seek + Send + 'static, most: usize) -> Result<Vec<TableSample>, String> {
    let content = Content::new(file);
    let (mut workbook, mentioned) = (open(&content).map_err(|error| reason(&error))?, mentioned(&content));
    let is_seen = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let sheets: Vec<String> = workbook.sheets_metadata().iter().filter(is_seen).map(|sheet| sheet.name.clone()).collect();
    let mut samples = Vec::new();
    for sheet in sheets {
        if let Some(at) = first_in_pieces((&mut workbook, &content, mentioned), &sheet).map_err(|error| reason(&error))? {
            return Err(format!("in the sheet `{sheet}` {}", StoredProblem::ValueInPieces { cell: a1(at) }));
        }
        samples.extend(sample(&mut workbook, sheet, most).map_err(|error| reason(&error))?);
    }
    Ok(samples)
}

fn sample(workbook: &mut Workbook, sheet: String, most: usize) -> Result<Option<TableSample>, XlsxError> {
    let is_1904 = workbook.has_1904_epoch();
    let Some(headings) = headings_of(workbook, &sheet)? else { return Ok(None) };
    let mut below = Cells::new(workbook.worksheet_cells_reader(&sheet)?);
    let mut rows: Vec<(u32, Vec<Stored<'static>>)> = Vec::new();
    // Beyond an error that the library does not know the rows are not looked at.
    while let Some(cell) = below.next().or_else(|error| if below.needs_places() { Ok(None) } else { Err(error) })? {
        let (row, column) = cell.at;
        if row <= headings.row || column as usize >= headings.texts.len() {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != row) {
            if rows.len() == most {
                break;
            }
            rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(column as usize, Stored::Nothing);
            cells.push(value_of(&cell, Place { at: cell.at, is_1904 }).into_owned());
        }
    }
    let rows = rows.into_iter().map(|(_, cells)| cells).collect();
    Ok(Some(TableSample { table: sheet, headings: headings.texts, rows, truths: Truths::AsSuch }))
}
