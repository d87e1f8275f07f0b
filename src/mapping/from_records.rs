//! The fields of whole records as headings: one sample for the record itself, and one for each of its lists.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::mapping::{Form, Sample};
use crate::records::{StoredCell, TableSample, Truths};
use crate::vocabulary::{List, Subject};

/// The fields of some records written as JSON, by what they are of. Columns hold what they hold, but JSON is read by whoever knows what texts and numbers
/// of it may be.
pub(crate) fn fields<'r>(file: &str, form: Form, records: impl Iterator<Item = &'r str>) -> Vec<Sample> {
    let mut found: BTreeMap<Subject, Fields> = BTreeMap::new();
    for record in records {
        if let Ok(Value::Object(record)) = serde_json::from_str(record) {
            note(&mut found, (Subject::Student, form), &record);
        }
    }
    let sample = |(subject, fields): (Subject, Fields)| Sample {
        file: file.to_owned(),
        form,
        said: Some(subject),
        table: TableSample { table: subject.word().to_owned(), headings: fields.names, rows: fields.rows, truths: Truths::AsSuch },
    };
    found.into_iter().map(sample).collect()
}

/// Names in the order in which they were seen, and the values of each object.
#[derive(Default)]
struct Fields {
    names: Vec<String>,
    rows: Vec<Vec<StoredCell<'static>>>,
}

fn note(found: &mut BTreeMap<Subject, Fields>, (subject, form): (Subject, Form), object: &Map<String, Value>) {
    let mut row: BTreeMap<usize, StoredCell<'static>> = BTreeMap::new();
    for (name, value) in object {
        if let Some(inner) = inside(subject, name) {
            let objects = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
            objects.iter().filter_map(Value::as_object).for_each(|object| note(found, (inner, form), object));
            continue;
        }
        let names = &mut found.entry(subject).or_default().names;
        let index = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        row.insert(index, cell(value, form));
    }
    let fields = found.entry(subject).or_default();
    fields.rows.push((0..fields.names.len()).map(|index| row.remove(&index).unwrap_or(StoredCell::Nothing)).collect());
}

fn cell(value: &Value, form: Form) -> StoredCell<'static> {
    match value {
        Value::Null => StoredCell::Nothing,
        Value::Number(number) if form == Form::Nested => StoredCell::Number(number.to_string().into()),
        Value::Bool(truth) if form == Form::Nested => StoredCell::Boolean(*truth),
        Value::String(text) => StoredCell::Text(text.clone().into()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => StoredCell::Text(value.to_string().into()),
    }
}

/// What stands under a name in an object.
fn inside(subject: Subject, name: &str) -> Option<Subject> {
    let one = [(Subject::Enrolment, "isp", Subject::Isp), (Subject::Entry, "result", Subject::Result)];
    let single = one.iter().find(|(owner, known, _)| *owner == subject && *known == name).map(|(_, _, inner)| *inner);
    single.or_else(|| List::find(subject, name).map(List::element).filter(|element| element.owner() == Some(subject)))
}
