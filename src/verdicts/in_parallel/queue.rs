//! The blocks that nobody has taken yet. One worker at a time reads, and a few blocks more than its own, so that whoever wants one meanwhile need not wait; where
//! reading takes longer than judging, it reads on while the others judge.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::verdicts::in_parallel::lock;

/// So many blocks lie ready at most, however many workers there are.
const READY: usize = 4;

/// Blocks, in their order.
pub(super) struct Queue<B: Iterator> {
    state: Mutex<State<B>>,
    changed: Condvar,
    /// So many are to lie ready beside the one that is taken: one for each other worker.
    ready: usize,
}

struct State<B: Iterator> {
    unread: Unread<B>,
    ready: VecDeque<(u64, B::Item)>,
    /// The number of the next that is read.
    next: u64,
    wanted: bool,
}

/// Those that are not read yet.
enum Unread<B> {
    Waiting(B),
    /// A worker has them.
    BeingRead,
    Ended,
}

impl<B> Unread<B> {
    fn take(&mut self) -> Option<B> {
        match std::mem::replace(self, Self::BeingRead) {
            Self::Waiting(blocks) => Some(blocks),
            other @ (Self::BeingRead | Self::Ended) => {
                *self = other;
                None
            }
        }
    }
}

impl<B: Iterator> Queue<B> {
    pub(super) fn new(blocks: B, workers: usize) -> Self {
        let state = State { unread: Unread::Waiting(blocks), ready: VecDeque::new(), next: 0, wanted: true };
        Self { state: Mutex::new(state), changed: Condvar::new(), ready: workers.saturating_sub(1).min(READY) }
    }

    /// The next block and its number; nothing where there are no more, or no more are wanted.
    pub(super) fn take(&self) -> Option<(u64, B::Item)> {
        let mut state = lock(&self.state);
        loop {
            if state.ready.len() <= self.ready
                && let Some(blocks) = state.unread.take()
            {
                drop(state);
                state = Reader { queue: self, blocks: Some(blocks) }.read();
            } else if let Some(block) = state.ready.pop_front() {
                return Some(block);
            } else if matches!(state.unread, Unread::Ended) {
                return None;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// No more blocks are wanted.
    pub(super) fn stop(&self) {
        let mut state = lock(&self.state);
        state.wanted = false;
        state.ready.clear();
        if state.unread.take().is_some() {
            state.unread = Unread::Ended;
        }
    }
}

/// A worker that reads. When it leaves, in whatever way, another one can.
struct Reader<'q, B: Iterator> {
    queue: &'q Queue<B>,
    blocks: Option<B>,
}

impl<'q, B: Iterator> Reader<'q, B> {
    /// Read one block.
    fn read(mut self) -> MutexGuard<'q, State<B>> {
        let read = self.blocks.as_mut().and_then(Iterator::next);
        if read.is_none() {
            self.blocks = None;
        }
        let mut state = self.leave();
        if let Some(block) = read.filter(|_| state.wanted) {
            let number = state.next;
            state.next += 1;
            state.ready.push_back((number, block));
        }
        state
    }

    fn leave(&mut self) -> MutexGuard<'q, State<B>> {
        let mut state = lock(&self.queue.state);
        state.unread = self.blocks.take().filter(|_| state.wanted).map_or(Unread::Ended, Unread::Waiting);
        self.queue.changed.notify_all();
        state
    }
}

impl<B: Iterator> Drop for Reader<'_, B> {
    fn drop(&mut self) {
        // What follows is for the next one.
        if thread::panicking() {
            drop(self.leave());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::iter;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Mutex;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::Queue;

    /// What so many workers take until one gets this number, in order; who reads and who works is slow now and then.
    fn taken(workers: usize, until: u64) -> Vec<(u64, u64)> {
        let blocks = (0..500).inspect(|number| {
            if number % 60 == 0 {
                thread::sleep(Duration::from_millis(2));
            }
        });
        let (queue, taken) = (Queue::new(blocks, workers), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    while let Some((number, block)) = queue.take() {
                        taken.lock().unwrap().push((number, block));
                        if number % 70 == 0 {
                            thread::sleep(Duration::from_millis(2));
                        }
                        if number == until {
                            queue.stop();
                        }
                    }
                });
            }
        });
        let mut taken = taken.into_inner().unwrap();
        taken.sort_unstable();
        taken
    }

    #[test]
    fn each_block_is_taken_once_with_its_number() {
        for workers in [1, 2, 5] {
            assert_eq!(taken(workers, u64::MAX), (0..500).map(|number| (number, number)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn none_is_taken_when_no_more_are_wanted() {
        for workers in [1, 2, 5] {
            let taken = taken(workers, 321);
            // Others may have taken the next ones before the one that stops had a look at its own.
            assert!(taken.iter().map(|(number, _)| *number).eq(0..u64::try_from(taken.len()).unwrap()));
            assert!(taken.len() > 321 && (workers > 1 || taken.len() == 322), "{}", taken.len());
        }
    }

    #[test]
    fn one_worker_reads_no_block_before_it_is_wanted() {
        let read = Mutex::new(0);
        let queue = Queue::new(iter::repeat_with(|| *read.lock().unwrap() += 1), 1);
        for taken in 1..4 {
            queue.take().unwrap();
            assert_eq!(*read.lock().unwrap(), taken);
        }
    }

    #[test]
    fn what_lies_ready_is_taken_while_another_reads() {
        let ((begin, begun), (end, ended)) = (channel(), channel());
        let blocks = (0..3).inspect(move |number| {
            if *number == 2 {
                begin.send(()).unwrap();
                ended.recv().unwrap();
            }
        });
        let queue = Queue::new(blocks, 2);
        assert_eq!(queue.take(), Some((0, 0)));
        thread::scope(|scope| {
            let reader = scope.spawn(|| queue.take());
            begun.recv().unwrap();
            assert_eq!(queue.take(), Some((1, 1)));
            end.send(()).unwrap();
            assert_eq!(reader.join().unwrap(), Some((2, 2)));
        });
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn a_panic_keeps_nobody_waiting() {
        let blocks = (0..4).inspect(|number| assert_ne!(*number, 1, "broken on purpose"));
        let queue = Queue::new(blocks, 1);
        assert_eq!(queue.take(), Some((0, 0)));
        assert!(catch_unwind(AssertUnwindSafe(|| queue.take())).is_err());
        assert_eq!((queue.take(), queue.take(), queue.take()), (Some((1, 2)), Some((2, 3)), None));
    }
}
