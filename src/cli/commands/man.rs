//! `ispect man`

use clap::CommandFactory as _;

use crate::cli::arguments::Arguments;
use crate::cli::results;
use crate::cli::session::{Outcome, Session, Stop};

/// The manual page of the whole, with one for each command after it, on stdout.
pub(crate) fn run(session: &mut Session) -> Result<Outcome, Stop> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    for sub in command.get_subcommands() {
        let _ = clap_mangen::Man::new(sub.clone()).render(&mut page);
    }
    results::write(session, None, &String::from_utf8_lossy(&page))?;
    Ok(Outcome::Clean)
}
