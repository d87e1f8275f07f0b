//! The lints on the cases of `tests/cases/lints`: what a person sees, beside each file. A neighbouring `.json` is the catalogue.

use std::path::{Path, PathBuf};

use super::lint;
use crate::problems::{Manner, Pen, Problem, Problems};
use crate::rulebook::tests::{Compiled, compiled};

fn files(pattern: &str) -> Vec<PathBuf> {
    let pattern = format!("{}/{pattern}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = glob::glob(&pattern).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> (String, String) {
    (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
}

/// What the lints say of a set; the compiler has nothing to say.
fn linted(Compiled { rulebook, catalogue, sources, problems }: &Compiled) -> Vec<Problem> {
    assert!(problems.is_empty(), "{problems:?}");
    let mut found = Problems::default();
    lint(rulebook.as_ref().unwrap(), catalogue, &mut found);
    found.sorted(|id| sources.name(id).to_owned())
}

fn drawn(found: &[Problem], Compiled { sources, .. }: &Compiled) -> String {
    let pen = Pen { manner: Manner::Uncoloured, width: 110 };
    let drawn: String = found.iter().map(|problem| pen.draw_problem(problem, sources) + "\n").collect();
    if drawn.is_empty() { "no problems\n".to_owned() } else { drawn }
}

#[test]
fn each_case_shows_what_a_person_sees() {
    for path in files("tests/cases/lints/*.regs") {
        let (name, text) = read(&path);
        let beside = path.with_extension("json");
        let catalogue = beside.is_file().then(|| read(&beside));
        let catalogue = catalogue.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        let compiled = compiled(&[(&name, &text)], catalogue);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_input_file(Path::new("tests/cases/lints").join(name));
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), drawn(&linted(&compiled), &compiled)));
    }
}

#[test]
fn the_shipped_regulations_give_no_warning() {
    let texts: Vec<(String, String)> = files("regulations/university-college/*.regs").iter().map(|path| read(path)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (name, catalogue) = read(&files("examples/university-college/catalogue.json")[0]);
    let compiled = compiled(&texts, Some((&name, &catalogue)));
    let mut found = linted(&compiled);
    found.retain(|problem| problem.diagnostic.severity() != Some(miette::Severity::Advice));
    assert_eq!(drawn(&found, &compiled), "no problems\n");
}
