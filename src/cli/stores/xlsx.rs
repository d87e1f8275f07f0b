//! An Excel workbook.

use std::fs::File;
use std::path::Path;

use crate::cli::output::reason;
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::stores::{Customs, Tables};
use crate::records::xlsx_tables;

pub(super) fn open(path: &Path, customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, FileProblem> {
    let file = paths::shown(path);
    let opened = File::open(path).map_err(|error| FileProblem::Unreadable { file: file.clone(), reason: reason(&error) })?;
    xlsx_tables(opened, &file, customs.0, names).map_err(|reason| FileProblem::NotAWorkbook { file, reason })
}
