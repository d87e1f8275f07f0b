//! One file read at several places at once: each reader keeps its own place in it.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that somebody opened.
trait Opened: Read + Seek + Send {}

impl<F: Read + Seek + Send> Opened for F {}

/// A file, and where this reader is in it.
#[derive(Clone)]
pub(super) struct Content {
    file: Arc<Mutex<dyn Opened>>,
    at: u64,
    /// Where any of the readers went last.
    sought: Arc<AtomicU64>,
}

impl Content {
    pub(super) fn new(file: impl Read + Seek + Send + 'static) -> Self {
        Self { file: Arc::new(Mutex::new(file)), at: 0, sought: Arc::default() }
    }

    /// The place that a reader of this file went to last, from which it has read on.
    pub(super) fn sought(&self) -> u64 {
        self.sought.load(Ordering::Relaxed)
    }
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Content {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let beyond = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the file");
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or_else(beyond)?,
            SeekFrom::End(by) => {
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::End(0))?.checked_add_signed(by).ok_or_else(beyond)?
            }
        };
        self.sought.store(self.at, Ordering::Relaxed);
        Ok(self.at)
    }
}
