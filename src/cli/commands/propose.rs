//! `ispect init --from`: a project proposed from the headings of an export.

use std::path::{Path, PathBuf};

use crate::cli::arguments::InitArguments;
use crate::cli::problems::ProjectProblem;
use crate::cli::project::{SETTINGS, with_tables};
use crate::cli::results::{self, unwritable};
use crate::cli::session::{Outcome, Session, Stop};
use crate::cli::{input, paths};
use crate::mapping::{Evidence, ProposedTable, propose, rows, settings};

/// Write `ispect.toml`, and say what was understood of the headings.
pub(crate) fn run(session: &mut Session, asked: &InitArguments) -> Result<Outcome, Stop> {
    let target = asked.folder.join(SETTINGS);
    if target.exists() {
        return Err(session.stop(ProjectProblem::Exists { file: paths::shown(&target) }));
    }
    let (mut files, mut found) = (Vec::new(), Vec::new());
    for path in with_tables(session, &asked.from)? {
        let file = from_folder(&asked.folder, &path);
        found.extend(input::samples(session, &path, &file)?);
        files.push(file);
    }
    let tables = propose(found);
    let is_known = |file: &String| tables.iter().any(|table| table.file == *file && table.subject.subject().is_some());
    files.retain(is_known);
    let text = settings(&tables, &files, latest_year(&tables).as_deref());
    write(session, &target, &text)?;
    results::write(session, None, &laid_out(&rows(&tables)))?;
    session.console.say(&told(&tables, &target));
    Ok(Outcome::Clean)
}

fn write(session: &mut Session, target: &Path, text: &str) -> Result<(), Stop> {
    let written = std::fs::create_dir_all(paths::folder_of(target)).and_then(|()| results::write_file(target, text));
    written.map_err(|error| session.stop(unwritable(paths::shown(target), &error)))
}

/// A file as `ispect.toml` in that folder names it.
fn from_folder(folder: &Path, file: &Path) -> String {
    if let Some(address) = file.to_str().filter(|_| input::is_address(file)) {
        return input::lasting(address);
    }
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
