//! `ispect completions SHELL`

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::results;
use crate::cli::session::{Outcome, Session, Stop};

/// The completions, on stdout.
pub(crate) fn run(session: &mut Session, shell: Shell) -> Result<Outcome, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ispect", &mut script);
    results::write(session, None, &String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
