//! Findings as an Excel workbook, for offices: a sheet of findings with headings that stay and can be filtered, and a sheet on the run. Texts are written as
//! texts, so that none is taken for a formula.

use std::io::{Seek, Write};

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use crate::report::Run;
use crate::report::json::run_json;
use crate::report::rows::{COLUMNS, Kind, cells_of};

/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;
/// The longest text of a cell, in the units that Excel counts.
const LONGEST_TEXT: usize = 32_767;

/// A workbook of findings in the making.
pub(crate) struct XlsxFindings {
    workbook: Workbook,
    day: Format,
    sheets: usize,
    /// The row of the sheet that is written next.
    row: u32,
    written: usize,
}

impl XlsxFindings {
    pub(crate) fn new(as_of: NaiveDate) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // The day of the check and not of the writing: the same input gives the same bytes.
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_day(as_of)?));
        let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
        let mut findings = Self { workbook, day, sheets: 0, row: 0, written: 0 };
        findings.add_sheet()?;
        Ok(findings)
    }

    /// A sheet with its headings; one more where another is full.
    fn add_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = if self.sheets == 1 { "Findings".to_owned() } else { format!("Findings {}", self.sheets) };
        let heading = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape();
        for (column, (name, _, width)) in (0..).zip(COLUMNS) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &heading)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Add the finding of a line.
    pub(crate) fn add(&mut self, line: &str) -> Result<(), XlsxError> {
        if self.row > LAST_ROW {
            self.close_sheet()?;
            self.add_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, ((_, kind, _), cell)) in (0..).zip(COLUMNS.iter().zip(cells_of(line))) {
            write(sheet, (self.row, column), (*kind, &cell), &self.day)?;
        }
        self.row += 1;
        self.written += 1;
        Ok(())
    }

    fn close_sheet(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(COLUMNS.len() - 1).unwrap_or(0);
        self.workbook.worksheet_from_index(self.sheets - 1)?.autofilter(0, 0, (self.row - 1).max(1), last)?;
        Ok(())
    }

    /// End the workbook with the sheet on the run.
    pub(crate) fn finish<W: Write + Seek + Send>(mut self, run: &Run<'_>, to: W) -> Result<(), XlsxError> {
        self.close_sheet()?;
        let heading = Format::new().set_bold();
        let about: Value = serde_json::from_str(&run_json(run, self.written)).unwrap_or_default();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name("Run")?.set_column_width(0, 26)?.set_column_width(1, 70)?;
        let mut facts = Vec::new();
        flatten("", &about, &mut facts);
        for (row, (name, value)) in (0..).zip(&facts) {
            sheet.write_string_with_format(row, 0, name, &heading)?;
            match value.as_f64() {
                Some(number) => sheet.write_number(row, 1, number)?,
                None => sheet.write_string(row, 1, text(value))?,
            };
        }
        self.workbook.save_to_writer(to)
    }
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), (kind, cell): (Kind, &Value), day: &Format) -> Result<(), XlsxError> {
    let date = cell.as_str().filter(|_| kind == Kind::Day).and_then(|text| text.parse::<NaiveDate>().ok());
    if let Some(date) = date {
        sheet.write_datetime_with_format(row, column, &excel_day(date)?, day)?;
    } else if let Some(number) = cell.as_u64().and_then(|number| u32::try_from(number).ok()) {
        sheet.write_number(row, column, number)?;
    } else {
        let text = text(cell);
        if !text.is_empty() {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

/// A cell as a text: elements of a list one after the other.
fn text(cell: &Value) -> String {
    let text = match cell {
        Value::String(text) => text.clone(),
        Value::Array(elements) => elements.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => cell.to_string(),
    };
    if text.encode_utf16().count() <= LONGEST_TEXT { text } else { text.chars().take(LONGEST_TEXT / 2 - 1).chain(['…']).collect() }
}

fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), part(day.month()), part(day.day()))
}

/// `counts.verdicts.violated` and its value, for every value of a document.
fn flatten(name: &str, value: &Value, facts: &mut Vec<(String, Value)>) {
    if let Value::Object(members) = value {
        for (member, value) in members {
            let name = if name.is_empty() { member.clone() } else { format!("{name}.{member}") };
            flatten(&name, value, facts);
        }
    } else {
        facts.push((name.to_owned(), value.clone()));
    }
}
