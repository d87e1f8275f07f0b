//! Orders that nobody would ask for, made by dice: lines of a programme, and what each kind of sequentiality asks of them.

use std::fmt::Write as _;

use super::random_rules::{Names, condition, one};
use crate::verdicts::plan::tests::Dice;
use crate::vocabulary::Subject;

const UNITS: [&str; 12] = ["BM101", "BM102", "BM103", "BM105", "BM107", "BM109", "BM201", "BM202", "BM203", "BM205", "BM301", "NU101"];
const KINDS: [&str; 3] = ["strict", "flexible", "simultaneous"];

/// The sequentialities of all kinds as a rule file.
pub(super) fn sequentialities(dice: &mut Dice) -> String {
    let mut text = String::from("regs 1\narticle \"1\" \"random\" {\n");
    for kind in KINDS {
        let _ = writeln!(text, "    sequentiality {kind} {{\n{}    }}", clauses(dice));
    }
    text + "    sequentiality diploma { student holds the diploma }\n}\n"
}

fn clauses(dice: &mut Dice) -> String {
    let names = Names::of(Subject::Entry);
    let mut clauses = String::new();
    if dice.hits(40) {
        let _ = writeln!(clauses, "        for entry where {}", asked(dice, &names));
    }
    let _ = writeln!(clauses, "        prior {}", parts(dice));
    if dice.hits(35) {
        let _ = writeln!(clauses, "        except other when {} {{ prior {} }}", asked(dice, &names), parts(dice));
    }
    if dice.hits(35) {
        let _ = writeln!(clauses, "        except lifted when {}", asked(dice, &names));
    }
    if dice.hits(30) {
        let _ = writeln!(clauses, "        needs decision by \"somebody\" when {}", asked(dice, &names));
    }
    if dice.hits(25) {
        clauses.push_str("        judged from window(isp, semester 2).opens\n");
    }
    clauses
}

fn asked(dice: &mut Dice, names: &Names) -> String {
    if dice.hits(40) {
        format!("prior {}{}", states(dice), one(dice, &["", " in an earlier year", " at any time"]))
    } else {
        condition(dice, names, 1)
    }
}

fn states(dice: &mut Dice) -> String {
    const STATES: [&str; 4] = ["completed", "tolerated", "exempted", "scheduled"];
    let first = one(dice, &STATES);
    let second = one(dice, &STATES);
    if first != second && dice.hits(50) { format!("{first} or {second}") } else { first.to_owned() }
}

fn parts(dice: &mut Dice) -> String {
    const TIMES: [&str; 5] =
        ["in an earlier semester", "in an earlier year", "in the same or an earlier semester", "in the same registration", "at any time"];
    let parts: Vec<String> = (0..=dice.below(3)).map(|_| format!("{} {}", states(dice), one(dice, &TIMES))).collect();
    parts.join(" or ")
}

/// A line of a programme.
pub(super) fn line(dice: &mut Dice) -> String {
    format!("    {} {}\n", one(dice, &UNITS), demand(dice, 2))
}

fn demand(dice: &mut Dice, depth: usize) -> String {
    let joined = |dice: &mut Dice, word: &str| format!("{} {word} {}", term(dice, depth), term(dice, depth));
    let kind = one(dice, &["strictly after", "flexibly after", "together with"]);
    match dice.below(4) {
        0 => format!("{kind} {}", joined(dice, "and")),
        1 => format!("{kind} {}", joined(dice, "or")),
        _ => format!("{kind} {}", term(dice, depth)),
    }
}

fn term(dice: &mut Dice, depth: usize) -> String {
    match dice.below(if depth == 0 { 4 } else { 10 }) {
        4 => format!("({} or {})", term(dice, depth - 1), term(dice, depth - 1)),
        5 => format!("{} of ({}, {}, {})", 1 + dice.below(3), term(dice, 0), term(dice, 0), term(dice, 0)),
        6 => one(dice, &["12 credits acquired", "60 credits acquired", "120 credits acquired"]).to_owned(),
        7 => one(dice, &["all of phase 1", "all of own phase", "all units where phase is 1", "all chosen units where compulsory"]).to_owned(),
        8 => format!("requires {}", condition(dice, &Names::of(Subject::Entry), 1)),
        9 => "for holders of a bachelor diploma".to_owned(),
        _ => one(dice, &UNITS).to_owned(),
    }
}
