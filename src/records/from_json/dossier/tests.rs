//! What becomes of dossiers, cell by cell.

use crate::problems::Problems;
use crate::records::{Batch, BlockRead, Blocks, Catalogue, Cut, DossierReader, Reading, RecordFile, SetAside, Wanted, read_catalogue};
use crate::source::SourceId;
use crate::vocabulary::{MISSING, Subject, Zone, dates, fields};

pub(super) const CATALOGUE: &str = r#"[{"academic_year":"2023-2024",
    "programmes":[{"code":"PB-BM","credits":180}],"courses":[{"code":"BM101"},{"code":"BM201"}],
    "class_groups":[{"code":"2BM1","programme":"PB-BM"},{"code":"2BM2"}],"events":[{"id":"BM201-A","course":"BM201","class_groups":["2BM1"]}]},
    {"academic_year":"2022-2023","programmes":[{"code":"PB-BM"}],"courses":[{"code":"BM101"},{"code":"BM099"}]}]"#;

pub(crate) fn catalogue() -> Catalogue {
    let mut problems = Problems::default();
    let catalogue = read_catalogue(&[(SourceId(0), CATALOGUE)], &mut problems);
    assert!(problems.is_empty());
    catalogue
}

pub(crate) fn reading(catalogue: &Catalogue) -> Reading<'_> {
    Reading::new(catalogue, Zone::brussels(), 2023)
}

pub(super) fn cuts(bytes: &[u8], size: usize) -> Vec<Cut> {
    let content = Box::new(std::io::Cursor::new(bytes.to_vec()));
    Blocks::with_size(RecordFile { number: 0, name: "students.jsonl".to_owned(), content }, size).collect()
}

pub(super) fn read(reading: &Reading<'_>, text: &[u8]) -> (Batch, BlockRead) {
    let mut reader = DossierReader::new(reading);
    let mut batch = Batch::new(reading.catalogue);
    let mut read = BlockRead::default();
    for cut in cuts(text, 1 << 20) {
        if let Cut::Block(block) = cut {
            read = reader.read_block(block, &mut batch);
        } else {
            read.set_aside.extend(reader.read(cut, &mut Batch::new(reading.catalogue)).set_aside);
        }
    }
    (batch, read)
}

fn said(set_aside: &[SetAside]) -> Vec<String> {
    set_aside.iter().map(|one| format!("{}:{} {} {}", one.line, one.column, one.path, one.problem)).collect()
}

const WHOLE: &str = r#"{"student":"r1","cohort":"2022-2023","statuses":[{"status":"working_student","valid_from":"2023-09-01","hours_per_month":80.5}],"enrolments":[{"isp":{"entries":[{"result":{"score":13,"outcome":"passed"},"course":"BM099","credits":6},{"course":"OLD1","kind":"exempted"}],"state":"approved"},"programme":"PB-BM","academic_year":"2022-2023","contract":"diploma"},{"academic_year":"2023-2024","programme":"PB-BM","contract":"diploma","phase":2,"class_group":"2BM1","isp":{"state":"submitted","submitted_at":"2023-10-15T22:30:00Z","requested_courses":["BM201"],"entries":[{"course":"BM201","semester":1,"credits":6.5,"event":"BM201-A"},{"course":"BM101","class_group":"2BM2"}]}}],"learning_account":[],"exemptions":[{"course":"OLD1","credits":4,"granted_on":null}]}"#;

#[test]
fn a_whole_dossier() {
    let catalogue = catalogue();
    let reading = reading(&catalogue);
    let (batch, read) = read(&reading, WHOLE.as_bytes());
    assert_eq!(said(&read.set_aside), Vec::<String>::new());
    assert_eq!(batch.dossiers(), 1);
    let cell = |field, row| batch.cell(field, row);
    let row = |subject, code, year| {
        let codes = catalogue.codes(subject);
        i32::try_from(codes.row(codes.find(code).unwrap(), year)).unwrap()
    };
    assert_eq!(batch.text_of(&catalogue, cell(fields::student::STUDENT, 0)), Some("r1"));
    assert_eq!(cell(fields::student::COHORT, 0), 2022);
    assert_eq!(cell(fields::status::HOURS_PER_MONTH, 0), 80_500);
    assert_eq!(batch.table(Subject::Enrolment).rows_of(0), 0..2);
    assert_eq!([batch.table(Subject::Entry).rows_of(0), batch.table(Subject::Entry).rows_of(1)], [0..2, 2..4]);
    assert_eq!(cell(fields::entry::COURSE, 0), row(Subject::Course, "BM099", 2022));
    assert_eq!(cell(fields::enrolment::PROGRAMME, 0), row(Subject::Programme, "PB-BM", 2022));
    assert_eq!(cell(fields::enrolment::PROGRAMME, 1), row(Subject::Programme, "PB-BM", 2023));
    let foreign = u32::try_from(cell(fields::entry::COURSE, 1)).unwrap();
    assert_eq!(foreign, catalogue.codes(Subject::Course).rows());
    assert_eq!(batch.code_name(&catalogue, Subject::Course, foreign), Some("OLD1"));
    assert_eq!(cell(fields::exemption::COURSE, 0), cell(fields::entry::COURSE, 1));
    assert_eq!(cell(fields::entry::KIND, 0), 0);
    assert_eq!(cell(fields::entry::KIND, 1), 2);
    assert_eq!(cell(fields::entry::CREDITS, 2), 6_500);
    assert_eq!(cell(fields::entry::SEMESTER, 2), 1);
    assert_eq!(cell(fields::enrolment::PHASE, 1), 2_000);
    assert_eq!(cell(fields::entry::CLASS_GROUP, 2), row(Subject::ClassGroup, "2BM1", 2023));
    assert_eq!(cell(fields::entry::CLASS_GROUP, 3), row(Subject::ClassGroup, "2BM2", 2023));
    assert_eq!(cell(fields::entry::CLASS_GROUP, 0), MISSING);
    assert_eq!(cell(fields::result::SCORE, 0), 13_000);
    assert_eq!(cell(fields::result::SCORE, 1), MISSING);
    assert_eq!(dates::date_of_cell(cell(fields::isp::SUBMITTED_ON, 1)).unwrap().to_string(), "2023-10-16");
    assert_eq!(cell(fields::exemption::GRANTED_ON, 0), MISSING);
    let given = |subject| batch.table(subject).is_given(0);
    assert!(given(Subject::AccountEntry) && given(Subject::Request) && given(Subject::Enrolment));
    assert!(!given(Subject::Diploma) && !given(Subject::CreditCertificate));
    assert_eq!(batch.table(Subject::RequestedCourse).rows_of(1), 0..1);
    assert!(!batch.table(Subject::RequestedCourse).is_given(0));
    for subject in Subject::ALL {
        for field in crate::vocabulary::Field::all_of(subject) {
            assert_eq!(batch.table(subject).column(field).len(), batch.table(subject).rows() as usize);
        }
    }
}

#[test]
fn an_enrolment_without_an_isp() {
    let catalogue = catalogue();
    let reading = reading(&catalogue);
    let text = r#"{"student":"r1","enrolments":[{"academic_year":"2023-2024","isp":null},{"academic_year":"2022-2023","isp":{}},{"academic_year":"2021-2022"}]}"#;
    let (batch, _) = read(&reading, text.as_bytes());
    let states: Vec<_> = (0..3).map(|row| batch.cell(fields::isp::STATE, row)).collect();
    assert_eq!(states, [0, MISSING, 0]);
    assert_eq!(batch.table(Subject::Entry).starts(), [0, 0, 0, 0]);
}

#[test]
fn fields_that_are_not_wanted_are_checked_but_not_kept() {
    let catalogue = catalogue();
    let mut reading = reading(&catalogue);
    reading.wanted = [fields::entry::CREDITS].into_iter().collect::<Wanted>();
    let (batch, _) = read(&reading, WHOLE.as_bytes());
    assert_eq!(batch.cell(fields::entry::CREDITS, 2), 6_500);
    assert_eq!(batch.cell(fields::entry::SEMESTER, 2), MISSING);
    assert_ne!(batch.cell(fields::entry::COURSE, 2), MISSING);
    let (_, refused) = read(&reading, br#"{"student":"r1","cohort":"2023-2025"}"#);
    assert_eq!(said(&refused.set_aside), ["1:26 /cohort `cohort` is `2023-2025`, two years that do not follow one another"]);
}

#[test]
fn undeclared_fields_are_counted_in_records_that_are_read() {
    let catalogue = catalogue();
    let reading = reading(&catalogue);
    let text = "{\"student\":\"r1\",\"visa\":true}\n{\"student\":\"r2\",\"visa\":[{}]}\n{\"visa\":1}";
    let (batch, read) = read(&reading, text.as_bytes());
    assert_eq!(batch.dossiers(), 2);
    assert_eq!(read.undeclared.fields().collect::<Vec<_>>(), [(Subject::Student, "visa", 2)]);
    assert_eq!(said(&read.set_aside), ["3:1  the record does not say whose it is"]);
}

#[test]
fn numbers_are_exact_or_refused() {
    let catalogue = catalogue();
    let reading = reading(&catalogue);
    let credits = |number: &str| {
        let text = format!(r#"{{"student":"r1","exemptions":[{{"course":"BM101","credits":{number}}}]}}"#);
        let (batch, read) = read(&reading, text.as_bytes());
        read.set_aside.first().map_or_else(|| Ok(batch.cell(fields::exemption::CREDITS, 0)), |one| Err(one.problem.to_string()))
    };
    assert_eq!(credits("6"), Ok(6_000));
    assert_eq!(credits("0.1"), Ok(100));
    assert_eq!(credits("12.345"), Ok(12_345));
    assert_eq!(credits("12.50000000000000000000000"), Ok(12_500));
    assert_eq!(credits("1.25e1"), Ok(12_500));
    assert_eq!(credits("5.0001"), Err("`credits` is 5.0001, which has more than three decimals".to_owned()));
    assert_eq!(credits("5.00000000000000001"), Err("`credits` is 5.00000000000000001, which has more than three decimals".to_owned()));
    assert_eq!(credits("1e-400"), Err("`credits` is 1e-400, which has more than three decimals".to_owned()));
    assert_eq!(credits("-6"), Err("`credits` is -6, but it can't be negative".to_owned()));
    assert_eq!(credits("99999999999999999999"), Err("`credits` is 100000000000000000000, which is too large".to_owned()));
}
