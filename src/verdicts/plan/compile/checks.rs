//! Checks as columns: who is meant, what lifts or replaces the requirement, whether it is met, and whether it is judged by now.

use crate::rulebook::{Check, CheckId, Effect, Requirement};
use crate::verdicts::{Context, World};
use crate::vocabulary::{Subject, fields};

use super::super::column::{FALSE, UNKNOWN};
use super::super::program::{CellOp, Comparison, NodeId, TruthOp};
use super::super::{CheckPlan, Program, Rows};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::requirements::Demanded;
use super::scope::Scope;

/// A program, the checks that it judges, and what no column can run.
pub(in crate::verdicts::plan) struct Compiled {
    pub(in crate::verdicts::plan) program: Program,
    pub(in crate::verdicts::plan) checks: Vec<CheckPlan>,
    pub(in crate::verdicts::plan) unplanned: Vec<(CheckId, Unplanned)>,
}

/// The plan of those checks that are about dossiers.
pub(in crate::verdicts::plan) fn compile(context: Context<'_>, checks: &[CheckId]) -> Compiled {
    let mut builder = Builder::new(World::new(context));
    builder.make_fact_nodes();
    let (mut plans, mut unplanned) = (Vec::new(), Vec::new());
    for id in checks.iter().copied() {
        let check = context.rulebook.check(id);
        if check.subject.is_of_catalogue() {
            continue;
        }
        let mut left = Vec::new();
        match builder.check(check, &mut left) {
            Ok(plan) => plans.push(CheckPlan { check: id, ..plan }),
            Err(why) => left.push(why),
        }
        unplanned.extend(left.into_iter().map(|why| (id, why)));
    }
    builder.schedule(&plans);
    Compiled { program: builder.program, checks: plans, unplanned }
}

/// The exceptions of a check: whether each applies, alone.
struct Exceptions {
    any: NodeId,
    alone: Vec<NodeId>,
}

impl Builder<'_> {
    fn check(&mut self, check: &Check, left: &mut Vec<Unplanned>) -> Result<CheckPlan, Unplanned> {
        let (judged_place, judged) = self.judged(check)?;
        let (ground, this, edges) = self.stand(check, judged_place)?;
        let scope = Scope { edges, ..Scope::this(this) };
        let domain = self.place_domain(ground);
        let row = Value { node: self.rows(this), place: this };
        let rows = Rows {
            rows: self.at(row, ground),
            edges: edges.map(|_| self.cells(CellOp::Element, domain)),
            judged: judged.map(|judged| self.at(judged, ground)),
        };
        if !check.in_force.contains(self.world.context.year) {
            let never = self.everywhere(FALSE, ground);
            return Ok(CheckPlan { applies: Some(never), ..CheckPlan::new(check.subject, rows, never) });
        }
        let applies = self.applies(check, &scope, left).map(|applies| self.at(applies, ground));
        let exceptions = self.exceptions(check, (&scope, ground), left);
        let mut demanded = self.own_demand(check, (&scope, ground), left);
        if let Some(exceptions) = &exceptions {
            demanded = self.with_exceptions((check, demanded), exceptions, (&scope, ground), left);
        }
        let needs = self.needs(check, (&scope, ground), left);
        let later = self.judged_later(check, (&scope, ground), left);
        Ok(CheckPlan {
            applies,
            needs,
            exceptions: exceptions.map(|exceptions| exceptions.any),
            waiting: demanded.waiting,
            lapsed: demanded.lapsed,
            later,
            ..CheckPlan::new(check.subject, rows, demanded.met)
        })
    }

    /// Where the verdicts stand, where `this` does, and the edges that are judged.
    fn stand(&mut self, check: &Check, judged: PlaceId) -> Result<(PlaceId, PlaceId, Option<u32>), Unplanned> {
        let Some(Requirement::Sequentiality(own)) = &check.requirement else { return Ok((judged, judged, None)) };
        let (edges, ground) = self.edges(own.kind, judged)?;
        let (edge_domain, entries) = (self.place_domain(ground), self.place_domain(judged));
        let index = self.cells(CellOp::Outer, edge_domain);
        Ok((ground, self.child(ground, index, entries), Some(edges)))
    }

    fn everywhere(&mut self, truth: super::super::column::Truth, ground: PlaceId) -> NodeId {
        let value = self.constant_truth(truth);
        self.at(value, ground)
    }

    /// A condition as a column; unknown where no column can run it.
    fn condition_or_unknown(&mut self, value: Result<Value, Unplanned>, ground: PlaceId, left: &mut Vec<Unplanned>) -> NodeId {
        match value {
            Ok(value) => self.at(value, ground),
            Err(why) => {
                left.push(why);
                self.everywhere(UNKNOWN, ground)
            }
        }
    }

    fn applies(&mut self, check: &Check, scope: &Scope<'_>, left: &mut Vec<Unplanned>) -> Option<Value> {
        let mut applies: Option<Value> = None;
        let cohort = self.of_cohort(check, scope);
        let condition = check.condition.as_ref().map(|condition| self.truth(condition, scope));
        for part in cohort.into_iter().chain(condition) {
            let part = part.unwrap_or_else(|why| {
                left.push(why);
                self.constant_truth(UNKNOWN)
            });
            applies = match applies {
                None => Some(part),
                Some(known) => self.and(known, part).ok(),
            };
        }
        applies
    }

    fn of_cohort(&mut self, check: &Check, scope: &Scope<'_>) -> Option<Result<Value, Unplanned>> {
        let cohorts = check.cohorts;
        let sides = [(cohorts.from, Comparison::GreaterOrEqual), (cohorts.until, Comparison::LessOrEqual)];
        let mut of_cohort: Option<Value> = None;
        for (year, comparison) in sides.into_iter().filter_map(|(year, comparison)| Some((year?, comparison))) {
            let side = self.within(scope.place, Subject::Student).and_then(|student| {
                let own = self.field(fields::student::COHORT, student)?;
                let year = self.constant_cell(year);
                self.compared(comparison, own, year)
            });
            let joined = side.and_then(|side| match of_cohort {
                None => Ok(side),
                Some(known) => self.and(known, side),
            });
            match joined {
                Ok(joined) => of_cohort = Some(joined),
                Err(why) => return Some(Err(why)),
            }
        }
        of_cohort.map(Ok)
    }

    fn any_of(&mut self, truths: &[NodeId], ground: PlaceId) -> NodeId {
        let domain = self.place_domain(ground);
        let joined = truths.iter().copied().reduce(|left, right| self.truths(TruthOp::Or(left, right), domain));
        joined.unwrap_or_else(|| self.everywhere(FALSE, ground))
    }

    fn exceptions(&mut self, check: &Check, (scope, ground): (&Scope<'_>, PlaceId), left: &mut Vec<Unplanned>) -> Option<Exceptions> {
        if check.exceptions.is_empty() {
            return None;
        }
        let mut truths = Vec::with_capacity(check.exceptions.len());
        for exception in &check.exceptions {
            let value = self.truth(&exception.condition, scope);
            truths.push(self.condition_or_unknown(value, ground, left));
        }
        let domain = self.place_domain(ground);
        let mut alone = Vec::with_capacity(truths.len());
        for (index, truth) in truths.iter().enumerate() {
            let others: Vec<NodeId> = truths.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, truth)| *truth).collect();
            if others.is_empty() {
                alone.push(*truth);
                continue;
            }
            let others = self.any_of(&others, ground);
            let no_other = self.truths(TruthOp::Not(others), domain);
            alone.push(self.and_nodes((*truth, no_other), domain));
        }
        Some(Exceptions { any: self.any_of(&truths, ground), alone })
    }

    fn own_demand(&mut self, check: &Check, at: (&Scope<'_>, PlaceId), left: &mut Vec<Unplanned>) -> Demanded {
        self.demanded(check, None, at).unwrap_or_else(|why| {
            left.push(why);
            Demanded { met: self.everywhere(UNKNOWN, at.1), waiting: None, lapsed: None }
        })
    }

    /// What comes of the requirement, whichever exception applies, as long as it is one alone.
    fn with_exceptions(
        &mut self,
        (check, own): (&Check, Demanded),
        exceptions: &Exceptions,
        at: (&Scope<'_>, PlaceId),
        left: &mut Vec<Unplanned>,
    ) -> Demanded {
        let domain = self.place_domain(at.1);
        let none = self.truths(TruthOp::Not(exceptions.any), domain);
        let mut ways = vec![(none, own)];
        for (exception, alone) in check.exceptions.iter().zip(&exceptions.alone) {
            let demanded = match &exception.effect {
                Effect::Lift => Ok(Demanded { waiting: None, lapsed: None, ..own }),
                effect => self.demanded(check, Some(effect), at),
            };
            match demanded {
                Ok(demanded) => ways.push((*alone, demanded)),
                Err(why) => left.push(why),
            }
        }
        let mut chosen = |part: fn(&Demanded) -> Option<NodeId>| {
            let parts: Vec<NodeId> =
                ways.iter().filter_map(|(way, demanded)| part(demanded).map(|part| self.and_nodes((*way, part), domain))).collect();
            parts.into_iter().reduce(|left, right| self.truths(TruthOp::Or(left, right), domain))
        };
        let met = chosen(|demanded| Some(demanded.met)).unwrap_or(own.met);
        Demanded { met, waiting: chosen(|demanded| demanded.waiting), lapsed: chosen(|demanded| demanded.lapsed) }
    }

    fn needs(&mut self, check: &Check, (scope, ground): (&Scope<'_>, PlaceId), left: &mut Vec<Unplanned>) -> Option<NodeId> {
        if check.needs_decision.is_empty() {
            return None;
        }
        let mut truths = Vec::with_capacity(check.needs_decision.len());
        for clause in &check.needs_decision {
            let value = self.truth(&clause.condition, scope);
            truths.push(self.condition_or_unknown(value, ground, left));
        }
        Some(self.any_of(&truths, ground))
    }

    /// Whether the day from which it is judged is yet to come.
    fn judged_later(&mut self, check: &Check, (scope, ground): (&Scope<'_>, PlaceId), left: &mut Vec<Unplanned>) -> Option<NodeId> {
        let from = check.judged_from.as_ref()?;
        let day = self.value(from, scope).and_then(|day| {
            let today = self.constant_cell(self.world.today);
            self.compared(Comparison::LessOrEqual, day, today)
        });
        let come = self.condition_or_unknown(day, ground, left);
        let domain = self.place_domain(ground);
        Some(self.truths(TruthOp::Not(come), domain))
    }
}
