//! The workers of a cohort. They take turns to read a block of whole records, read and judge it alone, and keep what came of it; their batches, readers
//! and columns are used again for the next block. In between, in the order of the blocks, each notes its students, so that which of two dossiers of a
//! student counts does not depend on the threads.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::cli::engine::Checked;
use crate::cli::judging::{Judging, reason};
use crate::cli::progress::Bar;
use crate::records::{
    Batch, BlockRead, Blocks, Cut, DossierReader, Reading, RecordFile, RecordProblem, Seen, SetAside, SetAsideText, Students, json_place,
};
use crate::verdicts::plan::Memory;

/// So many records that were set aside keep their text; the rest keep their place.
const DRAWN_SET_ASIDE: usize = 200;

/// Judge all records of the files with as many threads as were asked for.
pub(crate) fn work(judging: &Judging<'_>, (files, names): (Vec<RecordFile>, &[String]), bar: &Bar) -> io::Result<Checked> {
    let loaded = judging.loaded;
    let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, judging.settings.year);
    let count = judging.settings.threads.map_or_else(|| thread::available_parallelism().map_or(1, Into::into), |threads| threads.max(1));
    let shop = Shop {
        judging,
        reading: &reading,
        names,
        bar,
        source: Mutex::new(Source { blocks: Box::new(files.into_iter().flat_map(Blocks::new)), next: 0 }),
        register: Mutex::new(Register::default()),
        turn: Condvar::new(),
    };
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, || shop.work());
        let workers: Vec<_> = (0..count).map(start).collect();
        let mut all = Ok(Checked::default());
        for worker in workers {
            match (worker.map(thread::ScopedJoinHandle::join), &mut all) {
                (Ok(Ok(checked)), Ok(total)) => total.merge(checked),
                (Err(error), Ok(_)) => all = Err(error),
                (Ok(Err(panic)), Ok(total)) => total.failed.push(("?".to_owned(), reason(panic.as_ref()))),
                (_, Err(_)) => {}
            }
        }
        all
    })
}

/// What the workers share.
struct Shop<'a> {
    judging: &'a Judging<'a>,
    reading: &'a Reading<'a>,
    names: &'a [String],
    bar: &'a Bar,
    source: Mutex<Source>,
    register: Mutex<Register>,
    /// Called when the next block may be noted.
    turn: Condvar,
}

/// The blocks that nobody took yet.
struct Source {
    blocks: Box<dyn Iterator<Item = Cut> + Send>,
    next: u64,
}

/// The students noted so far, and the number of the block that comes next.
#[derive(Default)]
struct Register {
    next: u64,
    students: Students,
    set_aside: usize,
}

/// What a worker uses again and again.
struct Bench<'a> {
    reader: DossierReader<'a>,
    batch: Batch,
    memory: Memory,
    checked: Checked,
}

impl Shop<'_> {
    /// Take blocks until there are none.
    fn work(&self) -> Checked {
        let mut bench = self.bench(Checked::default());
        while let Some((number, cut)) = self.take() {
            match cut {
                Cut::Block(block) => {
                    let Bench { reader, batch, .. } = &mut bench;
                    // INVARIANT: every block that was taken is noted, also one on which the reader fails; else the others would wait for ever.
                    match catch_unwind(AssertUnwindSafe(|| reader.read_block(block, batch))) {
                        Ok(read) => self.judge(number, read, &mut bench),
                        Err(panic) => {
                            self.note(number, BlockRead::default(), (&Batch::new(&self.judging.loaded.catalogue), &mut bench.checked));
                            bench.checked.failed.push((format!("block {number}"), reason(panic.as_ref())));
                            bench = self.bench(bench.checked);
                        }
                    }
                }
                Cut::SetAside(set_aside) => {
                    let read = BlockRead { set_aside: vec![set_aside], ..BlockRead::default() };
                    bench.batch.clear();
                    self.note(number, read, (&bench.batch, &mut bench.checked));
                }
            }
        }
        bench.checked
    }

    fn bench(&self, checked: Checked) -> Bench<'_> {
        Bench { reader: DossierReader::new(self.reading), batch: Batch::new(&self.judging.loaded.catalogue), memory: Memory::default(), checked }
    }

    fn take(&self) -> Option<(u64, Cut)> {
        let mut source = held(&self.source);
        let cut = source.blocks.next()?;
        let number = source.next;
        source.next += 1;
        Some((number, cut))
    }

    fn judge(&self, number: u64, read: BlockRead, bench: &mut Bench<'_>) {
        let twice = self.note(number, read, (&bench.batch, &mut bench.checked));
        let judged = self.judging.batch((&bench.batch, &twice), &mut bench.memory);
        self.bar.advance(u64::try_from(bench.batch.text.len()).unwrap_or(u64::MAX));
        bench.checked.take(judged);
    }

    /// Note the students of a block when its turn comes; the rows of those that were read before.
    fn note(&self, number: u64, read: BlockRead, (batch, checked): (&Batch, &mut Checked)) -> Vec<u32> {
        let mut register = held(&self.register);
        while register.next != number {
            register = self.turn.wait(register).unwrap_or_else(PoisonError::into_inner);
        }
        let (mut twice, mut set_aside) = (Vec::new(), read.set_aside);
        for (row, origin) in (0..).zip(&batch.origins) {
            let student = self.judging.student(batch, row);
            if let Some(first) = register.students.register(student, Seen { file: origin.file, line: origin.line }) {
                set_aside.extend(self.duplicate(batch, row, (student, first)));
                twice.push(row);
            }
        }
        register.set_aside += set_aside.len();
        let drawn = register.set_aside <= DRAWN_SET_ASIDE;
        register.next += 1;
        drop(register);
        self.turn.notify_all();
        if !drawn {
            set_aside.iter_mut().for_each(|set_aside| set_aside.excerpt = None);
        }
        checked.set_aside.extend(set_aside);
        checked.undeclared.append(read.undeclared);
        twice
    }

    /// A dossier of a student who has one already.
    fn duplicate(&self, batch: &Batch, row: u32, (student, first): (&str, Seen)) -> Option<SetAside> {
        let origin = batch.origins.get(row as usize)?;
        let line = batch.text.get(origin.start as usize..origin.end as usize)?;
        let at = json_place(line, "/student");
        let column = line.get(..at.start)?.chars().count() + 1;
        let name = self.names.get(first.file as usize).map_or("", String::as_str);
        Some(SetAside {
            file: origin.file,
            line: origin.line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
            path: "/student".to_owned(),
            student: Some(student.to_owned()),
            problem: RecordProblem::DuplicateStudent { student: student.to_owned(), first: format!("{name}, line {}", first.line) },
            excerpt: Some(SetAsideText { text: line.into(), first_line: origin.line, at }),
        })
    }
}

/// What a lock holds; a worker that failed leaves it whole.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
