//! Dossiers that stand in a JSON list: the same findings as in JSON Lines, each with the place that its value has in the file.

use crate::worlds::{World, assert_shown, copy, root, run_in};

/// The forms of a list: on one line, a record a line, and each value on a line of its own.
fn forms(lines: &str) -> [(&'static str, String); 3] {
    let lines: Vec<&str> = lines.lines().filter(|line| !line.trim().is_empty()).collect();
    let values: Vec<serde_json::Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    [
        ("one.json", format!("  [ {}]", lines.join(", "))),
        ("each.json", format!("[\n{}\n]\n", lines.join(",\n"))),
        ("spread.json", serde_json::to_string_pretty(&values).unwrap()),
    ]
}

/// The world of the example in a folder of its own, so that what is said hangs on no place; its dossiers beside it in all forms.
fn world() -> World {
    let world = World::empty();
    for folder in ["examples/university-college", "regulations/university-college"] {
        copy(&root().join(folder), &world.path().join(folder));
    }
    let lines = std::fs::read_to_string(root().join("examples/university-college/students.jsonl")).unwrap();
    for (name, text) in forms(&lines) {
        world.write(name, text);
    }
    world.write("lines.jsonl", lines);
    world
}

fn check(world: &World, arguments: &[&str]) -> String {
    let ran = run_in(world.path(), &[&["check", "--project", "examples/university-college"], arguments].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    ran.stdout
}

/// `3:1043` of `lines.jsonl:3:1043: error: …`
fn place<'l>(line: &'l str, file: &str) -> Option<&'l str> {
    let (_, after) = line.split_once(&format!("{file}:"))?;
    after.get(..after.find(|letter: char| !letter.is_ascii_digit() && letter != ':')?).map(|place| place.trim_end_matches(':'))
}

/// The scalar, or the bracket, that stands at a place of a text.
fn value_at(text: &str, place: &str) -> String {
    let (line, column) = place.split_once(':').unwrap();
    let line = text.split('\n').nth(line.parse::<usize>().unwrap() - 1).unwrap();
    let value: String = line.chars().skip(column.parse::<usize>().unwrap() - 1).collect();
    let end = if value.starts_with(['{', '[']) { 1 } else { value.find([',', '}', ']']).unwrap_or(value.len()) };
    value[..end].to_owned()
}

#[test]
fn findings_have_the_places_of_the_file() {
    let world = world();
    let values = |name: &str, format: &str| -> Vec<(String, String)> {
        let (text, said) = (world.read(name), check(&world, &[name, "--format", format]));
        said.lines().filter_map(|line| place(line, name)).map(|place| (place.to_owned(), value_at(&text, place))).collect()
    };
    let only_values = |found: Vec<(String, String)>| -> Vec<String> { found.into_iter().map(|(_, value)| value).collect() };
    let expected = only_values(values("lines.jsonl", "concise"));
    assert!(expected.len() > 90 && expected.iter().any(|value| value.starts_with('"')), "{expected:?}");
    for (name, _) in forms("") {
        let concise = values(name, "concise");
        assert_eq!(values(name, "plain"), concise, "{name}");
        assert_eq!(only_values(concise), expected, "{name}");
    }
}

#[test]
fn machines_are_told_the_line_of_the_file() {
    let world = world();
    for (name, _) in forms("") {
        let told = |said: &str| -> Vec<String> { said.lines().filter_map(|line| place(line, name)).map(str::to_owned).collect() };
        let lines = told(&check(&world, &[name, "--format", "concise"]));
        let lines: Vec<&str> = lines.iter().map(|place| place.split(':').next().unwrap()).collect();
        let of_jsonl = check(&world, &[name, "--format", "jsonl"]);
        let of_jsonl = of_jsonl.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["record"].clone());
        let of_jsonl: Vec<String> = of_jsonl.filter(|record| record["file"] == name).map(|record| record["line"].to_string()).collect();
        assert_eq!(of_jsonl, lines, "{name}");
        let document: serde_json::Value = serde_json::from_str(&check(&world, &[name, "--format", "json"])).unwrap();
        let records = document["findings"].as_array().unwrap().iter().map(|finding| &finding["record"]);
        let of_json: Vec<String> = records.filter(|record| record["file"] == name).map(|record| record["line"].to_string()).collect();
        assert_eq!(of_json, lines, "{name}");
        let of_csv = check(&world, &[name, "--format", "csv"]);
        let of_csv = of_csv.lines().filter_map(|line| line.split_once(&format!(",{name},"))).map(|(_, after)| after.split(',').next().unwrap());
        assert_eq!(of_csv.collect::<Vec<_>>(), lines, "{name}");
    }
}

#[test]
fn findings_are_drawn_in_their_columns() {
    let world = world();
    for (name, _) in forms("") {
        let mut shown = String::new();
        for student in ["r0745103", "r0745106"] {
            shown.push_str(&check(&world, &[name, "--student", student]));
        }
        let shown: Vec<&str> = shown.lines().filter(|line| !line.contains(" dossier, ")).collect();
        assert_shown("lists", &format!("drawn_in_{}", name.trim_end_matches(".json")), &shown.join("\n"));
    }
}

/// A second dossier of a student is set aside with the place of its number in the file.
#[test]
fn a_second_dossier_has_its_place() {
    let world = World::first_steps();
    let lines = world.read("students.jsonl");
    let first = lines.lines().next().unwrap();
    for (name, text) in
        forms(&format!("{lines}{}", first.replacen('{', r#"{"cohort":"2023-2024","#, 1).replacen(r#""cohort":"2023-2024","enrol"#, r#""enrol"#, 1)))
    {
        world.write(name, &text);
        let ran = world.run(&["check", name]);
        assert_shown("lists", &format!("second_in_{}", name.trim_end_matches(".json")), &world.shown(&ran));
        let listed = world.run(&["check", name, "--format", "concise"]).stderr;
        let place = listed.lines().find_map(|line| place(line, name)).unwrap();
        assert_eq!(value_at(&text, place), r#""r0000001""#, "{name}: {listed}");
    }
}
