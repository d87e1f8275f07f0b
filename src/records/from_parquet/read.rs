//! Dossiers of a record batch into a batch: those that are sound a column at a time, and each of the others alone, as JSON, by the reader that says what is
//! wrong with it.

use std::ops::Range;
use std::sync::Arc;

use crate::records::batch::Written as _;
use crate::records::from_json::{BlockRead, DossierReader, Hand, Piece};
use crate::records::from_parquet::blocks::Columns;
use crate::records::from_parquet::cells::Reader;
use crate::records::from_parquet::dictionaries::Memory;
use crate::records::from_parquet::stage::Stage;
use crate::records::from_parquet::text::Rows;
use crate::records::set_aside::SetAsideText;
use crate::records::{Batch, Kept, Origin};

/// What a worker keeps from one record batch to the next.
#[derive(Debug)]
pub(crate) struct ColumnState {
    stage: Stage,
    memories: Vec<Memory>,
    /// The file whose dictionaries are remembered.
    file: Option<u32>,
    /// The number of the batch.
    batch: u32,
}

impl ColumnState {
    pub(crate) fn new() -> Self {
        Self { stage: Stage::new(), memories: Vec::new(), file: None, batch: 0 }
    }

    fn turn_to(&mut self, columns: &Columns) {
        self.batch = self.batch.wrapping_add(1);
        if self.file != Some(columns.file) {
            self.file = Some(columns.file);
            self.memories.clear();
            self.memories.resize_with(columns.memories, Memory::default);
        }
    }
}

impl DossierReader<'_> {
    /// Fill a batch with the dossiers of a record batch; what was in it is forgotten.
    pub(crate) fn read_columns(&mut self, columns: Columns, batch: &mut Batch) -> BlockRead {
        batch.clear();
        self.state.meant.clear();
        let mut held = std::mem::replace(&mut self.columns, ColumnState::new());
        held.turn_to(&columns);
        let mut hand = Hand { reading: self.reading, batch, state: &mut self.state };
        let mut reader = Reader { hand: &mut hand, memories: &mut held.memories, batch: held.batch, clock: columns.headings.clock };
        held.stage.fill(&columns.shape, &columns.rows, &mut reader);
        let found = self.settle_all(&mut held.stage, batch);
        let rows = Arc::new(Rows { batch: columns.rows, first: columns.first_row, headings: columns.headings });
        batch.written = Some(Arc::<Rows>::clone(&rows));
        batch.bytes = columns.bytes;
        let mut read = BlockRead::default();
        columns.undeclared.into_iter().for_each(|(subject, name)| read.undeclared.note(subject, name, 1));
        if found == Found::AllSound {
            let students = 0..batch.dossiers();
            batch.origins.extend(students.map(|student| origin(columns.file, columns.first_row + student)));
        } else {
            self.read_apart((&held.stage, &rows, columns.file), batch, &mut read);
        }
        batch.pad();
        self.columns = held;
        read
    }

    /// Put the dossiers that look sound into the batch and settle them; notes whose parts do not fit together.
    fn settle_all(&mut self, stage: &mut Stage, batch: &mut Batch) -> Found {
        let mut found = if stage.odd.contains(&true) { Found::SomeOdd } else { Found::AllSound };
        let sound: Vec<u32> = (0..).zip(&stage.odd).filter(|(_, odd)| !**odd).map(|(student, _)| student).collect();
        for run in runs(&stage.odd) {
            stage.append(&run, (batch, &self.reading.wanted));
        }
        for (student, staged) in (0..).zip(sound) {
            let mut hand = Hand { reading: self.reading, batch, state: &mut self.state };
            if hand.settle(student).is_err() {
                stage.odd[staged as usize] = true;
                found = Found::SomeOdd;
            }
        }
        found
    }

    /// The dossiers once more, in their order: what is sound in runs, and what is odd as JSON.
    fn read_apart(&mut self, (stage, rows, file): (&Stage, &Rows, u32), batch: &mut Batch, read: &mut BlockRead) {
        batch.forget_rows();
        let mut next = 0;
        let end = u32::try_from(stage.odd.len()).unwrap_or(u32::MAX);
        for run in runs(&stage.odd).chain(std::iter::once(end..end)) {
            for student in next..run.start {
                self.read_alone((rows, file, rows.first + student), batch, read);
            }
            let first = batch.dossiers();
            stage.append(&run, (batch, &self.reading.wanted));
            for (student, line) in (first..batch.dossiers()).zip(rows.first + run.start..) {
                // INVARIANT: it was settled before without a fault.
                let _ = Hand { reading: self.reading, batch, state: &mut self.state }.settle(student);
                batch.origins.push(origin(file, line));
            }
            next = run.end;
        }
    }

    fn read_alone(&mut self, (rows, file, line): (&Rows, u32, u32), batch: &mut Batch, read: &mut BlockRead) {
        let text = rows.text(line);
        let piece = Piece { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX), line, column: 1, fault: None };
        let dossiers = batch.dossiers();
        if let Some(mut set_aside) = self.read_piece(file, &text, (&piece, batch)) {
            set_aside.column = 1;
            let meant = set_aside.excerpt.map_or(0..0, |excerpt| excerpt.at);
            set_aside.excerpt = Some(SetAsideText::of_row(&text, (line, &set_aside.path), &meant));
            set_aside.record = Kept::record(text.as_bytes());
            read.set_aside.push(set_aside);
        } else if dossiers < batch.dossiers()
            && let Some(last) = batch.origins.last_mut()
        {
            *last = origin(file, line);
        }
    }
}

/// Whether there is a dossier that has to be read alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    AllSound,
    SomeOdd,
}

fn origin(file: u32, line: u32) -> Origin {
    Origin { file, line, start: 0, end: 0 }
}

/// The stretches of students of whom nothing is odd.
fn runs(odd: &[bool]) -> impl Iterator<Item = Range<u32>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += odd.get(at..)?.iter().take_while(|odd| **odd).count();
        let start = at;
        at += odd.get(at..)?.iter().take_while(|odd| !**odd).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (at > start).then(|| count(start)..count(at))
    })
}
