//! What is said, and what can be done, where something can't be written.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;

/// What to do where a file can't be written.
const HELPS: &[(ErrorKind, &str)] = &[
    (ErrorKind::NotFound, "make the folder first, or name one that is there"),
    (ErrorKind::PermissionDenied, "name a file in a folder in which you may write, or ask who may to let you"),
    (ErrorKind::IsADirectory, "name a file in that folder"),
    (ErrorKind::NotADirectory, "what should be its folder is a file: name a file in a folder"),
    (ErrorKind::StorageFull, "make room on the disk, or name a file on another one"),
    (ErrorKind::QuotaExceeded, "make room on the disk, or name a file on another one"),
    (ErrorKind::FileTooLarge, "name a file on another disk, or raise the limit (`ulimit -f`)"),
    (ErrorKind::ReadOnlyFilesystem, "name a file on another disk"),
];

/// A file that can't be written, and why; nothing of it is in its place.
pub(crate) fn unwritable(file: String, error: &io::Error) -> FileProblem {
    FileProblem::Unwritable { file, reason: why(error), help: format!("{}; nothing of it was written", help(error)) }
}

/// What has no place to be taken - stdout, a device - and takes no more.
pub(crate) fn broken_off(file: String, error: &io::Error) -> FileProblem {
    FileProblem::Unwritable { file, reason: why(error), help: format!("{}; what was written before is not whole", help(error)) }
}

/// An error of a result that is written before all has been found.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
struct OfResult {
    name: String,
    error: io::Error,
}

/// The error with the name of the result that it is about.
pub(crate) fn of_result(name: String, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), OfResult { name, error })
}

/// Says where the folder for temporary files is.
const VARIABLE: &str = if cfg!(windows) { "TEMP" } else { "TMPDIR" };

/// Findings that can't be kept until all have been found, or in the result that they go to meanwhile.
pub(crate) fn unkept(error: &io::Error) -> FileProblem {
    if let Some(OfResult { name, error }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return unwritable(name.clone(), error);
    }
    let help = format!("what is found is kept there until all is: make room in it, or name another folder in the environment variable {VARIABLE}");
    FileProblem::Unwritable { file: std::env::temp_dir().display().to_string(), reason: why(error), help }
}

/// A file that is refused before anything is read.
pub(crate) fn refused(file: &Path, reason: impl Into<String>, help: &str) -> FileProblem {
    FileProblem::Unwritable { file: paths::shown(file), reason: reason.into(), help: format!("{help}; nothing was checked, and nothing was written") }
}

fn why(error: &io::Error) -> String {
    if error.kind() == ErrorKind::NotFound { "its folder is not there".to_owned() } else { reason(error) }
}

fn help(error: &io::Error) -> &'static str {
    HELPS.iter().find(|(kind, _)| *kind == error.kind()).map_or("name another file", |(_, help)| help)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io::{Error, ErrorKind};

    use super::{HELPS, broken_off, unwritable};
    use crate::problems::{Manner, Pen};

    /// Most of these no test can bring about on every machine.
    #[test]
    fn each_reason_has_its_help() {
        let pen = Pen { manner: Manner::Uncoloured, width: 110 };
        let kinds = HELPS.iter().map(|(kind, _)| *kind).chain([ErrorKind::TimedOut]);
        let mut drawn = kinds.fold(String::new(), |mut drawn, kind| {
            let _ = writeln!(drawn, "{}", pen.draw(&unwritable("findings.csv".to_owned(), &Error::from(kind))));
            drawn
        });
        drawn += &pen.draw(&broken_off("stdout".to_owned(), &Error::from(ErrorKind::StorageFull)));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/command_line"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("unwritable", drawn));
    }
}
