//! The address of a `PostgreSQL` server, with the settings that its other clients know by the same names, and those that are ours. Whether the connection is
//! encrypted is never left to the server: between two machines it is, unless the address says that it must not be, and on one it is not, unless it says so.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::cli::input::stores::postgres::settings::Settings;
use crate::records::ServerFault;

/// So long a server may take to let a user in.
const CONNECTING: Duration = Duration::from_secs(10);
/// So long it may take to answer a question: sorting what stands behind a large view takes its time, and a night is too long.
const ANSWERING: Duration = Duration::from_mins(10);
/// A machine that is gone, or a cut line, is found out in about two minutes.
const UNACKNOWLEDGED: Duration = Duration::from_mins(2);
const IDLE: Duration = Duration::from_mins(1);
const BETWEEN_SIGNS: Duration = Duration::from_secs(10);
const SIGNS: u32 = 6;

/// What an address says.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) schema: Option<String>,
    pub(super) encryption: Encryption,
    pub(super) patience: Patience,
}

/// How long a server may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    /// Until it has let the user in.
    pub(super) connecting: Duration,
    /// Until it has answered a question; without it as long as it takes.
    pub(super) answering: Option<Duration>,
}

/// How what is sent is kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Encryption {
    /// It is not: on one machine, or because the address says so.
    None,
    /// Encrypted, once the server has shown a certificate of its name, signed by one of the authorities in a file, or by one that this machine trusts.
    Verified { authorities: Option<PathBuf> },
}

impl Address {
    /// Read an address; what it leaves out may stand in the surroundings, where other clients look for it too.
    pub(super) fn read(address: &str, surroundings: &dyn Fn(&str) -> Option<String>) -> Result<Self, ServerFault> {
        let (plain, settings) = Settings::of(address)?;
        let mut config: Config = settings.for_library(plain).parse().map_err(|_| ServerFault::of_address("it is no address of a server"))?;
        if settings.said("application_name").is_none() {
            config.application_name("ispect");
        }
        keep_alive(&mut config, &settings)?;
        let encryption = encryption(&settings, surroundings, &config)?;
        config.ssl_mode(if encryption == Encryption::None { SslMode::Disable } else { SslMode::Require });
        let patience = patience(&mut config, &settings)?;
        Ok(Self { config, schema: settings.said("schema").map(str::to_owned), encryption, patience })
    }
}

/// How it is found out that nobody is there any more. Other clients count in milliseconds until what was sent must have arrived.
fn keep_alive(config: &mut Config, settings: &Settings<'_>) -> Result<(), ServerFault> {
    if settings.said("keepalives_idle").is_none() {
        config.keepalives_idle(IDLE);
    }
    if settings.said("keepalives_interval").is_none() {
        config.keepalives_interval(BETWEEN_SIGNS);
    }
    match settings.number("keepalives_count")? {
        Some(count) => _ = config.keepalives_retries(u32::try_from(count).unwrap_or(u32::MAX)),
        None if settings.said("keepalives_retries").is_some() => {}
        None => _ = config.keepalives_retries(SIGNS),
    }
    match settings.number("tcp_user_timeout")? {
        Some(0) => {}
        Some(milliseconds) => _ = config.tcp_user_timeout(Duration::from_millis(milliseconds)),
        None => _ = config.tcp_user_timeout(UNACKNOWLEDGED),
    }
    Ok(())
}

fn patience(config: &mut Config, settings: &Settings<'_>) -> Result<Patience, ServerFault> {
    let connecting = config.get_connect_timeout().copied().unwrap_or(CONNECTING);
    config.connect_timeout(connecting);
    let answering = match settings.number("answer_timeout")? {
        Some(0) => None,
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => Some(ANSWERING),
    };
    // A server may have several addresses, each of which has its time, and lets the user in after that.
    let servers = u32::try_from(config.get_hosts().len().max(config.get_hostaddrs().len())).unwrap_or(u32::MAX);
    Ok(Patience { connecting: connecting.saturating_mul(servers.saturating_add(1)), answering })
}

fn encryption(settings: &Settings<'_>, surroundings: &dyn Fn(&str) -> Option<String>, config: &Config) -> Result<Encryption, ServerFault> {
    let authorities = settings.said("sslrootcert").map(str::to_owned);
    let is_wanted = authorities.is_some() || !is_this_machine(config);
    let authorities = authorities.or_else(|| surroundings("PGSSLROOTCERT")).filter(|file| file != "system").map(PathBuf::from);
    let verified = Encryption::Verified { authorities };
    let mode = settings.said("sslmode").map(|mode| ("sslmode", mode.to_owned()));
    let Some((said, mode)) = mode.or_else(|| Some(("PGSSLMODE", surroundings("PGSSLMODE")?))) else {
        return Ok(if is_wanted { verified } else { Encryption::None });
    };
    match mode.as_str() {
        "disable" => Ok(Encryption::None),
        "require" | "verify-full" => Ok(verified),
        "allow" | "prefer" => Err(refused_mode(&format!("`{said}={mode}` leaves it to the server whether records are encrypted on their way"))),
        "verify-ca" => {
            Err(refused_mode(&format!("`{said}=verify-ca` lets another server with a certificate of the same authority pass for this one")))
        }
        _ => Err(refused_mode(&format!("`{said}` has a value that is not known"))),
    }
}

fn refused_mode(reason: &str) -> ServerFault {
    const MODES: &str = "`sslmode=verify-full` and `require` encrypt and verify the server's certificate and its name, `disable` does neither; without \
                         `sslmode` another machine is verified, and this one is not";
    ServerFault::new(reason, MODES)
}

fn is_this_machine(config: &Config) -> bool {
    let is_here = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Address, Encryption, is_this_machine};
    use crate::records::ServerFault;

    fn read(address: &str) -> Result<Address, ServerFault> {
        Address::read(address, &|_| None)
    }

    fn verified(file: Option<&str>) -> Encryption {
        Encryption::Verified { authorities: file.map(Into::into) }
    }

    #[test]
    fn the_schema_is_a_name_as_it_is() {
        for (address, expected) in [
            ("postgres://server/records", Some(None)),
            ("postgres://server/records?schema=checks", Some(Some("checks"))),
            ("postgres://server/records?connect_timeout=1&schema=checks&keepalives=0", Some(Some("checks"))),
            ("postgres://server/records?schema=isp%202024", Some(Some("isp 2024"))),
            ("postgres://server/records?schema=isp 2024", Some(Some("isp 2024"))),
            ("postgres://server/records?schema=%C3%A9", Some(Some("é"))),
            ("postgres://server/records?schema=é", Some(Some("é"))),
            ("postgres://server/records?schema=100%25", Some(Some("100%"))),
            ("postgres://server/records?schema=a+b%26c%3Dd=e", Some(Some("a+b&c=d=e"))),
            ("postgres://server/records?schema=%22", Some(Some("\""))),
            ("postgres://reader:s3cr?t@server/records?schema=checks", Some(Some("checks"))),
            ("postgres://server/records?schema=100%", None),
            ("postgres://server/records?schema=%4", None),
            ("postgres://server/records?schema=%%41", None),
            ("postgres://server/records?schema=%+1", None),
            ("postgres://server/records?schema=%é1", None),
            ("postgres://server/records?schema=%E9", None),
            ("postgres://server/records?schema=a&schema=b", None),
            ("postgres://server/records?schema", None),
            ("postgres://server/records?sslcert=me.crt", None),
            ("postgres://server/records?shema=checks", None),
        ] {
            let schema = read(address).ok().map(|address| address.schema);
            assert_eq!(schema.as_ref().map(Option::as_deref), expected, "{address}");
        }
    }

    #[test]
    fn nothing_in_a_setting_is_taken_for_anything_else() {
        let address = read("postgres://server/records?schema=checks&options=-c%20a%3Db%26c&user=caf%C3%A9%2520 #1").unwrap();
        assert_eq!((address.config.get_options(), address.config.get_user()), (Some("-c a=b&c"), Some("caf\u{e9}%20 #1")));
        assert_eq!(address.config.get_dbname(), Some("records"));
    }

    #[test]
    fn the_server_is_told_who_reads() {
        for (address, expected) in [("postgres://server/records", "ispect"), ("postgres://server/records?application_name=nightly", "nightly")] {
            assert_eq!(read(address).unwrap().config.get_application_name(), Some(expected), "{address}");
        }
    }

    #[test]
    fn an_at_sign_in_a_setting_begins_no_server() {
        let address = read("postgres://server/records?user=me@home").unwrap();
        assert_eq!(address.config.get_user(), Some("me@home"));
        assert_eq!(address.config.get_dbname(), Some("records"));
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

    #[test]
    fn encryption_is_never_left_to_the_server() {
        for (address, expected) in [
            ("postgres://localhost/records", Some(Encryption::None)),
            ("postgres://localhost/records?sslrootcert=our%20ca.crt", Some(verified(Some("our ca.crt")))),
            ("postgres://localhost/records?sslmode=require", Some(verified(None))),
            ("postgres://localhost/records?sslmode=verify-full&sslrootcert=system", Some(verified(None))),
            ("postgres://server/records", Some(verified(None))),
            ("postgres://server/records?sslmode=disable", Some(Encryption::None)),
            ("postgres://server/records?sslmode=allow", None),
            ("postgres://server/records?sslmode=prefer", None),
            ("postgres://server/records?sslmode=verify-ca", None),
            ("postgres://server/records?sslmode=Require", None),
        ] {
            assert_eq!(read(address).ok().map(|address| address.encryption), expected, "{address}");
        }
        let surroundings = |name: &str| [("PGSSLMODE", "require"), ("PGSSLROOTCERT", "ca.crt")].into_iter().find(|(known, _)| *known == name);
        for (address, expected) in [
            ("postgres://localhost/records", verified(Some("ca.crt"))),
            ("postgres://localhost/records?sslmode=disable", Encryption::None),
            ("postgres://server/records?sslrootcert=other.crt", verified(Some("other.crt"))),
        ] {
            let read = Address::read(address, &|name| surroundings(name).map(|(_, value)| value.to_owned())).unwrap();
            assert_eq!(read.encryption, expected, "{address}");
        }
    }

    #[test]
    fn nobody_waits_for_ever_unless_they_say_so() {
        let address = read("postgres://server/records").unwrap();
        assert_eq!(address.patience.answering, Some(Duration::from_mins(10)));
        assert_eq!(address.config.get_tcp_user_timeout(), Some(&Duration::from_mins(2)));
        assert_eq!((address.config.get_keepalives_idle(), address.config.get_keepalives_retries()), (Duration::from_mins(1), Some(6)));
        let said = "answer_timeout=0&tcp_user_timeout=30000&keepalives_idle=7200&keepalives_count=3&connect_timeout=2";
        let address = read(&format!("postgres://server/records?{said}")).unwrap();
        assert_eq!((address.patience.answering, address.patience.connecting), (None, Duration::from_secs(4)));
        assert_eq!(address.config.get_tcp_user_timeout(), Some(&Duration::from_secs(30)));
        assert_eq!((address.config.get_keepalives_idle(), address.config.get_keepalives_retries()), (Duration::from_hours(2), Some(3)));
        assert!(read("postgres://server/records?answer_timeout=soon").is_err());
    }
}
