//! From the rulebook to the plan. A condition or a value becomes nodes over the coarsest domain on which it can be told: what is said of an enrolment is
//! worked out once for all its entries, and what only the catalogue decides once for all dossiers.
//!
//! `builder.rs` makes nodes and knows where values stand, `rows.rs` follows names to rows, `values.rs`, `conditions.rs`, `numbers.rs`, `days.rs` and
//! `relations.rs` take the expressions a family each, `elements.rs` and `lists.rs` what is made of lists, `units.rs` what is asked about units one by one, `words.rs` questions to the words
//! of a field, `edges.rs` sequentiality, `checks.rs` the checks,
//! `exact.rs` tells which of all these columns leave nothing to the other evaluator, and `schedule.rs` orders the steps.

mod builder;
mod checks;
mod conditions;
mod days;
mod edges;
mod elements;
mod exact;
mod lists;
mod numbers;
mod relations;
mod requirements;
mod rows;
mod schedule;
mod scope;
mod settled;
mod subjects;
mod units;
mod values;
mod words;

pub(super) use checks::compile;

/// A construct that no column can run; it is left to the other evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unplanned(pub(crate) &'static str);
