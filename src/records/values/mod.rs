//! A value of a record becomes a cell here, once, at the border: numbers in thousandths, days in the regulation's time zone, words by index. Every
//! format that is read uses these, so that a value means the same in all of them; finding the value in its text is left to the `from_…` folders.

mod days;
mod numbers;
mod problems;
mod words;

pub(crate) use days::{Clock, day, instant};
pub(crate) use numbers::{NumberText, number_cell, plain_number_cell, small_number_cell};
pub(crate) use problems::{A_LIST, A_RECORD, AN_OBJECT, Found, ValueProblem};
pub(crate) use words::{academic_year, enumeration_word, packed_word, text_for_number};

use crate::vocabulary::{Field, FieldKind, Subject};

/// What a field's value looks like, for a reader who got it wrong.
pub(crate) fn expected(field: Field) -> &'static str {
    match field.kind() {
        FieldKind::Boolean => "`true` or `false`",
        FieldKind::Integer => "a whole number",
        FieldKind::Decimal => "a number",
        FieldKind::Credits => "a number of credits",
        FieldKind::Score => "a mark as a number",
        FieldKind::Day | FieldKind::EventDay => "a day such as \"2023-10-15\"",
        FieldKind::AcademicYear => "an academic year such as \"2023-2024\"",
        FieldKind::Semester => "the number of a semester",
        FieldKind::Text => "a text",
        FieldKind::Enumeration(_) => "a word of its list",
        FieldKind::Reference(subject) => expected_code(subject),
    }
}

/// What a code of the catalogue looks like.
pub(crate) fn expected_code(subject: Subject) -> &'static str {
    const CODES: [(Subject, &str); 3] =
        [(Subject::Programme, "the code of a programme"), (Subject::Event, "the id of an event"), (Subject::ClassGroup, "the code of a class group")];
    CODES.iter().find(|(of, _)| *of == subject).map_or("the code of a course unit", |(_, expected)| expected)
}
