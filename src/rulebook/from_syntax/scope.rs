//! What names can mean at a place: the subject, its owners, and the elements of the lists around it.

use crate::rulebook::{Expression, ExpressionKind, Type, Variable};
use crate::source::Span;
use crate::vocabulary::{Link, List, Subject};

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Rule,
    /// `prior exempted` is known.
    Sequentiality,
    /// `own phase` is known.
    Edge,
    /// Times of day and numbers without a unit may stand here.
    Example,
}

/// An element of a list around the place.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Nothing where bare names are the element's.
    pub(super) name: Option<String>,
    pub(super) subject: Subject,
    /// The owner that the element certainly has in common with the subject: the ISP, for `entries` of this ISP.
    pub(super) shared: Option<Subject>,
    pub(super) list: Expression,
}

/// The names at a place.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) this: Subject,
    /// Outermost first; the row of number `n` is variable `n + 1`.
    pub(super) elements: Vec<Element>,
    pub(super) place: Place,
}

impl Scope {
    pub(super) fn of(this: Subject) -> Self {
        Self { this, elements: Vec::new(), place: Place::Rule }
    }

    pub(super) fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    pub(super) fn this_row(&self, span: Span) -> Expression {
        Expression::new(ExpressionKind::Variable(Variable::THIS), Type::Reference(self.this), span)
    }

    pub(super) fn next_variable(&self) -> Variable {
        variable(self.elements.len())
    }

    fn element_row(&self, index: usize, span: Span) -> Option<Expression> {
        let subject = self.elements.get(index)?.subject;
        Some(Expression::new(ExpressionKind::Variable(variable(index)), Type::Reference(subject), span))
    }

    /// The row of the element of that name, the innermost first.
    pub(super) fn named(&self, name: &str, span: Span) -> Option<Expression> {
        let index = self.elements.iter().rposition(|element| element.name.as_deref() == Some(name))?;
        self.element_row(index, span)
    }

    /// The innermost element whose bare names these are, and its row; nothing where bare names are the subject's.
    pub(super) fn nameless(&self, span: Span) -> Option<(&Element, Expression)> {
        let index = self.elements.iter().rposition(|element| element.name.is_none())?;
        Some((&self.elements[index], self.element_row(index, span)?))
    }

    /// The row whose fields bare names are.
    pub(super) fn bare_row(&self, span: Span) -> Expression {
        self.nameless(span).map_or_else(|| self.this_row(span), |(_, row)| row)
    }

    /// Every row in scope: the elements, innermost first, then the subject.
    pub(super) fn rows(&self, span: Span) -> impl Iterator<Item = Expression> {
        let elements = (0..self.elements.len()).rev().filter_map(move |index| self.element_row(index, span));
        elements.chain(std::iter::once(self.this_row(span)))
    }

    /// Which of the subject's owners a list's elements have in common with it.
    pub(super) fn shared(list: &Expression) -> Option<Subject> {
        let ExpressionKind::List { row, list } = list.kind.as_ref() else { return None };
        let same_row = !matches!(list, List::EnrolmentBeside | List::EnrolmentEarlier) && is_own(row);
        match row.kind_of_value {
            Type::Reference(owner) if same_row => Some(owner),
            _ => None,
        }
    }
}

fn variable(index: usize) -> Variable {
    Variable(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
}

/// Whether a row is the subject, one of its owners, or what a field of those refers to.
fn is_own(row: &Expression) -> bool {
    let mut row = row;
    loop {
        row = match row.kind.as_ref() {
            ExpressionKind::Variable(variable) => return *variable == Variable::THIS,
            ExpressionKind::Follow { row, link: Link::Owner(_) } | ExpressionKind::Field { row, .. } => row,
            _ => return false,
        };
    }
}

/// A subject and its owners, nearest first.
pub(super) fn owners(subject: Subject) -> impl Iterator<Item = Subject> {
    std::iter::successors(Some(subject), |subject| subject.owner())
}

/// The row of an owner, however far up; the row itself for its own subject.
pub(super) fn owner_row(row: Expression, to: Subject) -> Option<Expression> {
    let span = row.span;
    let mut row = row;
    while let Type::Reference(subject) = row.kind_of_value {
        if subject == to {
            return Some(row);
        }
        let owner = subject.owner()?;
        row = Expression::new(ExpressionKind::Follow { row, link: Link::Owner(subject) }, Type::Reference(owner), span);
    }
    None
}
