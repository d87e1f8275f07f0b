//! A `PostgreSQL` server. `address.rs` reads its address, `settings.rs` takes the settings out of that, and `encryption.rs` sees to it that the server is the one
//! that is meant and that nobody listens.

mod address;
mod encryption;
mod settings;

use std::path::Path;

use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

use crate::cli::input::stores::postgres::address::{Address, Encryption};
use crate::cli::input::stores::{Customs, Tables, shown};
use crate::cli::problems::FileProblem;
use crate::records::{Connection, ServerFault, TableSample, Unanswered, postgres_samples, postgres_tables};

pub(super) fn open(path: &Path, customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, FileProblem> {
    let server = shown(path);
    let tables = connected(path).and_then(|(connection, schema)| postgres_tables(connection, (&server, schema.as_deref()), customs, names));
    tables.map_err(|fault| not_connected(server, fault))
}

pub(super) fn samples(path: &Path, most: usize) -> Result<Vec<TableSample>, FileProblem> {
    let samples = connected(path).and_then(|(connection, schema)| postgres_samples(connection, schema.as_deref(), most));
    samples.map_err(|fault| not_connected(shown(path), fault))
}

fn not_connected(server: String, fault: ServerFault) -> FileProblem {
    FileProblem::NotConnected { server, reason: fault.reason, help: fault.help }
}

/// A server that answers, and the schema that is asked for.
fn connected(path: &Path) -> Result<(Connection, Option<String>), ServerFault> {
    let surroundings = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let mut address = Address::read(path.to_str().unwrap_or_default(), &surroundings)?;
    if let Some(password) = std::env::var_os("PGPASSWORD").filter(|_| address.config.get_password().is_none()) {
        address.config.password(password.as_encoded_bytes());
    }
    let connected = match &address.encryption {
        Encryption::None => Connection::open(&address.config, NoTls, address.patience),
        Encryption::Verified { authorities } => Connection::open(&address.config, encryption::verified(authorities.as_deref())?, address.patience),
    };
    Ok((connected.map_err(|unanswered| refused(&unanswered, &address.encryption))?, address.schema))
}

/// Why there is no connection, and what to do.
fn refused(unanswered: &Unanswered, asked: &Encryption) -> ServerFault {
    const ENCRYPTED: &str = "where the server takes encrypted connections only, ask for one: `?sslmode=verify-full` in the address";
    let Unanswered::Failed(error) = unanswered else { return ServerFault::of_address(unanswered.reason()) };
    // A server lets nobody in of whom, or of whose kind of connection, it has not been told.
    if *asked == Encryption::None && error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION) {
        return ServerFault::new(unanswered.reason(), ENCRYPTED);
    }
    encryption::refused(error).unwrap_or_else(|| ServerFault::of_address(unanswered.reason()))
}
