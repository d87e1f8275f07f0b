//! Whose turn it is: blocks are taken one by one, their students noted in the order of the blocks, and results handed on in that order.

use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::records::{Batch, BlockRead, Cut, DossierReader, Kept, Students};
use crate::verdicts::in_parallel::block::{Worker, guarded};
use crate::verdicts::in_parallel::queue::Queue;
use crate::verdicts::in_parallel::results::Results;
use crate::verdicts::in_parallel::{BlockJudged, Cohort, Failed, lock};

/// Judge all blocks with all threads of the pool that this is called in; each block's result is handed over once, in the order of the blocks, until
/// whoever gets them has enough.
pub(crate) fn run<T: Send>(
    cohort: &Cohort<'_, T>,
    (cuts, students): (impl Iterator<Item = Cut> + Send, Students),
    hand_on: &mut (impl FnMut(BlockJudged<T>) -> ControlFlow<()> + Send),
) {
    let queue = Queue::new(cuts, rayon::current_num_threads());
    let register = Register { state: Mutex::new(Noted { students, next: 0 }), turn: Condvar::new() };
    let results = Results::new(hand_on, rayon::current_num_threads());
    rayon::broadcast(|_| work(cohort, &queue, &register, &results));
}

/// The students of all blocks before the next.
struct Noted {
    students: Students,
    next: u64,
}

struct Register {
    state: Mutex<Noted>,
    turn: Condvar,
}

impl Register {
    /// Do something with the students of all earlier blocks, once they are noted.
    fn in_turn<R>(&self, number: u64, act: impl FnOnce(&mut Students) -> R) -> R {
        let mut noted = lock(&self.state);
        while noted.next != number {
            noted = self.turn.wait(noted).unwrap_or_else(PoisonError::into_inner);
        }
        let result = act(&mut noted.students);
        noted.next += 1;
        self.turn.notify_all();
        result
    }
}

fn work<T, I, S>(cohort: &Cohort<'_, T>, queue: &Queue<I>, register: &Register, results: &Results<'_, BlockJudged<T>, S>)
where
    I: Iterator<Item = Cut>,
    S: FnMut(BlockJudged<T>) -> ControlFlow<()>,
{
    let mut reader = DossierReader::new(cohort.reading);
    let mut batch = Batch::new(cohort.reading.catalogue);
    let mut worker = Worker::new(cohort);
    while let Some((number, cut)) = queue.take() {
        let mut judged = BlockJudged::new(cohort.rulebook.checks.len());
        let read = guarded(|| reader.read(cut, &mut batch));
        let read = read.unwrap_or_else(|reason| {
            reader = DossierReader::new(cohort.reading);
            batch = Batch::new(cohort.reading.catalogue);
            judged.failed.push(Failed { student: String::new(), reason, place: None, record: Kept::Nothing });
            BlockRead::default()
        });
        let seconds = register.in_turn(number, |students| students.register_batch(&batch, cohort.reading.catalogue, cohort.file_names));
        let seconds = seconds.unwrap_or_else(|error| {
            judged.unkept = Some(error);
            Vec::new()
        });
        judged.records = u64::from(batch.dossiers()) + u64::try_from(read.set_aside.len()).unwrap_or(u64::MAX);
        judged.set_aside = read.set_aside;
        judged.undeclared = read.undeclared;
        let (rows, set_aside): (Vec<u32>, Vec<_>) = seconds.into_iter().unzip();
        judged.set_aside.extend(set_aside);
        worker.judge(&batch, &rows, &mut judged);
        // The block's room is for the next one.
        batch.clear();
        if results.add(number, judged).is_break() {
            queue.stop();
        }
    }
}
