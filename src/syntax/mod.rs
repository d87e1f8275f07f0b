//! The text of a regulation as a tree: what was written, each part with its place, nothing resolved. The parser ends here (`from_text`); names and
//! types are left to the rulebook.

pub(crate) mod ast;
pub(crate) mod expression;
