//! *And*, *or* and *if* in three values: reasons are kept only of what mattered.

use crate::rulebook::Expression;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::value::{all_of, any_of};
use crate::verdicts::explain::{Known, Recorder, Value};

impl<'a, R: Recorder> Evaluator<'a, R> {
    pub(in crate::verdicts::explain) fn and(&mut self, conditions: &'a [Expression]) -> Known<bool> {
        let truths = conditions.iter().map(|condition| self.truth(condition));
        // Whoever reads the walk wants to see all parts, also those that no longer matter.
        if R::LISTENS { all_of(truths.collect::<Vec<_>>()) } else { all_of(truths) }
    }

    pub(in crate::verdicts::explain) fn or(&mut self, conditions: &'a [Expression]) -> Known<bool> {
        let truths = conditions.iter().map(|condition| self.truth(condition));
        if R::LISTENS { any_of(truths.collect::<Vec<_>>()) } else { any_of(truths) }
    }

    /// `if … then … else …`; an unknown condition does not matter where both ways give the same.
    pub(in crate::verdicts::explain) fn either(
        &mut self,
        condition: &'a Expression,
        then: &'a Expression,
        otherwise: &'a Expression,
    ) -> Known<Value> {
        match self.truth(condition) {
            Ok(true) => self.value(then),
            Ok(false) => self.value(otherwise),
            Err(mut reasons) => match (self.value(then), self.value(otherwise)) {
                (Ok(left), Ok(right)) if left == right => Ok(left),
                (left, right) => {
                    for more in [left.err(), right.err()].into_iter().flatten() {
                        reasons.add(more);
                    }
                    Err(reasons)
                }
            },
        }
    }
}
