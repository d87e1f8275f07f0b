//! One block of dossiers: the plan settles the rows that are plain, the other evaluator tells about the rest, student by student. A panic in one student's
//! check is that student's problem.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::records::{Batch, Kept, Placed};
use crate::rulebook::{CheckId, EdgeId};
use crate::verdicts::explain::{self, Explainer, Overrides};
use crate::verdicts::in_parallel::{BlockJudged, Cohort, Failed, Told};
use crate::verdicts::plan::{Judged, Memory, Outcome};
use crate::verdicts::{Context, SubjectRow, Tally, VerdictKind, World};
use crate::vocabulary::{Subject, fields};

/// A row that the other evaluator tells about, in the order in which it is told: its student first.
type ToExplain = (u32, CheckId, SubjectRow, Option<EdgeId>);

/// One thread's part of the work, with the memory that it keeps from block to block.
pub(super) struct Worker<'a, T> {
    cohort: &'a Cohort<'a, T>,
    memory: Memory,
    to_explain: Vec<ToExplain>,
    /// For each dossier of the block, whether it is looked at.
    looked_at: Vec<bool>,
    overrides: Overrides,
}

/// What an act gives, or what its panic says.
pub(super) fn guarded<R>(act: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|panic| reason(panic.as_ref()))
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".to_owned())
}

impl<'a, T> Worker<'a, T> {
    pub(super) fn new(cohort: &'a Cohort<'a, T>) -> Self {
        Self { cohort, memory: Memory::default(), to_explain: Vec::new(), looked_at: Vec::new(), overrides: Overrides::default() }
    }

    /// The dossiers of a batch, without those of students that have one already.
    pub(super) fn judge(&mut self, batch: &Batch, seconds: &[u32], judged: &mut BlockJudged<T>) {
        let cohort = self.cohort;
        let context = cohort.plan.context(cohort.rulebook, cohort.reading.catalogue, batch);
        judged.bytes = batch.bytes;
        self.choose(&context, seconds, judged);
        if cohort.told == Told::Findings && self.by_plan(&context, judged) {
            return;
        }
        judged.told.clear();
        judged.tallies.fill(Tally::default());
        for student in (0..batch.dossiers()).filter(|student| self.is_looked_at(*student)) {
            match guarded(|| self.whole_dossier(&context, student)) {
                Ok(one) => judged.add(one),
                Err(reason) => judged.failed.push(failed(&context, student, reason)),
            }
        }
        judged.dossiers -= u64::try_from(judged.failed.len()).unwrap_or(0).min(judged.dossiers);
    }

    fn is_looked_at(&self, student: u32) -> bool {
        self.looked_at.get(student as usize).copied().unwrap_or(false)
    }

    fn choose(&mut self, context: &Context<'_>, seconds: &[u32], judged: &mut BlockJudged<T>) {
        let asked = self.cohort.students;
        self.looked_at.clear();
        self.looked_at.extend((0..context.batch.dossiers()).map(|student| asked.is_empty() || asked.contains(name(context, student))));
        for second in seconds {
            if let Some(looked_at) = self.looked_at.get_mut(*second as usize) {
                *looked_at = false;
            }
        }
        judged.dossiers = self.looked_at.iter().map(|looked_at| u64::from(*looked_at)).sum();
        if !asked.is_empty() {
            judged.found = (0..context.batch.dossiers())
                .filter(|student| self.is_looked_at(*student))
                .map(|student| name(context, student).to_owned())
                .collect();
        }
    }

    /// Whether the plan and the other evaluator together came through without a panic.
    fn by_plan(&mut self, context: &Context<'_>, judged: &mut BlockJudged<T>) -> bool {
        let Self { cohort, memory, to_explain, looked_at, .. } = self;
        let chooser = Chooser { cohort, context, looked_at, all: looked_at.iter().all(|looked_at| *looked_at) };
        to_explain.clear();
        let planned = guarded(|| {
            cohort.plan.judge(context, memory, |part| chooser.note(part, to_explain, judged));
        });
        if planned.is_err() {
            *memory = Memory::default();
            return false;
        }
        let left_out = guarded(|| self.note_left_out(context));
        self.to_explain.sort_unstable();
        left_out.is_ok() && guarded(|| self.explain(context, judged)).is_ok()
    }

    /// The rows of checks of which the plan says nothing.
    fn note_left_out(&mut self, context: &Context<'_>) {
        for check in self.cohort.plan.left_out() {
            for student in (0..context.batch.dossiers()).filter(|student| self.looked_at.get(*student as usize) == Some(&true)) {
                let wanted = |row: &SubjectRow| self.cohort.rows.is_none_or(|wanted| wanted(context, *row));
                let rows = explain::subjects(context, *check, student).into_iter().filter(|(row, _)| wanted(row));
                self.to_explain.extend(rows.map(|(row, edge)| (student, *check, row, edge)));
            }
        }
    }

    fn explain(&self, context: &Context<'_>, judged: &mut BlockJudged<T>) {
        let explainer = Explainer::new(context, &self.overrides);
        for (_, check, row, edge) in &self.to_explain {
            self.tell(&explainer, (*check, *row, *edge), judged);
        }
    }

    fn tell(&self, explainer: &Explainer<'_>, (check, row, edge): (CheckId, SubjectRow, Option<EdgeId>), judged: &mut BlockJudged<T>) {
        let judgement = explainer.judge(check, (row, edge));
        let kind = judgement.verdict.kind();
        judged.tally(check, kind);
        if kind.is_finding() || self.cohort.told == Told::AllVerdicts {
            (self.cohort.tell)(explainer.context, &judgement, &mut judged.told);
        }
    }

    /// All rows of a student by the other evaluator.
    fn whole_dossier(&self, context: &Context<'_>, student: u32) -> BlockJudged<T> {
        let mut judged = BlockJudged::new(context.rulebook.checks.len());
        let explainer = Explainer::new(context, &self.overrides);
        for check in self.cohort.plan.checks() {
            for (row, edge) in explain::subjects(context, check, student) {
                if self.cohort.rows.is_none_or(|wanted| wanted(context, row)) {
                    self.tell(&explainer, (check, row, edge), &mut judged);
                }
            }
        }
        judged
    }
}

/// What the plan settles, and the verdict of each.
const SETTLED: [(Outcome, VerdictKind); 4] = [
    (Outcome::Satisfied, VerdictKind::Satisfied),
    (Outcome::NotApplicable, VerdictKind::NotApplicable),
    (Outcome::NotYetDue, VerdictKind::NotYetDue),
    (Outcome::Excepted, VerdictKind::Excepted),
];

/// The rows that are looked at.
struct Chooser<'a, T> {
    cohort: &'a Cohort<'a, T>,
    context: &'a Context<'a>,
    looked_at: &'a [bool],
    all: bool,
}

impl<T> Chooser<'_, T> {
    /// Count what the plan settled of a check, and note what it did not.
    fn note(&self, part: &Judged<'_>, to_explain: &mut Vec<ToExplain>, judged: &mut BlockJudged<T>) {
        let Some(tally) = judged.tallies.get_mut(part.check.0 as usize) else { return };
        let everybody = self.all && self.cohort.rows.is_none();
        for (rows, outcomes) in (0..).step_by(TOGETHER).zip(part.outcomes.chunks(TOGETHER)) {
            if everybody {
                for (outcome, kind) in SETTLED {
                    tally.add(kind, outcome.count(outcomes));
                }
                if Outcome::Explain.count(outcomes) == 0 {
                    continue;
                }
            }
            for (index, outcome) in (rows..).zip(outcomes) {
                if *outcome == Outcome::NotJudged || (everybody && *outcome != Outcome::Explain) {
                    continue;
                }
                let Some((student, row)) = self.looked_at(part, index) else { continue };
                if let Some((_, kind)) = SETTLED.iter().find(|(settled, _)| settled == outcome) {
                    tally.add(*kind, 1);
                } else {
                    to_explain.push((student, part.check, row, part.edge(index)));
                }
            }
        }
    }

    /// A row and whose it is, if it is looked at.
    fn looked_at(&self, part: &Judged<'_>, index: usize) -> Option<(u32, SubjectRow)> {
        let row = SubjectRow { subject: part.subject, row: part.rows.get(index)?.cast_unsigned() };
        let student = World::new(*self.context).student_of(row).unwrap_or(u32::MAX);
        let looked_at = self.looked_at.get(student as usize).copied().unwrap_or(false);
        (looked_at && self.cohort.rows.is_none_or(|wanted| wanted(self.context, row))).then_some((student, row))
    }
}

/// So many rows are counted together; most have nothing that is left to explain.
const TOGETHER: usize = 64;

impl<T> BlockJudged<T> {
    fn add(&mut self, other: Self) {
        self.told.extend(other.told);
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(total, tally)| total.merge(tally));
    }
}

fn failed(context: &Context<'_>, student: u32, reason: String) -> Failed {
    let record = context.batch.line_of(Placed { subject: Subject::Student, row: student, field: None });
    let place = context.batch.origins.get(student as usize).map(|origin| (origin.file, origin.line));
    Failed { student: name(context, student).to_owned(), reason, place, record: Kept::record(record.as_bytes()) }
}

fn name<'b>(context: &Context<'b>, student: u32) -> &'b str {
    let id = context.batch.cell(fields::student::STUDENT, student);
    context.batch.text_of(context.catalogue, id).unwrap_or("")
}
