//! From text to tree. The text is scanned once (`tokens`), cut into items at the beginnings of lines (`cut`, `begin`, `starters`), and each item is read
//! strictly by the grammar (`grammar`, `builder` and its kin). What cannot be read becomes junk with its problem (`mend`, `refuse`, `expected`), and the
//! next item is read all the same. pest ends in this folder.
#![allow(clippy::wildcard_enum_match_arm, reason = "the grammar has hundreds of rules; a builder names those that the grammar lets through to it")]
#![allow(clippy::redundant_closure_for_method_calls, reason = "a method of `Builder<'_>` is not general over the lifetime, the closure is")]

mod amounts;
mod begin;
mod braces;
mod builder;
mod clauses;
mod conditions;
mod cut;
mod declarations;
mod edges;
mod examples;
mod expected;
mod forms;
mod grammar;
mod heads;
mod lists;
mod literals;
mod mend;
mod nearest;
mod piece;
mod reader;
mod refuse;
mod starters;
mod tables;
#[cfg(test)]
mod tests;

use begin::Looker;
use builder::{Origin, Places};
pub(crate) use cut::Item;
use grammar::Rule;
use reader::{MOST_MENDED, Reader};

use crate::problems::Problems;
use crate::source::{LineIndex, SourceId, Sources, Span};
use crate::syntax::ast::{EdgeKind, EdgeTerm, File};
use crate::syntax::problems::ShapeProblem;
use crate::syntax::tokens::{Token, TokenKind, scan};

/// Reads a rule file.
pub(crate) fn parse(sources: &Sources, id: SourceId, problems: &mut Problems) -> File {
    let text = sources.get(id).map_or("", |source| &source.text);
    file(text, (id, Places::Kept), problems)
}

/// Reads a text as [`parse`] does, with all places blank: texts that say the same give equal trees. Nothing where the text has a problem.
pub(crate) fn meaning(text: &str) -> Option<File> {
    let mut problems = Problems::default();
    let file = file(text, (SourceId(0), Places::Blank), &mut problems);
    (!problems.has_errors()).then_some(file)
}

/// The tokens of a text without its comments, and the items that they make up. Of use only where [`parse`] found no problem.
pub(crate) fn outline(text: &str) -> (Vec<Token>, Vec<Item>) {
    let mut problems = Problems::default();
    let tokens = words_and_signs(text, (SourceId(0), 0), &mut problems);
    let looker = Looker { text, tokens: &tokens, lines: &LineIndex::new(text) };
    let items = cut::cut(looker, SourceId(0), &mut problems);
    (tokens, items)
}

/// The right-hand side of an edge as a catalogue gives it, `strictly after BM102` or only `BM102 and BM103` with the kind given apart; and whether it ends
/// with `as advice`. The text is the one that stands at the place.
pub(crate) fn parse_demand(text: &str, at: Span, kind: Option<EdgeKind>, problems: &mut Problems) -> Option<(EdgeTerm, Option<Span>)> {
    let tokens = words_and_signs(text, (at.source, at.start as usize), problems);
    let origin = Origin { source: at.source, places: Places::Kept, tokens: &tokens, offset: at.start as usize };
    let looker = Looker { text, tokens: &tokens, lines: &LineIndex::new(text) };
    let mut reader = Reader { looker, origin, problems, mending: MOST_MENDED };
    reader.read(0..tokens.len(), Rule::demand_item, |builder, parts| {
        let term = builder.demand(parts.next()?, &mut kind.clone())?;
        let advice = parts.optional(Rule::advice).map(|words| builder.span(&words));
        Some((term, advice))
    })
}

fn file(text: &str, (source, places): (SourceId, Places), problems: &mut Problems) -> File {
    let tokens = words_and_signs(text, (source, 0), problems);
    let looker = Looker { text, tokens: &tokens, lines: &LineIndex::new(text) };
    let items = cut::cut(looker, source, problems);
    let origin = Origin { source, places, tokens: &tokens, offset: 0 };
    Reader { looker, origin, problems, mending: MOST_MENDED }.file(&items)
}

/// The tokens without the comments; strings that are not closed are reported.
fn words_and_signs(text: &str, (source, offset): (SourceId, usize), problems: &mut Problems) -> Vec<Token> {
    let mut tokens = scan(text);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    for token in tokens.iter().filter(|token| token.kind == TokenKind::UnclosedText) {
        let at = Span::new(source, token.start as usize + offset, token.end as usize + offset);
        problems.add(at, ShapeProblem::UnclosedString { at });
    }
    tokens
}
