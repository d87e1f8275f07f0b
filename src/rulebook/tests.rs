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
    let document = catalogue.map(|(name, text)| (sources.add(name, text.to_owned()), text));
    let mut catalogue = read_catalogue(document.as_slice(), &mut problems);
    let ids: Vec<_> = texts.iter().map(|(name, text)| sources.add(*name, (*text).to_owned())).collect();
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

/// Every rule file of the project, as material to break.
fn material() -> Vec<(String, String)> {
    let patterns = ["tests/cases/rulebook/*.regs", "tests/cases/boundaries/*/*.regs", "regulations/*/*.regs"];
    patterns.into_iter().flat_map(files).map(|path| read(&path)).collect()
}

/// A small generator of numbers: the same seed gives the same mutilations.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// Words taken out, doubled, moved, and taken from elsewhere.
fn mutilated(text: &str, words: &[&str], dice: &mut Dice) -> String {
    let mut pieces: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    for _ in 0..=dice.below(4) {
        let (at, other) = (dice.below(pieces.len()), dice.below(pieces.len()));
        match dice.below(4) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(at, words[dice.below(words.len())]),
            2 => pieces.swap(at, other),
            _ => pieces[at] = words[dice.below(words.len())],
        }
        if pieces.is_empty() {
            break;
        }
    }
    pieces.concat()
}

#[test]
fn whatever_is_written_the_compiler_answers() {
    let material = material();
    let all: String = material.iter().map(|(_, text)| text.as_str()).collect();
    let words: Vec<&str> = all.split_inclusive([' ', '\n']).filter(|word| word.len() > 1).collect();
    let rounds = std::env::var("ISPECT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(2);
    let mut dice = Dice(20_230_918);
    for (name, text) in std::iter::repeat_n(&material, rounds).flatten() {
        let broken = mutilated(text, &words, &mut dice);
        let compiled = compiled(&[(name, &broken)], None);
        let _ = drawn(&compiled);
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let texts: Vec<(String, String)> = files("regulations/university-college/*.regs").iter().map(|path| read(path)).collect();
    let forwards: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let backwards: Vec<(&str, &str)> = forwards.iter().rev().copied().collect();
    let told = |texts: &[(&str, &str)]| {
        let rulebook = compiled(texts, None).rulebook.unwrap();
        let whole = format!("{:?} {:?} {:?} {:?}", rulebook.checks, rulebook.definitions, rulebook.edges, rulebook.examples);
        whole.split("SourceId(").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest).to_owned()).collect::<String>()
    };
    assert!(told(&forwards) == told(&backwards));
}
