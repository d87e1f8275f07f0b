//! A broken record leaves a batch as if it had never been there.

use crate::records::{Batch, Texts};
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
        let size = |subject| (self.table(subject).closed(), self.table(subject).rows());
        let foreign = |subject: Subject| self.foreign.get(subject as usize).map_or(0, Texts::len);
        Checkpoint { tables: Subject::ALL.map(size), texts: self.texts.len(), foreign: Subject::ALL.map(foreign) }
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
