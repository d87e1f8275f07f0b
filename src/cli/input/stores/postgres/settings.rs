//! The settings behind the `?` of an address, by their names and with their values as text. What each of them means is left to `address.rs` and the library.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::problems::nearest;
use crate::records::ServerFault;

/// Who reads a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadBy {
    /// `address.rs`: the library lacks it, or takes it otherwise.
    Us,
    Library,
    /// Other clients know it. So it is no part of a password, and can be named where it is refused.
    Nobody,
}

const SETTINGS: [(ReadBy, &str); 3] = [
    (ReadBy::Us, "schema answer_timeout sslmode sslrootcert keepalives_count tcp_user_timeout"),
    (
        ReadBy::Library,
        "user password dbname options application_name host hostaddr port connect_timeout keepalives keepalives_idle keepalives_interval \
         keepalives_retries target_session_attrs channel_binding load_balance_hosts sslnegotiation",
    ),
    (
        ReadBy::Nobody,
        "sslcert sslkey sslpassword sslcrl sslcrldir sslsni ssl_min_protocol_version ssl_max_protocol_version passfile require_auth gssencmode \
         krbsrvname service client_encoding",
    ),
];

/// A setting that is said.
#[derive(Debug)]
struct Setting<'a> {
    name: &'a str,
    value: Cow<'a, str>,
    read_by: ReadBy,
}

/// The settings that an address says.
#[derive(Debug)]
pub(super) struct Settings<'a>(Vec<Setting<'a>>);

impl<'a> Settings<'a> {
    /// An address without its settings, and those.
    pub(super) fn of(address: &'a str) -> Result<(&'a str, Self), ServerFault> {
        // A password may hold a `?` that nobody wrote as `%3F`.
        let begin = address.find("://").map_or(0, |at| at + 3);
        let host = address[begin..].find('@').filter(|at| !address[begin..begin + at].contains('/')).map_or(begin, |at| begin + at);
        let (plain, asked) = match address[host..].find('?').map(|at| host + at) {
            Some(question) => (&address[..question], &address[question + 1..]),
            None => (address, ""),
        };
        let mut settings = Self(Vec::new());
        for setting in asked.split('&').filter(|setting| !setting.is_empty()) {
            let Some((name, value)) = setting.split_once('=') else { return Err(ServerFault::of_address("it is no address of a server")) };
            let read_by = read_by(name)?;
            if settings.said(name).is_some() {
                return Err(ServerFault::of_address(format!("`{name}` is said twice")));
            }
            let unreadable = || ServerFault::of_address(format!("the value of `{name}` can't be read: write `%` as `%25`, and other signs as UTF-8"));
            settings.0.push(Setting { name, value: decoded(value).ok_or_else(unreadable)?, read_by });
        }
        Ok((plain, settings))
    }

    /// What a setting is said to be.
    pub(super) fn said(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|setting| setting.name == name).map(|setting| setting.value.as_ref())
    }

    /// The whole number that a setting is said to be.
    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, ServerFault> {
        let number = |text: &str| text.parse().map_err(|_| ServerFault::of_address(format!("`{name}` must be a whole number")));
        self.said(name).map(number).transpose()
    }

    /// An address with what the library reads, in which nothing can be taken for anything else.
    pub(super) fn for_library(&self, plain: &str) -> String {
        let settings = self.0.iter().filter(|setting| setting.read_by == ReadBy::Library);
        let settings: Vec<String> =
            settings.map(|setting| format!("{}={}", setting.name, utf8_percent_encode(&setting.value, NON_ALPHANUMERIC))).collect();
        format!("{plain}?{}", settings.join("&"))
    }
}

/// Who reads a setting of this name, where somebody does.
fn read_by(name: &str) -> Result<ReadBy, ServerFault> {
    let named = |(read_by, names): (ReadBy, &'static str)| names.split(' ').map(move |name| (name, read_by));
    match SETTINGS.into_iter().flat_map(named).find(|(known, _)| *known == name) {
        Some((_, ReadBy::Nobody)) => {
            Err(ServerFault::new(format!("`{name}` is not supported in an address"), "leave it out, or read from a copy of the tables"))
        }
        Some((_, read_by)) => Ok(read_by),
        None => {
            // What it is said to be is not shown: it may be a part of a password.
            let read = SETTINGS.into_iter().flat_map(named).filter(|(_, read_by)| *read_by != ReadBy::Nobody);
            let meant = nearest(name, read.map(|(known, _)| known)).map(|meant| format!("; is `{meant}` meant?"));
            Err(ServerFault::of_address(format!("its settings hold one that is not known{}", meant.unwrap_or_default())))
        }
    }
}

/// A text without `%20`, where that is what it says. A `%` without two digits is not taken for itself.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let has_digits = |after: &str| after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let is_whole = text.split('%').skip(1).all(has_digits);
    percent_decode_str(text).decode_utf8().ok().filter(|_| is_whole)
}
