//! Texts made for what the two evaluators could tell apart: facts, terms that have not begun, outcomes that are missing.

use chrono::NaiveDate;

use super::Plan;
use super::program::{Node, Op, TruthOp};
use super::tests::{Dice, Slack, World, batch, compare, compiled, days, disturb, shipped, students};
use crate::records::Catalogue;
use crate::rulebook::{CheckId, Rulebook};
use crate::vocabulary::{MISSING, Subject, dates::cell_of_date, fields};

/// Edges that ask for one unit each, two of them for one unit, and questions that only the facts of a student answer.
const PLAIN: &str = r#"regs 1

programme PB-BM "Professional bachelor in business management" {
    BM108 flexibly after BM102
    BM201 strictly after BM102
    BM201 strictly after BM103
    BM202 flexibly after BM103
    BM206 strictly after BM201
    BM208 flexibly after BM205
}

article "1" "Facts" {
    rule every_unit {
        for isp where enrolment.contract is diploma
        require every unit in programme.units where unit.compulsory and unit.phase is enrolment.phase
                satisfies isp includes unit.course or student acquired unit.course or student exempted from unit.course
    }

    rule some_unit {
        for enrolment
        require some unit in programme.units satisfies student tolerated unit.course or student acquired unit.course
    }

    rule not_again {
        for entry
        require not (student acquired course)
    }

    rule not_long_ago {
        for entry
        require not (student acquired course before 2024-02-10)
    }
}
"#;

/// A text beside what the shipped regulations declare: days, and sequentiality where the text has none of its own.
fn with_declarations(text: &str) -> (Rulebook, Catalogue) {
    let mut texts = shipped();
    let is_needed = |name: &str| match name.rsplit('/').next() {
        Some("sequentiality.regs") => !text.contains("sequentiality "),
        file => matches!(file, Some("regulation.regs" | "calendars.regs")),
    };
    texts.retain(|(name, _)| is_needed(name));
    texts.push(("own.regs".to_owned(), text.to_owned()));
    compiled(&texts).0.unwrap()
}

/// The dossiers of the example world, each time disturbed in another way, on all days.
fn disturbed_alike(rulebook: Rulebook, catalogue: Catalogue) {
    let pristine = batch(&rulebook, &catalogue, students());
    let mut world = World { rulebook, catalogue, batch: pristine.clone(), texts: Vec::new() };
    let days: Vec<NaiveDate> = days().collect();
    for (seed, day) in (0..40).zip(days.iter().cycle()) {
        disturb(&mut world.batch, &world.catalogue, &mut Dice(seed));
        compare(&world, *day, &mut Slack::new());
        world.batch = pristine.clone();
    }
}

#[test]
fn what_only_the_facts_tell_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(PLAIN);
    let all: Vec<CheckId> = (0..).map(CheckId).take(rulebook.checks.len()).collect();
    let plan = Plan::compile(&rulebook, &catalogue, (2023, days().next().unwrap()), &all);
    let met = |node: &Node| if let Op::Truths(TruthOp::Met(asked)) = node.op { Some(asked) } else { None };
    let met: Vec<_> = plan.program.nodes.iter().filter_map(met).collect();
    assert!(!met.is_empty() && met.iter().all(|asked| plan.program.is_plain(asked)), "the strict and the flexible edges");
    let filled = |wanted: fn(&TruthOp) -> bool| plan.program.nodes.iter().filter(|node| matches!(&node.op, Op::Truths(op) if wanted(op))).count();
    assert_eq!(filled(|op| matches!(op, TruthOp::Units(_))), 2, "every unit and some unit");
    assert_eq!(filled(|op| matches!(op, TruthOp::Shown { .. })), 1, "no unit again");
    disturbed_alike(rulebook, catalogue);
}

/// The outcome of an earlier year is missing, whatever day it is to be decided on.
#[test]
fn an_outcome_that_is_missing_until_it_is_decided_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(PLAIN);
    let mut world = World { batch: batch(&rulebook, &catalogue, students()), rulebook, catalogue, texts: Vec::new() };
    let later = cell_of_date(NaiveDate::from_ymd_opt(2030, 1, 31).unwrap()).unwrap();
    let results = world.batch.table_mut(Subject::Result);
    for row in (0..results.rows()).step_by(3) {
        results.set(fields::result::OUTCOME, row, MISSING);
        results.set(fields::result::DECIDED_ON, row, later);
    }
    for day in days() {
        compare(&world, day, &mut Slack::new());
    }
}

/// Terms that run from a day that may not have come, lifted or not.
const TERMS: &str = r#"regs 1

article "1" "Terms" {
    deadline after {
        for exemption
        done granted_on
        due within 5 working days after requested_on
        except lifted when true
    }

    deadline from {
        for exemption
        done granted_on
        due within 5 calendar days from requested_on
        except lifted when course is not BM102
    }

    deadline before {
        for isp
        done submitted_on
        due on or before decided_on
        except lifted when enrolment.contract is diploma
    }

    deadline if_any {
        for isp
        done decided_on if any
        due within 1 month after submitted_on
    }
}
"#;

#[test]
fn a_term_that_has_not_begun_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(TERMS);
    disturbed_alike(rulebook, catalogue);
}

/// What is asked of a prior unit at any time.
const AT_ANY_TIME: &str = r#"regs 1

article "1" "Order" {
    sequentiality strict     { prior completed in an earlier semester or exempted at any time }
    sequentiality flexible   { prior scheduled at any time }
    sequentiality simultaneous { prior scheduled in the same registration }
    sequentiality diploma    { student holds the diploma }
}

programme PB-BM "Professional bachelor in business management" {
    BM201 strictly after BM102
    BM202 flexibly after BM301
    BM206 strictly after 2 of (BM201, BM202, BM203)
}
"#;

/// It may be of any unit, and surely is of none.
#[test]
fn an_entry_that_names_no_unit_is_judged_alike() {
    let (rulebook, catalogue) = with_declarations(AT_ANY_TIME);
    let mut world = World { batch: batch(&rulebook, &catalogue, students()), rulebook, catalogue, texts: Vec::new() };
    let entries = world.batch.table_mut(Subject::Entry);
    for row in (0..entries.rows()).step_by(7) {
        entries.set(fields::entry::COURSE, row, MISSING);
    }
    for day in days() {
        compare(&world, day, &mut Slack::new());
    }
}
