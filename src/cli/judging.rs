//! The verdicts of one block of dossiers, or of the catalogue, as findings and counts: columns first, the walk for what they leave open. A panic in one
//! student's check is that student's problem.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::engine::Settings;
use crate::cli::load::Loaded;
use crate::cli::selection::{Reported, Selection};
use crate::records::{Batch, TextId};
use crate::report::{Finding, Speaker, programme_of};
use crate::rulebook::{CheckId, EdgeId};
use crate::source::Sources;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::plan::{Memory, Outcome, Plan};
use crate::verdicts::{Context, Judgement, SubjectRow, Tally, VerdictKind, World};
use crate::vocabulary::{Subject, fields};

/// What verdicts are given with.
pub(crate) struct Judging<'a> {
    pub(crate) loaded: &'a Loaded,
    pub(crate) selection: &'a Selection,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) sources: &'a Sources,
    /// The rules as columns, where every verdict that is no finding may be settled by them.
    plan: Option<Plan>,
}

/// What came of some dossiers.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) findings: Vec<Finding>,
    /// By the check's number.
    pub(crate) tallies: Vec<Tally>,
    pub(crate) dossiers: u64,
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
    pub(crate) fn new(loaded: &'a Loaded, (selection, settings): (&'a Selection, &'a Settings<'a>), sources: &'a Sources) -> Self {
        let planned = selection.is_everybody() && selection.reported == Reported::Findings;
        let plan = planned.then(|| Plan::compile(&loaded.rulebook, &loaded.catalogue, (settings.year, settings.as_of)));
        Self { loaded, selection, settings, sources, plan }
    }

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

    /// The dossiers of a block, without those that were read before. Where the columns fail, student by student tells whose dossier it is.
    pub(crate) fn batch(&self, (batch, twice): (&Batch, &[u32]), memory: &mut Memory) -> Judged {
        let in_columns = self.plan.as_ref().map(|plan| catch_unwind(AssertUnwindSafe(|| self.by_columns(plan, (batch, twice), memory))));
        match in_columns {
            Some(Ok(judged)) => judged,
            Some(Err(_)) => {
                *memory = Memory::default();
                self.one_by_one(batch, twice)
            }
            None => self.one_by_one(batch, twice),
        }
    }

    /// The columns settle most verdicts; what they leave open is judged by the walk that has the last word.
    fn by_columns(&self, plan: &Plan, (batch, twice): (&Batch, &[u32]), memory: &mut Memory) -> Judged {
        let Loaded { rulebook, catalogue, .. } = self.loaded;
        let context = self.context(batch);
        let world = World::new(context);
        let mut judged = Judged::of(rulebook.checks.len());
        judged.dossiers = u64::from(batch.dossiers()).saturating_sub(u64::try_from(twice.len()).unwrap_or(u64::MAX));
        plan.judge((rulebook, catalogue), batch, memory, |column| {
            if self.selection.checks.binary_search(&column.check).is_err() {
                return;
            }
            for (index, outcome) in column.outcomes.iter().enumerate() {
                let row = column.rows.get(index).and_then(|row| u32::try_from(*row).ok()).unwrap_or(u32::MAX);
                let subject = SubjectRow { subject: column.subject, row };
                if !twice.is_empty() && world.within(subject, Subject::Student).is_some_and(|student| twice.contains(&student)) {
                    continue;
                }
                let edge = column.edges.and_then(|edges| edges.get(index)).and_then(|edge| u32::try_from(*edge).ok()).map(EdgeId);
                match outcome {
                    Outcome::NotApplicable => judged.count(column.check, VerdictKind::NotApplicable),
                    Outcome::Satisfied => judged.count(column.check, VerdictKind::Satisfied),
                    Outcome::NotYetDue => judged.count(column.check, VerdictKind::NotYetDue),
                    Outcome::Explain => self.judge(&context, column.check, (subject, edge), &mut judged),
                    Outcome::NotJudged => {}
                }
            }
        });
        judged
    }

    /// Each dossier by the walk, so that a failure is that student's alone.
    fn one_by_one(&self, batch: &Batch, twice: &[u32]) -> Judged {
        let mut judged = Judged::of(self.loaded.rulebook.checks.len());
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
        judged.count(check, kind);
        if kind.is_finding() || self.selection.reported == Reported::AllVerdicts {
            judged.findings.push(self.finding(context, &judgement));
        }
    }

    fn finding(&self, context: &Context<'_>, judgement: &Judgement) -> Finding {
        Speaker::new(*context, self.sources, self.settings.languages, self.settings.windows).finding(judgement)
    }
}

impl Judged {
    fn count(&mut self, check: CheckId, kind: VerdictKind) {
        if let Some(tally) = self.tallies.get_mut(check.0 as usize) {
            tally.add(kind, 1);
        }
    }

    fn add(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(total, tally)| total.merge(tally));
        self.dossiers += other.dossiers;
    }
}

/// What a panic says.
pub(crate) fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".to_owned())
}
