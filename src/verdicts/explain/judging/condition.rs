//! `require condition`, and in a finding what in it did not hold.

use crate::rulebook::Expression;
use crate::verdicts::explain::Recorder;
use crate::verdicts::explain::judging::{Case, Demanded, Outcome};

impl<'a, R: Recorder> Case<'a, R> {
    pub(super) fn condition(&mut self, condition: &'a Expression) -> Demanded {
        self.evaluator.settling = Some(Vec::new());
        let truth = self.evaluator.truth(condition);
        let settling = self.evaluator.settling.take().filter(|_| !self.evaluator.was_too_deep).unwrap_or_default();
        let outcome = match truth {
            Ok(true) => Outcome::Met,
            Ok(false) => Outcome::NotMet,
            Err(reasons) => Outcome::Unknown(reasons),
        };
        let is_met = outcome == Outcome::Met;
        let mut demanded = Demanded::new(outcome, condition.span);
        if !is_met {
            let why = self.quiet().why(condition, settling);
            demanded.values = why.values;
            demanded.failing = why.failing;
            demanded.broken_at = why.broken_at;
        }
        demanded
    }
}
