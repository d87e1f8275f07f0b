//! Encrypted connections: whose certificates are trusted, and what is said of one that is not.

use std::error::Error as _;
use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use rustls::pki_types::UnixTime;
use rustls::{CertificateError, ClientConfig, Error, RootCertStore};
use rustls_native_certs::{CertificateResult, ErrorKind, load_certs_from_paths, load_native_certs};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::cli::reason::reason;
use crate::records::ServerFault;

/// A connection that trusts the authorities in a file, or those that this machine trusts.
pub(super) fn verified(authorities: Option<&Path>) -> Result<MakeRustlsConnect, ServerFault> {
    let trusted = match authorities {
        Some(file) => trusted(load_certs_from_paths(Some(file), None), &format!("no certificate can be read from {}", file.display())),
        None => trusted(load_native_certs(), "no certificate can be read of those that this machine trusts"),
    }?;
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions();
    let config = config.map_err(|error| ServerFault::new(error.to_string(), AUTHORITY))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(trusted).with_no_client_auth()))
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the library may know further errors of reading, and says each of them")]
fn trusted(loaded: CertificateResult, none: &str) -> Result<RootCertStore, ServerFault> {
    let mut trusted = RootCertStore::empty();
    trusted.add_parsable_certificates(loaded.certs);
    if trusted.is_empty() {
        let reason = loaded.errors.first().map(|error| match &error.kind {
            ErrorKind::Io { inner, path } => format!(" ({}: {})", path.display(), reason(inner)),
            _ => format!(" ({error})"),
        });
        return Err(ServerFault::new(format!("{none}{}", reason.unwrap_or_default()), AUTHORITY));
    }
    Ok(trusted)
}

const AUTHORITY: &str = "ask whoever runs the server for the certificate of the authority that signed its own, and name it in the address: \
                         `?sslrootcert=FILE` (PEM); nothing was read";
const NAME: &str = "call the server by a name of its certificate, and where that name does not lead to it, say where it is: `?hostaddr=10.0.0.5` in the \
                    address; nothing was read";
const DATE: &str = "whoever runs the server must give it a valid one, unless it is the clock of this machine that is wrong; nothing was read";
const SIGNED: &str = "whoever runs the server must give it a certificate of its own, signed by an authority; nothing was read";
const IN_THE_CLEAR: &str = "whoever runs the server can have it encrypt (`ssl = on`); `?sslmode=disable` in the address reads in the clear, where nobody \
                            else can listen; nothing was read";

const OLD: &str = "whoever runs the server can have it encrypt as TLS 1.2 and 1.3 do; nothing was read";

/// Why an encrypted connection could not be had, where that is why there is none.
pub(super) fn refused(error: &tokio_postgres::Error) -> Option<ServerFault> {
    let source = error.source()?;
    let Some(error) = source.downcast_ref::<io::Error>().and_then(|error| error.get_ref()?.downcast_ref::<Error>()) else {
        let is_plain = source.to_string() == "server does not support TLS";
        return is_plain.then(|| ServerFault::new("it does not encrypt connections", IN_THE_CLEAR));
    };
    if let Error::InvalidCertificate(problem) = error {
        return Some(of_certificate(problem));
    }
    Some(ServerFault::new(format!("no encrypted connection was agreed upon ({error})"), OLD))
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the library may know further faults of a certificate, and says each of them")]
fn of_certificate(problem: &CertificateError) -> ServerFault {
    match problem {
        CertificateError::UnknownIssuer => ServerFault::new("its certificate is signed by nobody whom this machine trusts", AUTHORITY),
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names: Vec<String> = presented.iter().map(|name| format!("`{}`", plain(name))).collect();
            let names = if names.is_empty() { "no name".to_owned() } else { names.join(", ") };
            ServerFault::new(format!("its certificate is for {names}, not for `{}`", expected.to_str()), NAME)
        }
        CertificateError::ExpiredContext { not_after, .. } => ServerFault::new(format!("its certificate expired on {}", day(*not_after)), DATE),
        CertificateError::NotValidYetContext { not_before, .. } => {
            ServerFault::new(format!("its certificate is valid from {} only", day(*not_before)), DATE)
        }
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => ServerFault::new("its certificate is that of an authority itself", SIGNED),
        other => ServerFault::new(format!("its certificate is not accepted: {other}"), AUTHORITY),
    }
}

/// `db.example.org` of `DnsName("db.example.org")`
fn plain(name: &str) -> &str {
    name.split_once("(\"").and_then(|(_, rest)| rest.strip_suffix("\")")).unwrap_or(name)
}

fn day(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).map_or_else(|| "a day that no calendar has".to_owned(), |time| time.date_naive().to_string())
}
