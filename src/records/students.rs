//! Which students have been read, exactly and in little room: a number such as `r0745123` is kept as an integer.

use rustc_hash::FxHashMap;

use crate::records::problems::RecordProblem;
use crate::records::set_aside::SetAsideText;
use crate::records::{Batch, Catalogue, Kept, Origin, Placed, SetAside, json_place};
use crate::vocabulary::{Subject, fields};

/// A dossier that is not the student's first: its row in the batch, and what is said of it.
pub(crate) type Second = (u32, SetAside);

/// Where a dossier was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) file: u32,
    pub(crate) line: u32,
}

/// The students read so far, each with the place of the first dossier.
#[derive(Debug, Clone, Default)]
pub(crate) struct Students {
    /// Numbers that are a prefix and some digits: `r` and `0745123`.
    numbered: FxHashMap<u64, Seen>,
    prefixes: Vec<Box<str>>,
    others: FxHashMap<Box<str>, Seen>,
}

const MOST_DIGITS: usize = 15;
const MOST_PREFIXES: usize = 256;

impl Students {
    /// Note a student; the place of the earlier dossier where there is one, which stays the student's.
    pub(crate) fn register(&mut self, student: &str, place: Seen) -> Option<Seen> {
        if let Some(packed) = self.packed(student) {
            let first = *self.numbered.entry(packed).or_insert(place);
            return (first != place).then_some(first);
        }
        if let Some(first) = self.others.get(student) {
            return Some(*first);
        }
        self.others.insert(student.into(), place);
        None
    }

    /// Note the students of a batch, and tell which of its dossiers are not their first. Batches come in the order of their blocks.
    pub(crate) fn register_batch(&mut self, batch: &Batch, catalogue: &Catalogue, file_names: &[String]) -> Vec<Second> {
        let mut seconds = Vec::new();
        for (row, origin) in (0..).zip(&batch.origins) {
            let student = batch.text_of(catalogue, batch.cell(fields::student::STUDENT, row)).unwrap_or("");
            let Some(first) = self.register(student, Seen { file: origin.file, line: origin.line }) else { continue };
            let name = file_names.get(first.file as usize).map_or("", String::as_str);
            seconds.push((row, second(batch, (row, origin), (student, format!("{name}:{}", first.line)))));
        }
        seconds
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
    let before = text.get(..at.start).map_or(0, |before| before.chars().count());
    let column = if batch.written.is_some() { 1 } else { before + 1 };
    let set_aside = SetAside {
        file: origin.file,
        line: origin.line,
        column: u32::try_from(column).unwrap_or(u32::MAX),
        path: "/student".to_owned(),
        student: Some(student.to_owned()),
        problem: RecordProblem::DuplicateStudent { student: student.to_owned(), first },
        excerpt: Some(match &batch.written {
            Some(_) => SetAsideText::of_row(&text, (origin.line, "/student"), &at),
            None => SetAsideText { text: text.as_ref().into(), first_line: origin.line, at, place: None },
        }),
        record: Kept::record(text.as_bytes()),
    };
    match &batch.rows {
        Some(rows) => rows.moved(&batch.text, (origin.start, set_aside)),
        None => set_aside,
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, Students};

    #[test]
    fn a_student_is_read_once() {
        let mut students = Students::default();
        let at = |line| Seen { file: 0, line };
        for (line, student) in (1..).zip(["r0745123", "r745123", "s0745123", "0745123", "745123", "x-1", "å", "12345678901234567890", ""]) {
            assert_eq!(students.register(student, at(line)), None, "{student}");
        }
        assert_eq!(students.register("r0745123", at(20)), Some(at(1)));
        assert_eq!(students.register("å", at(21)), Some(at(7)));
        assert_eq!(students.register("", at(22)), Some(at(9)));
    }
}
