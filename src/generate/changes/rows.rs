//! Rows that could stand in a dossier beside those that do.

use crate::generate::changes::candidates::Changer;
use crate::generate::changes::{Change, Edit, Sort};
use crate::generate::dossier::{Datum, Row};
use crate::generate::draw::word;
use crate::generate::random::Random;
use crate::vocabulary::{Cell, Enumeration, SCALE, Subject, fields};

/// Days before the year in which most things were settled.
const BEFORE: i32 = 12;
/// Exemptions that are tried.
const EXEMPTIONS: usize = 4;

impl Changer<'_> {
    /// One more row of a subject.
    pub(super) fn additions(&self, subject: Subject, random: &mut Random) -> Vec<Change> {
        let rows = match subject {
            Subject::Entry => return self.more_entries(random),
            Subject::Status => self.statuses(),
            Subject::Request => self.requests(),
            Subject::Diploma => self.diplomas(),
            Subject::Exemption => self.exemptions(random),
            Subject::AccountEntry => self.bookings(),
            Subject::Measure => self.measures(),
            Subject::Enrolment => self.earlier_enrolments(),
            // What could be added of these makes no difference to any check, or can't be made up.
            Subject::Student
            | Subject::Isp
            | Subject::Result
            | Subject::CreditCertificate
            | Subject::Decision
            | Subject::RequestedCourse
            | Subject::Programme
            | Subject::Phase
            | Subject::Unit
            | Subject::Course
            | Subject::Subunit
            | Subject::Event
            | Subject::ClassGroup => Vec::new(),
        };
        rows.into_iter().map(|row| Change::new(Sort::Add(subject), vec![Edit::Add(Vec::new(), row)])).collect()
    }

    /// A day before the year begins.
    fn before(&self) -> Datum {
        Datum::Day(self.institution.days(self.institution.setting.year).first - BEFORE)
    }

    fn statuses(&self) -> Vec<Row> {
        let first = self.institution.days(self.institution.setting.year).first;
        let status = |name: &String| {
            Row::new(Subject::Status)
                .with(fields::status::STATUS, Datum::Text(name.clone().into()))
                .with(fields::status::VALID_FROM, Datum::Day(first))
        };
        self.reads.words.iter().map(status).collect()
    }

    fn requests(&self) -> Vec<Row> {
        let request = |kind: &String| {
            Row::new(Subject::Request)
                .with(fields::request::KIND, Datum::Text(kind.clone().into()))
                .with(fields::request::ACADEMIC_YEAR, Datum::Year(self.institution.setting.year))
                .with(fields::request::FILED_ON, self.before())
        };
        self.reads.words.iter().map(request).collect()
    }

    fn diplomas(&self) -> Vec<Row> {
        let diploma = |level: &&str| {
            Row::new(Subject::Diploma)
                .with(fields::diploma::LEVEL, word(Enumeration::DiplomaLevel, level))
                .with(fields::diploma::AWARDED_ON, Datum::Day(self.institution.days(self.institution.setting.year).first - 3 * 366))
        };
        Enumeration::DiplomaLevel.values().iter().map(diploma).collect()
    }

    fn exemptions(&self, random: &mut Random) -> Vec<Row> {
        let mut rows = Vec::new();
        for (_, enrolment) in self.current_enrolments() {
            for course in self.courses(enrolment, random).into_iter().take(EXEMPTIONS) {
                let exemption = Row::new(Subject::Exemption)
                    .with(fields::exemption::COURSE, Datum::Code(Subject::Course, course))
                    .with_any(fields::exemption::CREDITS, self.institution.offer(course).map(|offer| Datum::Number(offer.credits)))
                    .with(fields::exemption::BASIS, word(Enumeration::ExemptionBasis, "pcl"))
                    .with(fields::exemption::REQUESTED_ON, self.before())
                    .with(fields::exemption::GRANTED_ON, self.before());
                rows.push(exemption);
            }
        }
        rows
    }

    /// Bookings that take what a bound has left, or give what it lacks.
    fn bookings(&self) -> Vec<Row> {
        let booking = |credits: Cell| {
            Row::new(Subject::AccountEntry)
                .with(fields::account_entry::BOOKED_ON, self.before())
                .with(fields::account_entry::KIND, word(Enumeration::AccountKind, "adjustment"))
                .with(fields::account_entry::CREDITS, Datum::Number(credits))
        };
        self.pivots.differences.iter().copied().chain([SCALE, -SCALE]).map(booking).collect()
    }

    fn measures(&self) -> Vec<Row> {
        let measure = |kind: &&str| {
            Row::new(Subject::Measure)
                .with(fields::measure::KIND, word(Enumeration::MeasureKind, kind))
                .with(fields::measure::IMPOSED_ON, self.before())
        };
        Enumeration::MeasureKind.values().iter().map(measure).collect()
    }

    /// The enrolments of the year, a year earlier and with nothing taken up.
    fn earlier_enrolments(&self) -> Vec<Row> {
        let earlier = |(_, enrolment): (_, &Row)| {
            let mut earlier = enrolment.clone();
            earlier.rows.clear();
            earlier.set(fields::enrolment::ACADEMIC_YEAR, Datum::Year(self.institution.setting.year - 1));
            earlier.clear(fields::enrolment::ENROLLED_ON);
            earlier.clear(fields::enrolment::CLASS_GROUP);
            earlier
        };
        self.current_enrolments().map(earlier).collect()
    }
}
