//! The lines of examples and the cells of their tables.

use super::builder::{Builder, Node, Parts, words_of};
use super::grammar::Rule;
use crate::syntax::ast::{ExampleCell, ExampleStep, Expect, ExpectedVerdict, Given, GivenItem, GivenValue, Word};
use crate::syntax::expression::{Expression, ExpressionKind};

impl Builder<'_> {
    /// The parts of `step_item`.
    pub(super) fn step(&mut self, parts: &mut Parts<'_>) -> Option<ExampleStep> {
        let node = parts.next()?;
        let span = self.span(&node);
        match node.as_rule() {
            Rule::given => {
                let given = self.given(Parts::of(node).next()?)?;
                Some(ExampleStep::Given(Given { span, ..given }))
            }
            Rule::checked_on => Some(ExampleStep::CheckedOn { date: self.sum(Parts::of(node).next()?)?, span }),
            _ => self.expect(node).map(ExampleStep::Expect),
        }
    }

    fn given(&mut self, node: Node<'_>) -> Option<Given> {
        let span = self.span(&node);
        self.deeper(1, span, |builder| {
            let mut parts = Parts::of(node);
            let subject = builder.word(&parts.next()?);
            let key = match parts.optional(Rule::given_key) {
                None => None,
                Some(key) => Some(builder.key(Parts::of(key).next()?)?),
            };
            let items = match parts.optional(Rule::given_items) {
                None => Vec::new(),
                Some(items) => Parts::of(items).map(|item| builder.given_item(item)).collect::<Option<_>>()?,
            };
            Some(Given { subject, key, items, span })
        })
    }

    fn key(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::code => ExpressionKind::Code(node.as_str().to_owned()),
            Rule::name => ExpressionKind::Name(node.as_str().to_owned()),
            Rule::integer => ExpressionKind::Literal(crate::syntax::expression::Literal::Number(node.as_str().to_owned())),
            _ => ExpressionKind::Literal(self.literal(node)?),
        };
        Some(Expression::new(kind, span))
    }

    fn given_item(&mut self, node: Node<'_>) -> Option<GivenItem> {
        if node.as_rule() == Rule::given_subject {
            return self.given(node).map(GivenItem::Nested);
        }
        let mut parts = Parts::of(node);
        let name = self.word(&parts.next()?);
        Some(GivenItem::Value { name, value: self.given_value(parts.next()?)? })
    }

    fn given_value(&mut self, node: Node<'_>) -> Option<GivenValue> {
        match node.as_rule() {
            Rule::unknown => Some(GivenValue::Unknown(self.span(&node))),
            Rule::bracket_list | Rule::round_list => {
                let values = Parts::of(node).map(|value| self.expression(value)).collect::<Option<_>>()?;
                Some(GivenValue::List(values))
            }
            _ => self.expression(node).map(GivenValue::One),
        }
    }

    fn expect(&mut self, node: Node<'_>) -> Option<Expect> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let check = self.word(&parts.next()?);
        let subject = match parts.optional(Rule::expect_subject) {
            None => None,
            Some(subject) => Some(self.sum(Parts::of(subject).next()?)?),
        };
        let verdict = self.verdict(parts.next()?)?;
        let mut with = Vec::new();
        if let Some(values) = parts.optional(Rule::expect_values) {
            for value in Parts::of(values) {
                let mut parts = Parts::of(value);
                with.push((self.word(&parts.next()?), self.sum(parts.next()?)?));
            }
        }
        Some(Expect { check, subject, verdict, with, span })
    }

    fn verdict(&mut self, node: Node<'_>) -> Option<ExpectedVerdict> {
        let mut parts = Parts::of(node);
        let said = parts.next()?;
        let words = Word::new(words_of(said.clone()), self.span(&said));
        let detail = parts.next().map(|detail| if detail.as_rule() == Rule::text { self.text(detail) } else { self.word(&detail) });
        Some(ExpectedVerdict { words, detail })
    }

    /// The parts of `column_item`.
    pub(super) fn column(&mut self, parts: &mut Parts<'_>) -> Option<Word> {
        Some(self.word(&parts.next()?))
    }

    /// The parts of `cell_item`.
    pub(super) fn cell(&mut self, parts: &mut Parts<'_>) -> Option<ExampleCell> {
        let node = parts.next()?;
        match node.as_rule() {
            Rule::not_given => Some(ExampleCell::NotGiven(self.span(&node))),
            _ => self.given_value(node).map(ExampleCell::Value),
        }
    }

    /// The parts of `verdict_item`.
    pub(super) fn verdict_cell(&mut self, parts: &mut Parts<'_>) -> Option<ExampleCell> {
        self.verdict(parts.next()?).map(ExampleCell::Verdict)
    }
}
