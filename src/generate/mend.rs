//! Making a dossier clean: for a finding, changes are tried that what its check looks at suggests, until one leaves less to find.

use std::collections::BTreeSet;

use crate::generate::changes::Sorts;
use crate::generate::dossier::Row;
use crate::generate::judge::Judge;
use crate::generate::random::Random;
use crate::generate::stage::Stage;
use crate::rulebook::CheckId;
use crate::verdicts::{Judgement, VerdictKind};

/// So many findings are mended, one after the other.
const STEPS: usize = 8;
/// So many changes are tried for each.
const TRIES: usize = 60;

/// The finding that must stay: the one that was planted.
pub(super) type Kept = Option<(CheckId, VerdictKind)>;

/// The dossier without any finding but the one that is kept; nothing where no way was found.
pub(super) fn mend(stage: &Stage<'_>, judge: &mut Judge<'_>, (dossier, kept): (Row, Kept), random: &mut Random) -> Option<Row> {
    let mut dossier = dossier;
    let mut seen = BTreeSet::new();
    let mut findings = others(judge, &dossier, kept)?;
    for _ in 0..STEPS {
        let Some(first) = findings.first().map(|finding| finding.check) else { return Some(dossier) };
        seen.insert(first);
        let at = Step { first, of_first: count(&findings, first), all: findings.len(), seen: &seen, kept };
        (dossier, findings) = step(stage, judge, (&dossier, &at), random)?;
    }
    findings.is_empty().then_some(dossier)
}

/// What must become less.
struct Step<'s> {
    first: CheckId,
    of_first: usize,
    all: usize,
    /// The checks that were mended already.
    seen: &'s BTreeSet<CheckId>,
    kept: Kept,
}

fn step(stage: &Stage<'_>, judge: &mut Judge<'_>, (dossier, at): (&Row, &Step<'_>), random: &mut Random) -> Option<(Row, Vec<Judgement>)> {
    if !judge.take(dossier) {
        return None;
    }
    let verdicts = judge.verdicts(at.first);
    let changes = stage.changer(at.first, (dossier, &verdicts), Sorts::First(&[])).changes(random);
    for change in changes.iter().take(TRIES) {
        let changed = change.applied(dossier);
        if !judge.take(&changed) || judge.findings_of(at.first).count() >= at.of_first {
            continue;
        }
        let Some(findings) = taken_up(judge, at.kept) else { continue };
        let shifted = findings.len() == at.all && findings.iter().all(|finding| !at.seen.contains(&finding.check));
        if findings.len() < at.all || shifted {
            return Some((changed, findings));
        }
    }
    None
}

fn count(findings: &[Judgement], check: CheckId) -> usize {
    findings.iter().filter(|finding| finding.check == check).count()
}

/// The findings beside the one that is kept; nothing where that is not there, or the dossier can't be read.
fn others(judge: &mut Judge<'_>, dossier: &Row, kept: Kept) -> Option<Vec<Judgement>> {
    if judge.take(dossier) { taken_up(judge, kept) } else { None }
}

fn taken_up(judge: &Judge<'_>, kept: Kept) -> Option<Vec<Judgement>> {
    let mut findings = judge.findings();
    let Some((check, kind)) = kept else { return Some(findings) };
    let is_kept = |finding: &Judgement| finding.check == check && finding.verdict.kind() == kind;
    if count(&findings, check) != 1 || !findings.iter().any(is_kept) {
        return None;
    }
    findings.retain(|finding| finding.check != check);
    Some(findings)
}
