//! The command line: arguments, files, exit codes. The only folder that opens files and prints.
//!
//! | folder | what it is |
//! |---|---|
//! | `input` | what is read: texts, and what holds dossiers, opened |
//! | `results` | where results go: stdout, or a file that is written whole or not at all |
//! | `project` | `ispect.toml`, the files that it and the flags name, and what these are compiled to |
//! | `cohort` | all dossiers judged, or one found; what is looked at, and what is set aside |
//! | `commands` | a file a command |
//!
//! A folder uses only folders above its own line, and `input` and `results` nothing of one another; the files beside them are for all, and use none of them.
//! `tests/architecture.rs` holds that.

mod arguments;
mod cohort;
mod commands;
mod console;
mod input;
mod paths;
mod problems;
mod progress;
mod project;
mod reason;
mod results;
mod session;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::Arguments;
use commands::perform;
use console::Console;
use session::{Outcome, Session};

/// Do what the arguments ask, and say by the exit code how it ended.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout, mistakes to stderr; where neither takes them there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut session = Session::new(Console::new(&arguments.global));
    let outcome = perform(&mut session, &arguments).unwrap_or(Outcome::Failed);
    session.say_problems();
    ExitCode::from(outcome.exit_code())
}
