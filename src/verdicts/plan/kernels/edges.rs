//! Sequentiality: for each judged entry its edges, and for each edge whether its demand is met.

use crate::syntax::ast::{PriorState, PriorWhen};
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word, cell_of_row, place};
use super::super::demands::{Demand, EdgeSet, Parts};
use super::super::facts;
use super::super::machine::{Extent, Frame};
use super::super::program::DomainId;
use super::facts::{Slots, Sources};

/// The edges of each judged entry: its position among the entries, and the edge's number in its set.
pub(super) fn lay_out(frame: &Frame<'_>, (_, edges): (DomainId, u32), extent: &mut Extent) {
    let Some(set) = frame.program.edges.get(edges as usize) else { return };
    for (position, slot) in frame.cells(set.slot).iter().enumerate() {
        for edge in set.of_slot(*slot) {
            extent.outer.push(cell_of_row(u32::try_from(position).unwrap_or(u32::MAX)));
            extent.element.push(cell_of_row(*edge));
        }
        extent.starts.push(u32::try_from(extent.outer.len()).unwrap_or(u32::MAX));
    }
}

/// What is asked of every edge of a set.
pub(super) enum Question<'a> {
    /// Whether its demand is met, by the parts of each kind.
    Met(&'a [Parts]),
    /// Whether a prior unit is in a state.
    Prior { states: u8, when: PriorWhen },
}

/// One judged entry as an edge sees it.
struct Judged<'a> {
    frame: &'a Frame<'a>,
    slots: &'a Slots,
    anything: Word,
    class: Cell,
    semester: Cell,
    included: Word,
    student: Cell,
    position: usize,
}

pub(super) fn judge(frame: &Frame<'_>, (domain, edges): (DomainId, u32), question: &Question<'_>, out: &mut Vec<Truth>) {
    let (Some(set), Some(sources)) = (frame.program.edges.get(edges as usize), Sources::new(frame)) else { return };
    let extent = frame.extent(domain);
    let (students, enrolments) = (frame.cells(set.student), frame.cells(set.enrolment));
    let (classes, semesters) = (frame.cells(set.class), frame.cells(set.semester));
    let mut slots = frame.slots.borrow_mut();
    let (mut current, mut anything) = (MISSING, 0);
    for (position, edge) in extent.outer.iter().zip(&extent.element) {
        let position = place(*position);
        let cell = |column: &[Cell]| column.get(position).copied().unwrap_or(MISSING);
        let student = cell(students);
        if student != current {
            (anything, current) = (sources.open(student, &mut slots), student);
        }
        let judged = Judged {
            frame,
            slots: &slots,
            anything,
            class: cell(classes),
            semester: cell(semesters),
            included: included(frame, cell(enrolments)),
            student,
            position,
        };
        out.push(set.demand(*edge).map_or(UNKNOWN, |demand| judged.answer(set, demand, question)));
    }
}

fn included(frame: &Frame<'_>, enrolment: Cell) -> Word {
    let table = frame.world.context.batch.table(Subject::Enrolment);
    let row = enrolment.cast_unsigned();
    facts::included(row.saturating_sub(table.rows_of(table.owner(row)).start))
}

impl Judged<'_> {
    fn answer(&self, set: &EdgeSet, demand: &Demand, question: &Question<'_>) -> Truth {
        match question {
            Question::Met(parts) => self.met(set, demand, parts),
            Question::Prior { states, when } => {
                let part = Parts::of(&[(*states, *when)]);
                let mut worst = FALSE;
                demand.each_prior(&mut |class| worst = worst.max(self.prior(class, &part)));
                worst
            }
        }
    }

    fn met(&self, set: &EdgeSet, demand: &Demand, parts: &[Parts]) -> Truth {
        match demand {
            Demand::Unit { kind, class } => parts.get(*kind as usize).map_or(UNKNOWN, |parts| self.prior(*class, parts)),
            Demand::Units { kind, classes } => {
                let Some(parts) = parts.get(*kind as usize) else { return UNKNOWN };
                classes.iter().fold(TRUE, |all, class| all.min(self.prior(*class, parts)))
            }
            Demand::Chosen { kind, classes } => {
                let Some(parts) = parts.get(*kind as usize) else { return UNKNOWN };
                classes.iter().fold(TRUE, |all, class| all.min((TRUE - self.chosen(*class)).max(self.prior(*class, parts))))
            }
            Demand::All(demands) => demands.iter().fold(TRUE, |all, demand| all.min(self.met(set, demand, parts))),
            Demand::Any(demands) => demands.iter().fold(FALSE, |any, demand| any.max(self.met(set, demand, parts))),
            Demand::Number { number, demands } => self.number(set, (*number, demands), parts),
            Demand::Holders(level) => self.holds_diploma(*level),
            Demand::Acquired(limit) => self.has_acquired(set, *limit),
            Demand::Holds(node) => self.frame.truths(*node).get(self.position).copied().unwrap_or(UNKNOWN),
            Demand::Open => UNKNOWN,
        }
    }

    fn number(&self, set: &EdgeSet, (number, demands): (u32, &[Demand]), parts: &[Parts]) -> Truth {
        let (mut sure, mut possible) = (0, 0);
        for demand in demands {
            let met = self.met(set, demand, parts);
            sure += u32::from(met == TRUE);
            possible += u32::from(met != FALSE);
        }
        if sure >= number { TRUE } else { Truth::from(possible >= number) }
    }

    /// Whether a prior unit is in a state at a time. The judged unit is left to the other evaluator.
    fn prior(&self, class: Cell, parts: &Parts) -> Truth {
        if class.is_mark() || self.class.is_mark() || class == self.class {
            return UNKNOWN;
        }
        let word = self.slots.get(class) | self.anything;
        let (sure, possible) = parts.masks(self.semester);
        let included = word & self.included != 0;
        if word & sure != 0 || (included && parts.scheduled_in_same_registration) {
            TRUE
        } else {
            Truth::from(word & possible != 0 || (included && word & parts.in_same_registration != 0))
        }
    }

    /// Whether a unit is in some ISP of the student.
    fn chosen(&self, class: Cell) -> Truth {
        if class.is_mark() || self.class.is_mark() || class == self.class {
            return UNKNOWN;
        }
        let word = self.slots.get(class) | self.anything;
        let (sure, possible) = facts::relation(crate::rulebook::StudyRelation::TookUp);
        if word & sure != 0 { TRUE } else { Truth::from(word & possible != 0) }
    }

    /// A diploma of the level, or of a higher one where levels are ordered.
    fn holds_diploma(&self, level: Cell) -> Truth {
        let world = self.frame.world;
        let table = world.context.batch.table(Subject::Diploma);
        let student = self.student.cast_unsigned();
        let found = table.rows_of(student).fold(FALSE, |found, row| {
            let (own, awarded) = (table.cell(fields::diploma::LEVEL, row), table.cell(fields::diploma::AWARDED_ON, row));
            let in_time = if awarded == MISSING { UNKNOWN } else { super::super::column::truth(awarded <= world.today) };
            found.max(if own == MISSING {
                UNKNOWN.min(in_time)
            } else if own == level {
                in_time
            } else {
                UNKNOWN.min(in_time)
            })
        });
        if table.is_given(student) { found } else { found.max(UNKNOWN) }
    }

    /// Credits of the units surely passed in the programme, in an earlier semester; more than enough is enough.
    fn has_acquired(&self, set: &EdgeSet, limit: Cell) -> Truth {
        let world = self.frame.world;
        let batch = world.context.batch;
        let (enrolments, entries) = (batch.table(Subject::Enrolment), batch.table(Subject::Entry));
        let own = self.frame.cells(set.enrolment).get(self.position).copied().unwrap_or(MISSING).cast_unsigned();
        let mut units: Vec<(Cell, Cell)> = Vec::new();
        for enrolment in enrolments.rows_of(self.student.cast_unsigned()).filter(|row| world.same_programme(*row, own)) {
            for (class, credits) in entries.rows_of(enrolment).filter_map(|entry| self.passed_credits(entry)) {
                match units.iter_mut().find(|(known, _)| *known == class) {
                    Some((_, least)) => *least = credits.min(*least),
                    None => units.push((class, credits)),
                }
            }
        }
        let sure: i64 = units.iter().map(|(_, credits)| i64::from(*credits)).sum();
        if sure >= i64::from(limit) { TRUE } else { UNKNOWN }
    }

    /// The class and the credits of an entry that was surely passed in an earlier semester.
    fn passed_credits(&self, entry: u32) -> Option<(Cell, Cell)> {
        let nodes = self.frame.program.fact_nodes?;
        let word = self.frame.words(nodes.entry_words).get(entry as usize).copied().unwrap_or(0);
        let class = self.frame.cells(nodes.entry_classes).get(entry as usize).copied().unwrap_or(MISSING);
        let part = Parts::of(&[(1 << (PriorState::Completed as u8), PriorWhen::EarlierSemester)]);
        let credits = self.frame.world.context.batch.cell(fields::entry::CREDITS, entry);
        (word & part.masks(self.semester).0 != 0 && credits != MISSING && !class.is_mark()).then_some((class, credits))
    }
}
