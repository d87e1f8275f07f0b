//! Plain records, and records of all kinds, are read alike by the reader of plain JSON and by the well-kept parser behind it.

use std::fmt::Write as _;

use proptest::prelude::{any, prop, prop_assert_eq, proptest};

use crate::records::from_json::dossier::keys::{Key, Target, keys};
use crate::records::from_json::dossier::properties::told;
use crate::records::from_json::dossier::tests::{catalogue, read, reading};
use crate::records::problems::RecordProblem;
use crate::vocabulary::{Enumeration, FieldKind, Subject};

/// Chance that can be shrunk: each byte decides something, and where there are none left, the plainest is taken.
struct Dice<'b>(std::slice::Iter<'b, u8>);

impl Dice<'_> {
    fn below(&mut self, sides: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % sides)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn of<'s>(&mut self, words: &[&'s str]) -> &'s str {
        words[self.below(words.len())]
    }

    fn space(&mut self) -> &'static str {
        if self.one_in(8) { self.of(&[" ", "  ", "\t"]) } else { "" }
    }
}

const ODD: [&str; 14] = [
    "null",
    "[]",
    "{}",
    "true",
    "\"\"",
    "-1",
    "12345678901234567",
    "1e1",
    "0.0001",
    "\"a \\\"text\\\" \\u00e9 of some length\"",
    "\"2023-02-30\"",
    "[{\"x\":[1]}]",
    "\"nonsense\"",
    "-0",
];
const NUMBERS: [&str; 8] = ["1", "6", "0", "12.5", "60.125", "20", "2147483.647", "-60.5"];
const DAYS: [&str; 4] = ["\"2023-10-15\"", "\"2024-02-29\"", "\"2022-09-16\"", "\"1900-01-01\""];
const INSTANTS: [&str; 4] = ["\"2023-10-15T22:30:00Z\"", "\"2023-10-15T22:30:00+02:00\"", "\"2022-09-16T08:00Z\"", "\"2023-10-16T00:00:00.5+02:00\""];
const YEARS: [&str; 3] = ["\"2022-2023\"", "\"2023-2024\"", "\"2021-2022\""];
const TEXTS: [&str; 5] = ["\"r1\"", "\"Één jaar\"", "\"Een \\\"jaar\\\"\"", "\"a text of more than sixteen letters\"", "\"sixteen letters!\""];
const CODES: [&str; 6] = ["\"BM101\"", "\"PB-BM\"", "\"2BM1\"", "\"BM201-A\"", "\"NEW1\"", "\"A-CODE-OF-MORE-THAN-SIXTEEN-LETTERS\""];

fn cell(dice: &mut Dice<'_>, kind: FieldKind, text: &mut String) {
    if dice.one_in(40) {
        return text.push_str(dice.of(&ODD));
    }
    let word = match kind {
        FieldKind::Boolean => dice.of(&["true", "false"]),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => dice.of(&NUMBERS),
        FieldKind::Semester => dice.of(&["1", "2"]),
        FieldKind::Day | FieldKind::EventDay => dice.of(&DAYS),
        FieldKind::AcademicYear => dice.of(&YEARS),
        FieldKind::Text => dice.of(&TEXTS),
        FieldKind::Reference(_) => dice.of(&CODES),
        FieldKind::Enumeration(list) => return quoted_word(dice, list, text),
    };
    text.push_str(word);
}

fn quoted_word(dice: &mut Dice<'_>, list: Enumeration, text: &mut String) {
    text.push('"');
    text.push_str(dice.of(list.values()));
    text.push('"');
}

fn value(dice: &mut Dice<'_>, key: &Key, text: &mut String) {
    match key.target {
        _ if dice.one_in(60) => text.push_str(dice.of(&ODD)),
        Target::Cell(column) => cell(dice, column.kind, text),
        Target::Instant(_) => text.push_str(dice.of(&INSTANTS)),
        Target::Rows(subject) => list(dice, text, |dice, text| object(dice, subject, text)),
        Target::Codes(_) => list(dice, text, |dice, text| cell(dice, FieldKind::Reference(Subject::Course), text)),
        Target::One(subject) => object(dice, subject, text),
    }
}

fn list(dice: &mut Dice<'_>, text: &mut String, element: impl Fn(&mut Dice<'_>, &mut String)) {
    text.push('[');
    for number in 0..dice.below(4) {
        text.push_str(if number > 0 { "," } else { "" });
        text.push_str(dice.space());
        element(dice, text);
        text.push_str(dice.space());
    }
    text.push(']');
}

/// An object with some of its keys; the keys that a record can't do without come first.
fn object(dice: &mut Dice<'_>, subject: Subject, text: &mut String) {
    let mut chosen: Vec<&Key> = keys(subject).iter().filter(|key| ["student", "academic_year"].contains(&key.name) || dice.one_in(3)).collect();
    if !chosen.is_empty() {
        let first = dice.below(chosen.len());
        chosen.rotate_left(first);
    }
    if dice.one_in(50) {
        chosen.extend(chosen.first().copied());
    }
    text.push('{');
    for (number, key) in chosen.into_iter().enumerate() {
        text.push_str(if number > 0 { "," } else { "" });
        text.push_str(dice.space());
        if dice.one_in(50) {
            text.push_str("\"unheard_of\":[1,{\"a\":\"b\"}],");
        }
        write!(text, "\"{}\"{}:{}", key.name, dice.space(), dice.space()).unwrap();
        value(dice, key, text);
    }
    text.push('}');
}

/// What became of records, a line each, and of the same that hold something not plain before all else.
fn both(text: &str) -> [(Vec<String>, Vec<String>, Vec<String>); 2] {
    let catalogue = catalogue();
    let reading = reading(&catalogue);
    let not_plain: Vec<_> = text.lines().map(|line| line.replacen('{', "{\"not_plain\":1e0,", 1).replace(",}", "}")).collect();
    let not_plain = not_plain.join("\n");
    [text, &not_plain].map(|text| {
        let (batch, block) = read(&reading, text.as_bytes());
        let dossiers = (0..batch.dossiers()).map(|student| told(&batch, &catalogue, student)).collect();
        let faults = block.set_aside.iter().map(|one| format!("{} {} {:?}", one.line, one.path, one.problem)).collect();
        let undeclared = block.undeclared.warnings().into_iter().filter(|warning| !is_about(warning, "student.not_plain"));
        (dossiers, faults, undeclared.map(|warning| warning.to_string()).collect())
    })
}

fn is_about(warning: &RecordProblem, name: &str) -> bool {
    matches!(warning, RecordProblem::UndeclaredField { field, .. } if field == name)
}

proptest! {
    #[test]
    fn records_of_all_kinds_are_read_alike(bytes in prop::collection::vec(any::<u8>(), 0..1200)) {
        let (mut text, mut dice) = (String::new(), Dice(bytes.iter()));
        // What was read is known again: later records have other keys and values where these had been.
        for _ in 0..=dice.below(4) {
            object(&mut dice, Subject::Student, &mut text);
            text.push('\n');
        }
        let [plain, parsed] = both(&text);
        prop_assert_eq!(plain, parsed, "{}", text);
    }
}
