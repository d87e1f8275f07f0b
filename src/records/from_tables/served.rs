//! Tables that lie together in one store: one thread holds the store and reads some rows of a table at a time, when the merging of tables asks for
//! them, so that all tables are of one moment and none is held whole.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use crate::records::from_tables::{HeldRows, Refusal, Table};
use crate::records::problems::RecordProblem;
use crate::vocabulary::Subject;

/// So many rows are read at a time, and fewer where they are long.
const BATCH: usize = 256;
const BYTES: usize = 1 << 20;

/// What is known of a table before its rows are read.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) file: u32,
    pub(crate) name: String,
    pub(crate) subject: Subject,
    pub(crate) names: Arc<[String]>,
    /// How people sort it.
    pub(crate) sorting: &'static str,
}

/// What reads the rows of the tables, by their place among the shapes.
pub(crate) trait Reader {
    /// Add the next row to some rows; false at the end.
    fn next_row(&mut self, table: usize, rows: &mut HeldRows) -> Result<bool, Refusal>;
}

type Batch = Result<HeldRows, Refusal>;

/// The asking and answering between the tables and the thread that reads them.
pub(crate) struct Desk {
    asked: Receiver<usize>,
    answers: Vec<SyncSender<Batch>>,
}

impl Desk {
    /// Answer until nobody asks any more.
    pub(crate) fn serve(self, reader: &mut dyn Reader) {
        let mut broken: Vec<Option<Refusal>> = vec![None; self.answers.len()];
        for table in self.asked {
            let batch = broken.get_mut(table).map_or_else(|| Ok(HeldRows::default()), |broken| batch(reader, table, broken));
            // Whoever asked may have stopped at a refusal of another table.
            let _ = self.answers.get(table).map(|answer| answer.send(batch));
        }
    }

    /// Nothing can be read: say so whatever is asked.
    #[cfg(any(feature = "sqlite", feature = "xlsx"))]
    pub(crate) fn refuse(self, refusal: &Refusal) {
        for table in self.asked {
            let _ = self.answers.get(table).map(|answer| answer.send(Err(refusal.clone())));
        }
    }
}

/// The next rows. Where reading breaks off, those before come first, and why it did at the next asking; what nothing can be trusted of is said at once.
fn batch(reader: &mut dyn Reader, table: usize, broken: &mut Option<Refusal>) -> Batch {
    if let Some(refusal) = broken.take() {
        return Err(refusal);
    }
    let mut rows = HeldRows::default();
    while rows.len() < BATCH && rows.size() < BYTES {
        let whole = rows.len();
        match reader.next_row(table, &mut rows) {
            Ok(true) => {}
            Ok(false) => break,
            Err(refusal) if whole == 0 || refusal.problem.refuses() => return Err(refusal),
            Err(refusal) => {
                rows.truncate(whole);
                *broken = Some(refusal);
                break;
            }
        }
    }
    Ok(rows)
}

/// Tables whose rows are read on a thread of their own.
pub(crate) fn served(shapes: Vec<Shape>, serve: impl FnOnce(Desk) + Send + 'static) -> Vec<Box<dyn Table>> {
    let (ask, asked) = channel();
    let mut answers = Vec::new();
    let mut tables: Vec<Box<dyn Table>> = Vec::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        // One batch is read while the one before is merged.
        let (answer, batches) = sync_channel(1);
        answers.push(answer);
        let _ = ask.send(index);
        tables.push(Box::new(Served { shape, index, ask: ask.clone(), batches, ready: HeldRows::default(), next: 0 }));
    }
    thread::spawn(move || serve(Desk { asked, answers }));
    tables
}

/// A table whose rows come in batches.
struct Served {
    shape: Shape,
    index: usize,
    ask: Sender<usize>,
    batches: Receiver<Batch>,
    ready: HeldRows,
    /// The number of the next row of these.
    next: usize,
}

impl Table for Served {
    fn file(&self) -> u32 {
        self.shape.file
    }

    fn name(&self) -> &str {
        &self.shape.name
    }

    fn subject(&self) -> Subject {
        self.shape.subject
    }

    fn names(&self) -> &Arc<[String]> {
        &self.shape.names
    }

    fn sorting(&self, _: usize) -> String {
        self.shape.sorting.to_owned()
    }

    fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal> {
        if self.next == self.ready.len() {
            let stopped = || Refusal {
                file: self.shape.file,
                line: 1,
                problem: RecordProblem::UnreadableFile { what: "the table", reason: "its reader stopped".to_owned() },
            };
            (self.ready, self.next) = (self.batches.recv().map_err(|_| stopped())??, 0);
            if self.ready.len() == 0 {
                return Ok(false);
            }
            self.ask.send(self.index).map_err(|_| stopped())?;
        }
        rows.push_row(self.ready.row(self.next));
        self.next += 1;
        Ok(true)
    }
}
