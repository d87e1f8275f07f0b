//! Before a cohort is made: how plain students must be to come out clean under these rules, and by which changes each check can be broken. It depends on
//! the seed alone, so that a student is the same in a cohort of any size.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::generate::changes::{Sort, Sorts};
use crate::generate::draw::{History, Manner, Plainness, Profile, Spread};
use crate::generate::judge::Judge;
use crate::generate::plant::{Effort, Mending, Planted, Target, plant};
use crate::generate::random::Random;
use crate::generate::stage::Stage;
use crate::generate::students::{self, Student, Wish};
use crate::rulebook::{CheckId, Edge, Requirement};
use crate::verdicts::VerdictKind;

/// Clean dossiers that every check is tried on.
const DOSSIERS: u64 = 80;
/// Changes that are tried on each of the first ones, and on each of the rest.
const TRIES: usize = 48;
const FEW_TRIES: usize = 16;
const HALF: usize = 40;
/// So many different dossiers in which a check alone is broken are enough.
const ALONE: usize = 4;
/// So many in which it has company show that it never comes alone.
const ACCOMPANIED: usize = 16;
/// So many times it is tried to mend what comes along.
const MENDED: usize = 3;
/// Students by whom the plainness is chosen.
const SAMPLE: u64 = 40;
/// So many of the sample must come out clean.
const ENOUGH: usize = 28;
/// So many fewer of the sample are far fewer.
const FAR_FEWER: usize = 2;
/// Students of each programme by whom its weight is chosen.
const OF_EACH: u64 = 12;
/// Where fewer than one in so many are clean as drawn, a programme weighs so much less.
const SELDOM: usize = 4;
const LESS: usize = 8;

/// What the streams of random numbers are for, beside the seed.
const FOR_PLAINNESS: u64 = 1;
const FOR_DOSSIERS: u64 = 2;
const FOR_CHECKS: u64 = 3;
const FOR_WEIGHTS: u64 = 5;
const FOR_HISTORY: u64 = 6;

/// The number of a student of the rehearsal.
const NOBODY: &str = "r0000000";

/// A check and how it was broken.
#[derive(Debug, Clone)]
pub(crate) struct Broken {
    pub(super) target: Target,
    pub(super) specimens: Vec<Specimen>,
    /// The other checks that have findings wherever this one has.
    pub(crate) company: Vec<CheckId>,
}

/// A dossier in which a check was broken.
#[derive(Debug, Clone)]
pub(super) struct Specimen {
    pub(super) profile: Profile,
    pub(super) planted: Planted,
}

/// What the rehearsal showed.
#[derive(Debug, Clone)]
pub(crate) struct Rehearsal {
    plainness: Plainness,
    history: History,
    /// How often each programme is drawn.
    weights: Vec<usize>,
    pub(crate) broken: Vec<Broken>,
    /// The checks for which no change was found, and why.
    pub(crate) unbroken: Vec<(CheckId, Unbroken)>,
}

/// Why a check could not be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unbroken {
    /// A sequentiality of which the programmes have no line.
    NoLine,
    /// It was about none of the students of the rehearsal.
    NobodyMeant,
    /// By the day of the check it was due for none of those it is about.
    NotDue,
    /// No change that was tried did it.
    NoChange,
}

impl Unbroken {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::NoLine => "no line of a programme is of this kind",
            Self::NobodyMeant => "no student who was drawn is one it is about",
            Self::NotDue => "on that day it is not due yet",
            Self::NoChange => "no change was found that breaks it",
        }
    }
}

impl Broken {
    pub(crate) fn check(&self) -> CheckId {
        self.target.check
    }

    /// The sorts of changes that did it.
    pub(super) fn sorts(&self) -> Vec<Sort> {
        let sorts: BTreeSet<Sort> = self.specimens.iter().map(|specimen| specimen.planted.sort).collect();
        sorts.into_iter().collect()
    }
}

impl Rehearsal {
    /// Only what students must be like.
    pub(super) fn without_planting(stage: &Stage<'_>, seed: u64) -> Self {
        let history = history(stage, seed);
        let weights = weights(stage, (seed, history));
        let plainness = plainness(stage, (seed, history, &weights));
        Self { plainness, history, weights, broken: Vec::new(), unbroken: Vec::new() }
    }

    /// What students are like.
    pub(super) fn manner(&self) -> Manner<'_> {
        Manner { plainness: self.plainness, history: self.history, spread: Spread::Weighted(&self.weights) }
    }

    pub(super) fn new(stage: &Stage<'_>, seed: u64) -> Self {
        let before = Self::without_planting(stage, seed);
        let dossiers = before.dossiers(stage, seed);
        let checks: Vec<CheckId> = stage.judge().checks().collect();
        let break_check = |judge: &mut Judge<'_>, check: CheckId| {
            let random = Random::of(&[seed, FOR_CHECKS, u64::from(check.0)]);
            (check, Breaker { stage, judge, dossiers: &dossiers, random }.broken(check))
        };
        let all: Vec<(CheckId, Result<Broken, Unbroken>)> = checks.into_par_iter().map_init(|| stage.judge(), break_check).collect();
        let unbroken = all.iter().filter_map(|(check, broken)| broken.as_ref().err().map(|why| (*check, *why))).collect();
        Self { broken: all.into_iter().filter_map(|(_, broken)| broken.ok()).collect(), unbroken, ..before }
    }

    /// Clean dossiers: half of them usual, half of all kinds.
    fn dossiers(&self, stage: &Stage<'_>, seed: u64) -> Vec<Student> {
        let clean = |judge: &mut Judge<'_>, index: u64| {
            let usual = self.manner();
            let manner = if index.is_multiple_of(2) { usual } else { Manner { spread: Spread::Even, ..usual } };
            let wish = Wish { number: NOBODY, manner, profile: None };
            students::clean(stage, judge, wish, &mut Random::of(&[seed, FOR_DOSSIERS, index]))
        };
        (0..DOSSIERS).into_par_iter().map_init(|| stage.judge(), clean).flatten().collect()
    }
}

/// The weight of each programme, less where hardly any student is clean as drawn.
fn weights(stage: &Stage<'_>, (seed, history): (u64, History)) -> Vec<usize> {
    let institution = &stage.institution;
    let evenly = vec![1; institution.programmes.len()];
    let students = OF_EACH * u64::try_from(evenly.len()).unwrap_or(1);
    let manner = Manner { plainness: Plainness::Quiet, history, spread: Spread::Weighted(&evenly) };
    let looked_at = as_drawn(stage, (seed, FOR_WEIGHTS), (manner, students));
    let weigh = |(programme, weight): (usize, usize)| {
        let own = looked_at.iter().filter(|(of, _)| *of == programme);
        let clean = own.clone().filter(|(_, clean)| *clean).count();
        if clean * SELDOM < own.count() { (weight / LESS).max(1) } else { weight * LESS }
    };
    institution.weights().into_iter().enumerate().map(weigh).collect()
}

/// Whether students may have been there in years that the catalogue does not describe: not where far fewer are clean for that.
fn history(stage: &Stage<'_>, seed: u64) -> History {
    let weights = stage.institution.weights();
    let clean = |history| {
        let manner = Manner { plainness: Plainness::Quiet, history, spread: Spread::Weighted(&weights) };
        as_drawn(stage, (seed, FOR_HISTORY), (manner, SAMPLE)).into_iter().filter(|(_, clean)| *clean).count()
    };
    if clean(History::Any) + FAR_FEWER < clean(History::Described) { History::Described } else { History::Any }
}

/// The programmes of some students, and whether each is clean as drawn.
fn as_drawn(stage: &Stage<'_>, (seed, purpose): (u64, u64), (manner, students): (Manner<'_>, u64)) -> Vec<(usize, bool)> {
    let look = |judge: &mut Judge<'_>, index: u64| {
        let wish = Wish { number: NOBODY, manner, profile: None };
        let student = students::drawn(stage, wish, &mut Random::of(&[seed, purpose, index]));
        (student.profile.programme, judge.take(&student.dossier) && !judge.has_findings())
    };
    (0..students).into_par_iter().map_init(|| stage.judge(), look).collect()
}

/// The liveliest students of whom most come out clean, mended where that helps.
fn plainness(stage: &Stage<'_>, (seed, history, weights): (u64, History, &[usize])) -> Plainness {
    let are_clean = |plainness: &Plainness| {
        let is_clean = |judge: &mut Judge<'_>, index| {
            let manner = Manner { plainness: *plainness, history, spread: Spread::Weighted(weights) };
            let wish = Wish { number: NOBODY, manner, profile: None };
            students::one(stage, judge, wish, &mut Random::of(&[seed, FOR_PLAINNESS, index])).is_some()
        };
        let clean: Vec<bool> = (0..SAMPLE).into_par_iter().map_init(|| stage.judge(), is_clean).collect();
        clean.into_iter().filter(|clean| *clean).count() >= ENOUGH
    };
    Plainness::ALL.into_iter().find(are_clean).unwrap_or(Plainness::Plain)
}

/// Looks for ways to break one check.
struct Breaker<'b, 'j> {
    stage: &'b Stage<'b>,
    judge: &'b mut Judge<'j>,
    dossiers: &'b [Student],
    random: Random,
}

/// The dossiers in which a check was broken so far.
#[derive(Default)]
struct Found {
    alone: Vec<Specimen>,
    /// With the other checks that have findings too.
    accompanied: Vec<(Vec<CheckId>, Specimen)>,
}

impl Breaker<'_, '_> {
    /// As a violation; where the check never is one, as something that somebody must decide.
    fn broken(&mut self, check: CheckId) -> Result<Broken, Unbroken> {
        if self.has_no_edges(check) {
            return Err(Unbroken::NoLine);
        }
        let requires = self.stage.rulebook.check(check).requirement.is_some();
        let kinds = [VerdictKind::Violated, VerdictKind::NeedsDecision];
        let kinds = kinds.into_iter().skip(usize::from(!requires));
        let broken = kinds.map(|kind| Target { check, kind }).find_map(|target| self.broken_as(target));
        broken.ok_or_else(|| self.why(check))
    }

    fn why(&mut self, check: CheckId) -> Unbroken {
        let mut why = Unbroken::NobodyMeant;
        for student in self.dossiers {
            if !self.judge.take(&student.dossier) {
                continue;
            }
            for verdict in self.judge.verdicts(check) {
                match verdict.verdict.kind() {
                    VerdictKind::NotApplicable => {}
                    VerdictKind::NotYetDue => why = Unbroken::NotDue,
                    VerdictKind::Satisfied
                    | VerdictKind::Violated
                    | VerdictKind::Excepted
                    | VerdictKind::Waived
                    | VerdictKind::NeedsDecision
                    | VerdictKind::MissingData
                    | VerdictKind::Conflict => return Unbroken::NoChange,
                }
            }
        }
        why
    }

    /// Whether it is a sequentiality of a kind that no line of the year is of.
    fn has_no_edges(&self, check: CheckId) -> bool {
        let Some(Requirement::Sequentiality(sequentiality)) = &self.stage.rulebook.check(check).requirement else { return false };
        let year = self.stage.setting().year;
        let holds = |edge: &Edge| edge.kind == sequentiality.kind && edge.year.is_none_or(|of| of == year);
        !self.stage.rulebook.edges.iter().any(holds)
    }

    fn broken_as(&mut self, target: Target) -> Option<Broken> {
        let mut order: Vec<&Student> = self.dossiers.iter().collect();
        self.random.shuffle(&mut order);
        let mut found = Found::default();
        for (index, student) in order.into_iter().enumerate() {
            if found.is_enough() {
                break;
            }
            // What did it before is tried first on every other dossier.
            let sorts = if index.is_multiple_of(2) { Vec::new() } else { found.sorts() };
            let effort =
                Effort { sorts: Sorts::First(&sorts), tries: if index < HALF { TRIES } else { FEW_TRIES }, company: &[], mending: found.mending() };
            let Some(planted) = plant(self.stage, self.judge, (&student.dossier, target, effort), &mut self.random) else { continue };
            found.add(target, Specimen { profile: student.profile.clone(), planted });
        }
        found.broken(target)
    }
}

impl Found {
    fn is_enough(&self) -> bool {
        self.alone.len() == ALONE || (self.alone.is_empty() && self.accompanied.len() == ACCOMPANIED)
    }

    fn mending(&self) -> Mending {
        if self.accompanied.len() < MENDED { Mending::Tried } else { Mending::Left }
    }

    fn sorts(&self) -> Vec<Sort> {
        let all = self.alone.iter().chain(self.accompanied.iter().map(|(_, specimen)| specimen));
        all.map(|specimen| specimen.planted.sort).collect()
    }

    fn add(&mut self, target: Target, specimen: Specimen) {
        let company = specimen.planted.company(target);
        if company.is_empty() {
            self.alone.push(specimen);
        } else {
            self.accompanied.push((company, specimen));
        }
    }

    fn broken(mut self, target: Target) -> Option<Broken> {
        if !self.alone.is_empty() {
            return Some(Broken { target, specimens: self.alone, company: Vec::new() });
        }
        let companies = || self.accompanied.iter().map(|(company, _)| company);
        let often = |company: &Vec<CheckId>| companies().filter(|other| *other == company).count();
        let least = companies().min_by_key(|company| (company.len(), std::cmp::Reverse(often(company))))?.clone();
        self.accompanied.retain(|(company, _)| *company == least);
        let specimens = self.accompanied.into_iter().map(|(_, specimen)| specimen).collect();
        Some(Broken { target, specimens, company: least })
    }
}
