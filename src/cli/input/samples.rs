//! The headings and the first rows of what holds dossiers, whatever it is stored in.

use std::fs::File;
use std::path::Path;

use crate::cli::input::stored::{self, is_parquet};
use crate::cli::input::stores;
use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::cli::session::{Session, Stop};
use crate::mapping::{Form, Sample, fields};
use crate::records::{Block, Blocks, Cut, RecordFile, TableSample, csv_sample, is_csv};

/// How many rows are looked at.
const ROWS: usize = 1000;

/// The headings of what is in a file or a store.
pub(crate) fn samples(session: &mut Session, path: &Path, file: &str) -> Result<Vec<Sample>, Stop> {
    let found = if let Some(store) = stores::store(path) {
        let tables = stores::samples(session, (store, path), ROWS)?;
        tables.into_iter().map(|table| of_table(file, store.form(), table)).collect()
    } else if is_parquet(path) {
        stored::samples(session, (path, file), ROWS)?
    } else {
        streamed(session, path, file)?
    };
    if found.is_empty() { Err(session.stop(FileProblem::NoHeadings { file: stores::shown(path) })) } else { Ok(found) }
}

fn of_table(file: &str, form: Form, table: TableSample) -> Sample {
    Sample { file: file.to_owned(), form, said: None, table }
}

/// Of a file that is read from its beginning to its end.
fn streamed(session: &mut Session, path: &Path, file: &str) -> Result<Vec<Sample>, Stop> {
    let name = paths::shown(path);
    let content = File::open(path).map_err(|error| session.stop(FileProblem::Unreadable { file: name.clone(), reason: reason(&error) }))?;
    let content = RecordFile { number: 0, name: name.clone(), content: Box::new(content) };
    if !is_csv(&name) {
        return Ok(records(content, file));
    }
    let table = csv_sample(content, ROWS).map_err(|problem| session.stop(problem))?;
    Ok(vec![of_table(file, Form::File, table)])
}

/// The fields of the first records.
fn records(content: RecordFile, file: &str) -> Vec<Sample> {
    let block = Blocks::new(content).find_map(|cut| if let Cut::Block(block) = cut { Some(block) } else { None });
    let Some(pieces) = block.map(Block::into_pieces) else { return Vec::new() };
    fields(file, Form::Json, pieces.records.iter().take(ROWS).filter_map(|piece| pieces.text.get(piece.range())))
}
