//! The order of every report as bytes: by student, check and subject; the catalogue comes last. Bytes can be compared when the finding itself is gone.

use crate::report::finding::{Finding, SubjectKey};
use crate::rulebook::CheckId;
use crate::verdicts::VerdictKind;

/// Add bytes that compare as the findings that they stand for.
pub(crate) fn order(finding: &Finding<'_>, bytes: &mut Vec<u8>) {
    beginning((finding.student.as_deref(), finding.check), (&finding.subject, finding.verdict), bytes);
    let mut key = Key(bytes);
    // Two lines of a programme may demand something of the same unit: what is said tells them apart wherever they stand.
    key.text(finding.messages.first().map_or("", AsRef::as_ref));
    let place = finding.regulation;
    for number in [place.source.0, place.start, place.end] {
        key.number(number);
    }
}

/// The first of these bytes, which can be told before anything is said.
pub(super) fn beginning((student, check): (Option<&str>, CheckId), (subject, verdict): (&SubjectKey<'_>, VerdictKind), bytes: &mut Vec<u8>) {
    let mut key = Key(bytes);
    key.optional(student, MISSING_LAST, Key::text);
    key.number(check.0);
    key.subject(subject);
    key.0.push(verdict as u8);
}

/// What stands before a value, and where there is none.
type Marks = [u8; 2];
const MISSING_LAST: Marks = [0, 1];
const MISSING_FIRST: Marks = [1, 0];

struct Key<'o>(&'o mut Vec<u8>);

impl Key<'_> {
    fn subject(&mut self, subject: &SubjectKey<'_>) {
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
        if text.as_bytes().contains(&0) {
            self.0.extend(text.bytes().flat_map(|byte| std::iter::once(byte).chain((byte == 0).then_some(1))));
        } else {
            self.0.extend_from_slice(text.as_bytes());
        }
        self.0.extend_from_slice(&[0, 0]);
    }

    fn number(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, MISSING_FIRST, MISSING_LAST};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn of_text(text: Option<&str>, marks: super::Marks) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut key = Key(&mut bytes);
        key.optional(text, marks, Key::text);
        key.number(7);
        bytes
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
