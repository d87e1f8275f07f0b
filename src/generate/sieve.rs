//! Which of many dossiers are clean: read together and judged in columns, which is what makes a large cohort quick.

use crate::generate::dossier::Row;
use crate::generate::stage::Stage;
use crate::records::{Batch, Block, DossierReader};
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::plan::{Judged, Memory, Outcome};
use crate::verdicts::{Context, SubjectRow, World};
use crate::vocabulary::Subject;

/// Judges blocks of dossiers; a worker has one of its own.
pub(super) struct Sieve<'s> {
    stage: &'s Stage<'s>,
    reader: DossierReader<'s>,
    batch: Batch,
    memory: Memory,
}

impl<'s> Sieve<'s> {
    pub(super) fn new(stage: &'s Stage<'s>) -> Self {
        Self { stage, reader: stage.reader(), batch: Batch::new(stage.setting().catalogue), memory: Memory::default() }
    }

    /// The line of each dossier that is clean; nothing for the others.
    pub(super) fn clean<'d>(&mut self, dossiers: impl Iterator<Item = &'d Row>) -> Vec<Option<Vec<u8>>> {
        let writer = self.stage.writer();
        let line = |dossier: &Row| {
            let mut line = Vec::with_capacity(4096);
            writer.line(dossier, &mut line);
            line
        };
        let lines: Vec<Vec<u8>> = dossiers.map(line).collect();
        let read = self.reader.read_block(Block::of_lines(lines.concat()), &mut self.batch);
        if !read.set_aside.is_empty() {
            return vec![None; lines.len()];
        }
        let found = self.found(lines.len());
        lines.into_iter().zip(found).map(|(line, found)| (!found).then_some(line)).collect()
    }

    /// For each dossier of the batch, whether there is anything to find.
    fn found(&mut self, count: usize) -> Vec<bool> {
        let Self { stage, batch, memory, .. } = self;
        let mut found = vec![false; count];
        let context = stage.plan.context(stage.rulebook, stage.setting().catalogue, batch);
        stage.plan.judge(&context, memory, |judged| note(&context, judged, &mut found));
        for check in stage.plan.left_out() {
            for student in 0..batch.dossiers() {
                let is_finding = |subject| explain::judge(&context, *check, subject, &Overrides::default()).verdict.kind().is_finding();
                if explain::subjects(&context, *check, student).into_iter().any(is_finding) {
                    mark(&mut found, student);
                }
            }
        }
        found
    }
}

/// Note the students of whom the other evaluator tells a finding.
fn note(context: &Context<'_>, judged: &Judged<'_>, found: &mut [bool]) {
    let world = World::new(*context);
    for (index, _) in judged.outcomes.iter().enumerate().filter(|(_, outcome)| **outcome == Outcome::Explain) {
        let Some(row) = judged.rows.get(index).and_then(|row| u32::try_from(*row).ok()) else { continue };
        let (subject, edge) = (SubjectRow { subject: judged.subject, row }, judged.edge(index));
        let Some(student) = world.within(subject, Subject::Student) else { continue };
        let is_marked = found.get(student as usize).copied().unwrap_or(true);
        if !is_marked && explain::judge(context, judged.check, (subject, edge), &Overrides::default()).verdict.kind().is_finding() {
            mark(found, student);
        }
    }
}

fn mark(found: &mut [bool], student: u32) {
    if let Some(mark) = found.get_mut(student as usize) {
        *mark = true;
    }
}
