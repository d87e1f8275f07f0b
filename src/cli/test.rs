//! `ispect test`
use crate::cli::arguments::{Global, TestArguments};
use crate::cli::session::{Outcome, Session, Stop};
pub(crate) fn run(_session: &mut Session, _global: &Global, _asked: &TestArguments) -> Result<Outcome, Stop> {
    Ok(Outcome::Clean)
}
