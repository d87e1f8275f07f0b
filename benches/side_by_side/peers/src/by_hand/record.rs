//! A dossier as serde_json sees it, borrowed from its line, and in few bytes.

use serde::Deserialize;

use crate::YEAR;
use crate::catalogue::Catalogue;

#[derive(Deserialize)]
struct Dossier<'a> {
    student: &'a str,
    #[serde(borrow)]
    enrolments: Vec<Enrolment<'a>>,
}

#[derive(Deserialize)]
struct Enrolment<'a> {
    academic_year: &'a str,
    programme: &'a str,
    contract: &'a str,
    phase: u8,
    class_group: Option<&'a str>,
    enrolled_on: &'a str,
    #[serde(borrow)]
    isp: Isp<'a>,
}

#[derive(Deserialize)]
struct Isp<'a> {
    submitted_at: Option<&'a str>,
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    course: &'a str,
    semester: u8,
    credits: f64,
    kind: &'a str,
    event: Option<&'a str>,
    #[serde(borrow)]
    result: Option<Outcome<'a>>,
}

#[derive(Deserialize)]
struct Outcome<'a> {
    outcome: &'a str,
}

#[derive(Clone, Copy)]
pub struct Line {
    pub unit: u8,
    pub semester: u8,
    pub exempted: bool,
    pub tenths: i16,
    pub event: Option<u16>,
}

#[derive(Clone, Copy)]
pub struct Row {
    pub unit: u8,
    pub semester: u8,
    /// 1 passed, 2 tolerated, 4 exempted
    pub flags: u8,
    pub year: i16,
    pub tenths: i16,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Contract {
    #[default]
    Diploma,
    Exam,
    Other,
}

#[derive(Default)]
pub struct Compact {
    pub programme: u8,
    pub phase: u8,
    pub contract: Contract,
    pub group: Option<u16>,
    pub enrolled: i32,
    pub sent: i32,
    pub lines: Vec<Line>,
    pub rows: Vec<Row>,
}

/// The number of a day, from the ten characters it begins with. The records' instants are in local time.
pub fn day(text: &str) -> i32 {
    let number = |range: std::ops::Range<usize>| text.as_bytes()[range].iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0'));
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

#[allow(clippy::cast_possible_truncation)]
fn tenths(credits: f64) -> i16 {
    (credits * 10.0).round() as i16
}

impl Compact {
    /// Read a line; whose it is.
    pub fn read<'a>(&mut self, catalogue: &Catalogue, line: &'a [u8]) -> &'a str {
        let dossier: Dossier<'a> = serde_json::from_slice(line).expect("a dossier");
        self.lines.clear();
        self.rows.clear();
        for enrolment in &dossier.enrolments {
            let year: i16 = enrolment.academic_year[..4].parse().expect("a year");
            if i32::from(year) == YEAR { self.present(catalogue, enrolment) } else { self.past(catalogue, enrolment, year) }
        }
        dossier.student
    }

    fn present(&mut self, catalogue: &Catalogue, enrolment: &Enrolment<'_>) {
        self.programme = catalogue.programme_of[enrolment.programme];
        self.phase = enrolment.phase;
        self.contract = match enrolment.contract {
            "diploma" => Contract::Diploma,
            "exam_diploma" => Contract::Exam,
            _ => Contract::Other,
        };
        self.group = enrolment.class_group.map(|group| catalogue.group_of[group]);
        self.enrolled = day(enrolment.enrolled_on);
        self.sent = enrolment.isp.submitted_at.map_or(i32::MAX, day);
        self.lines.extend(enrolment.isp.entries.iter().map(|entry| Line {
            unit: catalogue.unit_of[entry.course].1,
            semester: entry.semester,
            exempted: entry.kind == "exempted",
            tenths: tenths(entry.credits),
            event: entry.event.map(|event| catalogue.event_of[event]),
        }));
    }

    fn past(&mut self, catalogue: &Catalogue, enrolment: &Enrolment<'_>, year: i16) {
        self.rows.extend(enrolment.isp.entries.iter().map(|entry| {
            let outcome = match entry.result.as_ref().map(|result| result.outcome) {
                Some("passed") => 1,
                Some("tolerated") => 2,
                _ => 0,
            };
            let flags = if entry.kind == "exempted" { 4 } else { outcome };
            Row { unit: catalogue.unit_of[entry.course].1, semester: entry.semester, flags, year, tenths: tenths(entry.credits) }
        }));
    }
}
