//! The evaluator on whole worlds: every finding about every student of `examples/`, as lines that a person can check by hand.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::problems::Problems;
use crate::records::{Batch, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, read_catalogue};
use crate::rulebook::from_syntax::compile;
use crate::rulebook::{CheckId, Rulebook};
use crate::source::Sources;
use crate::syntax::from_text::parse;
use crate::verdicts::explain::value::shown_element;
use crate::verdicts::explain::{Overrides, catalogue_subjects, explain, judge, subjects, told, told_unknown};
use crate::verdicts::{Context, Judgement, Verdict, World};
use crate::vocabulary::{Subject, fields};

/// A world as it was read.
struct Read {
    sources: Sources,
    catalogue: Catalogue,
    rulebook: Rulebook,
    batch: Batch,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn texts(pattern: &str) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = glob::glob(root().join(pattern).to_str().unwrap()).unwrap().map(Result::unwrap).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}

fn world(regulations: &str, folder: &str, year: i32) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Problems::default());
    let documents: Vec<_> =
        texts(&format!("{folder}/catalogue.json")).into_iter().map(|(name, text)| (sources.add(name, text.clone()), text)).collect();
    let documents: Vec<_> = documents.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let mut catalogue = read_catalogue(&documents, &mut problems);
    let ids: Vec<_> = texts(regulations).into_iter().map(|(name, text)| sources.add(name, text)).collect();
    let files: Vec<_> = ids.into_iter().map(|id| parse(&sources, id, &mut problems)).collect();
    let rulebook = compile(&files, &mut catalogue, &sources, &mut problems).unwrap();
    let errors: Vec<String> = problems
        .sorted(|id| sources.name(id).to_owned())
        .iter()
        .filter(|problem| problem.is_error())
        .map(|problem| format!("{} {}", problem.code(), problem.diagnostic))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let batch = read_batch(&catalogue, &rulebook, &root().join(folder).join("students.jsonl"), year);
    Read { sources, catalogue, rulebook, batch }
}

fn read_batch(catalogue: &Catalogue, rulebook: &Rulebook, path: &Path, year: i32) -> Batch {
    let reading = Reading::new(catalogue, rulebook.regulation.time_zone, year);
    let mut batch = Batch::new(catalogue);
    let content = Box::new(std::fs::File::open(path).unwrap());
    let mut blocks = Blocks::new(RecordFile { number: 0, name: "students.jsonl".to_owned(), content });
    let Some(Cut::Block(block)) = blocks.next() else { panic!("no block") };
    let read = DossierReader::new(&reading).read_block(block, &mut batch);
    assert!(read.set_aside.is_empty(), "{:#?}", read.set_aside);
    batch
}

fn findings(read: &Read, year: i32, as_of: NaiveDate) -> String {
    let context = Context { rulebook: &read.rulebook, catalogue: &read.catalogue, batch: &read.batch, year, as_of };
    let overrides = Overrides::default();
    let mut lines = Vec::new();
    let checks = || (0..u32::try_from(read.rulebook.checks.len()).unwrap()).map(CheckId);
    for student in 0..read.batch.dossiers() {
        for check in checks().filter(|check| !read.rulebook.check(*check).subject.is_of_catalogue()) {
            let judged = subjects(&context, check, student).into_iter().map(|judged| judge(&context, check, judged, &overrides));
            lines.extend(judged.filter_map(|judgement| line(read, &context, Some(student), &judgement)));
        }
    }
    for check in checks().filter(|check| read.rulebook.check(*check).subject.is_of_catalogue()) {
        let judged = catalogue_subjects(&context, check).into_iter().map(|row| judge(&context, check, (row, None), &overrides));
        lines.extend(judged.filter_map(|judgement| line(read, &context, None, &judgement)));
    }
    lines.join("\n")
}

/// `r0745103 isp_sent violated: event 2023-10-16, last_day 2023-10-15, days_late 1`
fn line(read: &Read, context: &Context<'_>, student: Option<u32>, judgement: &Judgement) -> Option<String> {
    let kind = judgement.verdict.kind();
    if !kind.is_finding() && !matches!(judgement.verdict, Verdict::Excepted(_)) && judgement.exception.is_none() {
        return None;
    }
    let world = World::new(*context);
    let check = read.rulebook.check(judgement.check);
    let name = student.and_then(|student| read.batch.text_of(&read.catalogue, read.batch.cell(fields::student::STUDENT, student))).unwrap_or("-");
    let row = told(&shown_element(judgement.subject, world), world);
    let label = judgement.exception.map(|id| format!(" ({})", check.exceptions[id.0 as usize].label.value)).unwrap_or_default();
    let roles = if let Verdict::NeedsDecision(roles) = &judgement.verdict { format!(" by {}", roles.join(", ")) } else { String::new() };
    let mut parts: Vec<String> = judgement
        .values
        .iter()
        .map(|named| {
            let raw = named.raw.map(|raw| format!(" (exactly {raw})")).unwrap_or_default();
            format!("{} {}{raw}", named.name, told(&named.value, world))
        })
        .collect();
    parts.extend(judgement.failing.iter().map(|value| format!("failing {}", told(value, world))));
    parts.extend(judgement.priors.iter().map(|course| format!("prior {}", world.code_name(Subject::Course, *course))));
    parts.extend(judgement.missing.iter().map(|unknown| format!("missing {}", told_unknown(*unknown, world, &read.sources))));
    if let Some(field) = judgement.broken_at.field {
        parts.push(format!("at {}.{}", field.subject.word(), field.name()));
    }
    Some(format!("{name} {} {} [{row}]{label}{roles}: {}", check.name, kind.word(), parts.join(", ")))
}

/// Found by hand, from the texts and the records; a line of the findings begins so, after the student.
const BY_HAND: &[&str] = &[
    "isp_sent violated [isp]: event 2023-10-16, last_day 2023-10-15, days_late 1, at isp.submitted_on",
    "isp_sent satisfied [isp] (late_enrolment): event 2023-10-27, last_day 2023-10-27",
    "isp_sent violated [isp] (late_enrolment): event 2023-10-28, last_day 2023-10-27, days_late 1",
    "isp_sent violated [isp]: event not happened, last_day 2023-10-15, days_late 336",
    "isp_sent excepted [isp] (left)",
    "isp_size waived [isp]: value 24 credits, minimum 27 credits, maximum 72 credits, short 3 credits",
    "isp_sent violated [isp] (second_semester): event 2024-02-26, last_day 2024-02-25, days_late 1",
    "isp_size needs_decision [isp] by study programme committee: value 24 credits",
    "isp_decided_second_semester violated [isp]: event 2024-03-16, last_day 2024-03-15, days_late 1, at isp.decided_on",
    "isp_size violated [isp]: value 24 credits",
    "isp_decided violated [isp]: event 2023-12-01, last_day 2023-11-30, days_late 1",
    "isp_sent_after_opening violated [isp]: submitted_on 2023-09-09",
    "class_group_linked violated [isp]: enrolment.class_group unknown, at enrolment.class_group",
    "compulsory_units_taken violated [isp]: failing BM110",
    "model_itinerary needs_decision [isp] by study programme committee",
    "personalised_itinerary_requested violated [enrolment]: request personalised_itinerary no",
    "event_of_own_class_group violated [BM101]: event BM101-W, class_group 1M2, at entry.event",
    "event_of_own_class_group violated [BM102]: event unknown",
    "event_of_own_class_group missing_data [BM104]",
    "event_of_own_class_group violated [BM104]",
    "unchanged_after_sending excepted [BM211] (second_semester_window)",
    "unchanged_after_sending violated [BM213]",
    "unchanged_after_sending violated [BM215]",
    "unchanged_after_sending excepted [BM212] (sent_back)",
    "isp_size violated [isp]: value 26 credits, minimum 27 credits, maximum 72 credits, short 1 credit",
    "isp_size violated [isp]: value 73 credits, minimum 27 credits, maximum 72 credits, over 1 credit",
    "isp_size needs_decision [isp] by study programme committee: value 73 credits",
    "isp_size waived [isp]: value 73 credits",
    "isp_size satisfied [isp] (last_stretch): value 18 credits",
    "efficiency_floor violated [enrolment]: value 29% (exactly 28.571…), minimum 30%, short 1%",
    "sequentiality_strict violated [BM201]: course BM201, prior BM102, at entry.course",
    "sequentiality_strict needs_decision [BM201] by study programme committee: course BM201, prior BM102",
    "refresher_programme needs_decision [BM102] by study programme committee: requested_on 2023-10-01",
    "sequentiality_strict waived [BM201]",
    "refresher_programme waived [BM102]",
    "sequentiality_flexible violated [BM208]: course BM208, prior BM205",
    "sequentiality_simultaneous violated [BM204]: course BM204, prior BM203",
    "sequentiality_diploma violated [BM303]",
    "sequentiality_condition needs_decision [NU401] by placement coordinator",
    "sequentiality_condition waived [NU401]",
    "first_time_status_earned violated",
    "first_time_status_recorded violated",
    "first_time_status_whole_year violated",
    "vouchers_not_overdrawn violated [student]: value -1 credits, minimum 0 credits, short 1 credit",
    "working_student_hours violated [student]: value 79, minimum 80, short 1",
    "working_student_hours excepted [student] (job_seeker)",
    "working_student_hours missing_data [student]: value unknown, minimum 80, missing status.hours_per_month",
    "credit_contract_open violated [BM302]",
    "exam_contract_open violated [BM302]",
    "registration_agreement violated [enrolment]: contract unknown, at enrolment.contract",
    "isp_size missing_data [isp]",
    "unit_of_the_programme violated [PG201]: unit none",
    "unit_of_the_programme excepted [PG201] (personalised_itinerary)",
    "admission_to_bachelor violated",
    "admission_to_bachelor needs_decision",
    "admission_to_bachelor missing_data [enrolment]: student.diplomas 0, missing student.diplomas",
    "admission_to_bridge violated",
    "sequentiality_strict violated [PG104]: course PG104, prior PG101",
    "admission_to_postgraduate violated",
    "exempted_entry_has_exemption violated [BM103]",
    "exempted_without_mark violated [BM103]: result.score 13, at result.score",
    "exemption_ground violated [BM104]: basis other, at exemption.basis",
    "exemptions_registered violated [isp]: failing BM104",
    "whole_credits_exemption violated [BM103]: credits 4.5 credits",
    "tolerated_by_choice violated [BM104]: result.tolerance automatic",
    "tolerated_where_allowed violated [BM210]",
    "comprehensive_test_never_tolerated violated [BM390]",
    "bridge_programme_size violated [BR-ACC]: value 44 credits, minimum 45 credits",
    "bridge_programme_size violated [BR-ECO]: value 91 credits",
    "comprehensive_test_size violated [PB-MID]: value 23 credits, minimum 24 credits",
    "course_unit_size violated [CE301]: value 2.5 credits, minimum 3 credits, short 0.5 credits",
    "graduating_option_apart violated [OF321]: value 29 credits",
    "hours_per_credit satisfied [NU103] (nursing_and_midwifery): value 26 (exactly 25.5)",
    "hours_per_credit violated [PG104]: value 31 (exactly 30.5), minimum 25, maximum 30, over 1",
];

#[test]
fn the_university_college_has_the_findings_expected_by_hand() {
    let read = world("regulations/university-college/*.regs", "examples/university-college", 2023);
    let found = findings(&read, 2023, NaiveDate::from_ymd_opt(2024, 9, 15).unwrap());
    let has = |line: &str| found.lines().filter_map(|found| found.split_once(' ')).any(|(_, found)| found.starts_with(line));
    let missing: Vec<&&str> = BY_HAND.iter().filter(|line| !has(line)).collect();
    assert!(missing.is_empty(), "{missing:#?} not among\n{found}");
}

#[test]
fn judging_twice_gives_the_same() {
    let read = world("regulations/university-college/*.regs", "examples/university-college", 2023);
    let context = Context {
        rulebook: &read.rulebook,
        catalogue: &read.catalogue,
        batch: &read.batch,
        year: 2023,
        as_of: NaiveDate::from_ymd_opt(2023, 12, 1).unwrap(),
    };
    let overrides = Overrides::default();
    for check in (0..u32::try_from(read.rulebook.checks.len()).unwrap()).map(CheckId) {
        for judged in (0..read.batch.dossiers()).flat_map(|student| subjects(&context, check, student)) {
            let plain = judge(&context, check, judged, &overrides);
            let (traced, trees) = explain(&context, check, judged, &overrides);
            assert_eq!(plain, traced, "the walk that is recorded judges alike");
            assert_eq!(trees.len(), 1);
        }
    }
}
