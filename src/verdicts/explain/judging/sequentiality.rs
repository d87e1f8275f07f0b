//! Sequentiality: the terms of one edge, each prior unit judged by the parts of its own kind.

use crate::records::{CodeId, Placed};
use crate::rulebook::{Check, Demand, DemandKind, Edge, PriorPart, Requirement, Rulebook, SequentialityKind};
use crate::verdicts::NamedValue;
use crate::verdicts::explain::Recorder;
use crate::verdicts::explain::expressions::Judged;
use crate::verdicts::explain::judging::demands::{Around, Level, Met, acquired};
use crate::verdicts::explain::judging::{Case, Demanded, Outcome, named};
use crate::vocabulary::{Subject, fields};

/// The parts that each kind of sequentiality consists of: as the rules say, with those of one kind replaced by an exception.
pub(super) struct Parts<'a> {
    rulebook: &'a Rulebook,
    own: SequentialityKind,
    replaced: Option<&'a [PriorPart]>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(&self, kind: SequentialityKind) -> &'a [PriorPart] {
        match (kind, self.replaced) {
            (SequentialityKind::Diploma | SequentialityKind::Condition, _) => &[],
            (_, Some(parts)) if kind == self.own => parts,
            _ => declared(self.rulebook, kind),
        }
    }
}

/// The parts of a kind, from its check.
fn declared(rulebook: &Rulebook, kind: SequentialityKind) -> &[PriorPart] {
    rulebook.checks.iter().find_map(|check| parts_of(check, kind)).unwrap_or(&[])
}

fn parts_of(check: &Check, kind: SequentialityKind) -> Option<&[PriorPart]> {
    match &check.requirement {
        Some(Requirement::Sequentiality(own)) if own.kind == kind => Some(&own.parts),
        _ => None,
    }
}

impl<'a, R: Recorder> Case<'a, R> {
    /// The edge under judgement; what decisions let pass counts as met.
    pub(super) fn sequentiality(&mut self, edge: &'a Edge, replaced: Option<&'a [PriorPart]>, forgiven: &[CodeId]) -> Demanded {
        let world = self.evaluator.world;
        let Some(judged) = Judged::new(self.evaluator.desk, self.subject.row, edge.span) else {
            return Demanded::new(Outcome::NotApplicable, edge.span);
        };
        let parts = Parts { rulebook: world.context.rulebook, own: edge.kind, replaced };
        let met = self.demand(&edge.demand, &Around { judged: &judged, parts: &parts, forgiven });
        let mut demanded = Demanded::new(Outcome::Met, edge.span);
        demanded.priors = self.in_order(&met.unmet);
        demanded.outcome = outcome(met);
        let course = fields::entry::COURSE;
        demanded.broken_at = Some(Placed { subject: Subject::Entry, row: self.subject.row, field: Some(course) });
        if let Some(row) = world.reference(course, self.subject.row) {
            demanded.values.push(named("course", NamedValue::Code(Subject::Course, world.code(Subject::Course, row))));
        }
        if asks_for_credits(&edge.demand) {
            let sure = acquired(world, &judged).sure();
            demanded.values.push(named("credits_acquired", NamedValue::Credits(sure)));
        }
        demanded
    }

    /// Each once, in the order of their names.
    fn in_order(&self, unmet: &[CodeId]) -> Vec<CodeId> {
        let name = |code: &CodeId| self.evaluator.world.code_name(Subject::Course, *code);
        let mut priors = unmet.to_vec();
        priors.sort_by(|left, right| name(left).cmp(name(right)));
        priors.dedup();
        priors
    }
}

fn asks_for_credits(demand: &Demand) -> bool {
    match &demand.kind {
        DemandKind::CreditsAcquired(_) => true,
        DemandKind::And(demands) | DemandKind::Or(demands) | DemandKind::NumberOf { demands, .. } => demands.iter().any(asks_for_credits),
        DemandKind::Unit { .. }
        | DemandKind::AllUnits { .. }
        | DemandKind::AllChosenUnits { .. }
        | DemandKind::HoldersOf(_)
        | DemandKind::Permission(_)
        | DemandKind::Requires(_) => false,
    }
}

fn outcome(met: Met) -> Outcome {
    match (met.low, met.high) {
        (Level::Yes, _) => Outcome::Met,
        (_, Level::No) => Outcome::NotMet,
        (Level::Ask, Level::Ask) => Outcome::Asks(met.roles),
        _ => Outcome::Unknown(met.reasons),
    }
}
