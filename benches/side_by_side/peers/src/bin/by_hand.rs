//! `by_hand CATALOGUE STUDENTS THREADS OUT`: the twelve rules by a programmer who knows them and the records beforehand: serde_json's borrowed structs, dense
//! numbers, bit masks over a programme's units. It trusts its input: a record it does not expect ends the run.

#[path = "../by_hand/catalogue.rs"]
mod catalogue;
#[path = "../in_blocks.rs"]
mod in_blocks;
#[path = "../by_hand/judge.rs"]
mod judge;
#[path = "../by_hand/record.rs"]
mod record;

use std::fs::File;
use std::io::{BufWriter, Result};

use catalogue::Catalogue;
use judge::Violation;
use record::Compact;

/// The academic year under check, by its first half.
const YEAR: i32 = 2024;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, catalogue, students, threads, out] = arguments.as_slice() else { panic!("by_hand CATALOGUE STUDENTS THREADS OUT") };
    let catalogue = Catalogue::read(&std::fs::read(catalogue)?);
    let threads = threads.parse().expect("a number of threads");
    let out = BufWriter::new(File::create(out)?);
    in_blocks::run(
        File::open(students)?,
        out,
        threads,
        || (Compact::default(), Vec::new()),
        |(compact, violations), line, out| {
            let student = compact.read(&catalogue, line);
            violations.clear();
            judge::judge(&catalogue, compact, violations);
            violations.iter().for_each(|violation: &Violation| violation.write(&catalogue, student, out));
        },
    )
}
