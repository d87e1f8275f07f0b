//! What the system says of a file, in the words of messages.

use std::io::{self, ErrorKind};

/// What went wrong, in lower case and without the number of the operating system.
pub(crate) fn reason(error: &io::Error) -> String {
    let known =
        [(ErrorKind::NotFound, "it is not there"), (ErrorKind::PermissionDenied, "permission denied"), (ErrorKind::IsADirectory, "it is a folder")];
    if let Some((_, said)) = known.into_iter().find(|(kind, _)| *kind == error.kind()) {
        return said.to_owned();
    }
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
