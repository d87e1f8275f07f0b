//! Cohorts over the example world of a university college: the same bytes for the same seed, the first students of a larger cohort, and exactly the
//! findings that were planted, by both evaluators.

use std::path::Path;

use chrono::NaiveDate;

use crate::generate::rehearsal::Rehearsal;
use crate::generate::{Cohort, Lines, Order, Setting, last_day};
use crate::records::{Batch, Block, DossierReader, Reading};
use crate::report::{Expected, subject_key};
use crate::rulebook::CheckId;
use crate::rulebook::tests::{Compiled, compiled};
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::plan::{Memory, Outcome, Plan};
use crate::verdicts::{Context, Judgement, SubjectRow, World};
use crate::vocabulary::{Subject, fields};

fn college() -> Compiled {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &Path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap());
    let mut paths: Vec<_> = glob::glob(&format!("{root}/regulations/university-college/*.regs")).unwrap().map(Result::unwrap).collect();
    paths.sort();
    let texts: Vec<(String, String)> = paths.iter().map(|path| read(path)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (name, catalogue) = read(&Path::new(root).join("examples/university-college/catalogue.json"));
    compiled(&texts, Some((&name, &catalogue)))
}

fn setting(compiled: &Compiled) -> Setting<'_> {
    let rulebook = compiled.rulebook.as_ref().unwrap();
    Setting { rulebook: Some(rulebook), catalogue: &compiled.catalogue, year: 2023, as_of: last_day(Some(rulebook), 2023) }
}

fn made(cohort: &Cohort<'_>, students: u64) -> Lines {
    let mut all = Lines::default();
    for lines in cohort.blocks(students, 2).flatten() {
        all.dossiers.extend(lines.dossiers);
        all.expected.push_str(&lines.expected);
        all.counts.add(lines.counts);
    }
    all
}

#[test]
fn a_student_depends_on_the_seed_and_on_nothing_else() {
    let compiled = college();
    let order = |seed| Order { seed, planted: 0 };
    let of = |seed, students| made(&Cohort::new(setting(&compiled), order(seed)).unwrap(), students);
    let many = of(1, 300);
    assert_eq!(many.counts.students, 300);
    assert_eq!(many.expected, "");
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let few = one_thread.install(|| of(1, 70));
    assert!(many.dossiers.starts_with(&few.dossiers), "the first students of a larger cohort are others");
    assert!(!many.dossiers.starts_with(&of(2, 1).dossiers), "another seed gives the same student");
    let first = many.dossiers.split(|byte| *byte == b'\n').next().unwrap();
    let first: serde_json::Value = serde_json::from_slice(first).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/generate"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("first_dossier", serde_json::to_string_pretty(&first).unwrap()));
}

#[test]
fn a_cohort_needs_no_rules() {
    let compiled = college();
    let setting = Setting { rulebook: None, ..setting(&compiled) };
    let lines = made(&Cohort::new(setting, Order { seed: 1, planted: 500 }).unwrap(), 30);
    assert_eq!((lines.counts.students, lines.counts.planted), (30, 0));
    assert_eq!(String::from_utf8(lines.dossiers).unwrap().lines().count(), 30);
    let elsewhen = Setting { year: 1999, ..setting };
    assert!(Cohort::new(elsewhen, Order { seed: 1, planted: 0 }).is_none(), "the catalogue describes no programme of that year");
}

#[test]
fn in_autumn_there_are_no_results_yet() {
    let compiled = college();
    let setting = Setting { as_of: NaiveDate::from_ymd_opt(2023, 12, 1).unwrap(), ..setting(&compiled) };
    let lines = made(&Cohort::new(setting, Order { seed: 3, planted: 0 }).unwrap(), 60);
    let text = String::from_utf8(lines.dossiers).unwrap();
    assert!(text.contains("\"2023-10-"), "nobody has sent anything yet");
    let future: Vec<&str> = text.lines().filter(|line| line.contains("\"2024-")).collect();
    assert_eq!(future, Vec::<&str>::new(), "the future is known");
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let compiled = college();
    let setting = setting(&compiled);
    let cohort = Cohort::new(setting, Order { seed: 7, planted: 2_500 }).unwrap();
    let rehearsal = cohort.rehearsal().unwrap();
    assert_eq!(unbroken(&compiled, rehearsal), Vec::<&str>::new());
    let lines = made(&cohort, 200);
    assert_eq!((lines.counts.planted, lines.counts.idle), (50, 0));
    assert!(rehearsal.broken.len() <= 50, "not every check has its turn");
    let expected: Vec<String> = lines.expected.lines().map(without_planted).collect();
    let found = Found::new(setting, &lines);
    assert_eq!(found.by_the_walk(), expected);
    assert_eq!(found.by_columns(), expected);
}

fn unbroken<'c>(compiled: &'c Compiled, rehearsal: &Rehearsal) -> Vec<&'c str> {
    let rulebook = compiled.rulebook.as_ref().unwrap();
    rehearsal.unbroken.iter().map(|(check, _)| rulebook.check(*check).name.as_str()).collect()
}

/// A finding names no plan behind it.
fn without_planted(line: &str) -> String {
    let (before, _) = line.rsplit_once(",\"planted\":").unwrap();
    before.to_owned()
}

/// A cohort as it is read, before it is checked.
struct Found<'a> {
    setting: Setting<'a>,
    batch: Batch,
}

impl<'a> Found<'a> {
    fn new(setting: Setting<'a>, lines: &Lines) -> Self {
        let reading = Reading::new(setting.catalogue, setting.time_zone(), setting.year);
        let mut batch = Batch::new(setting.catalogue);
        let read = DossierReader::new(&reading).read_block(Block::of_lines(lines.dossiers.clone()), &mut batch);
        assert!(read.set_aside.is_empty(), "{:?}", read.set_aside);
        assert_eq!(u64::from(batch.dossiers()), lines.counts.students);
        Self { setting, batch }
    }

    fn context(&self) -> Context<'_> {
        let Setting { rulebook, catalogue, year, as_of } = self.setting;
        Context { rulebook: rulebook.unwrap(), catalogue, batch: &self.batch, year, as_of }
    }

    fn checks(&self) -> Vec<CheckId> {
        (0..).map(CheckId).take(self.context().rulebook.checks.len()).collect()
    }

    fn by_the_walk(&self) -> Vec<String> {
        let context = self.context();
        let of_check = |student| {
            self.checks().into_iter().flat_map(move |check| explain::subjects(&context, check, student).into_iter().map(move |row| (check, row)))
        };
        let judged = (0..self.batch.dossiers()).flat_map(of_check).map(|(check, row)| explain::judge(&context, check, row, &Overrides::default()));
        self.lines(judged.collect())
    }

    fn by_columns(&self) -> Vec<String> {
        let context = self.context();
        let plan = Plan::compile(context.rulebook, context.catalogue, (context.year, context.as_of), &self.checks());
        assert!(plan.left_out().is_empty());
        let mut judgements = Vec::new();
        plan.judge(&context, &mut Memory::default(), |judged| {
            for (index, _) in judged.outcomes.iter().enumerate().filter(|(_, outcome)| **outcome == Outcome::Explain) {
                let row = SubjectRow { subject: judged.subject, row: u32::try_from(judged.rows[index]).unwrap() };
                let edge = judged.edge(index);
                judgements.push(explain::judge(&context, judged.check, (row, edge), &Overrides::default()));
            }
        });
        self.lines(judgements)
    }

    /// The findings in the order of expected ones.
    fn lines(&self, judgements: Vec<Judgement>) -> Vec<String> {
        let context = self.context();
        let world = World::new(context);
        let mut lines: Vec<_> = judgements
            .into_iter()
            .filter(|judgement| judgement.verdict.kind().is_finding())
            .map(|finding| {
                let student = world.within(finding.subject, Subject::Student).unwrap();
                let number = self.batch.text_of(context.catalogue, self.batch.cell(fields::student::STUDENT, student)).unwrap();
                let subject = subject_key(world, finding.subject, &finding.priors).kept();
                let check = context.rulebook.check(finding.check).name.as_str();
                let expected = Expected { student: number.into(), check: check.into(), verdict: finding.verdict.kind(), subject, planted: "".into() };
                let order = (student, finding.check, expected.subject.clone());
                (order, without_planted(&expected.line()))
            })
            .collect();
        lines.sort();
        lines.into_iter().map(|(_, line)| line).collect()
    }
}
