//! `regorus interpreter|machine POLICY CATALOGUE STUDENTS THREADS OUT`: the twelve rules in Rego, a student an input, an engine a thread. `machine` is
//! its compiled form.

#[path = "../in_blocks.rs"]
mod in_blocks;

use std::fs::File;
use std::io::{BufWriter, Write as _};

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};
use serde_json::{Map, Value as Json, json};

const ENTRY: &str = "data.isp.v";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, policy, catalogue, students, threads, out] = arguments.as_slice() else {
        panic!("regorus interpreter|machine POLICY CATALOGUE STUDENTS THREADS OUT")
    };
    let data = data(catalogue).to_string();
    let mut engine = Engine::new();
    engine.add_policy("isp.rego".into(), std::fs::read_to_string(policy).unwrap()).unwrap();
    engine.add_data_json(&data).unwrap();
    let (students, threads) = (File::open(students).unwrap(), threads.parse().unwrap());
    let out = BufWriter::new(File::create(out).unwrap());
    if mode == "interpreter" {
        engine.eval_rule(ENTRY.into()).unwrap();
        in_blocks::run(
            students,
            out,
            threads,
            || engine.clone(),
            |engine, line, out| {
                let (student, input) = input(line);
                engine.set_input(input);
                write(&student, &engine.eval_rule(ENTRY.into()).unwrap(), out);
            },
        )
    } else {
        let entry: Rc<str> = ENTRY.into();
        let policy = engine.compile_with_entrypoint(&entry).unwrap();
        let program = Compiler::compile_from_policy(&policy, &[ENTRY]).unwrap();
        let data = Value::from_json_str(&data).unwrap();
        let start = || {
            let mut machine = RegoVM::new();
            machine.load_program(program.clone());
            machine.set_data(data.clone()).unwrap();
            machine
        };
        in_blocks::run(students, out, threads, start, |machine, line, out| {
            let (student, input) = input(line);
            machine.set_input(input);
            write(&student, &machine.execute().unwrap(), out);
        })
    }
    .unwrap();
}

fn input(line: &[u8]) -> (Value, Value) {
    let input = Value::from_json_str(std::str::from_utf8(line).unwrap()).unwrap();
    (input["student"].clone(), input)
}

fn write(student: &Value, violations: &Value, out: &mut Vec<u8>) {
    for violation in violations.as_set().unwrap().iter() {
        let violation = violation.as_array().unwrap();
        let text = |at: usize| violation[at].as_string().unwrap();
        writeln!(out, "{}\t{}\t{}", student.as_string().unwrap(), text(0), text(1)).unwrap();
    }
}

/// The catalogue as the maps that the author of a policy would load.
fn data(path: &str) -> Json {
    let documents: Vec<Json> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let document = documents.into_iter().max_by_key(|document| document["academic_year"].to_string()).unwrap();
    let list = |name: &str| document[name].as_array().unwrap().iter();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let mut courses: Map<String, Json> = list("courses")
        .map(|course| (text(&course["code"]), json!({"exam_contract": course["exam_contract"], "strict": [], "flexible": [], "simultaneous": []})))
        .collect();
    for edge in list("edges") {
        courses[&text(&edge["course"])][text(&edge["kind"])].as_array_mut().unwrap().push(edge["expression"].clone());
    }
    let groups: Map<String, Json> =
        list("class_groups").map(|group| (text(&group["code"]), json!({"programme": group["programme"], "phase": group["phase"]}))).collect();
    let served = |event: &Json| event["class_groups"].as_array().unwrap().iter().map(|group| (text(group), Json::Bool(true))).collect::<Map<_, _>>();
    let events: Map<String, Json> =
        list("events").map(|event| (text(&event["id"]), json!({"course": event["course"], "groups": served(event)}))).collect();
    let mut compulsory = Map::new();
    for programme in list("programmes") {
        let mut by_phase = Map::new();
        for unit in programme["units"].as_array().unwrap().iter().filter(|unit| unit["compulsory"] == true) {
            by_phase.entry(unit["phase"].to_string()).or_insert(json!([])).as_array_mut().unwrap().push(unit["course"].clone());
        }
        compulsory.insert(text(&programme["code"]), Json::Object(by_phase));
    }
    json!({"course": courses, "group": groups, "event": events, "compulsory": compulsory})
}
