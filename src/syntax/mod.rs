//! The text of a regulation as a tree: what was written, each part with its place, nothing resolved. The parser ends here (`from_text`); names and
//! types are left to the rulebook.

pub(crate) mod ast;
pub(crate) mod expression;
pub(crate) mod from_text;
pub(crate) mod problems;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod tokens;
