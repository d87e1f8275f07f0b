//! From a row to one other row.

use crate::records::Placed;
use crate::verdicts::world::World;
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Field, Link, Subject, fields};

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Followed {
    Row(u32),
    /// There is surely none.
    None,
    /// Two rows are equally meant.
    Tie,
    /// This is not given, so that nobody knows.
    Missing(Placed),
}

fn place(field: Field, row: u32) -> Placed {
    Placed { subject: field.subject, row, field: Some(field) }
}

impl World<'_> {
    pub(crate) fn follow(self, link: Link, row: u32) -> Followed {
        match link {
            Link::Owner(subject) => self.owner(subject, row).map_or(Followed::None, |owner| Followed::Row(owner.row)),
            Link::Isp | Link::Result => Followed::Row(row),
            Link::EntryUnit => self.unit_of_entry(row),
            Link::Previous => self.previous_enrolment(row),
        }
    }

    /// The enrolment in which an entry stands.
    #[inline]
    pub(crate) fn enrolment_of_entry(self, entry: u32) -> u32 {
        // An entry stands in an ISP, which has its enrolment's row.
        self.context.batch.table(Subject::Entry).owner(entry)
    }

    fn unit_of_entry(self, entry: u32) -> Followed {
        let enrolment = self.enrolment_of_entry(entry);
        let Some(programme) = self.reference(fields::enrolment::PROGRAMME, enrolment) else {
            return Followed::Missing(place(fields::enrolment::PROGRAMME, enrolment));
        };
        let Some(course) = self.reference(fields::entry::COURSE, entry) else {
            return Followed::Missing(place(fields::entry::COURSE, entry));
        };
        match self.context.catalogue.unit(programme, self.code(Subject::Course, course)) {
            Some(unit) => Followed::Row(unit),
            None if self.is_documented(Subject::Programme, programme) => Followed::None,
            None => Followed::Missing(Placed { subject: Subject::Programme, row: programme, field: None }),
        }
    }

    fn previous_enrolment(self, enrolment: u32) -> Followed {
        let Some(year) = self.year_of(enrolment) else { return Followed::Missing(place(fields::enrolment::ACADEMIC_YEAR, enrolment)) };
        if self.reference(fields::enrolment::PROGRAMME, enrolment).is_none() {
            return Followed::Missing(place(fields::enrolment::PROGRAMME, enrolment));
        }
        let (mut only, mut several) = (None, Vec::new());
        for other in self.siblings(enrolment).filter(|other| self.year_of(*other) == Some(year - 1)) {
            if self.reference(fields::enrolment::PROGRAMME, other).is_none() {
                return Followed::Missing(place(fields::enrolment::PROGRAMME, other));
            }
            if self.same_programme(enrolment, other) {
                several.extend(only.replace(other));
            }
        }
        match only {
            None => Followed::None,
            Some(only) if several.is_empty() => Followed::Row(only),
            Some(last) => {
                several.push(last);
                self.with_diploma_contract(&several)
            }
        }
    }

    fn with_diploma_contract(self, enrolments: &[u32]) -> Followed {
        let contract = |row: &u32| self.given(fields::enrolment::CONTRACT, *row);
        if let Some(unsaid) = enrolments.iter().find(|row| contract(row).is_none()) {
            return Followed::Missing(place(fields::enrolment::CONTRACT, *unsaid));
        }
        let mut diploma = enrolments.iter().filter(|row| contract(row) == Some(index::CONTRACT_DIPLOMA));
        match (diploma.next(), diploma.next()) {
            (Some(only), None) => Followed::Row(*only),
            _ => Followed::Tie,
        }
    }

    /// Whether two enrolments surely name the same programme.
    pub(crate) fn same_programme(self, left: u32, right: u32) -> bool {
        let code = |row| self.reference(fields::enrolment::PROGRAMME, row).map(|programme| self.code(Subject::Programme, programme));
        matches!((code(left), code(right)), (Some(left), Some(right)) if left == right)
    }

    /// The student's other enrolments up to the year under check.
    pub(crate) fn siblings(self, enrolment: u32) -> impl Iterator<Item = u32> {
        let student = self.context.batch.table(Subject::Enrolment).owner(enrolment);
        self.enrolments(student).filter(move |other| *other != enrolment)
    }
}
