//! Results on their way to whoever gets them, in the order of their blocks. One worker at a time hands on what is due; the others leave theirs with it and go on.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::verdicts::in_parallel::lock;

/// So many results may wait beside one of each worker: what is handed on goes to the disk from time to time, which takes as long as some blocks do.
const WAITING: usize = 16;

/// Results of one type, and who gets them.
pub(super) struct Results<'s, R, S> {
    state: Mutex<Due<'s, R, S>>,
    changed: Condvar,
    /// So many may wait while another worker hands on.
    most: usize,
}

struct Due<'s, R, S> {
    /// Nothing while a worker hands on.
    hand_on: Option<&'s mut S>,
    /// Results that wait for those of earlier blocks, or for the worker that hands on.
    waiting: BTreeMap<u64, R>,
    next: u64,
    wanted: ControlFlow<()>,
}

impl<R, S> Due<'_, R, S> {
    /// The result that is due, if more are wanted.
    fn take(&mut self) -> Option<R> {
        let due = self.waiting.remove(&self.next).filter(|_| self.wanted.is_continue())?;
        self.next += 1;
        Some(due)
    }
}

impl<'s, R, S: FnMut(R) -> ControlFlow<()>> Results<'s, R, S> {
    pub(super) fn new(hand_on: &'s mut S, workers: usize) -> Self {
        let due = Due { hand_on: Some(hand_on), waiting: BTreeMap::new(), next: 0, wanted: ControlFlow::Continue(()) };
        Self { state: Mutex::new(due), changed: Condvar::new(), most: WAITING + workers }
    }

    /// Have the result of a block handed on in its turn; whether more are wanted, as far as is known by now.
    pub(super) fn add(&self, number: u64, result: R) -> ControlFlow<()> {
        let mut due = lock(&self.state);
        due.waiting.insert(number, result);
        while due.hand_on.is_none() && due.waiting.len() > self.most {
            due = self.changed.wait(due).unwrap_or_else(PoisonError::into_inner);
        }
        match due.hand_on.take() {
            None => due.wanted,
            Some(hand_on) => {
                drop(due);
                Handing { results: self, hand_on: Some(hand_on) }.hand_on_what_is_due()
            }
        }
    }
}

/// A worker that hands on. When it leaves, in whatever way, another one can.
struct Handing<'r, 's, R, S> {
    results: &'r Results<'s, R, S>,
    hand_on: Option<&'s mut S>,
}

impl<R, S: FnMut(R) -> ControlFlow<()>> Handing<'_, '_, R, S> {
    fn hand_on_what_is_due(mut self) -> ControlFlow<()> {
        let mut due = lock(&self.results.state);
        while let (Some(hand_on), Some(result)) = (&mut self.hand_on, due.take()) {
            drop(due);
            let wanted = hand_on(result);
            due = lock(&self.results.state);
            due.wanted = wanted;
            self.results.changed.notify_all();
        }
        // Before anyone else can leave a result that is due.
        due.hand_on = self.hand_on.take();
        self.results.changed.notify_all();
        due.wanted
    }
}

impl<R, S> Drop for Handing<'_, '_, R, S> {
    fn drop(&mut self) {
        if let Some(hand_on) = self.hand_on.take() {
            lock(&self.results.state).hand_on = Some(hand_on);
            self.results.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::Results;

    /// What is handed on by so many workers, each of which takes the next number; slow ones let many wait.
    fn handed_on(workers: usize, until: u64) -> Vec<u64> {
        let (mut handed, next) = (Vec::new(), AtomicU64::new(0));
        let mut hand_on = |number: u64| {
            if number.is_multiple_of(50) {
                thread::sleep(Duration::from_millis(2));
            }
            handed.push(number);
            if number == until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let results = Results::new(&mut hand_on, workers);
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= 1000 || results.add(number, number).is_break() {
                            return;
                        }
                    }
                });
            }
        });
        handed
    }

    #[test]
    fn each_result_is_handed_on_once_and_in_its_turn() {
        for workers in [1, 2, 5] {
            assert_eq!(handed_on(workers, u64::MAX), (0..1000).collect::<Vec<_>>());
            assert_eq!(handed_on(workers, 321), (0..=321).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_keeps_nobody_waiting() {
        let mut handed = Vec::new();
        let mut hand_on = |number: u64| {
            assert_ne!(number, 1, "broken on purpose");
            handed.push(number);
            ControlFlow::Continue(())
        };
        let results = Results::new(&mut hand_on, 1);
        assert!(results.add(0, 0).is_continue());
        assert!(catch_unwind(AssertUnwindSafe(|| results.add(1, 1))).is_err());
        assert!(results.add(2, 2).is_continue());
        assert_eq!(handed, [0, 2]);
    }
}
