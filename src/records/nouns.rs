//! What people call a subject or an academic year in a sentence.

use crate::vocabulary::Subject;

/// Subjects that a sentence calls otherwise than a rule does.
const NOUNS: [(Subject, &str); 5] = [
    (Subject::Course, "course unit"),
    (Subject::ClassGroup, "class group"),
    (Subject::CreditCertificate, "credit certificate"),
    (Subject::AccountEntry, "account entry"),
    (Subject::RequestedCourse, "requested course"),
];

/// `course unit`, `class group`: the word a sentence uses.
pub(crate) fn noun(subject: Subject) -> &'static str {
    NOUNS.iter().find(|(named, _)| *named == subject).map_or(subject.word(), |(_, noun)| noun)
}

/// `2023-2024`
pub(crate) fn year_text(first: i32) -> String {
    format!("{first}-{}", first.saturating_add(1))
}
