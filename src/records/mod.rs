//! What is checked: dossiers as tables of columns, and the catalogue in the same shape. Reading formats is left to the `from_…` folders, meaning to
//! the verdicts.

mod batch;
mod catalogue;
mod codes;
mod from_json;
mod json;
mod nouns;
mod problems;
mod table;
mod texts;
mod values;

pub(crate) use batch::{Batch, Origin, Placed};
pub(crate) use catalogue::{Catalogue, CatalogueEdge, Elements};
pub(crate) use codes::{CodeId, Codes};
pub(crate) use from_json::read_catalogue;
pub(crate) use json::json_place;
pub(crate) use nouns::{noun, year_text};
pub(crate) use table::{Given, Table};
pub(crate) use texts::{TextId, Texts};
