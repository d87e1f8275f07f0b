//! Tables of examples: cells aligned by column.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::format::fill::joined;
use crate::format::layout::Layout;
use crate::syntax::from_text::Item;
use crate::syntax::tokens::TokenKind;

impl Layout<'_> {
    pub(super) fn is_row(&self, item: &Item) -> bool {
        self.kind_of(item.head.start) == Some(TokenKind::Bar)
    }

    /// The greatest width of each column of the rows among some items.
    pub(super) fn column_widths(&self, items: &[Item]) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        for item in items.iter().filter(|item| self.is_row(item)) {
            for (at, cell) in self.cells(&item.head).into_iter().enumerate() {
                match widths.get_mut(at) {
                    Some(width) => *width = cell.width().max(*width),
                    None => widths.push(cell.width()),
                }
            }
        }
        widths
    }

    pub(super) fn row(&mut self, tokens: &Range<usize>, widths: &[usize], depth: usize) {
        if (tokens.start + 1..tokens.end).any(|at| self.comments_at(at).next().is_some()) {
            self.head(tokens, (depth, 0));
            return;
        }
        self.out.push('|');
        for (cell, width) in self.cells(tokens).into_iter().zip(widths) {
            let padding = width.saturating_sub(cell.width());
            self.out.push(' ');
            self.out.push_str(&cell);
            self.out.extend(std::iter::repeat_n(' ', padding));
            self.out.push_str(" |");
        }
    }

    fn cells(&self, tokens: &Range<usize>) -> Vec<String> {
        let bars: Vec<usize> = tokens.clone().filter(|at| self.kind_of(*at) == Some(TokenKind::Bar)).collect();
        bars.windows(2).filter_map(|pair| Some(joined(&self.pieces(&(pair.first()? + 1..*pair.last()?))))).collect()
    }
}
