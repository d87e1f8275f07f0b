//! From a row to many: every list of the vocabulary as the rows in it, and whether its rows are known at all.

use std::ops::Range;

use crate::records::Placed;
use crate::verdicts::world::World;
use crate::verdicts::{SubjectRow, Unknown};
use crate::vocabulary::{Field, List, Subject, fields};

/// The rows of a list, in the order of the record.
pub(crate) struct Elements<'a> {
    world: World<'a>,
    rows: Rows<'a>,
    keep: Keep,
}

/// Where the rows lie before some are left out.
enum Rows<'a> {
    Together(Range<u32>),
    Named(std::slice::Iter<'a, u32>),
}

/// Which rows are in the list.
#[derive(Clone, Copy)]
enum Keep {
    All,
    NotDropped,
    /// Entries of the years up to this one.
    EntriesUpTo {
        year: i32,
        dropped_too: Dropped,
    },
    /// Enrolments of the years up to this one.
    EnrolmentsUpTo(i32),
    /// Enrolments of an earlier year than this one's, in the same programme.
    EarlierThan(u32),
    /// Enrolments of the same year as this one.
    Beside(u32),
}

/// Whether dropped entries count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dropped {
    Too,
    LeftOut,
}

impl Iterator for Elements<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            let row = match &mut self.rows {
                Rows::Together(range) => range.next()?,
                Rows::Named(rows) => *rows.next()?,
            };
            if self.world.keeps(self.keep, row) {
                return Some(row);
            }
        }
    }
}

impl<'a> World<'a> {
    /// The rows of a list; [`World::gap`] says whether they are all that there is to know.
    pub(crate) fn elements(self, list: List, owner: u32) -> Elements<'a> {
        let year = self.context.year;
        let up_to = |year, dropped_too| Keep::EntriesUpTo { year, dropped_too };
        let (rows, keep) = match list {
            List::IspEntries => (self.rows_of(Subject::Entry, owner), Keep::NotDropped),
            List::IspAllEntries => (self.rows_of(Subject::Entry, owner), Keep::All),
            List::StudentEntries => (Rows::Together(self.context.batch.entries_of_student(owner)), up_to(year, Dropped::LeftOut)),
            List::StudentAllEntries => (Rows::Together(self.context.batch.entries_of_student(owner)), up_to(year, Dropped::Too)),
            List::StudentEarlierEntries => (Rows::Together(self.context.batch.entries_of_student(owner)), up_to(year - 1, Dropped::LeftOut)),
            List::StudentEnrolments => (self.rows_of(Subject::Enrolment, owner), Keep::EnrolmentsUpTo(year)),
            List::EnrolmentEarlier => (self.rows_beside(owner), Keep::EarlierThan(owner)),
            List::EnrolmentBeside => (self.rows_beside(owner), Keep::Beside(owner)),
            List::IspRequestedCourses
            | List::StudentStatuses
            | List::StudentDiplomas
            | List::StudentExemptions
            | List::StudentCreditCertificates
            | List::StudentRequests
            | List::StudentDecisions
            | List::StudentMeasures
            | List::StudentLearningAccount => (self.rows_of(list.element(), owner), Keep::All),
            List::ProgrammePhases
            | List::ProgrammeUnits
            | List::CourseSubunits
            | List::CourseEvents
            | List::EventClassGroups
            | List::ClassGroupChildren => (Rows::Named(self.context.catalogue.elements(list, owner).iter()), Keep::All),
        };
        Elements { world: self, rows, keep }
    }

    fn rows_of(self, subject: Subject, owner: u32) -> Rows<'a> {
        Rows::Together(self.context.batch.table(subject).rows_of(owner))
    }

    fn rows_beside(self, enrolment: u32) -> Rows<'a> {
        self.rows_of(Subject::Enrolment, self.context.batch.table(Subject::Enrolment).owner(enrolment))
    }

    fn keeps(self, keep: Keep, row: u32) -> bool {
        match keep {
            Keep::All => true,
            Keep::NotDropped => !self.is_dropped(row),
            Keep::EntriesUpTo { year, dropped_too } => {
                let entry_year = self.year_of(self.enrolment_of_entry(row));
                entry_year.is_some_and(|of_entry| of_entry <= year) && (dropped_too == Dropped::Too || !self.is_dropped(row))
            }
            Keep::EnrolmentsUpTo(year) => self.year_of(row).is_some_and(|of_row| of_row <= year),
            Keep::EarlierThan(enrolment) => {
                let earlier = matches!((self.year_of(row), self.year_of(enrolment)), (Some(row), Some(own)) if row < own);
                earlier && self.same_programme(row, enrolment)
            }
            Keep::Beside(enrolment) => row != enrolment && self.year_of(row).is_some() && self.year_of(row) == self.year_of(enrolment),
        }
    }

    /// Why nobody knows all rows of a list, where that is so: the record leaves it out, or the catalogue does not describe its owner.
    pub(crate) fn gap(self, list: List, owner: u32) -> Option<Unknown> {
        match list {
            List::StudentDiplomas | List::StudentLearningAccount | List::StudentCreditCertificates | List::IspRequestedCourses => {
                let given = self.context.batch.table(list.element()).is_given(owner);
                (!given).then_some(Unknown::ListMissing(list, owner))
            }
            List::ProgrammePhases
            | List::ProgrammeUnits
            | List::CourseSubunits
            | List::CourseEvents
            | List::EventClassGroups
            | List::ClassGroupChildren => {
                let subject = list.owner();
                (!self.is_documented(subject, owner)).then_some(Unknown::Missing(Placed { subject, row: owner, field: None }))
            }
            List::EnrolmentEarlier => self.unnamed_programme(owner).map(Unknown::Missing),
            List::IspEntries
            | List::IspAllEntries
            | List::StudentEntries
            | List::StudentAllEntries
            | List::StudentEarlierEntries
            | List::StudentEnrolments
            | List::StudentStatuses
            | List::StudentExemptions
            | List::StudentRequests
            | List::StudentDecisions
            | List::StudentMeasures
            | List::EnrolmentBeside => None,
        }
    }

    /// An enrolment, this one or an earlier one, of which the programme is not given.
    fn unnamed_programme(self, enrolment: u32) -> Option<Placed> {
        let field: Field = fields::enrolment::PROGRAMME;
        let own = self.year_of(enrolment);
        std::iter::once(enrolment)
            .chain(self.siblings(enrolment).filter(|other| self.year_of(*other) < own))
            .find(|row| self.reference(field, *row).is_none())
            .map(|row| Placed { subject: Subject::Enrolment, row, field: Some(field) })
    }

    /// The student's enrolments up to the year under check, in the order of the record.
    pub(crate) fn enrolments(self, student: u32) -> Elements<'a> {
        self.elements(List::StudentEnrolments, student)
    }

    /// The student's enrolments of the year under check.
    pub(crate) fn enrolments_checked(self, student: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.enrolments(student).filter(move |row| self.year_of(*row) == Some(self.context.year))
    }

    /// The student that a row of a dossier is of.
    pub(crate) fn student_of(self, row: SubjectRow) -> Option<u32> {
        self.within(row, Subject::Student)
    }
}
