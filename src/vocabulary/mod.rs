//! The words of the record: its subjects, fields, lists and enumerations, and the values that stand in them. One vocabulary serves the rule text, the
//! records, the tables and the reports; what a word means for a student is left to the verdicts.
//!
//! Add a record field: one line in `fields.rs` (and its enumeration in `enumerations.rs`); the readers, the schema, the compiler and the
//! evaluators all take it from there.

mod cells;
pub(crate) mod dates;
pub(crate) mod enumerations;
mod exact;
pub(crate) mod fields;
mod links;
mod subjects;
mod zones;

pub(crate) use cells::{Cell, MISSING, SCALE, cell_of_number, number_of_cell};
pub(crate) use enumerations::Enumeration;
pub(crate) use exact::Exact;
pub(crate) use fields::{Field, FieldKind};
pub(crate) use links::{Link, List};
pub(crate) use subjects::Subject;
pub(crate) use zones::Zone;
