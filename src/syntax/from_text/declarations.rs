//! From items to declarations: which items stand in which braces, and what is left where a part cannot be read.

use super::builder::{Builder, Parts};
use super::clauses::ReadClause;
use super::cut::{Block, Item};
use super::grammar::Rule;
use super::heads::{Head, SectionLine};
use super::reader::Reader;
use super::starters::Body;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    Background, Calendar, CalendarItem, Check, Clause, ClauseKind, Declaration, Edge, Example, ExampleStep, File, Programme, Regulation,
    RegulationDefault, Section,
};
use crate::syntax::problems::ShapeProblem;

/// The edition of the language that is read.
const EDITION: u32 = 1;

impl Reader<'_> {
    pub(super) fn file(&mut self, items: &[Item]) -> File {
        let (edition, rest) = match items.split_first() {
            Some((first, rest)) if is_edition(first) => (self.edition(first), rest),
            _ => {
                let at = self.span(&(0..items.len().min(1)));
                self.problems.add(at, ShapeProblem::MissingEdition { at });
                (None, items)
            }
        };
        let declarations = self.section(Body::File, rest).declarations;
        File { source: self.origin.source, edition, declarations }
    }

    fn edition(&mut self, item: &Item) -> Option<Spanned<u32>> {
        let word = self.read_item(item, Rule::edition_item, |builder, parts| builder.edition(parts))?;
        if word.value.parse() == Ok(EDITION) {
            return Some(Spanned::new(EDITION, word.span));
        }
        self.problems.add(word.span, ShapeProblem::UnknownEdition { edition: word.value, at: word.span });
        None
    }

    /// Declarations, and the lines an article says of itself.
    fn section(&mut self, body: Body, items: &[Item]) -> Content {
        let mut content = Content::default();
        for item in items {
            let line = item.starter.is_some_and(|starter| matches!(starter.word, "summary" | "source"));
            if line && body == Body::Section {
                match self.read_item(item, Rule::section_line_item, |builder, parts| builder.section_line(parts)) {
                    Some(SectionLine::Summary(summary)) => content.summaries.push(summary),
                    Some(SectionLine::Source(source)) => content.source = Some(source),
                    None => content.declarations.push(Declaration::Junk(self.span(&item.whole()))),
                }
            } else if is_edition(item) {
                let at = self.span(&item.head);
                self.problems.add(at, ShapeProblem::EditionNotFirst { at });
            } else {
                self.declaration(item, body, &mut content.declarations);
            }
        }
        content
    }

    fn declaration(&mut self, item: &Item, body: Body, into: &mut Vec<Declaration>) {
        let span = self.span(&item.whole());
        let head = if self.is_known(item, body) { self.read_item(item, Rule::declaration_item, |builder, parts| builder.head(parts)) } else { None };
        let built = match (head, &item.block) {
            (Some(Head::Define(define)), _) => Some(Declaration::Define(*define)),
            (Some(head), Some(block)) => Some(self.with_block(head, block, (span, item))),
            (Some(head), None) => {
                self.missing_block(&head, item);
                None
            }
            (None, Some(block)) => {
                self.read_for_its_problems(block, into);
                None
            }
            (None, None) => None,
        };
        into.push(built.unwrap_or(Declaration::Junk(span)));
    }

    fn with_block(&mut self, head: Head, block: &Block, (span, item): (Span, &Item)) -> Declaration {
        let items = &block.items;
        match head {
            Head::Regulation { id, title } => Declaration::Regulation(Regulation { id, title, defaults: self.defaults(items), span }),
            Head::Calendar { year } => Declaration::Calendar(Calendar { year, items: self.calendar_lines(items), span }),
            Head::Section { kind, number, title } => {
                let Content { summaries, source, declarations } = self.section(Body::Section, items);
                Declaration::Section(Section { kind, number, title, summaries, source, declarations, span })
            }
            Head::Check { kind, name } => {
                let head = self.span(&item.head);
                Declaration::Check(Check { kind, name, clauses: self.clauses(items), span, head })
            }
            Head::Programme { code, name } => Declaration::Programme(Programme { code, name, edges: self.edges(items), span }),
            Head::Background => Declaration::Background(Background { steps: self.steps(items), span }),
            Head::Example { title } => Declaration::Example(Example { title, steps: self.steps(items), span }),
            Head::Examples { check } => Declaration::Examples(self.table(check, items, span)),
            Head::Define(define) => Declaration::Define(*define),
        }
    }

    fn missing_block(&mut self, head: &Head, item: &Item) {
        let what = match head {
            Head::Regulation { .. } => "the regulation",
            Head::Calendar { .. } => "the calendar",
            Head::Section { .. } => "the article",
            Head::Check { .. } | Head::Define(_) => "the check",
            Head::Programme { .. } => "the programme",
            Head::Background => "the background",
            Head::Example { .. } => "the example",
            Head::Examples { .. } => "the table of examples",
        };
        let at = self.span(&item.head);
        self.problems.add(at, ShapeProblem::MissingBlock { what: what.to_owned(), at });
    }

    /// The head is junk; what it holds is read all the same, and the declarations of an article are kept.
    fn read_for_its_problems(&mut self, block: &Block, kept: &mut Vec<Declaration>) {
        let items = &block.items;
        match block.body {
            Body::File | Body::Section => kept.extend(self.section(Body::Section, items).declarations),
            Body::Regulation => drop(self.defaults(items)),
            Body::Calendar => drop(self.calendar_lines(items)),
            Body::Check => drop(self.clauses(items)),
            Body::Programme => drop(self.edges(items)),
            Body::Example => drop(self.steps(items)),
            Body::Table => self.table_for_its_problems(items),
        }
    }

    /// Items of one kind, each read by a rule; what cannot be read is junk.
    fn lines<T>(
        &mut self,
        items: &[Item],
        (body, rule): (Body, Rule),
        (build, junk): (impl Fn(&mut Builder<'_>, &mut Parts<'_>) -> Option<T>, impl Fn(Span) -> T),
    ) -> Vec<T> {
        let mut lines = Vec::with_capacity(items.len());
        for item in items {
            let read = if self.is_known(item, body) { self.read_item(item, rule, &build) } else { None };
            if let Some(block) = &item.block {
                self.read_for_its_problems(block, &mut Vec::new());
            }
            lines.push(read.unwrap_or_else(|| junk(self.span(&item.whole()))));
        }
        lines
    }

    fn defaults(&mut self, items: &[Item]) -> Vec<RegulationDefault> {
        self.lines(
            items,
            (Body::Regulation, Rule::default_item),
            (|builder: &mut Builder<'_>, parts: &mut Parts<'_>| builder.default(parts), RegulationDefault::Junk),
        )
    }

    fn calendar_lines(&mut self, items: &[Item]) -> Vec<CalendarItem> {
        self.lines(
            items,
            (Body::Calendar, Rule::calendar_line_item),
            (|builder: &mut Builder<'_>, parts: &mut Parts<'_>| builder.calendar_line(parts), CalendarItem::Junk),
        )
    }

    pub(super) fn steps(&mut self, items: &[Item]) -> Vec<ExampleStep> {
        self.lines(
            items,
            (Body::Example, Rule::step_item),
            (|builder: &mut Builder<'_>, parts: &mut Parts<'_>| builder.step(parts), ExampleStep::Junk),
        )
    }

    fn edges(&mut self, items: &[Item]) -> Vec<Edge> {
        let edges = self.lines(
            items,
            (Body::Programme, Rule::edge_item),
            (|builder: &mut Builder<'_>, parts: &mut Parts<'_>| builder.edge(parts).map(Some), |_| None),
        );
        edges.into_iter().flatten().collect()
    }

    fn clauses(&mut self, items: &[Item]) -> Vec<Clause> {
        items.iter().map(|item| self.clause(item)).collect()
    }

    fn clause(&mut self, item: &Item) -> Clause {
        let span = self.span(&item.whole());
        let read =
            if self.is_known(item, Body::Check) { self.read_item(item, Rule::clause_item, |builder, parts| builder.clause(parts)) } else { None };
        let inner = match &item.block {
            Some(block) if block.body == Body::Check => Some(self.clauses(&block.items)),
            Some(block) => {
                self.read_for_its_problems(block, &mut Vec::new());
                None
            }
            None => None,
        };
        let tail = if item.tail.is_empty() { None } else { self.read(item.tail.clone(), Rule::clause_end_item, |builder, parts| builder.per(parts)) };
        let Some(ReadClause { kind, per }) = read else { return Clause { kind: ClauseKind::Junk, per: None, span } };
        let kind = match kind {
            ClauseKind::Except { label, over, condition, replacement: None } => ClauseKind::Except { label, over, condition, replacement: inner },
            kind => kind,
        };
        Clause { kind, per: per.or(tail), span }
    }
}

fn is_edition(item: &Item) -> bool {
    item.starter.is_some_and(|starter| starter.word == "regs")
}

/// What the braces of an article hold.
#[derive(Default)]
struct Content {
    summaries: Vec<crate::syntax::ast::InLanguage>,
    source: Option<crate::syntax::ast::Word>,
    declarations: Vec<Declaration>,
}
