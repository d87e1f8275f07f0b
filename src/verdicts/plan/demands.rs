//! Edges made ready: for each programme and course the demands, with units as classes and parts as masks over the words of facts.

use crate::rulebook::PriorPart;
use crate::syntax::ast::{EdgeKind, PriorState, PriorWhen};
use crate::vocabulary::Cell;

use super::column::Word;
use super::facts::{self, SEMESTERS_KNOWN};
use super::program::{NodeId, states};

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
    /// Which line of `starts` holds the edges of an entry.
    pub(super) slot: NodeId,
    pub(super) student: NodeId,
    pub(super) enrolment: NodeId,
    pub(super) class: NodeId,
    pub(super) semester: NodeId,
    /// For each slot, where its edges begin in `numbers`.
    pub(super) starts: Vec<u32>,
    pub(super) has_edges: Vec<bool>,
    /// The edges' numbers in the rulebook.
    pub(super) numbers: Vec<Cell>,
    /// For each edge of the rulebook, its demand.
    pub(super) demands: Vec<Option<Demand>>,
    /// For each edge of the rulebook, the one unit that it asks for.
    pub(super) simple: Vec<Simple>,
}

/// An edge that asks for one unit; a mark for the class of all others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Simple {
    pub(super) kind: EdgeKind,
    pub(super) class: Cell,
}

impl Simple {
    pub(super) fn of(demand: Option<&Demand>) -> Self {
        match demand {
            Some(Demand::Unit { kind, class }) => Self { kind: *kind, class: *class },
            _ => Self { kind: EdgeKind::Strict, class: super::column::PUNT },
        }
    }
}

impl EdgeSet {
    /// All edges of a slot.
    pub(super) fn of_slot(&self, slot: Cell) -> &[Cell] {
        let at = super::column::place(slot);
        match (self.starts.get(at), self.starts.get(at.saturating_add(1))) {
            (Some(first), Some(end)) => self.numbers.get(*first as usize..*end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// For every slot, whether it has edges.
    pub(super) fn has_edges(starts: &[u32]) -> Vec<bool> {
        starts.windows(2).map(|ends| ends[0] < ends[1]).collect()
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
