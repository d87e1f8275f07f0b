//! How fast dossiers are read, against the same parser filling plain borrowed structs: the price of exact numbers, codes, days and places.
//!
//! `cargo bench --bench reading`; the counters are bytes of JSON.
#![allow(dead_code, unused_imports, reason = "the stages are compiled into the benchmark, which uses a part of each")]
#![allow(clippy::unwrap_used, reason = "a benchmark makes its own input")]

#[path = "../src/problems/mod.rs"]
mod problems;
#[path = "../src/records/mod.rs"]
mod records;
#[path = "../src/source/mod.rs"]
mod source;
#[path = "../src/vocabulary/mod.rs"]
mod vocabulary;

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use divan::counter::BytesCount;
use records::{Batch, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, read_catalogue};
use serde::Deserialize;

const STUDENTS: usize = 2_000;

fn main() {
    divan::main();
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn catalogue_text() -> String {
    let years = (2019..2024).map(|year| {
        let mut courses = Vec::new();
        let mut events = Vec::new();
        for programme in 0..6 {
            for course in 0..60 {
                courses.push(format!(r#"{{"code":"P{programme}-{}{:02}","credits":6}}"#, course / 20 + 1, course % 20));
                events.push(format!(r#"{{"id":"P{programme}-{}{:02}-E1","course":"P{programme}-{0}{1:02}"}}"#, course / 20 + 1, course % 20));
            }
        }
        let programmes: Vec<_> = (0..6).map(|programme| format!(r#"{{"code":"P{programme}","credits":180}}"#)).collect();
        let groups: Vec<_> = (0..36).map(|group| format!(r#"{{"code":"{}P{}-A"}}"#, group % 6 + 1, group / 6)).collect();
        format!(
            r#"{{"academic_year":"{year}-{}","programmes":[{}],"courses":[{}],"events":[{}],"class_groups":[{}]}}"#,
            year + 1,
            programmes.join(","),
            courses.join(","),
            events.join(","),
            groups.join(",")
        )
    });
    format!("[{}]", years.collect::<Vec<_>>().join(","))
}

fn dossiers() -> String {
    let mut dice = Dice(7);
    let mut text = String::new();
    for student in 0..STUDENTS {
        dossier(&mut dice, student, &mut text);
    }
    text
}

fn dossier(dice: &mut Dice, student: usize, text: &mut String) {
    let (programme, years) = (dice.below(6), 1 + dice.below(3));
    let first = 2024 - years;
    write!(text, r#"{{"student":"r{student:07}","cohort":"{first}-{}","enrolments":["#, first + 1).unwrap();
    for year in first..2024 {
        let phase = year - first + 1;
        let comma = if year > first { "," } else { "" };
        let next = year + 1;
        write!(
            text,
            r#"{comma}{{"academic_year":"{year}-{next}","programme":"P{programme}","contract":"diploma","phase":{phase},"class_group":"{phase}P{programme}-A","enrolled_on":"{year}-09-{:02}","isp":{{"state":"approved","submitted_at":"{year}-10-{:02}T14:20:00+02:00","decided_at":"{year}-11-08T09:00:00+01:00","entries":["#,
            1 + dice.below(30),
            1 + dice.below(30)
        )
        .unwrap();
        entries(dice, (programme, year), text);
        text.push_str("]}}");
    }
    text.push_str("],\"exemptions\":[],\"learning_account\":[{\"booked_on\":\"2021-09-14\",\"kind\":\"initial\",\"credits\":140},{\"booked_on\":\"2022-09-14\",\"kind\":\"deployed\",\"credits\":-60}]}\n");
}

fn entries(dice: &mut Dice, (programme, year): (u64, u64), text: &mut String) {
    for entry in 0..8 + dice.below(4) {
        let comma = if entry > 0 { "," } else { "" };
        let course = format!("P{programme}-{}{:02}", 1 + dice.below(3), entry + dice.below(9));
        let semester = 1 + dice.below(2);
        let credits = if dice.below(10) == 0 { "4.5" } else { "6" };
        write!(text, r#"{comma}{{"course":"{course}","semester":{semester},"credits":{credits},"kind":"regular","event":"{course}-E1""#).unwrap();
        if year < 2023 {
            let score = dice.below(21);
            let outcome = if score < 10 { "failed" } else { "passed" };
            write!(text, r#","result":{{"score":{score},"outcome":"{outcome}","decided_on":"{year}-02-03"}}"#).unwrap();
        }
        text.push('}');
    }
}

fn catalogue() -> Catalogue {
    let text = catalogue_text();
    let mut problems = problems::Problems::default();
    let catalogue = read_catalogue(&[(source::SourceId(0), &text)], &mut problems);
    assert!(problems.is_empty());
    catalogue
}

/// Blocks cut, records read into columns, codes and days settled.
#[divan::bench]
fn into_columns(bencher: divan::Bencher<'_, '_>) {
    let (catalogue, text) = (catalogue(), dossiers());
    let reading = Reading::new(&catalogue, vocabulary::Zone::brussels(), 2023);
    let mut reader = DossierReader::new(&reading);
    let mut batch = Batch::new(&catalogue);
    let bytes: Arc<[u8]> = Arc::from(text.as_bytes());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let content = Box::new(Cursor::new(Arc::clone(&bytes)));
        let mut dossiers = 0;
        for cut in Blocks::new(RecordFile { number: 0, name: "students.jsonl".to_owned(), content }) {
            let Cut::Block(block) = cut else { continue };
            let read = reader.read_block(block, &mut batch);
            assert!(read.set_aside.is_empty(), "{:?}", read.set_aside.first());
            dossiers += batch.dossiers();
        }
        assert_eq!(dossiers as usize, STUDENTS);
    });
}

/// The same lines into structs that borrow their texts; numbers as floats, days and codes left as texts.
#[divan::bench]
fn into_borrowed_structs(bencher: divan::Bencher<'_, '_>) {
    let text = dossiers();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut entries = 0;
        for line in text.lines() {
            let dossier: Dossier<'_> = serde_json::from_str(line).unwrap();
            entries += divan::black_box(&dossier).enrolments.iter().map(|enrolment| enrolment.isp.entries.len()).sum::<usize>();
        }
        entries
    });
}

/// The same lines into a tree.
#[divan::bench]
fn into_values(bencher: divan::Bencher<'_, '_>) {
    let text = dossiers();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        for line in text.lines() {
            divan::black_box(serde_json::from_str::<serde_json::Value>(line).unwrap());
        }
    });
}

#[derive(Deserialize)]
struct Dossier<'t> {
    student: &'t str,
    cohort: &'t str,
    #[serde(borrow)]
    enrolments: Vec<Enrolment<'t>>,
    #[serde(borrow)]
    exemptions: Vec<Exemption<'t>>,
    #[serde(borrow)]
    learning_account: Vec<Booking<'t>>,
}

#[derive(Deserialize)]
struct Enrolment<'t> {
    academic_year: &'t str,
    programme: &'t str,
    contract: &'t str,
    phase: f64,
    class_group: &'t str,
    enrolled_on: &'t str,
    #[serde(borrow)]
    isp: Isp<'t>,
}

#[derive(Deserialize)]
struct Isp<'t> {
    state: &'t str,
    submitted_at: &'t str,
    decided_at: &'t str,
    #[serde(borrow)]
    entries: Vec<Entry<'t>>,
}

#[derive(Deserialize)]
struct Entry<'t> {
    course: &'t str,
    semester: f64,
    credits: f64,
    kind: &'t str,
    event: &'t str,
    #[serde(borrow)]
    result: Option<Judged<'t>>,
}

#[derive(Deserialize)]
struct Judged<'t> {
    score: f64,
    outcome: &'t str,
    decided_on: &'t str,
}

#[derive(Deserialize)]
struct Exemption<'t> {
    course: &'t str,
    credits: f64,
}

#[derive(Deserialize)]
struct Booking<'t> {
    booked_on: &'t str,
    kind: &'t str,
    credits: f64,
}
