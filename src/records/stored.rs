//! Files that are read out of order: formats whose beginning does not say what follows.

use std::io::{Read, Seek};

/// Bytes that can be read from any place.
pub(crate) trait Stored: Read + Seek + Send {}

impl<S: Read + Seek + Send> Stored for S {}

/// A file that is read from any place.
pub(crate) struct StoredFile {
    /// The number of the file, in the order in which the files were given.
    pub(crate) number: u32,
    /// The name people know it by.
    pub(crate) name: String,
    pub(crate) content: Box<dyn Stored>,
}
