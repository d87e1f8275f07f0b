//! Says why a piece is refused: a slip that is known by its looks, or what was expected where.

use std::ops::Range;

use super::mend::RefusalKind;
use super::reader::Reader;
use super::starters::{Body, GOING_ON};
use crate::source::Span;
use crate::syntax::problems::{ShapeProblem, WordingProblem};
use crate::syntax::tokens::{Token, TokenKind};

/// Signs of other languages and the words for them here.
const FOREIGN: &[(&str, &str)] = &[("==", "is"), ("!=", "is not"), ("<>", "is not"), ("&&", "and"), ("&", "and"), ("!", "not")];

impl Reader<'_> {
    /// The offset is one of the whole text, the tokens those of the piece.
    pub(super) fn refuse(&mut self, offset: usize, kind: RefusalKind, tokens: &Range<usize>) {
        let RefusalKind::Expected(expected) = kind else {
            let at = self.span(&(tokens.start..tokens.start + 1));
            self.problems.add(at, ShapeProblem::TooLong { what: "the reader gave up", at });
            return;
        };
        let found = tokens.clone().find(|at| self.looker.token(*at).is_some_and(|token| token.end as usize > offset));
        let Some(found) = found else { return self.unfinished(expected, tokens) };
        let Some(token) = self.looker.token(found) else { return };
        let at = self.span(&(found..found + 1));
        let text = self.looker.text_of(found);
        if let Some((sign, meant)) = FOREIGN.iter().find(|(sign, _)| *sign == text) {
            self.problems.add(at, WordingProblem::ForeignSign { sign: (*sign).to_owned(), meant, at });
        } else if text == "-" || self.is_glued_minus(token) {
            self.problems.add(at, WordingProblem::MinusWithoutSpaces { at });
        } else {
            self.not_fitting(at, text, expected);
        }
    }

    /// `2023-5`: taken as one number by its looks.
    fn is_glued_minus(&self, token: Token) -> bool {
        token.kind == TokenKind::Number && token.text(self.looker.text).split_once('-').is_some_and(|(_, after)| !matches!(after.len(), 4 | 5))
    }

    fn unfinished(&mut self, expected: String, tokens: &Range<usize>) {
        let last = tokens.end.saturating_sub(1);
        let at = self.span(&(last..tokens.end));
        let last = shortened(self.looker.text_of(last));
        self.problems.add(at, ShapeProblem::Unfinished { expected, last, what: "it", at });
    }

    fn not_fitting(&mut self, at: Span, text: &str, expected: String) {
        let begins_something = Body::home_of(text).is_some() && !GOING_ON.contains(&text);
        let help = match text {
            _ if begins_something => "a clause, a line or a declaration begins on a line of its own",
            "{" => "braces belong to declarations, exceptions and `given`",
            "=" => "a comparison is written `is`, `is at least` or `>=`; `=` follows the head of `define`",
            "," => "a comma stands between things of one kind; conditions are joined with `and` or `or`",
            _ if text.starts_with(|first: char| first.is_ascii_uppercase()) => {
                "a code begins with a capital, a name and the words of the language with a small letter"
            }
            _ if expected == "a text in quotes" => "put it in quotes",
            _ if expected.contains("an operator") => "is a word such as `is`, `and` or `at least` missing before it?",
            _ => "look at the words before it, or take it out",
        };
        self.problems.add(at, ShapeProblem::Unexpected { found: format!("`{}`", shortened(text)), expected, at, help: help.to_owned() });
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}
