//! Tables of examples: rows cut at their bars, each cell read by itself.

use std::ops::Range;

use super::cut::Item;
use super::grammar::Rule;
use super::reader::Reader;
use crate::source::Span;
use crate::syntax::ast::{ExampleRow, ExampleTable, Word};
use crate::syntax::problems::ShapeProblem;
use crate::syntax::tokens::TokenKind;

impl Reader<'_> {
    pub(super) fn table(&mut self, check: Word, items: &[Item], span: Span) -> ExampleTable {
        let (rows, steps): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| self.is_bar(item.head.start));
        let steps = steps.into_iter().flat_map(|item| self.steps(std::slice::from_ref(item))).collect();
        let (columns, rows) = self.rows(&rows);
        ExampleTable { check, steps, columns, rows, span }
    }

    pub(super) fn table_for_its_problems(&mut self, items: &[Item]) {
        let nowhere = self.origin.span(0, 0);
        self.table(Word::new(String::new(), nowhere), items, nowhere);
    }

    fn is_bar(&self, at: usize) -> bool {
        self.looker.token(at).is_some_and(|token| token.kind == TokenKind::Bar)
    }

    fn rows(&mut self, rows: &[&Item]) -> (Vec<Word>, Vec<ExampleRow>) {
        let Some((header, rows)) = rows.split_first() else { return (Vec::new(), Vec::new()) };
        let Some(cells) = self.cells(header) else { return (Vec::new(), Vec::new()) };
        let columns: Vec<Option<Word>> =
            cells.iter().map(|cell| self.read(cell.clone(), Rule::column_item, |builder, parts| builder.column(parts))).collect();
        let header = self.span(&header.head);
        let read = rows.iter().filter_map(|row| self.row(row, &columns, header)).collect();
        // INVARIANT: a column that could not be read keeps its place, so that the cells of the rows still find theirs.
        let columns = columns.into_iter().map(|column| column.unwrap_or_else(|| Word::new(String::new(), header))).collect();
        (columns, read)
    }

    fn row(&mut self, item: &Item, columns: &[Option<Word>], header: Span) -> Option<ExampleRow> {
        let span = self.span(&item.head);
        let cells = self.cells(item)?;
        if cells.len() != columns.len() {
            self.problems.add(span, ShapeProblem::RowLength { cells: cells.len(), columns: columns.len(), at: span, header });
            return None;
        }
        let read = cells.into_iter().zip(columns).map(|(cell, column)| match column {
            Some(column) if column.value == "verdict" => self.read(cell, Rule::verdict_item, |builder, parts| builder.verdict_cell(parts)),
            _ => self.read(cell, Rule::cell_item, |builder, parts| builder.cell(parts)),
        });
        Some(ExampleRow { cells: read.collect::<Option<_>>()?, span })
    }

    /// The tokens between the bars of a row.
    fn cells(&mut self, row: &Item) -> Option<Vec<Range<usize>>> {
        let bars: Vec<usize> = row.head.clone().filter(|at| self.is_bar(*at)).collect();
        let last = row.head.end - 1;
        if !self.is_bar(last) || bars.len() < 2 {
            self.missing(last, "`|`");
            return None;
        }
        let cells: Vec<Range<usize>> = bars.windows(2).filter_map(|pair| Some(pair.first()? + 1..*pair.last()?)).collect();
        if let Some(empty) = cells.iter().find(|cell| cell.is_empty()) {
            self.missing(empty.start - 1, "a value or `_`");
            return None;
        }
        Some(cells)
    }

    fn missing(&mut self, after: usize, expected: &str) {
        let at = self.span(&(after..after + 1));
        let last = self.looker.text_of(after).to_owned();
        self.problems.add(
            at,
            ShapeProblem::Unfinished {
                expected: expected.to_owned(),
                last,
                at,
                help: "a row is written `| 26 credits | violated |`; `_` stands for a value that is not given".to_owned(),
            },
        );
    }
}
