//! The edges of a programme, and the demands that a catalogue gives.

use super::builder::{Builder, Node, Parts};
use super::grammar::Rule;
use crate::source::Span;
use crate::syntax::ast::{Edge, EdgeKind, EdgeTerm, EdgeTermKind};
use crate::syntax::expression::{Expression, ExpressionKind, Literal};
use crate::syntax::problems::{ShapeProblem, WordingProblem};

impl Builder<'_> {
    /// The parts of `edge_item`.
    pub(super) fn edge(&mut self, parts: &mut Parts<'_>) -> Option<Edge> {
        let edge = parts.next()?;
        let span = self.span(&edge);
        let mut parts = Parts::of(edge);
        let course = self.code(parts.next()?);
        let mut kind = None;
        let demand = self.demand(parts.next()?, &mut kind)?;
        let advice = parts.optional(Rule::advice).map(|words| self.span(&words));
        Some(Edge { course, demand, advice, per: self.per(&mut parts), span })
    }

    /// Terms joined with `and` or `or`. The kind is the one named last, in reading order.
    pub(super) fn demand(&mut self, node: Node<'_>, kind: &mut Option<EdgeKind>) -> Option<EdgeTerm> {
        let span = self.span(&node);
        let mut conjunctions: Vec<Vec<EdgeTerm>> = vec![Vec::new()];
        let (mut and, mut or) = (None, None);
        for part in Parts::of(node) {
            match part.as_rule() {
                Rule::and_word => and = and.or(Some(self.span(&part))),
                Rule::or_word => {
                    or = or.or(Some(self.span(&part)));
                    conjunctions.push(Vec::new());
                }
                _ => {
                    let at = self.span(&part);
                    let term = self.deeper(1, at, |builder| builder.demand_part(part, kind))?;
                    conjunctions.last_mut()?.push(term);
                }
            }
        }
        if let (Some(and), Some(or)) = (and, or) {
            self.wording(and, WordingProblem::MixedAndOr { and, or });
        }
        let alternatives = conjunctions.into_iter().filter_map(|terms| joined(terms, EdgeTermKind::And)).collect();
        joined(alternatives, EdgeTermKind::Or).map(|term| EdgeTerm { span, ..term })
    }

    fn demand_part(&mut self, node: Node<'_>, kind: &mut Option<EdgeKind>) -> Option<EdgeTerm> {
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        let named = match first.as_rule() {
            Rule::strictly => Some(EdgeKind::Strict),
            Rule::flexibly => Some(EdgeKind::Flexible),
            Rule::together => Some(EdgeKind::Simultaneous),
            _ => None,
        };
        *kind = named.or(*kind);
        let term = if named.is_some() { parts.next()? } else { first };
        self.demand_term(term, *kind)
    }

    fn demand_term(&mut self, node: Node<'_>, kind: Option<EdgeKind>) -> Option<EdgeTerm> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut parts = Parts::of(node);
        let term = match rule {
            // INVARIANT: what is named within brackets holds within them only.
            Rule::demand_group => return self.demand(parts.next()?, &mut kind.clone()),
            Rule::number_of => {
                let number = self.number(&parts.next()?)?;
                let terms = parts.map(|term| self.demand(term, &mut kind.clone())).collect::<Option<_>>()?;
                EdgeTermKind::NumberOf { number, terms }
            }
            Rule::credits_acquired => EdgeTermKind::CreditsAcquired(self.credits(parts.next()?)?),
            Rule::holders_of => EdgeTermKind::HoldersOf(self.word(&parts.next()?)),
            Rule::permission => EdgeTermKind::Permission(self.text(parts.next()?)),
            Rule::requires => EdgeTermKind::Requires(self.expression(parts.next()?)?),
            _ => self.term_with_kind(rule, parts, (kind, span))?,
        };
        Some(EdgeTerm { kind: term, span })
    }

    fn term_with_kind(&mut self, rule: Rule, mut parts: Parts<'_>, (kind, span): (Option<EdgeKind>, Span)) -> Option<EdgeTermKind> {
        let Some(kind) = kind else {
            let expected = "`strictly after`, `flexibly after` or `together with`".to_owned();
            let help = "say how the unit follows the other: `BM201 strictly after BM102`".to_owned();
            self.shape(span, ShapeProblem::Unexpected { found: "a unit".to_owned(), expected, at: span, help });
            return None;
        };
        Some(match rule {
            Rule::demand_unit => EdgeTermKind::Unit { kind, course: self.code(parts.next()?) },
            Rule::all_of_phase => EdgeTermKind::AllOfPhase { kind, phase: self.phase(parts.next()?)? },
            Rule::all_units => EdgeTermKind::AllUnits { kind, condition: self.condition_after_where(&mut parts)? },
            _ => EdgeTermKind::AllChosenUnits { kind, condition: self.condition_after_where(&mut parts)? },
        })
    }

    fn phase(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::own => ExpressionKind::Own(self.word(&Parts::of(node).next()?)),
            _ => ExpressionKind::Literal(Literal::Number(node.as_str().to_owned())),
        };
        Some(Expression::new(kind, span))
    }

    fn credits(&mut self, node: Node<'_>) -> Option<Expression> {
        let span = self.span(&node);
        let number = Parts::of(node).next()?;
        Some(Expression::new(ExpressionKind::Literal(Literal::Credits(number.as_str().to_owned())), span))
    }
}

fn joined(mut terms: Vec<EdgeTerm>, kind: fn(Vec<EdgeTerm>) -> EdgeTermKind) -> Option<EdgeTerm> {
    if terms.len() == 1 {
        return terms.pop();
    }
    let span = terms.first()?.span.to(terms.last()?.span);
    Some(EdgeTerm { kind: kind(terms), span })
}
