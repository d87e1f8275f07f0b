//! The room that a block takes, which the blocks after it take again: what the system gives anew is a fault for each of its pages.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Room that blocks have left.
#[derive(Debug, Clone, Default)]
pub(super) struct Spares(Arc<Mutex<Vec<Vec<u8>>>>);

impl Spares {
    /// Room for so many bytes, whatever stands in it.
    pub(super) fn take(&self, length: usize) -> Vec<u8> {
        let left = self.lock().pop().filter(|left| left.capacity() >= length);
        left.map_or_else(
            || vec![0; length],
            |mut left| {
                left.resize(length, 0);
                left
            },
        )
    }

    fn give(&self, room: Vec<u8>) {
        if room.capacity() > 0 {
            self.lock().push(room);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text of a block. Its room is left to others once nobody holds it.
#[derive(Debug, Default)]
pub(crate) struct BlockText {
    text: String,
    spares: Spares,
}

impl BlockText {
    pub(super) fn new(text: String, spares: Spares) -> Self {
        Self { text, spares }
    }
}

impl Deref for BlockText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Drop for BlockText {
    fn drop(&mut self) {
        self.spares.give(std::mem::take(&mut self.text).into_bytes());
    }
}
