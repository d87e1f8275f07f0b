//! The one layout of a rule file. It is made of the file's own tokens, so that no comment is lost; the result is read again and must say the same before
//! it is given back. Opening and writing files is left to the command line.
//!
//! An item (a declaration, a clause, an edge, a line, a row) begins a line, four spaces in for each brace around it. An item that is too long goes on
//! eight spaces further in, from where a reader would draw breath (`fill`). Tables are aligned by column (`tables`), what is given in an example stands
//! on one line or each part on its own (`given`).

mod breath;
mod fill;
mod given;
mod layout;
mod problems;
mod tables;
#[cfg(test)]
mod tests;

use crate::problems::Problems;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::from_text::{meaning, parse};
use crate::syntax::tokens::{TokenKind, scan};

use layout::Layout;
use problems::FormatProblem;

/// The text in its one layout. A text with problems is left alone, and so is one whose meaning the layout would change.
pub(crate) fn format(sources: &Sources, id: SourceId) -> Result<String, Problems> {
    let text = sources.get(id).map_or("", |source| &source.text);
    let mut problems = Problems::default();
    let file = parse(sources, id, &mut problems);
    if problems.has_errors() {
        return Err(problems);
    }
    let formatted = Layout::new(text, &file).format();
    if meaning(text) == meaning(&formatted) && comments(text) == comments(&formatted) {
        return Ok(formatted);
    }
    let at = Span::new(id, 0, text.lines().next().map_or(0, str::len));
    problems.add(at, FormatProblem::WouldChangeMeaning { at });
    Err(problems)
}

fn comments(text: &str) -> Vec<&str> {
    scan(text).into_iter().filter(|token| token.kind == TokenKind::Comment).map(|token| token.text(text).trim_end()).collect()
}
