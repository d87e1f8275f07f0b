//! Formatting twice is formatting once, says the same, and keeps every comment; and what the layout looks like.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::{ProptestConfig, any, proptest};

use super::format;
use crate::problems::{Manner, Pen, Problems};
use crate::source::{SourceId, Sources};
use crate::syntax::from_text::meaning;
use crate::syntax::tokens::{Token, TokenKind, scan};

fn formatted(text: &str) -> (Sources, Result<String, Problems>) {
    let mut sources = Sources::default();
    let id: SourceId = sources.add("case.regs", text.to_owned());
    let result = format(&sources, id);
    (sources, result)
}

fn files(pattern: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = glob::glob(&format!("{}/{pattern}", env!("CARGO_MANIFEST_DIR"))).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths
}

/// All sound rule files of the project.
static SOUND: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(|| {
    let paths = ["regulations/**/*.regs", "examples/**/*.regs", "tests/cases/**/*.regs"].into_iter().flat_map(files);
    let texts = paths.map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap()));
    texts.filter(|(path, text)| !path.ends_with("a_name_in_the_way.regs") && meaning(text).is_some()).collect()
});

fn comments(text: &str) -> Vec<String> {
    let comments = scan(text).into_iter().filter(|token| token.kind == TokenKind::Comment);
    comments.map(|token| token.text(text).trim_end().to_owned()).collect()
}

/// The text formatted, after a look at what must hold.
fn checked(name: &str, text: &str) -> String {
    let (sources, result) = formatted(text);
    let once = result.unwrap_or_else(|problems| {
        let sorted = problems.sorted(|id| sources.name(id).to_owned());
        panic!("{name}: {}\n{text}", Pen { manner: Manner::Uncoloured, width: 110 }.draw_problems(&sorted, &sources))
    });
    assert!(meaning(text) == meaning(&once), "{name} says something else");
    assert_eq!(comments(text), comments(&once), "{name} lost a comment");
    assert!(once.ends_with('\n') && !once.ends_with("\n\n") && !once.starts_with('\n'), "{name} begins or ends with a blank line");
    assert!(once.lines().all(|line| line.trim_end() == line), "{name} has spaces at the end of a line");
    assert!(!once.contains("\n\n\n"), "{name} has two blank lines");
    let twice = formatted(&once).1.unwrap();
    let changed: Vec<_> = once.lines().zip(twice.lines()).filter(|(once, twice)| once != twice).take(3).collect();
    assert!(once == twice, "{name} formatted twice is not what it is formatted once: {changed:#?}");
    once
}

#[test]
fn every_sound_file_keeps_its_meaning() {
    assert!(SOUND.len() > 1);
    for (path, text) in SOUND.iter() {
        checked(&path.display().to_string(), text);
    }
}

#[test]
fn each_case_has_one_layout() {
    for path in files("tests/cases/format/*.regs") {
        let text = std::fs::read_to_string(&path).unwrap();
        let (sources, result) = formatted(&text);
        let shown = match result {
            Ok(_) => checked(&path.display().to_string(), &text),
            Err(problems) => {
                let sorted = problems.sorted(|id| sources.name(id).to_owned());
                Pen { manner: Manner::Uncoloured, width: 110 }.draw_problems(&sorted, &sources)
            }
        };
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_input_file(Path::new("tests/cases/format").join(path.file_name().unwrap()));
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), shown));
    }
}

/// Another layout of the same text: between two tokens other spaces, new lines where they do no harm, and comments.
fn laid_out_anew(text: &str, mut choices: u64) -> String {
    let tokens = scan(text);
    let mut out = String::new();
    let mut last: Option<Token> = None;
    for token in tokens {
        let gap = last.map_or("", |last| &text[last.end as usize..token.start as usize]);
        choices = choices.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let choice = (choices >> 33) % 8;
        let spread = match (gap.matches('\n').count(), choice) {
            (0, 0) if !gap.is_empty() => "   ".to_owned(),
            (0, 1) if matches!(token.kind, TokenKind::CloseBracket | TokenKind::Comma) => " ".to_owned(),
            (0, 2) if token.text(text) == "and" || token.text(text) == "or" || token.text(text) == "where" => "\n      ".to_owned(),
            (0, 3) if token.text(text) == "and" || token.text(text) == "when" => "  # within\n  # and below\n  ".to_owned(),
            (0, 4) if token.kind == TokenKind::Comma => "\n # before a comma\n ".to_owned(),
            (0, _) => gap.to_owned(),
            (_, 0) => "\n\n\n\n".to_owned(),
            (_, 1) => "\n# between\n\t".to_owned(),
            (_, 2) if last.is_some_and(|last| last.kind != TokenKind::Comment) => " # behind\n\n# and a second\n".to_owned(),
            (_, 3) => "\n\t\t".to_owned(),
            (_, _) => gap.to_owned(),
        };
        out.push_str(&spread);
        out.push_str(token.text(text));
        last = Some(token);
    }
    out.push('\n');
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_layout_comes_out_sound(choices in any::<u64>()) {
        let (path, text) = &SOUND[usize::try_from(choices % SOUND.len() as u64).unwrap()];
        let other = laid_out_anew(text, choices);
        if meaning(&other).is_some() {
            checked(&format!("{} {choices}", path.display()), &other);
        }
    }
}
