//! One dossier before the engine: written as a line, read as any record is, and judged by the walk that has the last word.

use crate::generate::dossier::{Row, Writer};
use crate::generate::institution::Setting;
use crate::records::{Batch, Block, DossierReader};
use crate::rulebook::{CheckId, Rulebook};
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::{Context, Judgement, World};

/// Judges one dossier after the other; a worker has one of its own.
pub(crate) struct Judge<'a> {
    setting: Setting<'a>,
    rulebook: &'a Rulebook,
    reader: DossierReader<'a>,
    batch: Batch,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(setting: Setting<'a>, rulebook: &'a Rulebook, reader: DossierReader<'a>) -> Self {
        Self { setting, rulebook, reader, batch: Batch::new(setting.catalogue) }
    }

    /// Take up a dossier; false where it can't be read as a record.
    pub(crate) fn take(&mut self, dossier: &Row) -> bool {
        let mut line = Vec::with_capacity(4096);
        Writer::new(self.setting).line(dossier, &mut line);
        let read = self.reader.read_block(Block::of_lines(line), &mut self.batch);
        read.set_aside.is_empty() && self.batch.dossiers() == 1
    }

    fn context(&self) -> Context<'_> {
        let Setting { catalogue, year, as_of, .. } = self.setting;
        Context { rulebook: self.rulebook, catalogue, batch: &self.batch, year, as_of }
    }

    /// The world of the dossier that was taken up last.
    pub(crate) fn world(&self) -> World<'_> {
        World::new(self.context())
    }

    /// Every verdict of one check about the dossier.
    pub(crate) fn verdicts(&self, check: CheckId) -> Vec<Judgement> {
        let context = self.context();
        let subjects = explain::subjects(&context, check, 0);
        subjects.into_iter().map(|subject| explain::judge(&context, check, subject, &Overrides::default())).collect()
    }

    /// The findings of one check.
    pub(crate) fn findings_of(&self, check: CheckId) -> impl Iterator<Item = Judgement> {
        self.verdicts(check).into_iter().filter(|judgement| judgement.verdict.kind().is_finding())
    }

    pub(crate) fn has_findings(&self) -> bool {
        self.checks().any(|check| self.findings_of(check).next().is_some())
    }

    /// Every finding of every check.
    pub(crate) fn findings(&self) -> Vec<Judgement> {
        self.checks().flat_map(|check| self.findings_of(check)).collect()
    }

    /// The checks that are about dossiers.
    pub(crate) fn checks(&self) -> impl Iterator<Item = CheckId> + use<'a> {
        let of_dossiers = |(_, check): &(CheckId, &crate::rulebook::Check)| !check.subject.is_of_catalogue();
        (0..).map(CheckId).zip(&self.rulebook.checks).filter(of_dossiers).map(|(id, _)| id)
    }
}
