//! Each case of `tests/cases/records`: what a person sees of a file of records or of a catalogue.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use crate::problems::{Manner, Pen, Problems};
use crate::records::{Batch, Blocks, Catalogue, DossierReader, Reading, RecordFile, SetAside, Students, Undeclared, read_catalogue};
use crate::source::Sources;
use crate::vocabulary::{Zone, fields};

const PEN: Pen = Pen { manner: Manner::Uncoloured, width: 120 };

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/records").join(name)
}

/// The cases of a folder, in the order of their names.
fn cases(name: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|extension| extension != "snap" && extension != "new")).collect();
    paths.sort();
    paths
}

fn assert_seen(path: &Path, seen: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
    settings.bind(|| insta::assert_snapshot!(name, seen));
}

#[test]
fn each_catalogue_shows_what_a_person_sees() {
    for path in cases("catalogues") {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = Sources::default();
        let source = sources.add("catalogue.json", text.clone());
        let mut problems = Problems::default();
        read_catalogue(&[(source, &text)], &mut problems);
        let problems = problems.sorted(|id| sources.name(id).to_owned());
        assert_seen(&path, &PEN.draw_problems(&problems, &sources));
    }
}

/// What one file of records comes to.
struct Seen {
    students: Vec<String>,
    set_aside: Vec<SetAside>,
    undeclared: Undeclared,
}

fn read(name: &str, bytes: Vec<u8>, catalogue: &Catalogue) -> Seen {
    let reading = Reading::new(catalogue, Zone::brussels(), 2023);
    let mut reader = DossierReader::new(&reading);
    let (mut batch, mut students) = (Batch::new(catalogue), Students::default());
    let mut seen = Seen { students: Vec::new(), set_aside: Vec::new(), undeclared: Undeclared::default() };
    for cut in Blocks::new(RecordFile { number: 0, name: name.to_owned(), content: Box::new(Cursor::new(bytes)) }) {
        let read = reader.read(cut, &mut batch);
        seen.set_aside.extend(read.set_aside);
        seen.undeclared.append(read.undeclared);
        let seconds = students.register_batch(&batch, catalogue, &[name.to_owned()]).unwrap();
        for row in (0..batch.dossiers()).filter(|row| seconds.iter().all(|(second, _)| second != row)) {
            seen.students.push(batch.text_of(catalogue, batch.cell(fields::student::STUDENT, row)).unwrap().to_owned());
        }
        seen.set_aside.extend(seconds.into_iter().map(|(_, set_aside)| set_aside));
    }
    seen
}

fn drawn(name: &str, seen: &Seen) -> String {
    let mut drawn = String::new();
    for one in &seen.set_aside {
        let mut sources = Sources::default();
        let problem = one.problem(name, &mut sources);
        drawn.push_str(&PEN.draw_problem(&problem, &sources));
        let student = one.student.as_deref().unwrap_or("not known");
        writeln!(drawn, "  {name}:{}:{} {} student {student}\n", one.line, one.column, one.path).unwrap();
    }
    for warning in seen.undeclared.warnings() {
        drawn.push_str(&PEN.draw(&warning));
    }
    writeln!(drawn, "read: {}", seen.students.join(", ")).unwrap();
    drawn
}

#[test]
fn each_file_of_records_shows_what_a_person_sees() {
    let text = std::fs::read_to_string(folder("catalogue.json")).unwrap();
    let mut problems = Problems::default();
    let catalogue = read_catalogue(&[(crate::source::SourceId(0), &text)], &mut problems);
    assert!(problems.is_empty());
    for path in cases("dossiers") {
        let name = format!("students.{}", path.file_name().unwrap().to_str().unwrap().split_once('.').unwrap().1);
        let seen = read(&name, std::fs::read(&path).unwrap(), &catalogue);
        assert_seen(&path, &drawn(&name, &seen));
    }
}

/// A line of more than 64 MiB would be a burden as a file.
#[test]
fn a_line_that_never_ends() {
    let mut bytes = b"{\"student\":\"r1\"}\n{\"student\":\"".to_vec();
    bytes.resize(65 << 20, b'7');
    bytes.extend_from_slice(b"\n{\"student\":\"r3\"}\n");
    let seen = read("students.jsonl", bytes, &Catalogue::default());
    assert_seen(&folder("dossiers").join("a_line_that_never_ends"), &drawn("students.jsonl", &seen));
}
