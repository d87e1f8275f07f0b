//! The schemas and the readers hold together: a value at any place is allowed by the schema exactly where the reader accepts it.

use serde_json::{Value, json};

use crate::problems::{Problem, Problems};
use crate::records::{Batch, Block, Catalogue, DossierReader, Reading, names_for, names_of, read_catalogue, subject_of};
use crate::report::schema;
use crate::source::SourceId;
use crate::vocabulary::{Subject, Zone};

/// Whether a schema allows a value, as far as these schemas go.
fn allows(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return allows(root, &root["$defs"][name.trim_start_matches("#/$defs/")], value);
    }
    let any = |key: &str| schema.get(key).and_then(Value::as_array).is_none_or(|all| all.iter().any(|one| allows(root, one, value)));
    let typed = match &schema["type"] {
        Value::String(name) => is_of(name, value),
        Value::Array(names) => names.iter().any(|name| is_of(name.as_str().unwrap(), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    };
    let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|words| words.contains(value));
    let items = value.as_array().is_none_or(|items| schema.get("items").is_none_or(|each| items.iter().all(|item| allows(root, each, item))));
    let enough = schema.get("minItems").is_none() || value.as_array().is_none_or(|items| !items.is_empty());
    typed
        && listed
        && items
        && enough
        && any("anyOf")
        && any("oneOf")
        && in_range(schema, value)
        && formed(schema, value)
        && members(root, schema, value)
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => value.is_number(),
    }
}

fn in_range(schema: &Value, value: &Value) -> bool {
    let Some(number) = value.as_f64() else { return true };
    let thousandths = (number * 1000.0).fract() == 0.0 || schema.get("multipleOf").is_none();
    thousandths
        && schema.get("minimum").and_then(Value::as_f64).is_none_or(|least| number >= least)
        && schema.get("maximum").and_then(Value::as_f64).is_none_or(|most| number <= most)
}

fn formed(schema: &Value, value: &Value) -> bool {
    let Some(text) = value.as_str() else { return true };
    let year = schema.get("pattern").is_none() || text.len() == 9 && text.is_char_boundary(4) && text.as_bytes()[4] == b'-';
    year && match schema.get("format").and_then(Value::as_str) {
        Some("date") => text.parse::<chrono::NaiveDate>().is_ok(),
        Some("date-time") => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        _ => true,
    }
}

fn members(root: &Value, schema: &Value, value: &Value) -> bool {
    let Some(object) = value.as_object() else { return true };
    let required = schema.get("required").and_then(Value::as_array);
    let there = required.is_none_or(|names| names.iter().all(|name| object.contains_key(name.as_str().unwrap())));
    there && schema.get("properties").is_none_or(|known| object.iter().all(|(name, inner)| known.get(name).is_none_or(|of| allows(root, of, inner))))
}

/// A value that a schema allows, with all that may stand in it.
fn whole(root: &Value, schema: &Value, without: &[&str]) -> Value {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return whole(root, &root["$defs"][name.trim_start_matches("#/$defs/")], without);
    }
    if let Some(first) = schema.get("anyOf").or(schema.get("oneOf")).and_then(|any| any.get(0)) {
        return whole(root, first, without);
    }
    if let Some(words) = schema.get("enum") {
        return words[0].clone();
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        return Value::Object(
            properties
                .iter()
                .filter(|(name, _)| !without.contains(&name.as_str()))
                .map(|(name, of)| (name.clone(), whole(root, of, without)))
                .collect(),
        );
    }
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    match types.first().and_then(Value::as_str) {
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("array") => json!([whole(root, &schema["items"], without)]),
        Some("string") if schema.get("pattern").is_some() => json!("2021-2022"),
        Some("string") if schema["format"] == "date" => json!("2022-01-31"),
        Some("string") if schema["format"] == "date-time" => json!("2022-01-31T10:00:00+01:00"),
        Some("string") => json!("X"),
        _ => json!({}),
    }
}

/// What says the same as its neighbour.
const INSTANTS: [&str; 2] = ["submitted_at", "decided_at"];
const DAYS: [&str; 2] = ["submitted_on", "decided_on"];
/// What needs another of its kind, or the language of rules.
const OF_CATALOGUE: [&str; 2] = ["parent", "edges"];

/// The pointers to all places in a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), found)),
        Value::Object(members) => members.iter().for_each(|(name, inner)| places(inner, &format!("{at}/{name}"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The whole value with each of these at each place, where schema and reader do not agree.
fn disagreements(schema: &Value, whole: &Value, accepts: &dyn Fn(&Value) -> bool) -> Vec<String> {
    let values = [
        json!(null),
        json!(true),
        json!(3),
        json!(-1),
        json!(0.5),
        json!(0.0005),
        json!(1e9),
        json!("X"),
        json!("x y"),
        json!([]),
        json!([null]),
        json!({}),
    ];
    let mut pointers = Vec::new();
    places(whole, "", &mut pointers);
    let mut wrong = Vec::new();
    for pointer in &pointers {
        for value in &values {
            let mut changed = whole.clone();
            *changed.pointer_mut(pointer).unwrap() = value.clone();
            let (said, done) = (allows(schema, schema, &changed), accepts(&changed));
            if said != done {
                wrong.push(format!(
                    "{pointer} = {value}: the schema {}, the reader {}",
                    if said { "allows it" } else { "does not" },
                    if done { "accepts it" } else { "does not" }
                ));
            }
        }
    }
    wrong
}

#[test]
fn the_schema_of_a_dossier_is_what_is_read() {
    let catalogue = Catalogue::default();
    let reading = Reading::new(&catalogue, Zone::brussels(), 2023);
    let read = |record: &Value| {
        let mut batch = Batch::new(&catalogue);
        let read = DossierReader::new(&reading).read_block(Block::of_lines(record.to_string().into_bytes()), &mut batch);
        (read.set_aside, read.undeclared)
    };
    let schema = schema::dossier();
    for without in [INSTANTS, DAYS] {
        let whole = whole(&schema, &schema, &without);
        assert!(allows(&schema, &schema, &whole));
        let (set_aside, undeclared) = read(&whole);
        assert_eq!((set_aside, undeclared.fields().collect::<Vec<_>>()), (Vec::new(), Vec::new()));
        let wrong = disagreements(&schema, &whole, &|record| read(record).0.is_empty());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn the_schema_of_a_dossier_has_every_name_that_is_read() {
    let schema = schema::dossier();
    for subject in schema::DOSSIER {
        let object = if subject == Subject::Student { &schema } else { &schema["$defs"][subject.word()] };
        let without = names_of(subject).filter(|name| object["properties"].get(name).is_none());
        assert_eq!(without.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", subject.word());
    }
}

#[test]
fn the_schema_of_a_catalogue_is_what_is_read() {
    let read = |document: &Value| {
        let (text, mut problems) = (document.to_string(), Problems::default());
        read_catalogue(&[(SourceId(0), &text)], &mut problems);
        problems
    };
    let schema = schema::catalogue();
    let whole = whole(&schema, &schema, &OF_CATALOGUE);
    assert!(allows(&schema, &schema, &whole));
    let problems = read(&whole).sorted(|_| String::new());
    assert!(problems.is_empty(), "{}", problems.iter().map(|problem| problem.diagnostic.to_string()).collect::<Vec<_>>().join("\n"));
    // What a code names is beyond a schema.
    let about_forms = |problem: &Problem| problem.is_error() && problem.code() != "catalogue::unknown_code";
    let wrong = disagreements(&schema, &whole, &|document| !read(document).sorted(|_| String::new()).iter().any(about_forms));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tables_have_every_column_that_is_read() {
    let sql = schema::tables();
    let columns = |subject: Subject| {
        let begin = format!("CREATE TABLE \"{}\"", subject.word());
        sql.split(&begin).nth(1).and_then(|rest| rest.split(");").next()).unwrap_or_default()
    };
    for subject in Subject::ALL.into_iter().filter(|subject| subject_of(subject.word()).is_ok()) {
        // What an export says of the ISP in the table of enrolments is described as a table of its own.
        let beside = if subject == Subject::Enrolment { columns(Subject::Isp) } else { "" };
        let has = |name: &str| [columns(subject), beside].iter().any(|text| text.contains(&format!("    \"{name}\" ")));
        let without: Vec<_> = names_for(subject).filter(|name| !has(name)).collect();
        assert_eq!(without, Vec::<&str>::new(), "{}", subject.word());
    }
}
