//! Whether an item begins at a token.

use std::ops::Range;

use super::nearest::{is_word_of_the_language, nearest};
use super::starters::{Body, DEMANDING, Followed, GOING_ON, Starter};
use crate::source::LineIndex;
use crate::syntax::tokens::{Token, TokenKind};

/// The words that open the right-hand side of an edge.
pub(super) const EDGE_WORDS: &[&str] = &["strictly", "flexibly", "together", "after", "for", "with", "requires"];

/// Signs that make an operand of the word before them.
const MAKING_OPERANDS: &[TokenKind] = &[TokenKind::Dot, TokenKind::Colon, TokenKind::Comma, TokenKind::CloseBracket, TokenKind::Sign];

/// Words that make an operand of the word before them.
const AFTER_OPERANDS: &[&str] = &["is", "and", "or", "has", "includes", "contains", "then", "else", "satisfies", "serves"];

/// A text and its tokens, comments left out.
#[derive(Clone, Copy)]
pub(super) struct Looker<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lines: &'a LineIndex,
}

impl<'a> Looker<'a> {
    pub(super) fn token(self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    pub(super) fn text_of(self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text(self.text))
    }

    fn kind_of(self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    /// Bytes between the beginning of the line on which a token stands and the line's first token.
    pub(super) fn column(self, at: usize) -> usize {
        let line = self.text.get(self.lines.range(self.line(at) - 1, self.text.len())).unwrap_or("");
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// The line on which a token stands, from 1.
    pub(super) fn line(self, at: usize) -> usize {
        self.token(at).map_or(1, |token| self.lines.line_of(token.start as usize) + 1)
    }

    /// The starter of a block's items at a token.
    pub(super) fn starter(self, body: Body, at: usize) -> Option<&'static Starter> {
        if self.kind_of(at)? != TokenKind::Word {
            return None;
        }
        let word = self.text_of(at);
        body.starters().find(|starter| starter.word == word && self.is_followed(starter, at))
    }

    fn is_followed(self, starter: &Starter, at: usize) -> bool {
        let next = self.text_of(at + 1);
        match (starter.followed, self.kind_of(at + 1)) {
            (Followed::ByWord(words), _) => words.contains(&next) || !nearest(next, words.iter().copied()).is_empty(),
            (Followed::By(kinds), Some(kind)) => kinds.contains(&kind),
            (Followed::ByAnything, Some(kind)) if MAKING_OPERANDS.contains(&kind) => false,
            (Followed::ByAnything, _) => !AFTER_OPERANDS.contains(&next),
            (Followed::By(_), None) => false,
        }
    }

    /// A declaration that is no clause, line or given subject as well.
    pub(super) fn begins_declaration(self, at: usize) -> bool {
        self.starter(Body::File, at).is_some_and(|starter| match self.kind_of(at + 1) {
            Some(TokenKind::OpenBrace) => starter.word == "background",
            Some(_) => starter.word != "background",
            None => false,
        })
    }

    /// Whether an item of the block begins here, after the tokens of the one before it.
    pub(super) fn begins_item(self, body: Body, before: Range<usize>, brackets: usize) -> bool {
        let at = before.end;
        match body {
            Body::Programme => self.begins_edge(before, brackets),
            Body::Table if self.kind_of(at) == Some(TokenKind::Bar) => true,
            Body::File | Body::Section | Body::Regulation | Body::Calendar | Body::Check | Body::Example | Body::Table => {
                let wanted = self.wants_operand(before.clone());
                match self.starter(body, at) {
                    Some(starter) => !starter.weak || (!wanted && brackets == 0),
                    None => brackets == 0 && !wanted && (self.cannot_go_on(at) || self.begins_declaration(at)),
                }
            }
        }
    }

    /// After a complete operand a bare word that joins nothing can only be the beginning of something new.
    fn cannot_go_on(self, at: usize) -> bool {
        let word = self.text_of(at);
        match self.kind_of(at) {
            Some(TokenKind::Word) => !GOING_ON.contains(&word),
            Some(TokenKind::Code) => !word.contains(|character: char| !character.is_ascii_alphabetic()),
            Some(_) | None => false,
        }
    }

    /// The last token demands that something follows.
    fn wants_operand(self, before: Range<usize>) -> bool {
        let last = before.end.saturating_sub(1);
        match self.kind_of(last) {
            Some(TokenKind::Word) if self.text_of(last) == "background" => false,
            Some(TokenKind::Word) => last == before.start || DEMANDING.contains(&self.text_of(last)),
            Some(TokenKind::OpenBracket | TokenKind::Comma | TokenKind::Colon | TokenKind::Dot | TokenKind::Bar) => true,
            Some(TokenKind::Sign) => self.text_of(last) != "%",
            Some(_) | None => false,
        }
    }

    fn begins_edge(self, before: Range<usize>, brackets: usize) -> bool {
        let at = before.end;
        let is_edge = EDGE_WORDS.contains(&self.text_of(at + 1));
        let after_text = self.kind_of(at.saturating_sub(1)) == Some(TokenKind::Text);
        match self.kind_of(at) {
            Some(TokenKind::Code) => is_edge || (brackets == 0 && !self.wants_operand(before)),
            Some(TokenKind::Text) => is_edge || (brackets == 0 && !after_text && !self.wants_operand(before)),
            Some(TokenKind::Word) => !is_word_of_the_language(self.text_of(at)) && brackets == 0 && !self.wants_operand(before),
            Some(_) | None => false,
        }
    }

    /// Within braces that are read whole: something that can only stand outside of them.
    pub(super) fn begins_after_braces(self, body: Body, at: usize) -> bool {
        let step = matches!(body, Body::Example | Body::Table) && self.starter(body, at).is_some();
        step || (self.begins_declaration(at) && !matches!(self.text_of(at), "programme" | "calendar" | "regulation"))
    }
}
