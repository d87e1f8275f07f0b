//! What results are kept apart from: files that are read or written besides, and places where the next check would read a result among its dossiers.

use std::path::{Path, PathBuf};

use crate::cli::paths::{self, folder_of};
use crate::cli::project::patterns::{Pattern, is_for_tables};
use crate::cli::results::refused;
use crate::cli::session::{Session, Stop};
use crate::records::Headings;

/// What a check reads and writes, and where it and the project look for what they read.
pub(crate) struct Apart<'p> {
    pub(crate) files: Vec<PathBuf>,
    /// Folders of tables.
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) headings: &'p Headings,
}

impl Apart<'_> {
    /// Refuse to write a file that is one of those, or that would be; what was asked for is said.
    pub(crate) fn keep(&self, session: &mut Session, (asked, file): (&Path, &Path)) -> Result<(), Stop> {
        let (reason, help) = if let Some(other) = self.files.iter().find(|other| is_same(file, other)) {
            (format!("{} is a file that the project or this check reads or writes itself", paths::shown(other)), "name another file")
        } else if let Some(place) = self.reads(file) {
            (format!("the next check would read {} with {place}", paths::shown(file)), "name a file in another folder")
        } else {
            return Ok(());
        };
        Err(session.stop(refused(asked, reason, help)))
    }

    /// What a new file would be read with.
    fn reads(&self, file: &Path) -> Option<String> {
        let file = place(file)?;
        let folder = |folder: &&PathBuf| folder.canonicalize().is_ok_and(|folder| file.parent() == Some(&folder));
        if let Some(folder) = self.folders.iter().find(folder)
            && is_for_tables(&file, self.headings)
        {
            return Some(format!("the tables in {}", paths::shown(folder)));
        }
        let pattern = self.patterns.iter().find(|pattern| pattern.is_of(&file))?;
        Some(format!("the files of `{pattern}`"))
    }
}

/// Whether two names are of one file, there or not.
fn is_same(one: &Path, other: &Path) -> bool {
    place(one).is_some_and(|one| Some(one) == place(other))
}

/// Where a file is, there or not, without links.
fn place(path: &Path) -> Option<PathBuf> {
    path.canonicalize().or_else(|_| folder_of(path).canonicalize().map(|folder| folder.join(path.file_name().unwrap_or_default()))).ok()
}
