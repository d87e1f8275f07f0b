//! The order of every report as bytes: by student, check and subject; the catalogue comes last. Bytes can be compared when the finding itself is gone.

use crate::report::finding::{Finding, SubjectKey};

/// Bytes that compare as the findings that they stand for.
pub(crate) fn order(finding: &Finding) -> Vec<u8> {
    let mut key = Key(Vec::with_capacity(64));
    key.optional(finding.student.as_deref(), MISSING_LAST, Key::text);
    key.number(finding.check.0);
    key.subject(&finding.subject);
    key.0.push(finding.verdict as u8);
    // Two lines of a programme may demand something of the same unit: what is said tells them apart wherever they stand.
    key.text(finding.messages.first().map_or("", AsRef::as_ref));
    let place = finding.regulation;
    for number in [place.source.0, place.start, place.end] {
        key.number(number);
    }
    key.0
}

/// What stands before a value, and where there is none.
type Marks = [u8; 2];
const MISSING_LAST: Marks = [0, 1];
const MISSING_FIRST: Marks = [1, 0];

struct Key(Vec<u8>);

impl Key {
    fn subject(&mut self, subject: &SubjectKey) {
        // Flipping the first bit lets numbers below zero come first.
        self.optional(subject.academic_year, MISSING_FIRST, |key, year| key.number(year.cast_unsigned() ^ (1 << 31)));
        self.optional(subject.programme.as_deref(), MISSING_FIRST, Self::text);
        self.optional(subject.entry.as_deref(), MISSING_FIRST, Self::text);
        let priors = subject.prior.iter().map(|prior| Some(&**prior)).chain([None]);
        priors.for_each(|prior| self.optional(prior, MISSING_FIRST, Self::text));
        self.0.push(subject.kind as u8);
    }

    fn optional<T>(&mut self, value: Option<T>, [there, missing]: Marks, put: impl FnOnce(&mut Self, T)) {
        self.0.push(if value.is_some() { there } else { missing });
        if let Some(value) = value {
            put(self, value);
        }
    }

    /// A text and its end, which comes before any further letter.
    fn text(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0.push(byte);
            if byte == 0 {
                self.0.push(1);
            }
        }
        self.0.extend([0, 0]);
    }

    fn number(&mut self, number: u32) {
        self.0.extend(number.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, MISSING_FIRST, MISSING_LAST};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn of_text(text: Option<&str>, marks: super::Marks) -> Vec<u8> {
        let mut key = Key(Vec::new());
        key.optional(text, marks, Key::text);
        key.number(7);
        key.0
    }

    proptest! {
        #[test]
        fn compare_as_what_they_stand_for(left in proptest::option::of("[\0\u{1}a-bé]{0,3}"), right in proptest::option::of("[\0\u{1}a-bé]{0,3}")) {
            let bytes = |text: &Option<String>| of_text(text.as_deref(), MISSING_FIRST);
            prop_assert_eq!(bytes(&left).cmp(&bytes(&right)), left.cmp(&right));
            let bytes = |text: &Option<String>| of_text(text.as_deref(), MISSING_LAST);
            prop_assert_eq!(bytes(&left).cmp(&bytes(&right)), (left.is_none(), &left).cmp(&(right.is_none(), &right)));
        }
    }
}
