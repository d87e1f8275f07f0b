//! The two evaluators on the same dossiers: where the plan says something, the other one says the same.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::program::{Op, TruthOp};
use super::{Memory, Outcome, Plan, random_rules};
use crate::problems::Problems;
use crate::records::{Batch, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, read_catalogue};
use crate::rulebook::from_syntax::compile;
use crate::rulebook::{CheckId, EdgeId, Rulebook};
use crate::source::Sources;
use crate::syntax::from_text::parse;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::{Context, SubjectRow, VerdictKind};
use crate::vocabulary::{Field, MISSING, Subject, dates::cell_of_date, fields};

/// A regulation set, a catalogue and dossiers.
pub(in crate::verdicts) struct World {
    pub(in crate::verdicts) rulebook: Rulebook,
    pub(in crate::verdicts) catalogue: Catalogue,
    batch: Batch,
    texts: Vec<(String, String)>,
}

impl World {
    /// The text of a check that has a text of its own.
    fn text(&self, check: &str) -> &str {
        self.texts.iter().find(|(name, _)| name == check).map_or("", |(_, text)| text)
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The records of the example world.
pub(in crate::verdicts) fn students() -> String {
    read(&root().join("examples/university-college/students.jsonl"))
}

pub(in crate::verdicts) fn world() -> World {
    let (compiled, _) = compiled(&shipped());
    let (rulebook, catalogue) = compiled.unwrap();
    let batch = batch(&rulebook, &catalogue, students());
    World { rulebook, catalogue, batch, texts: Vec::new() }
}

/// The shipped regulations, by their names.
fn shipped() -> Vec<(String, String)> {
    let folder = root().join("regulations/university-college");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "regs"));
    names.sort();
    names.iter().map(|path| (path.display().to_string(), read(path))).collect()
}

/// A rulebook and its catalogue, and whether the texts are free of errors.
fn compiled(texts: &[(String, String)]) -> (Option<(Rulebook, Catalogue)>, bool) {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let text = read(&root().join("examples/university-college/catalogue.json"));
    let document = sources.add("catalogue.json", text.as_str());
    let mut catalogue = read_catalogue(&[(document, text.as_str())], &mut problems);
    let ids: Vec<_> = texts.iter().map(|(name, text)| sources.add(name.as_str(), text.as_str())).collect();
    let files: Vec<_> = ids.into_iter().map(|id| parse(&sources, id, &mut problems)).collect();
    let rulebook = compile(&files, &mut catalogue, &sources, &mut problems);
    let fine = !problems.has_errors();
    if !fine && std::env::var("SHOW_REFUSED").is_ok() {
        println!("{}\n{:?}", texts.last().unwrap().1, problems);
    }
    (rulebook.map(|rulebook| (rulebook, catalogue)), fine)
}

fn batch(rulebook: &Rulebook, catalogue: &Catalogue, text: String) -> Batch {
    let reading = Reading::new(catalogue, rulebook.regulation.time_zone, 2023);
    let mut reader = DossierReader::new(&reading);
    let mut batch = Batch::new(catalogue);
    let file = RecordFile { number: 0, name: "students.jsonl".to_owned(), content: Box::new(std::io::Cursor::new(text.into_bytes())) };
    for cut in Blocks::new(file) {
        if let Cut::Block(block) = cut {
            let read = reader.read_block(block, &mut batch);
            assert!(read.set_aside.is_empty(), "{:?}", read.set_aside);
        }
    }
    batch
}

fn agrees(outcome: Outcome, kind: VerdictKind) -> bool {
    match outcome {
        Outcome::NotApplicable => kind == VerdictKind::NotApplicable,
        Outcome::Satisfied => kind == VerdictKind::Satisfied,
        Outcome::NotYetDue => kind == VerdictKind::NotYetDue,
        Outcome::Excepted => kind == VerdictKind::Excepted,
        Outcome::Explain => true,
        Outcome::NotJudged => false,
    }
}

/// How many rows of each check are handed on although the verdict is plain, of how many.
type Slack = BTreeMap<String, (usize, usize)>;

type Key = (CheckId, SubjectRow, Option<EdgeId>);

fn compare(world: &World, as_of: NaiveDate, slack: &mut Slack) {
    let World { rulebook, catalogue, batch, .. } = world;
    let all: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
    let plan = Plan::compile(rulebook, catalogue, (2023, as_of), &all);
    assert!(plan.left_out().is_empty());
    let mut memory = Memory::default();
    let mut planned: BTreeMap<Key, Outcome> = BTreeMap::new();
    plan.judge(&plan.context(rulebook, catalogue, batch), &mut memory, |judged| {
        for (index, outcome) in judged.outcomes.iter().enumerate().filter(|(_, outcome)| **outcome != Outcome::NotJudged) {
            let row = SubjectRow { subject: judged.subject, row: judged.rows[index].cast_unsigned() };
            let edge = judged.edges.map(|edges| EdgeId(edges[index].cast_unsigned()));
            assert_eq!(planned.insert((judged.check, row, edge), *outcome), None);
        }
    });
    let context = Context { rulebook, catalogue, batch, year: 2023, as_of };
    for (check, declared) in (0..).map(CheckId).zip(&rulebook.checks).filter(|(_, check)| !check.subject.is_of_catalogue()) {
        for student in 0..batch.dossiers() {
            for (row, edge) in explain::subjects(&context, check, student) {
                let judgement = explain::judge(&context, check, (row, edge), &Overrides::default());
                let outcome = planned.remove(&(check, row, edge));
                let kind = judgement.verdict.kind();
                assert!(
                    outcome.is_some_and(|outcome| agrees(outcome, kind)),
                    "{}: {row:?} {edge:?} of student {student}: planned {outcome:?}, explained {:?} {:?}\n{}",
                    declared.name,
                    judgement.verdict,
                    judgement.values,
                    world.text(&declared.name),
                );
                let counts = slack.entry(declared.name.clone()).or_default();
                let plain = !kind.is_finding();
                counts.0 += usize::from(plain && outcome == Some(Outcome::Explain));
                counts.1 += 1;
            }
        }
    }
    assert!(planned.is_empty(), "rows that nobody judges: {planned:?}");
}

const DAYS: [(i32, u32, u32); 5] = [(2023, 9, 20), (2023, 10, 15), (2023, 12, 1), (2024, 3, 1), (2024, 9, 15)];

fn days() -> impl Iterator<Item = NaiveDate> {
    DAYS.into_iter().map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn everything_of_the_shipped_regulations_runs_in_columns() {
    let world = world();
    let all: Vec<CheckId> = (0..).map(CheckId).take(world.rulebook.checks.len()).collect();
    let plan = Plan::compile(&world.rulebook, &world.catalogue, (2023, days().next().unwrap()), &all);
    let name = |id: &CheckId| world.rulebook.check(*id).name.as_str();
    let left: Vec<String> = plan.unplanned().iter().map(|(check, why)| format!("{}: {}", name(check), why.0)).collect();
    assert!(left.is_empty(), "{left:#?}");
    println!(
        "nodes {} domains {} steps {} registers {:?} edges {}",
        plan.program.nodes.len(),
        plan.program.domains.len(),
        plan.program.steps.len(),
        plan.program.registers,
        world.rulebook.edges.len()
    );
}

#[test]
fn the_example_world_is_judged_alike() {
    let world = world();
    let mut slack = Slack::new();
    for day in days() {
        compare(&world, day, &mut slack);
    }
    for (check, (handed_on, rows)) in &slack {
        if *handed_on > 0 {
            println!("{check}: {handed_on} of {rows}");
        }
    }
}

/// Numbers that look random and are the same every time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn hits(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

/// Take values away, and put some where other rows have them.
fn disturb(batch: &mut Batch, dice: &mut Dice) {
    for subject in Subject::ALL.into_iter().filter(|subject| !subject.is_of_catalogue()) {
        for field in Field::all_of(subject).filter(|field| *field != fields::student::STUDENT) {
            let values = batch.table(subject).column(field).to_vec();
            for row in 0..batch.table(subject).rows() {
                match dice.below(24) {
                    0 => batch.table_mut(subject).set(field, row, MISSING),
                    1 | 2 => batch.table_mut(subject).set(field, row, values[dice.below(values.len())]),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn disturbed_dossiers_are_judged_alike() {
    let pristine = world();
    let mut slack = Slack::new();
    for seed in 0..40 {
        let mut world =
            World { rulebook: pristine.rulebook.clone(), catalogue: pristine.catalogue.clone(), batch: pristine.batch.clone(), texts: Vec::new() };
        disturb(&mut world.batch, &mut Dice(seed));
        let day = days().nth(usize::try_from(seed).unwrap() % DAYS.len()).unwrap();
        compare(&world, day, &mut slack);
    }
    for (check, (handed_on, rows)) in &slack {
        if *handed_on > 0 {
            println!("{check}: {handed_on} of {rows}");
        }
    }
}

/// Edges that ask for one unit each, two of them for one unit, and questions that only the facts of a student answer.
const PLAIN: &str = r#"regs 1

programme PB-BM "Professional bachelor in business management" {
    BM108 flexibly after BM102
    BM201 strictly after BM102
    BM201 strictly after BM103
    BM202 flexibly after BM103
    BM206 strictly after BM201
    BM208 flexibly after BM205
}

article "1" "Facts" {
    rule every_unit {
        for isp where enrolment.contract is diploma
        require every unit in programme.units where unit.compulsory and unit.phase is enrolment.phase
                satisfies isp includes unit.course or student acquired unit.course or student exempted from unit.course
    }

    rule some_unit {
        for enrolment
        require some unit in programme.units satisfies student tolerated unit.course or student acquired unit.course
    }

    rule not_again {
        for entry
        require not (student acquired course)
    }

    rule not_long_ago {
        for entry
        require not (student acquired course before 2024-02-10)
    }
}
"#;

/// A text beside what the shipped regulations declare.
fn with_declarations(text: &str) -> (Rulebook, Catalogue) {
    let mut texts = shipped();
    texts.retain(|(name, _)| ["regulation.regs", "calendars.regs", "sequentiality.regs"].iter().any(|needed| name.ends_with(needed)));
    texts.push(("own.regs".to_owned(), text.to_owned()));
    compiled(&texts).0.unwrap()
}

/// The dossiers of the example world, each time disturbed in another way, on all days.
fn disturbed_alike(rulebook: Rulebook, catalogue: Catalogue) {
    let pristine = batch(&rulebook, &catalogue, students());
    let mut world = World { rulebook, catalogue, batch: pristine.clone(), texts: Vec::new() };
    let days: Vec<NaiveDate> = days().collect();
    for (seed, day) in (0..40).zip(days.iter().cycle()) {
        disturb(&mut world.batch, &mut Dice(seed));
        compare(&world, *day, &mut Slack::new());
        world.batch = pristine.clone();
    }
}

#[test]
fn what_only_the_facts_tell_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(PLAIN);
    let all: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
    let plan = Plan::compile(&rulebook, &catalogue, (2023, days().next().unwrap()), &all);
    assert_eq!(plan.program.edges.iter().filter(|set| set.plain.is_some()).count(), 2, "the strict and the flexible edges");
    let filled = |wanted: fn(&TruthOp) -> bool| plan.program.nodes.iter().filter(|node| matches!(&node.op, Op::Truths(op) if wanted(op))).count();
    assert_eq!(filled(|op| matches!(op, TruthOp::Units(_))), 2, "every unit and some unit");
    assert_eq!(filled(|op| matches!(op, TruthOp::Shown { .. })), 1, "no unit again");
    disturbed_alike(rulebook, catalogue);
}

/// The outcome of an earlier year is missing, whatever day it is to be decided on.
#[test]
fn an_outcome_that_is_missing_until_it_is_decided_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(PLAIN);
    let mut world = World { batch: batch(&rulebook, &catalogue, students()), rulebook, catalogue, texts: Vec::new() };
    let later = cell_of_date(NaiveDate::from_ymd_opt(2030, 1, 31).unwrap()).unwrap();
    let results = world.batch.table_mut(Subject::Result);
    for row in (0..results.rows()).step_by(3) {
        results.set(fields::result::OUTCOME, row, MISSING);
        results.set(fields::result::DECIDED_ON, row, later);
    }
    for day in days() {
        compare(&world, day, &mut Slack::new());
    }
}

/// Terms that run from a day that may not have come, lifted or not.
const TERMS: &str = r#"regs 1

article "1" "Terms" {
    deadline after {
        for exemption
        done granted_on
        due within 5 working days after requested_on
        except lifted when true
    }

    deadline from {
        for exemption
        done granted_on
        due within 5 calendar days from requested_on
        except lifted when course is not BM102
    }

    deadline before {
        for isp
        done submitted_on
        due on or before decided_on
        except lifted when enrolment.contract is diploma
    }

    deadline if_any {
        for isp
        done decided_on if any
        due within 1 month after submitted_on
    }
}
"#;

#[test]
fn a_term_that_has_not_begun_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(TERMS);
    disturbed_alike(rulebook, catalogue);
}

/// Random rules that compile, each a text of its own.
fn random_rules(count: usize, seed: u64) -> Vec<(String, String)> {
    let needed = ["regulation.regs", "calendars.regs", "sequentiality.regs", "programmes.regs"];
    let needed: Vec<(String, String)> = shipped().into_iter().filter(|(name, _)| needed.iter().any(|needed| name.ends_with(needed))).collect();
    let mut dice = Dice(seed);
    let texts = (0..count).map(|number| (format!("random_{number}"), random_rules::rule(&mut dice, &format!("random_{number}"))));
    let fine = |text: &(String, String)| {
        let texts: Vec<_> = needed.iter().chain([text]).cloned().collect();
        compiled(&texts).1
    };
    let fine: Vec<_> = texts.filter(fine).collect();
    needed.into_iter().chain(fine).collect()
}

#[test]
fn random_rules_are_judged_alike() {
    let asked = std::env::var("RANDOM_RULES").unwrap_or_default();
    let rounds = asked.split_once('-').and_then(|(from, to)| Some(from.parse().ok()?..=to.parse().ok()?)).unwrap_or(0..=0_u64);
    for round in rounds {
        let texts = random_rules(150, round * 7919 + 5);
        let (rulebook, catalogue) = compiled(&texts).0.unwrap();
        assert!(rulebook.checks.len() > 40, "only {} rules compile", rulebook.checks.len());
        let pristine = batch(&rulebook, &catalogue, students());
        let mut world = World { rulebook, catalogue, batch: pristine.clone(), texts };
        let mut slack = Slack::new();
        for seed in 0..3 {
            world.batch = pristine.clone();
            disturb(&mut world.batch, &mut Dice(seed + round));
            let day = days().nth(usize::try_from(seed + round).unwrap() % DAYS.len()).unwrap();
            compare(&world, day, &mut slack);
        }
        let (handed_on, rows) = slack.values().fold((0, 0), |(left, all), (handed_on, rows)| (left + handed_on, all + rows));
        println!("round {round}: {} rules, {handed_on} of {rows} rows handed on although plain", world.rulebook.checks.len());
    }
}
