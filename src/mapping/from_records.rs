//! The fields of records in JSON as headings: one sample for the record itself, and one for each of its lists.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::mapping::Sample;
use crate::vocabulary::{List, Subject};

/// The fields of some records, by what they are of.
pub(crate) fn fields(file: &str, records: &[&str]) -> Vec<Sample> {
    let mut found: BTreeMap<Subject, Fields> = BTreeMap::new();
    for record in records {
        if let Ok(Value::Object(record)) = serde_json::from_str(record) {
            note(&mut found, Subject::Student, &record);
        }
    }
    let sample = |(subject, fields): (Subject, Fields)| Sample {
        file: file.to_owned(),
        table: subject.word().to_owned(),
        said: Some(subject),
        headings: fields.names,
        rows: fields.rows,
    };
    found.into_iter().map(sample).collect()
}

/// Names in the order in which they were seen, and the values of each object.
#[derive(Default)]
struct Fields {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn note(found: &mut BTreeMap<Subject, Fields>, subject: Subject, object: &Map<String, Value>) {
    let mut row: BTreeMap<usize, String> = BTreeMap::new();
    for (name, value) in object {
        if let Some(inner) = inside(subject, name) {
            let objects = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
            objects.iter().filter_map(Value::as_object).for_each(|object| note(found, inner, object));
            continue;
        }
        let names = &mut found.entry(subject).or_default().names;
        let index = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        let text = if value.is_null() { String::new() } else { value.as_str().map_or_else(|| value.to_string(), str::to_owned) };
        row.insert(index, text);
    }
    let fields = found.entry(subject).or_default();
    fields.rows.push((0..fields.names.len()).map(|index| row.remove(&index).unwrap_or_default()).collect());
}

/// What stands under a name in an object.
fn inside(subject: Subject, name: &str) -> Option<Subject> {
    let one = [(Subject::Enrolment, "isp", Subject::Isp), (Subject::Entry, "result", Subject::Result)];
    let single = one.iter().find(|(owner, known, _)| *owner == subject && *known == name).map(|(_, _, inner)| *inner);
    single.or_else(|| List::find(subject, name).map(List::element).filter(|element| element.owner() == Some(subject)))
}
