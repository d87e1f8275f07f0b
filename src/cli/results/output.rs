//! Where results go: stdout, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::paths::folder_of;
use crate::cli::problems::FileProblem;
use crate::cli::results::making::Making;
use crate::cli::results::syncing::Syncing;
use crate::cli::results::unwritable::{broken_off, of_result, unwritable};
use crate::cli::session::{Session, Stop};

/// Put a result on stdout or in a file. A reader that closes the pipe has read enough.
pub(crate) fn write(session: &mut Session, to: Option<&Path>, text: &str) -> Result<(), Stop> {
    let mut stream = Stream::open(session, to)?;
    stream.write(session, text.as_bytes())?;
    stream.finish(session)
}

/// Write beside the file and then put it in its place, so that nobody ever sees half of it.
pub(crate) fn write_file(file: &Path, text: &str) -> io::Result<()> {
    let mut beside = Beside::open(file)?;
    beside.write(text.as_bytes())?;
    beside.put_in_place()
}

/// A result in the making, beside the place where it is to stand.
pub(crate) struct Beside {
    /// Its name, as it was given.
    file: PathBuf,
    /// What the name leads to, where it is a link.
    place: PathBuf,
    written: BufWriter<Target>,
    syncing: Syncing,
}

/// Where the bytes go.
enum Target {
    /// A new file, which takes the place of the old one once it is whole.
    New(Making),
    /// What is no ordinary file, such as `/dev/null`, a pipe or a terminal, has no place to be taken.
    Device(File),
}

impl Beside {
    pub(crate) fn open(file: &Path) -> io::Result<Self> {
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let target = match fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => Target::Device(File::options().write(true).open(&place)?),
            Ok(_) | Err(_) => Target::New(Making::within(folder_of(&place))?),
        };
        Ok(Self { file: file.to_owned(), place, written: BufWriter::new(target), syncing: Syncing::default() })
    }

    /// The same file for lines that may be written before all are found, after what stands above them; nothing where what is written can't be taken back.
    pub(crate) fn early(&self, above: String) -> Option<Early> {
        let Target::New(making) = self.written.get_ref() else { return None };
        let file = making.file().try_clone().ok()?;
        Some(Early { file, above, name: self.name(), syncing: Syncing::default() })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.write_all(bytes)?;
        if let Target::New(making) = self.written.get_ref() {
            self.syncing.after(bytes.len(), making.file());
        }
        Ok(())
    }

    /// All of it is on the disk; after this it can be put in its place.
    pub(crate) fn make_whole(&mut self) -> io::Result<()> {
        self.written.flush()?;
        match self.written.get_ref() {
            Target::New(making) => making.file().sync_all(),
            Target::Device(_) => Ok(()),
        }
    }

    pub(crate) fn put_in_place(mut self) -> io::Result<()> {
        self.make_whole()?;
        match self.written.into_inner().map_err(io::IntoInnerError::into_error)? {
            Target::New(making) => {
                keep_permissions(&self.place, making.file());
                making.put(&self.place)
            }
            Target::Device(_) => Ok(()),
        }
    }

    pub(crate) fn name(&self) -> String {
        self.file.display().to_string()
    }

    fn is_device(&self) -> bool {
        matches!(self.written.get_ref(), Target::Device(_))
    }
}

/// A result in the making that others write. What they write stands in the file, and what is written to the result itself comes after it.
#[derive(Debug)]
pub(crate) struct Early {
    file: File,
    above: String,
    name: String,
    syncing: Syncing,
}

impl Early {
    pub(crate) fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// What stands above the lines.
    pub(crate) fn above(&self) -> &str {
        &self.above
    }

    /// So many bytes more are written.
    pub(crate) fn after(&mut self, count: usize) {
        self.syncing.after(count, &self.file);
    }

    /// An error with the name of the result that it is about.
    pub(crate) fn named(&self, error: io::Error) -> io::Error {
        of_result(self.name.clone(), error)
    }
}

impl io::Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::New(making) => making.file().write(bytes),
            Self::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::New(making) => making.file().flush(),
            Self::Device(device) => device.flush(),
        }
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

    /// The result for lines that may be written before all are found.
    pub(crate) fn early(&self, above: String) -> Option<Early> {
        match self {
            Self::Stdout => None,
            Self::File(beside) => beside.early(above),
        }
    }

    /// Forget what was written.
    pub(crate) fn begin_anew(&mut self, session: &mut Session) -> Result<(), Stop> {
        if let Self::File(beside) = self {
            let anew = Beside::open(&beside.file);
            **beside = anew.map_err(|error| session.stop(unwritable(beside.name(), &error)))?;
        }
        Ok(())
    }

    pub(crate) fn write(&mut self, session: &mut Session, bytes: &[u8]) -> Result<Read, Stop> {
        let written = match self {
            Self::Stdout => io::stdout().lock().write_all(bytes),
            Self::File(beside) => beside.write(bytes),
        };
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Read::Enough),
            other => other.map(|()| Read::More).map_err(|error| session.stop(self.fault()(&error))),
        }
    }

    /// What was written is on the disk, and not yet in its place.
    pub(crate) fn make_whole(&mut self, session: &mut Session) -> Result<(), Stop> {
        let whole = match self {
            Self::Stdout => Ok(()),
            Self::File(beside) => beside.make_whole(),
        };
        whole.map_err(|error| session.stop(self.fault()(&error)))
    }

    pub(crate) fn finish(self, session: &mut Session) -> Result<(), Stop> {
        let fault = self.fault();
        let finished = match self {
            Self::Stdout => io::stdout().lock().flush().or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }),
            Self::File(beside) => beside.put_in_place(),
        };
        finished.map_err(|error| session.stop(fault(&error)))
    }

    /// What is said where it can't be written.
    fn fault(&self) -> impl FnOnce(&io::Error) -> FileProblem + use<> {
        let (name, said): (_, fn(String, &io::Error) -> FileProblem) = match self {
            Self::Stdout => ("stdout".to_owned(), broken_off),
            Self::File(beside) => (beside.name(), if beside.is_device() { broken_off } else { unwritable }),
        };
        move |error| said(name, error)
    }
}

/// Whether whoever reads wants more: a closed pipe has read enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    More,
    Enough,
}

/// The permissions of the file that is replaced, or those of any new file.
fn keep_permissions(old: &Path, new: &File) {
    let old = fs::metadata(old).map(|metadata| metadata.permissions());
    #[cfg(unix)]
    let old = old.or_else(|_| {
        use std::os::unix::fs::PermissionsExt as _;
        Ok::<_, io::Error>(fs::Permissions::from_mode(0o644))
    });
    if let Ok(permissions) = old {
        // A file that cannot take them keeps its own.
        let _ = new.set_permissions(permissions);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::results::syncing::AT_ONCE;

    /// Longer than what is brought to the disk at a time, so that it takes some while the rest is written.
    #[test]
    fn a_long_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("findings.jsonl");
        fs::write(&file, "old").unwrap();
        let pieces: Vec<Vec<u8>> = (0..40_u8).map(|piece| vec![piece; usize::try_from(AT_ONCE).unwrap() / 16]).collect();
        let mut beside = Beside::open(&file).unwrap();
        for piece in &pieces {
            beside.write(piece).unwrap();
        }
        assert!(beside.syncing.has_begun());
        assert_eq!(fs::read(&file).unwrap(), b"old");
        beside.put_in_place().unwrap();
        assert!(fs::read(&file).unwrap() == pieces.concat());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
