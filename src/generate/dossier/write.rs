//! A dossier as one line of JSON, in the order of fields that the record's design shows.

use std::io::Write as _;

use chrono::{Datelike as _, Offset as _, TimeZone as _};
use chrono_tz::Tz;

use crate::generate::dossier::{Datum, Row};
use crate::generate::institution::Setting;
use crate::records::Catalogue;
use crate::vocabulary::{Cell, Field, SCALE, Subject, dates};

/// What the writing of dossiers needs to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer<'c> {
    catalogue: &'c Catalogue,
    time_zone: Tz,
}

/// Rows that stand in a row: their name there, and whether there is one or a list of them.
type Inner = (Subject, &'static str, Form);

fn inner(subject: Subject) -> &'static [Inner] {
    const STUDENT: &[Inner] = &[
        (Subject::Status, "statuses", Form::List),
        (Subject::Diploma, "diplomas", Form::GivenList),
        (Subject::Enrolment, "enrolments", Form::List),
        (Subject::Exemption, "exemptions", Form::List),
        (Subject::CreditCertificate, "credit_certificates", Form::GivenList),
        (Subject::Request, "requests", Form::List),
        (Subject::Decision, "decisions", Form::List),
        (Subject::Measure, "measures", Form::List),
        (Subject::AccountEntry, "learning_account", Form::GivenList),
    ];
    const OWNERS: &[(Subject, &[Inner])] = &[
        (Subject::Student, STUDENT),
        (Subject::Enrolment, &[(Subject::Isp, "isp", Form::One)]),
        (Subject::Isp, &[(Subject::Entry, "entries", Form::List)]),
        (Subject::Entry, &[(Subject::Result, "result", Form::One)]),
    ];
    OWNERS.iter().find(|(owner, _)| *owner == subject).map_or(&[], |(_, inner)| inner)
}

/// How rows stand in their owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    One,
    /// Left out where it is empty.
    List,
    /// Written where it is empty too: left out, it would be unknown.
    GivenList,
}

impl<'c> Writer<'c> {
    pub(crate) fn new(setting: Setting<'c>) -> Self {
        Self { catalogue: setting.catalogue, time_zone: setting.time_zone() }
    }

    /// The dossier and its newline.
    pub(crate) fn line(self, dossier: &Row, out: &mut Vec<u8>) {
        self.row(dossier, out);
        out.push(b'\n');
    }

    fn row(self, row: &Row, out: &mut Vec<u8>) {
        out.push(b'{');
        let start = out.len();
        for (field, value) in &row.cells {
            key(name(*field, value), (start, out));
            self.value(value, out);
        }
        for (subject, name, form) in inner(row.subject) {
            let mut rows = row.rows_of(*subject).peekable();
            match form {
                Form::One => {
                    if let Some(only) = rows.next() {
                        key(name, (start, out));
                        self.row(only, out);
                    }
                }
                Form::List | Form::GivenList => {
                    if rows.peek().is_some() || *form == Form::GivenList {
                        key(name, (start, out));
                        self.list(rows, out);
                    }
                }
            }
        }
        out.push(b'}');
    }

    fn list<'r>(self, rows: impl Iterator<Item = &'r Row>, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, row) in rows.enumerate() {
            if index > 0 {
                out.push(b',');
            }
            self.row(row, out);
        }
        out.push(b']');
    }

    fn value(self, value: &Datum, out: &mut Vec<u8>) {
        match value {
            Datum::Boolean(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
            Datum::Number(number) => self::number(*number, out),
            Datum::Day(day) => quoted(out, |out| self::day(*day, out)),
            Datum::Instant(day, minute) => quoted(out, |out| self.instant((*day, *minute), out)),
            Datum::Year(year) => append(out, format_args!("\"{year:04}-{:04}\"", year + 1)),
            Datum::Semester(number) => append(out, format_args!("{number}")),
            Datum::Text(text) => self::text(text, out),
            Datum::Word(enumeration, index) => text(enumeration.value(*index).unwrap_or(""), out),
            Datum::Code(subject, code) => text(self.catalogue.codes(*subject).name(*code).unwrap_or(""), out),
        }
    }

    /// Local time with its offset on that day: `2023-10-02T14:20:00+02:00`
    fn instant(self, (day, minute): (i32, u16), out: &mut Vec<u8>) {
        self::day(day, out);
        append(out, format_args!("T{:02}:{:02}:00", minute / 60, minute % 60));
        let local = dates::date_of_cell(day).and_then(|date| date.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0));
        let offset = local.and_then(|local| self.time_zone.from_local_datetime(&local).earliest());
        let seconds = offset.map_or(0, |moment| moment.offset().fix().local_minus_utc());
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        append(out, format_args!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    }
}

/// The name under which a value is written: a moment stands under its field's other name.
fn name(field: Field, value: &Datum) -> &'static str {
    let definition = field.definition();
    if matches!(value, Datum::Instant(..)) { definition.alias.unwrap_or(definition.name) } else { definition.name }
}

fn key(name: &str, (start, out): (usize, &mut Vec<u8>)) {
    if out.len() > start {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn append(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = out.write_fmt(text);
}

fn quoted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

fn text(text: &str, out: &mut Vec<u8>) {
    let plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if plain {
        quoted(out, |out| out.extend_from_slice(text.as_bytes()));
    } else {
        out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
    }
}

fn day(cell: i32, out: &mut Vec<u8>) {
    let date = dates::date_of_cell(cell).unwrap_or_default();
    let (year, month, day) = (date.year(), date.month(), date.day());
    append(out, format_args!("{year:04}-{month:02}-{day:02}"));
}

/// Thousandths as a decimal without idle zeros: `6`, `4.5`
fn number(number: Cell, out: &mut Vec<u8>) {
    let (whole, thousandths) = (number.unsigned_abs() / SCALE.unsigned_abs(), number.unsigned_abs() % SCALE.unsigned_abs());
    if number < 0 {
        out.push(b'-');
    }
    append(out, format_args!("{whole}"));
    if thousandths > 0 {
        let decimals = format!("{thousandths:03}");
        append(out, format_args!(".{}", decimals.trim_end_matches('0')));
    }
}
