//! Lays out items: where lines begin, how far in, and which comments stand between them.

use crate::format::breath::{Breath, Pair};
use crate::format::fill::{Margins, Piece, WIDTH, fill, joined};
use crate::format::given::starts_of_given;
use crate::syntax::ast::File;
use crate::syntax::from_text::{Item, outline};
use crate::syntax::tokens::{Token, TokenKind, scan};

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

const INDENT: usize = 4;

/// How much further in an item goes on.
const FURTHER: usize = 8;

/// Whether all lines stay within the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Within,
    Beyond,
}

/// A text being laid out.
pub(super) struct Layout<'a> {
    pub(super) text: &'a str,
    /// Without comments.
    pub(super) tokens: Vec<Token>,
    comments: Vec<Token>,
    items: Vec<Item>,
    /// Where the parts of what is given begin, in bytes.
    pub(super) given: BTreeSet<u32>,
    pub(super) out: String,
    /// A comment stands on the line that is being written, so nothing may follow on it.
    line_ends: bool,
}

impl<'a> Layout<'a> {
    pub(super) fn new(text: &'a str, file: &File) -> Self {
        let (tokens, items) = outline(text);
        let comments = scan(text).into_iter().filter(|token| token.kind == TokenKind::Comment).collect();
        Self { text, tokens, comments, items, given: starts_of_given(file), out: String::with_capacity(text.len()), line_ends: false }
    }

    pub(super) fn format(mut self) -> String {
        let items = std::mem::take(&mut self.items);
        self.items(&items, 0);
        self.comments_before(self.tokens.len(), 0);
        let mut out = self.out.trim_start().to_owned();
        out.push('\n');
        out
    }

    fn items(&mut self, items: &[Item], depth: usize) {
        let widths = self.column_widths(items);
        for item in items {
            self.begin_line(item.head.start, depth);
            if self.is_row(item) {
                self.row(&item.head, &widths, depth);
            } else {
                self.item(item, depth);
            }
        }
    }

    fn item(&mut self, item: &Item, depth: usize) {
        let Some(block) = &item.block else {
            if self.has_braces(&item.head) {
                self.given(&item.head, depth);
            } else {
                self.head(&item.head, (depth, 0));
            }
            return;
        };
        let before = self.out.len();
        let fitting = self.on_one_line(item).map(|line| (self.head(&item.head, (depth, line.width())), line));
        let with_line = self.out.split_off(before);
        self.head(&item.head, (depth, 2));
        if let Some((Fit::Within, line)) = fitting
            && with_line == self.out.get(before..).unwrap_or("")
        {
            self.out.push_str(&line);
            return;
        }
        self.out.push_str(" {");
        self.comments_before(item.head.end, depth + 1);
        self.items(&block.items, depth + 1);
        let close = item.tail.start - 1;
        self.comments_before(close, depth + 1);
        self.new_line(depth * INDENT);
        self.out.push('}');
        self.tail(&item.tail, depth);
    }

    /// `per "…"` after a closing brace.
    fn tail(&mut self, tokens: &Range<usize>, depth: usize) {
        for at in tokens.clone() {
            if self.comments_at(at).next().is_some() {
                self.comments_within(at, depth * INDENT + FURTHER);
            } else {
                self.out.push(' ');
            }
            let text = self.tokens.get(at).map_or("", |token| token.text(self.text));
            self.out.push_str(text);
        }
    }

    /// A block that its author wrote on one line, and that holds one thing.
    fn on_one_line(&self, item: &Item) -> Option<String> {
        let [inner] = item.block.as_ref()?.items.as_slice() else { return None };
        let (open, close) = (item.head.end, item.tail.start - 1);
        let within = self.text.get(self.start_of(open)..self.start_of(close))?;
        let commented = item.tail.clone().chain([open]).any(|at| self.comments_at(at).next().is_some());
        if inner.block.is_some() || within.contains('\n') || commented || self.is_row(inner) || self.has_braces(&inner.head) {
            return None;
        }
        let tail: String = self.pieces(&item.tail).iter().flat_map(|piece| [" ", piece.text]).collect();
        Some(format!(" {{ {} }}{tail}", joined(&self.pieces(&inner.head))))
    }

    pub(super) fn start_of(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.start as usize)
    }

    pub(super) fn kind_of(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn has_braces(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| self.kind_of(at) == Some(TokenKind::OpenBrace))
    }

    /// Lays out tokens on as many lines as they need.
    pub(super) fn head(&mut self, tokens: &Range<usize>, (depth, after): (usize, usize)) -> Fit {
        let mut first = depth * INDENT;
        let further = first + FURTHER;
        let mut fit = Fit::Within;
        let mut start = tokens.start;
        for at in tokens.start + 1..=tokens.end {
            let commented = at < tokens.end && self.comments_at(at).next().is_some();
            if at < tokens.end && !commented {
                continue;
            }
            let margins = Margins { first, further, after: if at == tokens.end { after } else { 0 } };
            fit = fit.max(self.lines(&fill(&self.pieces(&(start..at)), margins), margins));
            if commented {
                self.comments_within(at, further);
            }
            (start, first) = (at, further);
        }
        fit
    }

    fn lines(&mut self, lines: &[String], margins: Margins) -> Fit {
        let mut fit = Fit::Within;
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.new_line(margins.further);
            }
            let margin = if at > 0 { margins.further } else { margins.first };
            let after = if at + 1 == lines.len() { margins.after } else { 0 };
            if margin + line.width() + after > WIDTH {
                fit = Fit::Beyond;
            }
            self.out.push_str(line);
        }
        fit
    }

    /// Tokens as pieces of a line.
    pub(super) fn pieces(&self, tokens: &Range<usize>) -> Vec<Piece<'a>> {
        let mut level = 0_usize;
        let mut value = self.tokens.get(tokens.start).is_some_and(|token| token.text(self.text) == "define");
        let mut pieces = Vec::with_capacity(tokens.len());
        for at in tokens.clone() {
            let Some(token) = self.tokens.get(at).copied() else { break };
            let pair = self.tokens.get(at.wrapping_sub(1)).map(|first| Pair { text: self.text, first: *first, second: token });
            level = level.saturating_sub(usize::from(token.kind == TokenKind::CloseBracket));
            let breath = pair.and_then(Pair::breath).filter(|breath| *breath != Breath::Value || std::mem::take(&mut value));
            pieces.push(Piece { text: token.text(self.text), spaced: pair.is_some_and(Pair::is_spaced), breath, level });
            level += usize::from(token.kind == TokenKind::OpenBracket);
        }
        pieces
    }

    /// The comments between a token and the one before it.
    pub(super) fn comments_at(&self, at: usize) -> impl Iterator<Item = Token> + use<'_> {
        let from = at.checked_sub(1).map_or(0, |before| self.start_of(before));
        let to = self.start_of(at);
        let first = self.comments.partition_point(|comment| (comment.start as usize) < from);
        self.comments.iter().skip(first).copied().take_while(move |comment| (comment.start as usize) < to)
    }

    /// Writes them: behind what stands before them on their line, or on lines of their own.
    pub(super) fn comments_before(&mut self, at: usize, depth: usize) {
        let comments: Vec<Token> = self.comments_at(at).collect();
        for comment in comments {
            if comment.begins_line {
                self.blank_line_before(comment.start as usize);
            }
            self.comment(comment, depth * INDENT);
        }
    }

    /// Writes those that stand within an item, which goes on after them on a line of its own.
    fn comments_within(&mut self, at: usize, columns: usize) {
        let comments: Vec<Token> = self.comments_at(at).collect();
        for comment in comments {
            self.comment(comment, columns);
        }
        self.new_line(columns);
    }

    fn comment(&mut self, comment: Token, columns: usize) {
        if comment.begins_line || self.line_ends {
            self.new_line(columns);
        } else {
            self.out.push_str("  ");
        }
        self.out.push_str(comment.text(self.text).trim_end());
        self.line_ends = true;
    }

    pub(super) fn begin_line(&mut self, at: usize, depth: usize) {
        self.comments_before(at, depth);
        self.blank_line_before(self.start_of(at));
        self.new_line(depth * INDENT);
    }

    pub(super) fn new_line(&mut self, columns: usize) {
        self.line_ends = false;
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    /// One blank line where the author left any, but none at the beginning of a block.
    fn blank_line_before(&mut self, start: usize) {
        let before = self.text.get(..start).unwrap_or("");
        let gap = before.get(before.trim_end().len()..).unwrap_or("");
        if gap.matches('\n').count() > 1 && !self.out.ends_with('{') {
            self.out.push('\n');
        }
    }
}
