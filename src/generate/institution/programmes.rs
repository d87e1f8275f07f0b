//! Programmes and their units, as the catalogue describes them in the year.

use std::collections::BTreeSet;

use crate::generate::institution::{Contracts, Group, GroupId, Offer, Programme, Setting, Unit, groups};
use crate::records::{CodeId, TextId};
use crate::rulebook::{Demand, DemandKind, Edge};
use crate::syntax::ast::EdgeKind;
use crate::vocabulary::{Cell, Enumeration, Field, List, MISSING, SCALE, Subject, fields};

/// Where the catalogue does not say.
const USUAL_CREDITS: Cell = 5 * SCALE;
const USUAL_PASS_MARK: Cell = 10 * SCALE;
/// A programme weighs as much as it has units for.
const WEIGHED_CREDITS: Cell = 20 * SCALE;

/// Every programme with units that the catalogue describes in the year.
pub(super) fn programmes(setting: Setting<'_>, groups: &[Group]) -> Vec<Programme> {
    let codes = setting.catalogue.codes(Subject::Programme);
    let described = (0..codes.len()).map(CodeId).filter_map(|code| codes.documented(code, setting.year).map(|row| (code, row)));
    let maker = Maker { setting, groups };
    described.map(|(code, row)| maker.programme(code, row)).filter(|programme| !programme.units.is_empty()).collect()
}

/// Every course unit that the catalogue describes in the year.
pub(super) fn offers(setting: Setting<'_>, groups: &[Group]) -> Vec<Offer> {
    let codes = setting.catalogue.codes(Subject::Course);
    let described = (0..codes.len()).map(CodeId).filter_map(|code| codes.documented(code, setting.year).map(|row| (code, row)));
    let maker = Maker { setting, groups };
    let offer = |(course, row)| {
        let credits = maker.given(fields::course::CREDITS, row).unwrap_or(USUAL_CREDITS);
        Offer { course, row, credits, events: groups::events(setting, groups, row) }
    };
    described.map(offer).collect()
}

struct Maker<'a> {
    setting: Setting<'a>,
    groups: &'a [Group],
}

impl Maker<'_> {
    fn given(&self, field: Field, row: u32) -> Option<Cell> {
        Some(self.setting.catalogue.cell(field, row)).filter(|cell| *cell != MISSING)
    }

    fn is(&self, field: Field, row: u32) -> Option<bool> {
        self.given(field, row).map(|cell| cell == 1)
    }

    fn programme(&self, code: CodeId, row: u32) -> Programme {
        let kind = self.given(fields::programme::TYPE, row);
        let rows = self.setting.catalogue.elements(List::ProgrammeUnits, row);
        let names = rows.iter().filter_map(|unit| self.option_name(*unit));
        let options: Vec<String> = names.collect::<BTreeSet<_>>().into_iter().collect();
        let edges = Edges::of(self.setting, code);
        let mut units: Vec<Unit> = rows.iter().filter_map(|unit| self.unit(*unit, &options, &edges)).collect();
        units.sort_by_key(|unit| (unit.phase, unit.semester));
        for index in 0..units.len() {
            units[index].first = units.iter().position(|unit| unit.class == units[index].class).unwrap_or(index);
        }
        let phases: BTreeSet<i32> = units.iter().map(|unit| unit.phase).collect();
        let groups = self.groups.iter().enumerate().filter(|(_, group)| group.programme == Some(code) && !group.covers);
        let groups = groups.map(|(index, _)| GroupId(index)).collect();
        let credits: Cell = units.iter().map(|unit| unit.credits).sum();
        let weight = weight(kind) * usize::try_from(credits / WEIGHED_CREDITS).unwrap_or(0).max(1);
        Programme { code, kind, phases: phases.into_iter().collect(), options, units, groups, weight }
    }

    fn option_name(&self, unit: u32) -> Option<String> {
        let text = self.given(fields::unit::OPTION, unit)?;
        self.setting.catalogue.texts.get(TextId(text)).map(str::to_owned)
    }

    fn unit(&self, unit: u32, options: &[String], edges: &Edges<'_>) -> Option<Unit> {
        let catalogue = self.setting.catalogue;
        let row = self.given(fields::unit::COURSE, unit).and_then(|row| u32::try_from(row).ok())?;
        let course = catalogue.codes(Subject::Course).of_row(row);
        let option = self.option_name(unit).and_then(|name| options.iter().position(|known| *known == name));
        let tolerable = self.is(fields::unit::TOLERABLE, unit).or_else(|| self.is(fields::course::TOLERABLE, row)) == Some(true);
        let test = self.is(fields::course::COMPREHENSIVE_TEST, row) == Some(true);
        let either = 1 + i32::try_from(unit % 2).unwrap_or(0);
        Some(Unit {
            course,
            class: catalogue.same_unit_class(course),
            first: 0,
            phase: self.given(fields::unit::PHASE, unit).map_or(1, |phase| phase / SCALE),
            compulsory: self.is(fields::unit::COMPULSORY, unit) == Some(true),
            option,
            semester: self.given(fields::unit::STARTS, unit).unwrap_or(either),
            credits: self.given(fields::course::CREDITS, row).unwrap_or(USUAL_CREDITS),
            pass_mark: self.given(fields::course::PASS_MARK, row).unwrap_or(USUAL_PASS_MARK),
            tolerable: tolerable && !test,
            contracts: Contracts {
                credit: self.is(fields::course::CREDIT_CONTRACT, row) != Some(false),
                exam: self.is(fields::course::EXAM_CONTRACT, row) != Some(false),
            },
            events: groups::events(self.setting, self.groups, row),
            edges: edges.of_course(course),
            asked_for: edges.ask_for(course),
        })
    }
}

/// How many students of a type of programme there are, beside others of its size.
fn weight(kind: Option<i32>) -> usize {
    match kind.and_then(|kind| Enumeration::ProgrammeType.value(kind)) {
        Some("bachelor_professional" | "bachelor_academic") => 12,
        Some("graduate") => 8,
        Some("master") => 6,
        _ => 3,
    }
}

/// The lines of one programme that hold in the year.
struct Edges<'a> {
    all: Vec<(usize, &'a Edge)>,
}

impl<'a> Edges<'a> {
    fn of(setting: Setting<'a>, programme: CodeId) -> Self {
        let edges = setting.rulebook.map_or(&[][..], |rulebook| rulebook.edges.as_slice());
        let holds = |edge: &Edge| edge.programme == programme && edge.year.is_none_or(|year| year == setting.year);
        Self { all: edges.iter().enumerate().filter(|(_, edge)| holds(edge)).collect() }
    }

    fn of_course(&self, course: CodeId) -> Vec<usize> {
        self.all.iter().filter(|(_, edge)| edge.course == course).map(|(index, _)| *index).collect()
    }

    fn ask_for(&self, course: CodeId) -> bool {
        self.all.iter().any(|(_, edge)| names(&edge.demand, course))
    }
}

/// Whether a demand names a unit by its code, other than as one that need only have been taken up.
fn names(demand: &Demand, course: CodeId) -> bool {
    match &demand.kind {
        DemandKind::Unit { kind, course: named } => *named == course && *kind != EdgeKind::Flexible,
        DemandKind::And(all) | DemandKind::Or(all) | DemandKind::NumberOf { demands: all, .. } => all.iter().any(|one| names(one, course)),
        DemandKind::AllUnits { .. }
        | DemandKind::AllChosenUnits { .. }
        | DemandKind::CreditsAcquired(_)
        | DemandKind::HoldersOf(_)
        | DemandKind::Permission(_)
        | DemandKind::Requires(_) => false,
    }
}
