//! From a piece that the grammar refuses to the problem that a person can act on: a slip in a word is named and mended, so that reading goes on; anything
//! else is said in the words of the language.

use std::num::NonZeroUsize;
use std::sync::Once;

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pairs;

use super::expected::expected;
use super::grammar::{Grammar, Rule};
use super::nearest::{is_word_of_the_language, nearest, words};
use super::piece::Piece;
use crate::syntax::tokens::{Token, TokenKind, scan};

/// A piece longer than this is refused unread.
pub(super) const LONGEST: usize = 64 * 1024;

/// Slips are looked for in pieces up to this length.
const LONGEST_TO_MEND: usize = 8 * 1024;

/// Steps of the parser for one piece: far beyond what an honest piece of the greatest length takes.
const STEPS: usize = 20_000_000;

/// Slips mended in one piece.
pub(super) const MOST_SLIPS: usize = 4;

/// A word that was written and the word that was meant.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) at: std::ops::Range<usize>,
    pub(super) word: String,
    pub(super) meant: String,
}

/// Why a piece was refused, in offsets of the piece.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) at: usize,
    pub(super) kind: RefusalKind,
}

/// The two ways of being refused.
#[derive(Debug)]
pub(super) enum RefusalKind {
    /// Something else was expected, in words.
    Expected(String),
    /// The parser gave up.
    TooMuch,
}

/// Reads a piece strictly.
pub(super) fn strictly(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Error<Rule>>> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(STEPS)));
    Grammar::parse(rule, text).map_err(Box::new)
}

/// Mends what can be mended. The second half says why the piece is refused all the same.
pub(super) fn mend<'a>(rule: Rule, mut piece: Piece<'a>, error: &Error<Rule>, most_slips: usize) -> (Piece<'a>, Vec<Slip>, Option<Refusal>) {
    let mut slips = Vec::new();
    let mut refusal = Some(refusal_of(error));
    while let Some(Refusal { at, kind: RefusalKind::Expected(_) }) = &refusal {
        if slips.len() >= most_slips || piece.text.len() > LONGEST_TO_MEND {
            break;
        }
        let Some((slip, mended, left)) = one_slip(rule, &piece, *at) else { break };
        slips.push(slip);
        piece = mended;
        refusal = left;
    }
    (piece, slips, refusal)
}

fn refusal_of(error: &Error<Rule>) -> Refusal {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let kind = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => RefusalKind::Expected(expected(positives)),
        ErrorVariant::CustomError { .. } => RefusalKind::TooMuch,
    };
    Refusal { at, kind }
}

/// Tries the words near to those around the place of the refusal; the first that lets the parser go on past it is what was meant.
fn one_slip<'a>(rule: Rule, piece: &Piece<'a>, refused: usize) -> Option<(Slip, Piece<'a>, Option<Refusal>)> {
    let tokens: Vec<Token> = scan(&piece.text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let here = tokens.partition_point(|token| token.end as usize <= refused);
    let must_pass = tokens.get(here).map_or(refused, |token| token.end as usize);
    let around = (here.saturating_sub(2)..=here).rev().filter_map(|at| tokens.get(at));
    let mut best = None;
    for token in around {
        let word = token.text(&piece.text);
        if !matches!(token.kind, TokenKind::Word | TokenKind::Code) {
            continue;
        }
        for meant in meant_by(word) {
            let at = token.start as usize..token.end as usize;
            let mended = piece.with(at.clone(), meant);
            let left = strictly(rule, &mended.text).err().map(|error| refusal_of(&error));
            let moved = must_pass + meant.len();
            let passes = left.as_ref().is_none_or(|left| left.at + word.len() >= moved && left.at > at.end);
            if passes {
                let slip = Slip { at: piece.offset(at.start)..piece.offset(at.end), word: word.to_owned(), meant: meant.to_owned() };
                if left.is_none() {
                    return Some((slip, mended, None));
                }
                best = best.or(Some((slip, mended, left)));
            }
        }
    }
    best
}

fn meant_by(word: &str) -> Vec<&'static str> {
    if is_word_of_the_language(word) { Vec::new() } else { nearest(word, words()).into_iter().take(6).collect() }
}
