//! The verdicts of the catalogue, and judgements as findings.

use crate::cli::engine::Settings;
use crate::cli::load::Loaded;
use crate::cli::selection::{Reported, Selection};
use crate::records::Batch;
use crate::report::{About, Speaker, Spoken, programme_of};
use crate::rulebook::CheckId;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::in_parallel::BlockJudged;
use crate::verdicts::{Context, Judgement};

/// What verdicts are given with.
pub(crate) struct Judging<'a> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) selection: &'a Selection,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) about: About<'a>,
}

impl<'a> Judging<'a> {
    fn context(&self, batch: &'a Batch) -> Context<'a> {
        let Loaded { rulebook, catalogue, .. } = self.loaded;
        Context { rulebook, catalogue, batch, year: self.settings.year, as_of: self.settings.as_of }
    }

    /// Every check of the catalogue, unless only some students are looked at.
    pub(crate) fn catalogue(&self) -> BlockJudged<Spoken> {
        let mut judged = BlockJudged::new(self.loaded.rulebook.checks.len());
        if !self.selection.students.is_empty() {
            return judged;
        }
        let batch = Batch::new(&self.loaded.catalogue);
        let context = self.context(&batch);
        for check in &self.selection.checks {
            for subject in explain::catalogue_subjects(&context, *check) {
                self.judge(&context, (*check, (subject, None)), &mut judged);
            }
        }
        judged
    }

    fn judge(&self, context: &Context<'_>, (check, subject): (CheckId, explain::Judged), judged: &mut BlockJudged<Spoken>) {
        if !self.selection.programmes.is_empty() && !self.selection.has_programme(programme_of(context, subject.0).as_deref()) {
            return;
        }
        let judgement = explain::judge(context, check, subject, &Overrides::default());
        let kind = judgement.verdict.kind();
        judged.tally(check, kind);
        if kind.is_finding() || self.selection.reported == Reported::AllVerdicts {
            judged.told.push(self.spoken(context, &judgement));
        }
    }

    /// What is kept of a judgement.
    pub(crate) fn spoken(&self, context: &Context<'_>, judgement: &Judgement) -> Spoken {
        let finding = Speaker::new(*context, self.about.sources, self.settings.languages, self.settings.detail).finding(judgement);
        Spoken::new(&self.about, finding, self.settings.lines)
    }
}
