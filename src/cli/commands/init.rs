//! `ispect init`: the world of `examples/first-steps`, written into a new folder.

use std::fs;
use std::path::Path;

use crate::cli::arguments::InitArguments;
use crate::cli::commands::propose;
use crate::cli::paths;
use crate::cli::problems::ProjectProblem;
use crate::cli::project::SETTINGS;
use crate::cli::results::{self, unwritable};
use crate::cli::session::{Outcome, Session, Stop};

macro_rules! first_steps {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../examples/first-steps/", $name)))),*]
    };
}

const FILES: [(&str, &str); 6] =
    first_steps!["ispect.toml", "regulations/first.regs", "catalogue.json", "students.jsonl", "expected-findings.txt", "README.md"];

/// Write the files, and say what to do with them.
pub(crate) fn run(session: &mut Session, asked: &InitArguments) -> Result<Outcome, Stop> {
    if !asked.from.is_empty() {
        return propose::run(session, asked);
    }
    let there = FILES.iter().map(|(name, _)| asked.folder.join(name)).find(|file| file.exists());
    if let Some(file) = there {
        return Err(session.stop(ProjectProblem::Exists { file: paths::shown(&file) }));
    }
    for (name, text) in FILES {
        write(session, &asked.folder.join(name), text)?;
    }
    let settings = paths::shown(&asked.folder.join(SETTINGS));
    let text = format!(
        "A world that passes stands in {}. Go there, run `ispect check` and `ispect test`,\n\
         then change a number in regulations/first.regs and run them again. It begins at {settings}.\n",
        paths::shown(&asked.folder)
    );
    session.console.say(&text);
    Ok(Outcome::Clean)
}

fn write(session: &mut Session, file: &Path, text: &str) -> Result<(), Stop> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| results::write_file(file, text));
    written.map_err(|error| session.stop(unwritable(paths::shown(file), &error)))
}
