//! A file in the making. Where the system can, it has no name before it takes its place, so that nothing of it is left in the folder, however the program ends.

#[cfg(target_os = "linux")]
use std::fs;
use std::fs::File;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A new file in a folder.
#[derive(Debug)]
pub(super) enum Making {
    Nameless {
        file: File,
        folder: PathBuf,
    },
    /// One with a name that nobody else has, which is gone with the value.
    Named(NamedTempFile),
}

impl Making {
    pub(super) fn within(folder: &Path) -> io::Result<Self> {
        match nameless(folder) {
            Some(file) => Ok(Self::Nameless { file, folder: folder.to_owned() }),
            None => NamedTempFile::new_in(folder).map(Self::Named),
        }
    }

    pub(super) fn file(&self) -> &File {
        match self {
            Self::Nameless { file, .. } => file,
            Self::Named(named) => named.as_file(),
        }
    }

    /// Take a place in the folder, from another file if one is there.
    pub(super) fn put(self, place: &Path) -> io::Result<()> {
        match self {
            Self::Nameless { file, folder } => match Builder::new().make_in(&folder, |path| name(&file, path)) {
                Ok(named) => named.persist(place).map_err(|error| error.error),
                Err(_) => Self::Named(copied(file, &folder)?).put(place),
            },
            Self::Named(named) => named.persist(place).map(drop).map_err(|error| error.error),
        }
    }
}

/// The same in a file with a name, for a system that does not name what has none after all.
fn copied(mut file: File, folder: &Path) -> io::Result<NamedTempFile> {
    let mut named = NamedTempFile::new_in(folder)?;
    file.rewind()?;
    io::copy(&mut file, &mut named)?;
    named.as_file().set_permissions(file.metadata()?.permissions())?;
    named.as_file().sync_all()?;
    Ok(named)
}

/// A file without a name, if one can be made here and be named later.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};

    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = openat(CWD, folder, flags, Mode::RUSR | Mode::WUSR).map(File::from).ok()?;
    fs::exists(as_open(&file)).is_ok_and(|there| there).then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

#[cfg(target_os = "linux")]
fn name(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};

    Ok(linkat(CWD, as_open(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn name(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The open file among those of the process, by which it can be named.
#[cfg(target_os = "linux")]
fn as_open(file: &File) -> PathBuf {
    use std::os::fd::AsRawFd as _;

    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::Making;

    #[test]
    fn takes_its_place_whole_or_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("findings.csv");
        fs::write(&place, "old").unwrap();
        let named = || Making::Named(tempfile::NamedTempFile::new_in(folder.path()).unwrap());
        // One that had a name can't be named again.
        let forgotten = || {
            let (file, path) = tempfile::NamedTempFile::new_in(folder.path()).unwrap().keep().unwrap();
            fs::remove_file(path).unwrap();
            Making::Nameless { file, folder: folder.path().to_owned() }
        };
        for make in [&(|| Making::within(folder.path()).unwrap()) as &dyn Fn() -> Making, &named, &forgotten] {
            make().file().write_all(b"given up").unwrap();
            let making = make();
            making.file().write_all(b"new").unwrap();
            assert_eq!(fs::read(&place).unwrap(), b"old");
            making.put(&place).unwrap();
            assert_eq!(fs::read(&place).unwrap(), b"new");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::write(&place, "old").unwrap();
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Making::within(&folder.path().join("none")).unwrap_err().kind(), std::io::ErrorKind::NotFound);
    }
}
