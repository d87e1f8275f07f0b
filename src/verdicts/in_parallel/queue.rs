//! The blocks that nobody has taken yet, and which of the workers reads them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::records::Cut;

/// Who reads blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadBy {
    /// Whoever wants one, one after the other: reading takes little.
    Anyone,
    /// The first worker, for all: what is unpacked for many blocks at once is one thread's memory then, and not that of each in turn, for which an
    /// allocator would keep it.
    TheFirst,
}

/// Blocks, in their order, and who reads them.
pub(crate) struct Arriving<I> {
    pub(crate) cuts: I,
    pub(crate) read_by: ReadBy,
}

/// The blocks that nobody has taken yet.
pub(super) struct Queue<I> {
    read_by: ReadBy,
    /// So many blocks the first worker reads before it judges one.
    ahead: usize,
    state: Mutex<State<I>>,
    changed: Condvar,
}

struct State<I> {
    /// Nothing while the first worker reads, and where no more are to be read.
    cuts: Option<I>,
    ready: VecDeque<Cut>,
    next: u64,
    is_over: bool,
}

impl<I: Iterator<Item = Cut>> Queue<I> {
    pub(super) fn new(arriving: Arriving<I>, workers: usize) -> Self {
        let state = State { cuts: Some(arriving.cuts), ready: VecDeque::new(), next: 0, is_over: false };
        Self { read_by: arriving.read_by, ahead: workers, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The next block and its number; nothing where there are no more, or no more are wanted.
    pub(super) fn take(&self, worker: usize) -> Option<(u64, Cut)> {
        let mut state = self.lock();
        let cut = match self.read_by {
            ReadBy::Anyone => state.cuts.as_mut()?.next()?,
            ReadBy::TheFirst => {
                if worker == 0 {
                    state = self.read_ahead(state);
                }
                while state.ready.is_empty() && !state.is_over {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                state.ready.pop_front()?
            }
        };
        state.next += 1;
        Some((state.next - 1, cut))
    }

    /// Read until enough blocks are ready; others take them meanwhile.
    fn read_ahead<'q>(&'q self, mut state: MutexGuard<'q, State<I>>) -> MutexGuard<'q, State<I>> {
        while state.ready.len() < self.ahead
            && let Some(mut cuts) = state.cuts.take()
        {
            drop(state);
            let cut = cuts.next();
            state = self.lock();
            match cut {
                Some(cut) if !state.is_over => {
                    state.ready.push_back(cut);
                    state.cuts = Some(cuts);
                }
                _ => state.is_over = true,
            }
            self.changed.notify_all();
        }
        state
    }

    /// No more blocks are wanted.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        *state = State { cuts: None, ready: VecDeque::new(), next: state.next, is_over: true };
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker at the queue. Where the first one leaves, whatever the reason, nobody waits for what it would have read.
pub(super) struct AtQueue<'q, I: Iterator<Item = Cut>> {
    queue: &'q Queue<I>,
    worker: usize,
}

impl<'q, I: Iterator<Item = Cut>> AtQueue<'q, I> {
    pub(super) fn new(queue: &'q Queue<I>, worker: usize) -> Self {
        Self { queue, worker }
    }

    pub(super) fn take(&self) -> Option<(u64, Cut)> {
        self.queue.take(self.worker)
    }

    pub(super) fn stop(&self) {
        self.queue.stop();
    }
}

impl<I: Iterator<Item = Cut>> Drop for AtQueue<'_, I> {
    fn drop(&mut self) {
        if self.worker == 0 && self.queue.read_by == ReadBy::TheFirst {
            self.queue.lock().is_over = true;
            self.queue.changed.notify_all();
        }
    }
}
