//! The parser on the cases of `tests/cases/syntax`: what a person sees, beside each file.

use std::path::{Path, PathBuf};

use super::ast::{EdgeKind, EdgeTerm, EdgeTermKind, File};
use super::from_text::{meaning, parse, parse_demand};
use crate::problems::{Manner, Pen, Problem, Problems};
use crate::source::{SourceId, Sources, Span};

pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let pattern = format!("{}/tests/cases/{folder}/*.regs", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = glob::glob(&pattern).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths
}

pub(crate) fn read(name: &str, text: &str) -> (Sources, File, Vec<Problem>) {
    let mut sources = Sources::default();
    let id = sources.add(name, text.to_owned());
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

#[test]
fn a_byte_order_mark_carriage_returns_and_tabs_change_nothing() {
    let plain = "regs 1\nrule r {\n    for isp # which\n    require state is draft\n}";
    let odd = format!("\u{feff}{}\r\n", plain.replace('\n', "\r\n").replace("    ", "\t"));
    assert_eq!(meaning(plain), meaning(&odd));
    assert!(meaning(plain).is_some());
}

#[test]
fn a_file_of_nothing_lacks_its_edition() {
    for text in ["", "\n\n", "# only a note\n", "\u{feff}"] {
        let (_, _, problems) = read("empty.regs", text);
        assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), ["syntax::missing_edition"], "{text:?}");
    }
}

/// What a demand of the catalogue says, in a notation that shows its shape.
fn demand(text: &str, kind: Option<EdgeKind>) -> Result<String, Vec<String>> {
    let mut sources = Sources::default();
    let document = format!("{{\"expression\": \"{text}\"}}");
    let id: SourceId = sources.add("catalogue.json", document.clone());
    let mut problems = Problems::default();
    let at = Span::new(id, 16, 16 + text.len());
    let read = parse_demand(text, at, kind, &mut problems);
    let places = problems.sorted(|_| String::new()).into_iter().map(|problem| format!("{} at `{}`", problem.code(), sources.slice(problem.at)));
    let (term, advice) = read.ok_or_else(|| places.collect::<Vec<_>>())?;
    assert_eq!(sources.slice(term.span), text.strip_suffix(" as advice").unwrap_or(text));
    Ok(format!("{}{}", shape(&term), if advice.is_some() { ", as advice" } else { "" }))
}

fn shape(term: &EdgeTerm) -> String {
    let all = |terms: &[EdgeTerm], between: &str| terms.iter().map(shape).collect::<Vec<_>>().join(between);
    match &term.kind {
        EdgeTermKind::Unit { kind, course } => format!("{kind:?} {}", course.value),
        EdgeTermKind::And(terms) => format!("({})", all(terms, " and ")),
        EdgeTermKind::Or(terms) => format!("({})", all(terms, " or ")),
        EdgeTermKind::NumberOf { number, terms } => format!("{} of ({})", number.value, all(terms, ", ")),
        EdgeTermKind::AllOfPhase { kind, .. } => format!("{kind:?} phase"),
        EdgeTermKind::AllUnits { kind, .. } => format!("{kind:?} all units"),
        EdgeTermKind::AllChosenUnits { kind, .. } => format!("{kind:?} all chosen units"),
        EdgeTermKind::CreditsAcquired(_) => "credits".to_owned(),
        EdgeTermKind::HoldersOf(level) => format!("holders of {}", level.value),
        EdgeTermKind::Permission(role) => format!("permission of {}", role.value),
        EdgeTermKind::Requires(_) => "requires".to_owned(),
    }
}

#[test]
fn demands_of_a_catalogue_are_read_where_they_stand() {
    let strict = Some(EdgeKind::Strict);
    assert_eq!(demand("strictly after BM102", None).unwrap(), "Strict BM102");
    assert_eq!(demand("BM102 and BM103", strict).unwrap(), "(Strict BM102 and Strict BM103)");
    assert_eq!(demand("strictly after B1 or flexibly after C1 as advice", None).unwrap(), "(Strict B1 or Flexible C1), as advice");
    assert_eq!(demand("(A1 or flexibly after B1) and C1", strict).unwrap(), "((Strict A1 or Flexible B1) and Strict C1)");
    assert_eq!(demand("2 of (A1, together with B1, C1 or D1)", strict).unwrap(), "2 of (Strict A1, Simultaneous B1, (Strict C1 or Strict D1))");
    assert_eq!(demand("for holders of a bachelor diploma", None).unwrap(), "holders of bachelor");
    assert_eq!(demand("BM102", None), Err(vec!["syntax::unexpected at `BM102`".to_owned()]));
    assert_eq!(demand("BM102 BM103", strict), Err(vec!["syntax::unexpected at `BM103`".to_owned()]));
    assert_eq!(demand("", strict), Err(vec!["syntax::unfinished at ``".to_owned()]));
}
