//! Says why a piece is refused: a slip that is known by its looks, or what was expected where.

use std::ops::Range;

use super::begin::EDGE_WORDS;
use super::forms::{EDGE, form_of};
use super::mend::RefusalKind;
use super::reader::Reader;
use super::starters::{Body, GOING_ON};
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
            self.not_fitting((found, tokens), expected);
        }
    }

    /// `2023-5`: taken as one number by its looks.
    fn is_glued_minus(&self, token: Token) -> bool {
        token.kind == TokenKind::Number && token.text(self.looker.text).split_once('-').is_some_and(|(_, after)| !matches!(after.len(), 4 | 5))
    }

    fn unfinished(&mut self, expected: String, tokens: &Range<usize>) {
        let last = tokens.end.saturating_sub(1);
        let at = self.span(&(last..tokens.end));
        let help = form_of(self.looker.text_of(tokens.start)).unwrap_or("finish it, or take it out").to_owned();
        let last = shortened(self.looker.text_of(last));
        self.problems.add(at, ShapeProblem::Unfinished { expected, last, at, help });
    }

    fn not_fitting(&mut self, (found, tokens): (usize, &Range<usize>), expected: String) {
        let at = self.span(&(found..found + 1));
        let text = self.looker.text_of(found);
        let help = self.help((found, tokens), &expected).to_owned();
        self.problems.add(at, ShapeProblem::Unexpected { found: format!("`{}`", shortened(text)), expected, at, help });
    }

    /// What to do about a token that does not fit: a slip that is known by its looks, or the form of the whole item.
    fn help(&self, (found, tokens): (usize, &Range<usize>), expected: &str) -> &'static str {
        let text = self.looker.text_of(found);
        let between_numbers =
            |kind: TokenKind| [found.wrapping_sub(1), found + 1].iter().all(|at| self.looker.token(*at).is_some_and(|token| token.kind == kind));
        let before = found.checked_sub(1).and_then(|at| self.looker.token(at)).map(|token| token.kind);
        let form = form_of(self.looker.text_of(tokens.start)).or_else(|| EDGE_WORDS.contains(&self.looker.text_of(tokens.start + 1)).then_some(EDGE));
        match text {
            "," if between_numbers(TokenKind::Number) => "a decimal is written with a point: `29.5`",
            ")" | "]" => "no bracket is open here",
            "percent" => "write `%`: `30%`",
            "in" => "write `is one of (a, b)`, or `list contains a`",
            "least" | "most" | "than" => "say again what is compared: `a is at least 3 and a is at most 4`",
            _ if names_a_month(text) && before == Some(TokenKind::Number) => "a month is written in full and in English: `15 October 2023`",
            _ if names_a_month(self.looker.text_of(found.wrapping_sub(1))) => "the day stands before the month: `15 October 2023`",
            "{" => "braces belong to declarations, exceptions and `given`",
            ":" if form.is_none() => "a colon stands only in `given` and before the type of a `define`",
            _ if text.starts_with(['“', '”', '„', '‘', '’', '«', '»']) => "texts stand between straight quotation marks: `\"…\"`",
            _ if found > tokens.start && Body::home_of(text).is_some() && !GOING_ON.contains(&text) && form.is_none() => {
                "a clause, a line or a declaration begins on a line of its own"
            }
            _ if expected == "a text in quotes" => "put it in quotes",
            _ if expected.starts_with("an operator") => "is a word such as `is`, `and` or `at least` missing before it?",
            _ => form.unwrap_or("look at the words before it, or take it out"),
        }
    }
}

/// The name of a month or the beginning of one, in English or Dutch.
fn names_a_month(word: &str) -> bool {
    const MONTHS: &str = "january february march april may june july august september october november december \
        januari februari maart mrt mei juni juli augustus oktober";
    let lowered = word.to_lowercase();
    lowered.len() >= 3 && MONTHS.split(' ').any(|month| month.starts_with(&lowered))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}
