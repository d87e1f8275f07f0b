//! The commands, a file each, with beside it what only one of them says or does: `statistics` of `check`, `propose` of `init`, `world` of `test`.
//!
//! Add a command: a variant of [`Command`] in `arguments.rs` with its flags, a file here with a `run` that takes a [`Session`], an arm in [`perform`],
//! and its case in `tests/command_line.rs`.

mod check;
mod completions;
mod explain;
mod fmt;
mod generate;
mod init;
mod lint;
mod man;
mod propose;
mod schema;
mod statistics;
mod test;
mod world;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::session::{Outcome, Session, Stop};

/// Do what the arguments ask.
pub(crate) fn perform(session: &mut Session, arguments: &Arguments) -> Result<Outcome, Stop> {
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
