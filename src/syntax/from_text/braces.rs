//! Where braces do not pair: which one is too many, or where one is missing. Only in a file whose braces do not add up does indentation count for
//! anything, and only to say where the fault is.

use super::cut::{Cutter, Within};
use super::starters::{Body, Starter};
use crate::syntax::problems::ShapeProblem;
use crate::syntax::tokens::TokenKind;

impl Cutter<'_> {
    /// A declaration begins where only clauses may stand, or the text is indented as if the block were closed.
    pub(super) fn belongs_outside(&self, within: Within) -> bool {
        let Some(owner) = within.owner else { return false };
        if self.at == within.first || self.peek().is_none_or(|token| !token.begins_line) {
            return false;
        }
        let declaration = self.looker.begins_declaration(self.at);
        if within.body != Body::Section && declaration {
            return true;
        }
        let (here, outer) = (self.looker.column(self.at), self.looker.column(owner));
        let indented = self.looker.column(within.first) > outer;
        self.too_few > 0 && indented && here <= outer && (declaration || self.looker.starter(within.body, self.at).is_some())
    }

    /// The closing brace ahead is one too many: it stands in the middle of a line of a block of several lines, or further in than the block.
    pub(super) fn is_stray(&self, within: Within) -> bool {
        let (Some(token), Some(owner)) = (self.peek(), within.owner) else { return false };
        if self.too_many == 0 {
            return false;
        }
        if self.looker.line(within.first) == self.looker.line(self.at) {
            return self.is_stray_on_its_line();
        }
        !token.begins_line || self.looker.column(self.at) > self.looker.column(owner)
    }

    /// What follows on its line cannot follow a closing brace.
    pub(super) fn is_stray_on_its_line(&self) -> bool {
        let next = self.looker.token(self.at + 1);
        let follows = next.is_some_and(|next| !next.begins_line && next.kind != TokenKind::CloseBrace);
        self.too_many > 0 && follows && self.looker.text_of(self.at + 1) != "per"
    }

    pub(super) fn stray(&mut self) {
        let at = self.place(self.at);
        self.problems.add(at, ShapeProblem::StrayBrace { at });
        self.too_many = self.too_many.saturating_sub(1);
        self.at += 1;
    }

    /// The closing brace ahead stands further out than the block, so it is the one of a block around it.
    pub(super) fn closes_outer_block(&self, owner: usize) -> bool {
        self.too_few > 0 && self.peek().is_some_and(|token| token.begins_line) && self.looker.column(self.at) < self.looker.column(owner)
    }

    /// An item of the block that a declaration should have opened begins here.
    pub(super) fn begins_inner(&self, starter: Option<&'static Starter>) -> bool {
        let inner = starter.filter(|starter| starter.word != "except").and_then(|starter| starter.block);
        inner.is_some_and(|inner| self.begins_item_of(inner))
    }

    fn begins_item_of(&self, body: Body) -> bool {
        let kind = self.peek().map(|token| token.kind);
        let by_its_looks = matches!((body, kind), (Body::Programme, Some(TokenKind::Code)) | (Body::Table, Some(TokenKind::Bar)));
        by_its_looks || self.looker.starter(body, self.at).is_some()
    }

    /// What the braces of an item hold that has none, although what follows is indented as if it were there.
    pub(super) fn block_without_brace(&mut self, start: usize, starter: Option<&'static Starter>) -> Option<Body> {
        let inner = starter?.block.filter(|_| self.too_many > 0 && starter.is_some_and(|starter| starter.word != "except"))?;
        let begins = self.peek()?.begins_line && self.begins_item_of(inner);
        if !begins || self.looker.column(self.at) <= self.looker.column(start) {
            return None;
        }
        let last = self.place(self.at - 1);
        let at = self.place(start).to(last);
        let what = format!("`{}`", self.looker.text_of(start));
        self.problems.add(at, ShapeProblem::MissingBlock { what, at });
        self.too_many -= 1;
        Some(inner)
    }

    pub(super) fn unclosed(&mut self, open: usize, owner: usize) {
        self.too_few = self.too_few.saturating_sub(1);
        if self.peek().is_none() && std::mem::replace(&mut self.said_end, true) {
            return;
        }
        let what = [owner, owner + 1].into_iter().filter(|at| *at < open).map(|at| self.looker.text_of(at)).collect::<Vec<_>>().join(" ");
        let what = if what.is_empty() { "this block".to_owned() } else { format!("`{what}`") };
        let place = match (self.looker.text_of(self.at), self.looker.line(self.at)) {
            ("", _) => "where it should end".to_owned(),
            ("}", line) => format!("before the one on line {line}"),
            (next, line) => format!("before `{next}` on line {line}"),
        };
        let at = self.place(open);
        self.problems.add(at, ShapeProblem::UnclosedBrace { what, place, at });
    }
}
