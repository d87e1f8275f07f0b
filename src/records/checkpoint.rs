//! A broken record leaves a batch as if it had never been there.

use crate::records::Batch;
use crate::vocabulary::Subject;

/// How much a batch held at some moment.
#[derive(Debug, Clone)]
pub(crate) struct Checkpoint {
    /// Closed owners and rows of each table.
    tables: [(u32, u32); Subject::COUNT],
    texts: usize,
    foreign: [usize; Subject::COUNT],
}

impl Batch {
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let mut checkpoint = Checkpoint { tables: [(0, 0); Subject::COUNT], texts: self.texts.len(), foreign: [0; Subject::COUNT] };
        for (size, subject) in checkpoint.tables.iter_mut().zip(Subject::ALL) {
            let table = self.table(subject);
            *size = (table.closed(), table.rows());
        }
        for (length, texts) in checkpoint.foreign.iter_mut().zip(&self.foreign) {
            *length = texts.len();
        }
        checkpoint
    }

    pub(crate) fn roll_back(&mut self, checkpoint: &Checkpoint) {
        for (subject, (owners, rows)) in Subject::ALL.into_iter().zip(checkpoint.tables) {
            self.table_mut(subject).truncate(owners, rows);
        }
        self.texts.truncate(checkpoint.texts);
        for (texts, length) in self.foreign.iter_mut().zip(checkpoint.foreign) {
            texts.truncate(length);
        }
    }

    /// Fill up the columns of all rows that were appended.
    pub(crate) fn pad(&mut self) {
        for subject in Subject::ALL {
            self.table_mut(subject).pad();
        }
    }
}
