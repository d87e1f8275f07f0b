//! `ispect check`
use crate::cli::arguments::{CheckArguments, Global};
use crate::cli::session::{Outcome, Session, Stop};
pub(crate) fn run(_session: &mut Session, _global: &Global, _asked: &CheckArguments) -> Result<Outcome, Stop> {
    Ok(Outcome::Clean)
}
