//! The facts of students, laid open: for each class of course units what all entries and exemptions of one student prove, as one word.

use std::ops::Range;

use crate::records::Texts;
use crate::vocabulary::{Cell, List, Subject};

use super::super::column::{Word, cell_of_row, place};
use super::super::facts::PERHAPS;
use super::super::machine::Frame;
use super::proofs::Proofs;

/// The facts of some students who follow each other: for each student a word for each class of course units. Nothing is in the words of students whose
/// facts do not lie open.
#[derive(Debug, Clone, Default)]
pub(in crate::verdicts::plan) struct Slots {
    words: Vec<Word>,
    /// How many words each student has. INVARIANT: each class that is known is below this.
    classes: usize,
    /// The first of the students.
    first: Cell,
    /// Whether something is in all words of a student.
    is_one_full: bool,
}

/// So many words lie open at once, if one student does not have more: they stay near while they are looked up.
const OPEN: usize = 1 << 13;

impl Slots {
    /// Room for the facts of some students, all of whose words are empty.
    pub(super) fn make_room(&mut self, frame: &Frame<'_>) {
        let context = frame.world.context;
        let foreign = context.batch.foreign.get(Subject::Course as usize).map_or(0, Texts::len);
        self.classes = context.catalogue.codes(Subject::Course).len() as usize + foreign;
        // INVARIANT: what was laid open has been closed, so that nothing is in the words that are there.
        self.words.resize(self.students() as usize * self.classes, 0);
    }

    /// How many students' facts lie open at once.
    pub(super) fn students(&self) -> u32 {
        u32::try_from(OPEN / self.classes.max(1)).unwrap_or(1).max(1)
    }

    /// What lies open.
    pub(super) fn laid(&self) -> Laid<'_> {
        Laid { words: &self.words, classes: self.classes, first: self.first }
    }
}

/// Facts that lie open.
#[derive(Clone, Copy)]
pub(super) struct Laid<'a> {
    words: &'a [Word],
    classes: usize,
    first: Cell,
}

impl<'a> Laid<'a> {
    /// What the facts of a student say of a class; everything perhaps where they do not lie open, or the class is not known.
    pub(super) fn of(self, student: Cell, class: Cell) -> Word {
        self.words.get(self.place(student) + place(class)).copied().unwrap_or(PERHAPS)
    }

    /// The same; nothing of what is not known.
    pub(super) fn known(self, student: Cell, class: Cell) -> Option<Word> {
        self.words.get(self.place(student) + place(class)).copied()
    }

    /// What the facts of a student say of each class.
    pub(super) fn of_student(self, student: Cell) -> Facts<'a> {
        let first = self.place(student);
        Facts { words: self.words.get(first..first + self.classes).unwrap_or(&[]) }
    }

    fn place(self, student: Cell) -> usize {
        place(student.wrapping_sub(self.first)) * self.classes
    }
}

/// The facts of one student.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    words: &'a [Word],
}

impl Facts<'_> {
    /// What they say of a class; everything perhaps of one that is not known.
    pub(super) fn of(self, class: Cell) -> Word {
        self.words.get(place(class)).copied().unwrap_or(PERHAPS)
    }
}

/// Where the facts of a batch come from.
pub(super) struct Sources<'a> {
    proofs: Proofs<'a>,
    entries: &'a [u32],
    entry_classes: &'a [Cell],
    exemptions: &'a [u32],
    exemption_words: &'a [Word],
    exemption_classes: &'a [Cell],
}

impl<'a> Sources<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Option<Self> {
        let nodes = frame.program.fact_nodes?;
        Some(Self {
            proofs: Proofs::new(frame, frame.cells(nodes.combinations)),
            entries: frame.starts(List::StudentEntries),
            entry_classes: frame.cells(nodes.entry_classes),
            exemptions: frame.starts(List::StudentExemptions),
            exemption_words: frame.words(nodes.exemption_words),
            exemption_classes: frame.cells(nodes.exemption_classes),
        })
    }

    /// The classes of a student's exemptions, and what each proves.
    fn exemptions(&self, student: u32) -> (&'a [Cell], &'a [Word]) {
        let rows = rows_of(self.exemptions, student);
        (self.exemption_classes.get(rows.clone()).unwrap_or(&[]), self.exemption_words.get(rows).unwrap_or(&[]))
    }

    /// Lay the facts of some students open.
    pub(super) fn open(&self, students: &Range<u32>, slots: &mut Slots) {
        slots.first = cell_of_row(students.start);
        for (student, open) in students.clone().zip(slots.words.chunks_exact_mut(slots.classes.max(1))) {
            let mut unknown = 0;
            for entries in self.proofs.of_student(student) {
                unknown |= self.proofs.lay_open(entries, self.entry_classes, open);
            }
            if !self.exemption_words.is_empty() {
                let (classes, words) = self.exemptions(student);
                unknown |= lay_open(open, classes, words.iter().copied());
            }
            if unknown != 0 {
                // It may be of any unit.
                for word in open {
                    *word |= PERHAPS;
                }
                slots.is_one_full = true;
            }
        }
    }

    /// Close the facts of the students that lie open.
    pub(super) fn close(&self, students: &Range<u32>, slots: &mut Slots) {
        if std::mem::take(&mut slots.is_one_full) {
            slots.words.fill(0);
            return;
        }
        for (student, open) in students.clone().zip(slots.words.chunks_exact_mut(slots.classes.max(1))) {
            close(open, self.entry_classes.get(rows_of(self.entries, student)).unwrap_or(&[]));
            if !self.exemption_words.is_empty() {
                close(open, self.exemptions(student).0);
            }
        }
    }
}

/// Functions of their own, so that what their loops look at stays in registers.
#[inline(never)]
pub(super) fn lay_open(open: &mut [Word], classes: &[Cell], words: impl Iterator<Item = Word>) -> Word {
    let mut unknown = 0;
    for (class, word) in classes.iter().zip(words) {
        match open.get_mut(place(*class)) {
            Some(known) => *known |= word,
            None => unknown |= word,
        }
    }
    unknown
}

#[inline(never)]
fn close(open: &mut [Word], classes: &[Cell]) {
    for class in classes {
        if let Some(word) = open.get_mut(place(*class)) {
            *word = 0;
        }
    }
}

/// The rows of a student, by where those of each begin.
pub(super) fn rows_of(starts: &[u32], student: u32) -> Range<usize> {
    match starts.get(student as usize..).unwrap_or(&[]) {
        [start, end, ..] => *start as usize..*end as usize,
        _ => 0..0,
    }
}
