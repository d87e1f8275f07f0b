//! Where results go: stdout, or a file that is written whole or not at all.

use std::fs::{self, File};
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
    /// Its name, as it was given.
    file: PathBuf,
    /// What the name leads to, where it is a link.
    place: PathBuf,
    written: BufWriter<Target>,
}

/// Where the bytes go.
enum Target {
    /// A new file, which takes the place of the old one once it is whole.
    New(NamedTempFile),
    /// What is no ordinary file, such as `/dev/null`, a pipe or a terminal, has no place to be taken.
    Device(File),
}

impl Beside {
    pub(crate) fn open(file: &Path) -> io::Result<Self> {
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let target = match fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => Target::Device(File::options().write(true).open(&place)?),
            Ok(_) | Err(_) => Target::New(NamedTempFile::new_in(folder_of(&place))?),
        };
        Ok(Self { file: file.to_owned(), place, written: BufWriter::new(target) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.write_all(bytes)
    }

    /// All of it is on the disk; after this it can be put in its place.
    pub(crate) fn make_whole(&mut self) -> io::Result<()> {
        self.written.flush()?;
        match self.written.get_ref() {
            Target::New(beside) => beside.as_file().sync_all(),
            Target::Device(_) => Ok(()),
        }
    }

    pub(crate) fn put_in_place(mut self) -> io::Result<()> {
        self.make_whole()?;
        match self.written.into_inner().map_err(io::IntoInnerError::into_error)? {
            Target::New(beside) => {
                keep_permissions(&self.place, &beside);
                beside.persist(&self.place).map_err(|error| error.error)?;
            }
            Target::Device(_) => {}
        }
        Ok(())
    }

    pub(crate) fn name(&self) -> String {
        self.file.display().to_string()
    }
}

impl io::Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::New(beside) => beside.write(bytes),
            Self::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::New(beside) => beside.flush(),
            Self::Device(device) => device.flush(),
        }
    }
}

/// The folder in which a file stands, there or not.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
    let old = fs::metadata(file).map(|metadata| metadata.permissions());
    #[cfg(unix)]
    let old = old.or_else(|_| {
        use std::os::unix::fs::PermissionsExt as _;
        Ok::<_, io::Error>(fs::Permissions::from_mode(0o644))
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

/// Findings that can't be kept until all have been found.
pub(crate) fn unkept(error: &io::Error) -> FileProblem {
    unwritable(std::env::temp_dir().display().to_string(), error)
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
