//! Catalogues and dossiers from JSON, exactly as it stands: what can't be read is said with its place, nothing is repaired.

mod catalogue;

pub(crate) use catalogue::read_catalogue;
