//! The files and tables that the names in a project and on the command line stand for: patterns into files, and a folder into the tables in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::cli::input::{is_address, is_parquet};
use crate::cli::paths::{clean, shown};
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::cli::session::{Session, Stop};
use crate::records::{Headings, is_csv};
use crate::vocabulary::Subject;

/// The files that the patterns name, sorted, each once. A pattern without wildcards is the name of a file, there or not.
pub(crate) fn matching(session: &mut Session, folder: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, Stop> {
    let mut found = BTreeSet::new();
    let mut stopped = Ok(());
    for pattern in patterns {
        match files_of(folder, pattern) {
            Ok(files) if files.is_empty() => {
                stopped = Err(session.stop(FileProblem::NoMatch { pattern: pattern.clone(), folder: shown(folder) }));
            }
            Ok(files) => found.extend(files),
            Err(problem) => stopped = Err(session.stop(problem)),
        }
    }
    stopped.map(|()| found.into_iter().collect())
}

fn files_of(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, FileProblem> {
    if is_address(Path::new(pattern)) {
        return Ok(vec![PathBuf::from(pattern)]);
    }
    if !has_wildcards(pattern) {
        return Ok(vec![clean(&folder.join(pattern))]);
    }
    let bad = |error: glob::PatternError| FileProblem::BadPattern { pattern: pattern.to_owned(), reason: error.msg.to_owned() };
    let paths = glob::glob_with(&whole(folder, pattern), MATCHING).map_err(bad)?;
    // What can't be looked into, and a link to nothing, is not left out: somebody's dossier may stand there.
    let unreadable = |error: glob::GlobError| FileProblem::Unreadable { file: shown(error.path()), reason: reason(error.error()) };
    let paths: Vec<PathBuf> = paths.collect::<Result<_, _>>().map_err(unreadable)?;
    Ok(paths.iter().filter(|path| !path.is_dir()).map(|path| clean(path)).collect())
}

const MATCHING: glob::MatchOptions = glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

fn has_wildcards(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

/// A pattern from a folder.
fn whole(folder: &Path, pattern: &str) -> String {
    clean(&Path::new(&glob::Pattern::escape(&folder.display().to_string())).join(pattern)).display().to_string()
}

/// A pattern with wildcards, of which files can be that are not there yet.
pub(crate) struct Pattern {
    written: String,
    whole: glob::Pattern,
}

impl Pattern {
    /// Whether it would name a file, in a folder without links.
    pub(crate) fn is_of(&self, file: &Path) -> bool {
        self.whole.matches_path_with(file, MATCHING)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.written)
    }
}

/// The patterns with wildcards among some.
pub(crate) fn wildcards<'p>(folder: &Path, patterns: impl Iterator<Item = &'p String>) -> Vec<Pattern> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let pattern = |written: &String| Some(Pattern { written: written.clone(), whole: glob::Pattern::new(&whole(&folder, written)).ok()? });
    patterns.filter(|written| has_wildcards(written)).filter_map(pattern).collect()
}

/// The folders of tables among some.
pub(crate) fn folders(folder: &Path, patterns: &[String]) -> Vec<PathBuf> {
    patterns.iter().filter(|pattern| !has_wildcards(pattern)).map(|pattern| clean(&folder.join(pattern))).filter(|path| path.is_dir()).collect()
}

/// The files that are there of those that the patterns name, and the tables in the folders, whatever is wrong with the others.
pub(crate) fn at_hand(folder: &Path, patterns: &[String]) -> Vec<PathBuf> {
    let named = patterns.iter().filter_map(|pattern| files_of(folder, pattern).ok()).flatten();
    let in_place = |file: PathBuf| if file.is_dir() { tables_in(&file).unwrap_or_default() } else { BTreeSet::from([file]) };
    named.flat_map(in_place).collect()
}

/// The files, with the tables in a folder in the place of the folder.
pub(crate) fn with_tables(session: &mut Session, files: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    let mut found = Vec::new();
    for file in files {
        if !file.is_dir() {
            found.push(file.clone());
            continue;
        }
        let tables = tables_in(file).map_err(|error| session.stop(FileProblem::Unreadable { file: shown(file), reason: reason(&error) }))?;
        if tables.is_empty() {
            return Err(session.stop(FileProblem::NoTables { folder: shown(file) }));
        }
        found.extend(tables);
    }
    Ok(found)
}

/// A file in a folder of tables that has the name of a list which is none of them: `exports/entry.txt`, and no `exports/entry.csv`.
pub(crate) fn unread_list(files: &[PathBuf], headings: &Headings) -> Option<(PathBuf, Subject)> {
    files.iter().filter(|file| file.is_dir()).find_map(|folder| {
        let lists: Vec<Subject> = tables_in(folder).ok()?.iter().filter_map(|table| list_of(table, headings)).collect();
        let others = names_in(folder).ok()?.into_iter().filter(|path| !lists.is_empty() && !path.is_dir());
        others.filter_map(|path| list_of(&path, headings).map(|list| (path, list))).find(|(_, list)| !lists.contains(list))
    })
}

/// The list that a file has the name of, whatever its ending.
fn list_of(path: &Path, headings: &Headings) -> Option<Subject> {
    let name = path.file_name()?.to_str()?;
    headings.subject_of(name.split('.').next().unwrap_or(name)).ok()
}

/// Whether a file in a folder of tables is one, or has the name of a list that it is not.
pub(crate) fn is_for_tables(path: &Path, headings: &Headings) -> bool {
    is_table(path) || list_of(path, headings).is_some()
}

fn is_table(path: &Path) -> bool {
    is_parquet(path) || is_csv(&path.display().to_string())
}

/// What promises to be a table by its name, be it readable or not: a list that is left out counts as empty.
fn tables_in(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    Ok(names_in(folder)?.into_iter().filter(|path| is_table(path)).collect())
}

fn names_in(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}
