//! What is given in an example: on one line with commas, or, where that is too long or holds comments, each part on a line of its own without them.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::format::fill::WIDTH;
use crate::format::layout::Layout;
use crate::syntax::ast::{Declaration, ExampleStep, File, Given, GivenItem};
use crate::syntax::tokens::TokenKind;

/// Where the parts of all that is given begin, in bytes.
pub(super) fn starts_of_given(file: &File) -> BTreeSet<u32> {
    let mut starts = BTreeSet::new();
    declarations(&file.declarations, &mut starts);
    starts
}

fn declarations(declarations_of: &[Declaration], starts: &mut BTreeSet<u32>) {
    for declaration in declarations_of {
        match declaration {
            Declaration::Section(section) => declarations(&section.declarations, starts),
            Declaration::Background(background) => steps(&background.steps, starts),
            Declaration::Example(example) => steps(&example.steps, starts),
            Declaration::Examples(table) => steps(&table.steps, starts),
            Declaration::Regulation(_)
            | Declaration::Calendar(_)
            | Declaration::Define(_)
            | Declaration::Check(_)
            | Declaration::Programme(_)
            | Declaration::Junk(_) => {}
        }
    }
}

fn steps(steps: &[ExampleStep], starts: &mut BTreeSet<u32>) {
    for step in steps {
        match step {
            ExampleStep::Given(given) => parts(given, starts),
            ExampleStep::CheckedOn { .. } | ExampleStep::Expect(_) | ExampleStep::Junk(_) => {}
        }
    }
}

fn parts(given: &Given, starts: &mut BTreeSet<u32>) {
    for item in &given.items {
        match item {
            GivenItem::Value { name, .. } => {
                starts.insert(name.span.start);
            }
            GivenItem::Nested(nested) => {
                starts.insert(nested.span.start);
                parts(nested, starts);
            }
        }
    }
}

impl Layout<'_> {
    pub(super) fn given(&mut self, tokens: &Range<usize>, depth: usize) {
        match self.on_a_line(tokens).filter(|line| depth * 4 + line.width() <= WIDTH) {
            Some(line) => self.out.push_str(&line),
            None => self.on_lines(tokens, depth),
        }
    }

    fn begins_part(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.given.contains(&token.start))
    }

    /// A comma between two parts says nothing: the layout puts its own.
    fn is_separator(&self, at: usize, end: usize) -> bool {
        self.kind_of(at) == Some(TokenKind::Comma)
            && (at + 1 == end || self.begins_part(at + 1) || self.kind_of(at + 1) == Some(TokenKind::CloseBrace))
    }

    fn on_a_line(&self, tokens: &Range<usize>) -> Option<String> {
        if (tokens.start + 1..tokens.end).any(|at| self.comments_at(at).next().is_some()) {
            return None;
        }
        let mut line = String::new();
        for (at, piece) in tokens.clone().zip(self.pieces(tokens)) {
            let first = self.kind_of(at.wrapping_sub(1)) == Some(TokenKind::OpenBrace);
            if self.is_separator(at, tokens.end) {
                continue;
            }
            let begins = at > tokens.start && self.begins_part(at);
            if begins && !first {
                line.push(',');
            }
            if at > tokens.start && (piece.spaced || begins) {
                line.push(' ');
            }
            line.push_str(piece.text);
        }
        Some(line)
    }

    /// `given x {`, the parts one by one, `}`
    fn on_lines(&mut self, tokens: &Range<usize>, depth: usize) {
        let Some(open) = tokens.clone().find(|at| self.kind_of(*at) == Some(TokenKind::OpenBrace)) else {
            self.head(tokens, (depth, 0));
            return;
        };
        let close = tokens.end - 1;
        self.head(&(tokens.start..open), (depth, 2));
        self.out.push_str(" {");
        self.comments_before(open, depth + 1);
        for part in self.parts(open + 1, close) {
            self.begin_line(part.start, depth + 1);
            if part.clone().any(|at| self.kind_of(at) == Some(TokenKind::OpenBrace)) {
                self.given(&part, depth + 1);
            } else {
                self.head(&part, (depth + 1, 0));
            }
            let separators: Vec<usize> = (part.end..close).take_while(|at| self.is_separator(*at, close)).collect();
            for at in separators {
                self.comments_before(at, depth + 1);
            }
        }
        self.comments_before(close, depth + 1);
        self.new_line(depth * 4);
        self.out.push('}');
    }

    /// The parts between two braces, without the commas between them.
    fn parts(&self, start: usize, end: usize) -> Vec<Range<usize>> {
        let mut depth = 0_usize;
        let mut starts = Vec::new();
        for at in start..end {
            match self.kind_of(at) {
                Some(TokenKind::OpenBrace) => depth += 1,
                Some(TokenKind::CloseBrace) => depth -= 1,
                _ if depth == 0 && self.begins_part(at) => starts.push(at),
                _ => {}
            }
        }
        let ends = starts.iter().skip(1).copied().chain([end]);
        starts.iter().zip(ends).map(|(start, end)| *start..self.without_separators(*start, end)).collect()
    }

    fn without_separators(&self, start: usize, end: usize) -> usize {
        (start..end).rev().find(|at| !self.is_separator(*at, end)).map_or(end, |last| last + 1)
    }
}
