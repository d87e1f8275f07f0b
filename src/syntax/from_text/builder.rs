//! What all builders need: the parts of a node without the words that say nothing more, the places in the text, and somewhere to report.

use pest::iterators::{Pair, Pairs};

use super::grammar::Rule;
use super::piece::Piece;
use crate::problems::Problems;
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::ast::{InLanguage, Word};
use crate::syntax::problems::{ShapeProblem, WordingProblem};
use crate::syntax::tokens::Token;

/// A node of what the grammar recognized.
pub(super) type Node<'i> = Pair<'i, Rule>;

/// Expressions within expressions, chains of sums counted with their links.
const DEEPEST: usize = 256;

/// Whether the tree tells where its parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    Kept,
    /// All places are the same, so that two texts that mean the same give equal trees.
    Blank,
}

/// Where a piece comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) source: SourceId,
    pub(super) places: Places,
    /// The tokens of the whole text, comments left out.
    pub(super) tokens: &'a [Token],
    /// Where the text begins in its source.
    pub(super) offset: usize,
}

impl Origin<'_> {
    /// A place of the text, layout and comments at its end left out.
    pub(super) fn span(self, start: usize, end: usize) -> Span {
        match self.places {
            Places::Kept => Span::new(self.source, start + self.offset, end + self.offset),
            Places::Blank => Span::new(self.source, 0, 0),
        }
    }

    fn end_of_last_token(self, before: usize) -> usize {
        let after = self.tokens.partition_point(|token| (token.start as usize) < before);
        let last = after.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(before, |token| before.min(token.end as usize))
    }
}

/// Builds the tree of one piece.
pub(super) struct Builder<'a> {
    pub(super) origin: Origin<'a>,
    pub(super) piece: &'a Piece<'a>,
    pub(super) problems: &'a mut Problems,
    /// Something was said about this piece.
    pub(super) reported: bool,
    pub(super) depth: usize,
}

impl Builder<'_> {
    pub(super) fn span(&self, node: &Node<'_>) -> Span {
        let written = node.as_str().trim_end();
        let start = node.as_span().start();
        let end = self.piece.offset(start + written.len());
        let end = if written.contains('#') { self.origin.end_of_last_token(end) } else { end };
        self.origin.span(self.piece.offset(start), end)
    }

    pub(super) fn shape(&mut self, at: Span, problem: ShapeProblem) {
        self.reported = true;
        self.problems.add(at, problem);
    }

    pub(super) fn wording(&mut self, at: Span, problem: WordingProblem) {
        self.reported = true;
        self.problems.add(at, problem);
    }

    /// Builds something that lies further in, unless that is too deep.
    pub(super) fn deeper<T>(&mut self, levels: usize, at: Span, build: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth + levels > DEEPEST {
            self.shape(at, ShapeProblem::NestedTooDeep { at });
            return None;
        }
        self.depth += levels;
        let built = build(self);
        self.depth -= levels;
        built
    }

    pub(super) fn word(&self, node: &Node<'_>) -> Word {
        Word::new(node.as_str().to_owned(), self.span(node))
    }

    /// Adjacent strings as one text; `\"` is a quotation mark. `{{` is left to those who fill in places.
    pub(super) fn text(&self, node: Node<'_>) -> Word {
        let span = self.span(&node);
        let is_string = node.as_rule() == Rule::string;
        let value = if is_string { unquoted(node.as_str()) } else { node.into_inner().map(|string| unquoted(string.as_str())).collect() };
        Word::new(value, span)
    }

    /// A code, bare or in quotes.
    pub(super) fn code(&self, node: Node<'_>) -> Word {
        if node.as_rule() == Rule::code { self.word(&node) } else { self.text(node) }
    }

    pub(super) fn in_language(&mut self, node: Node<'_>) -> Option<InLanguage> {
        let mut parts = Parts::of(node);
        let language = self.word(&parts.next()?);
        Some(InLanguage { language, text: self.text(parts.next()?) })
    }

    /// `per "…"` where it stands next.
    pub(super) fn per(&mut self, parts: &mut Parts<'_>) -> Option<Word> {
        let node = parts.optional(Rule::per_part)?;
        Some(self.text(Parts::of(node).next()?))
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self, node: &Node<'_>) -> Option<Spanned<T>> {
        let at = self.span(node);
        if let Ok(number) = node.as_str().parse() {
            return Some(Spanned::new(number, at));
        }
        self.wording(at, WordingProblem::NumberTooLarge { written: node.as_str().to_owned(), at });
        None
    }
}

/// The words of a node with a space between each two, whatever lies between them in the text.
pub(super) fn words_of(node: Node<'_>) -> String {
    node.into_inner().map(|word| word.as_str().to_owned()).collect::<Vec<_>>().join(" ")
}

fn unquoted(string: &str) -> String {
    let inner = string.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(string);
    if inner.contains('\\') { inner.replace("\\\"", "\"").replace("\\\\", "\\") } else { inner.to_owned() }
}

/// The parts of a node, silent words left out.
pub(super) struct Parts<'i> {
    pairs: Pairs<'i, Rule>,
}

impl<'i> Parts<'i> {
    pub(super) fn of(node: Node<'i>) -> Self {
        Self { pairs: node.into_inner() }
    }

    /// The parts of an `…_item` rule.
    pub(super) fn of_item(mut pairs: Pairs<'i, Rule>) -> Self {
        Self { pairs: pairs.next().map_or(pairs, Node::into_inner) }
    }

    fn skip_words(&mut self) {
        while self.pairs.peek().is_some_and(|pair| pair.as_rule().is_silent_word()) {
            self.pairs.next();
        }
    }

    pub(super) fn ahead(&mut self) -> Option<Rule> {
        self.skip_words();
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// The next part if it is one of this rule.
    pub(super) fn optional(&mut self, rule: Rule) -> Option<Node<'i>> {
        if self.ahead()? == rule { self.pairs.next() } else { None }
    }
}

impl<'i> Iterator for Parts<'i> {
    type Item = Node<'i>;

    fn next(&mut self) -> Option<Node<'i>> {
        self.skip_words();
        self.pairs.next()
    }
}
