//! `ispect schema [dossier|catalogue|tables]`

use crate::cli::arguments::{Described, SchemaArguments};
use crate::cli::results;
use crate::cli::session::{Outcome, Session, Stop};
use crate::report::schema;

/// The schema, on stdout.
pub(crate) fn run(session: &mut Session, asked: &SchemaArguments) -> Result<Outcome, Stop> {
    let text = match asked.what {
        Described::Dossier => format!("{:#}\n", schema::dossier()),
        Described::Catalogue => format!("{:#}\n", schema::catalogue()),
        Described::Tables => schema::tables(),
    };
    results::write(session, None, &text)?;
    Ok(Outcome::Clean)
}
