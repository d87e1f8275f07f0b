//! Which students have been read, exactly and in few bytes each, so that a second dossier of a student is told: `places.rs` holds what has a number, such as
//! `r0745123`, and `texts.rs` all else.

mod places;
mod texts;

use std::io;

use crate::records::problems::RecordProblem;
use crate::records::set_aside::SetAsideText;
use crate::records::students::places::Places;
use crate::records::students::texts::Texts;
use crate::records::{Batch, Catalogue, Kept, Origin, Placed, SetAside, json_place};
use crate::vocabulary::{Subject, fields};

use crate::records::students::texts::Spool;

/// A dossier that is not the student's first: its row in the batch, and what is said of it.
pub(crate) type Second = (u32, SetAside);

/// Where a dossier was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) file: u32,
    pub(crate) line: u32,
    /// From 1, of a dossier that may share its line with others; 0 of any other.
    pub(crate) column: u32,
}

impl Seen {
    /// The line lies lowest, for most dossiers differ in nothing else.
    fn packed(self) -> u128 {
        u128::from(self.file) << 64 | u128::from(self.column) << 32 | u128::from(self.line)
    }

    fn unpacked(place: u128) -> Self {
        let part = |place: u128| u32::try_from(place & u128::from(u32::MAX)).unwrap_or(u32::MAX);
        Self { file: part(place >> 64), line: part(place), column: part(place >> 32) }
    }

    /// The place as it is said beside a dossier of a file and a line: with its column where that has the same line.
    fn beside(self, (file, line): (u32, u32), file_names: &[String]) -> String {
        let name = file_names.get(self.file as usize).map_or("", String::as_str);
        let shares_line = (self.file, self.line) == (file, line) && self.column > 0;
        if shares_line { format!("{name}:{}:{}", self.line, self.column) } else { format!("{name}:{}", self.line) }
    }
}

/// The students read so far, each with the place of the first dossier.
#[derive(Default)]
pub(crate) struct Students {
    /// Those that are a prefix and some digits: `r` and `0745123`.
    numbered: Places,
    prefixes: Vec<Box<str>>,
    others: Texts,
}

const MOST_DIGITS: usize = 15;
const MOST_PREFIXES: usize = 256;

impl Students {
    /// What is no number lies in the spool, which nobody else may use.
    pub(crate) fn new(spool: Box<dyn Spool>) -> Self {
        Self { others: Texts::new(spool), ..Self::default() }
    }

    /// Note a student; the place of the earlier dossier where there is one, which stays the student's.
    pub(crate) fn register(&mut self, student: &str, place: Seen) -> io::Result<Option<Seen>> {
        match self.packed(student) {
            Some(number) => Ok(self.numbered.note(number, place.packed()).map(Seen::unpacked)),
            None => self.others.note(student, place),
        }
    }

    /// Note the students of a batch, and tell which of its dossiers are not their first. Batches come in the order of their blocks.
    pub(crate) fn register_batch(&mut self, batch: &Batch, catalogue: &Catalogue, file_names: &[String]) -> io::Result<Vec<Second>> {
        let mut seconds = Vec::new();
        for (row, origin) in (0..).zip(&batch.origins) {
            let student = batch.text_of(catalogue, batch.cell(fields::student::STUDENT, row)).unwrap_or("");
            let column = batch.first_columns.get(row as usize).copied().unwrap_or(0);
            let Some(first) = self.register(student, Seen { file: origin.file, line: origin.line, column })? else { continue };
            seconds.push((row, second(batch, (row, origin), (student, &|place| first.beside(place, file_names)))));
        }
        Ok(seconds)
    }

    /// INVARIANT: prefix, width and value determine the text, so two students never share a number.
    fn packed(&mut self, student: &str) -> Option<u64> {
        let prefix = student.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = student.get(prefix.len()..)?;
        if digits.is_empty() || digits.len() > MOST_DIGITS {
            return None;
        }
        let known = self.prefixes.iter().position(|known| known.as_ref() == prefix);
        let prefix = match known {
            Some(index) => index,
            None if self.prefixes.len() < MOST_PREFIXES => {
                self.prefixes.push(prefix.into());
                self.prefixes.len() - 1
            }
            None => return None,
        };
        let value = digits.parse::<u64>().ok()?;
        Some((prefix as u64) << 56 | (digits.len() as u64) << 52 | value)
    }
}

/// What is said of a dossier that is not its student's first; where that one stands depends on the place of this one.
fn second(batch: &Batch, (row, origin): (u32, &Origin), (student, first): (&str, &dyn Fn((u32, u32)) -> String)) -> SetAside {
    let placed = Placed { subject: Subject::Student, row, field: Some(fields::student::STUDENT) };
    let text = batch.line_of(placed);
    let at = json_place(&text, "/student");
    let place = batch.place_after(row, text.get(..at.start).unwrap_or(""));
    let (line, column) = place.map_or((origin.line, 1), |place| (place.line, place.column));
    let set_aside = SetAside {
        file: origin.file,
        line,
        column,
        path: "/student".to_owned(),
        student: Some(student.to_owned()),
        problem: RecordProblem::DuplicateStudent { student: student.to_owned(), first: first((origin.file, line)) },
        excerpt: Some(match &batch.written {
            Some(_) => SetAsideText::of_row(&text, (origin.line, "/student"), &at),
            None => SetAsideText { text: text.as_ref().into(), first_line: origin.line, at, place: None },
        }),
        record: Kept::record(text.as_bytes()),
    };
    match batch.in_table(placed) {
        Some(found) => set_aside.moved_to(found),
        None => set_aside,
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, Students};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn a_place_comes_back_whole([file, line, column] in any::<[u32; 3]>()) {
            let place = Seen { file, line, column };
            prop_assert_eq!(Seen::unpacked(place.packed()), place);
        }
    }

    #[test]
    fn a_column_is_said_beside_a_dossier_of_the_same_line() {
        let files = ["a.json".to_owned(), "b.json".to_owned()];
        let said = |column, beside| Seen { file: 1, line: 3, column }.beside(beside, &files);
        assert_eq!([said(40, (1, 3)), said(40, (1, 4)), said(40, (0, 3)), said(0, (1, 3))], ["b.json:3:40", "b.json:3", "b.json:3", "b.json:3"]);
    }

    #[test]
    fn a_student_is_read_once() {
        let mut students = Students::default();
        let mut register = |student, line| students.register(student, Seen { file: 2, line, column: 0 }).unwrap().map(|first| first.line);
        for (line, student) in (1..).zip(["r0745123", "r745123", "s0745123", "0745123", "745123", "x-1", "å", "12345678901234567890", ""]) {
            assert_eq!(register(student, line), None, "{student}");
        }
        for (student, first) in [("r0745123", 1), ("å", 7), ("12345678901234567890", 8), ("", 9), ("745123", 5)] {
            assert_eq!(register(student, 20), Some(first), "{student}");
            assert_eq!(register(student, first), Some(first), "two records may stand on one line");
        }
    }
}
