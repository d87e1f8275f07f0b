//! The parser on the cases of `tests/cases/syntax`: what a person sees, beside each file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, GraphicalTheme, NamedSource};

use super::ast::File;
use super::from_text::parse;
use crate::problems::{Problem, Problems};
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
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(110).with_context_lines(0);
    let mut out = String::new();
    for problem in problems {
        let source = sources.get(problem.at.source).unwrap();
        let report = WithSource { problem, source: NamedSource::new(&source.name, source.text.to_string()) };
        handler.render_report(&mut out, &report).unwrap();
        writeln!(out).unwrap();
    }
    if problems.is_empty() { "no problems\n".to_owned() } else { out }
}

/// A problem together with the text it is about.
struct WithSource<'a> {
    problem: &'a Problem,
    source: NamedSource<String>,
}

impl std::fmt::Debug for WithSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.problem.diagnostic)
    }
}

impl std::fmt::Display for WithSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.problem.diagnostic)
    }
}

impl std::error::Error for WithSource<'_> {}

impl miette::Diagnostic for WithSource<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.problem.diagnostic.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.problem.diagnostic.help()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        self.problem.diagnostic.labels()
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source)
    }
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
