//! Rows that are near: the subject, an element, and what one of these stands in or surely names. Where nobody listens, the walk goes to them at once and
//! leaves out the nodes between; what is not plain it walks as ever.

use crate::rulebook::{Expression, ExpressionKind as Kind};
use crate::verdicts::SubjectRow;
use crate::verdicts::explain::Recorder;
use crate::verdicts::explain::evaluator::{DEEPEST, Evaluator};
use crate::vocabulary::{FieldKind, Link};

/// How many links and references a row may lie away to be gone to at once.
const NEAR: usize = 6;

impl<R: Recorder> Evaluator<'_, R> {
    /// Whether the walk may leave out the nodes of what is near: nobody listens, and none of them would be too deep.
    pub(super) fn is_quick(&self) -> bool {
        !R::LISTENS && self.depth + NEAR + 1 < DEEPEST
    }

    /// The row that an expression leads to, where that is plain: the subject, an element, what one of these stands in or surely names.
    #[inline]
    pub(super) fn near(&self, expression: &Expression) -> Option<SubjectRow> {
        if self.is_quick() { self.within_steps(expression, NEAR) } else { None }
    }

    fn within_steps(&self, expression: &Expression, steps: usize) -> Option<SubjectRow> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are not plain")]
        match expression.kind.as_ref() {
            Kind::Variable(variable) => self.row_of(*variable),
            Kind::Follow { row, link } => {
                let from = self.within_steps(row, steps.checked_sub(1)?)?;
                match link {
                    Link::Owner(subject) => self.world.owner(*subject, from.row),
                    Link::Isp | Link::Result => Some(SubjectRow { subject: link.to(), row: from.row }),
                    Link::EntryUnit | Link::Previous => None,
                }
            }
            Kind::Field { row, field } => {
                let FieldKind::Reference(subject) = field.kind() else { return None };
                let from = self.within_steps(row, steps.checked_sub(1)?)?;
                self.world.reference(*field, from.row).map(|row| SubjectRow { subject, row })
            }
            _ => None,
        }
    }
}
