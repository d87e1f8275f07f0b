//! Rows of tables are read as the records are that are put together from them, and measured as these are written.

use std::sync::Arc;

use proptest::prelude::{any, prop, prop_assert_eq, proptest};

use crate::records::from_json::{catalogue, reading, told};
use crate::records::from_tables::{Headings, HeldRows, Merged, Refusal, Table, TableBlock};
use crate::records::{Batch, Block, BlockRead, Cut, DossierReader};
use crate::vocabulary::{Subject, Zone};

/// A table in memory.
struct Given {
    subject: Subject,
    names: Arc<[String]>,
    rows: std::vec::IntoIter<Vec<&'static str>>,
    line: u32,
}

impl Table for Given {
    fn file(&self) -> u32 {
        self.subject as u32
    }

    fn name(&self) -> &str {
        self.subject.word()
    }

    fn subject(&self) -> Subject {
        self.subject
    }

    fn names(&self) -> &Arc<[String]> {
        &self.names
    }

    fn sorting(&self, _: usize) -> String {
        String::new()
    }

    fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal> {
        let Some(cells) = self.rows.next() else { return Ok(false) };
        self.line += 1;
        rows.begin(self.line);
        for cell in cells {
            rows.push(cell);
        }
        Ok(true)
    }
}

const TABLES: [(Subject, &str); 8] = [
    (Subject::Student, "student cohort visa first_enrolled_on"),
    (Subject::Enrolment, "student academic_year programme contract phase class_group main state enrolled_on"),
    (Subject::Isp, "student academic_year programme state submitted_at submitted_on requested_credits"),
    (Subject::Entry, "student academic_year programme contract course semester credits kind remark score outcome decided_on event entries"),
    (Subject::RequestedCourse, "student academic_year programme course"),
    (Subject::Status, "student status valid_from hours_per_month"),
    (Subject::Diploma, "student level name awarded_on"),
    (Subject::AccountEntry, "student booked_on kind credits"),
];

const ODD: [&str; 12] =
    ["x", "1.2345", "-6", "1e1", "0006", "a \"text\" \\ of\tsome length", "2023-02-30", "12345678901234567890", "[]", "null", "-0", "Één"];

/// Mostly what a column of that name may hold.
fn values(name: &str) -> &'static [&'static str] {
    match name {
        "academic_year" | "cohort" => &["2023-2024", "2022-2023"],
        "programme" => &["PB-BM", "PB-BM", "PB-OLD"],
        "contract" => &["diploma", "diploma", "credit", ""],
        "course" => &["BM101", "BM201", "BM099", "A-COURSE-OF-MORE-THAN-SIXTEEN-LETTERS"],
        "class_group" => &["2BM1", ""],
        "event" => &["BM201-A", "", ""],
        "kind" | "remark" | "visa" | "entries" => &["", "", "", "", "", "regular"],
        "state" => &["", "", "", "approved"],
        "outcome" => &["passed", "failed", ""],
        "status" => &["working_student", "first_time"],
        "level" => &["secondary", "bachelor"],
        "name" => &["Één \"jaar\"", "A diploma", ""],
        "main" => &["true", "false", ""],
        "phase" | "semester" => &["1", "2", ""],
        "submitted_at" => &["2023-10-15T22:30:00Z", "2023-10-15T22:30:00+02:00", "2023-10-15 22:30", ""],
        "credits" | "score" | "requested_credits" | "hours_per_month" => &["6", "12.5", "60.125", "13", "0", "120", "-3", ""],
        _ => &["2023-10-15", "2024-02-29", "", "2022-09-16"],
    }
}

fn tables(bytes: &[u8]) -> Vec<Box<dyn Table>> {
    let mut dice = bytes.iter();
    let mut below = |sides: usize| dice.next().map_or(0, |byte| usize::from(*byte) % sides);
    let mut tables: Vec<Box<dyn Table>> = Vec::new();
    for (subject, names) in TABLES {
        let names: Vec<&'static str> = names.split(' ').collect();
        let mut rows = Vec::new();
        for student in ["r1", "r2", "r3"] {
            let count = if subject == Subject::Student { 1 + below(12) / 11 } else { below(4) };
            for _ in 0..count {
                let cell = |name: &&'static str| {
                    let values = values(name);
                    if below(90) == 89 { ODD[below(ODD.len())] } else { values[below(values.len())] }
                };
                rows.push(std::iter::once(student).chain(names.iter().skip(1).map(cell)).collect());
            }
        }
        if subject == Subject::Student || below(8) < 7 {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            tables.push(Box::new(Given { subject, names, rows: rows.into_iter(), line: 1 }));
        }
    }
    tables
}

/// What became of dossiers, whatever they were read from.
fn outcome(batch: &Batch, read: &BlockRead) -> (Vec<String>, Vec<String>, Vec<String>) {
    let catalogue = catalogue();
    let dossiers = (0..batch.dossiers()).map(|student| told(batch, &catalogue, student));
    let rows = dossiers.map(|told| told.split_once('\n').map_or_else(String::new, |(_, rows)| rows.to_owned()));
    let faults = read.set_aside.iter().map(|one| format!("{:?} {:?}", one.student, one.problem));
    (rows.collect(), faults.collect(), read.undeclared.warnings().iter().map(ToString::to_string).collect())
}

fn written(block: &TableBlock) -> String {
    let mut lines = String::new();
    for student in 0..block.students() {
        for row in 0..block.student(student).own().count() {
            lines.push_str(&block.drafted(student, row).text);
            lines.push('\n');
        }
    }
    lines
}

proptest! {
    #[test]
    fn rows_are_read_as_their_records_are(bytes in prop::collection::vec(any::<u8>(), 0..900), has_clock in any::<bool>()) {
        let catalogue = catalogue();
        let reading = reading(&catalogue);
        let mut headings = Headings::default();
        headings.clock = has_clock.then_some(Zone::brussels());
        for cut in Merged::new(tables(&bytes), &headings) {
            let Cut::Tables(block) = cut else { continue };
            let lines = written(&block);
            prop_assert_eq!(block.bytes, lines.len());
            let [mut of_rows, mut of_records] = [Batch::new(&catalogue), Batch::new(&catalogue)];
            let rows = DossierReader::new(&reading).read_tables(*block, &mut of_rows);
            let records = DossierReader::new(&reading).read_block(Block::of_lines(lines.clone().into_bytes()), &mut of_records);
            prop_assert_eq!(outcome(&of_rows, &rows), outcome(&of_records, &records), "{}", lines);
        }
    }
}
