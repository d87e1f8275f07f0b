//! One student's dossier among all files.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::PathBuf;

use crate::cli::cohort::engine::refuse_unmapped;
use crate::cli::input::{self, RecordsHash};
use crate::cli::project::load::Loaded;
use crate::cli::session::{Session, Stop};
use crate::records::{Batch, Blocks, Cut, DossierReader, Headings, Placed, Reading, RecordFile, SetAside, TextId};
use crate::vocabulary::{Subject, fields};

/// What was found of a student.
pub(crate) enum Found {
    /// The batch that the dossier was read in, and its row there.
    Dossier(Box<Batch>, u32),
    /// A record that could not be read.
    SetAside(Box<SetAside>),
    Nobody,
}

/// The first dossier of a student, in the order of the files, and what these are called.
pub(crate) fn student(
    session: &mut Session,
    (loaded, year): (&Loaded, i32),
    (files, headings): (&[PathBuf], &Headings),
    student: &str,
) -> Result<(Found, Vec<String>), Stop> {
    let opened = input::open(session, files, headings, RecordsHash::NotWanted)?;
    let names = opened.names.clone();
    let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, year);
    let mut reader = DossierReader::new(&reading);
    let mut set_aside = None;
    for cut in opened.cuts() {
        let mut batch = Batch::new(&loaded.catalogue);
        let read = reader.read(cut, &mut batch);
        refuse_unmapped(session, &read.undeclared, headings)?;
        if let Some(refused) = read.set_aside.iter().find(|found| found.problem.refuses()) {
            return Ok((Found::SetAside(Box::new(refused.clone())), names));
        }
        let number = |row: u32| batch.text_of(&loaded.catalogue, TextId(batch.cell(fields::student::STUDENT, row)).0);
        if let Some(row) = (0..batch.dossiers()).find(|row| number(*row) == Some(student)) {
            return Ok((Found::Dossier(Box::new(batch), row), names));
        }
        set_aside = set_aside.or_else(|| read.set_aside.into_iter().find(|found| found.student.as_deref() == Some(student)));
    }
    Ok((set_aside.map_or(Found::Nobody, |set_aside| Found::SetAside(Box::new(set_aside))), names))
}

/// The dossiers of some students together in one batch; who has none is not in it.
pub(crate) fn together(
    session: &mut Session,
    (loaded, year): (&Loaded, i32),
    files: (&[PathBuf], &Headings),
    students: &BTreeSet<&str>,
) -> Result<Batch, Stop> {
    let mut lines = String::new();
    for name in students {
        if let (Found::Dossier(batch, row), _) = student(session, (loaded, year), files, name)? {
            // A record in a list may run over several lines, and no text in it can.
            let line = batch.line_of(Placed { subject: Subject::Student, row, field: None });
            lines.push_str(&line.replace('\n', " "));
            lines.push('\n');
        }
    }
    let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, year);
    let mut batch = Batch::new(&loaded.catalogue);
    let size = lines.len() + 1;
    let file = RecordFile { number: 0, name: "examples.jsonl".to_owned(), content: Box::new(Cursor::new(lines.into_bytes())) };
    if let Some(Cut::Block(block)) = Blocks::with_size(file, size).next() {
        // What could not be read was not found.
        let _ = DossierReader::new(&reading).read_block(block, &mut batch);
    }
    Ok(batch)
}
