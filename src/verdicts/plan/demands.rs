//! Edges made ready: for each programme and course the demands, with units as classes and parts as masks over the words of facts.

use crate::rulebook::{EdgeId, PriorPart, SequentialityKind};
use crate::syntax::ast::{EdgeKind, PriorState, PriorWhen};
use crate::vocabulary::Cell;

use super::Program;
use super::column::{Marked, PUNT, Word, place};
use super::facts::{self, SEMESTERS_KNOWN};
use super::program::{EdgesAsked, NodeId};
use super::tables::{ByCourse, OfProgramme};

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
            Self::Open => act(PUNT),
        }
    }
}

/// The edges in force, as the plan numbers them. A number says of which kind the edge is and whether it is the first of a programme and a course that have
/// others; 0 is no edge.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// For each programme and course its first edge.
    first: ByCourse,
    /// By index; those of a programme and a course follow each other.
    edges: Vec<LineEdge>,
}

#[derive(Debug, Clone, Copy)]
struct LineEdge {
    in_rulebook: EdgeId,
    number: Cell,
    /// How many others follow it, if it is the first of its programme and course.
    others: u32,
}

/// The edges of one programme and one course.
pub(super) type Line = Vec<(EdgeId, SequentialityKind)>;

/// Bits of an edge's number: its index, whether others follow it, and its kind.
const INDEX: Cell = OTHERS - 1;
const OTHERS: Cell = 1 << 23;
const KIND: u32 = 24;

/// The index of an edge; that of any for a mark, which is of no kind.
pub(super) fn index(edge: Cell) -> usize {
    place(edge & INDEX)
}

/// Whether an edge is the first of a programme and a course that have others.
pub(super) fn has_others(edge: Cell) -> bool {
    // Marks are below 0.
    edge & (OTHERS | Cell::MIN) == OTHERS
}

/// Whether any of some edges may be one; where none is, that is mostly told.
pub(super) fn may_have_others(edges: &[Cell]) -> bool {
    edges.iter().fold(0, |bits, edge| bits | edge) & OTHERS != 0
}

/// Whether an edge is of a kind; none is of no kind.
pub(super) fn is_of(edge: Cell, kind: SequentialityKind) -> bool {
    edge >> KIND == kind as Cell + 1
}

impl Lines {
    /// For lines that have edges; what comes with each is handed back with the number of its first edge. Nothing where there are too many.
    pub(super) fn new<T>(lines: Vec<(T, Line)>) -> Option<(Self, Vec<(T, Cell)>)> {
        let mut edges = vec![LineEdge { in_rulebook: EdgeId(u32::MAX), number: 0, others: 0 }];
        let mut firsts = Vec::with_capacity(lines.len());
        for (own, line) in lines {
            let first = edges.len();
            for (in_rulebook, kind) in &line {
                let index = Cell::try_from(edges.len()).ok().filter(|index| *index <= INDEX)?;
                edges.push(LineEdge { in_rulebook: *in_rulebook, number: (*kind as Cell + 1) << KIND | index, others: 0 });
            }
            if let Some(edge) = edges.get_mut(first) {
                edge.others = u32::try_from(line.len() - 1).ok()?;
                edge.number |= if line.len() > 1 { OTHERS } else { 0 };
                firsts.push((own, edge.number));
            }
        }
        Some((Self { first: ByCourse::default(), edges }, firsts))
    }

    /// With what the courses of each programme have as their first edge.
    pub(super) fn with_courses(self, first: ByCourse) -> Self {
        Self { first, ..self }
    }

    /// The first edges of a programme's courses.
    pub(super) fn of_programme(&self, programme: Cell) -> OfProgramme<'_> {
        self.first.of_programme(programme)
    }

    /// The edges that a programme and a course have after their first.
    pub(super) fn after(&self, first: Cell) -> impl Iterator<Item = Cell> {
        let index = index(first);
        let count = self.edges.get(index).map_or(0, |edge| edge.others as usize);
        self.edges.iter().skip(index.saturating_add(1)).take(count).map(|edge| edge.number)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Every edge as the rulebook numbers it, by its index here.
    pub(super) fn in_rulebook(&self) -> impl Iterator<Item = EdgeId> {
        self.edges.iter().skip(1).map(|edge| edge.in_rulebook)
    }

    /// Whether an edge of a kind comes after the first of its programme and course.
    pub(super) fn have_others(&self, kind: SequentialityKind) -> bool {
        self.edges.iter().flat_map(|first| self.after(first.number)).any(|edge| is_of(edge, kind))
    }

    /// An edge as the rulebook numbers it.
    pub(super) fn edge(&self, edge: Cell) -> Option<EdgeId> {
        self.edges.get(index(edge)).filter(|known| known.number == edge && edge != 0).map(|edge| edge.in_rulebook)
    }
}

/// The edges of judged entries, with the columns over the entries that they look at.
#[derive(Debug, Clone)]
pub(super) struct EdgeSet {
    pub(super) student: NodeId,
    pub(super) enrolment: NodeId,
    pub(super) class: NodeId,
    pub(super) semester: NodeId,
    /// The first edge of each.
    pub(super) first: NodeId,
    /// For each edge its demand.
    pub(super) demands: Vec<Demand>,
    /// For each edge the one unit that it asks for, if it asks for one.
    pub(super) priors: Vec<Prior>,
}

/// The one unit that an edge asks for; a mark where it asks for something else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior {
    pub(super) class: Cell,
    pub(super) kind: EdgeKind,
}

impl Prior {
    /// Of no edge: some unit, for nobody looks at the answer.
    const OF_NONE: Self = Self { class: 0, kind: EdgeKind::Strict };

    fn of(demand: &Demand) -> Self {
        if let Demand::Unit { kind, class } = demand { Self { class: *class, kind: *kind } } else { Self { class: PUNT, kind: EdgeKind::Strict } }
    }
}

impl Program {
    /// Whether every edge asks for one unit and nothing about the judged entry but its semester.
    pub(super) fn is_plain(&self, asked: &EdgesAsked) -> bool {
        let (Some(set), Some(parts)) = (self.edges.get(asked.edges as usize), self.parts.get(asked.parts as usize)) else { return false };
        set.priors.iter().skip(1).all(|prior| !prior.class.is_mark() && parts.masks().is_plain(prior.kind))
    }
}

impl EdgeSet {
    /// With the demand of each edge, as the plan numbers them.
    pub(super) fn with_demands(self, demands: Vec<Demand>) -> Self {
        let priors = std::iter::once(Prior::OF_NONE).chain(demands.iter().skip(1).map(Prior::of)).collect();
        Self { demands, priors, ..self }
    }

    pub(super) fn asks_credits(&self) -> bool {
        self.demands.iter().any(Demand::asks_credits)
    }

    /// The columns of conditions over the entries.
    pub(super) fn conditions(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        self.demands.iter().for_each(|demand| demand.conditions(&mut nodes));
        nodes
    }

    pub(super) fn demand(&self, edge: Cell) -> Option<&Demand> {
        self.demands.get(index(edge))
    }
}

const OPEN_SEMESTER: usize = SEMESTERS_KNOWN as usize + 1;

/// The parts of a sequentiality as masks: for each semester of the judged entry, what surely and what perhaps meets them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
        let parts: Vec<(&[PriorState], PriorWhen)> = parts.iter().map(|part| (part.states.as_slice(), part.when)).collect();
        Self::of(&parts)
    }

    pub(super) fn of(parts: &[(&[PriorState], PriorWhen)]) -> Self {
        let mut made = Self::default();
        for (states, when) in parts {
            for state in *states {
                made.add(*state, *when);
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
            let is_open = !(1..OPEN_SEMESTER).contains(&semester);
            let (sure, possible) = match when {
                PriorWhen::AnyTime => (earlier | this_year, 0),
                PriorWhen::EarlierYear | PriorWhen::SameRegistration => (earlier, 0),
                PriorWhen::EarlierSemester | PriorWhen::SameOrEarlierSemester if is_open => (earlier, this_year),
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
        self.masks[by_semester(semester)]
    }
}

/// The parts of every kind of sequentiality, as a rule and its exceptions say.
#[derive(Debug, Clone)]
pub(super) struct PartsOfKinds {
    kinds: Vec<Parts>,
    /// For each kind and each semester of the entry what surely, and what surely or perhaps, meets an edge that asks for one unit.
    masks: Box<Masks>,
    /// The kinds that ask more about the judged entry than its semester, a bit each: the masks do not tell.
    special: u8,
}

type Masks = [(Word, Word); KINDS << BITS_OF_SEMESTER];

/// Kinds of demands, rounded up to a power of two.
const KINDS: usize = 4;
const BITS_OF_SEMESTER: u32 = 3;

impl PartsOfKinds {
    pub(super) fn new(kinds: Vec<Parts>) -> Self {
        let (mut masks, mut special) = (Box::new([(0, 0); KINDS << BITS_OF_SEMESTER]), 0);
        for (kind, parts) in kinds.iter().enumerate() {
            special |= u8::from(parts.looks_at_registration) << kind;
            for (own, (sure, possible)) in masks.iter_mut().skip(kind << BITS_OF_SEMESTER).zip(&parts.masks) {
                *own = (*sure, sure | possible);
            }
        }
        Self { kinds, masks, special }
    }

    pub(super) fn kinds(&self) -> &[Parts] {
        &self.kinds
    }

    pub(super) fn masks(&self) -> PlainMasks<'_> {
        PlainMasks { masks: &self.masks, special: self.special }
    }
}

/// What meets edges that ask for one unit and nothing about the judged entry but its semester.
#[derive(Clone, Copy)]
pub(super) struct PlainMasks<'a> {
    masks: &'a Masks,
    special: u8,
}

impl PlainMasks<'_> {
    /// What surely, and what surely or perhaps, meets one of a kind, for an entry of a semester; nothing where more is asked.
    pub(super) fn of(self, kind: EdgeKind, semester: Cell) -> Option<(Word, Word)> {
        let masks = self.masks[((kind as usize) << BITS_OF_SEMESTER | by_semester(semester)) % (KINDS << BITS_OF_SEMESTER)];
        self.is_plain(kind).then_some(masks)
    }

    /// Whether a kind asks nothing about the judged entry but its semester.
    fn is_plain(self, kind: EdgeKind) -> bool {
        self.special >> kind as u8 & 1 == 0
    }
}

/// The index of a semester among those that are known; the first and the last stand for all others.
fn by_semester(semester: Cell) -> usize {
    // What is below 0, as marks are, is beyond the last one.
    (semester.cast_unsigned() as usize).min(OPEN_SEMESTER)
}

fn upper(semester: usize) -> u32 {
    u32::try_from(semester).unwrap_or(0)
}

fn before(semester: usize) -> u32 {
    upper(semester.saturating_sub(1))
}
