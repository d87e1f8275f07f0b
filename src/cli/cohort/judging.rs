//! The verdicts of the catalogue, and judgements as findings.

use crate::cli::cohort::selection::{Reported, Selection};
use crate::cli::cohort::settings::Settings;
use crate::cli::project::load::Loaded;
use crate::records::Batch;
use crate::report::{About, Last, Speaker, Spoken, SpokenLines, programme_of};
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
    pub(crate) last: &'a Last,
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
        if !self.selection.programmes.is_empty() && !self.selection.has_programme(programme_of(context, subject.0)) {
            return;
        }
        let judgement = explain::judge(context, check, subject, &Overrides::default());
        let kind = judgement.verdict.kind();
        judged.tally(check, kind);
        if kind.is_finding() || self.selection.reported == Reported::AllVerdicts {
            self.tell(context, &judgement, &mut judged.told);
        }
    }

    /// Add what is kept of a judgement.
    pub(crate) fn tell(&self, context: &Context<'_>, judgement: &Judgement, told: &mut Vec<Spoken>) {
        let speaker = Speaker::new(*context, self.about.sources, self.settings.languages, self.settings.detail);
        let Some(format) = self.settings.lines else {
            let counted = self.last.counted(speaker, judgement).map(Spoken::Counted);
            told.push(counted.unwrap_or_else(|| Spoken::Finding(Box::new(speaker.finding(judgement).kept()))));
            return;
        };
        if !matches!(told.last(), Some(Spoken::Lines(_))) {
            told.push(Spoken::Lines(SpokenLines::default()));
        }
        if let Some(Spoken::Lines(lines)) = told.last_mut() {
            lines.add(&self.about, &speaker.finding(judgement), format);
        }
    }
}
