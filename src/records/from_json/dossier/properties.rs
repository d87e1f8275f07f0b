//! What holds of any input: nothing fails, a broken record leaves no trace, and where a file is cut into blocks changes nothing.

use std::fmt::Write as _;

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use crate::problems::Problems;
use crate::records::from_json::dossier::tests::{CATALOGUE, catalogue, cuts, reading};
use crate::records::{Batch, Catalogue, Cut, DossierReader, Reading, SetAside, read_catalogue};
use crate::source::SourceId;
use crate::vocabulary::{Field, FieldKind, MISSING, Subject};

/// Records of every kind: whole, broken in their form, and broken in their meaning.
const RECORDS: [&str; 12] = [
    r#"{"student":"r1","cohort":"2022-2023","learning_account":[{"credits":-60.5,"kind":"deployed"}]}"#,
    r#"{"student":"r2","enrolments":[{"academic_year":"2023-2024","programme":"PB-BM","isp":{"state":"draft","entries":[{"course":"BM101","credits":6}]}}]}"#,
    r#"{"enrolments":[{"isp":{"entries":[{"course":"NEW1","result":{"score":9.5}},{"course":"NEW2"}]},"academic_year":"2022-2023"}],"student":"r3"}"#,
    r#"{"student":"r4","visa":{"until":null},"statuses":[{"status":"entrepreneur"},{"status":"entrepreneur"}]}"#,
    r#"{"student":"r5","enrolments":[{"academic_year":"2023-2024","programme":"PB-XX"}]}"#,
    r#"{"student":"r6","statuses":[{"status":"chess champion"}],"exemptions":[{"course":"NEW3","granted_on":"2023-02-30"}]}"#,
    r#"{"student":"r7","enrolments":[{"academic_year":"2023-2024","isp":{"entries":[{"course":"NEW4"},{"course"#,
    r#"{"cohort":"2022-2023"}"#,
    r#"{"student":"r9","diplomas":[{"name":"Één \"jaar\""}],"student":"r9"}"#,
    "",
    "[]",
    "nonsense",
];

fn all_of(reading: &Reading<'_>, bytes: &[u8], size: usize) -> (Vec<String>, Vec<SetAside>) {
    let mut reader = DossierReader::new(reading);
    let mut batch = Batch::new(reading.catalogue);
    let (mut dossiers, mut set_aside) = (Vec::new(), Vec::new());
    for cut in cuts(bytes, size) {
        set_aside.extend(reader.read(cut, &mut batch).set_aside);
        dossiers.extend((0..batch.dossiers()).map(|student| told(&batch, reading.catalogue, student)));
    }
    (dossiers, set_aside)
}

/// Every row of a student, told in words.
pub(crate) fn told(batch: &Batch, catalogue: &Catalogue, student: u32) -> String {
    let origin = batch.origins[student as usize];
    let mut text = format!("line {}", origin.line);
    for subject in Subject::ALL.into_iter().filter(|subject| !subject.is_of_catalogue()) {
        let rows = (0..batch.table(subject).rows()).filter(|row| batch.student_of(subject, *row) == student);
        for row in rows {
            let cells = Field::all_of(subject).map(|field| shown(batch, catalogue, (field, row)));
            write!(text, "\n{} {}", subject.word(), cells.collect::<Vec<_>>().join(" ")).unwrap();
        }
        if subject.owner() == Some(Subject::Student) {
            write!(text, "\n{} given {}", subject.word(), batch.table(subject).is_given(student)).unwrap();
        }
    }
    text
}

fn shown(batch: &Batch, catalogue: &Catalogue, (field, row): (Field, u32)) -> String {
    match (field.kind(), batch.cell(field, row)) {
        (_, MISSING) => "-".to_owned(),
        (FieldKind::Text, id) => batch.text_of(catalogue, id).unwrap().to_owned(),
        (FieldKind::Reference(subject), row) => batch.code_name(catalogue, subject, u32::try_from(row).unwrap()).unwrap().to_owned(),
        (_, cell) => cell.to_string(),
    }
}

fn lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(RECORDS.to_vec()), 0..12)
}

/// A record with some of its bytes changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), prop_oneof![Just(b'"'), Just(b'{'), Just(b']'), Just(b'\\'), Just(b'9'), Just(b'\n'), any::<u8>()]);
    (lines(), prop::collection::vec(change, 0..6)).prop_map(|(lines, changes)| {
        let mut bytes = lines.join("\n").into_bytes();
        for (index, byte) in changes.iter().filter(|_| !lines.is_empty()) {
            let length = bytes.len().max(1);
            if let Some(place) = bytes.get_mut(index.index(length)) {
                *place = *byte;
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn a_broken_record_leaves_no_trace(lines in lines()) {
        let catalogue = catalogue();
        let reading = reading(&catalogue);
        let (together, set_aside) = all_of(&reading, lines.join("\n").as_bytes(), 1 << 20);
        let mut apart = Vec::new();
        for (line, text) in (1..).zip(&lines) {
            let (dossiers, _) = all_of(&reading, text.as_bytes(), 1 << 20);
            apart.extend(dossiers.into_iter().map(|told| told.replacen("line 1", &format!("line {line}"), 1)));
        }
        prop_assert_eq!(&together, &apart);
        let blank = lines.iter().filter(|line| line.is_empty()).count();
        prop_assert_eq!(together.len() + set_aside.len(), (lines.len() - blank).max(usize::from(lines.len() == blank)));
    }

    #[test]
    fn where_a_file_is_cut_changes_nothing(bytes in mutated(), size in 1_usize..300) {
        let catalogue = catalogue();
        let reading = reading(&catalogue);
        prop_assert_eq!(all_of(&reading, &bytes, size), all_of(&reading, &bytes, 1 << 20));
    }

    #[test]
    fn places_lie_in_their_texts(bytes in mutated()) {
        let catalogue = catalogue();
        let (_, set_aside) = all_of(&reading(&catalogue), &bytes, 1 << 20);
        for one in set_aside {
            prop_assert!(one.line >= 1 && one.column >= 1);
            if let Some(excerpt) = one.excerpt {
                prop_assert!(excerpt.text.get(excerpt.at).is_some());
            }
        }
    }

    #[test]
    fn a_list_reads_as_its_lines_do(lines in lines(), size in 1_usize..200) {
        let catalogue = catalogue();
        let reading = reading(&catalogue);
        let whole: Vec<_> = lines.into_iter().filter(|line| line.starts_with("{\"student\":\"r") && !line.ends_with("course")).collect();
        let list = format!("\u{20}[\n{}\n]\n", whole.join(",\n"));
        let content = Box::new(std::io::Cursor::new(list.into_bytes()));
        let file = crate::records::RecordFile { number: 0, name: "students.json".to_owned(), content };
        let (mut dossiers, mut reader, mut batch) = (Vec::new(), DossierReader::new(&reading), Batch::new(&catalogue));
        for cut in crate::records::Blocks::with_size(file, size) {
            if let Cut::Block(block) = cut {
                reader.read_block(block, &mut batch);
                dossiers.extend((0..batch.dossiers()).map(|student| told(&batch, &catalogue, student)));
            }
        }
        let (as_lines, _) = all_of(&reading, format!("\n{}", whole.join("\n")).as_bytes(), 1 << 20);
        prop_assert_eq!(dossiers, as_lines);
    }

    #[test]
    fn no_catalogue_fails(cut in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = CATALOGUE.as_bytes().to_vec();
        let at = cut.index(bytes.len());
        bytes[at] = byte;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut problems = Problems::default();
        read_catalogue(&[(SourceId(0), &text)], &mut problems);
        for problem in problems.sorted(|_| String::new()) {
            prop_assert!(text.get(problem.at.range()).is_some());
        }
    }
}
