//! Statuses, requests and measures of a student, and which events serve which class groups.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::records::CodeId;
use crate::verdicts::World;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Field, List, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, place, truth};
use super::super::machine::Frame;
use super::super::program::NodeId;

fn cell(world: World<'_>, field: Field, row: u32) -> Cell {
    world.context.batch.cell(field, row)
}

fn is(world: World<'_>, field: Field, row: u32, holds: impl Fn(Cell) -> bool) -> Truth {
    let cell = cell(world, field, row);
    if cell == MISSING { UNKNOWN } else { truth(holds(cell)) }
}

fn missing_or(world: World<'_>, field: Field, row: u32, holds: impl Fn(Cell) -> bool) -> Truth {
    let cell = cell(world, field, row);
    truth(cell == MISSING || holds(cell))
}

/// Whether any row of the student's list holds.
fn any(world: World<'_>, subject: Subject, student: Cell, holds: impl Fn(u32) -> Truth) -> Truth {
    if student.is_mark() {
        return UNKNOWN;
    }
    world.context.batch.table(subject).rows_of(student.cast_unsigned()).fold(FALSE, |found, row| found.max(holds(row)))
}

pub(super) fn has_status(frame: &Frame<'_>, (student, on): (NodeId, NodeId), status: Cell, out: &mut Vec<Truth>) {
    let world = frame.world;
    out.extend(frame.cells(student).iter().zip(frame.cells(on)).map(|(student, on)| {
        let on = *on;
        let holds = |row| {
            missing_or(world, fields::status::VALID_UNTIL, row, |last| last >= on)
                .min(is(world, fields::status::STATUS, row, |cell| cell == status))
                .min(is(world, fields::status::VALID_FROM, row, |first| first <= on))
        };
        if on.is_mark() { UNKNOWN } else { any(world, Subject::Status, *student, holds) }
    }));
}

pub(super) fn has_request(frame: &Frame<'_>, student: NodeId, request: Cell, out: &mut Vec<Truth>) {
    let world = frame.world;
    let holds = |row| {
        missing_or(world, fields::request::ACADEMIC_YEAR, row, |year| year == world.context.year)
            .min(missing_or(world, fields::request::FILED_ON, row, |day| day <= world.today))
            .min(missing_or(world, fields::request::OUTCOME, row, |outcome| outcome != index::REQUEST_WITHDRAWN))
            .min(is(world, fields::request::KIND, row, |kind| kind == request))
    };
    out.extend(frame.cells(student).iter().map(|student| any(world, Subject::Request, *student, holds)));
}

/// What `has measure` asks: the kind and perhaps the programme, over the node's rows.
pub(super) struct Measure {
    pub(super) kind: Cell,
    pub(super) programme: Option<NodeId>,
}

pub(super) fn has_measure(frame: &Frame<'_>, (student, on): (NodeId, NodeId), measure: &Measure, out: &mut Vec<Truth>) {
    let world = frame.world;
    let programmes = measure.programme.map(|programme| frame.cells(programme));
    let code = |row: Cell| world.code(Subject::Programme, row.cast_unsigned());
    out.extend(frame.cells(student).iter().zip(frame.cells(on)).enumerate().map(|(at, (student, on))| {
        let (on, asked) = (*on, programmes.map(|programmes| programmes.get(at).copied().unwrap_or(MISSING)));
        if on.is_mark() || asked.is_some_and(Cell::is_mark) {
            return UNKNOWN;
        }
        let fits = |named: Cell| asked.is_none_or(|asked| code(asked) == code(named));
        any(world, Subject::Measure, *student, |row| {
            missing_or(world, fields::measure::UNTIL, row, |last| last >= on)
                .min(missing_or(world, fields::measure::LIFTED_ON, row, |day| day > on))
                .min(missing_or(world, fields::measure::PROGRAMME, row, fits))
                .min(is(world, fields::measure::KIND, row, |kind| kind == measure.kind))
                .min(is(world, fields::measure::IMPOSED_ON, row, |first| first <= on))
        })
    }));
}

pub(super) fn serves(frame: &Frame<'_>, (event, group): (NodeId, NodeId), out: &mut Vec<Truth>) {
    let table = &frame.program.serves;
    out.extend(frame.cells(event).iter().zip(frame.cells(group)).map(|(event, group)| table.serves(*event, *group)));
}

/// Which class groups each event of the catalogue serves. Many events serve the same groups, so what they serve is kept once.
#[derive(Debug, Clone, Default)]
pub(in crate::verdicts::plan) struct Serves {
    /// For each event where its line begins.
    lines: Vec<u32>,
    groups: usize,
    /// For each line and each group.
    truths: Vec<Truth>,
}

/// So many lines are kept; what further events serve is left to the other evaluator.
const LINES: usize = 1 << 12;

impl Serves {
    pub(in crate::verdicts::plan) fn new(world: World<'_>) -> Self {
        let catalogue = world.context.catalogue;
        let (events, groups) = (catalogue.table(Subject::Event).rows(), catalogue.table(Subject::ClassGroup).rows());
        let mut lines = Lines::new(world, groups);
        // Many events name the same groups in the same order.
        let mut known: FxHashMap<&[u32], u32> = FxHashMap::default();
        let line_of = |event| {
            let named = catalogue.elements(List::EventClassGroups, event);
            let line = if world.is_documented(Subject::Event, event) { *known.entry(named).or_insert_with(|| lines.line(named)) } else { 0 };
            line.saturating_mul(groups)
        };
        Self { lines: (0..events).map(line_of).collect(), groups: groups as usize, truths: lines.truths }
    }

    fn serves(&self, event: Cell, group: Cell) -> Truth {
        match self.lines.get(place(event)) {
            Some(line) if place(group) < self.groups => self.truths.get(*line as usize + place(group)).copied().unwrap_or(UNKNOWN),
            _ if event.is_mark() || group.is_mark() => Truth::from(event.is_unknown() || group.is_unknown()),
            _ => UNKNOWN,
        }
    }
}

/// The lines while they are made.
struct Lines<'w> {
    world: World<'w>,
    kin: Kin,
    /// The line of an event that names no group.
    unlisted: Vec<Truth>,
    /// By the groups that are named.
    known: FxHashMap<Vec<CodeId>, u32>,
    truths: Vec<Truth>,
}

impl<'w> Lines<'w> {
    fn new(world: World<'w>, groups: u32) -> Self {
        let unlisted = (0..groups).map(|group| if world.is_documented(Subject::ClassGroup, group) { FALSE } else { UNKNOWN }).collect();
        Self { world, kin: Kin::new(world), unlisted, known: FxHashMap::default(), truths: vec![UNKNOWN; groups as usize] }
    }

    /// The line of an event that names these rows; the first, in which nothing is known, where there are too many.
    fn line(&mut self, named: &[u32]) -> u32 {
        let named = codes_of(self.world, named);
        if let Some(known) = self.known.get(&named) {
            return *known;
        }
        if self.known.len() >= LINES {
            return 0;
        }
        let first = self.truths.len();
        self.truths.extend_from_slice(&self.unlisted);
        for (group, truth) in self.kin.served(self.world, &named) {
            self.truths[first + group as usize] = truth;
        }
        let line = u32::try_from(self.known.len() + 1).unwrap_or(0);
        self.known.insert(named, line);
        line
    }
}

/// Which groups cover which.
struct Kin {
    /// For each row the rows that name it as their parent.
    children: FxHashMap<u32, Vec<u32>>,
}

impl Kin {
    fn new(world: World<'_>) -> Self {
        let mut kin = Self { children: FxHashMap::default() };
        for row in 0..world.context.catalogue.table(Subject::ClassGroup).rows() {
            if let Some(parent) = world.reference(fields::class_group::PARENT, row) {
                kin.children.entry(parent).or_default().push(row);
            }
        }
        kin
    }

    /// The groups of which something else holds than of any group, where an event names some: those named, those they cover, and those that cover them.
    fn served(&self, world: World<'_>, named: &[CodeId]) -> impl Iterator<Item = (u32, Truth)> {
        let mut waiting: Vec<u32> = named.iter().flat_map(|code| world.context.catalogue.codes(Subject::ClassGroup).rows_of(*code)).collect();
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        let parent = |row: &u32| world.reference(fields::class_group::PARENT, *row);
        while let Some(row) = waiting.pop() {
            if touched.insert(row) {
                waiting.extend(self.children.get(&row).into_iter().flatten());
                waiting.extend(parent(&row));
            }
        }
        touched.into_iter().map(move |group| (group, settled(world, named, group))).filter(|(_, truth)| *truth != FALSE)
    }
}

/// The class groups that an event names, in the order of their numbers.
fn codes_of(world: World<'_>, named: &[u32]) -> Vec<CodeId> {
    let mut codes: Vec<CodeId> = named.iter().map(|row| world.code(Subject::ClassGroup, *row)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// For itself, for a group that covers it, or for all groups that it covers.
fn settled(world: World<'_>, named: &[CodeId], group: u32) -> Truth {
    let served = |row: u32| named.binary_search(&world.code(Subject::ClassGroup, row)).is_ok();
    if served(group) {
        return TRUE;
    }
    if !world.is_documented(Subject::ClassGroup, group) {
        return UNKNOWN;
    }
    let parent = |row: &u32| world.reference(fields::class_group::PARENT, *row);
    if std::iter::successors(parent(&group), parent).take(64).any(served) {
        return TRUE;
    }
    let children = world.elements(List::ClassGroupChildren, group).count();
    match world.elements(List::ClassGroupChildren, group).filter(|child| served(*child)).count() {
        0 => FALSE,
        among if among == children => TRUE,
        _ => UNKNOWN,
    }
}
