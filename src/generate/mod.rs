//! Cohorts that nobody lives: students drawn over any catalogue, and violations planted in some of them with the findings that a check must give.
//! `docs/generate.md` tells how it is kept from proving itself right.
//!
//! `institution/` is the catalogue and the calendars as lists to draw from, `draw/` makes students of them, `dossier/` is what is made. `judge.rs` and
//! `sieve.rs` ask the engine; `mend.rs` takes findings away and `plant.rs` puts one in, both by `changes/`, which `reads.rs` suggests. `rehearsal.rs` tries
//! every check beforehand; `maker.rs` makes the students of a block and `cohort.rs` all blocks.
//!
//! Add a kind of row or field to the record: where students have it, in `draw/`; where a check reads it through a relation, in `reads.rs`; what
//! else it could be, in `changes/values.rs` or `changes/rows.rs`; where it stands in the line, in `dossier/write.rs`.

mod changes;
mod cohort;
mod dossier;
mod draw;
mod institution;
mod judge;
mod maker;
mod mend;
mod plant;
mod random;
mod reads;
mod rehearsal;
mod sieve;
mod stage;
mod students;
#[cfg(test)]
mod tests;

pub(crate) use cohort::{Cohort, Counts, Lines, Order};
pub(crate) use institution::{Setting, last_day};
