//! A `PostgreSQL` server. Between two machines the connection is encrypted and the server's certificate verified, unless the address says that it must
//! not be; on one machine it is plain unless the address asks otherwise.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::cli::input::stores::{Customs, Tables, shown};
use crate::cli::problems::FileProblem;
use crate::records::{ServerFault, TableSample, postgres_samples, postgres_tables};

/// So long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn open(path: &Path, customs: Customs<'_>, names: &mut Vec<String>) -> Result<Tables, FileProblem> {
    let Server { name, client, schema } = connected(path)?;
    postgres_tables(client, (&name, schema.as_deref()), customs, names).map_err(|fault| not_connected(name, fault))
}

pub(super) fn samples(path: &Path, most: usize) -> Result<Vec<TableSample>, FileProblem> {
    let Server { name, client, schema } = connected(path)?;
    postgres_samples(client, schema.as_deref(), most).map_err(|fault| not_connected(name, fault))
}

fn not_connected(server: String, fault: ServerFault) -> FileProblem {
    FileProblem::NotConnected { server, reason: fault.reason, help: fault.help }
}

/// A server that answers.
struct Server {
    /// As it is shown.
    name: String,
    client: Client,
    schema: Option<String>,
}

fn connected(path: &Path) -> Result<Server, FileProblem> {
    let server = shown(path);
    let (address, schema) = without_schema(path.to_str().unwrap_or_default());
    let mut config: Config = address.parse().map_err(|_| not_connected(server.clone(), ServerFault::new("it is no address of a server")))?;
    if let Some(password) = std::env::var_os("PGPASSWORD").filter(|_| config.get_password().is_none()) {
        config.password(password.as_encoded_bytes());
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    config.application_name("ispect");
    let client = connect(&mut config).map_err(|fault| not_connected(server.clone(), fault))?;
    Ok(Server { name: server, client, schema })
}

/// The address without `schema=…`, which is ours and not the server's.
fn without_schema(address: &str) -> (String, Option<String>) {
    let Some((plain, query)) = address.split_once('?') else { return (address.to_owned(), None) };
    let (ours, theirs): (Vec<&str>, Vec<&str>) = query.split('&').partition(|setting| setting.starts_with("schema="));
    let schema = ours.first().and_then(|setting| setting.strip_prefix("schema=")).map(str::to_owned);
    (if theirs.is_empty() { plain.to_owned() } else { format!("{plain}?{}", theirs.join("&")) }, schema)
}

fn connect(config: &mut Config) -> Result<Client, ServerFault> {
    if config.get_ssl_mode() == SslMode::Prefer {
        config.ssl_mode(if is_this_machine(config) { SslMode::Disable } else { SslMode::Require });
    }
    let connected =
        if config.get_ssl_mode() == SslMode::Disable { config.connect(NoTls) } else { config.connect(encrypted().map_err(ServerFault::new)?) };
    Ok(connected?)
}

fn is_this_machine(config: &Config) -> bool {
    let is_here = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// A connection that trusts whom this machine trusts.
fn encrypted() -> Result<MakeRustlsConnect, String> {
    let mut trusted = RootCertStore::empty();
    trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(trusted).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::{is_this_machine, without_schema};

    #[test]
    fn the_schema_is_taken_out() {
        for (address, plain, schema) in [
            ("postgres://server/records?schema=checks", "postgres://server/records", Some("checks")),
            ("postgres://server/records?a=1&schema=checks&b=2", "postgres://server/records?a=1&b=2", Some("checks")),
            ("postgres://server/records", "postgres://server/records", None),
        ] {
            assert_eq!(without_schema(address), (plain.to_owned(), schema.map(str::to_owned)), "{address}");
        }
    }

    #[test]
    fn only_this_machine_is_trusted_without_encryption() {
        for (address, expected) in [
            ("postgres://localhost/records", true),
            ("postgres://[::1]/records", true),
            ("postgres://%2Frun%2Fpostgresql/records", true),
            ("postgres://127.0.0.1,server/records", false),
            ("postgres://localhost/records?hostaddr=10.0.0.1", false),
        ] {
            assert_eq!(is_this_machine(&address.parse().unwrap()), expected, "{address}");
        }
    }
}
