//! Sequentiality: the edges of a kind by programme and course, their demands over classes of units, and the entries that they are judged on.

use rustc_hash::FxHashMap;

use crate::rulebook::{Demand, DemandKind, Edge, Expression, PriorPart, Requirement, SequentialityKind, Variable};
use crate::syntax::ast::EdgeKind;
use crate::vocabulary::{Cell, List, Subject, fields};

use super::super::column::{FALSE, TRUE, cell_of_row};
use super::super::demands::{self, EdgeSet, Parts};
use super::super::program::{CatalogueColumn, Domain, Lines};
use super::super::tables::{ByCourse, courses_of_code};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::scope::Scope;

impl Builder<'_> {
    /// The edges of a kind over the judged entries: a place of pairs, with the entries as the outer rows.
    pub(super) fn edges(&mut self, kind: SequentialityKind, entries: PlaceId) -> Result<(u32, PlaceId), Unplanned> {
        let enrolment = self.within(entries, Subject::Enrolment)?;
        let student = self.within(enrolment, Subject::Student)?;
        let course = self.load(fields::entry::COURSE, entries);
        let programme = self.load(fields::enrolment::PROGRAMME, enrolment);
        let (enrolment, student) = (self.rows_at(enrolment, entries), self.rows_at(student, entries));
        let class = self.numbered(Value { node: course, place: entries }, Subject::Course, CatalogueColumn::Class).node;
        let semester = self.load(fields::entry::SEMESTER, entries);
        let (starts, numbers) = self.by_line(kind);
        let mut demands = Vec::new();
        for edge in &self.world.context.rulebook.edges {
            let of_kind = edge.kind == kind && edge.year.is_none_or(|year| year == self.world.context.year);
            demands.push(of_kind.then(|| self.demand(edge, &edge.demand, entries)));
        }
        let classes = demands.iter().map(|demand| demands::class_of(demand.as_ref())).collect();
        let plain = EdgeSet::plain(&numbers, &demands);
        let entries = self.place_domain(entries);
        let lines = EdgeSet::lines(&starts, &numbers);
        let most = lines.iter().map(|line| (line.has_one + line.more) as usize).max().unwrap_or(0);
        let set = EdgeSet { student, enrolment, class, semester, lines, most, numbers, demands, classes, plain };
        self.program.edges.push(set);
        let edges = u32::try_from(self.program.edges.len() - 1).unwrap_or(u32::MAX);
        self.number_lines();
        let lines = self.domain(Domain::Lines(Lines { entries, programme, course }));
        let domain = self.domain(Domain::Edges { lines, edges });
        Ok((edges, self.root(domain)))
    }

    pub(super) fn edge_place(&mut self, edges: u32) -> Option<PlaceId> {
        let found = self.program.domains.iter().find(|domain| matches!(domain, Domain::Edges { edges: known, .. } if *known == edges)).copied()?;
        let domain = self.domain(found);
        Some(self.root(domain))
    }

    /// The rows of an owner, over the entries.
    fn rows_at(&mut self, owner: PlaceId, entries: PlaceId) -> super::super::program::NodeId {
        let row = Value { node: self.rows(owner), place: owner };
        self.at(row, entries)
    }

    /// The programmes and courses that have edges, in the order of the rulebook.
    fn lines(&self) -> Vec<(u32, u32)> {
        let mut lines: Vec<(u32, u32)> = self.world.context.rulebook.edges.iter().map(|edge| (edge.programme.0, edge.course.0)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Line 0 has no edges; the others follow.
    fn number_lines(&mut self) {
        let world = self.world;
        let catalogue = world.context.catalogue;
        let courses = courses_of_code(world);
        let lines: FxHashMap<(u32, u32), Cell> = self.lines().into_iter().zip(1..).collect();
        let mut entries = Vec::new();
        let programmes = catalogue.table(Subject::Programme).rows();
        for edge in &world.context.rulebook.edges {
            let Some(line) = lines.get(&(edge.programme.0, edge.course.0)) else { continue };
            let rows = (0..programmes).filter(|row| world.code(Subject::Programme, *row) == edge.programme);
            for programme in rows {
                let named = courses.get(&edge.course).into_iter().flatten();
                entries.extend(named.map(|course| ((cell_of_row(programme), *course), *line)));
            }
        }
        self.program.lines = ByCourse::new(world, entries, vec![0; programmes as usize]);
    }

    /// For each line its edges of a kind.
    fn by_line(&self, kind: SequentialityKind) -> (Vec<u32>, Vec<Cell>) {
        let (mut starts, mut numbers) = (vec![0, 0], Vec::new());
        let year = self.world.context.year;
        let mut of_line: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
        for (number, edge) in (0..).zip(&self.world.context.rulebook.edges) {
            if edge.kind == kind && edge.year.is_none_or(|of_catalogue| of_catalogue == year) {
                of_line.entry((edge.programme.0, edge.course.0)).or_default().push(number);
            }
        }
        for line in self.lines() {
            numbers.extend(of_line.get(&line).into_iter().flatten().map(|number| cell_of_row(*number)));
            starts.push(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        }
        (starts, numbers)
    }

    /// The parts of every kind, those of one kind replaced where an exception does so.
    pub(super) fn parts(&mut self, own: SequentialityKind, replaced: Option<&[PriorPart]>) -> u32 {
        let rulebook = self.world.context.rulebook;
        let declared = |kind| {
            let of = |requirement: &Option<Requirement>| match requirement {
                Some(Requirement::Sequentiality(own)) if own.kind == kind => Some(Parts::new(&own.parts)),
                _ => None,
            };
            rulebook.checks.iter().find_map(|check| of(&check.requirement)).unwrap_or_default()
        };
        let kinds = [EdgeKind::Strict, EdgeKind::Flexible, EdgeKind::Simultaneous];
        let parts = kinds.map(|kind| match replaced {
            Some(parts) if sequentiality_of(kind) == own => Parts::new(parts),
            _ => declared(sequentiality_of(kind)),
        });
        self.program.parts.push(parts.to_vec());
        u32::try_from(self.program.parts.len() - 1).unwrap_or(u32::MAX)
    }

    fn demand(&mut self, edge: &Edge, demand: &Demand, entries: PlaceId) -> demands::Demand {
        match &demand.kind {
            DemandKind::Unit { kind, course } => {
                let class_of = |course| self.world.context.catalogue.same_unit_class(course);
                // The judged unit is left to the other evaluator.
                if class_of(*course) == class_of(edge.course) {
                    return demands::Demand::Open;
                }
                demands::Demand::Unit { kind: *kind, class: cell_of_row(class_of(*course).0) }
            }
            DemandKind::AllUnits { kind, element, condition } => {
                let classes = self.units_where(edge, (*element, condition.as_ref()), entries);
                classes.map_or(demands::Demand::Open, |classes| demands::Demand::Units { kind: *kind, classes })
            }
            DemandKind::AllChosenUnits { kind, element, condition } => {
                let classes = self.units_where(edge, (*element, condition.as_ref()), entries);
                classes.map_or(demands::Demand::Open, |classes| demands::Demand::Chosen { kind: *kind, classes })
            }
            DemandKind::NumberOf { number, demands } => {
                demands::Demand::Number { number: *number, demands: self.each_demand(edge, demands, entries) }
            }
            DemandKind::And(demands) => demands::Demand::All(self.each_demand(edge, demands, entries)),
            DemandKind::Or(demands) => demands::Demand::Any(self.each_demand(edge, demands, entries)),
            DemandKind::CreditsAcquired(number) => self.credits_acquired(number, entries),
            DemandKind::HoldersOf(level) => demands::Demand::Holders(*level),
            DemandKind::Permission(_) => demands::Demand::Open,
            DemandKind::Requires(condition) => match self.truth(condition, &Scope::this(entries)) {
                Ok(value) => demands::Demand::Holds(self.at(value, entries)),
                Err(_) => demands::Demand::Open,
            },
        }
    }

    fn each_demand(&mut self, edge: &Edge, demands: &[Demand], entries: PlaceId) -> Vec<demands::Demand> {
        demands.iter().map(|demand| self.demand(edge, demand, entries)).collect()
    }

    fn credits_acquired(&mut self, number: &Expression, entries: PlaceId) -> demands::Demand {
        let limit = self.value(number, &Scope::this(entries)).ok().filter(|value| self.is_constant(value.place));
        let cell = limit.and_then(|value| self.fixed_cells(value.node).and_then(|cells| cells.first().copied()));
        cell.map_or(demands::Demand::Open, demands::Demand::Acquired)
    }

    /// The classes of the programme's units for which a condition on the catalogue alone holds; never the line's own.
    fn units_where(&mut self, edge: &Edge, (element, condition): (Variable, Option<&Expression>), entries: PlaceId) -> Option<Vec<Cell>> {
        let world = self.world;
        let programme = world.row_of_code(Subject::Programme, edge.programme);
        if !world.is_documented(Subject::Programme, programme) {
            return None;
        }
        let table = self.table(Subject::Unit);
        let units = self.root(table);
        let meant = match condition {
            None => None,
            Some(condition) => Some(self.meant(condition, (element, units), (edge, entries))?),
        };
        let own = world.context.catalogue.same_unit_class(edge.course);
        let mut classes = Vec::new();
        for unit in world.elements(List::ProgrammeUnits, programme) {
            let class = world.course_class(world.reference(fields::unit::COURSE, unit)?);
            let truth = meant.as_ref().map_or(TRUE, |meant: &Vec<u8>| meant.get(unit as usize).copied().unwrap_or(1));
            match truth {
                TRUE if class != own => classes.push(cell_of_row(class.0)),
                TRUE | FALSE => {}
                _ => return None,
            }
        }
        Some(classes)
    }

    /// For each unit of the catalogue, whether a condition holds; the line's own unit stands in for the judged entry's.
    fn meant(&mut self, condition: &Expression, (element, units): (Variable, PlaceId), (edge, entries): (&Edge, PlaceId)) -> Option<Vec<u8>> {
        let programme = self.world.row_of_code(Subject::Programme, edge.programme);
        let own_unit = self.world.context.catalogue.unit(programme, edge.course);
        let judged = Scope { own_unit: own_unit.map(cell_of_row), ..Scope::this(entries) };
        let scope = judged.element(element, units, None);
        let value = self.truth(condition, &scope).ok()?;
        let node = self.at(value, units);
        self.fixed_truths(node).map(<[u8]>::to_vec)
    }
}

fn sequentiality_of(kind: EdgeKind) -> SequentialityKind {
    match kind {
        EdgeKind::Strict => SequentialityKind::Strict,
        EdgeKind::Flexible => SequentialityKind::Flexible,
        EdgeKind::Simultaneous => SequentialityKind::Simultaneous,
    }
}
