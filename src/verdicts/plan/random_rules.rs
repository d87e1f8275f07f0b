//! Rules that nobody would write, made by dice over the whole vocabulary: what compiles of them is judged by both evaluators.

use std::fmt::Write as _;

use crate::verdicts::plan::tests::Dice;
use crate::vocabulary::{Field, FieldKind, Subject};

/// What a condition speaks of: the subject whose names are bare, and the elements that have a name.
#[derive(Clone)]
pub(super) struct Names {
    this: Subject,
    elements: Vec<(String, Subject)>,
}

/// The rows reached from a subject: the words before the field, and a condition that must hold with it.
fn reached(subject: Subject) -> Vec<(&'static str, Subject, Option<&'static str>)> {
    use Subject as S;
    match subject {
        S::Student => vec![("", S::Student, None)],
        S::Enrolment => vec![
            ("", S::Enrolment, None),
            ("isp.", S::Isp, None),
            ("student.", S::Student, None),
            ("programme.", S::Programme, None),
            ("class_group.", S::ClassGroup, None),
            ("previous.", S::Enrolment, Some("previous is known")),
            ("previous.isp.", S::Isp, Some("previous is known")),
        ],
        S::Isp => vec![
            ("", S::Isp, None),
            ("enrolment.", S::Enrolment, None),
            ("student.", S::Student, None),
            ("enrolment.programme.", S::Programme, None),
            ("enrolment.previous.", S::Enrolment, Some("enrolment.previous is known")),
        ],
        S::Entry => vec![
            ("", S::Entry, None),
            ("result.", S::Result, None),
            ("isp.", S::Isp, None),
            ("enrolment.", S::Enrolment, None),
            ("course.", S::Course, None),
            ("unit.", S::Unit, Some("unit is known")),
            ("event.", S::Event, None),
            ("enrolment.programme.", S::Programme, None),
            ("enrolment.previous.", S::Enrolment, Some("enrolment.previous is known")),
        ],
        S::Exemption | S::CreditCertificate => vec![("", subject, None), ("course.", S::Course, None), ("student.", S::Student, None)],
        S::Request => vec![("", S::Request, None), ("student.", S::Student, None), ("course.", S::Course, None)],
        S::Unit => vec![("", S::Unit, None), ("course.", S::Course, None), ("programme.", S::Programme, None)],
        _ => vec![("", subject, None)],
    }
}

fn lists(subject: Subject) -> Vec<(&'static str, Subject)> {
    use Subject as S;
    match subject {
        S::Student => vec![
            ("entries", S::Entry),
            ("all_entries", S::Entry),
            ("earlier_entries", S::Entry),
            ("enrolments", S::Enrolment),
            ("statuses", S::Status),
            ("diplomas", S::Diploma),
            ("exemptions", S::Exemption),
            ("credit_certificates", S::CreditCertificate),
            ("requests", S::Request),
            ("learning_account", S::AccountEntry),
        ],
        S::Enrolment => vec![
            ("isp.entries", S::Entry),
            ("student.entries", S::Entry),
            ("student.diplomas", S::Diploma),
            ("programme.units", S::Unit),
            ("earlier", S::Enrolment),
            ("beside", S::Enrolment),
        ],
        S::Isp => vec![
            ("entries", S::Entry),
            ("all_entries", S::Entry),
            ("student.earlier_entries", S::Entry),
            ("programme.units", S::Unit),
            ("enrolment.earlier", S::Enrolment),
        ],
        S::Entry => vec![
            ("isp.entries", S::Entry),
            ("student.earlier_entries", S::Entry),
            ("student.exemptions", S::Exemption),
            ("course.events", S::Event),
            ("enrolment.programme.units", S::Unit),
        ],
        S::Exemption | S::Request => vec![("student.entries", S::Entry), ("student.credit_certificates", S::CreditCertificate)],
        _ => Vec::new(),
    }
}

impl Names {
    /// Of a subject alone.
    pub(super) fn of(this: Subject) -> Self {
        Self { this, elements: Vec::new() }
    }

    /// A row that can be named: the words before its fields, its subject, and what must hold with it.
    fn row(&self, dice: &mut Dice) -> (String, Subject, Option<String>) {
        let of_element = !self.elements.is_empty() && dice.hits(65);
        let (before, subject) = if of_element {
            let (name, subject) = &self.elements[dice.below(self.elements.len())];
            (format!("{name}."), *subject)
        } else {
            (String::new(), self.this)
        };
        let ways = reached(subject);
        let (way, reached, guard) = ways[dice.below(ways.len())];
        (format!("{before}{way}"), reached, guard.map(|guard| format!("{before}{guard}")))
    }

    fn field(&self, dice: &mut Dice, wanted: impl Fn(FieldKind) -> bool) -> Option<(String, Field, Option<String>)> {
        for _ in 0..12 {
            let (before, subject, guard) = self.row(dice);
            let fields: Vec<Field> = Field::all_of(subject).filter(|field| wanted(field.kind())).collect();
            if !fields.is_empty() {
                let field = fields[dice.below(fields.len())];
                return Some((format!("{before}{}", field.name()), field, guard));
            }
        }
        None
    }
}

fn guarded(condition: String, guard: Option<String>) -> String {
    match guard {
        Some(guard) => format!("({guard} and {condition})"),
        None => condition,
    }
}

const DAYS: [&str; 5] = ["2022-10-01", "2023-09-15", "2023-10-15", "2023-11-20", "2024-02-10"];

pub(super) fn one<'a>(dice: &mut Dice, words: &[&'a str]) -> &'a str {
    words[dice.below(words.len())]
}

fn day(dice: &mut Dice, names: &Names) -> (String, Option<String>) {
    match dice.below(6) {
        0 | 1 => (one(dice, &DAYS).to_owned(), None),
        2 => (
            one(dice, &["window(isp, semester 1).closes", "window(isp, semester 2).opens", "day(results_final)", "day of check", "15 October"])
                .to_owned(),
            None,
        ),
        3 => names
            .field(dice, |kind| matches!(kind, FieldKind::Day | FieldKind::EventDay))
            .map_or(("2023-10-15".to_owned(), None), |(text, _, guard)| (text, guard)),
        4 => {
            let (from, guard) = day(dice, names);
            let period = one(dice, &["7 calendar days", "1 month", "2 weeks", "3 working days", "1 year"]);
            (format!("({from} {} {period})", one(dice, &["+", "-"])), guard)
        }
        _ => {
            let (from, guard) = day(dice, names);
            let form = one(dice, &["first 1 October after", "first Monday after", "end of month of"]);
            (format!("({form} {from})"), guard)
        }
    }
}

fn number(dice: &mut Dice, names: &Names, depth: usize) -> (String, &'static str, Option<String>) {
    match dice.below(if depth == 0 { 2 } else { 10 }) {
        6 | 7 => (counted(dice, names, depth), "", None),
        8 => {
            let (left, _, guard) = number(dice, names, 0);
            let (right, _, other) = number(dice, names, depth - 1);
            let both = [guard, other].into_iter().flatten().reduce(|left, right| format!("{left} and {right}"));
            (format!("{}({left}, {right})", one(dice, &["max", "min"])), " credits", both)
        }
        9 if matches!(names.this, Subject::Enrolment | Subject::Isp | Subject::Entry) => {
            (one(dice, &["done_credits", "enrolment.done_credits"]).to_owned(), " credits", None)
        }
        2 | 3 | 9 => (aggregate(dice, names, depth), " credits", None),
        4 => {
            let (left, _, guard) = number(dice, names, 0);
            let (right, _, other) = number(dice, names, 0);
            let both = [guard, other].into_iter().flatten().reduce(|left, right| format!("{left} and {right}"));
            (format!("({left} {} {right})", one(dice, &["+", "-"])), " credits", both)
        }
        5 => {
            let quotient = format!("{} / {}", aggregate(dice, names, depth), aggregate(dice, names, depth));
            let direction = one(dice, &["up", "down", "half up", "half down", "half even"]);
            let rounded = if dice.hits(60) { format!(" rounded {direction} to {}", one(dice, &["whole", "0.5", "25"])) } else { String::new() };
            (format!("({quotient}{rounded})"), "%", None)
        }
        _ => match names.field(dice, |kind| kind == FieldKind::Credits) {
            Some((text, _, guard)) => (text, " credits", guard),
            None => ("6 credits".to_owned(), " credits", None),
        },
    }
}

fn aggregate(dice: &mut Dice, names: &Names, depth: usize) -> String {
    let mut lists = lists(names.this);
    lists.retain(|(_, subject)| Field::all_of(*subject).any(|field| field.kind() == FieldKind::Credits));
    if lists.is_empty() {
        return "6 credits".to_owned();
    }
    let (list, element) = lists[dice.below(lists.len())];
    let inner = Names::of(element);
    let condition = if dice.hits(70) { format!(" where {}", condition(dice, &inner, depth.saturating_sub(1).min(1))) } else { String::new() };
    format!("({} credits over {list}{condition})", one(dice, &["sum of", "highest of", "lowest of"]))
}

/// How many elements a list has, or how many different units they name.
fn counted(dice: &mut Dice, names: &Names, depth: usize) -> String {
    let Some((list, element)) = list_of(dice, names) else { return "2".to_owned() };
    let inner = Names::of(element);
    let filter = if dice.hits(60) { format!(" where {}", condition(dice, &inner, depth.saturating_sub(1).min(1))) } else { String::new() };
    format!("(count of {}{list}{filter})", one(dice, &["", "distinct course over "]))
}

/// Whether a list has a first or a last element.
fn picked(dice: &mut Dice, names: &Names, depth: usize) -> String {
    let Some((list, element)) = list_of(dice, names).filter(|_| names.elements.len() < 2) else { return simple(dice, names) };
    let mut inner = names.clone();
    inner.elements.push(("p".to_owned(), element));
    let filter = if dice.hits(50) { format!(" where {}", condition(dice, &inner, depth.min(1))) } else { String::new() };
    let key = Names::of(element).field(dice, |kind| !matches!(kind, FieldKind::Boolean | FieldKind::Reference(_)));
    let key = key.map_or("credits".to_owned(), |(text, _, _)| text);
    format!("(({} p in {list}{filter} by p.{key}) is {})", one(dice, &["first", "last"]), one(dice, &["known", "missing"]))
}

fn list_of(dice: &mut Dice, names: &Names) -> Option<(&'static str, Subject)> {
    let lists = lists(names.this);
    lists.get(dice.below(lists.len())).copied()
}

/// A condition in words, with brackets around it where it could be mixed with others.
pub(super) fn condition(dice: &mut Dice, names: &Names, depth: usize) -> String {
    match dice.below(if depth == 0 { 6 } else { 15 }) {
        14 => picked(dice, names, depth - 1),
        6 => format!("not ({})", condition(dice, names, depth - 1)),
        7 => format!("({} and {})", condition(dice, names, depth - 1), condition(dice, names, depth - 1)),
        8 => format!("({} or {})", condition(dice, names, depth - 1), condition(dice, names, depth - 1)),
        9 | 10 => quantified(dice, names, depth - 1),
        11 => {
            let (left, unit, guard) = number(dice, names, depth - 1);
            let limit = format!("{}{unit}", one(dice, &["0", "6", "12.5", "60", "100"]));
            guarded(format!("{left} {} {limit}", one(dice, &["is at least", "is at most", "is more than", "is less than", "is"])), guard)
        }
        12 => relation(dice, names),
        13 => format!("(if {} then {} else {})", condition(dice, names, 0), condition(dice, names, depth - 1), condition(dice, names, 0)),
        _ => simple(dice, names),
    }
}

fn quantified(dice: &mut Dice, names: &Names, depth: usize) -> String {
    let Some((list, element)) = list_of(dice, names).filter(|_| names.elements.len() < 2) else { return simple(dice, names) };
    let name = ["e", "f"][names.elements.len()].to_owned();
    let mut inner = names.clone();
    inner.elements.push((name.clone(), element));
    let filter = if dice.hits(60) { format!(" where {}", condition(dice, &inner, depth.min(1))) } else { String::new() };
    format!("({} {name} in {list}{filter} satisfies {})", one(dice, &["every", "some", "no"]), condition(dice, &inner, depth))
}

fn relation(dice: &mut Dice, names: &Names) -> String {
    let course = if names.this == Subject::Entry && dice.hits(60) { "course" } else { one(dice, &["BM101", "BM102", "BM201", "NU101"]) };
    let course = names
        .elements
        .iter()
        .find(|(_, subject)| matches!(subject, Subject::Entry | Subject::Unit))
        .map_or(course.to_owned(), |(name, _)| format!("{name}.course"));
    match dice.below(8) {
        6 => format!(
            "student has measure {}{}",
            one(dice, &["binding_condition", "refusal", "advice"]),
            one(dice, &["", " for PB-BM", " on 2023-12-01"])
        ),
        7 => format!("student {} {course} before {}", one(dice, &["tolerated", "exempted from", "took up"]), one(dice, &DAYS)),
        0 => format!("student {} {course}", one(dice, &["acquired", "tolerated", "exempted from", "took up"])),
        1 => format!("isp includes {course}"),
        2 => format!("student has status {}", one(dice, &["first_time", "working_student", "scholarship"])),
        3 => format!("student has request {}", one(dice, &["deviation", "admission", "personalised_itinerary"])),
        4 => format!("student acquired {course} before {}", one(dice, &DAYS)),
        _ => format!("{course} same unit as {}", one(dice, &["BM101", "BM102"])),
    }
}

fn simple(dice: &mut Dice, names: &Names) -> String {
    let Some((text, field, guard)) = names.field(dice, |_| true) else { return "true".to_owned() };
    if dice.hits(12) {
        return guarded(format!("{text} is {}", one(dice, &["known", "missing"])), guard);
    }
    let test = match field.kind() {
        FieldKind::Boolean => text,
        FieldKind::Integer => format!("{text} {} {}", one(dice, &["is", "is at least", "is not"]), 1 + dice.below(3)),
        FieldKind::Decimal | FieldKind::Score => {
            format!("{text} {} {}", one(dice, &["is at least", "is less than"]), one(dice, &["9.5", "10", "80", "150"]))
        }
        FieldKind::Credits => format!(
            "{text} {}",
            one(dice, &["is whole", "is at least 6 credits", "is between 3 credits and 12 credits", "is not between 3 credits and 6 credits"])
        ),
        FieldKind::Day | FieldKind::EventDay => {
            let (limit, other) = day(dice, names);
            let order = one(dice, &["is before", "is after", "is on or before", "is on or after", "is on", "is not on"]);
            let guard = [guard, other].into_iter().flatten().reduce(|left, right| format!("{left} and {right}"));
            return guarded(format!("{text} {order} {limit}"), guard);
        }
        FieldKind::AcademicYear => {
            format!("{text} {} {}", one(dice, &["is", "is not", "<", ">="]), one(dice, &["2022-2023", "2023-2024", "academic_year"]))
        }
        FieldKind::Semester => format!("{text} {} semester {}", one(dice, &["is", "is not"]), 1 + dice.below(2)),
        FieldKind::Text => format!("{text} is {}", one(dice, &["\"first_time\"", "\"marketing\"", "\"theory\"", "\"deviation\""])),
        FieldKind::Enumeration(enumeration) => {
            let words = enumeration.values();
            let word = |dice: &mut Dice| words[dice.below(words.len())];
            match dice.below(3) {
                0 => format!("{text} is {}", word(dice)),
                1 => format!("{text} is not {}", word(dice)),
                _ => format!("{text} {} one of ({}, {})", one(dice, &["is", "is not"]), word(dice), word(dice)),
            }
        }
        FieldKind::Reference(subject) => {
            let code = match subject {
                Subject::Course => one(dice, &["BM101", "BM102", "BM201"]),
                Subject::Programme => one(dice, &["PB-BM", "PB-NUR"]),
                _ => return guarded(format!("{text} is known"), guard),
            };
            format!("{text} {} {code}", one(dice, &["is", "is not"]))
        }
    };
    guarded(test, guard)
}

/// A check of some kind about some subject, as a rule file of its own.
pub(super) fn rule(dice: &mut Dice, name: &str) -> String {
    let subjects = [Subject::Student, Subject::Enrolment, Subject::Isp, Subject::Entry, Subject::Exemption, Subject::Request];
    let this = subjects[dice.below(subjects.len())];
    let names = Names::of(this);
    let every = if this == Subject::Entry && dice.hits(20) { "every " } else { "" };
    let filter = if dice.hits(50) { format!(" where {}", condition(dice, &names, 1)) } else { String::new() };
    let mut clauses = format!("        for {every}{}{filter}\n", this.word());
    let kind = match dice.below(4) {
        0 => {
            let (value, unit, guard) = number(dice, &names, 2);
            let value = guard.map_or(value.clone(), |guard| format!("(if {guard} then {value} else 6{unit})"));
            let side = format!("{} 6{unit}", one(dice, &["at least", "at most", "more than"]));
            let _ = writeln!(clauses, "        value {value}\n        {side}");
            if dice.hits(40) {
                let change = one(dice, &["no minimum", "no maximum", "at least 3", "at most 90"]);
                let change = if change.starts_with("no") { change.to_owned() } else { format!("{change}{unit}") };
                let _ = writeln!(clauses, "        except other when {} {{ {change} }}", condition(dice, &names, 1));
            }
            "bound"
        }
        1 => {
            let event = names.field(dice, |kind| kind == FieldKind::EventDay).map_or("submitted_on".to_owned(), |(text, _, _)| text);
            let due = |dice: &mut Dice| {
                let (limit, _) = day(dice, &names);
                match dice.below(5) {
                    0 => format!("due on or before {limit}"),
                    1 => format!("due before {limit}"),
                    2 => format!("due from {limit} to 2024-03-01"),
                    3 => format!("due within 7 calendar days after {limit}"),
                    _ => format!("due within 5 working days from {limit} if no working day then the next one"),
                }
            };
            let _ = writeln!(clauses, "        done {event}{}\n        {}", one(dice, &["", " if any"]), due(dice));
            if dice.hits(40) {
                let _ = writeln!(clauses, "        except late when {} {{ {} }}", condition(dice, &names, 1), due(dice));
            }
            "deadline"
        }
        _ => {
            let _ = writeln!(clauses, "        require {}", condition(dice, &names, 3));
            if dice.hits(25) {
                let _ = writeln!(clauses, "        except other when {} {{ require {} }}", condition(dice, &names, 1), condition(dice, &names, 1));
            }
            "rule"
        }
    };
    if dice.hits(30) {
        let _ = writeln!(clauses, "        except lifted when {}", condition(dice, &names, 1));
    }
    if dice.hits(15) {
        let _ = writeln!(clauses, "        except lifted_too when {}", condition(dice, &names, 1));
    }
    if dice.hits(15) {
        let _ = writeln!(clauses, "        needs decision by \"somebody\" when {}", condition(dice, &names, 1));
    }
    if dice.hits(20) {
        clauses.push_str("        judged from day(results_final)\n");
    }
    if dice.hits(15) {
        clauses.push_str("        cohorts from 2022-2023\n");
    }
    format!("regs 1\narticle \"{name}\" \"random\" {{\n    {kind} {name} {{\n{clauses}    }}\n}}\n")
}
