//! The examples of all regulations, of `tests/cases/verdicts` and of `tests/cases/boundaries`: each is kept. What a failure looks like stands in `tests/cases/examples`.

use std::path::{Path, PathBuf};

use crate::examples::{Setting, run};
use crate::problems::{Manner, Pen, Problem};
use crate::records::{Batch, Blocks, Cut, DossierReader, Reading, RecordFile};
use crate::rulebook::tests::{Compiled, compiled};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(pattern: &str) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = glob::glob(root().join(pattern).to_str().unwrap()).unwrap().map(Result::unwrap).collect();
    paths.sort();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The records that stand beside a case.
fn records(compiled: &Compiled, text: &str) -> Batch {
    let rulebook = compiled.rulebook.as_ref().unwrap();
    let reading = Reading::new(&compiled.catalogue, rulebook.regulation.time_zone, 2023);
    let mut batch = Batch::new(&compiled.catalogue);
    let content = Box::new(std::io::Cursor::new(text.to_owned()));
    for cut in Blocks::new(RecordFile { number: 0, name: "students.jsonl".to_owned(), content }) {
        let Cut::Block(block) = cut else { panic!("not a block") };
        let read = DossierReader::new(&reading).read_block(block, &mut batch);
        assert!(read.set_aside.is_empty(), "{:#?}", read.set_aside);
    }
    batch
}

/// The failures of all examples as a person sees them; nothing where all are kept.
fn failures(compiled: &Compiled, beside: Option<&(String, String)>) -> String {
    let records = beside.map(|(_, text)| records(compiled, text));
    let pen = Pen { manner: Manner::Uncoloured, width: 150 };
    let draw = |problem: &Problem| pen.draw_problem(problem, &compiled.sources) + "\n";
    let errors: String = compiled.problems.iter().filter(|problem| problem.is_error()).map(draw).collect();
    let Some(rulebook) = &compiled.rulebook else { return errors + "no regulation" };
    let setting =
        Setting { rulebook, catalogue: &compiled.catalogue, sources: &compiled.sources, world: records.as_ref().map(|batch| (batch, 2023)) };
    let outcomes = run(&setting).into_iter().filter(|outcome| !outcome.is_kept());
    let told = outcomes.flat_map(|outcome| outcome.failures.sorted(|id| compiled.sources.name(id).to_owned()));
    errors + &told.map(|problem| draw(&problem)).collect::<String>()
}

fn compile(texts: &[(String, String)], catalogue: Option<&(String, String)>) -> Compiled {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    compiled(&texts, catalogue.map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn every_example_of_the_university_college_is_kept() {
    let catalogue = files("examples/university-college/catalogue.json");
    let compiled = compile(&files("regulations/university-college/*.regs"), catalogue.first());
    assert!(compiled.rulebook.as_ref().is_some_and(|rulebook| rulebook.examples.len() > 50));
    let failures = failures(&compiled, None);
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_example_of_a_case_is_kept() {
    let (mut told, mut count) = (String::new(), 0);
    for text in files("tests/cases/verdicts/*.regs").into_iter().chain(files("tests/cases/boundaries/*/*.regs")) {
        let catalogue = files(&text.0.replace(".regs", ".json"));
        let compiled = compile(std::slice::from_ref(&text), catalogue.first());
        count += compiled.rulebook.as_ref().map_or(0, |rulebook| rulebook.examples.len());
        told += &failures(&compiled, files(&text.0.replace(".regs", ".jsonl")).first());
    }
    assert!(told.is_empty(), "{told}");
    assert!(count > 400, "only {count} examples were run");
}

#[test]
fn what_examples_get_wrong_is_said_with_the_values() {
    for text in files("tests/cases/examples/*.regs") {
        let compiled = compile(std::slice::from_ref(&text), files(&text.0.replace(".regs", ".json")).first());
        let records = files(&text.0.replace(".regs", ".jsonl"));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/cases/examples"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = Path::new(&text.0).file_stem().unwrap().to_str().unwrap().to_owned();
        settings.bind(|| insta::assert_snapshot!(name, failures(&compiled, records.first())));
    }
}

/// What stands before a block of the page that is no whole file.
const BEFORE: &str = r#"regs 1

regulation EER "Education and Examination Regulations" {
    in force  from 2023-2024
    time zone "Europe/Brussels"
    languages en
    rounding  half up to whole
    months    round down
}

calendar 2023-2024 {
    year       from 18 September 2023 to 15 September 2024
    semester 1 from 18 September 2023 to 4 February 2024
    semester 2 from 5 February 2024 to 15 September 2024
    day results_final 13 September 2024
}

"#;

#[test]
fn every_block_of_the_language_page_means_what_it_says() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    let blocks: Vec<&str> = page.split("```regs\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block)).collect();
    assert!(blocks.len() > 8);
    for block in blocks {
        let text = if block.starts_with("regs 1") { block.to_owned() } else { format!("{BEFORE}{block}") };
        let failures = failures(&compile(&[("docs/language.md".to_owned(), text)], None), None);
        assert!(failures.is_empty(), "{failures}");
    }
}

/// The deepest that the language lets a rule go: definitions on definitions, each as nested as brackets may be.
#[test]
fn the_deepest_rule_is_judged_or_unknown() {
    let (open, close) = ("(".repeat(60), " + 1 credit)".repeat(60));
    let deeper: Vec<String> = (1..=63).map(|index| format!("define d{index} of isp: credits = {open}d{}{close}\n\n", index - 1)).collect();
    let deeper = deeper.concat();
    let rest = r#"
bound deep {
    for isp
    value d63
    at least 1 credit
}

example "deep" {
    given enrolment { academic_year: 2023-2024 }
    given entry BM101 { credits: 6 }
    expect deep missing data
}
"#;
    let text = format!("{BEFORE}define d0 of isp: credits = sum of credits over entries\n\n{deeper}{rest}");
    let failures = failures(&compile(&[("deep.regs".to_owned(), text)], None), None);
    assert!(failures.is_empty(), "{failures}");
}
