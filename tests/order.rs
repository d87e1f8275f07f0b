//! The order of declarations means nothing: rule files whose declarations are shuffled, in their articles too, give the same findings, byte for byte, apart from
//! the places in the rules.

use std::fs;

use proptest::prelude::{ProptestConfig, any, proptest};

use crate::architecture::files_under;
use crate::worlds::{World, copy, root};

/// A piece of a rule file: a declaration or a clause with its lines, or a line of layout.
struct Piece<'t> {
    lines: Vec<&'t str>,
}

/// Declarations that hold others.
const HOLDERS: [&str; 2] = ["article ", "chapter "];
/// Blocks whose lines are declarations: the edges of a programme.
const PROGRAMME: &str = "programme ";

/// The pieces whose first line is indented so far; the layout is that of `ispect fmt`.
fn pieces<'t>(lines: &[&'t str], indent: usize) -> Vec<Piece<'t>> {
    let mut pieces: Vec<Piece<'t>> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let begins = line.len() - line.trim_start().len() == indent && *line != "}" && line.trim() != "}";
        match pieces.last_mut() {
            Some(piece) if !begins => piece.lines.push(line),
            _ => pieces.push(Piece { lines: vec![line] }),
        }
    }
    pieces
}

/// Numbers by dice, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

fn shuffled(lines: &[&str], indent: usize, dice: &mut Dice) -> Vec<String> {
    let mut pieces = pieces(lines, indent);
    dice.shuffle(&mut pieces);
    pieces.iter().flat_map(|piece| inside(piece, indent, dice)).collect()
}

/// A piece with what it holds shuffled.
fn inside(piece: &Piece<'_>, indent: usize, dice: &mut Dice) -> Vec<String> {
    let (first, last) = (piece.lines[0], piece.lines[piece.lines.len() - 1]);
    let holds = HOLDERS.iter().chain([&PROGRAMME]).any(|holder| first.trim_start().starts_with(holder)) && first.ends_with('{');
    if !holds || last.trim() != "}" {
        return piece.lines.iter().map(|line| (*line).to_owned()).collect();
    }
    let mut lines = vec![first.to_owned()];
    lines.extend(shuffled(&piece.lines[1..piece.lines.len() - 1], indent + 4, dice));
    lines.push(last.to_owned());
    lines
}

/// A rule file with its declarations in another order, the edition first.
fn reordered(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (edition, rest): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("regs "));
    let lines: Vec<String> = edition.into_iter().map(str::to_owned).chain(shuffled(&rest, 0, dice)).collect();
    lines.join("\n") + "\n"
}

/// The world of the university college, with rules of its own.
fn world() -> World {
    let world = World::empty();
    copy(&root().join("examples/university-college"), world.path());
    world.change("ispect.toml", "../../regulations/university-college/**/*.regs", "regulations/**/*.regs");
    world
}

/// The findings without their places in the rules.
fn findings(world: &World) -> Vec<String> {
    let ran = world.run(&["check", "--format", "jsonl", "--all-verdicts"]);
    assert!(ran.code == 1, "{}", ran.stderr);
    let lines = ran.stdout.lines().map(|line| {
        let (before, rest) = line.split_once(",\"regulation\":{").unwrap();
        let (_, after) = rest.split_once('}').unwrap();
        // A finding about the catalogue has its place there, which stays.
        format!("{before}{after}")
    });
    lines.collect()
}

/// The rule files of a world in the order that is given, and in another, in which it is given back.
fn in_any_order(rules: &[(String, String)], seed: u64) -> World {
    let world = world();
    let written = |world: &World, dice: Option<&mut Dice>| {
        let mut dice = dice;
        for (name, text) in rules {
            let text = dice.as_mut().map_or_else(|| text.clone(), |dice| reordered(text, dice));
            world.write(&format!("regulations/{name}"), text);
        }
    };
    written(&world, None);
    let expected = findings(&world);
    assert!(expected.len() > 100);
    written(&world, Some(&mut Dice(seed)));
    assert_ne!(rules[0].1, world.read(&format!("regulations/{}", rules[0].0)));
    let found = findings(&world);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected, "seed {seed}");
    }
    assert_eq!(found.len(), expected.len());
    world
}

fn shipped() -> Vec<(String, String)> {
    let files = files_under(&root().join("regulations/university-college"), "regs").into_iter();
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn declarations_of_the_shipped_regulations_stand_in_any_order(seed in any::<u64>()) {
        let world = in_any_order(&shipped(), seed);
        let tested = world.run(&["test", "--fail-on-empty"]);
        assert_eq!(tested.code, 0, "seed {seed}\n{}{}", tested.stdout, tested.stderr);
    }

    #[test]
    fn findings_that_only_what_is_said_tells_apart_stand_in_one_order(seed in any::<u64>()) {
        let mut rules = shipped();
        for (_, text) in &mut rules {
            *text = text.replace("BM302 after 102 credits", "BM302 after 100 credits acquired\n    BM302 after 102 credits");
        }
        in_any_order(&rules, seed);
    }

    #[test]
    fn declarations_of_the_twelve_rules_stand_in_any_order(seed in any::<u64>()) {
        let text = fs::read_to_string(root().join("benches/twelve/twelve.regs")).unwrap();
        let year = [("2024-2025", "2023-2024"), ("16 September 2024", "18 September 2023"), ("14 September 2025", "15 September 2024"),
            ("2 February 2025", "4 February 2024"), ("3 February 2025", "5 February 2024"), ("1 June 2024", "1 June 2023"), ("15 October 2024", "15 October 2023")];
        let text = year.iter().fold(text, |text, (from, to)| text.replace(from, to));
        in_any_order(&[("twelve.regs".to_owned(), text)], seed);
    }
}
