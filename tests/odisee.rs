//! A real catalogue: the programme tables of Odisee, campus Brussels, for 2026-2027 (facts only, see `tests/cases/odisee/README.md`), turned into the
//! catalogue of this engine. What its arrows name and nothing defines is said, and a cohort over it has exactly the findings that were planted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Map, Value, json};

use crate::generate::findings;
use crate::worlds::{World, assert_shown, root};

/// The years for which the tables are taken to hold: students of a later phase began earlier.
const YEARS: [&str; 3] = ["2024-2025", "2025-2026", "2026-2027"];

const RULES: [&str; 7] =
    ["regulation", "definitions", "isp-registration", "size-and-efficiency", "contracts-and-statuses", "sequentiality", "tolerance"];

#[test]
fn dangling_arrows_are_said() {
    let world = college();
    let linted = world.run(&["lint", "--format", "concise"]);
    let tables = tables();
    let unresolved = unresolved(&tables);
    assert_eq!(unresolved.values().sum::<usize>(), 161, "arrows that name what no table has");
    for text in unresolved.keys() {
        assert!(linted.stderr.contains(&format!("`{text}`")) || linted.stdout.contains(&format!("`{text}`")), "nothing is said of {text}");
    }
    let said = linted.stdout + &linted.stderr;
    let dangling: Vec<&str> = said.lines().filter(|line| line.contains("edges::dangling")).collect();
    assert!(dangling.len() >= 161, "{}", dangling.len());
    assert_shown("odisee", "dangling_arrows", &(dangling[..8].join("\n") + "\n"));
}

#[test]
fn what_is_planted_over_it_is_found() {
    let world = college();
    let generated = world.run(&[
        "generate",
        "--students",
        "150",
        "--seed",
        "4",
        "--violations",
        "20",
        "--output",
        "students.jsonl",
        "--expected",
        "expected.jsonl",
    ]);
    assert_eq!(generated.code, 0, "{}", generated.stderr);
    let told: Vec<&str> = generated.stderr.lines().filter(|line| line.starts_with("could not plant") || line.starts_with("never alone")).collect();
    assert_shown("odisee", "not_planted", &(told.join("\n") + "\n"));
    let checked = world.run(&["check", "students.jsonl", "--format", "jsonl"]);
    let found = findings(&checked.stdout);
    let expected = findings(&world.read("expected.jsonl"));
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
}

fn tables() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("tests/cases/odisee/programme-tables.json")).unwrap()).unwrap()
}

/// What arrows name and no table has, and how many arrows do.
fn unresolved(tables: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for edge in list(tables, "edges") {
        let mut waiting = vec![&edge["expression"]];
        while let Some(term) = waiting.pop() {
            if let Some(text) = term["unresolved"].as_str() {
                *found.entry(text.to_owned()).or_default() += 1;
            }
            waiting.extend(["all", "any"].into_iter().flat_map(|key| list(term, key)));
        }
    }
    found
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A project of the college's own: its tables, and the rules of a university college without what is another catalogue's.
fn college() -> World {
    let world = World::empty();
    let folder = root().join("regulations/university-college");
    for name in RULES {
        let text = fs::read_to_string(folder.join(format!("{name}.regs"))).unwrap();
        let rules = text.split("\nbackground {").next().unwrap();
        world.write(&format!("regulations/{name}.regs"), rules);
    }
    world.write("regulations/calendars.regs", fs::read_to_string(root().join("tests/cases/odisee/calendars.regs")).unwrap());
    let tables = tables();
    let documents: Vec<Value> = YEARS.iter().map(|year| document(&tables, year)).collect();
    world.write("catalogue.json", Value::Array(documents).to_string());
    world.write("ispect.toml", "[records]\ncatalogue = \"catalogue.json\"\n[check]\nacademic_year = \"2026-2027\"\nas_of = \"2027-09-12\"\n");
    world
}

/// The tables as the catalogue of one year. Class groups and events are not in the tables: each phase is one group with one event a course unit.
fn document(tables: &Value, year: &str) -> Value {
    let programmes: Vec<Value> = list(tables, "programmes").iter().map(programme).collect();
    let courses: Vec<Value> = list(tables, "courses").iter().map(course).collect();
    let (groups, events) = groups_and_events(tables);
    let edges: Vec<Value> = if year == YEARS[2] { list(tables, "edges").iter().map(edge).collect() } else { Vec::new() };
    json!({"academic_year": year, "programmes": programmes, "courses": courses, "class_groups": groups, "events": events, "edges": edges})
}

fn programme(table: &Value) -> Value {
    let kind = match table["type"].as_str().unwrap() {
        "graduaat" | "educatief graduaat" => "graduate",
        "micro-credential" => "continuing",
        "bachelor-na-bachelor" => "postgraduate",
        _ => "bachelor_professional",
    };
    let phases: Vec<Value> = list(table, "phases").iter().map(|phase| json!({"number": phase["phase"], "credits": phase["credits"]})).collect();
    let of_phases: i64 = list(table, "phases").iter().filter_map(|phase| phase["credits"].as_i64()).sum();
    let mut seen = BTreeSet::new();
    let units = list(table, "units").iter().filter(|unit| seen.insert((unit["course"].to_string(), unit["option"].to_string())));
    let units: Vec<Value> = units.map(unit).collect();
    let credits = table["credits"].as_i64().unwrap_or(of_phases);
    json!({"code": table["code"], "name": table["name"], "type": kind, "credits": credits, "phases": phases, "units": units})
}

fn unit(table: &Value) -> Value {
    let mut unit = Map::new();
    for (key, value) in [("course", &table["course"]), ("phase", &table["phase"]), ("compulsory", &table["compulsory"]), ("option", &table["option"])]
    {
        unit.insert(key.to_owned(), value.clone());
    }
    if table["semester"] == "year" {
        unit.insert("starts".to_owned(), json!(1));
    }
    Value::Object(unit)
}

fn course(table: &Value) -> Value {
    let subunits: Vec<Value> =
        list(table, "learning_activities").iter().map(|part| json!({"name": part["name"], "credits": part["credits"]})).collect();
    let mut course = Map::new();
    for key in ["code", "name", "credits", "tolerable", "exam_contract", "credit_contract"] {
        course.insert(key.to_owned(), table[key].clone());
    }
    course.insert("subunits".to_owned(), Value::Array(subunits));
    Value::Object(course)
}

fn groups_and_events(tables: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut groups, mut events) = (BTreeMap::new(), BTreeMap::new());
    for programme in list(tables, "programmes") {
        let code = programme["code"].as_str().unwrap();
        for unit in list(programme, "units") {
            let phase = unit["phase"].as_i64().unwrap_or(1);
            let (group, course) = (format!("{phase}{code}"), unit["course"].as_str().unwrap());
            groups.entry(group.clone()).or_insert_with(|| json!({"code": group, "programme": code, "phase": phase}));
            events
                .entry(course)
                .or_insert_with(|| json!({"id": format!("{course}/1"), "course": course, "class_groups": [group], "allocation": "class_group"}));
        }
    }
    (groups.into_values().collect(), events.into_values().collect())
}

/// An arrow as this catalogue writes it: codes, and in quotes what the table could not resolve.
fn edge(arrow: &Value) -> Value {
    json!({
        "course": arrow["course"], "programme": arrow["programme"], "kind": arrow["kind"],
        "expression": expression(&arrow["expression"]), "source": arrow["raw"],
    })
}

fn expression(term: &Value) -> String {
    let joined = |key: &str, word: &str| list(term, key).iter().map(expression).collect::<Vec<_>>().join(word);
    if let Some(course) = term["course"].as_str() {
        course.to_owned()
    } else if let Some(phase) = term["all_of_phase"].as_i64() {
        format!("all of phase {phase}")
    } else if let Some(text) = term["unresolved"].as_str() {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else if term["all"].is_array() {
        joined("all", " and ")
    } else {
        joined("any", " or ")
    }
}
