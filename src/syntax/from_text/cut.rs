//! Cuts a text into items: the heads of declarations, and the clauses, edges, lines and rows within their braces. An item begins a line (or follows a
//! brace), so a fault stays within its item. What an item says is left to the grammar; here only braces and first words count.

use std::ops::Range;

use super::begin::Looker;
use super::nearest::{PHRASES, is_word_of_the_language, nearest};
use super::starters::{Body, Starter};
use crate::problems::Problems;
use crate::source::{SourceId, Span};
use crate::syntax::problems::ShapeProblem;
use crate::syntax::tokens::{Token, TokenKind};

/// Blocks within blocks, and brackets within brackets.
pub(super) const DEEPEST: usize = 64;

/// One item, in places of the list of tokens.
#[derive(Debug)]
pub(crate) struct Item {
    /// From its first word up to its brace, or to its end.
    pub(crate) head: Range<usize>,
    /// What it begins with, or was meant to.
    pub(super) starter: Option<&'static Starter>,
    /// The word or words meant where it begins with a slip: `in force` for `inforce`.
    pub(super) meant: Option<&'static str>,
    pub(crate) block: Option<Block>,
    /// What follows its closing brace: `per "…"`.
    pub(crate) tail: Range<usize>,
}

/// The braces of an item.
#[derive(Debug)]
pub(crate) struct Block {
    pub(super) body: Body,
    pub(crate) items: Vec<Item>,
}

impl Item {
    /// All its tokens.
    pub(super) fn whole(&self) -> Range<usize> {
        self.head.start..self.tail.end
    }
}

/// Cuts a file whose tokens (without comments) are given.
pub(super) fn cut(looker: Looker<'_>, source: SourceId, problems: &mut Problems) -> Vec<Item> {
    let count = |kind: TokenKind| looker.tokens.iter().filter(|token| token.kind == kind).count();
    let lacks_closing = count(TokenKind::OpenBrace) > count(TokenKind::CloseBrace);
    let mut cutter = Cutter { looker, source, problems, at: 0, depth: 0, lacks_closing, said_end: false };
    cutter.items(Body::File, None)
}

struct Cutter<'a> {
    looker: Looker<'a>,
    source: SourceId,
    problems: &'a mut Problems,
    at: usize,
    depth: usize,
    /// Somewhere a closing brace is missing, so indentation is looked at to find out where.
    lacks_closing: bool,
    /// That the file ends within a block was said, and is not said again for the block around it.
    said_end: bool,
}

impl Cutter<'_> {
    fn peek(&self) -> Option<Token> {
        self.looker.token(self.at)
    }

    fn items(&mut self, body: Body, owner: Option<usize>) -> Vec<Item> {
        let mut items = Vec::new();
        let first = self.at;
        while let Some(token) = self.peek() {
            if token.kind == TokenKind::CloseBrace {
                if body != Body::File {
                    break;
                }
                let at = self.place(self.at);
                self.problems.add(at, ShapeProblem::StrayBrace { at });
                self.at += 1;
            } else if owner.is_some_and(|owner| self.belongs_outside(body, owner, first)) {
                break;
            } else {
                items.push(self.item(body));
            }
        }
        items
    }

    /// A declaration begins where only clauses may stand, or the text is indented as if the block were closed.
    fn belongs_outside(&self, body: Body, owner: usize, first: usize) -> bool {
        if self.at == first || self.peek().is_none_or(|token| !token.begins_line) {
            return false;
        }
        if body != Body::Section && self.looker.begins_declaration(self.at) {
            return true;
        }
        let (here, outer) = (self.looker.column(self.at), self.looker.column(owner));
        let indented = self.looker.column(first) > outer;
        self.lacks_closing && indented && here <= outer && (self.looker.begins_declaration(self.at) || self.looker.starter(body, self.at).is_some())
    }

    fn item(&mut self, body: Body) -> Item {
        let start = self.at;
        let (starter, meant) = match self.looker.starter(body, start) {
            Some(starter) => (Some(starter), None),
            None => self.meant(body, start).unzip(),
        };
        let mut brackets = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::CloseBrace => break,
                TokenKind::OpenBrace => return self.item_with_braces(body, start, (starter, meant)),
                _ if self.at > start && token.begins_line && self.looker.begins_item(body, start..self.at, brackets) => break,
                TokenKind::OpenBracket => brackets += 1,
                TokenKind::CloseBracket => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
        Item { head: start..self.at, starter, meant, block: None, tail: self.at..self.at }
    }

    /// The starter nearest to a first word that is none.
    fn meant(&self, body: Body, at: usize) -> Option<(&'static Starter, &'static str)> {
        let token = self.looker.token(at)?;
        let word = self.looker.text_of(at);
        if !matches!(token.kind, TokenKind::Word | TokenKind::Code) || body == Body::Programme || is_word_of_the_language(word) {
            return None;
        }
        let phrases = PHRASES.iter().copied().filter(|phrase| body.starters().any(|starter| phrase.split(' ').next() == Some(starter.word)));
        let meant = *nearest(word, body.starters().map(|starter| starter.word).chain(phrases)).first()?;
        let first = meant.split(' ').next()?;
        body.starters().find(|starter| starter.word == first).map(|starter| (starter, meant))
    }

    fn item_with_braces(&mut self, body: Body, start: usize, (starter, meant): (Option<&'static Starter>, Option<&'static str>)) -> Item {
        let head_end = self.at;
        let inner = starter.and_then(|starter| starter.block).or_else(|| starter.is_none().then(|| self.foreign_block(start)).flatten());
        let Some(inner) = inner.filter(|_| self.depth < DEEPEST) else {
            if self.depth >= DEEPEST {
                let at = self.place(head_end);
                self.problems.add(at, ShapeProblem::NestedTooDeep { at });
            }
            self.skip_braces(body, start);
            return Item { head: start..self.at, starter, meant, block: None, tail: self.at..self.at };
        };
        let block = self.block(inner, start);
        let tail = self.tail(body);
        Item { head: start..head_end, starter, meant, block: Some(block), tail }
    }

    /// A declaration in a block where none may stand still has its own kind of braces.
    fn foreign_block(&self, start: usize) -> Option<Body> {
        let home = Body::home_of(self.looker.text_of(start))?;
        self.looker.starter(home, start)?.block
    }

    fn block(&mut self, body: Body, owner: usize) -> Block {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        let items = self.items(body, Some(owner));
        self.depth -= 1;
        if self.peek().is_some_and(|token| token.kind == TokenKind::CloseBrace) {
            self.at += 1;
        } else {
            self.unclosed(open, owner);
        }
        Block { body, items }
    }

    /// `per "…"` after the closing brace of an exception.
    fn tail(&mut self, body: Body) -> Range<usize> {
        let start = self.at;
        if body == Body::Check && self.looker.text_of(self.at) == "per" {
            self.at += 1;
            while self.peek().is_some_and(|token| matches!(token.kind, TokenKind::Text | TokenKind::UnclosedText)) {
                self.at += 1;
            }
        }
        start..self.at
    }

    /// Braces whose inside the grammar reads whole, as in `given`.
    fn skip_braces(&mut self, body: Body, owner: usize) {
        let open = self.at;
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseBrace => depth -= 1,
                _ if token.begins_line && self.looker.begins_after_braces(body, self.at) => break,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
        self.unclosed(open, owner);
    }

    fn unclosed(&mut self, open: usize, owner: usize) {
        if self.peek().is_none() && std::mem::replace(&mut self.said_end, true) {
            return;
        }
        let what = [owner, owner + 1].into_iter().filter(|at| *at < open).map(|at| self.looker.text_of(at)).collect::<Vec<_>>().join(" ");
        let what = if what.is_empty() { "this block".to_owned() } else { format!("`{what}`") };
        let next = self.looker.text_of(self.at);
        let place = if next.is_empty() { "where it should end".to_owned() } else { format!("before `{next}` on line {}", self.looker.line(self.at)) };
        let at = self.place(open);
        self.problems.add(at, ShapeProblem::UnclosedBrace { what, place, at });
    }

    fn place(&self, at: usize) -> Span {
        let token = self.looker.token(at);
        token.map_or(Span::new(self.source, 0, 0), |token| Span::new(self.source, token.start as usize, token.end as usize))
    }
}
