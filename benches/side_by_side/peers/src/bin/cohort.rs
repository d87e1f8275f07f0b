//! `cohort STUDENTS DIR`: the cohort of the benchmarks as `DIR/catalogue.json` and `DIR/students.jsonl`. The same number gives the same bytes, and the first
//! students are the same in a cohort of any size.

#[path = "../../../../cohort/detail.rs"]
mod detail;
#[path = "../../../../cohort/dice.rs"]
mod dice;
#[allow(dead_code)]
#[path = "../../../../cohort/generator.rs"]
mod generator;

use std::fs::File;
use std::io::{BufWriter, Result, Write as _};
use std::path::Path;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, students, folder] = arguments.as_slice() else { panic!("cohort STUDENTS DIR") };
    let students: usize = students.parse().expect("a number of students");
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;
    let programmes = generator::programmes();
    std::fs::write(folder.join("catalogue.json"), generator::catalogue(&programmes))?;
    let mut file = BufWriter::new(File::create(folder.join("students.jsonl"))?);
    let mut line = String::new();
    for number in 0..students {
        line.clear();
        generator::student(number, &programmes).write(&programmes, detail::Detail::Twelve, &mut line);
        file.write_all(line.as_bytes())?;
    }
    file.flush()
}
