//! Where a space stands between two tokens, and where a long line may be broken.

use crate::syntax::tokens::{Token, TokenKind};

/// Words that take their brackets without a space.
const CALLED: &[&str] = &["max", "min", "window", "day"];

/// How willingly a line is broken before a token; the first is taken first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Breath {
    /// After the `=` of a definition.
    Value,
    /// Before `where`, `when`, `satisfies`, `then`, `else`, `per` and the like, and between adjacent strings.
    Part,
    /// Before `and`, `or`.
    Connective,
    /// Before a sign, `is`, `over`, `by`; after a comma.
    Operand,
}

const PARTS: &[&str] = &["where", "when", "satisfies", "then", "else", "per", "decided", "with"];

/// Words that are read in one breath.
const HELD: &[(&str, &str)] =
    &[("on", "or"), ("same", "or"), ("together", "with"), ("and", "with"), ("or", "with"), ("issued", "by"), ("decision", "by"), ("allowed", "by")];

const OPERANDS: &[&str] = &["is", "over", "by", "includes", "acquired", "contains", "serves", "rounded"];

/// Two tokens that follow one another.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) text: &'a str,
    pub(super) first: Token,
    pub(super) second: Token,
}

impl Pair<'_> {
    pub(super) fn is_spaced(self) -> bool {
        let glued_minus = self.first.text(self.text) == "-" && self.second.kind == TokenKind::Number && self.first.end == self.second.start;
        match (self.first.kind, self.second.kind) {
            (_, TokenKind::Comma | TokenKind::Colon | TokenKind::CloseBracket | TokenKind::Dot) | (TokenKind::OpenBracket | TokenKind::Dot, _) => {
                false
            }
            (TokenKind::Word, TokenKind::OpenBracket) => !CALLED.contains(&self.first.text(self.text)),
            (_, TokenKind::Sign) => self.second.text(self.text) != "%",
            _ => !glued_minus,
        }
    }

    /// Whether, and how willingly, a line is broken between the two.
    pub(super) fn breath(self) -> Option<Breath> {
        let (before, word) = (self.first.text(self.text), self.second.text(self.text));
        match (self.first.kind, self.second.kind) {
            (TokenKind::Sign, _) if before == "=" => Some(Breath::Value),
            (TokenKind::Text, TokenKind::Text) => Some(Breath::Part),
            (_, TokenKind::Word) if HELD.contains(&(before, word)) => None,
            (_, TokenKind::Word) if PARTS.contains(&word) => Some(Breath::Part),
            (_, TokenKind::Word) if matches!(word, "and" | "or") => Some(Breath::Connective),
            (_, TokenKind::Word) if OPERANDS.contains(&word) => Some(Breath::Operand),
            (TokenKind::Comma, _) => Some(Breath::Operand),
            (_, TokenKind::Sign) if matches!(word, "+" | "-" | "*" | "/") => Some(Breath::Operand),
            _ => None,
        }
    }
}
