//! A cohort: its dossiers judged block by block on all threads (`engine`), or one of them found (`find`); what the flags leave to look at (`selection`), and
//! what becomes of records that can't be read (`aside`, `quarantine`). How a verdict is given is left to `verdicts`.

pub(crate) mod aside;
mod engine;
pub(crate) mod find;
mod judging;
mod quarantine;
mod selection;

pub(crate) use engine::{Checked, Settings, check};
pub(crate) use quarantine::Quarantine;
pub(crate) use selection::{Reported, Selection, find_check};
