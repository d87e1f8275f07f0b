//! Checks and exceptions that can never apply, because two of their conditions exclude each other.

use crate::problems::Problems;
use crate::rulebook::Check;
use crate::rulebook::from_syntax::contradictions::{in_condition, with_check};
use crate::rulebook::problems::{CheckProblem, ExceptionProblem};

pub(super) fn look_for_never(check: &Check, problems: &mut Problems) {
    if let Some(never) = check.condition.as_ref().and_then(in_condition) {
        let (first, second) = (never.first, never.second);
        problems.add(second, CheckProblem::NeverApplies { subject: check.subject.word(), first, second });
        return;
    }
    for exception in &check.exceptions {
        let itself = in_condition(&exception.condition).map(|never| (never, "no record can meet both conditions"));
        let beside =
            || with_check(check, &exception.condition).map(|never| (never, "the check is not about such cases: change the one or the other"));
        if let Some((never, help)) = itself.or_else(beside) {
            let (label, at) = (exception.label.value.clone(), never.second);
            problems.add(at, ExceptionProblem::NeverApplies { label, at, other: Some(never.first), help });
        }
    }
}
