//! The ways from one row to another: to one (a link) or to many (a list).

use crate::vocabulary::Subject;

/// A way to one other row, beside fields that are references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Link {
    /// To the subject it stands in: `isp.enrolment`, `enrolment.student`, `unit.programme`.
    Owner(Subject),
    /// `enrolment.isp`
    Isp,
    /// `entry.result`
    Result,
    /// `entry.unit`: the unit of the enrolment's programme with the entry's course.
    EntryUnit,
    /// `enrolment.previous`: same programme, the year before; the diploma contract if several; none if there is none.
    Previous,
}

impl Link {
    /// The link that has a word of its own: `isp`, `previous`, `result`, `unit`. Owners are named by their subjects' words.
    pub(crate) fn find(from: Subject, name: &str) -> Option<Self> {
        match (from, name) {
            (Subject::Enrolment, "isp") => Some(Self::Isp),
            (Subject::Enrolment, "previous") => Some(Self::Previous),
            (Subject::Entry, "result") => Some(Self::Result),
            (Subject::Entry, "unit") => Some(Self::EntryUnit),
            _ => None,
        }
    }

    pub(crate) fn to(self) -> Subject {
        match self {
            Self::Owner(subject) => subject.owner().unwrap_or(subject),
            Self::Isp => Subject::Isp,
            Self::Result => Subject::Result,
            Self::EntryUnit => Subject::Unit,
            Self::Previous => Subject::Enrolment,
        }
    }
}

/// A list that a row has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum List {
    /// `isp.entries`: not dropped by the day of the check
    IspEntries,
    /// `isp.all_entries`
    IspAllEntries,
    /// `isp.requested_courses`
    IspRequestedCourses,
    /// `student.entries`: of all enrolments up to the year under check, not dropped
    StudentEntries,
    /// `student.all_entries`
    StudentAllEntries,
    /// `student.earlier_entries`: of the years before the one under check, not dropped
    StudentEarlierEntries,
    /// `student.enrolments`: up to the year under check
    StudentEnrolments,
    /// `student.statuses`
    StudentStatuses,
    /// `student.diplomas`
    StudentDiplomas,
    /// `student.exemptions`
    StudentExemptions,
    /// `student.credit_certificates`
    StudentCreditCertificates,
    /// `student.requests`
    StudentRequests,
    /// `student.decisions`
    StudentDecisions,
    /// `student.measures`
    StudentMeasures,
    /// `student.learning_account`
    StudentLearningAccount,
    /// `enrolment.earlier`: same programme, earlier years
    EnrolmentEarlier,
    /// `enrolment.beside`: the others of the same year
    EnrolmentBeside,
    /// `programme.phases`
    ProgrammePhases,
    /// `programme.units`
    ProgrammeUnits,
    /// `course.subunits`
    CourseSubunits,
    /// `course.events`
    CourseEvents,
    /// `event.class_groups`
    EventClassGroups,
    /// `class_group.children`
    ClassGroupChildren,
}

impl List {
    pub(crate) const ALL: [Self; 23] = [
        Self::IspEntries,
        Self::IspAllEntries,
        Self::IspRequestedCourses,
        Self::StudentEntries,
        Self::StudentAllEntries,
        Self::StudentEarlierEntries,
        Self::StudentEnrolments,
        Self::StudentStatuses,
        Self::StudentDiplomas,
        Self::StudentExemptions,
        Self::StudentCreditCertificates,
        Self::StudentRequests,
        Self::StudentDecisions,
        Self::StudentMeasures,
        Self::StudentLearningAccount,
        Self::EnrolmentEarlier,
        Self::EnrolmentBeside,
        Self::ProgrammePhases,
        Self::ProgrammeUnits,
        Self::CourseSubunits,
        Self::CourseEvents,
        Self::EventClassGroups,
        Self::ClassGroupChildren,
    ];

    /// Whose list, its name there, and what its elements are.
    pub(crate) const fn shape(self) -> (Subject, &'static str, Subject) {
        use Subject as S;
        match self {
            Self::IspEntries => (S::Isp, "entries", S::Entry),
            Self::IspAllEntries => (S::Isp, "all_entries", S::Entry),
            Self::IspRequestedCourses => (S::Isp, "requested_courses", S::RequestedCourse),
            Self::StudentEntries => (S::Student, "entries", S::Entry),
            Self::StudentAllEntries => (S::Student, "all_entries", S::Entry),
            Self::StudentEarlierEntries => (S::Student, "earlier_entries", S::Entry),
            Self::StudentEnrolments => (S::Student, "enrolments", S::Enrolment),
            Self::StudentStatuses => (S::Student, "statuses", S::Status),
            Self::StudentDiplomas => (S::Student, "diplomas", S::Diploma),
            Self::StudentExemptions => (S::Student, "exemptions", S::Exemption),
            Self::StudentCreditCertificates => (S::Student, "credit_certificates", S::CreditCertificate),
            Self::StudentRequests => (S::Student, "requests", S::Request),
            Self::StudentDecisions => (S::Student, "decisions", S::Decision),
            Self::StudentMeasures => (S::Student, "measures", S::Measure),
            Self::StudentLearningAccount => (S::Student, "learning_account", S::AccountEntry),
            Self::EnrolmentEarlier => (S::Enrolment, "earlier", S::Enrolment),
            Self::EnrolmentBeside => (S::Enrolment, "beside", S::Enrolment),
            Self::ProgrammePhases => (S::Programme, "phases", S::Phase),
            Self::ProgrammeUnits => (S::Programme, "units", S::Unit),
            Self::CourseSubunits => (S::Course, "subunits", S::Subunit),
            Self::CourseEvents => (S::Course, "events", S::Event),
            Self::EventClassGroups => (S::Event, "class_groups", S::ClassGroup),
            Self::ClassGroupChildren => (S::ClassGroup, "children", S::ClassGroup),
        }
    }

    pub(crate) fn owner(self) -> Subject {
        self.shape().0
    }

    pub(crate) fn name(self) -> &'static str {
        self.shape().1
    }

    pub(crate) fn element(self) -> Subject {
        self.shape().2
    }

    pub(crate) fn find(owner: Subject, name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.owner() == owner && list.name() == name)
    }
}
