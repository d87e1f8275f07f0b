//! Sequentiality: whether the demand of each edge of the judged entries is met.

use std::ops::Range;

use crate::rulebook::SequentialityKind;
use crate::syntax::ast::{PriorState, PriorWhen};
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, Word, place};
use super::super::demands::{Demand, EdgeSet, Parts, PartsOfKinds, PlainMasks, Prior, index, is_of};
use super::super::facts;
use super::super::machine::Frame;
use super::super::program::{Domain, DomainId, NodeId, TruthOp};
use super::facts::shown;
use super::laid::{Facts, Laid};

/// What is asked of every edge of a set.
enum Question {
    /// Whether its demand is met, by the parts of each kind.
    Met,
    /// Whether a prior unit is in a state, which the parts of each kind say alike.
    InState,
}

/// The edges of judged entries, and what is asked of them.
pub(super) struct Edges<'a> {
    frame: Frame<'a>,
    set: &'a EdgeSet,
    question: Question,
    parts: &'a PartsOfKinds,
    /// The only kind of which it is asked.
    only: Option<SequentialityKind>,
    /// For each row its position among the entries; nothing where the rows are the entries.
    positions: Option<&'a [Cell]>,
    numbers: &'a [Cell],
    /// For each of the entries.
    students: &'a [Cell],
    semesters: &'a [Cell],
}

impl<'a> Edges<'a> {
    pub(super) fn new(frame: &Frame<'a>, (domain, op): (DomainId, &TruthOp)) -> Option<Self> {
        let (asked, question) = match op {
            TruthOp::Met(asked) => (asked, Question::Met),
            TruthOp::Prior(asked) => (asked, Question::InState),
            _ => return None,
        };
        let (set, parts) = (frame.program.edges.get(asked.edges as usize)?, frame.program.parts.get(asked.parts as usize)?);
        let (positions, numbers) = match frame.program.domains[domain.0 as usize] {
            Domain::Edges { .. } => (Some(frame.extent(domain).outer.as_slice()), frame.extent(domain).element.as_slice()),
            _ => (None, frame.cells(set.first)),
        };
        let (students, semesters) = (frame.cells(set.student), frame.cells(set.semester));
        Some(Self { frame: *frame, set, question, parts, only: asked.only, positions, numbers, students, semesters })
    }

    /// The column that names the student of each judged entry.
    pub(super) fn students(&self) -> NodeId {
        self.set.student
    }

    /// The position of the entry of each edge, where the rows are not the entries.
    pub(super) fn positions(&self) -> Option<&'a [Cell]> {
        self.positions
    }

    /// The answers for rows of students whose facts lie open.
    pub(super) fn answer(&self, rows: Range<usize>, facts: Laid<'_>, out: &mut [Truth]) {
        let (Some(numbers), Some(out)) = (self.numbers.get(rows.clone()), out.get_mut(rows.clone())) else { return };
        match self.positions {
            None => self.of_entries((rows, numbers), facts, out),
            Some(positions) => {
                let edges = out.iter_mut().zip(numbers).zip(positions.get(rows).unwrap_or(&[]));
                edges.for_each(|((truth, edge), position)| *truth = self.of_position((place(*position), *edge), facts));
            }
        }
    }

    fn of_entries(&self, (rows, edges): (Range<usize>, &[Cell]), facts: Laid<'_>, out: &mut [Truth]) {
        let (Some(students), Some(semesters)) = (self.students.get(rows.clone()), self.semesters.get(rows.clone())) else { return };
        if self.plain().each((out, edges), (students, semesters), facts) {
            return;
        }
        for ((truth, edge), position) in out.iter_mut().zip(edges).zip(rows).filter(|((truth, _), _)| **truth == NOT_PLAIN) {
            *truth = self.fully((position, *edge), facts);
        }
    }

    fn plain(&self) -> Plain<'a> {
        Plain { priors: &self.set.priors, masks: self.parts.masks() }
    }

    fn of_position(&self, (position, edge): (usize, Cell), facts: Laid<'_>) -> Truth {
        let entry = self.students.get(position).copied().zip(self.semesters.get(position).copied());
        let plainly = entry.and_then(|(student, semester)| self.plain().of(edge, (student, semester), facts));
        plainly.unwrap_or_else(|| self.fully((position, edge), facts))
    }

    fn fully(&self, (position, edge): (usize, Cell), facts: Laid<'_>) -> Truth {
        let Some(demand) = self.set.demand(edge).filter(|_| self.is_asked(edge)) else { return UNKNOWN };
        let cell = |node: NodeId| self.frame.cells(node).get(position).copied().unwrap_or(MISSING);
        let judged = Judged {
            frame: &self.frame,
            facts: facts.of_student(cell(self.set.student)),
            class: cell(self.set.class),
            semester: cell(self.set.semester),
            enrolment: cell(self.set.enrolment),
            student: cell(self.set.student),
            position,
        };
        match self.question {
            Question::Met => judged.met(self.set, demand, self.parts.kinds()),
            Question::InState => {
                let mut found = FALSE;
                let state = self.parts.kinds().first();
                demand.each_prior(&mut |class| found = found.max(state.map_or(UNKNOWN, |state| judged.prior(class, state))));
                found
            }
        }
    }

    fn is_asked(&self, edge: Cell) -> bool {
        self.only.map_or(edge != 0, |only| is_of(edge, only))
    }
}

/// What a column holds of an edge that is not plain, until that is looked at: no truth.
const NOT_PLAIN: Truth = TRUE + 1;

/// Edges that ask for one unit, and nothing about the entry but its semester.
#[derive(Clone, Copy)]
struct Plain<'a> {
    priors: &'a [Prior],
    masks: PlainMasks<'a>,
}

impl Plain<'_> {
    /// What comes of each edge, beside the student and the semester of its entry; whether all of them are plain. A loop that calls nothing, so that what it looks
    /// at stays in registers.
    #[inline(never)]
    fn each(self, (out, edges): (&mut [Truth], &[Cell]), (students, semesters): (&[Cell], &[Cell]), facts: Laid<'_>) -> bool {
        let mut are_plain = true;
        for ((truth, edge), (student, semester)) in out.iter_mut().zip(edges).zip(students.iter().zip(semesters)) {
            *truth = self.of(*edge, (*student, *semester), facts).unwrap_or_else(|| {
                are_plain = false;
                NOT_PLAIN
            });
        }
        are_plain
    }

    /// What comes of one; nothing where it is not plain. Of no edge, anything.
    fn of(self, edge: Cell, (student, semester): (Cell, Cell), facts: Laid<'_>) -> Option<Truth> {
        let prior = self.priors.get(index(edge))?;
        let word = facts.known(student, prior.class)?;
        let (sure, either) = self.masks.of(prior.kind, semester)?;
        Some(Truth::from(word & sure != 0) + Truth::from(word & either != 0))
    }
}

/// One judged entry as an edge sees it.
struct Judged<'a> {
    frame: &'a Frame<'a>,
    facts: Facts<'a>,
    class: Cell,
    semester: Cell,
    enrolment: Cell,
    student: Cell,
    position: usize,
}

impl Judged<'_> {
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
            Demand::Acquired(limit) => self.has_acquired(*limit),
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
        let word = self.facts.of(class);
        let (sure, possible) = parts.masks(self.semester);
        let included = parts.looks_at_registration && word & self.inclusion() != 0;
        if word & sure != 0 || (included && parts.scheduled_in_same_registration) {
            TRUE
        } else {
            Truth::from(word & possible != 0 || (included && word & parts.in_same_registration != 0))
        }
    }

    /// The bit of the ISP in which the entry stands.
    fn inclusion(&self) -> Word {
        let table = self.frame.world.context.batch.table(Subject::Enrolment);
        let row = self.enrolment.cast_unsigned();
        facts::included(row.saturating_sub(table.rows_of(table.owner(row)).start))
    }

    /// Whether a unit is in some ISP of the student.
    fn chosen(&self, class: Cell) -> Truth {
        if class.is_mark() || self.class.is_mark() || class == self.class {
            return UNKNOWN;
        }
        shown(self.facts.of(class), facts::relation(crate::rulebook::StudyRelation::TookUp))
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
    fn has_acquired(&self, limit: Cell) -> Truth {
        let world = self.frame.world;
        let batch = world.context.batch;
        let (enrolments, entries) = (batch.table(Subject::Enrolment), batch.table(Subject::Entry));
        let own = self.enrolment.cast_unsigned();
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

    /// The class and the least credits of an entry that was surely passed in an earlier semester.
    fn passed_credits(&self, entry: u32) -> Option<(Cell, Cell)> {
        let nodes = self.frame.program.fact_nodes?;
        let word = self.frame.words(nodes.entry_words).get(entry as usize).copied().unwrap_or(0);
        let class = self.frame.cells(nodes.entry_classes).get(entry as usize).copied().unwrap_or(MISSING);
        let part = Parts::of(&[(&[PriorState::Completed], PriorWhen::EarlierSemester)]);
        let credits = self.frame.world.context.batch.cell(fields::entry::CREDITS, entry);
        let least = if credits == MISSING { 0 } else { credits };
        (word & part.masks(self.semester).0 != 0 && !class.is_mark()).then_some((class, least))
    }
}
