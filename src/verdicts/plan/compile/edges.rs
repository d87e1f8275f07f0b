//! Sequentiality: the edges of a kind by programme and course, their demands over classes of units, and the entries that they are judged on.

use rustc_hash::FxHashMap;

use crate::records::CodeId;
use crate::rulebook::{Demand, DemandKind, Edge, EdgeId, Expression, PriorPart, Requirement, SequentialityKind, Variable};
use crate::syntax::ast::{EdgeKind, PriorState, PriorWhen};
use crate::vocabulary::{Cell, List, Subject, fields};

use super::super::column::{FALSE, TRUE, cell_of_row};
use super::super::demands::{self, EdgeSet, Parts, PartsOfKinds};
use super::super::program::{CatalogueColumn, CellOp, NodeId};
use super::super::tables::ByCourse;
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::scope::Scope;

impl Builder<'_> {
    /// The edges of judged entries.
    pub(super) fn edges(&mut self, entries: PlaceId) -> Result<u32, Unplanned> {
        if let Some(known) = self.edge_sets.get(&entries) {
            return Ok(*known);
        }
        let enrolment = self.within(entries, Subject::Enrolment)?;
        let student = self.within(enrolment, Subject::Student)?;
        let course = self.load(fields::entry::COURSE, entries);
        let programme = self.load(fields::enrolment::PROGRAMME, enrolment);
        let (enrolment, student) = (self.rows_at(enrolment, entries), self.rows_at(student, entries));
        let course = Value { node: course, place: entries };
        let class = self.numbered(course, Subject::Course, CatalogueColumn::Class).node;
        let code = self.numbered(course, Subject::Course, CatalogueColumn::Code).node;
        let semester = self.load(fields::entry::SEMESTER, entries);
        self.number_edges()?;
        let first = self.cells(CellOp::FirstEdge { programme, code }, self.place_domain(entries));
        let mut demands = vec![demands::Demand::Open];
        for edge in self.program.lines.in_rulebook().collect::<Vec<_>>() {
            let edge = self.world.context.rulebook.edge(edge);
            demands.push(self.demand(edge, &edge.demand, entries));
        }
        let set = EdgeSet { student, enrolment, class, semester, first, demands: Vec::new(), priors: Vec::new() }.with_demands(demands);
        self.program.edges.push(set);
        let edges = u32::try_from(self.program.edges.len() - 1).unwrap_or(u32::MAX);
        self.edge_sets.insert(entries, edges);
        Ok(edges)
    }

    /// The first edge of each of the judged entries, over these.
    pub(super) fn first_edge(&self, edges: u32) -> Result<NodeId, Unplanned> {
        self.program.edges.get(edges as usize).map(|set| set.first).ok_or(Unplanned("a sequentiality without edges"))
    }

    /// The rows of an owner, over the entries.
    fn rows_at(&mut self, owner: PlaceId, entries: PlaceId) -> NodeId {
        let row = Value { node: self.rows(owner), place: owner };
        self.at(row, entries)
    }

    /// The edges of the year under check, by programme and course.
    fn number_edges(&mut self) -> Result<(), Unplanned> {
        if !self.program.lines.is_empty() {
            return Ok(());
        }
        let (world, year) = (self.world, self.world.context.year);
        let mut places: FxHashMap<(CodeId, CodeId), usize> = FxHashMap::default();
        let mut lines: Vec<((CodeId, CodeId), demands::Line)> = Vec::new();
        for (number, edge) in (0..).map(EdgeId).zip(&world.context.rulebook.edges).filter(|(_, edge)| edge.year.is_none_or(|own| own == year)) {
            let key = (edge.programme, edge.course);
            let at = *places.entry(key).or_insert(lines.len());
            if at == lines.len() {
                lines.push((key, Vec::new()));
            }
            lines[at].1.push((number, edge.kind));
        }
        let (lines, firsts) = demands::Lines::new(lines).ok_or(Unplanned("too many edges"))?;
        self.program.lines = lines.with_courses(self.by_course(&firsts));
        Ok(())
    }

    /// For each programme and course of the catalogue its first edge; 0 for those that have none.
    fn by_course(&self, firsts: &[((CodeId, CodeId), Cell)]) -> ByCourse {
        let world = self.world;
        let codes = world.context.catalogue.codes(Subject::Programme);
        let of_each_row =
            firsts.iter().flat_map(|((programme, course), first)| codes.rows_of(*programme).map(move |row| ((cell_of_row(row), *course), *first)));
        let programmes = world.context.catalogue.table(Subject::Programme).rows();
        ByCourse::new(world, of_each_row.collect(), vec![0; programmes as usize])
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
        self.known_parts(parts.to_vec())
    }

    /// A state that a prior unit is in, as the parts of every kind.
    pub(super) fn parts_of_state(&mut self, states: &[PriorState], when: PriorWhen) -> u32 {
        let parts = Parts::of(&[(states, when)]);
        self.known_parts(vec![parts; 3])
    }

    fn known_parts(&mut self, parts: Vec<Parts>) -> u32 {
        let known = self.program.parts.iter().position(|known| known.kinds() == parts);
        let index = known.unwrap_or_else(|| {
            self.program.parts.push(PartsOfKinds::new(parts));
            self.program.parts.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
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
