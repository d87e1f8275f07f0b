//! Where results go: stdout, or a file that is written whole or not at all.

use std::io::{self, BufWriter, ErrorKind, Write as _};
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
    let mut beside = Beside::open(file)?;
    beside.write(text.as_bytes())?;
    beside.put_in_place()
}

/// A file in the making, beside the place where it is to stand.
pub(crate) struct Beside {
    file: PathBuf,
    written: BufWriter<NamedTempFile>,
}

impl Beside {
    pub(crate) fn open(file: &Path) -> io::Result<Self> {
        if file.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { file: file.to_owned(), written: BufWriter::new(NamedTempFile::new_in(folder)?) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.write_all(bytes)
    }

    /// All of it is on the disk; after this it can be put in its place.
    pub(crate) fn make_whole(&mut self) -> io::Result<()> {
        self.written.flush()?;
        self.written.get_ref().as_file().sync_all()
    }

    pub(crate) fn put_in_place(mut self) -> io::Result<()> {
        self.make_whole()?;
        let beside = self.written.into_inner().map_err(io::IntoInnerError::into_error)?;
        keep_permissions(&self.file, &beside);
        beside.persist(&self.file).map_err(|error| error.error)?;
        Ok(())
    }

    pub(crate) fn name(&self) -> String {
        self.file.display().to_string()
    }
}

/// A result that is written piece by piece: a file is in its place only once it is whole.
pub(crate) enum Stream {
    Stdout,
    File(Box<Beside>),
}

impl Stream {
    pub(crate) fn open(session: &mut Session, to: Option<&Path>) -> Result<Self, Stop> {
        let Some(file) = to else { return Ok(Self::Stdout) };
        let opened = Beside::open(file).map(|beside| Self::File(Box::new(beside)));
        opened.map_err(|error| session.stop(unwritable(file.display().to_string(), &error)))
    }

    pub(crate) fn write(&mut self, session: &mut Session, bytes: &[u8]) -> Result<Read, Stop> {
        let written = match self {
            Self::Stdout => io::stdout().lock().write_all(bytes),
            Self::File(beside) => beside.write(bytes),
        };
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Read::Enough),
            other => other.map(|()| Read::More).map_err(|error| session.stop(unwritable(self.name(), &error))),
        }
    }

    /// What was written is on the disk, and not yet in its place.
    pub(crate) fn make_whole(&mut self, session: &mut Session) -> Result<(), Stop> {
        let whole = match self {
            Self::Stdout => Ok(()),
            Self::File(beside) => beside.make_whole(),
        };
        whole.map_err(|error| session.stop(unwritable(self.name(), &error)))
    }

    pub(crate) fn finish(self, session: &mut Session) -> Result<(), Stop> {
        let name = self.name();
        let finished = match self {
            Self::Stdout => io::stdout().lock().flush().or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }),
            Self::File(beside) => beside.put_in_place(),
        };
        finished.map_err(|error| session.stop(unwritable(name, &error)))
    }

    fn name(&self) -> String {
        match self {
            Self::Stdout => "stdout".to_owned(),
            Self::File(beside) => beside.name(),
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
