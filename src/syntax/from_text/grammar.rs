//! The grammar as a parser: nothing but what pest makes of the files in `grammar/`.
#![allow(unreachable_pub, reason = "pest's derive makes its list of rules public")]

use pest_derive::Parser;

/// What the grammar files say, compiled.
#[derive(Parser)]
#[grammar = "../grammar/words.pest"]
#[grammar = "../grammar/regs.pest"]
#[grammar = "../grammar/declarations.pest"]
#[grammar = "../grammar/clauses.pest"]
#[grammar = "../grammar/edges.pest"]
#[grammar = "../grammar/examples.pest"]
#[grammar = "../grammar/expressions.pest"]
pub(super) struct Grammar;

impl Rule {
    /// A word of the language, a bracket, or the end of the piece: they say nothing that the rule around them does not say.
    pub(super) fn is_silent_word(self) -> bool {
        self <= Self::kw_zone
    }

    /// The text of a word's rule.
    pub(super) fn word(self) -> Option<String> {
        let name = format!("{self:?}");
        name.strip_prefix("kw_")
            .or_else(|| name.strip_suffix("_word").filter(|word| ["and", "or", "not", "before", "after", "on"].contains(word)))
            .map(str::to_owned)
    }
}
