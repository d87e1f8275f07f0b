//! What is checked: dossiers as tables of columns, and the catalogue in the same shape. Reading formats is left to the `from_…` folders, meaning to
//! the verdicts.

mod batch;
mod catalogue;
mod codes;
mod table;
mod texts;

pub(crate) use batch::{Batch, Origin, Placed};
pub(crate) use catalogue::{Catalogue, CatalogueEdge, Elements};
pub(crate) use codes::{CodeId, Codes};
pub(crate) use table::{Given, Table};
pub(crate) use texts::{TextId, Texts};
