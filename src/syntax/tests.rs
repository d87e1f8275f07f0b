//! The parser on the cases of `tests/cases/syntax`: what a person sees, beside each file.

use std::path::{Path, PathBuf};

use super::ast::File;
use super::from_text::parse;
use crate::problems::{Manner, Pen, Problem, Problems};
use crate::source::Sources;

pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let pattern = format!("{}/tests/cases/{folder}/*.regs", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = glob::glob(&pattern).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths
}

pub(crate) fn read(name: &str, text: &str) -> (Sources, File, Vec<Problem>) {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let mut problems = Problems::default();
    let file = parse(&sources, id, &mut problems);
    let sorted = problems.sorted(|id| sources.name(id).to_owned());
    (sources, file, sorted)
}

fn drawn(sources: &Sources, problems: &[Problem]) -> String {
    let pen = Pen { manner: Manner::Uncoloured, width: 110 };
    if problems.is_empty() { "no problems\n".to_owned() } else { pen.draw_problems(problems, sources) }
}

#[test]
fn each_case_shows_what_a_person_sees() {
    for path in cases("syntax") {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (sources, _, problems) = read(name, &text);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_input_file(Path::new("tests/cases/syntax").join(name));
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), drawn(&sources, &problems)));
    }
}
