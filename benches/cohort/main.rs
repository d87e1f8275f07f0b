//! How fast a cohort is judged: reading and judging on one thread and on two, the share of reading, and judging alone against the same twelve rules
//! written by hand. Before anything is measured, both evaluators must count the same violations.
//!
//! `cargo bench --bench cohort`; the counters are dossiers.
#![allow(dead_code, unused_imports, reason = "the stages are compiled into the benchmark, which uses a part of each")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::wildcard_enum_match_arm, reason = "a benchmark makes its own input")]

mod by_hand;
mod detail;
mod dice;
mod generator;
mod many;

#[path = "../../src/problems/mod.rs"]
mod problems;
#[path = "../../src/records/mod.rs"]
mod records;
#[path = "../../src/rulebook/mod.rs"]
mod rulebook;
#[path = "../../src/source/mod.rs"]
mod source;
#[path = "../../src/syntax/mod.rs"]
mod syntax;
#[path = "../../src/verdicts/mod.rs"]
mod verdicts;
#[path = "../../src/vocabulary/mod.rs"]
mod vocabulary;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use by_hand::Compact;
use chrono::NaiveDate;
use detail::Detail;
use divan::counter::ItemsCount;
use generator::{Dossier, Programme, YEAR};
use problems::Problems;
use records::{Batch, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, Students, read_catalogue};
use rulebook::{CheckId, Rulebook};
use source::Sources;
use verdicts::explain::{self, Overrides};
use verdicts::in_parallel::{BlockJudged, Cohort, Told, run};
use verdicts::plan::{Memory, Outcome, Plan};
use verdicts::{Context, Judgement, Tally, VerdictKind};

/// Dossiers of a whole run.
const COHORT: usize = 100_000;
/// Dossiers that are judged without being read.
const READ: usize = 20_000;
/// The checks of each of the twelve rules, in the order of the evaluator by hand.
const RULES: [&[&str]; 12] = [
    &["size_of_diploma_programme", "size_of_other_programme"],
    &["whole_credits"],
    &["sequentiality_strict"],
    &["sequentiality_flexible"],
    &["sequentiality_simultaneous"],
    &["isp_sent"],
    &["efficiency"],
    &["class_group"],
    &["event_of_class_group"],
    &["compulsory_units"],
    &["exam_contract"],
    &["not_acquired_yet"],
];

fn main() {
    check_against_the_hand();
    divan::main();
}

/// Regulations, the catalogue of the generated college, and the plan made of both.
struct Set {
    rulebook: Rulebook,
    catalogue: Catalogue,
    plan: Plan,
    /// Whether the rules compile without an error. The shipped ones name units of another college; the edges of this one are in its catalogue.
    fits: bool,
}

fn set(texts: Vec<(String, String)>) -> Set {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let text = generator::catalogue(&PROGRAMMES);
    let document = sources.add("catalogue.json", text.clone());
    let mut catalogue = read_catalogue(&[(document, text.as_str())], &mut problems);
    let ids: Vec<_> = texts.into_iter().map(|(name, text)| sources.add(name, text)).collect();
    let files: Vec<_> = ids.into_iter().map(|id| syntax::from_text::parse(&sources, id, &mut problems)).collect();
    let rulebook = rulebook::from_syntax::compile(&files, &mut catalogue, &sources, &mut problems);
    let (rulebook, fits) = (rulebook.unwrap(), !problems.has_errors());
    let checks: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
    let plan = Plan::compile(&rulebook, &catalogue, (YEAR, day()), &checks);
    Set { rulebook, catalogue, plan, fits }
}

/// All regulation files of a folder.
fn folder(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "regs"));
    names.sort();
    names.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR + 1, 9, 1).unwrap()
}

static PROGRAMMES: LazyLock<Vec<Programme>> = LazyLock::new(generator::programmes);
static TWELVE: LazyLock<Set> = LazyLock::new(|| set(folder("benches/twelve")));
static MANY: LazyLock<Set> = LazyLock::new(|| set(many::texts(&folder("benches/twelve")[0].1)));
static SHIPPED: LazyLock<Set> = LazyLock::new(|| set(folder("regulations/university-college")));

fn dossiers(count: usize) -> Vec<Dossier> {
    (0..count).map(|number| generator::student(number, &PROGRAMMES)).collect()
}

fn text(count: usize, detail: Detail) -> Arc<[u8]> {
    let mut text = String::new();
    for dossier in dossiers(count) {
        dossier.write(&PROGRAMMES, detail, &mut text);
    }
    Arc::from(text.into_bytes())
}

static TEXT: LazyLock<Arc<[u8]>> = LazyLock::new(|| text(COHORT, Detail::Twelve));
static WHOLE_TEXT: LazyLock<Arc<[u8]>> = LazyLock::new(|| text(COHORT, Detail::Whole));

fn blocks(bytes: Arc<[u8]>) -> Blocks {
    Blocks::new(RecordFile { number: 0, name: "students.jsonl".to_owned(), content: Box::new(Cursor::new(bytes)) })
}

/// Some dossiers as the batches that workers judge.
fn batches(set: &Set, text: Arc<[u8]>) -> Vec<Batch> {
    let reading = Reading::new(&set.catalogue, set.rulebook.regulation.time_zone, YEAR);
    let mut reader = DossierReader::new(&reading);
    let read = blocks(text).filter_map(|cut| if let Cut::Block(block) = cut { Some(block) } else { None }).map(|block| {
        let mut batch = Batch::new(&set.catalogue);
        let read = reader.read_block(block, &mut batch);
        assert!(read.set_aside.is_empty(), "{:?}", read.set_aside.first());
        batch
    });
    read.collect()
}

/// How many rows the plan leaves to the other evaluator.
fn judge(set: &Set, batches: &[Batch], memory: &mut Memory) -> u64 {
    let mut left = 0;
    for batch in batches {
        let context = set.plan.context(&set.rulebook, &set.catalogue, batch);
        set.plan.judge(&context, memory, |judged| left += Outcome::Explain.count(judged.outcomes));
    }
    left
}

/// The violations of both evaluators together, counted as the evaluator by hand counts them.
fn violations(set: &Set, batches: &[Batch]) -> [u64; 12] {
    let mut broken = [0; 12];
    let mut memory = Memory::default();
    for batch in batches {
        let context = set.plan.context(&set.rulebook, &set.catalogue, batch);
        let mut rows = Vec::new();
        set.plan.judge(&context, &mut memory, |judged| {
            for (index, _) in judged.outcomes.iter().enumerate().filter(|(_, outcome)| **outcome == Outcome::Explain) {
                let row = verdicts::SubjectRow { subject: judged.subject, row: judged.rows[index].cast_unsigned() };
                rows.push((judged.check, row, judged.edge(index)));
            }
        });
        for (check, row, edge) in rows {
            let judgement = explain::judge(&context, check, (row, edge), &Overrides::default());
            let name = set.rulebook.check(check).name.as_str();
            let rule = RULES.iter().position(|names| names.contains(&name)).unwrap();
            match judgement.verdict.kind() {
                VerdictKind::Violated => broken[rule] += judgement.failing.len().max(1) as u64,
                VerdictKind::Satisfied | VerdictKind::NotApplicable | VerdictKind::Excepted => {}
                other => panic!("{name}: {other:?} {:?}", judgement.missing),
            }
        }
    }
    broken
}

fn check_against_the_hand() {
    assert!(TWELVE.fits && MANY.fits, "the rules do not compile");
    let dossiers = dossiers(READ);
    let batches = batches(&TWELVE, text(READ, Detail::Twelve));
    let (ours, by_hand) = (violations(&TWELVE, &batches), Compact::new(&PROGRAMMES, &dossiers).judge());
    assert_eq!(ours, by_hand, "the evaluators count different violations");
}

/// Reading and judging, with the other evaluator's findings.
fn whole_run((set, text): (&Set, &Arc<[u8]>), threads: usize) -> u64 {
    let reading = Reading::new(&set.catalogue, set.rulebook.regulation.time_zone, YEAR);
    let everybody = BTreeSet::new();
    let cohort = Cohort {
        rulebook: &set.rulebook,
        reading: &reading,
        plan: &set.plan,
        file_names: &["students.jsonl".to_owned()],
        students: &everybody,
        rows: None,
        told: Told::Findings,
        tell: &|_: &Context<'_>, judgement: &Judgement, told: &mut Vec<_>| told.push(judgement.verdict.kind()),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut dossiers = 0;
    pool.install(|| {
        run(&cohort, (blocks(Arc::clone(text)), Students::default()), &mut |judged: BlockJudged<VerdictKind>| {
            dossiers += judged.dossiers;
            ControlFlow::Continue(())
        });
    });
    assert_eq!(dossiers, COHORT as u64);
    dossiers
}

#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn shipped_regulations(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let (set, text) = (&*SHIPPED, &*WHOLE_TEXT);
    bencher.counter(ItemsCount::new(COHORT)).bench_local(|| whole_run((set, text), threads));
}

#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn twelve_rules(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let (set, text) = (&*TWELVE, &*TEXT);
    bencher.counter(ItemsCount::new(COHORT)).bench_local(|| whole_run((set, text), threads));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn reading_alone(bencher: divan::Bencher<'_, '_>) {
    let set = &*TWELVE;
    let reading = Reading::new(&set.catalogue, set.rulebook.regulation.time_zone, YEAR);
    let (mut reader, mut batch) = (DossierReader::new(&reading), Batch::new(&set.catalogue));
    let bytes = Arc::clone(&TEXT);
    bencher.counter(ItemsCount::new(COHORT)).bench_local(|| {
        for cut in blocks(Arc::clone(&bytes)) {
            if let Cut::Block(block) = cut {
                reader.read_block(block, &mut batch);
            }
        }
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn twelve_rules_by_plan_alone(bencher: divan::Bencher<'_, '_>) {
    let batches = batches(&TWELVE, text(READ, Detail::Twelve));
    let mut memory = Memory::default();
    bencher.counter(ItemsCount::new(READ)).bench_local(|| judge(&TWELVE, &batches, &mut memory));
}

/// How often a part of the dossiers is judged, so that it is as many as all of them.
fn times(dossiers: usize) -> usize {
    READ / dossiers
}

/// As in a run, where a batch is judged right after it was read: the first one over and over.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn twelve_rules_by_plan_alone_from_the_cache(bencher: divan::Bencher<'_, '_>) {
    let batches = batches(&TWELVE, text(READ, Detail::Twelve));
    let (first, mut memory) = (&batches[..1], Memory::default());
    let dossiers = first[0].dossiers() as usize;
    bencher
        .counter(ItemsCount::new(dossiers * times(dossiers)))
        .bench_local(|| (0..times(dossiers)).for_each(|_| _ = judge(&TWELVE, first, &mut memory)));
}

/// The same dossiers over and over.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn twelve_rules_by_hand_from_the_cache(bencher: divan::Bencher<'_, '_>) {
    let dossiers = batches(&TWELVE, text(READ, Detail::Twelve))[0].dossiers() as usize;
    let compact = Compact::new(&PROGRAMMES, &self::dossiers(dossiers));
    bencher
        .counter(ItemsCount::new(dossiers * times(dossiers)))
        .bench_local(|| (0..times(dossiers)).for_each(|_| _ = divan::black_box(compact.judge())));
}

/// Ten times as many rules as the twelve.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn a_hundred_and_twenty_rules_by_plan_alone(bencher: divan::Bencher<'_, '_>) {
    let batches = batches(&MANY, text(READ, Detail::Twelve));
    let mut memory = Memory::default();
    bencher.counter(ItemsCount::new(READ)).bench_local(|| judge(&MANY, &batches, &mut memory));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn shipped_regulations_by_plan_alone(bencher: divan::Bencher<'_, '_>) {
    let batches = batches(&SHIPPED, text(READ, Detail::Whole));
    let mut memory = Memory::default();
    bencher.counter(ItemsCount::new(READ)).bench_local(|| judge(&SHIPPED, &batches, &mut memory));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn twelve_rules_with_explanations(bencher: divan::Bencher<'_, '_>) {
    let batches = batches(&TWELVE, text(READ, Detail::Twelve));
    bencher.counter(ItemsCount::new(READ)).bench_local(|| violations(&TWELVE, &batches));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn twelve_rules_by_hand(bencher: divan::Bencher<'_, '_>) {
    let compact = Compact::new(&PROGRAMMES, &dossiers(READ));
    bencher.counter(ItemsCount::new(READ)).bench_local(|| compact.judge());
}
