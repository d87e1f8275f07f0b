//! The tables of dossiers and catalogue as SQL: one a subject, joined on ids.

use std::fmt::Write as _;

use crate::report::schema::{CATALOGUE, DOSSIER};
use crate::vocabulary::fields::fields_of;
use crate::vocabulary::{FieldKind, Subject};

/// `CREATE TABLE` for every subject, owners first.
pub(crate) fn tables() -> String {
    let mut text = String::from("-- A missing value is NULL and means unknown; a missing event day means that it has not happened.\n");
    for subject in DOSSIER.into_iter().chain(CATALOGUE) {
        let _ = write!(text, "\n{}", table(subject));
    }
    text
}

fn table(subject: Subject) -> String {
    let mut columns = keys(subject);
    for field in fields_of(subject) {
        let unique = subject == Subject::Student && field.name == "student";
        let key = if unique { " PRIMARY KEY" } else { "" };
        columns.push((format!("\"{}\" {}{key}{}", field.name, sql_type(field.kind), allowed(field.name, field.kind)), field.doc.to_owned()));
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

/// The columns that join a row to the one it stands in.
fn keys(subject: Subject) -> Vec<(String, String)> {
    let id = (format!("\"{}_id\" INTEGER PRIMARY KEY", subject.word()), "the row".to_owned());
    let owned = subject.owner().map(|owner| {
        let (column, table, kind) = if owner == Subject::Student { ("student", "student", "TEXT") } else { ("", owner.word(), "INTEGER") };
        let name = if column.is_empty() { format!("{table}_id") } else { column.to_owned() };
        (format!("\"{name}\" {kind} NOT NULL REFERENCES \"{table}\""), format!("the {table} it stands in"))
    });
    if subject == Subject::Student { Vec::new() } else { std::iter::once(id).chain(owned).collect() }
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
