//! Questions to words of facts, and to what each entry proves.

use crate::rulebook::StudyRelation;
use crate::vocabulary::{Cell, List, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word, truth};
use super::super::facts;
use super::super::machine::Frame;
use super::super::program::NodeId;
use super::laid::rows_of;

pub(super) fn fact(out: &mut Vec<Truth>, words: &[Word], (sure, possible): (Word, Word)) {
    out.extend(words.iter().map(|word| shown(*word, (sure, possible))));
}

/// Whether a word surely or possibly says something.
pub(super) fn shown(word: Word, (sure, possible): (Word, Word)) -> Truth {
    Truth::from(word & sure != 0) + Truth::from(word & (sure | possible) != 0)
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
    let Some(nodes) = frame.program.fact_nodes else { return };
    let (words, classes) = (frame.words(nodes.entry_words), frame.cells(nodes.entry_classes));
    let starts = frame.starts(List::StudentEntries);
    let rows = frame.cells(asked.student).iter().zip(frame.cells(asked.class)).zip(frame.cells(asked.day));
    out.extend(rows.map(|((student, class), day)| {
        if student.is_mark() || class.is_mark() || day.is_mark() {
            return UNKNOWN;
        }
        rows_of(starts, student.cast_unsigned()).fold(FALSE, |found, entry| {
            let word = words.get(entry).copied().unwrap_or(0);
            let own = classes.get(entry).copied().unwrap_or(MISSING);
            found.max(shown_before(frame, facts::relation(asked.relation), (entry, word, own), (*class, *day)))
        })
    }));
}

fn shown_before(frame: &Frame<'_>, (sure, possible): (Word, Word), (entry, word, own): (usize, Word, Cell), (class, day): (Cell, Cell)) -> Truth {
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
