//! `ispect explain`
use crate::cli::arguments::{ExplainArguments, Global};
use crate::cli::session::{Outcome, Session, Stop};
pub(crate) fn run(_session: &mut Session, _global: &Global, _asked: &ExplainArguments) -> Result<Outcome, Stop> {
    Ok(Outcome::Clean)
}
