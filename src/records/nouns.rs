//! What people call a subject or an academic year in a sentence.

use crate::vocabulary::Subject;

/// `course unit`, `class group`: the word a sentence uses.
pub(crate) fn noun(subject: Subject) -> &'static str {
    match subject {
        Subject::Course => "course unit",
        Subject::ClassGroup => "class group",
        Subject::CreditCertificate => "credit certificate",
        Subject::AccountEntry => "account entry",
        Subject::RequestedCourse => "requested course",
        Subject::Student
        | Subject::Enrolment
        | Subject::Isp
        | Subject::Entry
        | Subject::Result
        | Subject::Status
        | Subject::Diploma
        | Subject::Exemption
        | Subject::Request
        | Subject::Decision
        | Subject::Measure
        | Subject::Programme
        | Subject::Phase
        | Subject::Unit
        | Subject::Subunit
        | Subject::Event => subject.word(),
    }
}

/// `2023-2024`
pub(crate) fn year_text(first: i32) -> String {
    format!("{first}-{}", first.saturating_add(1))
}
