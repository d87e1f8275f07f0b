//! Where results go: stdout, or a file that is written whole or not at all.

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::problems::FileProblem;
use crate::cli::session::{Session, Stop};

/// Put a result on stdout or in a file. A reader that closes the pipe has read enough.
pub(crate) fn write(session: &mut Session, to: Option<&Path>, text: &str) -> Result<(), Stop> {
    let written = match to {
        Some(file) => write_file(file, text),
        None => write_stdout(text),
    };
    let name = to.map_or_else(|| "stdout".to_owned(), |file| file.display().to_string());
    written.map_err(|error| session.stop(unwritable(name, &error)))
}

fn write_stdout(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Write beside the file and then put it in its place, so that nobody ever sees half of it.
pub(crate) fn write_file(file: &Path, text: &str) -> io::Result<()> {
    let mut beside = beside(file)?;
    beside.write_all(text.as_bytes())?;
    put_in_place(file, beside)
}

fn beside(file: &Path) -> io::Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    NamedTempFile::new_in(folder)
}

fn put_in_place(file: &Path, beside: NamedTempFile) -> io::Result<()> {
    beside.as_file().sync_all()?;
    keep_permissions(file, &beside);
    beside.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// A result that is written piece by piece: a file is in its place only once it is whole.
pub(crate) enum Stream {
    Stdout,
    File(PathBuf, NamedTempFile),
}

impl Stream {
    pub(crate) fn open(session: &mut Session, to: Option<&Path>) -> Result<Self, Stop> {
        let Some(file) = to else { return Ok(Self::Stdout) };
        let opened = beside(file).map(|beside| Self::File(file.to_owned(), beside));
        opened.map_err(|error| session.stop(unwritable(file.display().to_string(), &error)))
    }

    pub(crate) fn write(&mut self, session: &mut Session, bytes: &[u8]) -> Result<Read, Stop> {
        let written = match self {
            Self::Stdout => io::stdout().lock().write_all(bytes),
            Self::File(_, beside) => beside.write_all(bytes),
        };
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Read::Enough),
            other => other.map(|()| Read::More).map_err(|error| session.stop(unwritable(self.name(), &error))),
        }
    }

    pub(crate) fn finish(self, session: &mut Session) -> Result<(), Stop> {
        let name = self.name();
        let finished = match self {
            Self::Stdout => io::stdout().lock().flush().or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }),
            Self::File(file, beside) => put_in_place(&file, beside),
        };
        finished.map_err(|error| session.stop(unwritable(name, &error)))
    }

    fn name(&self) -> String {
        match self {
            Self::Stdout => "stdout".to_owned(),
            Self::File(file, _) => file.display().to_string(),
        }
    }
}

/// Whether whoever reads wants more: a closed pipe has read enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    More,
    Enough,
}

/// The permissions of the file that is replaced, or those of any new file.
fn keep_permissions(file: &Path, beside: &NamedTempFile) {
    let old = std::fs::metadata(file).map(|metadata| metadata.permissions());
    #[cfg(unix)]
    let old = old.or_else(|_| {
        use std::os::unix::fs::PermissionsExt as _;
        Ok::<_, io::Error>(std::fs::Permissions::from_mode(0o644))
    });
    if let Ok(permissions) = old {
        // A file that cannot take them keeps its own.
        let _ = beside.as_file().set_permissions(permissions);
    }
}

/// A file that can't be written, and why.
pub(crate) fn unwritable(file: String, error: &io::Error) -> FileProblem {
    let reason = if error.kind() == ErrorKind::NotFound { "its folder is not there".to_owned() } else { reason(error) };
    FileProblem::Unwritable { file, reason }
}

/// What went wrong, in lower case and without the number of the operating system.
pub(crate) fn reason(error: &io::Error) -> String {
    let known =
        [(ErrorKind::NotFound, "it is not there"), (ErrorKind::PermissionDenied, "permission denied"), (ErrorKind::IsADirectory, "it is a folder")];
    if let Some((_, said)) = known.into_iter().find(|(kind, _)| *kind == error.kind()) {
        return said.to_owned();
    }
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
