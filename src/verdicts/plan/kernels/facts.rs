//! Words of facts: built once for the entries and exemptions of a batch, then looked up by student and class of course units.

use crate::rulebook::StudyRelation;
use crate::verdicts::Read;
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word, place, truth};
use super::super::facts::{self, ENROLMENTS, Entry, PERHAPS, YearIs};
use super::super::machine::Frame;
use super::super::program::NodeId;

/// For each class of course units, the facts of the student that is looked at; a word counts only with the student's stamp.
#[derive(Debug, Clone, Default)]
pub(in crate::verdicts::plan) struct Slots {
    words: Vec<(u32, Word)>,
    stamp: u32,
}

impl Slots {
    /// Forget all facts.
    pub(super) fn begin(&mut self) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.words.clear();
            self.stamp = 1;
        }
    }

    pub(super) fn add(&mut self, class: Cell, word: Word) {
        let at = place(class);
        if at >= self.words.len() {
            self.words.resize(at + 1, (0, 0));
        }
        let slot = &mut self.words[at];
        *slot = (self.stamp, if slot.0 == self.stamp { slot.1 | word } else { word });
    }

    pub(super) fn get(&self, class: Cell) -> Word {
        self.words.get(place(class)).map_or(0, |(stamp, word)| if *stamp == self.stamp { *word } else { 0 })
    }
}

/// What every entry proves; nothing where it was dropped or its year is later than the one under check.
pub(super) fn of_entries(frame: &Frame<'_>, out: &mut Vec<Word>) {
    let world = frame.world;
    let batch = world.context.batch;
    let (enrolments, entries, results) = (batch.table(Subject::Enrolment), batch.table(Subject::Entry), batch.table(Subject::Result));
    let years = enrolments.column(fields::enrolment::ACADEMIC_YEAR);
    let (semesters, kinds) = (entries.column(fields::entry::SEMESTER), entries.column(fields::entry::KIND));
    let dropped = entries.column(fields::entry::DROPPED_ON);
    let (outcomes, decided) = (results.column(fields::result::OUTCOME), results.column(fields::result::DECIDED_ON));
    for student in 0..batch.dossiers() {
        for (ordinal, enrolment) in (0..).zip(enrolments.rows_of(student)) {
            let year = years.get(enrolment as usize).copied().unwrap_or(MISSING);
            let when = if year == world.context.year { YearIs::UnderCheck } else { YearIs::Earlier };
            let counts = year != MISSING && year <= world.context.year;
            for entry in entries.rows_of(enrolment) {
                let row = entry as usize;
                let cell = |column: &[Cell]| column.get(row).copied().unwrap_or(MISSING);
                let is_dropped = |day: Cell| day != MISSING && day <= world.today;
                if !counts || is_dropped(cell(dropped)) {
                    out.push(0);
                    continue;
                }
                let told = Entry { year: when, semester: cell(semesters), outcome: cell(outcomes), kind: cell(kinds) };
                let word = frame.program.facts.word(told);
                let word = if cell(decided) > world.today { facts::not_decided_yet(word) } else { word };
                out.push(word | facts::included(ordinal));
            }
        }
    }
    out.resize(entries.rows() as usize, 0);
}

pub(super) fn of_exemptions(frame: &Frame<'_>, out: &mut Vec<Word>) {
    let rows = frame.world.context.batch.table(Subject::Exemption).rows();
    out.extend((0..rows).map(|row| match frame.world.read(fields::exemption::GRANTED_ON, row) {
        Read::Given(_) => facts::of_exemption(Some(true)),
        Read::NotHappened => facts::of_exemption(Some(false)),
        Read::Missing => facts::of_exemption(None),
    }));
}

/// Where the facts of a batch stand.
pub(super) struct Sources<'a> {
    entries: &'a [u32],
    exemptions: &'a [u32],
    entry_words: &'a [Word],
    entry_classes: &'a [Cell],
    exemption_words: &'a [Word],
    exemption_classes: &'a [Cell],
}

impl<'a> Sources<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Option<Self> {
        let nodes = frame.program.fact_nodes?;
        Some(Self {
            entries: frame.starts(crate::vocabulary::List::StudentEntries),
            exemptions: frame.starts(crate::vocabulary::List::StudentExemptions),
            entry_words: frame.words(nodes.entry_words),
            entry_classes: frame.cells(nodes.entry_classes),
            exemption_words: frame.words(nodes.exemption_words),
            exemption_classes: frame.cells(nodes.exemption_classes),
        })
    }

    /// The facts of one student into the slots; what a row proves whose unit is not known comes back.
    pub(super) fn open(&self, student: Cell, slots: &mut Slots) -> Word {
        slots.begin();
        let range = |starts: &[u32]| {
            let at = |index: usize| starts.get(index).map_or(0, |start| *start as usize);
            at(place(student))..at(place(student).saturating_add(1))
        };
        let mut anything = 0;
        let mut add = |classes: &[Cell], words: &[Word], range: std::ops::Range<usize>| {
            let (classes, words) = (classes.get(range.clone()).unwrap_or(&[]), words.get(range).unwrap_or(&[]));
            for (class, word) in classes.iter().zip(words) {
                if !class.is_mark() {
                    slots.add(*class, *word);
                } else if *word != 0 {
                    anything = PERHAPS;
                }
            }
        };
        add(self.entry_classes, self.entry_words, range(self.entries));
        add(self.exemption_classes, self.exemption_words, range(self.exemptions));
        anything
    }
}

pub(super) fn look_up(frame: &Frame<'_>, (student, class): (NodeId, NodeId), out: &mut Vec<Word>) {
    let Some(sources) = Sources::new(frame) else { return };
    let mut slots = frame.slots.borrow_mut();
    let (mut current, mut anything) = (MISSING, PERHAPS);
    for (student, class) in frame.cells(student).iter().zip(frame.cells(class)) {
        if *student != current {
            anything = if student.is_mark() { PERHAPS } else { sources.open(*student, &mut slots) };
            current = *student;
        }
        out.push(if class.is_mark() || student.is_mark() { PERHAPS } else { slots.get(*class) | anything });
    }
}

pub(super) fn fact(out: &mut Vec<Truth>, words: &[Word], (sure, possible): (Word, Word)) {
    out.extend(words.iter().map(|word| if word & sure != 0 { TRUE } else { Truth::from(word & possible != 0) }));
}

/// Whether the ISP of each enrolment includes the unit of the facts.
pub(super) fn included(frame: &Frame<'_>, out: &mut Vec<Truth>, words: &[Word], enrolment_rows: &[Cell]) {
    let table = frame.world.context.batch.table(Subject::Enrolment);
    out.extend(words.iter().zip(enrolment_rows).map(|(word, row)| {
        if row.is_mark() {
            return UNKNOWN;
        }
        let row = row.cast_unsigned();
        let ordinal = row.saturating_sub(table.rows_of(table.owner(row)).start);
        if ordinal < ENROLMENTS && word & facts::included(ordinal) != 0 { TRUE } else { Truth::from(word & facts::INCLUDED_MAYBE != 0) }
    }));
}

/// `student acquired C before D`, entry by entry.
pub(super) struct Before {
    pub(super) relation: StudyRelation,
    pub(super) student: NodeId,
    pub(super) class: NodeId,
    pub(super) before: NodeId,
}

pub(super) fn studied_before(frame: &Frame<'_>, asked: &Before, out: &mut Vec<Truth>) {
    let Some(sources) = Sources::new(frame) else { return };
    let rows = frame.cells(asked.student).iter().zip(frame.cells(asked.class)).zip(frame.cells(asked.before));
    out.extend(rows.map(|((student, class), day)| {
        if student.is_mark() || class.is_mark() || day.is_mark() {
            return UNKNOWN;
        }
        let start = |index: usize| sources.entries.get(index).copied().unwrap_or(0) as usize;
        let entries = start(place(*student))..start(place(*student) + 1);
        entries.fold(FALSE, |found, entry| found.max(shown_before(frame, &sources, asked.relation, (entry, *class, *day))))
    }));
}

fn shown_before(frame: &Frame<'_>, sources: &Sources<'_>, relation: StudyRelation, (entry, class, day): (usize, Cell, Cell)) -> Truth {
    let word = sources.entry_words.get(entry).copied().unwrap_or(0);
    let own = sources.entry_classes.get(entry).copied().unwrap_or(MISSING);
    let (sure, possible) = facts::relation(relation);
    if word & (sure | possible) == 0 || (!own.is_mark() && own != class) {
        return FALSE;
    }
    let results = frame.world.context.batch.table(Subject::Result);
    let decided = results.column(fields::result::DECIDED_ON).get(entry).copied().unwrap_or(MISSING);
    if own.is_mark() || word & sure == 0 || decided == MISSING {
        // A day that is surely too late settles it; everything else is left open.
        return if decided != MISSING && decided >= day { FALSE } else { UNKNOWN };
    }
    truth(decided < day)
}

/// The unit of each programme and course; none where a documented programme lacks it.
pub(super) fn units(frame: &Frame<'_>, (programme, course): (NodeId, NodeId), out: &mut Vec<Cell>) {
    let rows = frame.cells(programme).iter().zip(frame.cells(course));
    out.extend(rows.map(|(programme, course)| frame.program.units.of(*programme, *course)));
}

/// Over all enrolments: the one of the same programme, the year before.
pub(super) fn previous(frame: &Frame<'_>, out: &mut Vec<Cell>) {
    use super::super::column::{NONE, PUNT, cell_of_row};
    let world = frame.world;
    let table = world.context.batch.table(Subject::Enrolment);
    let (years, programmes) = (table.column(fields::enrolment::ACADEMIC_YEAR), table.column(fields::enrolment::PROGRAMME));
    let cell = |column: &[Cell], row: u32| column.get(row as usize).copied().unwrap_or(MISSING);
    let code = |row: u32| world.code(Subject::Programme, cell(programmes, row).cast_unsigned());
    out.extend((0..table.rows()).map(|row| {
        let year = cell(years, row);
        if year == MISSING || cell(programmes, row) == MISSING {
            return PUNT;
        }
        let (mut found, mut several) = (NONE, false);
        for other in table.rows_of(table.owner(row)) {
            if other == row || cell(years, other) != year - 1 || year - 1 > world.context.year {
                continue;
            }
            if cell(programmes, other) == MISSING {
                return PUNT;
            }
            if code(other) == code(row) {
                several |= found != NONE;
                found = cell_of_row(other);
            }
        }
        if several { PUNT } else { found }
    }));
}
