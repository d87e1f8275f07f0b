//! Statuses, requests and measures of a student, and which events serve which class groups.

use crate::verdicts::World;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Field, MISSING, Subject, fields};

use super::super::column::{FALSE, Marked, TRUE, Truth, UNKNOWN, truth};
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

/// For each event and class group of the catalogue, whether the one serves the other.
#[derive(Debug, Clone, Default)]
pub(in crate::verdicts::plan) struct Serves {
    groups: usize,
    truths: Vec<Truth>,
}

impl Serves {
    pub(in crate::verdicts::plan) fn new(world: World<'_>) -> Self {
        let catalogue = world.context.catalogue;
        let (events, groups) = (catalogue.table(Subject::Event).rows(), catalogue.table(Subject::ClassGroup).rows());
        let truths = (0..events).flat_map(|event| (0..groups).map(move |group| settled(world, event, group))).collect();
        Self { groups: groups as usize, truths }
    }

    fn serves(&self, event: Cell, group: Cell) -> Truth {
        if event.is_mark() || group.is_mark() {
            return Truth::from(event.is_unknown() || group.is_unknown());
        }
        let (event, group) = (event.cast_unsigned() as usize, group.cast_unsigned() as usize);
        if group >= self.groups { UNKNOWN } else { self.truths.get(event * self.groups + group).copied().unwrap_or(UNKNOWN) }
    }
}

/// For itself, for a group that covers it, or for all groups that it covers.
fn settled(world: World<'_>, event: u32, group: u32) -> Truth {
    use crate::vocabulary::List;
    if !world.is_documented(Subject::Event, event) {
        return UNKNOWN;
    }
    let code = |row: u32| world.code(Subject::ClassGroup, row);
    let served = |row: u32| world.elements(List::EventClassGroups, event).any(|other| code(other) == code(row));
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
