//! Tables from an Excel workbook, a sheet a list, streamed cell by cell. Opening the file is left to the command line, merging tables to `from_tables`.

mod cells;
mod content;
mod sample;
mod sheet;

use std::io::{BufReader, Read, Seek};

use calamine::{Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::records::Headings;
use crate::records::from_tables::{Desk, Reader, Refusal, Row, Shape, StoredProblem, Table, TableProblem, served};
use crate::records::from_xlsx::content::Content;
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
    workbook: Workbook,
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
    let workbook = open(&content).map_err(|error| reason(&error))?;
    let mut asked = Vec::new();
    for sheet in workbook.sheets_metadata().iter().filter(|sheet| is_looked_at(sheet, headings)) {
        // Readers of sheets go on side by side, and each needs the workbook for itself.
        let workbook = open(&content).map_err(|error| reason(&error))?;
        match table(workbook, (sheet, name), headings, names) {
            Ok(found) => asked.extend(found),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let shapes = asked.iter().map(|asked| asked.shape.clone()).collect();
    Ok(Ok(served(shapes, move |desk| serve(asked, desk))))
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
fn table(mut workbook: Workbook, (sheet, file): (&Sheet, &str), headings: &Headings, names: &mut Vec<String>) -> Result<Option<Asked>, Refusal> {
    let subject = headings.subject_of(&sheet.name);
    let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let name = format!("{file}!{}", sheet.name);
    names.push(name.clone());
    let refusal = |line, problem: RecordProblem| Refusal { file: number, line, problem };
    let unreadable = |error: XlsxError| refusal(1, failed(&error));
    let found = headings_of(&mut workbook, &sheet.name).map_err(unreadable)?;
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
    if let Some(merged) = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(unreadable)?.first() {
        let cells = format!("{}:{}", cells::a1(merged.start), cells::a1(merged.end));
        return Err(refusal(merged.start.0 + 1, TableProblem::from(StoredProblem::MergedCells { cells }).into()));
    }
    if let Some(column) = found.texts.iter().position(String::is_empty) {
        let cell = cells::a1((found.row, u32::try_from(column).unwrap_or(u32::MAX)));
        return Err(stored(StoredProblem::NoHeading { cell }));
    }
    let names = headings.names((&name, *subject), found.texts.clone()).map_err(|problem| refusal(found.row + 1, problem.into()))?;
    let shape = Shape { file: number, name, subject: *subject, names, sorting: SORTING };
    Ok(Some(Asked { sheet: sheet.name.clone(), shape, heading_row: found.row, workbook }))
}

const SORTING: &str = "in the spreadsheet by that column from A to Z, or as CSV with `LC_ALL=C sort`";

fn serve(mut asked: Vec<Asked>, desk: Desk) {
    let mut sheets = Vec::new();
    for Asked { sheet, shape, heading_row, workbook } in &mut asked {
        let is_1904 = workbook.has_1904_epoch();
        match workbook.worksheet_cells_reader(sheet) {
            Ok(reader) => sheets.push(SheetRows::new(reader, shape, (*heading_row, is_1904))),
            Err(error) => return desk.refuse(&Refusal { file: shape.file, line: 1, problem: failed(&error) }),
        }
    }
    desk.serve(&mut Sheets(sheets));
}

struct Sheets<'w>(Vec<SheetRows<'w>>);

impl Reader for Sheets<'_> {
    fn next_row(&mut self, table: usize) -> Result<Option<Row>, Refusal> {
        self.0.get_mut(table).map_or(Ok(None), SheetRows::next_row)
    }
}
