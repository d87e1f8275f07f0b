//! The address of a `PostgreSQL` server, with the settings that its other clients know by the same names, and those that are ours. Whether the connection is
//! encrypted is never left to the server: between two machines it is, unless the address says that it must not be, and on one it is not, unless it says so.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::problems::nearest;
use crate::records::{Patience, ServerFault};

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

/// How what is sent is kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Encryption {
    /// It is not: on one machine, or because the address says so.
    None,
    /// Encrypted, once the server has shown a certificate of its name, signed by one of the authorities in a file, or by one that this machine trusts.
    Verified { authorities: Option<PathBuf> },
}

/// A setting by its name, with the text of its value.
type Setting = (String, String);

impl Address {
    /// Read an address; what it leaves out may stand in the surroundings, where other clients look for it too.
    pub(super) fn read(address: &str, surroundings: &dyn Fn(&str) -> Option<String>) -> Result<Self, ServerFault> {
        let (plain, settings) = settings_of(address)?;
        let (ours, theirs): (Vec<Setting>, Vec<Setting>) = settings.into_iter().partition(|(name, _)| OURS.contains(&name.as_str()));
        let mut config: Config = rebuilt(plain, &theirs).parse().map_err(|_| ServerFault::of_address("it is no address of a server"))?;
        config.application_name("ispect");
        let said = |name: &str| ours.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        keep_alive(&mut config, &theirs, (said("keepalives_count"), said("tcp_user_timeout")))?;
        let encryption = encryption((said("sslmode"), said("sslrootcert")), surroundings, &config)?;
        config.ssl_mode(if encryption == Encryption::None { SslMode::Disable } else { SslMode::Require });
        let patience = patience(&mut config, said("answer_timeout"))?;
        Ok(Self { config, schema: said("schema"), encryption, patience })
    }
}

/// What is read here, and not left to the library: it lacks it, or takes it otherwise.
const OURS: [&str; 6] = ["schema", "answer_timeout", "sslmode", "sslrootcert", "keepalives_count", "tcp_user_timeout"];

/// What the library reads.
const THEIRS: [&str; 17] = [
    "user",
    "password",
    "dbname",
    "options",
    "application_name",
    "host",
    "hostaddr",
    "port",
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "target_session_attrs",
    "channel_binding",
    "load_balance_hosts",
    "sslnegotiation",
];

/// What other clients know, and what is said of it by its name: it can't be a part of a password.
const LACKING: [&str; 14] = [
    "sslcert",
    "sslkey",
    "sslpassword",
    "sslcrl",
    "sslcrldir",
    "sslsni",
    "ssl_min_protocol_version",
    "ssl_max_protocol_version",
    "passfile",
    "require_auth",
    "gssencmode",
    "krbsrvname",
    "service",
    "client_encoding",
];

/// An address without its settings, and those.
fn settings_of(address: &str) -> Result<(&str, Vec<Setting>), ServerFault> {
    // A password may hold a `?` that nobody wrote as `%3F`.
    let begin = address.find("://").map_or(0, |at| at + 3);
    let host = address[begin..].find('@').filter(|at| !address[begin..begin + at].contains('/')).map_or(begin, |at| begin + at);
    let Some(question) = address[host..].find('?').map(|at| host + at) else { return Ok((address, Vec::new())) };
    let mut settings: Vec<Setting> = Vec::new();
    for setting in address[question + 1..].split('&').filter(|setting| !setting.is_empty()) {
        let Some((name, value)) = setting.split_once('=') else { return Err(ServerFault::of_address("it is no address of a server")) };
        if LACKING.contains(&name) {
            return Err(ServerFault::new(format!("`{name}` is not supported in an address"), "leave it out, or read from a copy of the tables"));
        }
        if !OURS.contains(&name) && !THEIRS.contains(&name) {
            // What it is said to be is not shown: it may be a part of a password.
            let meant = nearest(name, OURS.into_iter().chain(THEIRS)).map(|meant| format!("; is `{meant}` meant?"));
            return Err(ServerFault::of_address(format!("its settings hold one that is not known{}", meant.unwrap_or_default())));
        }
        if settings.iter().any(|(known, _)| known == name) {
            return Err(ServerFault::of_address(format!("`{name}` is said twice")));
        }
        let unreadable = || ServerFault::of_address(format!("the value of `{name}` can't be read: write `%` as `%25`, and other signs as UTF-8"));
        settings.push((name.to_owned(), decoded(value).ok_or_else(unreadable)?));
    }
    Ok((&address[..question], settings))
}

/// A text without `%20`, where that is what it says.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// An address with settings, in which nothing can be taken for anything else.
fn rebuilt(plain: &str, settings: &[Setting]) -> String {
    let mut address = plain.to_owned();
    for (index, (name, value)) in settings.iter().enumerate() {
        address.push(if index == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            address.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    address
}

/// How it is found out that nobody is there any more. Other clients count in milliseconds until what was sent must have arrived.
fn keep_alive(config: &mut Config, theirs: &[Setting], (count, unacknowledged): (Option<String>, Option<String>)) -> Result<(), ServerFault> {
    let is_said = |name: &str| theirs.iter().any(|(known, _)| known == name);
    if !is_said("keepalives_idle") {
        config.keepalives_idle(IDLE);
    }
    if !is_said("keepalives_interval") {
        config.keepalives_interval(BETWEEN_SIGNS);
    }
    match count {
        Some(count) => _ = config.keepalives_retries(u32::try_from(number("keepalives_count", &count)?).unwrap_or(u32::MAX)),
        None if is_said("keepalives_retries") => {}
        None => _ = config.keepalives_retries(SIGNS),
    }
    match unacknowledged.map(|text| number("tcp_user_timeout", &text)).transpose()? {
        Some(0) => {}
        Some(milliseconds) => _ = config.tcp_user_timeout(Duration::from_millis(milliseconds)),
        None => _ = config.tcp_user_timeout(UNACKNOWLEDGED),
    }
    Ok(())
}

fn number(name: &str, text: &str) -> Result<u64, ServerFault> {
    text.parse().map_err(|_| ServerFault::of_address(format!("`{name}` must be a whole number")))
}

fn patience(config: &mut Config, answering: Option<String>) -> Result<Patience, ServerFault> {
    let connecting = config.get_connect_timeout().copied().unwrap_or(CONNECTING);
    config.connect_timeout(connecting);
    let answering = match answering.map(|text| number("answer_timeout", &text)).transpose()? {
        Some(0) => None,
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => Some(ANSWERING),
    };
    // A server may have several addresses, each of which has its time, and lets the user in after that.
    let servers = u32::try_from(config.get_hosts().len().max(config.get_hostaddrs().len())).unwrap_or(u32::MAX);
    Ok(Patience { connecting: connecting.saturating_mul(servers.saturating_add(1)), answering })
}

fn encryption(
    (mode, authorities): (Option<String>, Option<String>),
    surroundings: &dyn Fn(&str) -> Option<String>,
    config: &Config,
) -> Result<Encryption, ServerFault> {
    let is_wanted = authorities.is_some() || !is_this_machine(config);
    let authorities = authorities.or_else(|| surroundings("PGSSLROOTCERT")).filter(|file| file != "system").map(PathBuf::from);
    let verified = Encryption::Verified { authorities };
    let (said, mode) = mode.map_or_else(|| ("PGSSLMODE", surroundings("PGSSLMODE")), |mode| ("sslmode", Some(mode)));
    match mode.as_deref() {
        None => Ok(if is_wanted { verified } else { Encryption::None }),
        Some("disable") => Ok(Encryption::None),
        Some("require" | "verify-full") => Ok(verified),
        Some(mode @ ("allow" | "prefer")) => {
            Err(refused_mode(&format!("`{said}={mode}` leaves it to the server whether records are encrypted on their way")))
        }
        Some("verify-ca") => {
            Err(refused_mode(&format!("`{said}=verify-ca` lets another server with a certificate of the same authority pass for this one")))
        }
        Some(_) => Err(refused_mode(&format!("`{said}` has a value that is not known"))),
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
