//! Opening files: texts into the session's sources, and what was read as a hash.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use crate::cli::paths;
use crate::cli::problems::FileProblem;
use crate::cli::reason::reason;
use crate::cli::session::{Session, Stop};
use crate::source::SourceId;
use std::sync::Arc;

/// A text and the number it got among the session's sources.
pub(crate) fn read_text(session: &mut Session, file: &Path) -> Result<(SourceId, Arc<String>), Stop> {
    let name = paths::shown(file);
    let bytes = fs::read(file).map_err(|error| session.stop(unreadable(&name, &error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let read = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = read.split(|byte| *byte == b'\n').count();
        session.stop(FileProblem::NotUtf8 { file: name.clone(), line })
    })?;
    let text: Arc<String> = text.into();
    let source = session.sources.add(name, Arc::clone(&text));
    Ok((source, text))
}

/// All texts, as many as can be read; stops where one can't.
pub(crate) fn read_texts(session: &mut Session, files: &[impl AsRef<Path>]) -> Result<Vec<(SourceId, Arc<String>)>, Stop> {
    let texts: Vec<_> = files.iter().map(|file| read_text(session, file.as_ref())).collect();
    texts.into_iter().collect()
}

fn unreadable(name: &str, error: &io::Error) -> FileProblem {
    FileProblem::Unreadable { file: name.to_owned(), reason: reason(error) }
}

/// SHA-256 of texts one after another, in hexadecimals.
pub(crate) fn hash<'t>(texts: impl Iterator<Item = &'t [u8]>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text);
    }
    hexadecimal(&hasher.finalize())
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
