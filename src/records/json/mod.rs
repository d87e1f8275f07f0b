//! JSON text with places: a value is looked at where it stands, without being read into anything. The text has been found valid before; on one that
//! is not, places are wrong but nothing fails.

mod outline;
mod place;
mod scan;

pub(crate) use outline::{Outline, Outlined, OutlinedMember};
pub(crate) use place::{json_has, json_place, second_key_place};
pub(crate) use scan::{Kind, Value, in_plain_words, is_unfinished, syntax_fault};
