//! Checks as columns: who is meant, what lifts or replaces the requirement, whether it is met, and whether it is judged by now.

use crate::rulebook::{Check, CheckId, Effect, Expression, Requirement, SequentialityKind};
use crate::verdicts::explain::TRIED_AT_MOST;
use crate::verdicts::{Context, World};
use crate::vocabulary::{Subject, fields};

use super::super::column::{FALSE, TRUE, UNKNOWN};
use super::super::program::{CellOp, Comparison, Domain, DomainId, NodeId, TruthOp};
use super::super::{CheckPlan, Program, Rows, Unmet};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::requirements::Demanded;
use super::scope::{EdgesHere, Scope};

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
            Ok(made) => plans.extend(made.into_iter().map(|plan| CheckPlan { check: id, ..plan })),
            Err(why) => left.push(why),
        }
        left.dedup();
        unplanned.extend(left.into_iter().map(|why| (id, why)));
    }
    builder.schedule(&plans);
    Compiled { program: builder.program, checks: plans, unplanned }
}

/// A check while its columns are made.
struct Making<'c> {
    check: &'c Check,
    scope: Scope<'c>,
    /// Where its verdicts stand.
    ground: PlaceId,
    domain: DomainId,
    /// What no column can run.
    left: &'c mut Vec<Unplanned>,
}

/// Where verdicts stand, where `this` does, and the edges that are judged.
struct Stand {
    ground: PlaceId,
    this: PlaceId,
    edges: Option<Edges>,
}

/// The edges that are judged: their set and their kind, the number of each, and whether it is of the kind.
#[derive(Clone, Copy)]
struct Edges {
    set: u32,
    kind: SequentialityKind,
    number: NodeId,
    of_kind: NodeId,
}

/// The exceptions of a check: whether they apply.
struct Exceptions<'c> {
    any: NodeId,
    /// Those that replace something, each alone.
    replacing: Vec<(&'c Effect, NodeId)>,
    /// None that replaces something; nothing where there is no such exception.
    none_replacing: Option<NodeId>,
    /// Those that lift the requirement: any of them, and whether it is known of each.
    lifting: Option<(NodeId, NodeId)>,
}

impl Builder<'_> {
    fn check(&mut self, check: &Check, left: &mut Vec<Unplanned>) -> Result<Vec<CheckPlan>, Unplanned> {
        let (place, judged) = self.judged(check)?;
        let stands = match &check.requirement {
            Some(Requirement::Sequentiality(own)) => self.edges_stand(own.kind, place)?,
            _ => vec![Stand { ground: place, this: place, edges: None }],
        };
        Ok(stands.into_iter().map(|stand| self.check_on(check, &stand, (judged, &mut *left))).collect())
    }

    fn check_on(&mut self, check: &Check, stand: &Stand, (judged, left): (Option<Value>, &mut Vec<Unplanned>)) -> CheckPlan {
        let Stand { ground, this, edges } = *stand;
        let domain = self.place_domain(ground);
        let making = &mut Making {
            check,
            scope: Scope { edges: edges.map(|Edges { set, kind, .. }| EdgesHere { set, kind, ground }), ..Scope::this(this) },
            ground,
            domain,
            left,
        };
        let row = Value { node: self.rows(this), place: this };
        let counts = judged.map(|judged| self.at(judged, ground));
        let rows = Rows {
            judged: self.at(row, ground),
            edges: edges.map(|edges| edges.number),
            counts: counts.into_iter().chain(edges.map(|edges| edges.of_kind)).reduce(|one, other| self.and_nodes((one, other), domain)),
        };
        if !check.in_force.contains(self.world.context.year) {
            let never = self.everywhere(FALSE, domain);
            return CheckPlan { applies: Some(never), ..CheckPlan::new(check.subject, rows, never) };
        }
        let applies = self.applies(making).map(|applies| self.at(applies, ground));
        let exceptions = self.exceptions(making);
        let own = self.own_demand(making);
        let excepted = exceptions.as_ref().and_then(|exceptions| self.excepted(&own, exceptions, domain));
        let demanded = exceptions.as_ref().map_or(own, |exceptions| self.with_exceptions(making, own, exceptions));
        let (needs, later) = (self.needs(making), self.judged_later(making));
        let unless = |truth, node: Option<NodeId>| node.filter(|node| self.same_for_all(*node) != Some(truth));
        CheckPlan {
            applies: unless(TRUE, applies),
            excepted: unless(FALSE, excepted),
            needs: unless(FALSE, needs),
            exceptions: unless(FALSE, exceptions.map(|exceptions| exceptions.any)),
            waiting: unless(FALSE, demanded.waiting),
            lapsed: unless(FALSE, demanded.lapsed),
            later: unless(FALSE, later),
            unmet: if self.is_exact(own.met) { Unmet::FalseOrUnknown } else { Unmet::False },
            ..CheckPlan::new(check.subject, rows, demanded.met)
        }
    }

    /// The edges of a kind: the first of each of the judged entries stand over these, those after it have rows of their own.
    fn edges_stand(&mut self, kind: SequentialityKind, judged: PlaceId) -> Result<Vec<Stand>, Unplanned> {
        let set = self.edges(judged)?;
        let (first, entries) = (self.first_edge(set)?, self.place_domain(judged));
        let of_kind = self.truths(TruthOp::OfKind { edge: first, kind }, entries);
        let mut stands = vec![Stand { ground: judged, this: judged, edges: Some(Edges { set, kind, number: first, of_kind }) }];
        if self.program.lines.have_others(kind) {
            let domain = self.domain(Domain::Edges { entries, first });
            let ground = self.root(domain);
            let (index, number) = (self.cells(CellOp::Outer, domain), self.cells(CellOp::Element, domain));
            let of_kind = self.truths(TruthOp::OfKind { edge: number, kind }, domain);
            stands.push(Stand { ground, this: self.child(ground, index, entries), edges: Some(Edges { set, kind, number, of_kind }) });
        }
        Ok(stands)
    }

    /// A condition as a column; unknown where no column can run it.
    fn condition_or_unknown(&mut self, condition: &Expression, making: &mut Making<'_>) -> NodeId {
        let value = self.truth(condition, &making.scope);
        self.at_ground_or_unknown(value, making)
    }

    fn at_ground_or_unknown(&mut self, value: Result<Value, Unplanned>, making: &mut Making<'_>) -> NodeId {
        match value {
            Ok(value) => self.at(value, making.ground),
            Err(why) => {
                making.left.push(why);
                self.everywhere(UNKNOWN, making.domain)
            }
        }
    }

    fn applies(&mut self, making: &mut Making<'_>) -> Option<Value> {
        let mut applies: Option<Value> = None;
        let cohort = self.of_cohort(making.check, &making.scope);
        let condition = making.check.condition.as_ref().map(|condition| self.truth(condition, &making.scope));
        for part in cohort.into_iter().chain(condition) {
            let part = part.unwrap_or_else(|why| {
                making.left.push(why);
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
                let own = self.field(fields::student::COHORT, student);
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

    fn either_of(&mut self, truths: impl IntoIterator<Item = NodeId>, domain: DomainId) -> Option<NodeId> {
        truths.into_iter().reduce(|left, right| self.truths(TruthOp::Or(left, right), domain))
    }

    fn not_node(&mut self, truth: NodeId, domain: DomainId) -> NodeId {
        self.truths(TruthOp::Not(truth), domain)
    }

    fn exceptions<'c>(&mut self, making: &mut Making<'c>) -> Option<Exceptions<'c>> {
        let domain = making.domain;
        let mut all: Vec<(&'c Effect, NodeId)> = Vec::with_capacity(making.check.exceptions.len());
        for exception in &making.check.exceptions {
            let applies = self.condition_or_unknown(&exception.condition, making);
            all.push((&exception.effect, applies));
        }
        let any = self.either_of(all.iter().map(|(_, applies)| *applies), domain)?;
        let is_lift = |(effect, _): &(&Effect, NodeId)| matches!(effect, Effect::Lift);
        // So many exceptions are not tried both ways where they are unknown, so none of them may be.
        let at_hand = all.len() <= TRIED_AT_MOST;
        let lifts: Vec<NodeId> = all.iter().filter(|one| at_hand && is_lift(one)).map(|(_, applies)| *applies).collect();
        let mut replacing = Vec::new();
        for (at, (effect, applies)) in all.iter().enumerate().filter(|(_, one)| !(at_hand && is_lift(one))) {
            let others = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (_, applies))| *applies);
            let alone = match self.either_of(others, domain) {
                None => *applies,
                Some(others) => {
                    let no_other = self.not_node(others, domain);
                    self.and_nodes((*applies, no_other), domain)
                }
            };
            replacing.push((*effect, alone));
        }
        let replaces = all.iter().filter(|one| !(at_hand && is_lift(one))).map(|(_, applies)| *applies);
        let none_replacing = self.either_of(replaces, domain).map(|any| self.not_node(any, domain));
        let lifting = self.either_of(lifts.iter().copied(), domain).map(|lifted| {
            let known: Vec<NodeId> = lifts.iter().map(|lift| self.truths(TruthOp::Known(*lift), domain)).collect();
            let all_known = known.into_iter().reduce(|left, right| self.and_nodes((left, right), domain));
            (lifted, all_known.unwrap_or(lifted))
        });
        Some(Exceptions { any, replacing, none_replacing, lifting })
    }

    fn own_demand(&mut self, making: &mut Making<'_>) -> Demanded {
        self.demanded(making.check, None, (&making.scope, making.ground)).unwrap_or_else(|why| {
            making.left.push(why);
            Demanded { met: self.everywhere(UNKNOWN, making.domain), waiting: None, lapsed: None }
        })
    }

    /// What is surely not met, and surely lifted.
    fn excepted(&mut self, own: &Demanded, exceptions: &Exceptions<'_>, domain: DomainId) -> Option<NodeId> {
        let (lifted, known) = exceptions.lifting?;
        let not: Vec<NodeId> = [Some(own.met), own.waiting, own.lapsed].into_iter().flatten().map(|node| self.not_node(node, domain)).collect();
        let all = [known].into_iter().chain(exceptions.none_replacing).chain(not);
        Some(all.fold(lifted, |all, one| self.and_nodes((all, one), domain)))
    }

    /// What comes of the requirement where no exception replaces anything in it, or one alone does; an exception that lifts it changes nothing
    /// about what is met or waits.
    fn with_exceptions(&mut self, making: &mut Making<'_>, own: Demanded, exceptions: &Exceptions<'_>) -> Demanded {
        let Some(none) = exceptions.none_replacing else { return own };
        let domain = making.domain;
        let mut ways = vec![(none, own)];
        for (effect, alone) in &exceptions.replacing {
            let demanded = match effect {
                Effect::Lift => Ok(Demanded { waiting: None, lapsed: None, ..own }),
                _ => self.demanded(making.check, Some(effect), (&making.scope, making.ground)),
            };
            match demanded {
                Ok(demanded) => ways.push((*alone, demanded)),
                Err(why) => making.left.push(why),
            }
        }
        let mut chosen = |part: fn(&Demanded) -> Option<NodeId>| {
            let parts: Vec<NodeId> =
                ways.iter().filter_map(|(way, demanded)| part(demanded).map(|part| self.and_nodes((*way, part), domain))).collect();
            self.either_of(parts, domain)
        };
        let met = chosen(|demanded| Some(demanded.met)).unwrap_or(own.met);
        let (waiting, lapsed) = (chosen(|demanded| demanded.waiting), chosen(|demanded| demanded.lapsed));
        let met = match ways.as_slice() {
            [(_, own), (_, replaced)] => self.met_both_ways([met, own.met, replaced.met], exceptions, domain),
            _ => met,
        };
        Demanded { met, waiting, lapsed }
    }

    /// Met with the one exception and without it, whether it applies or not.
    fn met_both_ways(&mut self, [met, own, replaced]: [NodeId; 3], exceptions: &Exceptions<'_>, domain: DomainId) -> NodeId {
        if exceptions.replacing.len() != 1 {
            return met;
        }
        let mut both = self.and_nodes((own, replaced), domain);
        if let Some((lifted, _)) = exceptions.lifting {
            let not_lifted = self.not_node(lifted, domain);
            both = self.and_nodes((both, not_lifted), domain);
        }
        self.truths(TruthOp::Or(met, both), domain)
    }

    fn needs(&mut self, making: &mut Making<'_>) -> Option<NodeId> {
        let mut truths = Vec::with_capacity(making.check.needs_decision.len());
        for clause in &making.check.needs_decision {
            truths.push(self.condition_or_unknown(&clause.condition, making));
        }
        self.either_of(truths, making.domain)
    }

    /// Whether the day from which it is judged is yet to come.
    fn judged_later(&mut self, making: &mut Making<'_>) -> Option<NodeId> {
        let from = making.check.judged_from.as_ref()?;
        let day = self.value(from, &making.scope).and_then(|day| {
            let today = self.constant_cell(self.world.today);
            self.compared(Comparison::LessOrEqual, day, today)
        });
        let come = self.at_ground_or_unknown(day, making);
        Some(self.not_node(come, making.domain))
    }
}
