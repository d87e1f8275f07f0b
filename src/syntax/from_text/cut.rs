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
    /// An item without a tail.
    fn new(head: Range<usize>, (starter, meant): Beginning, block: Option<Block>) -> Self {
        let tail = head.end..head.end;
        Self { head, starter, meant, block, tail }
    }

    /// All its tokens.
    pub(super) fn whole(&self) -> Range<usize> {
        self.head.start..self.tail.end
    }
}

/// Cuts a file whose tokens (without comments) are given.
pub(super) fn cut(looker: Looker<'_>, source: SourceId, problems: &mut Problems) -> Vec<Item> {
    let count = |kind: TokenKind| looker.tokens.iter().filter(|token| token.kind == kind).count();
    let (opening, closing) = (count(TokenKind::OpenBrace), count(TokenKind::CloseBrace));
    let (too_many, too_few) = (closing.saturating_sub(opening), opening.saturating_sub(closing));
    let mut cutter = Cutter { looker, source, problems, at: 0, depth: 0, too_many, too_few, said_end: false };
    cutter.items(Within { body: Body::File, owner: None, first: 0 })
}

/// The block that is being cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    pub(super) body: Body,
    /// The first token of the declaration or exception that it belongs to; nothing for the file itself.
    pub(super) owner: Option<usize>,
    /// Its own first token.
    pub(super) first: usize,
}

/// What an item begins with: the word, and the words meant where it is a slip.
type Beginning = (Option<&'static Starter>, Option<&'static str>);

pub(super) struct Cutter<'a> {
    pub(super) looker: Looker<'a>,
    source: SourceId,
    pub(super) problems: &'a mut Problems,
    pub(super) at: usize,
    depth: usize,
    /// Closing braces that close nothing, as far as they have not been found. Indentation is looked at to find them.
    pub(super) too_many: usize,
    /// Closing braces that are missing.
    pub(super) too_few: usize,
    /// That the file ends within a block was said, and is not said again for the block around it.
    pub(super) said_end: bool,
}

impl Cutter<'_> {
    pub(super) fn peek(&self) -> Option<Token> {
        self.looker.token(self.at)
    }

    fn items(&mut self, within: Within) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(token) = self.peek() {
            if token.kind == TokenKind::CloseBrace {
                if within.owner.is_some() && !self.is_stray(within) {
                    break;
                }
                self.stray();
            } else if self.belongs_outside(within) {
                break;
            } else {
                items.push(self.item(within));
            }
        }
        items
    }

    fn item(&mut self, within: Within) -> Item {
        let (body, start) = (within.body, self.at);
        let beginning = match self.looker.starter(body, start) {
            Some(starter) => (Some(starter), None),
            None => self.meant(body, start).unzip(),
        };
        let mut brackets = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::CloseBrace if within.owner.is_none() || !self.is_stray(within) => break,
                TokenKind::CloseBrace => {
                    self.stray();
                    continue;
                }
                TokenKind::OpenBrace => return self.item_with_braces(body, start, beginning),
                _ if self.at > start
                    && token.begins_line
                    && (self.looker.begins_item(body, start..self.at, brackets) || self.begins_inner(beginning.0)) =>
                {
                    break;
                }
                TokenKind::OpenBracket => brackets += 1,
                TokenKind::CloseBracket => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
        if let Some(inner) = self.block_without_brace(start, beginning.0) {
            let head = start..self.at;
            let block = self.block(inner, start);
            return Item { tail: self.tail(body), ..Item::new(head, beginning, Some(block)) };
        }
        Item::new(start..self.at, beginning, None)
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

    fn item_with_braces(&mut self, body: Body, start: usize, beginning: Beginning) -> Item {
        let starter = beginning.0;
        let inner = starter.and_then(|starter| starter.block).or_else(|| starter.is_none().then(|| self.foreign_block(start)).flatten());
        let Some(inner) = inner.filter(|_| self.depth < DEEPEST) else {
            if self.depth >= DEEPEST {
                let at = self.place(self.at);
                self.problems.add(at, ShapeProblem::NestedTooDeep { at });
            }
            self.skip_braces(body, start);
            return Item::new(start..self.at, beginning, None);
        };
        let head = start..self.at;
        self.at += 1;
        let block = self.block(inner, start);
        Item { tail: self.tail(body), ..Item::new(head, beginning, Some(block)) }
    }

    /// A declaration in a block where none may stand still has its own kind of braces.
    fn foreign_block(&self, start: usize) -> Option<Body> {
        let home = Body::home_of(self.looker.text_of(start))?;
        self.looker.starter(home, start)?.block
    }

    /// What stands between two braces, from the first token after the opening one.
    fn block(&mut self, body: Body, owner: usize) -> Block {
        let within = Within { body, owner: Some(owner), first: self.at };
        self.depth += 1;
        let items = self.items(within);
        self.depth -= 1;
        if self.peek().is_some_and(|token| token.kind == TokenKind::CloseBrace) && !self.closes_outer_block(owner) {
            self.at += 1;
        } else {
            self.unclosed(within.first - 1, owner);
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
                TokenKind::CloseBrace if depth == 1 && self.is_stray_on_its_line() => {
                    self.stray();
                    continue;
                }
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

    pub(super) fn place(&self, at: usize) -> Span {
        let token = self.looker.token(at);
        token.map_or(Span::new(self.source, 0, 0), |token| Span::new(self.source, token.start as usize, token.end as usize))
    }
}
