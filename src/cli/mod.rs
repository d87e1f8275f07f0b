//! The command line: arguments, files, exit codes. The only folder that opens files and prints; a file a command.
//!
//! Add a command: a variant of `Command` in `arguments.rs` with its flags, a file here with a `run` that takes a [`Session`], an arm in [`perform`],
//! and its case in `tests/command_line.rs`.

mod apart;
mod arguments;
mod aside;
mod books;
mod check;
mod completions;
mod console;
mod engine;
mod explain;
mod files;
mod find;
mod fingerprint;
mod fmt;
mod generate;
mod init;
mod input;
mod judging;
mod lines;
mod lint;
mod load;
mod making;
mod man;
mod output;
mod paths;
mod problems;
mod progress;
mod project;
mod propose;
mod quarantine;
mod reason;
mod schema;
mod selection;
mod session;
mod settings;
mod statistics;
mod stored;
mod stores;
mod syncing;
mod test;
mod unwritable;
mod world;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use console::Console;
use session::{Outcome, Session, Stop};

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

fn perform(session: &mut Session, arguments: &Arguments) -> Result<Outcome, Stop> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Check(asked) => check::run(session, global, asked),
        Command::Lint(asked) => lint::run(session, global, asked),
        Command::Fmt(asked) => fmt::run(session, global, asked),
        Command::Test(asked) => test::run(session, global, asked),
        Command::Explain(asked) => explain::run(session, global, asked),
        Command::Schema(asked) => schema::run(session, asked),
        Command::Generate(asked) => generate::run(session, global, asked),
        Command::Init(asked) => init::run(session, asked),
        Command::Completions { shell } => completions::run(session, *shell),
        Command::Man => man::run(session),
    }
}
