//! What checks are about: the rows of the year under check, as domains.

use crate::rulebook::Check;
use crate::vocabulary::{List, Subject, fields};

use super::super::program::{CellOp, Comparison, DomainId, Over, Pairs, Reduce, Reduction, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};

impl Builder<'_> {
    /// The rows that a check judges, and for students which of them.
    pub(super) fn judged(&mut self, check: &Check) -> Result<(PlaceId, Option<Value>), Unplanned> {
        match check.subject {
            Subject::Student => {
                let table = self.table(Subject::Student);
                let place = self.root(table);
                Ok((place, Some(Value { node: self.enrolled(), place })))
            }
            Subject::Enrolment | Subject::Isp => {
                let domain = self.enrolments_checked();
                Ok((self.root(domain), None))
            }
            Subject::Entry => {
                let filter = if check.dropped_too { None } else { Some(self.not_dropped()) };
                let outer = self.enrolments_checked();
                let owner = self.cells(CellOp::Element, outer);
                let domain = self.pairs(Pairs { outer, owner, list: List::IspAllEntries, filter, key: None });
                self.check_as(domain, Subject::Entry);
                Ok((self.root(domain), None))
            }
            Subject::Exemption => Ok((self.of_students(Subject::Exemption, List::StudentExemptions), None)),
            Subject::Request => Ok((self.of_students(Subject::Request, List::StudentRequests), None)),
            _ => Err(Unplanned("such a subject")),
        }
    }

    /// The enrolments of the year under check.
    fn enrolments_checked(&mut self) -> DomainId {
        let (students, enrolments) = (self.table(Subject::Student), self.table(Subject::Enrolment));
        let filter = Some(self.of_year_checked());
        let owner = self.cells(CellOp::Rows, students);
        let domain = self.pairs(Pairs { outer: students, owner, list: List::StudentEnrolments, filter, key: None });
        self.check_as(domain, Subject::Enrolment);
        let _ = enrolments;
        domain
    }

    fn of_year_checked(&mut self) -> super::super::program::NodeId {
        let enrolments = self.table(Subject::Enrolment);
        let year = self.cells(CellOp::Load(fields::enrolment::ACADEMIC_YEAR), enrolments);
        let checked = self.constant_cell(self.world.context.year).node;
        let found = self.truths(TruthOp::Compare { comparison: Comparison::Equal, left: year, right: checked }, enrolments);
        self.truths(TruthOp::Surely(found), enrolments)
    }

    /// Whether a student has an enrolment in the year under check.
    fn enrolled(&mut self) -> super::super::program::NodeId {
        let students = self.table(Subject::Student);
        let (owner, value) = (self.cells(CellOp::Rows, students), self.of_year_checked());
        let over = Over::Segments { list: List::StudentEnrolments, owner };
        let reduction = Reduction { reduce: Reduce::Some, over, condition: None, value: Some(value), given: None };
        self.truths(TruthOp::Reduce(reduction), students)
    }

    /// All rows of a list of the students that are checked; requests only of the year under check or of no year.
    fn of_students(&mut self, subject: Subject, list: List) -> PlaceId {
        let (students, table) = (self.table(Subject::Student), self.table(subject));
        let from = self.root(table);
        let index = self.cells(CellOp::Owners(subject), table);
        let owner = self.child(from, index, students);
        let enrolled = Value { node: self.enrolled(), place: owner };
        let mut filter = self.at(enrolled, from);
        if subject == Subject::Request {
            let year = self.cells(CellOp::Load(fields::request::ACADEMIC_YEAR), table);
            let checked = self.constant_cell(self.world.context.year).node;
            let other = self.truths(TruthOp::Compare { comparison: Comparison::NotEqual, left: year, right: checked }, table);
            let other = self.truths(TruthOp::Surely(other), table);
            let of_year = self.truths(TruthOp::Not(other), table);
            filter = self.and_nodes((filter, of_year), table);
        }
        let owner = self.cells(CellOp::Rows, students);
        let domain = self.pairs(Pairs { outer: students, owner, list, filter: Some(filter), key: None });
        self.check_as(domain, subject);
        self.root(domain)
    }
}
