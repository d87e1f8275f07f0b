//! `ispect fmt`
use crate::cli::arguments::{FmtArguments, Global};
use crate::cli::session::{Outcome, Session, Stop};
pub(crate) fn run(_session: &mut Session, _global: &Global, _asked: &FmtArguments) -> Result<Outcome, Stop> {
    Ok(Outcome::Clean)
}
