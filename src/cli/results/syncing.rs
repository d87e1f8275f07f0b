//! A file is brought to the disk while it is still being written, so that of a long result little is left to wait for at the end.

use std::fs::File;
use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// A disk takes about so many bytes at once.
pub(super) const AT_ONCE: usize = 8 << 20;

/// Brings a file to the disk on a thread of its own, as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Syncing {
    /// Nothing before the first time, and where no thread can be had: then the disk takes all at the end.
    running: Option<Running>,
    /// Bytes written since the disk was last asked to take what there is.
    waiting: usize,
}

#[derive(Debug)]
struct Running {
    more: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Syncing {
    /// So many bytes more are written: once they are enough, the disk is to take them.
    pub(super) fn after(&mut self, count: usize, file: &File) {
        self.waiting += count;
        if self.waiting >= AT_ONCE {
            self.waiting = 0;
            self.begin(file);
        }
    }

    /// Let the disk take what has been written. Where it has been asked to and has not begun, it will take what was written since too.
    fn begin(&mut self, file: &File) {
        if self.running.is_none() {
            self.running = file.try_clone().and_then(Running::of).ok();
        }
        if let Some(running) = &self.running {
            let _ = running.more.try_send(());
        }
    }

    /// What the disk did not take is an error.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let Some(Running { more, thread }) = self.running.take() else { return Ok(()) };
        drop(more);
        thread.join().unwrap_or_else(|_| Err(io::Error::other("what brings the file to the disk failed")))
    }

    #[cfg(test)]
    pub(super) fn has_begun(&self) -> bool {
        self.running.is_some()
    }
}

impl Running {
    fn of(file: File) -> io::Result<Self> {
        let (more, asked) = sync_channel(1);
        let thread = Builder::new().spawn(move || asked.iter().try_for_each(|()| file.sync_data()))?;
        Ok(Self { more, thread })
    }
}
