//! The blocks that nobody has taken yet: whoever wants one reads it, one after the other, for reading takes little.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::records::Cut;

/// Blocks, in their order.
pub(super) struct Queue<I> {
    state: Mutex<State<I>>,
}

struct State<I> {
    /// Nothing where no more are wanted.
    cuts: Option<I>,
    next: u64,
}

impl<I: Iterator<Item = Cut>> Queue<I> {
    pub(super) fn new(cuts: I) -> Self {
        Self { state: Mutex::new(State { cuts: Some(cuts), next: 0 }) }
    }

    /// The next block and its number; nothing where there are no more, or no more are wanted.
    pub(super) fn take(&self) -> Option<(u64, Cut)> {
        let mut state = self.lock();
        let cut = state.cuts.as_mut()?.next()?;
        state.next += 1;
        Some((state.next - 1, cut))
    }

    /// No more blocks are wanted.
    pub(super) fn stop(&self) {
        self.lock().cuts = None;
    }

    fn lock(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
