//! A file is brought to the disk while it is still being written, so that of a long result little is left to wait for at the end.

use std::fs::File;

/// So many bytes are brought to the disk at a time.
pub(super) const AT_ONCE: u64 = 2 << 20;

/// How far a file is written, and how far the disk was asked to take it.
#[derive(Debug, Default)]
pub(super) struct Syncing {
    written: u64,
    asked: u64,
}

impl Syncing {
    /// So many bytes more are written: once they are enough, the disk is to take them.
    pub(super) fn after(&mut self, count: usize, file: &File) {
        self.written += count as u64;
        if self.written - self.asked >= AT_ONCE {
            begin(file, self.asked, self.written - self.asked);
            self.asked = self.written;
        }
    }

    #[cfg(test)]
    pub(super) fn has_begun(&self) -> bool {
        self.asked > 0
    }
}

/// Have the system begin to write a part of a file, and not wait for it. That the disk has it, and that it could take it, is asked of all of the file at the end.
#[cfg(target_os = "linux")]
fn begin(file: &File, from: u64, count: u64) {
    use std::num::NonZeroU64;

    use rustix::fs::{Advice, fadvise};

    // Linux begins to write what is not needed soon, and keeps it at hand until it is written. A file system that doesn't leaves all for the end.
    let _ = fadvise(file, from, NonZeroU64::new(count), Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn begin(_: &File, _: u64, _: u64) {}
