//! What a rule can be about, and what stands around it.

/// A kind of row: of a dossier, or of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Subject {
    Student,
    Enrolment,
    /// One for each enrolment, with the same row number.
    Isp,
    Entry,
    /// One for each entry, with the same row number.
    Result,
    Status,
    Diploma,
    Exemption,
    CreditCertificate,
    Request,
    Decision,
    Measure,
    AccountEntry,
    /// A unit asked for in `isp.requested_courses`.
    RequestedCourse,
    Programme,
    Phase,
    Unit,
    Course,
    Subunit,
    Event,
    ClassGroup,
}

impl Subject {
    pub(crate) const ALL: [Self; 21] = [
        Self::Student,
        Self::Enrolment,
        Self::Isp,
        Self::Entry,
        Self::Result,
        Self::Status,
        Self::Diploma,
        Self::Exemption,
        Self::CreditCertificate,
        Self::Request,
        Self::Decision,
        Self::Measure,
        Self::AccountEntry,
        Self::RequestedCourse,
        Self::Programme,
        Self::Phase,
        Self::Unit,
        Self::Course,
        Self::Subunit,
        Self::Event,
        Self::ClassGroup,
    ];
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The word a rule uses.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Enrolment => "enrolment",
            Self::Isp => "isp",
            Self::Entry => "entry",
            Self::Result => "result",
            Self::Status => "status",
            Self::Diploma => "diploma",
            Self::Exemption => "exemption",
            Self::CreditCertificate => "credit_certificate",
            Self::Request => "request",
            Self::Decision => "decision",
            Self::Measure => "measure",
            Self::AccountEntry => "account_entry",
            Self::RequestedCourse => "requested_course",
            Self::Programme => "programme",
            Self::Phase => "phase",
            Self::Unit => "unit",
            Self::Course => "course",
            Self::Subunit => "subunit",
            Self::Event => "event",
            Self::ClassGroup => "class_group",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.word() == word)
    }

    /// Whether its rows stand in the catalogue rather than in a dossier.
    pub(crate) fn is_of_catalogue(self) -> bool {
        self as u8 >= Self::Programme as u8
    }

    /// Whether a check may be `for` it.
    pub(crate) fn can_be_checked(self) -> bool {
        matches!(
            self,
            Self::Student | Self::Enrolment | Self::Isp | Self::Entry | Self::Exemption | Self::Request | Self::Programme | Self::Course | Self::Unit
        )
    }

    /// The subject it stands in: an entry in an ISP, an ISP in an enrolment, a unit in a programme.
    pub(crate) const fn owner(self) -> Option<Self> {
        match self {
            Self::Student | Self::Programme | Self::Course | Self::Event | Self::ClassGroup => None,
            Self::Enrolment
            | Self::Status
            | Self::Diploma
            | Self::Exemption
            | Self::CreditCertificate
            | Self::Request
            | Self::Decision
            | Self::Measure
            | Self::AccountEntry => Some(Self::Student),
            Self::Isp => Some(Self::Enrolment),
            Self::Entry | Self::RequestedCourse => Some(Self::Isp),
            Self::Result => Some(Self::Entry),
            Self::Phase | Self::Unit => Some(Self::Programme),
            Self::Subunit => Some(Self::Course),
        }
    }
}
