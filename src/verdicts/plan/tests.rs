//! The two evaluators on the same dossiers: where the plan says something, the other one says the same.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::{Memory, Outcome, Plan, random_orders, random_rules};
use crate::problems::Problems;
use crate::records::{Batch, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, read_catalogue};
use crate::rulebook::from_syntax::compile;
use crate::rulebook::{CheckId, EdgeId, Rulebook};
use crate::source::Sources;
use crate::syntax::from_text::parse;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::{Context, SubjectRow, VerdictKind};
use crate::vocabulary::{Field, MISSING, Subject, fields};

/// A regulation set, a catalogue and dossiers.
pub(in crate::verdicts) struct World {
    pub(in crate::verdicts) rulebook: Rulebook,
    pub(in crate::verdicts) catalogue: Catalogue,
    pub(super) batch: Batch,
    pub(super) texts: Vec<(String, String)>,
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
pub(super) fn shipped() -> Vec<(String, String)> {
    let folder = root().join("regulations/university-college");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "regs"));
    names.sort();
    names.iter().map(|path| (path.display().to_string(), read(path))).collect()
}

/// A rulebook and its catalogue, and whether the texts are free of errors.
pub(super) fn compiled(texts: &[(String, String)]) -> (Option<(Rulebook, Catalogue)>, bool) {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let text = read(&root().join("examples/university-college/catalogue.json"));
    let document = sources.add("catalogue.json", text.clone());
    let mut catalogue = read_catalogue(&[(document, text.as_str())], &mut problems);
    let ids: Vec<_> = texts.iter().map(|(name, text)| sources.add(name.as_str(), text.clone())).collect();
    let files: Vec<_> = ids.into_iter().map(|id| parse(&sources, id, &mut problems)).collect();
    let rulebook = compile(&files, &mut catalogue, &sources, &mut problems);
    let fine = !problems.has_errors();
    if !fine && std::env::var("SHOW_REFUSED").is_ok() {
        println!("{}\n{:?}", texts.last().unwrap().1, problems);
    }
    (rulebook.map(|rulebook| (rulebook, catalogue)), fine)
}

pub(super) fn batch(rulebook: &Rulebook, catalogue: &Catalogue, text: String) -> Batch {
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
pub(super) type Slack = BTreeMap<String, (usize, usize)>;

type Key = (CheckId, SubjectRow, Option<EdgeId>);

pub(super) fn compare(world: &World, as_of: NaiveDate, slack: &mut Slack) {
    let World { rulebook, catalogue, batch, .. } = world;
    let all: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
    let plan = Plan::compile(rulebook, catalogue, (2023, as_of), &all);
    assert!(plan.left_out().is_empty());
    let mut memory = Memory::default();
    let mut planned: BTreeMap<Key, Outcome> = BTreeMap::new();
    plan.judge(&plan.context(rulebook, catalogue, batch), &mut memory, |judged| {
        for (index, outcome) in judged.outcomes.iter().enumerate().filter(|(_, outcome)| **outcome != Outcome::NotJudged) {
            let row = SubjectRow { subject: judged.subject, row: judged.rows[index].cast_unsigned() };
            let edge = judged.edge(index);
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

pub(super) fn days() -> impl Iterator<Item = NaiveDate> {
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
pub(super) struct Dice(pub(super) u64);

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
pub(super) fn disturb(batch: &mut Batch, catalogue: &Catalogue, dice: &mut Dice) {
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
    // A programme is that of the enrolment's own year, as a reader leaves it.
    let programmes = catalogue.codes(Subject::Programme);
    for row in 0..batch.table(Subject::Enrolment).rows() {
        let cell = |field| Some(batch.cell(field, row)).filter(|cell| *cell != MISSING);
        if let (Some(year), Some(programme)) = (cell(fields::enrolment::ACADEMIC_YEAR), cell(fields::enrolment::PROGRAMME)) {
            let of_year = programmes.row(programmes.of_row(programme.cast_unsigned()), year);
            batch.table_mut(Subject::Enrolment).set(fields::enrolment::PROGRAMME, row, of_year.cast_signed());
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
        disturb(&mut world.batch, &world.catalogue, &mut Dice(seed));
        let day = days().nth(usize::try_from(seed).unwrap() % DAYS.len()).unwrap();
        compare(&world, day, &mut slack);
    }
    for (check, (handed_on, rows)) in &slack {
        if *handed_on > 0 {
            println!("{check}: {handed_on} of {rows}");
        }
    }
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

/// The rounds of random rules that are asked for; one where none are.
fn rounds(otherwise: u64) -> impl Iterator<Item = u64> {
    let asked = std::env::var("RANDOM_RULES").unwrap_or_default();
    asked.split_once('-').and_then(|(from, to)| Some(from.parse().ok()?..=to.parse().ok()?)).unwrap_or(0..=otherwise)
}

#[test]
fn random_rules_are_judged_alike() {
    for round in rounds(0) {
        let texts = random_rules(150, round * 7919 + 5);
        let (rulebook, catalogue) = compiled(&texts).0.unwrap();
        assert!(rulebook.checks.len() > 40, "only {} rules compile", rulebook.checks.len());
        let pristine = batch(&rulebook, &catalogue, students());
        let mut world = World { rulebook, catalogue, batch: pristine.clone(), texts };
        let mut slack = Slack::new();
        for seed in 0..3 {
            world.batch = pristine.clone();
            disturb(&mut world.batch, &world.catalogue, &mut Dice(seed + round));
            let day = days().nth(usize::try_from(seed + round).unwrap() % DAYS.len()).unwrap();
            compare(&world, day, &mut slack);
        }
        let (handed_on, rows) = slack.values().fold((0, 0), |(left, all), (handed_on, rows)| (left + handed_on, all + rows));
        println!("round {round}: {} rules, {handed_on} of {rows} rows handed on although plain", world.rulebook.checks.len());
    }
}

/// Random sequentialities, and those of some random lines of a programme that compile.
fn random_orders(seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice(seed);
    let mut texts = shipped();
    texts.retain(|(name, _)| ["regulation.regs", "calendars.regs"].iter().any(|needed| name.ends_with(needed)));
    let programme = |lines: &str| ("lines".to_owned(), format!("regs 1\nprogramme PB-BM \"random\" {{\n{lines}}}\n"));
    let orders = std::iter::repeat_with(|| random_orders::sequentialities(&mut dice));
    let fine = |text: &String| compiled(&texts.iter().cloned().chain([("orders".to_owned(), text.clone()), programme("")]).collect::<Vec<_>>()).1;
    let orders = orders.take(50).find(fine).unwrap();
    texts.push(("orders".to_owned(), orders));
    let fine = |line: &String| compiled(&texts.iter().cloned().chain([programme(line)]).collect::<Vec<_>>()).1;
    let lines: String = std::iter::repeat_with(|| random_orders::line(&mut dice)).take(25).filter(fine).collect();
    texts.push(programme(&lines));
    texts
}

#[test]
fn random_orders_are_judged_alike() {
    for round in rounds(3) {
        let texts = random_orders(round * 7919 + 11);
        let (rulebook, catalogue) = compiled(&texts).0.unwrap();
        let text = texts.iter().map(|(_, text)| text.as_str()).skip(2).collect::<String>();
        let texts = rulebook.checks.iter().map(|check| (check.name.clone(), text.clone())).collect();
        let pristine = batch(&rulebook, &catalogue, students());
        let mut world = World { rulebook, catalogue, batch: pristine.clone(), texts };
        for seed in 0..3 {
            world.batch = pristine.clone();
            disturb(&mut world.batch, &world.catalogue, &mut Dice(seed + round));
            compare(&world, days().nth(usize::try_from(seed + round).unwrap() % DAYS.len()).unwrap(), &mut Slack::new());
        }
        println!("round {round}: {} lines", world.rulebook.edges.len());
    }
}
