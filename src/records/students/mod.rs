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
}

impl Seen {
    fn packed(self) -> u64 {
        u64::from(self.file) << 32 | u64::from(self.line)
    }

    fn unpacked(place: u64) -> Self {
        let [file, line] = [place >> 32, place & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or(u32::MAX));
        Self { file, line }
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
            let Some(first) = self.register(student, Seen { file: origin.file, line: origin.line })? else { continue };
            let name = file_names.get(first.file as usize).map_or("", String::as_str);
            seconds.push((row, second(batch, (row, origin), (student, format!("{name}:{}", first.line)))));
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

fn second(batch: &Batch, (row, origin): (u32, &Origin), (student, first): (&str, String)) -> SetAside {
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
        problem: RecordProblem::DuplicateStudent { student: student.to_owned(), first },
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

    #[test]
    fn a_student_is_read_once() {
        let mut students = Students::default();
        let mut register = |student, line| students.register(student, Seen { file: 2, line }).unwrap().map(|first| first.line);
        for (line, student) in (1..).zip(["r0745123", "r745123", "s0745123", "0745123", "745123", "x-1", "å", "12345678901234567890", ""]) {
            assert_eq!(register(student, line), None, "{student}");
        }
        for (student, first) in [("r0745123", 1), ("å", 7), ("12345678901234567890", 8), ("", 9), ("745123", 5)] {
            assert_eq!(register(student, 20), Some(first), "{student}");
            assert_eq!(register(student, first), Some(first), "two records may stand on one line");
        }
    }
}
