//! A dossier as one line of JSON, in the order of fields that the record's design shows.

use chrono::Datelike as _;

use crate::generate::dossier::{Datum, Row};
use crate::generate::institution::Setting;
use crate::records::Catalogue;
use crate::vocabulary::{Cell, Field, SCALE, Subject, Zone, dates};

/// What the writing of dossiers needs to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer<'c> {
    catalogue: &'c Catalogue,
    time_zone: Zone,
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
            Datum::Year(year) => quoted(out, |out| {
                digits(*year, 4, out);
                out.push(b'-');
                digits(year + 1, 4, out);
            }),
            Datum::Semester(number) => digits(*number, 1, out),
            Datum::Text(text) => self::text(text, out),
            Datum::Word(enumeration, index) => text(enumeration.value(*index).unwrap_or(""), out),
            Datum::Code(subject, code) => text(self.catalogue.codes(*subject).name(*code).unwrap_or(""), out),
        }
    }

    /// Local time with its offset on that day: `2023-10-02T14:20:00+02:00`
    fn instant(self, (day, minute): (i32, u16), out: &mut Vec<u8>) {
        self::day(day, out);
        clock((b'T', i32::from(minute)), out);
        out.extend_from_slice(b":00");
        let local = dates::date_of_cell(day).and_then(|date| date.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0));
        let seconds = local.and_then(|local| self.time_zone.offset_when_showing(local)).unwrap_or(0);
        clock((if seconds < 0 { b'-' } else { b'+' }, seconds.abs() / 60), out);
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

/// A number with at least so many digits.
fn digits(number: i32, least: usize, out: &mut Vec<u8>) {
    let (start, mut rest) = (out.len(), number.unsigned_abs());
    while rest > 0 || out.len() < start + least {
        out.push(b'0' + u8::try_from(rest % 10).unwrap_or(0));
        rest /= 10;
    }
    out[start..].reverse();
}

/// Hours and minutes after a sign.
fn clock((sign, minutes): (u8, i32), out: &mut Vec<u8>) {
    out.push(sign);
    digits(minutes / 60, 2, out);
    out.push(b':');
    digits(minutes % 60, 2, out);
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
    digits(date.year(), 4, out);
    for part in [date.month(), date.day()] {
        out.push(b'-');
        digits(i32::try_from(part).unwrap_or(0), 2, out);
    }
}

/// Thousandths as a decimal without idle zeros: `6`, `4.5`
fn number(number: Cell, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    digits((number / SCALE).abs(), 1, out);
    let thousandths = (number % SCALE).abs();
    if thousandths > 0 {
        out.push(b'.');
        digits(thousandths, 3, out);
        let idle = out.iter().rev().take_while(|digit| **digit == b'0').count();
        out.truncate(out.len() - idle);
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, day, number};

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = b"0".to_vec();
        write(&mut out);
        String::from_utf8(out).unwrap().split_off(1)
    }

    #[test]
    fn numbers_and_days_stand_as_people_write_them() {
        let numbers = [0, 6_000, 4_500, -250, 10, -12_030, 140_000].map(|cell| written(|out| number(cell, out)));
        assert_eq!(numbers, ["0", "6", "4.5", "-0.25", "0.01", "-12.03", "140"]);
        assert_eq!([0, 19_645, -1].map(|cell| written(|out| day(cell, out))), ["1970-01-01", "2023-10-15", "1969-12-31"]);
        assert_eq!(written(|out| clock((b'T', 605), out)), "T10:05");
    }
}
