//! A `PostgreSQL` server, until it has let the user in; what is asked of it then stands in `records/from_postgres`.
//!
//! `address.rs` reads its address, `settings.rs` takes the settings out of that, and `encryption.rs` sees to it that the server is the one that is meant and that
//! nobody listens.

mod address;
mod encryption;
mod settings;

use std::path::Path;

use tokio::runtime::Builder;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Error, NoTls, Socket};

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
    let connection = match &address.encryption {
        Encryption::None => let_in(&address, NoTls),
        Encryption::Verified { authorities } => let_in(&address, encryption::verified(authorities.as_deref())?),
    };
    Ok((connection?, address.schema))
}

fn let_in<T>(address: &Address, tls: T) -> Result<Connection, ServerFault>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
{
    let Address { config, patience, encryption, .. } = address;
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| ServerFault::of_address(error.to_string()))?;
    match runtime.block_on(async { timeout(patience.connecting, config.connect(tls)).await }) {
        Ok(Ok((client, wire))) => Ok(Connection::new(runtime, client, wire, patience.answering)),
        Ok(Err(error)) => Err(refused(error, encryption)),
        Err(_) => {
            // The look-up of a name may be under way still, and need not be waited for.
            runtime.shutdown_background();
            let silent = Unanswered::Silent { time: patience.connecting, setting: "connect_timeout" };
            Err(ServerFault::of_address(silent.reason()))
        }
    }
}

/// Why the user was not let in, and what to do.
fn refused(error: Error, asked: &Encryption) -> ServerFault {
    const ENCRYPTED: &str = "where the server takes encrypted connections only, ask for one: `?sslmode=verify-full` in the address";
    if let Some(fault) = encryption::refused(&error) {
        return fault;
    }
    // A server lets nobody in of whom, or of whose kind of connection, it has not been told.
    let is_unknown = error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION);
    let reason = Unanswered::from(error).reason();
    if *asked == Encryption::None && is_unknown { ServerFault::new(reason, ENCRYPTED) } else { ServerFault::of_address(reason) }
}
