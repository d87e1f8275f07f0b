//! An Excel workbook.

use std::fs::File;
use std::path::Path;

use crate::cli::input::stores::{Customs, Tables};
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::records::{TableSample, xlsx_samples, xlsx_tables};

pub(super) fn open(path: &Path, customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, FileProblem> {
    let (file, opened) = opened(path)?;
    xlsx_tables(opened, &file, customs.0, names).map_err(|reason| FileProblem::NotAWorkbook { file, reason })
}

pub(super) fn samples(path: &Path, most: usize) -> Result<Vec<TableSample>, FileProblem> {
    let (file, opened) = opened(path)?;
    xlsx_samples(opened, most).map_err(|reason| FileProblem::NotAWorkbook { file, reason })
}

fn opened(path: &Path) -> Result<(String, File), FileProblem> {
    let file = paths::shown(path);
    match File::open(path) {
        Ok(opened) => Ok((file, opened)),
        Err(error) => Err(FileProblem::Unreadable { file, reason: reason(&error) }),
    }
}
