//! Which students have been read, exactly and in little room: a number such as `r0745123` is kept as an integer.

use rustc_hash::FxHashMap;

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
