//! Planting: a change is made for one named check, and stands only where that check, and no other, has a finding afterwards.

use crate::generate::changes::{Sort, Sorts};
use crate::generate::dossier::Row;
use crate::generate::judge::Judge;
use crate::generate::mend::mend;
use crate::generate::random::Random;
use crate::generate::stage::Stage;
use crate::report::{Expected, subject_key};
use crate::rulebook::CheckId;
use crate::verdicts::{Judgement, VerdictKind};

/// What is to be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) check: CheckId,
    pub(super) kind: VerdictKind,
}

/// A dossier with a planted finding.
#[derive(Debug, Clone)]
pub(super) struct Planted {
    pub(super) dossier: Row,
    /// The sort of change that did it.
    pub(super) sort: Sort,
    pub(super) findings: Vec<Finding>,
}

/// A finding that a check must give.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) check: CheckId,
    pub(super) expected: Expected,
}

impl Planted {
    /// The other checks that have findings too.
    pub(super) fn company(&self, target: Target) -> Vec<CheckId> {
        let mut company: Vec<CheckId> = self.findings.iter().map(|finding| finding.check).filter(|check| *check != target.check).collect();
        company.dedup();
        company
    }
}

/// How hard is tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort<'e> {
    pub(super) sorts: Sorts<'e>,
    pub(super) tries: usize,
    /// The other checks that may have findings too.
    pub(super) company: &'e [CheckId],
    pub(super) mending: Mending,
}

/// Whether other findings are mended where they come along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mending {
    Tried,
    Left,
}

/// Change a clean dossier so that the check has its finding; alone, or else with as few others as can be.
pub(super) fn plant(
    stage: &Stage<'_>,
    judge: &mut Judge<'_>,
    (clean, target, effort): (&Row, Target, Effort<'_>),
    random: &mut Random,
) -> Option<Planted> {
    if !judge.take(clean) {
        return None;
    }
    let verdicts = judge.verdicts(target.check);
    let changes = stage.changer(target.check, (clean, &verdicts), effort.sorts).changes(random);
    let mut best: Option<Planted> = None;
    for change in changes.iter().take(effort.tries) {
        let changed = change.applied(clean);
        if !judge.take(&changed) || !has_alone(judge, target) {
            continue;
        }
        let findings = judge.findings();
        if best.as_ref().is_some_and(|best| best.findings.len() <= findings.len()) {
            continue;
        }
        let planted = planted(stage, judge, (changed, target, change.sort), &findings);
        let company = planted.company(target);
        if company.is_empty() || company == effort.company {
            return Some(planted);
        }
        best = Some(planted);
    }
    let best = best?;
    if effort.mending == Mending::Left {
        return Some(best);
    }
    let Some(mended) = mend(stage, judge, (best.dossier.clone(), Some((target.check, target.kind))), random) else { return Some(best) };
    if !judge.take(&mended) {
        return Some(best);
    }
    let findings = judge.findings();
    Some(planted(stage, judge, (mended, target, best.sort), &findings))
}

/// Whether the check has one finding, of the kind that is wanted.
fn has_alone(judge: &Judge<'_>, target: Target) -> bool {
    let mut findings = judge.findings_of(target.check);
    let first = findings.next().map(|finding| finding.verdict.kind());
    first == Some(target.kind) && findings.next().is_none()
}

fn planted(stage: &Stage<'_>, judge: &Judge<'_>, (dossier, target, sort): (Row, Target, Sort), findings: &[Judgement]) -> Planted {
    let name = |check: CheckId| stage.rulebook.check(check).name.as_str().into();
    let world = judge.world();
    let expected = |finding: &Judgement| Finding {
        check: finding.check,
        expected: Expected {
            student: "".into(),
            check: name(finding.check),
            verdict: finding.verdict.kind(),
            subject: subject_key(world, finding.subject, &finding.priors).kept(),
            planted: name(target.check),
        },
    };
    let mut findings: Vec<Finding> = findings.iter().map(expected).collect();
    findings.sort_by(|one, other| (one.check, &one.expected.subject).cmp(&(other.check, &other.expected.subject)));
    Planted { dossier, sort, findings }
}
