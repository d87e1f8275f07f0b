//! What a dossier and a catalogue look like, for those who make them: JSON Schema and SQL tables, made from the vocabulary, so that they say what the
//! readers accept.

mod json;
mod sql;
#[cfg(test)]
mod tests;

pub(crate) use json::{catalogue, dossier};
pub(crate) use sql::tables;

use crate::vocabulary::Subject;

/// Subjects that a dossier is made of, in the order of its objects.
const DOSSIER: [Subject; 13] = [
    Subject::Student,
    Subject::Enrolment,
    Subject::Isp,
    Subject::Entry,
    Subject::Result,
    Subject::Status,
    Subject::Diploma,
    Subject::Exemption,
    Subject::CreditCertificate,
    Subject::Request,
    Subject::Decision,
    Subject::Measure,
    Subject::AccountEntry,
];

/// Subjects that a catalogue is made of.
const CATALOGUE: [Subject; 7] =
    [Subject::Programme, Subject::Phase, Subject::Unit, Subject::Course, Subject::Subunit, Subject::Event, Subject::ClassGroup];
