//! The enumerations of the record: closed lists of words, in the order of their indexes.

/// A closed list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Enumeration {
    Contract,
    Itinerary,
    IspState,
    EntryKind,
    ChangedBy,
    Outcome,
    Tolerance,
    DiplomaLevel,
    ExemptionBasis,
    RequestOutcome,
    DecisionOutcome,
    MeasureKind,
    AccountKind,
    ProgrammeType,
    Allocation,
}

impl Enumeration {
    pub(crate) const ALL: [Self; 15] = [
        Self::Contract,
        Self::Itinerary,
        Self::IspState,
        Self::EntryKind,
        Self::ChangedBy,
        Self::Outcome,
        Self::Tolerance,
        Self::DiplomaLevel,
        Self::ExemptionBasis,
        Self::RequestOutcome,
        Self::DecisionOutcome,
        Self::MeasureKind,
        Self::AccountKind,
        Self::ProgrammeType,
        Self::Allocation,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Itinerary => "itinerary",
            Self::IspState => "isp state",
            Self::EntryKind => "entry kind",
            Self::ChangedBy => "changed by",
            Self::Outcome => "outcome",
            Self::Tolerance => "tolerance",
            Self::DiplomaLevel => "diploma level",
            Self::ExemptionBasis => "exemption basis",
            Self::RequestOutcome => "request outcome",
            Self::DecisionOutcome => "decision outcome",
            Self::MeasureKind => "measure kind",
            Self::AccountKind => "account kind",
            Self::ProgrammeType => "programme type",
            Self::Allocation => "allocation",
        }
    }

    pub(crate) const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Contract => &["diploma", "credit", "exam_diploma", "exam_credit", "exchange"],
            Self::Itinerary => &["model", "individual"],
            Self::IspState => &["none", "draft", "submitted", "returned", "approved", "rejected"],
            Self::EntryKind => &["regular", "retake", "exempted", "part_exempted", "external"],
            Self::ChangedBy => &["student", "institution"],
            Self::Outcome => &["passed", "failed", "tolerated", "absent", "excused", "pending"],
            Self::Tolerance => &["chosen", "automatic", "refused"],
            Self::DiplomaLevel => &["secondary", "graduate", "bachelor", "master", "second_cycle", "doctor"],
            Self::ExemptionBasis => &["credit_certificate", "diploma", "pcl", "pel", "other"],
            Self::RequestOutcome => &["granted", "refused", "withdrawn"],
            Self::DecisionOutcome => &["granted", "refused"],
            Self::MeasureKind => &["binding_condition", "refusal", "advice"],
            Self::AccountKind => &["initial", "deployed", "returned", "bonus", "refund", "adjustment"],
            Self::ProgrammeType => {
                &["bachelor_professional", "bachelor_academic", "master", "bridge", "preparatory", "postgraduate", "continuing", "graduate"]
            }
            Self::Allocation => &["class_group", "automatic", "individual"],
        }
    }

    /// The index of a word in its list.
    pub(crate) fn index_of(self, word: &str) -> Option<i32> {
        self.values().iter().position(|value| *value == word).and_then(|index| i32::try_from(index).ok())
    }

    pub(crate) fn value(self, index: i32) -> Option<&'static str> {
        usize::try_from(index).ok().and_then(|index| self.values().get(index).copied())
    }
}

/// Indexes that the evaluators name. INVARIANT: the order of [`Enumeration::values`]; a test holds the two together.
pub(crate) mod index {
    pub(crate) const STATE_NONE: i32 = 0;
    pub(crate) const STATE_DRAFT: i32 = 1;
    pub(crate) const CONTRACT_DIPLOMA: i32 = 0;
    pub(crate) const KIND_REGULAR: i32 = 0;
    pub(crate) const KIND_EXEMPTED: i32 = 2;
    pub(crate) const OUTCOME_PASSED: i32 = 0;
    pub(crate) const OUTCOME_FAILED: i32 = 1;
    pub(crate) const OUTCOME_TOLERATED: i32 = 2;
    pub(crate) const OUTCOME_PENDING: i32 = 5;
    pub(crate) const REQUEST_WITHDRAWN: i32 = 2;
    pub(crate) const DECISION_REFUSED: i32 = 1;
}

#[cfg(test)]
mod tests {
    use super::{Enumeration, index};

    #[test]
    fn named_indexes_follow_the_lists() {
        let pairs = [
            (Enumeration::IspState, "none", index::STATE_NONE),
            (Enumeration::IspState, "draft", index::STATE_DRAFT),
            (Enumeration::Contract, "diploma", index::CONTRACT_DIPLOMA),
            (Enumeration::EntryKind, "regular", index::KIND_REGULAR),
            (Enumeration::EntryKind, "exempted", index::KIND_EXEMPTED),
            (Enumeration::Outcome, "passed", index::OUTCOME_PASSED),
            (Enumeration::Outcome, "failed", index::OUTCOME_FAILED),
            (Enumeration::Outcome, "tolerated", index::OUTCOME_TOLERATED),
            (Enumeration::Outcome, "pending", index::OUTCOME_PENDING),
            (Enumeration::RequestOutcome, "withdrawn", index::REQUEST_WITHDRAWN),
            (Enumeration::DecisionOutcome, "refused", index::DECISION_REFUSED),
        ];
        for (enumeration, word, expected) in pairs {
            assert_eq!(enumeration.index_of(word), Some(expected), "{word}");
        }
    }
}
