//! The tables of dossiers as SQL: one a list, joined on the student and on the keys of the enrolment, as the readers of tables join them.

use std::fmt::Write as _;

use crate::records::joined_on;
use crate::vocabulary::fields::fields_of;
use crate::vocabulary::{FieldKind, Subject, fields};

/// A table, and the part of its rows that stands in them as an object of its own in JSON.
type Table = (Subject, Option<Subject>);

const TABLES: [Table; 13] = [
    (Subject::Student, None),
    (Subject::Enrolment, None),
    (Subject::Isp, None),
    (Subject::RequestedCourse, None),
    (Subject::Entry, Some(Subject::Result)),
    (Subject::Status, None),
    (Subject::Diploma, None),
    (Subject::Exemption, None),
    (Subject::CreditCertificate, None),
    (Subject::Request, None),
    (Subject::Decision, None),
    (Subject::Measure, None),
    (Subject::AccountEntry, None),
];

/// `CREATE TABLE` for every list, owners first.
pub(crate) fn tables() -> String {
    let mut text = String::from(
        "-- A missing value is NULL and means unknown; a missing event day means that it has not happened.\n\
         -- Rows of one student are joined on \"student\", and those of one enrolment on its academic year and programme too. A table that is not needed may be\n\
         -- left out, and so may a column; more columns are not read. The catalogue is JSON: `ispect schema catalogue`.\n",
    );
    for of in TABLES {
        let _ = write!(text, "\n{}", table(of));
    }
    text
}

/// A column and what it holds.
type Column = (String, String);

fn table((subject, inner): Table) -> String {
    let mut columns = keys(subject);
    for part in std::iter::once(subject).chain(inner) {
        for field in fields_of(part) {
            let required = joined_on(subject).any(|key| key == field.name);
            let key = if subject == Subject::Student && required { " PRIMARY KEY" } else { "" };
            let needed = if subject == Subject::Enrolment && required { " NOT NULL" } else { "" };
            let column = format!("\"{}\" {}{key}{needed}{}", field.name, sql_type(field.kind), allowed(field.name, field.kind));
            columns.push((column, field.doc.to_owned()));
            if let Some(alias) = field.alias {
                columns.push((format!("\"{alias}\" TIMESTAMP WITH TIME ZONE"), format!("the same as an instant; give this or `{}`", field.name)));
            }
        }
    }
    let last = columns.len().saturating_sub(1);
    let mut text = format!("CREATE TABLE \"{}\" (\n", subject.word());
    for (index, (column, doc)) in columns.iter().enumerate() {
        let comma = if index == last { "" } else { "," };
        let _ = writeln!(text, "    {column}{comma} -- {doc}");
    }
    text.push_str(");\n");
    text
}

/// The columns that join a row to the one it stands in, where they are no fields of its own.
fn keys(subject: Subject) -> Vec<Column> {
    if subject == Subject::Student {
        return Vec::new();
    }
    let student = ("\"student\" TEXT NOT NULL REFERENCES \"student\"".to_owned(), "the student it is of".to_owned());
    let own = |name: &str| fields_of(subject).iter().any(|field| field.name == name);
    let of_enrolment = joined_on(subject).filter(|name| *name != "student" && !own(name));
    let mut keys: Vec<Column> = std::iter::once(student)
        .chain(of_enrolment.map(|name| (format!("\"{name}\" TEXT NOT NULL"), "of the enrolment it stands in".to_owned())))
        .collect();
    if keys.len() > 1 {
        let contract = format!("\"contract\" TEXT{}", allowed("contract", fields::enrolment::CONTRACT.kind()));
        keys.push((contract, "of that enrolment, needed where the student has several for the same programme".to_owned()));
    }
    keys
}

fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Boolean => "BOOLEAN",
        FieldKind::Integer | FieldKind::Semester => "INTEGER",
        FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => "DECIMAL(12, 3)",
        FieldKind::Day | FieldKind::EventDay => "DATE",
        FieldKind::AcademicYear | FieldKind::Text | FieldKind::Enumeration(_) | FieldKind::Reference(_) => "TEXT",
    }
}

/// The words that an enumeration allows.
fn allowed(column: &str, kind: FieldKind) -> String {
    let FieldKind::Enumeration(enumeration) = kind else { return String::new() };
    let words = enumeration.values().iter().map(|word| format!("'{word}'")).collect::<Vec<_>>();
    format!(" CHECK (\"{column}\" IN ({}))", words.join(", "))
}
