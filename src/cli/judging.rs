//! The verdicts of one block of dossiers, or of the catalogue, as findings and counts. A panic in one student's check is that student's problem.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::engine::Settings;
use crate::cli::load::Loaded;
use crate::cli::selection::{Reported, Selection};
use crate::records::{Batch, TextId};
use crate::report::{Finding, Speaker, programme_of};
use crate::rulebook::CheckId;
use crate::source::Sources;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::{Context, Judgement, Tally};
use crate::vocabulary::{Subject, fields};

/// What verdicts are given with.
pub(crate) struct Judging<'a> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) selection: &'a Selection,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) sources: &'a Sources,
}

/// What came of some dossiers.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) findings: Vec<Finding>,
    /// By the check's number.
    pub(crate) tallies: Vec<Tally>,
    pub(crate) dossiers: u64,
    /// Bytes of the records.
    pub(crate) bytes: u64,
    /// Those of the students asked for that are among them.
    pub(crate) found: Vec<String>,
    /// Students on whom the engine failed, and why.
    pub(crate) failed: Vec<(String, String)>,
}

impl Judged {
    fn of(checks: usize) -> Self {
        Self { tallies: vec![Tally::default(); checks], ..Self::default() }
    }
}

impl<'a> Judging<'a> {
    fn context(&self, batch: &'a Batch) -> Context<'a> {
        let Loaded { rulebook, catalogue, .. } = self.loaded;
        Context { rulebook, catalogue, batch, year: self.settings.year, as_of: self.settings.as_of }
    }

    /// The number of a student as the record writes it.
    pub(crate) fn student<'b>(&'b self, batch: &'b Batch, row: u32) -> &'b str {
        let id = TextId(batch.cell(fields::student::STUDENT, row));
        self.loaded.catalogue.texts.get(id).or_else(|| batch.texts.get(id)).unwrap_or("")
    }

    /// Every check of the catalogue, unless only some students are looked at.
    pub(crate) fn catalogue(&self) -> Judged {
        let mut judged = Judged::of(self.loaded.rulebook.checks.len());
        if !self.selection.students.is_empty() {
            return judged;
        }
        let batch = Batch::new(&self.loaded.catalogue);
        let context = self.context(&batch);
        for check in &self.selection.checks {
            for subject in explain::catalogue_subjects(&context, *check) {
                self.judge(&context, *check, (subject, None), &mut judged);
            }
        }
        judged
    }

    /// The dossiers of a block, without those that were read before.
    pub(crate) fn batch(&self, batch: &Batch, twice: &[u32]) -> Judged {
        let mut judged = Judged::of(self.loaded.rulebook.checks.len());
        judged.bytes = u64::try_from(batch.text.len()).unwrap_or(u64::MAX);
        let context = self.context(batch);
        for student in (0..batch.dossiers()).filter(|row| !twice.contains(row)) {
            let name = self.student(batch, student);
            if !self.selection.has_student(name) {
                continue;
            }
            if !self.selection.students.is_empty() {
                judged.found.push(name.to_owned());
            }
            match catch_unwind(AssertUnwindSafe(|| self.dossier(&context, student))) {
                Ok(one) => judged.add(one),
                Err(panic) => judged.failed.push((name.to_owned(), reason(panic.as_ref()))),
            }
        }
        judged
    }

    fn dossier(&self, context: &Context<'_>, student: u32) -> Judged {
        let mut judged = Judged { dossiers: 1, ..Judged::of(self.loaded.rulebook.checks.len()) };
        for check in &self.selection.checks {
            for subject in explain::subjects(context, *check, student) {
                self.judge(context, *check, subject, &mut judged);
            }
        }
        judged
    }

    fn judge(&self, context: &Context<'_>, check: CheckId, subject: explain::Judged, judged: &mut Judged) {
        if !self.selection.programmes.is_empty() && !self.selection.has_programme(programme_of(context, subject.0).as_deref()) {
            return;
        }
        let judgement = explain::judge(context, check, subject, &Overrides::default());
        let kind = judgement.verdict.kind();
        if let Some(tally) = judged.tallies.get_mut(check.0 as usize) {
            tally.add(kind, 1);
        }
        if kind.is_finding() || self.selection.reported == Reported::AllVerdicts {
            judged.findings.push(self.finding(context, &judgement));
        }
    }

    fn finding(&self, context: &Context<'_>, judgement: &Judgement) -> Finding {
        Speaker::new(*context, self.sources, self.settings.languages, self.settings.windows).finding(judgement)
    }
}

impl Judged {
    fn add(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(total, tally)| total.merge(tally));
        self.dossiers += other.dossiers;
    }
}

/// What a panic says.
fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".to_owned())
}
