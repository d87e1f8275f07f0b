//! The order of declarations says nothing: the shipped regulations in any order give the findings that they give as they stand, and their examples hold.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::Value;

use crate::worlds::{World, copy, root};

/// A world with the shipped regulations, in the order that a seed gives; nothing leaves them as they stand.
fn university_college(seed: Option<u64>) -> World {
    let world = World::empty();
    copy(&root().join("regulations"), &world.path().join("regulations"));
    copy(&root().join("examples"), &world.path().join("examples"));
    for file in fs::read_dir(world.path().join("regulations/university-college")).unwrap() {
        let (path, seed) = (file.unwrap().path(), seed);
        if let Some(seed) = seed.filter(|_| path.extension().is_some_and(|extension| extension == "regs")) {
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let (edition, declarations) = lines.split_first().unwrap();
            assert_eq!(*edition, "regs 1");
            fs::write(&path, format!("{edition}\n\n{}", shuffled(declarations, seed))).unwrap();
        }
    }
    world
}

/// What begins a heading under which declarations stand.
const HEADINGS: [&str; 2] = ["chapter ", "article "];

/// The declarations in another order, and those under each heading among themselves.
fn shuffled(lines: &[&str], seed: u64) -> String {
    let mut declarations = declarations(lines);
    declarations.sort_by_key(|declaration| {
        let mut hasher = DefaultHasher::new();
        (seed, declaration).hash(&mut hasher);
        hasher.finish()
    });
    declarations.iter().map(|declaration| under_heading(declaration, seed)).collect::<Vec<_>>().join("\n")
}

/// Stretches between blank lines outside braces. The shipped files are laid out, so that each declaration is one.
fn declarations<'l>(lines: &[&'l str]) -> Vec<Vec<&'l str>> {
    let (mut found, mut depth) = (vec![Vec::new()], 0);
    for line in lines {
        if line.is_empty() && depth == 0 {
            found.push(Vec::new());
            continue;
        }
        let code = if line.trim_start().starts_with('#') { "" } else { *line };
        depth += code.matches('{').count();
        depth -= code.matches('}').count();
        found.last_mut().unwrap().push(*line);
    }
    found.retain(|declaration| !declaration.is_empty());
    found
}

fn under_heading(declaration: &[&str], seed: u64) -> String {
    let opening = declaration.iter().position(|line| HEADINGS.iter().any(|heading| line.trim_start().starts_with(heading)));
    let (Some(opening), Some((last, _))) = (opening, declaration.split_last()) else { return declaration.join("\n") + "\n" };
    let (head, inner) = declaration[..declaration.len() - 1].split_at(opening + 1);
    // What the heading says of itself comes before what stands in it.
    let about = inner.iter().take_while(|line| line.trim_start().starts_with("summary ") || line.is_empty()).count();
    format!("{}\n{}\n\n{}{last}\n", head.join("\n"), inner[..about].join("\n"), shuffled(&inner[about..], seed))
}

/// The findings without the lines of the regulations.
fn findings(world: &World) -> Vec<Value> {
    let ran = world.run(&["check", "--project", "examples/university-college", "--format", "jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let without_place = |line: &str| {
        let mut finding: Value = serde_json::from_str(line).unwrap();
        let place = finding["regulation"].as_object_mut().unwrap();
        place.retain(|key, _| key == "file");
        finding
    };
    ran.stdout.lines().map(without_place).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_declarations_changes_nothing(seed in any::<u64>()) {
        let (as_they_stand, world) = (university_college(None), university_college(Some(seed)));
        assert_eq!(findings(&world), findings(&as_they_stand), "seed {seed}");
        let tested = world.run(&["test", "--project", "examples/university-college", "--fail-on-empty"]);
        assert_eq!(tested.code, 0, "seed {seed}\n{}{}", tested.stdout, tested.stderr);
    }
}
