//! Words of facts: built once for the entries and exemptions of a batch, then looked up by student and class of course units.

use crate::records::Texts;
use crate::rulebook::StudyRelation;
use crate::verdicts::Read;
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word, place, truth};
use super::super::facts::{self, PERHAPS, YearIs};
use super::super::machine::Frame;
use super::super::program::NodeId;

/// For each class of course units, the facts of the student that lies open; nothing for all others. The last word is that of all units whose class
/// nobody knows.
#[derive(Debug, Clone, Default)]
pub(in crate::verdicts::plan) struct Slots {
    words: Vec<Word>,
}

impl Slots {
    /// The words of all classes, and the place of the last.
    fn all(&mut self) -> Option<(&mut [Word], usize)> {
        let last = self.words.len().checked_sub(1)?;
        Some((&mut self.words, last))
    }

    pub(super) fn get(&self, class: Cell) -> Word {
        match self.words.as_slice() {
            [.., unknown] => self.words.get(place(class)).copied().unwrap_or(*unknown),
            [] => PERHAPS,
        }
    }
}

/// For every entry the number of its semester, outcome and kind together.
pub(super) fn combinations(frame: &Frame<'_>, out: &mut Vec<Cell>) {
    let batch = frame.world.context.batch;
    let (entries, results) = (batch.table(Subject::Entry), batch.table(Subject::Result));
    let (semesters, kinds) = (entries.column(fields::entry::SEMESTER), entries.column(fields::entry::KIND));
    let told = semesters.iter().zip(results.column(fields::result::OUTCOME)).zip(kinds);
    out.extend(told.map(|((semester, outcome), kind)| facts::combination((*semester, *outcome, *kind))));
}

/// What every entry proves; nothing where it was dropped or its year is later than the one under check.
pub(super) fn of_entries(frame: &Frame<'_>, combinations: &[Cell], out: &mut Vec<Word>) {
    let world = frame.world;
    let batch = world.context.batch;
    let (enrolments, entries, results) = (batch.table(Subject::Enrolment), batch.table(Subject::Entry), batch.table(Subject::Result));
    let years = enrolments.column(fields::enrolment::ACADEMIC_YEAR);
    out.resize(combinations.len(), 0);
    for student in 0..batch.dossiers() {
        for (ordinal, enrolment) in (0..).zip(enrolments.rows_of(student)) {
            let year = years.get(enrolment as usize).copied().unwrap_or(MISSING);
            if year == MISSING || year > world.context.year {
                continue;
            }
            let rows = entries.rows_of(enrolment);
            let rows = rows.start as usize..rows.end as usize;
            let (Some(words), Some(own)) = (out.get_mut(rows.clone()), combinations.get(rows)) else { continue };
            let proven = frame.program.facts.of_year(if year == world.context.year { YearIs::UnderCheck } else { YearIs::Earlier });
            let included = facts::included(ordinal);
            for (word, combination) in words.iter_mut().zip(own) {
                *word = proven.of(*combination) | included;
            }
        }
    }
    take_back(out, entries.column(fields::entry::DROPPED_ON), |day| day <= world.today, |_| 0);
    take_back(out, results.column(fields::result::DECIDED_ON), |day| day > world.today, facts::not_decided_yet);
}

/// What entries do not prove after all, by a day that few of them have.
fn take_back(words: &mut [Word], days: &[Cell], matters: impl Fn(Cell) -> bool, left: impl Fn(Word) -> Word) {
    for (words, days) in words.chunks_mut(FEW).zip(days.chunks(FEW)) {
        if !days.iter().fold(false, |found, day| found | ((*day != MISSING) & matters(*day))) {
            continue;
        }
        for (word, day) in words.iter_mut().zip(days) {
            if *day != MISSING && matters(*day) {
                *word = left(*word);
            }
        }
    }
}

/// So many rows are looked at together.
const FEW: usize = 64;

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

    /// The entries and the exemptions of a student.
    fn of(&self, student: Cell) -> [(&'a [Cell], &'a [Word]); 2] {
        let range = |starts: &[u32]| {
            let at = |index: usize| starts.get(index).map_or(0, |start| *start as usize);
            at(place(student))..at(place(student).saturating_add(1))
        };
        let (entries, exemptions) = (range(self.entries), range(self.exemptions));
        let part = |classes: &'a [Cell], words: &'a [Word], range: std::ops::Range<usize>| {
            (classes.get(range.clone()).unwrap_or(&[]), words.get(range).unwrap_or(&[]))
        };
        [part(self.entry_classes, self.entry_words, entries), part(self.exemption_classes, self.exemption_words, exemptions)]
    }

    /// Lay the facts of one student open; what a row proves whose unit is not known comes back.
    pub(super) fn open(&self, student: Cell, slots: &mut Slots) -> Word {
        let Some((open, last)) = slots.all() else { return PERHAPS };
        for (classes, words) in self.of(student) {
            for (class, word) in classes.iter().zip(words) {
                open[place(*class).min(last)] |= word;
            }
        }
        let anything = if open[last] == 0 { 0 } else { PERHAPS };
        open[last] = PERHAPS;
        anything
    }

    /// Close the facts of the student that lies open.
    pub(super) fn close(&self, student: Cell, slots: &mut Slots) {
        let Some((open, last)) = slots.all() else { return };
        for (classes, _) in self.of(student) {
            for class in classes {
                open[place(*class).min(last)] = 0;
            }
        }
        open[last] = 0;
    }
}

/// Room for all classes: those of the catalogue's codes, and of codes that only the records name.
pub(super) fn make_room(frame: &Frame<'_>, slots: &mut Slots) {
    let context = frame.world.context;
    let foreign = context.batch.foreign.get(Subject::Course as usize).map_or(0, Texts::len);
    let classes = context.catalogue.codes(Subject::Course).len() as usize + foreign;
    slots.words.clear();
    slots.words.resize(classes + 1, 0);
}

pub(super) fn fact(out: &mut Vec<Truth>, words: &[Word], (sure, possible): (Word, Word)) {
    out.extend(words.iter().map(|word| shown(*word, (sure, possible))));
}

/// Whether a word surely or possibly says something.
pub(super) fn shown(word: Word, (sure, possible): (Word, Word)) -> Truth {
    if word & sure != 0 { TRUE } else { Truth::from(word & possible != 0) }
}

/// The bit of each enrolment's ISP in the words of facts.
pub(super) fn inclusion_bits(frame: &Frame<'_>, out: &mut Vec<Word>, enrolment_rows: &[Cell]) {
    let table = frame.world.context.batch.table(Subject::Enrolment);
    out.extend(enrolment_rows.iter().map(|row| {
        if row.is_mark() {
            return facts::INCLUDED_MAYBE;
        }
        let row = row.cast_unsigned();
        facts::included(row.saturating_sub(table.rows_of(table.owner(row)).start))
    }));
}

/// Whether the ISP includes the unit of the facts; one without a bit of its own is not known to.
pub(super) fn included(out: &mut Vec<Truth>, words: &[Word], bits: &[Word]) {
    out.extend(
        words
            .iter()
            .zip(bits)
            .map(|(word, bit)| if word & bit & !facts::INCLUDED_MAYBE != 0 { TRUE } else { Truth::from((word | bit) & facts::INCLUDED_MAYBE != 0) }),
    );
}

/// `student acquired C before D`, entry by entry.
pub(super) struct Before {
    pub(super) relation: StudyRelation,
    pub(super) student: NodeId,
    pub(super) class: NodeId,
    pub(super) day: NodeId,
}

pub(super) fn studied_before(frame: &Frame<'_>, asked: &Before, out: &mut Vec<Truth>) {
    let Some(sources) = Sources::new(frame) else { return };
    let rows = frame.cells(asked.student).iter().zip(frame.cells(asked.class)).zip(frame.cells(asked.day));
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
        let siblings = table.rows_of(table.owner(row));
        if siblings.len() == 1 {
            return NONE;
        }
        for other in siblings {
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
