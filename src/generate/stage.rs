//! What all students of a cohort share: the institution, the rules, what each check looks at, and how records are read.

use crate::generate::changes::{Changer, Sorts};
use crate::generate::dossier::{Row, Writer};
use crate::generate::institution::{Institution, Setting};
use crate::generate::judge::Judge;
use crate::generate::reads::Reads;
use crate::records::{DossierReader, Reading};
use crate::rulebook::{CheckId, Rulebook};
use crate::verdicts::Judgement;
use crate::verdicts::plan::Plan;

/// Where students are made and judged.
pub(crate) struct Stage<'a> {
    pub(crate) institution: Institution<'a>,
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) plan: Plan,
    reading: Reading<'a>,
    /// By the check's number.
    reads: Vec<Reads>,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(institution: Institution<'a>, rulebook: &'a Rulebook) -> Self {
        let setting = institution.setting;
        let reading = Reading::new(setting.catalogue, setting.time_zone(), setting.year);
        let reads = rulebook.checks.iter().map(|check| Reads::of(setting, rulebook, check)).collect();
        let checks: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
        let plan = Plan::compile(rulebook, setting.catalogue, (setting.year, setting.as_of), &checks);
        Self { institution, rulebook, plan, reading, reads }
    }

    pub(crate) fn judge(&self) -> Judge<'_> {
        Judge::new(self.setting(), self.rulebook, self.reader())
    }

    pub(crate) fn reader(&self) -> DossierReader<'_> {
        DossierReader::new(&self.reading)
    }

    pub(crate) fn setting(&self) -> Setting<'a> {
        self.institution.setting
    }

    pub(crate) fn writer(&self) -> Writer<'a> {
        Writer::new(self.setting())
    }

    /// Changes to a dossier, for a check that said this of it.
    pub(crate) fn changer<'c>(&'c self, check: CheckId, of: (&'c Row, &[Judgement]), sorts: Sorts<'c>) -> Changer<'c> {
        Changer::new(&self.institution, &self.reads[check.0 as usize], of, sorts)
    }
}
