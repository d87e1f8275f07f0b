//! Edges made ready: for each programme and course the demands, with units as classes and parts as masks over the words of facts.

use crate::rulebook::PriorPart;
use crate::syntax::ast::{EdgeKind, PriorState, PriorWhen};
use crate::vocabulary::Cell;

use super::Program;
use super::column::{Marked, Word};
use super::facts::{self, SEMESTERS_KNOWN};
use super::program::{NodeId, TruthOp, states};

/// What an edge asks.
#[derive(Debug, Clone)]
pub(super) enum Demand {
    Unit {
        kind: EdgeKind,
        class: Cell,
    },
    /// All of these.
    Units {
        kind: EdgeKind,
        classes: Vec<Cell>,
    },
    /// Those of these that the student has chosen.
    Chosen {
        kind: EdgeKind,
        classes: Vec<Cell>,
    },
    All(Vec<Demand>),
    Any(Vec<Demand>),
    Number {
        number: u32,
        demands: Vec<Demand>,
    },
    /// Credits acquired, in thousandths.
    Acquired(Cell),
    /// A diploma's level.
    Holders(Cell),
    /// A condition over the entries.
    Holds(NodeId),
    /// What only the other evaluator can tell.
    Open,
}

impl Demand {
    fn conditions(&self, nodes: &mut Vec<NodeId>) {
        match self {
            Self::Holds(node) => nodes.push(*node),
            Self::All(demands) | Self::Any(demands) | Self::Number { demands, .. } => demands.iter().for_each(|demand| demand.conditions(nodes)),
            Self::Unit { .. } | Self::Units { .. } | Self::Chosen { .. } | Self::Acquired(_) | Self::Holders(_) | Self::Open => {}
        }
    }

    /// Whether it asks for credits, which are counted entry by entry.
    fn asks_credits(&self) -> bool {
        match self {
            Self::Acquired(_) => true,
            Self::All(demands) | Self::Any(demands) | Self::Number { demands, .. } => demands.iter().any(Self::asks_credits),
            Self::Unit { .. } | Self::Units { .. } | Self::Chosen { .. } | Self::Holders(_) | Self::Holds(_) | Self::Open => false,
        }
    }

    /// Every unit that is named.
    pub(super) fn each_prior(&self, act: &mut dyn FnMut(Cell)) {
        match self {
            Self::Unit { class, .. } => act(*class),
            Self::Units { classes, .. } | Self::Chosen { classes, .. } => classes.iter().for_each(|class| act(*class)),
            Self::All(demands) | Self::Any(demands) | Self::Number { demands, .. } => demands.iter().for_each(|demand| demand.each_prior(act)),
            Self::Acquired(_) | Self::Holders(_) | Self::Holds(_) => {}
            Self::Open => act(super::column::PUNT),
        }
    }
}

/// The edges of one kind, with the columns over the judged entries that they look at.
#[derive(Debug, Clone)]
pub(super) struct EdgeSet {
    pub(super) student: NodeId,
    pub(super) enrolment: NodeId,
    pub(super) class: NodeId,
    pub(super) semester: NodeId,
    /// The edges of each line.
    pub(super) lines: Vec<Line>,
    /// The most edges that a line has.
    pub(super) most: usize,
    /// The edges' numbers in the rulebook, line by line.
    pub(super) numbers: Vec<Cell>,
    /// For each edge of the rulebook, its demand.
    pub(super) demands: Vec<Option<Demand>>,
    /// For each edge of the rulebook that asks for one unit, its class; a mark for all others.
    pub(super) classes: Vec<Cell>,
    /// The kind that all edges ask for, where each asks for one unit.
    pub(super) plain: Option<EdgeKind>,
}

impl Program {
    /// The parts that every edge of an operation asks, where each asks for one unit and nothing about the judged entry but its semester.
    pub(super) fn plain_parts(&self, op: &TruthOp) -> Option<&Parts> {
        let TruthOp::Met { edges, parts } = op else { return None };
        let kind = self.edges.get(*edges as usize)?.plain?;
        self.parts.get(*parts as usize)?.get(kind as usize).filter(|parts| !parts.looks_at_registration)
    }
}

/// The class of the one unit that an edge asks for, else a mark.
pub(super) fn class_of(demand: Option<&Demand>) -> Cell {
    if let Some(Demand::Unit { class, .. }) = demand { *class } else { super::column::PUNT }
}

/// The edges of one kind that a programme and a course have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    /// The number of the first edge, which most have alone.
    pub(super) first: Cell,
    /// Whether there is any, as a number.
    pub(super) has_one: u32,
    /// How many there are after the first.
    pub(super) more: u32,
    /// Where their numbers stand.
    at: u32,
}

impl EdgeSet {
    /// The lines, from where the edges of each begin in a list of edges.
    pub(super) fn lines(starts: &[u32], numbers: &[Cell]) -> Vec<Line> {
        let line = |ends: &[u32]| {
            let (first, count) = (numbers.get(ends[0] as usize).copied().unwrap_or(0), ends[1] - ends[0]);
            Line { first, has_one: count.min(1), more: count.saturating_sub(1), at: ends[0] }
        };
        starts.windows(2).map(line).collect()
    }

    pub(super) fn line(&self, line: Cell) -> Line {
        self.lines.get(super::column::place(line)).copied().unwrap_or_default()
    }

    /// The edges of a line after the first.
    pub(super) fn others(&self, line: Line) -> &[Cell] {
        self.numbers.get(line.at as usize + 1..).and_then(|others| others.get(..line.more as usize)).unwrap_or(&[])
    }

    /// The kind that all edges of a list ask for, where each of them asks for one unit of a class that is known.
    pub(super) fn plain(numbers: &[Cell], demands: &[Option<Demand>]) -> Option<EdgeKind> {
        let mut kinds = numbers.iter().map(|number| match demands.get(super::column::place(*number)) {
            Some(Some(Demand::Unit { kind, class })) if !class.is_mark() => Some(*kind),
            _ => None,
        });
        let first = kinds.next()??;
        kinds.all(|kind| kind == Some(first)).then_some(first)
    }

    pub(super) fn asks_credits(&self) -> bool {
        self.demands.iter().flatten().any(Demand::asks_credits)
    }

    /// The columns of conditions over the entries.
    pub(super) fn conditions(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        self.demands.iter().flatten().for_each(|demand| demand.conditions(&mut nodes));
        nodes
    }

    pub(super) fn demand(&self, edge: Cell) -> Option<&Demand> {
        self.demands.get(super::column::place(edge)).and_then(Option::as_ref)
    }
}

const OPEN_SEMESTER: usize = SEMESTERS_KNOWN as usize + 1;

/// The parts of a sequentiality as masks: for each semester of the judged entry, what surely and what perhaps meets them.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    masks: [(Word, Word); OPEN_SEMESTER + 1],
    /// Whether any part asks for the same registration.
    pub(super) looks_at_registration: bool,
    /// `scheduled in the same registration`
    pub(super) scheduled_in_same_registration: bool,
    /// States asked for in the same registration that are not known to lie in it.
    pub(super) in_same_registration: Word,
}

impl Parts {
    pub(super) fn new(parts: &[PriorPart]) -> Self {
        let parts: Vec<(u8, PriorWhen)> = parts.iter().map(|part| (states(&part.states), part.when)).collect();
        Self::of(&parts)
    }

    pub(super) fn of(parts: &[(u8, PriorWhen)]) -> Self {
        let mut made = Self::default();
        for (states, when) in parts {
            for state in STATES.into_iter().filter(|state| states >> (*state as u8) & 1 == 1) {
                made.add(state, *when);
            }
        }
        made
    }

    fn add(&mut self, state: PriorState, when: PriorWhen) {
        let (earlier, perhaps_earlier) = facts::earlier(state);
        let this_year = facts::up_to(state, SEMESTERS_KNOWN) | facts::some_time(state);
        if when == PriorWhen::SameRegistration {
            self.looks_at_registration = true;
            self.scheduled_in_same_registration |= state == PriorState::Scheduled;
            self.in_same_registration |= this_year | perhaps_earlier;
            for mask in &mut self.masks {
                mask.1 |= facts::INCLUDED_MAYBE;
            }
            return;
        }
        for (semester, mask) in (0..).zip(&mut self.masks) {
            let (sure, possible) = match when {
                PriorWhen::AnyTime => (earlier | this_year, 0),
                PriorWhen::EarlierYear | PriorWhen::SameRegistration => (earlier, 0),
                PriorWhen::EarlierSemester | PriorWhen::SameOrEarlierSemester if semester == OPEN_SEMESTER => (earlier, this_year),
                PriorWhen::EarlierSemester => (earlier | facts::up_to(state, before(semester)), facts::some_time(state)),
                PriorWhen::SameOrEarlierSemester => (earlier | facts::up_to(state, upper(semester)), facts::some_time(state)),
            };
            mask.0 |= sure;
            mask.1 |= possible | perhaps_earlier;
            if state == PriorState::Exempted {
                let surely_at_any_time = if when == PriorWhen::AnyTime { facts::EXEMPTION_SURE } else { 0 };
                mask.0 |= surely_at_any_time;
                mask.1 |= facts::EXEMPTION_ANY;
            }
        }
    }

    /// What surely and what perhaps meets the parts for an entry of a semester.
    pub(super) fn masks(&self, semester: Cell) -> (Word, Word) {
        // What comes before the first semester is as far beyond the last as what comes after it.
        let index = (semester.cast_unsigned().wrapping_sub(1) as usize).min(OPEN_SEMESTER - 1) + 1;
        self.masks[index]
    }
}

fn upper(semester: usize) -> u32 {
    u32::try_from(semester).unwrap_or(0)
}

fn before(semester: usize) -> u32 {
    upper(semester.saturating_sub(1))
}

const STATES: [PriorState; 4] = [PriorState::Completed, PriorState::Tolerated, PriorState::Exempted, PriorState::Scheduled];
