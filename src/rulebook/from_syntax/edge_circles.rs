//! Circles of edges: units that nobody can ever take, because each must come after another of them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::records::{Catalogue, CodeId};
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::graph::Graph;
use crate::rulebook::from_syntax::programme_units::{ProgrammeUnits, written_phase};
use crate::rulebook::problems::EdgeProblem;
use crate::rulebook::{Check, Demand, DemandKind, Edge, Requirement, SequentialityKind};
use crate::syntax::ast::{EdgeKind, PriorWhen};
use crate::vocabulary::Subject;

impl Compiler<'_> {
    /// In each programme and year, take away what can be taken, again and again; what is left goes round in circles.
    pub(super) fn edge_circles(&mut self, edges: &[Edge], checks: &[Check]) {
        let binding: Vec<EdgeKind> = [EdgeKind::Strict, EdgeKind::Flexible].into_iter().filter(|kind| comes_before(*kind, checks)).collect();
        for of_programme in edges.chunk_by(|one, other| one.programme == other.programme) {
            let mut years: Vec<Option<i32>> = of_programme.iter().map(|edge| edge.year).collect();
            years.sort_unstable();
            years.dedup();
            if years.len() > 1 {
                years.retain(Option::is_some);
            }
            for year in years {
                let of_year = of_programme.iter().filter(|edge| !edge.advice && (edge.year.is_none() || edge.year == year));
                self.circles_of(&of_year.collect::<Vec<_>>(), (&binding, year));
            }
        }
    }

    fn circles_of(&mut self, edges: &[&Edge], (binding, year): (&[EdgeKind], Option<i32>)) {
        let Some(first) = edges.first() else { return };
        let units = self.units_of(first.programme, year);
        let lines: Vec<Line<'_>> = edges.iter().map(|edge| Line::of(edge, binding, units.as_deref())).collect();
        let stuck = stuck(&lines);
        let number: FxHashMap<CodeId, usize> = stuck.iter().enumerate().map(|(index, course)| (*course, index)).collect();
        let mut graph = Graph::new(stuck.len());
        for line in &lines {
            let Some(one) = number.get(&line.edge.course) else { continue };
            line.priors.iter().filter_map(|prior| number.get(prior)).for_each(|other| graph.add(*one, *other));
        }
        for circle in graph.circles() {
            let courses: Vec<CodeId> = circle.iter().chain(circle.first()).map(|index| stuck[*index]).collect();
            let line =
                lines.iter().find(|line| Some(&line.edge.course) == courses.first() && courses.get(1).is_some_and(|next| line.priors.contains(next)));
            if let Some(line) = line {
                let at = line.edge.span;
                self.report(at, EdgeProblem::Cycle { circle: circle_text(self.catalogue, &courses), at });
            }
        }
    }
}

fn circle_text(catalogue: &Catalogue, courses: &[CodeId]) -> String {
    let names = courses.iter().map(|course| catalogue.codes(Subject::Course).name(*course).unwrap_or("?"));
    names.collect::<Vec<_>>().join(" after ")
}

/// Whether a prior of that kind must lie before the unit: always for strict; for flexible where every part of its declaration says so.
fn comes_before(kind: EdgeKind, checks: &[Check]) -> bool {
    let name = format!("sequentiality_{}", SequentialityKind::from(kind).word());
    let requirement = checks.iter().find(|check| check.name == name).and_then(|check| check.requirement.as_ref());
    match requirement {
        _ if kind == EdgeKind::Strict => true,
        Some(Requirement::Sequentiality(sequentiality)) => {
            sequentiality.parts.iter().all(|part| matches!(part.when, PriorWhen::EarlierSemester | PriorWhen::EarlierYear))
        }
        _ => false,
    }
}

/// An edge and the units that it asks to come before.
struct Line<'e> {
    edge: &'e Edge,
    binding: &'e [EdgeKind],
    priors: Vec<CodeId>,
    units: Option<&'e ProgrammeUnits>,
}

impl<'e> Line<'e> {
    fn of(edge: &'e Edge, binding: &'e [EdgeKind], units: Option<&'e ProgrammeUnits>) -> Self {
        let mut line = Self { edge, binding, priors: Vec::new(), units };
        let mut waiting = vec![&edge.demand];
        while let Some(next) = waiting.pop() {
            match &next.kind {
                DemandKind::NumberOf { demands, .. } | DemandKind::And(demands) | DemandKind::Or(demands) => waiting.extend(demands),
                leaf => line.priors.extend(line.named(leaf)),
            }
        }
        line
    }

    /// The units that a term names, all of which it asks for.
    fn named(&self, demand: &DemandKind) -> Vec<CodeId> {
        match demand {
            DemandKind::Unit { kind, course } if self.binding.contains(kind) => vec![*course],
            DemandKind::AllUnits { kind, .. } if self.binding.contains(kind) => {
                let phase = written_phase(demand).zip(self.units);
                phase.map_or_else(Vec::new, |(phase, units)| units.of_phase(phase).collect())
            }
            _ => Vec::new(),
        }
    }

    // Demands nest as deep as the parser lets them, which is little.
    fn is_met(&self, demand: &Demand, stuck: &FxHashSet<CodeId>) -> bool {
        match &demand.kind {
            DemandKind::And(demands) => demands.iter().all(|demand| self.is_met(demand, stuck)),
            DemandKind::Or(demands) => demands.iter().any(|demand| self.is_met(demand, stuck)),
            DemandKind::NumberOf { number, demands } => {
                let met = demands.iter().filter(|demand| self.is_met(demand, stuck)).count();
                u32::try_from(met).is_ok_and(|met| met >= *number)
            }
            leaf => self.named(leaf).iter().all(|course| !stuck.contains(course)),
        }
    }
}

/// The units that stay out of reach, in a fixed order.
fn stuck(lines: &[Line<'_>]) -> Vec<CodeId> {
    let mut stuck: FxHashSet<CodeId> = lines.iter().map(|line| line.edge.course).collect();
    let mut naming: FxHashMap<CodeId, Vec<usize>> = FxHashMap::default();
    let mut unmet: FxHashMap<CodeId, usize> = FxHashMap::default();
    let mut is_met = vec![false; lines.len()];
    for (index, line) in lines.iter().enumerate() {
        *unmet.entry(line.edge.course).or_default() += 1;
        line.priors.iter().for_each(|prior| naming.entry(*prior).or_default().push(index));
    }
    let mut waiting: Vec<usize> = (0..lines.len()).collect();
    while let Some(index) = waiting.pop() {
        let line = &lines[index];
        if is_met[index] || !line.is_met(&line.edge.demand, &stuck) {
            continue;
        }
        is_met[index] = true;
        let course = line.edge.course;
        let left = unmet.entry(course).or_default();
        *left = left.saturating_sub(1);
        if *left == 0 {
            stuck.remove(&course);
            waiting.extend(naming.get(&course).into_iter().flatten());
        }
    }
    let mut left: Vec<CodeId> = stuck.into_iter().collect();
    left.sort_unstable();
    left
}
