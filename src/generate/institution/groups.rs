//! Class groups and the events that serve them.

use crate::generate::institution::Setting;
use crate::records::{Catalogue, CodeId};
use crate::vocabulary::{Enumeration, List, MISSING, SCALE, Subject, fields};

/// A class group by its place among the institution's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GroupId(pub(crate) usize);

/// A class group of the year.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) code: CodeId,
    /// Its row in the catalogue.
    row: u32,
    pub(crate) programme: Option<CodeId>,
    pub(crate) phase: Option<i32>,
    /// Whether it covers other groups.
    pub(crate) covers: bool,
}

/// An event of a course unit.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) code: CodeId,
    /// Whether students choose it themselves.
    pub(crate) chosen: bool,
    /// The groups it is for, with all that stand under them.
    pub(crate) serves: Vec<GroupId>,
}

/// Every class group that the catalogue describes in the year.
pub(super) fn groups(setting: Setting<'_>) -> Vec<Group> {
    let Setting { catalogue, year, .. } = setting;
    let codes = catalogue.codes(Subject::ClassGroup);
    let described = (0..codes.len()).map(CodeId).filter_map(|code| codes.documented(code, year).map(|row| (code, row)));
    described.map(|(code, row)| group(catalogue, code, row)).collect()
}

fn group(catalogue: &Catalogue, code: CodeId, row: u32) -> Group {
    let programme = u32::try_from(catalogue.cell(fields::class_group::PROGRAMME, row)).ok();
    let phase = catalogue.cell(fields::class_group::PHASE, row);
    Group {
        code,
        row,
        programme: programme.map(|programme| catalogue.codes(Subject::Programme).of_row(programme)),
        phase: (phase != MISSING).then_some(phase / SCALE),
        covers: !catalogue.elements(List::ClassGroupChildren, row).is_empty(),
    }
}

/// The events of a course unit.
pub(super) fn events(setting: Setting<'_>, groups: &[Group], course: u32) -> Vec<Event> {
    let catalogue = setting.catalogue;
    let events = catalogue.elements(List::CourseEvents, course).iter();
    events.map(|event| self::event(catalogue, groups, *event)).collect()
}

fn event(catalogue: &Catalogue, groups: &[Group], row: u32) -> Event {
    let mut rows: Vec<u32> = catalogue.elements(List::EventClassGroups, row).to_vec();
    let mut next = 0;
    while let Some(group) = rows.get(next).copied() {
        let children = catalogue.elements(List::ClassGroupChildren, group).iter().filter(|child| !rows.contains(child));
        let children: Vec<u32> = children.copied().collect();
        rows.extend(children);
        next += 1;
    }
    let serves = groups.iter().enumerate().filter(|(_, group)| rows.contains(&group.row)).map(|(index, _)| GroupId(index)).collect();
    let allocation = Enumeration::Allocation.value(catalogue.cell(fields::event::ALLOCATION, row));
    let chosen = allocation.is_none_or(|allocation| allocation == "class_group");
    Event { code: catalogue.codes(Subject::Event).of_row(row), chosen, serves }
}
