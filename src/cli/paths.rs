//! Names of files: patterns into paths, and paths as people see them.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::cli::problems::FileProblem;
use crate::cli::session::{Session, Stop};
use crate::cli::stored::is_parquet;
use crate::cli::stores;
use crate::records::is_csv;

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
            Err(reason) => stopped = Err(session.stop(FileProblem::BadPattern { pattern: pattern.clone(), reason })),
        }
    }
    stopped.map(|()| found.into_iter().collect())
}

fn files_of(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, String> {
    if stores::is_address(Path::new(pattern)) {
        return Ok(vec![PathBuf::from(pattern)]);
    }
    if !pattern.contains(['*', '?', '[']) {
        return Ok(vec![clean(&folder.join(pattern))]);
    }
    let whole = clean(&Path::new(&glob::Pattern::escape(&folder.display().to_string())).join(pattern));
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let paths = glob::glob_with(&whole.display().to_string(), options).map_err(|error| error.msg.to_owned())?;
    Ok(paths.filter_map(Result::ok).filter(|path| path.is_file()).map(|path| clean(&path)).collect())
}

/// The files, with the tables in a folder in the place of the folder.
pub(crate) fn with_tables(session: &mut Session, files: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    let mut found = Vec::new();
    for file in files {
        if !file.is_dir() {
            found.push(file.clone());
            continue;
        }
        let tables = tables_in(file);
        if tables.is_empty() {
            return Err(session.stop(FileProblem::NoTables { folder: shown(file) }));
        }
        found.extend(tables);
    }
    Ok(found)
}

fn tables_in(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).filter(|path| path.is_file() && (is_parquet(path) || is_csv(&path.display().to_string()))).collect()
}

/// A path without `.` and `..`, as far as they can be taken out.
fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(cleaned.components().next_back(), Some(Component::Normal(_))) => {
                cleaned.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::ParentDir | Component::Normal(_) => cleaned.push(component),
        }
    }
    cleaned
}

/// Whether a name stands for stdin.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A path as it is shown, or what `-` stands for.
pub(crate) fn shown_or_stdin(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_owned() } else { shown(path) }
}

/// A path as it is shown: from the folder where the command runs, with `/` between names.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let cleaned = clean(&here.join(path));
    let from_here = from(&here, &cleaned).unwrap_or(cleaned);
    let shown = from_here.display().to_string();
    if shown.is_empty() { ".".to_owned() } else { shown.replace('\\', "/") }
}

/// The way from a folder to a path, over at most three folders upwards.
fn from(here: &Path, path: &Path) -> Option<PathBuf> {
    here.ancestors().take(4).enumerate().find_map(|(up, folder)| {
        let rest = path.strip_prefix(folder).ok()?;
        // The root of all files is no better a beginning than the path itself.
        folder.parent()?;
        Some(std::iter::repeat_n(Path::new(".."), up).collect::<PathBuf>().join(rest))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{clean, from};

    #[test]
    fn dots_are_taken_out() {
        for (path, cleaned) in [("/a/./b/../c", "/a/c"), ("../a/..", ".."), ("a/../../b", "../b"), ("/a", "/a")] {
            assert_eq!(clean(Path::new(path)), Path::new(cleaned), "{path}");
        }
    }

    #[test]
    fn paths_are_shown_from_here() {
        let shown = |path: &str| from(Path::new("/college/world/deep"), Path::new(path)).map(|path| path.display().to_string());
        assert_eq!(shown("/college/world/deep/a.regs").as_deref(), Some("a.regs"));
        assert_eq!(shown("/college/rules/a.regs").as_deref(), Some("../../rules/a.regs"));
        assert_eq!(shown("/elsewhere/a.regs"), None);
    }
}
