//! `ispect init --from`: a project proposed from the headings of an export.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::cli::arguments::InitArguments;
use crate::cli::output::{self, reason};
use crate::cli::problems::{FileProblem, ProjectProblem};
use crate::cli::project::SETTINGS;
use crate::cli::session::{Outcome, Session, Stop};
use crate::cli::{paths, stores};
use crate::mapping::{Evidence, Form, ProposedTable, Sample, fields, propose, rows, settings};
use crate::records::{Block, Blocks, Cut, RecordFile, csv_sample, is_csv};

/// How many rows are looked at.
const ROWS: usize = 1000;

/// Write `ispect.toml`, and say what was understood of the headings.
pub(crate) fn run(session: &mut Session, asked: &InitArguments) -> Result<Outcome, Stop> {
    let target = asked.folder.join(SETTINGS);
    if target.exists() {
        return Err(session.stop(ProjectProblem::Exists { file: paths::shown(&target) }));
    }
    let files = paths::with_tables(session, &asked.from)?;
    let mut samples = Vec::new();
    for file in &files {
        samples.extend(sample(session, file, &asked.folder)?);
    }
    let form = if files.iter().any(|file| is_csv(&paths::shown(file))) { Form::Tables } else { Form::Records };
    let tables = propose(samples);
    let known = |file: &String| form == Form::Records || tables.iter().any(|table| table.file == *file && table.subject.subject().is_some());
    let named: Vec<String> = files.iter().map(|file| from_folder(&asked.folder, file)).filter(known).collect();
    let text = settings(&tables, &named, (form, latest_year(&tables).as_deref()));
    write(session, &target, &text)?;
    output::write(session, None, &laid_out(&rows(&tables)))?;
    session.console.say(&told(&tables, &target));
    Ok(Outcome::Clean)
}

fn write(session: &mut Session, target: &Path, text: &str) -> Result<(), Stop> {
    let written = std::fs::create_dir_all(output::folder_of(target)).and_then(|()| output::write_file(target, text));
    written.map_err(|error| session.stop(output::unwritable(paths::shown(target), &error)))
}

fn sample(session: &mut Session, path: &Path, folder: &Path) -> Result<Vec<Sample>, Stop> {
    let name = paths::shown(path);
    if stores::store(path).is_some() {
        return Err(session.stop(FileProblem::NoHeadings { file: name }));
    }
    let content = File::open(path).map_err(|error| session.stop(FileProblem::Unreadable { file: name.clone(), reason: reason(&error) }))?;
    let file = RecordFile { number: 0, name: name.clone(), content: Box::new(content) };
    let shown = from_folder(folder, path);
    if !is_csv(&name) {
        let found = records(file, &shown);
        return if found.is_empty() { Err(session.stop(FileProblem::NoHeadings { file: name })) } else { Ok(found) };
    }
    let (headings, rows) = csv_sample(file, ROWS).map_err(|problem| session.stop(problem))?;
    let stem = path.file_name().unwrap_or_default().to_string_lossy();
    let table = stem.split('.').next().unwrap_or_default().to_owned();
    Ok(vec![Sample { file: shown, table, said: None, headings, rows }])
}

/// The fields of the first records.
fn records(file: RecordFile, shown: &str) -> Vec<Sample> {
    let block = Blocks::new(file).find_map(|cut| if let Cut::Block(block) = cut { Some(block) } else { None });
    let Some(pieces) = block.map(Block::into_pieces) else { return Vec::new() };
    let texts: Vec<&str> = pieces.records.iter().take(ROWS).filter_map(|piece| pieces.text.get(piece.range())).collect();
    fields(shown, &texts)
}

/// A file as `ispect.toml` in that folder names it.
fn from_folder(folder: &Path, file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let whole = |path: &Path| here.join(path).canonicalize().unwrap_or_else(|_| here.join(path));
    let (folder, file) = (whole(folder), whole(file));
    let up = folder.ancestors().take(4).enumerate().find_map(|(up, folder)| Some((up, file.strip_prefix(folder).ok()?)));
    let named: PathBuf = up.map_or_else(|| file.clone(), |(up, rest)| std::iter::repeat_n(Path::new(".."), up).collect::<PathBuf>().join(rest));
    named.display().to_string().replace('\\', "/")
}

/// The latest academic year that a column surely holds.
fn latest_year(tables: &[ProposedTable]) -> Option<String> {
    let years = tables.iter().flat_map(|table| &table.columns).filter_map(|column| match (&column.meaning.name(), &column.evidence) {
        (Some("academic_year"), Evidence::Years(last)) => Some(last.clone()),
        _ => None,
    });
    years.max()
}

/// Columns beside one another.
fn laid_out(rows: &[[String; 5]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn told(tables: &[ProposedTable], target: &Path) -> String {
    let meanings = || tables.iter().flat_map(|table| &table.columns).map(|column| &column.meaning);
    let sure = meanings().filter(|meaning| meaning.name().is_some()).count();
    let doubts = meanings().filter(|meaning| meaning.is_in_doubt()).count() + tables.iter().filter(|table| table.subject.is_in_doubt()).count();
    let missing: usize = tables.iter().map(|table| table.missing.len()).sum();
    let settings = paths::shown(target);
    format!(
        "ispect: {settings} is written: {sure} columns are sure, {doubts} things are in doubt, {missing} missing. Settle what begins with `# ?` in it, then run `ispect check`\n"
    )
}
