//! Tables from an Excel workbook, a sheet a list, streamed cell by cell. Opening the file is left to the command line, merging tables to `from_tables`.

mod cells;
mod content;
mod mentioned;
mod percentages;
mod pieces;
mod sample;
mod sheet;
mod values;

use std::io::{self, BufReader, Read, Seek};

use calamine::{Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::records::Headings;
use crate::records::from_json::reading_fault;
use crate::records::from_tables::{Desk, HeldRows, Reader, Refusal, Shape, Spool, Spooled, StoredProblem, Table, TableProblem, served};
use crate::records::from_xlsx::cells::Cells;
use crate::records::from_xlsx::content::Content;
use crate::records::from_xlsx::mentioned::{Known, Mentioned, mentioned};
use crate::records::from_xlsx::percentages::{Percentages, may_have_percentages};
use crate::records::from_xlsx::pieces::first_in_pieces;
use crate::records::from_xlsx::sheet::{SheetRows, failed, headings_of};
use crate::records::problems::RecordProblem;

pub(crate) use sample::xlsx_samples;

type Workbook = Xlsx<BufReader<Content>>;

/// A sheet that is a table, and where its headings stand.
struct Asked {
    sheet: String,
    shape: Shape,
    /// From 0.
    heading_row: u32,
    /// What the workbook counts days from.
    is_1904: bool,
}

/// The tables of students in a workbook, whose names are added to those of files. A file that is no workbook is an error, and one of which nothing can be
/// trusted a refusal.
pub(crate) fn xlsx_tables(
    file: impl Read + Seek + Send + 'static,
    name: &str,
    headings: &Headings,
    names: &mut Vec<String>,
) -> Result<Result<Vec<Box<dyn Table>>, Refusal>, String> {
    let content = Content::new(file);
    let mut workbook = open(&content).map_err(|error| reason(&error))?;
    let (mut asked, mentioned) = (Vec::new(), mentioned(&content));
    for sheet in workbook.sheets_metadata().to_vec().iter().filter(|sheet| is_looked_at(sheet, headings)) {
        match table((&mut workbook, &content, mentioned), (sheet, name), headings, names) {
            Ok(found) => asked.extend(found),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve((workbook, content), &asked, desk))))
}

fn open(content: &Content) -> Result<Workbook, XlsxError> {
    Xlsx::new(BufReader::new(content.clone()))
}

fn reason(error: &XlsxError) -> String {
    if matches!(error, XlsxError::Password) {
        return "it asks for a password".to_owned();
    }
    if matches!(error, XlsxError::Zip(_)) { "it is of another format, or cut off".to_owned() } else { error.to_string().to_lowercase() }
}

/// Charts are not, nor what is hidden without the name of a list: such sheets hold choices for the others.
fn is_looked_at(sheet: &Sheet, headings: &Headings) -> bool {
    let is_visible = sheet.visible == SheetVisible::Visible;
    sheet.typ == SheetType::WorkSheet && (is_visible || headings.subject_of(&sheet.name).is_ok())
}

/// A sheet as a table; nothing where it is empty and has no list's name.
fn table(
    (workbook, content, mentioned): (&mut Workbook, &Content, Mentioned),
    (sheet, file): (&Sheet, &str),
    headings: &Headings,
    names: &mut Vec<String>,
) -> Result<Option<Asked>, Refusal> {
    let subject = headings.subject_of(&sheet.name);
    let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let name = format!("{file}!{}", sheet.name);
    names.push(name.clone());
    let refusal = |line, problem: RecordProblem| Refusal { file: number, line, problem };
    let unreadable = |error: XlsxError| refusal(1, failed(&error));
    if let Some(at) = first_in_pieces((workbook, content, mentioned), &sheet.name).map_err(unreadable)? {
        return Err(refusal(at.0 + 1, TableProblem::from(StoredProblem::ValueInPieces { cell: values::a1(at) }).into()));
    }
    let found = headings_of(workbook, &sheet.name).map_err(unreadable)?;
    let (Ok(subject), Some(found)) = (&subject, &found) else {
        return match (subject, found) {
            (Err(_), None) => Ok(None),
            (Err(problem), Some(_)) => Err(refusal(1, problem.into())),
            (Ok(_), _) => Err(refusal(1, RecordProblem::EmptyInput { name })),
        };
    };
    let stored = |problem: StoredProblem| refusal(found.row + 1, TableProblem::from(problem).into());
    if sheet.visible != SheetVisible::Visible {
        return Err(stored(StoredProblem::HiddenSheet { sheet: sheet.name.clone() }));
    }
    if mentioned.merged_cells == Known::Perhaps
        && let Some(merged) = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(unreadable)?.first()
    {
        let cells = format!("{}:{}", values::a1(merged.start), values::a1(merged.end));
        return Err(refusal(merged.start.0 + 1, TableProblem::from(StoredProblem::MergedCells { cells }).into()));
    }
    if let Some(column) = found.texts.iter().position(String::is_empty) {
        let cell = values::a1((found.row, u32::try_from(column).unwrap_or(u32::MAX)));
        return Err(stored(StoredProblem::NoHeading { cell }));
    }
    let names = headings.names((&name, *subject), found.texts.clone()).map_err(|problem| refusal(found.row + 1, problem.into()))?;
    let shape = Shape { file: number, name, subject: *subject, names, sorting: SORTING };
    Ok(Some(Asked { sheet: sheet.name.clone(), shape, heading_row: found.row, is_1904: workbook.has_1904_epoch() }))
}

const SORTING: &str = "in the spreadsheet by that column from A to Z, or as CSV with `LC_ALL=C sort`";

/// A workbook is read from one end to the other, a sheet after the other, because its library reads one at a time; its texts, which are kept once for all
/// sheets, are forgotten when the merging begins.
fn serve((mut workbook, content): (Workbook, Content), asked: &[Asked], desk: Desk) {
    let mut sheets = Vec::new();
    for asked in asked {
        match rows(&mut workbook, &content, asked) {
            Ok(rows) => sheets.push(Rows { file: asked.shape.file, rows }),
            Err(refusal) => return desk.refuse(&unreadable(&mut workbook, asked).unwrap_or(refusal)),
        }
    }
    drop(workbook);
    desk.serve(&mut Sheets(sheets));
}

/// A sheet that is not even XML can't be read as a whole, wherever that shows.
fn unreadable(workbook: &mut Workbook, asked: &Asked) -> Option<Refusal> {
    let error = workbook.merge_cells_by_sheet_name(&asked.sheet).err()?;
    Some(Refusal { file: asked.shape.file, line: 1, problem: failed(&error) })
}

/// The rows of a sheet below its headings. Where a cell holds what the library can't read, it does not say which: then the places of all cells are read
/// beside their values. So are those of percentages, where the workbook has any.
fn rows(workbook: &mut Workbook, content: &Content, asked: &Asked) -> Result<Spooled, Refusal> {
    let unreadable = |error: XlsxError| Refusal { file: asked.shape.file, line: 1, problem: failed(&error) };
    let has_percentages = may_have_percentages(&workbook.worksheet_cells_reader(&asked.sheet).map_err(unreadable)?);
    let mut styled = if has_percentages { Some(open(content).map_err(unreadable)?) } else { None };
    let percentages = percentages_of(styled.as_mut(), asked).map_err(unreadable)?;
    let cells = Cells::new(workbook.worksheet_cells_reader(&asked.sheet).map_err(unreadable)?).with_percentages(percentages);
    if let Some(rows) = spooled(cells, asked)? {
        return Ok(rows);
    }
    let percentages = percentages_of(styled.as_mut(), asked).map_err(unreadable)?;
    let mut again = open(content).map_err(unreadable)?;
    let places = again.worksheet_cells_reader(&asked.sheet).map_err(unreadable)?;
    let cells = Cells::new(workbook.worksheet_cells_reader(&asked.sheet).map_err(unreadable)?);
    spooled(cells.with_places(places).with_percentages(percentages), asked)?
        .ok_or_else(|| unreadable(XlsxError::Unexpected("a cell without a place")))
}

fn percentages_of<'w>(workbook: Option<&'w mut Workbook>, asked: &Asked) -> Result<Option<Percentages<'w>>, XlsxError> {
    workbook.map(|workbook| Percentages::new(workbook.worksheet_cells_reader(&asked.sheet)?)).transpose()
}

/// The rows; nothing where the place of a cell has to be known.
fn spooled(cells: Cells<'_>, asked: &Asked) -> Result<Option<Spooled>, Refusal> {
    let unkept = |error: io::Error| Refusal { file: asked.shape.file, line: 1, problem: reading_fault(&error) };
    let mut sheet = SheetRows::new(cells, &asked.shape, (asked.heading_row, asked.is_1904));
    let (mut spool, mut rows) = (Spool::new(), HeldRows::default());
    loop {
        rows.clear();
        match sheet.next_row(&mut rows) {
            Ok(true) => rows.last().map_or(Ok(()), |row| spool.add(row)).map_err(unkept)?,
            Ok(false) => return spool.finish().map(Some).map_err(unkept),
            Err(_) if sheet.needs_places() => return Ok(None),
            Err(refusal) => return Err(refusal),
        }
    }
}

/// The rows of the sheets.
struct Sheets(Vec<Rows>);

struct Rows {
    file: u32,
    rows: Spooled,
}

impl Reader for Sheets {
    fn next_row(&mut self, table: usize, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let Some(sheet) = self.0.get_mut(table) else { return Ok(false) };
        sheet.rows.next_row(rows).map_err(|error| Refusal { file: sheet.file, line: 1, problem: reading_fault(&error) })
    }
}
