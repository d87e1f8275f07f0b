//! A cohort gives the same whatever the number of threads and the size of the blocks, with the plan or without it.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::{BlockJudged, Cohort, Failed, Told, run};
use crate::records::{Blocks, Reading, RecordFile, RecordProblem, SetAside, Students};
use crate::rulebook::CheckId;
use crate::verdicts::plan::Plan;
use crate::verdicts::plan::tests::{World, students, world};
use crate::verdicts::{Context, Judgement, Tally};

/// How a cohort is run.
#[derive(Clone, Copy)]
struct Way {
    threads: usize,
    block: usize,
    told: Told,
}

const PLAINLY: Way = Way { threads: 1, block: 1 << 20, told: Told::AllVerdicts };

/// What comes of a run: what is told, the tallies, what was set aside, and on whom the engine failed.
#[derive(Debug, PartialEq)]
struct Ran {
    told: Vec<String>,
    tallies: Vec<Tally>,
    dossiers: u64,
    set_aside: Vec<SetAside>,
    failed: Vec<Failed>,
}

type Tell<'t> = dyn Fn(&Context<'_>, &Judgement) -> Option<String> + Sync + 't;

fn cohort(world: &World, text: &str, way: Way, tell: &Tell<'_>) -> Ran {
    cohort_until(world, text, (way, ControlFlow::Continue(())), tell)
}

/// What comes of a run in which each block is answered so.
fn cohort_until(world: &World, text: &str, (way, answer): (Way, ControlFlow<()>), tell: &Tell<'_>) -> Ran {
    let checks: Vec<CheckId> = (0..).map(CheckId).take(world.rulebook.checks.len()).collect();
    let day = NaiveDate::from_ymd_opt(2024, 9, 15).unwrap();
    let plan = Plan::compile(&world.rulebook, &world.catalogue, (2023, day), &checks);
    let reading = Reading::new(&world.catalogue, world.rulebook.regulation.time_zone, 2023);
    let (names, everybody) = (["students.jsonl".to_owned()], BTreeSet::new());
    let cohort = Cohort {
        rulebook: &world.rulebook,
        reading: &reading,
        plan: &plan,
        file_names: &names,
        students: &everybody,
        rows: None,
        told: way.told,
        tell: &|context: &Context<'_>, judgement: &Judgement, told: &mut Vec<_>| told.push(tell(context, judgement)),
    };
    let content = Box::new(Cursor::new(text.to_owned().into_bytes()));
    let blocks = Blocks::with_size(RecordFile { number: 0, name: names[0].clone(), content }, way.block);
    let tallies = vec![Tally::default(); checks.len()];
    let mut ran = Ran { told: Vec::new(), tallies, dossiers: 0, set_aside: Vec::new(), failed: Vec::new() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(way.threads).build().unwrap();
    pool.install(|| {
        run(&cohort, (blocks, Students::default()), &mut |judged: BlockJudged<Option<String>>| {
            ran.told.extend(judged.told.into_iter().flatten());
            ran.tallies.iter_mut().zip(&judged.tallies).for_each(|(total, tally)| total.merge(tally));
            ran.dossiers += judged.dossiers;
            ran.set_aside.extend(judged.set_aside);
            ran.failed.extend(judged.failed);
            answer
        });
    });
    ran.told.sort();
    ran
}

#[test]
fn threads_and_blocks_and_the_plan_change_nothing() {
    let (world, text) = (world(), students());
    // The rows of a batch are numbered anew in each block, so findings are told without them.
    let tell = |context: &Context<'_>, judgement: &Judgement| {
        let student = crate::verdicts::World::new(*context).student_of(judgement.subject)?;
        let name = context.batch.text_of(context.catalogue, context.batch.cell(crate::vocabulary::fields::student::STUDENT, student))?;
        let kind = judgement.verdict.kind();
        let values: Vec<_> = judgement.values.iter().map(|value| (&value.name, value.raw)).collect();
        kind.is_finding().then(|| format!("{name} {:?} {:?} {kind:?} {values:?}", judgement.check, judgement.edge))
    };
    let expected = cohort(&world, &text, PLAINLY, &tell);
    assert!(!expected.told.is_empty());
    for threads in [1, 2, 5] {
        for block in [1, 3_000, 20_000, 1 << 20] {
            for told in [Told::Findings, Told::AllVerdicts] {
                let ran = cohort(&world, &text, Way { threads, block, told }, &tell);
                assert!(ran == expected, "{threads} threads, blocks of {block}, {told:?}");
            }
        }
    }
}

#[test]
fn the_first_dossier_of_a_student_counts() {
    let (world, text) = (world(), students());
    let twice = format!("{text}{text}");
    let once = cohort(&world, &text, PLAINLY, &|_, _| None);
    for (threads, block) in [(1, 1 << 20), (3, 10_000)] {
        let ran = cohort(&world, &twice, Way { threads, block, told: Told::Findings }, &|_, _| None);
        assert_eq!((ran.tallies, ran.dossiers), (once.tallies.clone(), once.dossiers));
        assert_eq!(ran.set_aside.len(), text.lines().count());
        assert!(ran.set_aside.iter().all(|set_aside| matches!(set_aside.problem, RecordProblem::DuplicateStudent { .. })));
    }
}

#[test]
fn a_panic_is_one_students_problem() {
    let (world, text) = (world(), students());
    let broken = "r0745103";
    let fails = |context: &Context<'_>, judgement: &Judgement| {
        let student = crate::verdicts::World::new(*context).student_of(judgement.subject)?;
        let name = context.batch.text_of(context.catalogue, context.batch.cell(crate::vocabulary::fields::student::STUDENT, student))?;
        assert_ne!(name, broken);
        None
    };
    let others: String = text.lines().filter(|line| !line.contains(broken)).flat_map(|line| [line, "\n"]).collect();
    let expected = cohort(&world, &others, PLAINLY, &|_, _| None);
    for threads in [1, 2] {
        let ran = cohort(&world, &text, Way { threads, block: 10_000, told: Told::Findings }, &fails);
        assert_eq!((ran.tallies, ran.dossiers), (expected.tallies.clone(), expected.dossiers));
        let [failed] = ran.failed.as_slice() else { panic!("{:?}", ran.failed) };
        assert_eq!(failed.student, broken);
    }
}

#[test]
fn nothing_more_is_read_once_there_is_enough() {
    let (world, text) = (world(), students().repeat(20));
    let first_block = |threads| {
        let way = Way { threads, block: 1, told: Told::Findings };
        cohort_until(&world, &text, (way, ControlFlow::Break(())), &|_, _| None)
    };
    let expected = first_block(1);
    assert!(expected.dossiers > 0 && expected.set_aside.len() < text.lines().count() / 2);
    assert!(first_block(3) == expected);
}
