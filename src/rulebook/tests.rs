//! The compiler on the cases of `tests/cases/rulebook`: what a person sees, beside each file. A neighbouring `.json` is the catalogue.

use std::path::{Path, PathBuf};

use crate::problems::{Manner, Pen, Problem, Problems};
use crate::records::{Catalogue, read_catalogue};
use crate::rulebook::Rulebook;
use crate::rulebook::from_syntax::compile;
use crate::source::Sources;
use crate::syntax::from_text::parse;

/// A set as compiled.
pub(crate) struct Compiled {
    pub(crate) rulebook: Option<Rulebook>,
    pub(crate) catalogue: Catalogue,
    pub(crate) sources: Sources,
    pub(crate) problems: Vec<Problem>,
}

/// Compile texts by their names, beside a catalogue where one is given.
pub(crate) fn compiled(texts: &[(&str, &str)], catalogue: Option<(&str, &str)>) -> Compiled {
    let mut sources = Sources::default();
    let mut problems = Problems::default();
    let document = catalogue.map(|(name, text)| (sources.add(name, text), text));
    let mut catalogue = read_catalogue(document.as_slice(), &mut problems);
    let ids: Vec<_> = texts.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let files: Vec<_> = ids.into_iter().map(|id| parse(&sources, id, &mut problems)).collect();
    let rulebook = compile(&files, &mut catalogue, &sources, &mut problems);
    let problems = problems.sorted(|id| sources.name(id).to_owned());
    Compiled { rulebook, catalogue, sources, problems }
}

fn drawn(compiled: &Compiled) -> String {
    let pen = Pen { manner: Manner::Uncoloured, width: 110 };
    let drawn: String = compiled.problems.iter().map(|problem| pen.draw_problem(problem, &compiled.sources) + "\n").collect();
    if drawn.is_empty() { "no problems\n".to_owned() } else { drawn }
}

fn files(pattern: &str) -> Vec<PathBuf> {
    let pattern = format!("{}/{pattern}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = glob::glob(&pattern).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> (String, String) {
    (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
}

#[test]
fn each_case_shows_what_a_person_sees() {
    for path in files("tests/cases/rulebook/*.regs") {
        let (name, text) = read(&path);
        let beside = path.with_extension("json");
        let catalogue = beside.is_file().then(|| read(&beside));
        let catalogue = catalogue.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        let compiled = compiled(&[(&name, &text)], catalogue);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_input_file(Path::new("tests/cases/rulebook").join(name));
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), drawn(&compiled)));
    }
}

fn folder(pattern: &str) -> Compiled {
    let texts: Vec<(String, String)> = files(pattern).iter().map(|path| read(path)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    compiled(&texts, None)
}

#[test]
fn the_shipped_regulations_compile() {
    let compiled = folder("regulations/university-college/*.regs");
    assert_eq!(drawn(&compiled), "no problems\n");
    assert!(compiled.rulebook.is_some());
}
