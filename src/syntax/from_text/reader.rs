//! Reads one item at a time with the grammar, after a look at what would be too much for it.

use std::ops::Range;

use super::begin::Looker;
use super::builder::{Builder, Origin, Parts};
use super::cut::{DEEPEST, Item};
use super::grammar::Rule;
use super::mend::{LONGEST, MOST_SLIPS, mend, strictly};
use super::piece::Piece;
use super::starters::{Body, LATER};
use crate::problems::Problems;
use crate::source::Span;
use crate::syntax::problems::{ShapeProblem, WordingProblem};
use crate::syntax::tokens::TokenKind;

/// Words that open a further level where they stand before an operand.
const OPENING_WORDS: &[&str] = &["if", "every", "some", "no", "sum", "count", "highest", "lowest", "first", "last", "end"];

/// A text being read.
pub(super) struct Reader<'a> {
    pub(super) looker: Looker<'a>,
    pub(super) origin: Origin<'a>,
    pub(super) problems: &'a mut Problems,
    /// Refused pieces in which a slip is still looked for: a file of nothing but faults must not take its time.
    pub(super) mending: usize,
}

/// Refused pieces of one file in which a slip is looked for.
pub(super) const MOST_MENDED: usize = 500;

impl<'a> Reader<'a> {
    /// The place from the first to the last of some tokens.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        let start = self.looker.token(tokens.start).map_or(0, |token| token.start as usize);
        let end = tokens.end.checked_sub(1).and_then(|last| self.looker.token(last)).map_or(start, |token| token.end as usize);
        self.origin.span(start, end.max(start))
    }

    /// Reads some tokens by a rule and builds what they say; nothing, and a problem, where that fails.
    pub(super) fn read<T>(&mut self, tokens: Range<usize>, rule: Rule, build: impl Fn(&mut Builder<'_>, &mut Parts<'_>) -> Option<T>) -> Option<T> {
        self.read_meant((tokens, None), rule, build)
    }

    /// Reads the head of an item; its first word is taken as the one that was meant.
    pub(super) fn read_item<T>(&mut self, item: &Item, rule: Rule, build: impl Fn(&mut Builder<'_>, &mut Parts<'_>) -> Option<T>) -> Option<T> {
        self.read_meant((item.head.clone(), item.meant), rule, build)
    }

    fn read_meant<T>(
        &mut self,
        (tokens, first_word): (Range<usize>, Option<&'static str>),
        rule: Rule,
        build: impl Fn(&mut Builder<'_>, &mut Parts<'_>) -> Option<T>,
    ) -> Option<T> {
        if self.is_hopeless(&tokens) {
            return None;
        }
        let piece = self.piece(&tokens);
        let piece = match first_word {
            Some(meant) => self.with_first_word(&piece, tokens.start, meant),
            None => piece,
        };
        let error = match strictly(rule, &piece.text) {
            Ok(pairs) => return self.build(&piece, &mut Parts::of_item(pairs), build),
            Err(error) => error,
        };
        let most_slips = if self.mending > 0 { MOST_SLIPS } else { 0 };
        self.mending = self.mending.saturating_sub(1);
        let (piece, slips, refusal) = mend(rule, piece, &error, most_slips);
        for slip in slips {
            let at = self.origin.span(slip.at.start, slip.at.end);
            self.problems.add(at, ShapeProblem::UnknownKeyword { word: slip.word, meant: slip.meant, at });
        }
        if let Some(refusal) = refusal {
            self.refuse(piece.offset(refusal.at), refusal.kind, &tokens);
            return None;
        }
        let pairs = strictly(rule, &piece.text).ok()?;
        self.build(&piece, &mut Parts::of_item(pairs), build)
    }

    /// The piece with the word that was meant in the place of its first.
    fn with_first_word(&mut self, piece: &Piece<'a>, first: usize, meant: &'static str) -> Piece<'a> {
        let word = self.looker.text_of(first);
        let at = self.span(&(first..first + 1));
        self.problems.add(at, ShapeProblem::UnknownKeyword { word: word.to_owned(), meant: meant.to_owned(), at });
        piece.with(0..word.len(), meant)
    }

    fn piece(&self, tokens: &Range<usize>) -> Piece<'a> {
        let start = self.looker.token(tokens.start).map_or(0, |token| token.start as usize);
        let end = tokens.end.checked_sub(1).and_then(|last| self.looker.token(last)).map_or(start, |token| token.end as usize);
        Piece::new(self.looker.text.get(start..end).unwrap_or(""), start)
    }

    fn build<T>(&mut self, piece: &Piece<'_>, parts: &mut Parts<'_>, build: impl Fn(&mut Builder<'_>, &mut Parts<'_>) -> Option<T>) -> Option<T> {
        let mut builder = Builder { origin: self.origin, piece, problems: self.problems, reported: false, depth: 0 };
        let built = build(&mut builder, parts);
        if built.is_none() && !builder.reported {
            let at = self.origin.span(piece.offset(0), piece.offset(piece.text.len()));
            self.unexpected(at, "this".to_owned(), "something else".to_owned());
        }
        built
    }

    /// Said before the grammar sees it: a string or a brace that is not closed, a piece beyond measure, nesting without end.
    fn is_hopeless(&mut self, tokens: &Range<usize>) -> bool {
        let inside = self.looker.tokens.get(tokens.clone()).unwrap_or(&[]);
        if inside.iter().any(|token| token.kind == TokenKind::UnclosedText) {
            return true;
        }
        let count = |kind: TokenKind| inside.iter().filter(|token| token.kind == kind).count();
        if count(TokenKind::OpenBrace) != count(TokenKind::CloseBrace) {
            return true;
        }
        if self.foreign_date(tokens) {
            return true;
        }
        let length = inside.last().map_or(0, |last| last.end) - inside.first().map_or(0, |first| first.start);
        if length as usize > LONGEST {
            let at = self.span(&(tokens.start..tokens.start + 1));
            self.problems.add(at, ShapeProblem::TooLong { what: "more than 64 kB without a new clause or declaration", at });
            return true;
        }
        let Some(deep) = self.too_deep(tokens) else { return false };
        let at = self.span(&(deep..deep + 1));
        self.problems.add(at, ShapeProblem::NestedTooDeep { at });
        true
    }

    /// `15/10/2023`, `15.10.2023`, `15-10-2023`: read strictly they would be divisions or nothing.
    fn foreign_date(&mut self, tokens: &Range<usize>) -> bool {
        let found = tokens.clone().find_map(|at| self.looks_like_a_date(at).map(|length| at..at + length));
        let Some(date) = found else { return false };
        let at = self.span(&date);
        let written = date.map(|at| self.looker.text_of(at)).collect();
        self.problems.add(at, WordingProblem::ForeignDate { written, at });
        true
    }

    /// How many tokens from here on look like a date of another notation.
    fn looks_like_a_date(&self, at: usize) -> Option<usize> {
        let first = self.looker.token(at)?;
        if first.kind != TokenKind::Number {
            return None;
        }
        let dotted = self.looker.text_of(at).split('.').map(str::len);
        if matches!(dotted.collect::<Vec<_>>().as_slice(), [1 | 2, 1 | 2, 4]) {
            return Some(1);
        }
        let glued =
            (at..at + 4).all(|at| matches!((self.looker.token(at), self.looker.token(at + 1)), (Some(left), Some(right)) if left.end == right.start));
        let sign = self.looker.text_of(at + 1);
        let lengths = [at, at + 2, at + 4].map(|at| self.looker.text_of(at).len());
        let shape = matches!(lengths, [1 | 2, 1 | 2, 4] | [4, 1 | 2, 1 | 2]);
        (glued && shape && matches!(sign, "/" | "-") && self.looker.text_of(at + 3) == sign).then_some(5)
    }

    /// The first token that lies deeper than is allowed.
    fn too_deep(&self, tokens: &Range<usize>) -> Option<usize> {
        let mut levels: Vec<usize> = vec![0];
        let mut open = 0_usize;
        for at in tokens.clone() {
            let token = self.looker.token(at)?;
            match token.kind {
                TokenKind::OpenBracket | TokenKind::OpenBrace => levels.push(0),
                TokenKind::CloseBracket | TokenKind::CloseBrace if levels.len() > 1 => open -= levels.pop().unwrap_or(0),
                TokenKind::Comma => open -= levels.last_mut().map_or(0, std::mem::take),
                TokenKind::Word if self.opens_a_level(at) => {
                    open += 1;
                    *levels.last_mut()? += 1;
                }
                _ => {}
            }
            if levels.len() - 1 + open > DEEPEST {
                return Some(at);
            }
        }
        None
    }

    fn opens_a_level(&self, at: usize) -> bool {
        let word = self.looker.text_of(at);
        OPENING_WORDS.contains(&word) || (word == "not" && self.looker.text_of(at + 1) == "not")
    }

    pub(super) fn unexpected(&mut self, at: Span, found: String, expected: String) {
        let help = "look at the words before it, or take it out".to_owned();
        self.problems.add(at, ShapeProblem::Unexpected { found, expected, at, help });
    }

    /// An item that begins with no word of its block: says where it belongs, if anywhere. True where the grammar should look at it.
    pub(super) fn is_known(&mut self, item: &Item, body: Body) -> bool {
        let first = item.head.start..item.head.start + 1;
        let word = self.looker.text_of(first.start);
        if item.starter.is_some() || body == Body::Programme || body.starters().any(|starter| starter.word == word) {
            return true;
        }
        if self.is_hopeless(&item.head) {
            return false;
        }
        let at = self.span(&first);
        match Body::home_of(word) {
            _ if LATER.contains(&word) => self.problems.add(at, ShapeProblem::LaterEdition { word: word.to_owned(), at }),
            Some(home) => self.problems.add(at, ShapeProblem::Misplaced { word: word.to_owned(), place: body.place(), home: home.place(), at }),
            None => self.unexpected(at, format!("`{word}`"), body.item().to_owned()),
        }
        false
    }
}
