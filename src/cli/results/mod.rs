//! Where results go: to stdout, or to a file that is written whole or not at all. What comes before all of it is known is kept meanwhile (`lines`) and put
//! with what stands around it (`framed`), what is no text is made whole first (`books`), and where something can't be written it is said what to do
//! (`unwritable`). What a result holds is left to `report`.

pub(crate) mod books;
pub(crate) mod framed;
mod lines;
mod making;
mod output;
mod syncing;
mod unwritable;

pub(crate) use lines::Lines;
pub(crate) use output::{Beside, Read, Stream, write, write_file};
pub(crate) use unwritable::{refused, unkept, unwritable};
