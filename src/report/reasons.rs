//! Why records were set aside: a row a fault, for a spreadsheet, to be read beside the records themselves.

use miette::Diagnostic as _;

use crate::records::SetAside;
use crate::report::csv::safe;

const COLUMNS: [&str; 9] = ["record", "file", "line", "column", "student", "path", "code", "reason", "help"];

/// The headings. `record` is the line of the record in the file of those set aside, empty where there is no record to mend.
pub(crate) fn headings() -> Vec<u8> {
    line(&COLUMNS.map(str::to_owned))
}

/// The row of a fault.
pub(crate) fn reason(set_aside: &SetAside, file: &str, record: Option<u64>) -> Vec<u8> {
    let said = |text: Option<Box<dyn std::fmt::Display + '_>>| text.map_or_else(String::new, |text| text.to_string());
    line(&[
        record.map_or_else(String::new, |line| line.to_string()),
        file.to_owned(),
        set_aside.line.to_string(),
        set_aside.column.to_string(),
        set_aside.student.clone().unwrap_or_default(),
        set_aside.path.clone(),
        said(set_aside.problem.code()),
        set_aside.problem.to_string(),
        said(set_aside.problem.help()),
    ])
}

/// The row of a student on whom the engine failed.
pub(crate) fn failure(student: &str, reason: &str, (file, line_number, record): (&str, Option<u32>, Option<u64>)) -> Vec<u8> {
    line(&[
        record.map_or_else(String::new, |line| line.to_string()),
        file.to_owned(),
        line_number.map_or_else(String::new, |line| line.to_string()),
        String::new(),
        student.to_owned(),
        String::new(),
        "asked::engine_failed".to_owned(),
        format!("checking the student failed inside the engine: {reason}"),
        "please report this with the record".to_owned(),
    ])
}

fn line(cells: &[String; COLUMNS.len()]) -> Vec<u8> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells.iter().map(|cell| safe(cell).into_owned()));
    writer.into_inner().unwrap_or_default()
}
