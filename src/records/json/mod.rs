//! JSON text with places: a value is looked at where it stands, without being read into anything. `outline.rs` finds all values of a text at once, in
//! one strict pass (`outlining.rs`). Elsewhere the text has been found valid before; on one that is not, places are wrong but nothing fails.

mod letters;
mod outline;
mod outlining;
mod place;
mod scan;

pub(in crate::records) use letters::{Beginning, beginning_of, end_of_plain, quotes, special_bytes};
pub(crate) use outline::{Outline, Outlined, OutlinedMember};
pub(crate) use place::{json_has, json_place, second_key_place};
pub(crate) use scan::{Kind, Value, in_plain_words, is_unfinished, syntax_fault};
