//! A cohort: its dossiers judged block by block on all threads (`engine`), as the flags say (`settings`, `selection`), and what came of it (`checked`); one of
//! them found (`find`); and what becomes of records that can't be read (`aside`, `quarantine`). How a verdict is given is left to `verdicts`.

pub(crate) mod aside;
mod checked;
mod engine;
pub(crate) mod find;
mod judging;
mod quarantine;
mod selection;
mod settings;

pub(crate) use checked::{Checked, say_aside};
pub(crate) use engine::check;
pub(crate) use quarantine::Quarantine;
pub(crate) use selection::{Reported, Selection, find_check, meant_check};
pub(crate) use settings::Settings;
