//! What no text may do to the parser: panic, overflow the stack, or take its time; and how well it finds planted faults.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use super::grammar::Rule;
use super::parse;
use crate::problems::{Problem, Problems};
use crate::source::Sources;
use crate::syntax::tokens::{Token, TokenKind, scan};

fn problems_of(text: &str) -> (Sources, Vec<Problem>) {
    let mut sources = Sources::default();
    let id = sources.add("case.regs", text.to_owned());
    let mut problems = Problems::default();
    parse(&sources, id, &mut problems);
    let found = problems.sorted(|id| sources.name(id).to_owned());
    (sources, found)
}

const MEGABYTE: usize = 1 << 20;

/// A megabyte of the same piece within a rule; less of it elsewhere, so that the test itself ends in time.
fn hostile_texts() -> Vec<(String, String)> {
    let pieces = [
        "(",
        "[",
        "{",
        "}",
        ")",
        "\"",
        "not ",
        "if ",
        "if true then ",
        "a.b.",
        "1 + ",
        "a and ",
        "a and b or ",
        "max(",
        "sum of ",
        "every e in ",
        "first e in ",
        "count of ",
        "count of distinct ",
        "first 1 October after ",
        "end of month of ",
        "a is ",
        "a is not ",
        "between 1 and ",
        "- ",
        "-",
        "#",
        "\\\"",
        "| ",
        "BM1 ",
        "2 of (",
        "strictly after ",
        "given a { ",
        "given a { b: (",
        "except a when true { ",
        "\narticle \"1\" { ",
        "\nrule r { ",
        "\nrequire true",
        "\nrequre tru",
        "\nBM201 strictly after BM202",
        "\n| 1 ",
        "\n}",
        "é",
        "\u{feff}",
        "\0",
        "\r",
        "((a) and ",
        "x: ",
        "regs 1\n",
        "\"a\" ",
        "15 October ",
        "2023-",
        ": , ; ",
    ];
    let frames = [
        "regs 1\nrule r {\n require ",
        "",
        "regs 1\nprogramme P {\n BM1 strictly after ",
        "regs 1\nexample \"e\" {\n given a { b: ",
        "regs 1\nexamples e {\n| ",
    ];
    let mut texts = Vec::new();
    for frame in frames {
        for piece in pieces {
            // Many items take their time each; one that never ends must be refused whole.
            let size = if frame.ends_with("require ") && !piece.contains('\n') && piece != "}" { MEGABYTE } else { MEGABYTE / 32 };
            texts.push((format!("{frame:?} and {piece:?}"), format!("{frame}{}", piece.repeat(size / piece.len()))));
        }
    }
    texts
}

/// Reading takes a second or two; what tries everything twice at each level takes longer than anybody waits. In between there is room for a busy machine.
const IN_TIME: Duration = Duration::from_mins(1);

#[test]
fn a_megabyte_of_anything_is_read_or_refused_in_time() {
    for (name, text) in hostile_texts() {
        let start = Instant::now();
        problems_of(&text);
        let taken = start.elapsed();
        assert!(taken < IN_TIME, "{name} took {taken:?}");
    }
}

/// The greatest piece that is still given to the grammar, of forms that could nest or be tried twice.
#[test]
fn the_greatest_piece_is_read_in_time() {
    let pieces = [
        "a and ",
        "a or b and ",
        "a is one of (b) and ",
        "(a) and ",
        "max(a) + ",
        "a.b.c and ",
        "not a and ",
        "sum of ",
        "every e in l satisfies ",
        "\"a\" ",
        "count of distinct e over ",
    ];
    for piece in pieces {
        let text = format!("regs 1\nrule r {{\n require {}a\n}}\n", piece.repeat(64_000 / piece.len()));
        let start = Instant::now();
        problems_of(&text);
        assert!(start.elapsed() < IN_TIME, "{piece} took {:?}", start.elapsed());
    }
}

/// Sixty-four levels are read whatever they are made of, on a thread with the stack that tests and workers have.
#[test]
fn nesting_within_measure_is_read() {
    let forms = [
        ("(", ")"),
        ("max(", ", 1)"),
        ("not (", ")"),
        ("(if true then ", " else false)"),
        ("(some e in l where ", ")"),
        ("(count of l where ", ")"),
        ("(a is one of (", "))"),
    ];
    for (open, close) in forms {
        let levels = 64 / (open.matches('(').count() + usize::from(open.contains(" e ") || open.contains("if ") || open.contains("count")));
        let text = format!("regs 1\nrule r {{\n require {}true{}\n}}\n", open.repeat(levels), close.repeat(levels));
        let (_, found) = problems_of(&text);
        assert!(found.is_empty(), "{open} {levels}: {}", found[0].diagnostic);
    }
}

#[test]
fn every_word_has_its_boundary() {
    let words = include_str!("../../../grammar/words.pest");
    let rules: Vec<&str> = words.lines().filter(|line| line.starts_with("kw_")).collect();
    let mut sorted = rules.clone();
    sorted.sort_unstable();
    assert_eq!(rules, sorted, "the words stand in the order of the alphabet");
    let signs = 6;
    assert_eq!(rules.len() + signs, Rule::all_rules().iter().filter(|rule| rule.is_silent_word()).count());
    for rule in rules {
        let name = rule.split(' ').next().unwrap();
        assert_eq!(rule, format!("{name} = @{{ \"{}\" ~ !word_character }}", &name[3..]));
    }
}

fn anything() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("regs 1\n"),
        Just("rule r {\n"),
        Just("bound b {\n"),
        Just("}\n"),
        Just("{"),
        Just("("),
        Just(")"),
        Just("\n"),
        Just(" "),
        Just("require "),
        Just("for isp "),
        Just("where "),
        Just("except e when "),
        Just("and "),
        Just("or "),
        Just("not "),
        Just("is "),
        Just("every e in l "),
        Just("satisfies "),
        Just("30% "),
        Just("7 days "),
        Just("15 October "),
        Just("2023-2024 "),
        Just("\"text\" "),
        Just("\""),
        Just("BM201 "),
        Just("strictly after "),
        Just("programme P {\n"),
        Just("| "),
        Just("examples e {\n"),
        Just("given x { "),
        Just("a: b "),
        Just(", "),
        Just("- "),
        Just("# note\n"),
        Just("value "),
        Just("between "),
        Just("article \"1\" {\n"),
        Just("define d of isp = "),
    ];
    vec(word, 0..80).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        problems_of(&text);
    }

    #[test]
    fn nor_do_words_in_any_order(text in anything()) {
        problems_of(&text);
    }

    #[test]
    fn nor_do_bytes_in_any_order(bytes in vec(any::<u8>(), 0..400)) {
        problems_of(&String::from_utf8_lossy(&bytes));
    }
}

/// What is done to a token of a sound file.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Drop,
    Double,
    Misspell,
    Replace(&'static str),
}

fn planted(text: &str, token: Token, fault: Fault) -> String {
    let (start, end) = (token.start as usize, token.end as usize);
    let own = &text[start..end];
    let middle = match fault {
        Fault::Drop => String::new(),
        Fault::Double => format!("{own} {own}"),
        Fault::Misspell => own.char_indices().filter(|(at, _)| *at != own.len() / 2).map(|(_, character)| character).collect(),
        Fault::Replace(other) => other.to_owned(),
    };
    [&text[..start], &middle, &text[end..]].concat()
}

/// Lines between a planted fault and each of the problems that are found.
fn distances(text: &str, token: Token) -> Vec<usize> {
    let (_, found) = problems_of(text);
    let line = |at: usize| text.get(..at.min(text.len())).map_or(0, |before| before.matches('\n').count());
    found.iter().map(|problem| line(problem.at.start as usize).abs_diff(line(token.start as usize))).collect()
}

#[test]
fn planted_faults_are_found_in_place() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/syntax/the_example_of_the_language.regs")).unwrap();
    let tokens: Vec<Token> = scan(&text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let faults =
        [Fault::Drop, Fault::Double, Fault::Misspell, Fault::Replace("}"), Fault::Replace("("), Fault::Replace("\""), Fault::Replace("wibble")];
    let (mut found, mut far, mut alarms) = (0_usize, Vec::new(), 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        let fault = faults[at % faults.len()];
        let distances = distances(&planted(&text, *token, fault), *token);
        let Some(nearest) = distances.iter().min() else { continue };
        found += 1;
        alarms += distances.iter().filter(|lines| **lines > 1).count();
        if *nearest > 1 {
            let line = text[..token.start as usize].matches('\n').count() + 1;
            far.push(format!("{fault:?} {} on line {line}: {nearest} lines away", token.text(&text)));
        }
    }
    assert!(found * 2 > tokens.len(), "{found} of {} faults found", tokens.len());
    assert!(far.len() * 50 <= found, "{} of {found} not in place:\n{}", far.len(), far.join("\n"));
    assert!(alarms * 10 <= found, "{alarms} problems elsewhere for {found} faults");
}
