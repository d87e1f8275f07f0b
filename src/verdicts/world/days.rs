//! Which event days have happened by the day of the check, and which must have happened though the record does not give the day.

use crate::verdicts::world::{Read, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Cell, Enumeration, Field, MISSING, fields};

impl World<'_> {
    /// An event day: later than today has not happened; missing has not happened either, unless something else in the record proves it.
    pub(super) fn event_day(self, field: Field, row: u32, cell: Cell) -> Read {
        if cell == MISSING {
            return if self.must_have_happened(field, row) { Read::Missing } else { Read::NotHappened };
        }
        if cell > self.today { Read::NotHappened } else { Read::Given(cell) }
    }

    fn must_have_happened(self, field: Field, row: u32) -> bool {
        let any_of = |other: Field, words: &[&str]| self.is_one_of(other, row, words);
        match field {
            fields::isp::SUBMITTED_ON => {
                self.given(fields::isp::STATE, row).is_none_or(|state| !matches!(state, index::STATE_NONE | index::STATE_DRAFT))
            }
            fields::isp::DECIDED_ON => any_of(fields::isp::STATE, &["returned", "approved", "rejected"]),
            fields::result::DECIDED_ON => self.given(fields::result::OUTCOME, row).is_some_and(|outcome| outcome != index::OUTCOME_PENDING),
            fields::result::TOLERANCE_SETTLED_ON => self.given(fields::result::TOLERANCE, row).is_some(),
            fields::request::DECIDED_ON => any_of(fields::request::OUTCOME, &["granted", "refused"]),
            fields::exemption::GRANTED_ON => self.given(fields::exemption::REQUESTED_ON, row).is_none(),
            _ => false,
        }
    }

    fn is_one_of(self, field: Field, row: u32, words: &[&str]) -> bool {
        let crate::vocabulary::FieldKind::Enumeration(enumeration) = field.kind() else { return false };
        self.given(field, row).is_some_and(|cell| Enumeration::value(enumeration, cell).is_some_and(|word| words.contains(&word)))
    }

    /// Whether an entry was dropped by the day of the check.
    pub(crate) fn is_dropped(self, entry: u32) -> bool {
        self.given(fields::entry::DROPPED_ON, entry).is_some_and(|day| day <= self.today)
    }
}
