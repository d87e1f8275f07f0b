//! JSON Schema of a dossier and of a catalogue.

use serde_json::{Map, Value, json};

use crate::report::schema::{CATALOGUE, DOSSIER};
use crate::vocabulary::fields::fields_of;
use crate::vocabulary::{FieldKind, Subject};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The largest number that is read.
const LARGEST: i64 = 2_147_483;

/// The schema of one student's dossier: one line of a file of JSON Lines.
pub(crate) fn dossier() -> Value {
    let lists = [
        ("statuses", Subject::Status),
        ("diplomas", Subject::Diploma),
        ("enrolments", Subject::Enrolment),
        ("exemptions", Subject::Exemption),
        ("credit_certificates", Subject::CreditCertificate),
        ("requests", Subject::Request),
        ("decisions", Subject::Decision),
        ("measures", Subject::Measure),
        ("learning_account", Subject::AccountEntry),
    ];
    let mut schema = object(Subject::Student, &["student"]);
    for (name, subject) in lists {
        add(&mut schema, name, list_of(reference(subject)));
    }
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!("A student's dossier");
    schema["$defs"] = definitions(&DOSSIER[1..]);
    schema
}

/// The schema of a catalogue: one document, or a list with one for each academic year.
pub(crate) fn catalogue() -> Value {
    let lists = [("programmes", Subject::Programme), ("courses", Subject::Course), ("class_groups", Subject::ClassGroup), ("events", Subject::Event)];
    let mut properties = Map::new();
    let mut year = kind(FieldKind::AcademicYear);
    year["type"] = json!("string");
    properties.insert("academic_year".to_owned(), described(year, "the year that the document describes"));
    for (name, subject) in lists {
        properties.insert(name.to_owned(), list_of(reference(subject)));
    }
    properties.insert("edges".to_owned(), list_of(edge()));
    properties.insert("model_itineraries".to_owned(), json!({}));
    let document = json!({ "type": "object", "required": ["academic_year"], "properties": properties });
    let mut definitions = definitions(&CATALOGUE);
    definitions["document"] = document;
    let one = json!({ "$ref": "#/$defs/document" });
    json!({
        "$schema": DIALECT,
        "title": "The catalogue of one or more academic years",
        "oneOf": [one, { "type": "array", "minItems": 1, "items": one }],
        "$defs": definitions,
    })
}

fn definitions(subjects: &[Subject]) -> Value {
    Value::Object(subjects.iter().map(|subject| (subject.word().to_owned(), definition(*subject))).collect())
}

/// The object of a subject with what stands in it.
fn definition(subject: Subject) -> Value {
    let required: &[&str] = if subject == Subject::Enrolment {
        &["academic_year"]
    } else if matches!(subject, Subject::Programme | Subject::Course | Subject::ClassGroup) {
        &["code"]
    } else if subject == Subject::Event {
        &["id"]
    } else {
        &[]
    };
    let mut schema = object(subject, required);
    for (_, name, inner) in INNER.iter().filter(|(owner, ..)| *owner == subject) {
        let inner = match inner {
            Inner::One(subject) => json!({ "anyOf": [reference(*subject), { "type": "null" }] }),
            Inner::Many(subject) => list_of(reference(*subject)),
            Inner::Codes(what) => described(list_of(json!({ "type": "string" })), what),
            Inner::CodesOrNull(what) => described(list_of(kind(FieldKind::Text)), what),
            Inner::CodeOrCodes(what) => described(json!({ "type": ["string", "array", "null"], "items": { "type": "string" } }), what),
        };
        add(&mut schema, name, inner);
    }
    schema
}

/// What stands in an object beside its fields.
enum Inner {
    One(Subject),
    Many(Subject),
    /// Codes, and of what; one that is null is not known.
    CodesOrNull(&'static str),
    /// Codes, and of what.
    Codes(&'static str),
    /// One code, or a list of them.
    CodeOrCodes(&'static str),
}

const INNER: [(Subject, &str, Inner); 9] = [
    (Subject::Enrolment, "isp", Inner::One(Subject::Isp)),
    (Subject::Isp, "entries", Inner::Many(Subject::Entry)),
    (Subject::Isp, "requested_courses", Inner::CodesOrNull("codes of the units asked for")),
    (Subject::Entry, "result", Inner::One(Subject::Result)),
    (Subject::Programme, "phases", Inner::Many(Subject::Phase)),
    (Subject::Programme, "units", Inner::Many(Subject::Unit)),
    (Subject::Course, "subunits", Inner::Many(Subject::Subunit)),
    (Subject::Course, "identical_to", Inner::CodeOrCodes("the unit that counts as the same, or several")),
    (Subject::Event, "class_groups", Inner::Codes("codes of the groups that it serves")),
];

/// The fields of a subject, without the lists that stand in it.
fn object(subject: Subject, required: &[&str]) -> Value {
    let mut properties = Map::new();
    for field in fields_of(subject).iter().filter(|field| !is_of_document(subject, field.name)) {
        let mut held = kind(field.kind);
        if required.contains(&field.name) {
            held["type"] = json!("string");
        }
        if field.name == "credits" && subject == Subject::AccountEntry {
            held["minimum"] = json!(-LARGEST);
        }
        properties.insert(field.name.to_owned(), described(held, field.doc));
        if let Some(alias) = field.alias {
            let instant = json!({ "type": ["string", "null"], "format": "date-time" });
            properties.insert(alias.to_owned(), described(instant, "the same as an instant; its day is that of the regulation's time zone"));
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// Whether the document says it once for all of its rows.
fn is_of_document(subject: Subject, field: &str) -> bool {
    matches!(subject, Subject::Programme | Subject::Course) && field == "academic_year"
}

fn add(schema: &mut Value, name: &str, value: Value) {
    schema["properties"][name] = value;
}

/// A list; null counts as left out.
fn list_of(items: Value) -> Value {
    let mut schema = json!({ "type": ["array", "null"] });
    schema["items"] = items;
    schema
}

fn reference(subject: Subject) -> Value {
    json!({ "$ref": format!("#/$defs/{}", subject.word()) })
}

fn described(mut schema: Value, doc: &str) -> Value {
    schema["description"] = json!(doc);
    schema
}

/// What a field may hold; null is unknown, or an event that has not happened.
fn kind(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Boolean => json!({ "type": ["boolean", "null"] }),
        FieldKind::Integer | FieldKind::Semester => json!({ "type": ["integer", "null"], "minimum": 0, "maximum": LARGEST }),
        FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => {
            json!({ "type": ["number", "null"], "minimum": 0, "maximum": LARGEST, "multipleOf": 0.001 })
        }
        FieldKind::Day | FieldKind::EventDay => json!({ "type": ["string", "null"], "format": "date" }),
        FieldKind::AcademicYear => json!({ "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{4}$" }),
        FieldKind::Text | FieldKind::Reference(_) => json!({ "type": ["string", "null"] }),
        FieldKind::Enumeration(enumeration) => {
            let words = enumeration.values().iter().map(|word| json!(word)).chain([Value::Null]);
            json!({ "enum": words.collect::<Vec<_>>() })
        }
    }
}

fn edge() -> Value {
    let text = || json!({ "type": ["string", "null"] });
    json!({
        "type": "object",
        "required": ["course", "kind", "expression"],
        "properties": {
            "course": text(), "kind": text(), "expression": text(), "programme": text(), "source": text(),
            "advisory": { "type": ["boolean", "null"] },
        },
    })
}
