//! The borders, sizes and pages of the house, held from the first day: who may use whom, who may open files, how long a file is, and that every
//! problem has its page and its case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first: a folder uses only folders of the lines above its own.
const LAYERS: &[&[&str]] = &[
    &["source"],
    &["problems"],
    &["vocabulary"],
    &["syntax", "records"],
    &["rulebook", "mapping"],
    &["verdicts", "format", "lints"],
    &["examples"],
    &["report"],
    &["generate"],
    &["cli"],
];

/// The same of the folders in `cli`. Its files beside them use none of them, but for `mod.rs`.
const LAYERS_OF_CLI: &[&[&str]] = &[&["input", "results"], &["project"], &["cohort"], &["commands"]];

const LONGEST_FILE: usize = 400;

struct SourceFile {
    /// Relative to `src`.
    path: PathBuf,
    /// The folder under `src`; nothing for `lib.rs` and `main.rs`.
    folder: Option<String>,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<SourceFile> {
    let src = root().join("src");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&src).unwrap().to_path_buf();
        let folder = path.components().next().filter(|_| path.components().count() > 1);
        SourceFile { folder: folder.map(|folder| folder.as_os_str().to_string_lossy().into_owned()), path, text }
    };
    files_under(&src, "rs").into_iter().map(read).collect()
}

fn layer(layers: &[&[&str]], folder: &str) -> Option<usize> {
    layers.iter().position(|line| line.contains(&folder))
}

/// The words after each `crate::` of a text.
fn uses(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(first_word)
}

/// The words after each `crate::cli::` of a text, and all that stand in the list after one.
fn uses_of_cli(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::cli::").skip(1).flat_map(|rest| {
        let list = rest.strip_prefix('{').and_then(|rest| rest.split(';').next());
        list.map_or_else(|| vec![first_word(rest)], |list| list.split(|c: char| c != '_' && !c.is_alphanumeric()).collect())
    })
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The text without its `//` lines: what a comment names is not used.
fn code_of(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn fail_with(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_folder_uses_only_the_folders_below_it() {
    let mut broken = Vec::new();
    for file in sources() {
        let Some(folder) = &file.folder else { continue };
        let Some(own) = layer(LAYERS, folder) else {
            broken.push(format!("{} lies in `{folder}`, which is in no layer", file.path.display()));
            continue;
        };
        for used in uses(&code_of(&file.text)) {
            match layer(LAYERS, used) {
                _ if used == folder => {}
                Some(other) if other < own => {}
                Some(_) => broken.push(format!("{} uses {used}", file.path.display())),
                None => broken.push(format!("{} uses `crate::{used}`, which is no folder", file.path.display())),
            }
        }
    }
    fail_with(&broken);
}

#[test]
fn every_folder_of_the_command_line_uses_only_the_folders_below_it() {
    let mut broken = Vec::new();
    for file in sources() {
        let Ok(inside) = file.path.strip_prefix("cli") else { continue };
        if inside == Path::new("mod.rs") {
            continue;
        }
        let folder = inside.parent().and_then(|folder| folder.iter().next()).map(|folder| folder.to_string_lossy());
        let own = folder.as_ref().map(|folder| layer(LAYERS_OF_CLI, folder));
        if own == Some(None) {
            broken.push(format!("{} lies in a folder that is in no layer", file.path.display()));
        }
        let own = own.flatten();
        for used in uses_of_cli(&code_of(&file.text)) {
            let Some(other) = layer(LAYERS_OF_CLI, used) else { continue };
            if folder.as_deref() != Some(used) && own.is_none_or(|own| other >= own) {
                broken.push(format!("{} uses {used}", file.path.display()));
            }
        }
    }
    fail_with(&broken);
}

/// Words that only some folders may write, and who they are.
const RESERVED: &[(&[&str], &[&str])] = &[
    (&["pest::", "pest_derive", "use pest"], &["syntax"]),
    (&["ReportHandler", "set_hook"], &["problems"]),
    (&["std::fs", "fs::", "File::open", "File::create", "println!", "eprintln!", "print!", "stdout()", "stderr()", "stdin()", "std::env"], &["cli"]),
];

#[test]
fn only_their_owners_parse_draw_open_files_and_print() {
    let mut broken = Vec::new();
    // A file of tests reads its cases.
    for file in sources().into_iter().filter(|file| !file.path.ends_with("tests.rs")) {
        let code = code_of(&file.text);
        for (words, owners) in RESERVED {
            let allowed = file.folder.as_deref().is_some_and(|folder| owners.contains(&folder));
            for word in words.iter().filter(|word| !allowed && contains_word(&code, word)) {
                broken.push(format!("{} names `{word}`, which is left to {}", file.path.display(), owners.join(", ")));
            }
        }
    }
    fail_with(&broken);
}

/// Whether a text has these letters other than as the end of a longer word.
fn contains_word(text: &str, word: &str) -> bool {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|before| !before.is_ascii_alphanumeric() && before != '_');
    let anywhere = word == "ReportHandler";
    text.match_indices(word).any(|(at, _)| anywhere || begins(at))
}

#[test]
fn every_file_is_short_and_says_what_it_is_for() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            broken.push(format!("{} has {lines} lines; split it", file.path.display()));
        }
        if !file.text.starts_with("//!") {
            broken.push(format!("{} does not open with `//!`", file.path.display()));
        }
    }
    fail_with(&broken);
}

/// The codes that problems carry: `code(names::unknown_course)`.
fn codes() -> BTreeSet<String> {
    let texts: Vec<String> = sources().iter().map(|file| code_of(&file.text)).collect();
    let after = texts.iter().flat_map(|text| text.split("code(").skip(1)).filter_map(|rest| rest.split_once(')'));
    let is_code = |code: &&str| code.contains("::") && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == ':');
    after.map(|(code, _)| code).filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_problem_code_has_a_page() {
    let pages = root().join("docs/problems");
    let name = |code: &str| format!("{}.md", code.replace("::", "__"));
    let missing = codes().into_iter().filter(|code| !pages.join(name(code)).is_file());
    fail_with(&missing.map(|code| format!("docs/problems/{} is missing", name(&code))).collect::<Vec<_>>());

    let known: BTreeSet<String> = codes().iter().map(|code| name(code)).collect();
    let stray = files_under(&pages, "md").into_iter().filter(|page| !known.contains(page.file_name().unwrap().to_str().unwrap()));
    fail_with(&stray.map(|page| format!("{} is about no problem", page.display())).collect::<Vec<_>>());
}

#[test]
fn every_problem_code_has_a_case() {
    let snapshots = files_under(&root().join("tests/cases"), "snap");
    let seen: String = snapshots.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let missing = codes().into_iter().filter(|code| !seen.contains(code.as_str()));
    fail_with(&missing.map(|code| format!("no snapshot under tests/cases shows {code}")).collect::<Vec<_>>());
}
