//! Every field of the record and of the catalogue: its subject, its name, its kind, and whether a missing day means that it has not happened.

use crate::vocabulary::{Enumeration, Subject};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FieldKind {
    Boolean,
    Integer,
    Decimal,
    Credits,
    Score,
    /// A day whose absence is unknown.
    Day,
    /// A day whose absence means that it has not happened by the day of the check.
    EventDay,
    AcademicYear,
    Semester,
    /// Free text, also the words that an institution declares itself (statuses, kinds of request).
    Text,
    Enumeration(Enumeration),
    /// A row of the catalogue, by its code.
    Reference(Subject),
}

impl FieldKind {
    /// Whether records write it as a number.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Credits | Self::Score | Self::Semester)
    }
}

/// A field: its subject and its column there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Field {
    pub(crate) subject: Subject,
    pub(crate) column: u8,
}

impl Field {
    pub(crate) fn definition(self) -> &'static FieldDefinition {
        // INVARIANT: fields are made by the table below or by `find`, so the column exists.
        &fields_of(self.subject)[self.column as usize]
    }

    /// Whether its values are the words of an enumeration, or whether something is so.
    pub(crate) fn is_word(self) -> bool {
        matches!(self.kind(), Boolean | FieldKind::Enumeration(_))
    }

    pub(crate) fn name(self) -> &'static str {
        self.definition().name
    }

    pub(crate) fn kind(self) -> FieldKind {
        self.definition().kind
    }

    /// The field of a subject by its name or its other name.
    pub(crate) fn find(subject: Subject, name: &str) -> Option<Self> {
        let position = fields_of(subject).iter().position(|field| field.name == name || field.alias == Some(name))?;
        u8::try_from(position).ok().map(|column| Self { subject, column })
    }

    pub(crate) fn all_of(subject: Subject) -> impl Iterator<Item = Self> {
        (0..fields_of(subject).len()).filter_map(move |column| u8::try_from(column).ok().map(|column| Self { subject, column }))
    }
}

/// A line of the table.
#[derive(Debug)]
pub(crate) struct FieldDefinition {
    pub(crate) name: &'static str,
    /// A second name for the same value: `submitted_on` is the day of `submitted_at`.
    pub(crate) alias: Option<&'static str>,
    pub(crate) kind: FieldKind,
    pub(crate) doc: &'static str,
}

macro_rules! fields {
    ($($subject:ident / $module:ident { $($constant:ident $name:literal $(or $alias:literal)? : $kind:expr, $doc:literal;)* })*) => {
        /// The fields of a subject, in the order of their columns.
        pub(crate) fn fields_of(subject: Subject) -> &'static [FieldDefinition] {
            match subject {
                $(Subject::$subject => {
                    const FIELDS: &[FieldDefinition] = &[$(FieldDefinition { name: $name, alias: alias!($($alias)?), kind: $kind, doc: $doc },)*];
                    FIELDS
                })*
            }
        }
        $(
            #[doc = concat!("Fields of `", stringify!($module), "` by name.")]
            #[allow(dead_code, reason = "the table is whole, whoever names its fields")]
            pub(crate) mod $module {
                use super::{Field, Subject};
                #[derive(Clone, Copy)]
                #[allow(clippy::enum_variant_names, clippy::upper_case_acronyms, non_camel_case_types, reason = "the columns in order, named as the constants are")]
                enum Column { $($constant,)* }
                $(pub(crate) const $constant: Field = Field { subject: Subject::$subject, column: Column::$constant as u8 };)*
            }
        )*
    };
}

macro_rules! alias {
    () => {
        None
    };
    ($alias:literal) => {
        Some($alias)
    };
}

use FieldKind::{AcademicYear, Boolean, Credits, Day, Decimal, EventDay, Integer, Reference, Score, Semester, Text};

const fn word(enumeration: Enumeration) -> FieldKind {
    FieldKind::Enumeration(enumeration)
}

fields! {
    Student / student {
        STUDENT "student": Text, "the student's number";
        COHORT "cohort": AcademicYear, "first academic year of the student";
        FIRST_ENROLLED_ON "first_enrolled_on": Day, "day of the very first enrolment";
    }
    Enrolment / enrolment {
        ACADEMIC_YEAR "academic_year": AcademicYear, "the academic year enrolled for";
        PROGRAMME "programme": Reference(Subject::Programme), "the study programme";
        CONTRACT "contract": word(Enumeration::Contract), "the contract type";
        MAIN "main": Boolean, "whether it is the main enrolment";
        PHASE "phase": Integer, "the study phase";
        OPTION "option": Text, "the graduating option";
        ITINERARY "itinerary": word(Enumeration::Itinerary), "model or individual itinerary";
        START_SEMESTER "start_semester": Semester, "the semester in which it starts";
        CLASS_GROUP "class_group": Reference(Subject::ClassGroup), "the class group the student is linked to";
        ENROLLED_ON "enrolled_on": Day, "day of registration";
        DEREGISTERED_ON "deregistered_on": EventDay, "day of deregistration";
    }
    Isp / isp {
        STATE "state": word(Enumeration::IspState), "how far the ISP has come; `none` without one";
        SUBMITTED_ON "submitted_on" or "submitted_at": EventDay, "day on which the ISP was sent, in the regulation's time zone";
        DECIDED_ON "decided_on" or "decided_at": EventDay, "day of the decision on the ISP";
        REQUESTED_CREDITS "requested_credits": Credits, "credits asked for";
    }
    Entry / entry {
        COURSE "course": Reference(Subject::Course), "the course unit";
        SEMESTER "semester": Semester, "the semester; of a year-long unit the one it starts in";
        CREDITS "credits": Credits, "the credits taken up";
        KIND "kind": word(Enumeration::EntryKind), "how the unit is taken up; `regular` unless said";
        EVENT "event": Reference(Subject::Event), "the event selected";
        CLASS_GROUP "class_group": Reference(Subject::ClassGroup), "the class group for this unit; the enrolment's unless said";
        ADDED_ON "added_on": EventDay, "day on which it was added";
        DROPPED_ON "dropped_on": EventDay, "day on which it was dropped";
        CHANGED_BY "changed_by": word(Enumeration::ChangedBy), "who made the last change";
        REPLACES "replaces": Reference(Subject::Course), "the unit it replaces";
    }
    Result / result {
        SCORE "score": Score, "the examination mark";
        OUTCOME "outcome": word(Enumeration::Outcome), "what the result amounts to";
        ATTEMPTS "attempts": Integer, "examination attempts used";
        FIRST_CHANCE_ON "first_chance_on": EventDay, "day of the first examination chance";
        DECIDED_ON "decided_on": EventDay, "day of the deliberation";
        PUBLISHED_ON "published_on": EventDay, "day of publication";
        TOLERANCE "tolerance": word(Enumeration::Tolerance), "the choice made about a tolerable fail mark";
        TOLERANCE_SETTLED_ON "tolerance_settled_on": EventDay, "day of that choice";
    }
    Status / status {
        STATUS "status": Text, "the status, a word of the institution's list";
        VALID_FROM "valid_from": Day, "first day";
        VALID_UNTIL "valid_until": EventDay, "last day, included";
        HOURS_PER_MONTH "hours_per_month": Decimal, "hours of work a month";
    }
    Diploma / diploma {
        LEVEL "level": word(Enumeration::DiplomaLevel), "the level";
        NAME "name": Text, "the name on the diploma";
        AWARDED_ON "awarded_on": Day, "day of award";
    }
    Exemption / exemption {
        COURSE "course": Reference(Subject::Course), "the unit exempted from";
        CREDITS "credits": Credits, "credits exempted";
        BASIS "basis": word(Enumeration::ExemptionBasis), "on what grounds";
        REQUESTED_ON "requested_on": EventDay, "day of the request";
        GRANTED_ON "granted_on": EventDay, "day on which it was granted";
    }
    CreditCertificate / credit_certificate {
        COURSE "course": Reference(Subject::Course), "the unit it is recognised for, where there is one";
        NAME "name": Text, "the name on the certificate";
        CREDITS "credits": Credits, "its credits";
        INSTITUTION "institution": Text, "who awarded it";
        AWARDED_ON "awarded_on": Day, "day of award";
    }
    Request / request {
        KIND "kind": Text, "the kind, a word of the institution's list";
        ACADEMIC_YEAR "academic_year": AcademicYear, "the year it is about";
        PROGRAMME "programme": Reference(Subject::Programme), "the programme it is about";
        COURSE "course": Reference(Subject::Course), "the unit it is about";
        SEMESTER "semester": Semester, "the semester it is about";
        ABOUT_DECISION_ON "about_decision_on": Day, "day of the decision it is about";
        FILED_ON "filed_on": EventDay, "day of filing";
        ANNOUNCED_ON "announced_on": EventDay, "day of announcement";
        POSTPONED_TO "postponed_to": Day, "day to which it was postponed";
        DECIDED_ON "decided_on": EventDay, "day of the decision";
        OUTCOME "outcome": word(Enumeration::RequestOutcome), "the outcome";
        AUTHORITY "authority": Text, "who decided";
    }
    Decision / decision {
        CHECK "check": Text, "the check it is about";
        COURSE "course": Reference(Subject::Course), "the unit it is about; any where left out";
        PRIOR "prior": Reference(Subject::Course), "the prior unit it is about; any where left out";
        PROGRAMME "programme": Reference(Subject::Programme), "the programme it is about; any where left out";
        ACADEMIC_YEAR "academic_year": AcademicYear, "the year it is about; any where left out";
        OUTCOME "outcome": word(Enumeration::DecisionOutcome), "granted or refused";
        AUTHORITY "authority": Text, "who decided";
        GRANTED_ON "granted_on": Day, "day of the decision";
        VALID_FROM "valid_from": Day, "first day on which it holds; the day of the decision where left out";
        VALID_UNTIL "valid_until": Day, "last day on which it holds, included; no end where left out";
        REFERENCE "reference": Text, "where the decision is filed";
    }
    Measure / measure {
        KIND "kind": word(Enumeration::MeasureKind), "the study progress measure";
        PROGRAMME "programme": Reference(Subject::Programme), "the programme it holds for";
        COURSE "course": Reference(Subject::Course), "the unit it holds for";
        ACADEMIC_YEAR "academic_year": AcademicYear, "the year it holds for";
        SCOPE "scope": Text, "what it covers";
        IMPOSED_ON "imposed_on": Day, "day on which it was imposed";
        UNTIL "until": EventDay, "last day, included";
        LIFTED_ON "lifted_on": EventDay, "day on which it was lifted";
    }
    AccountEntry / account_entry {
        BOOKED_ON "booked_on": Day, "day of booking";
        KIND "kind": word(Enumeration::AccountKind), "the kind of booking";
        CREDITS "credits": Credits, "credits booked; the sum is the balance";
    }
    RequestedCourse / requested_course {
        COURSE "course": Reference(Subject::Course), "the unit asked for";
    }
    Programme / programme {
        CODE "code": Text, "the programme's code";
        NAME "name": Text, "its name";
        TYPE "type": word(Enumeration::ProgrammeType), "its type";
        CREDITS "credits": Credits, "its study load";
        LANGUAGE "language": Text, "the language of instruction";
        ACADEMIC_YEAR "academic_year": AcademicYear, "the year of this description";
    }
    Phase / phase {
        NUMBER "number": Integer, "the phase's number";
        CREDITS "credits": Credits, "its study load";
    }
    Unit / unit {
        COURSE "course": Reference(Subject::Course), "the course unit";
        PHASE "phase": Integer, "the phase it stands in";
        COMPULSORY "compulsory": Boolean, "whether every student takes it";
        OPTION "option": Text, "the graduating option it belongs to";
        STARTS "starts": Semester, "the semester in which it starts";
        KIND "kind": Text, "theory, placement, thesis, …";
        TOLERABLE "tolerable": Boolean, "whether a fail mark can be tolerated";
    }
    Course / course {
        CODE "code": Text, "the unit's code";
        NAME "name": Text, "its name";
        CREDITS "credits": Credits, "its credits";
        SCALE "scale": Integer, "the highest mark";
        PASS_MARK "pass_mark": Score, "the lowest mark that passes";
        TOLERABLE "tolerable": Boolean, "whether a fail mark can be tolerated";
        COMPREHENSIVE_TEST "comprehensive_test": Boolean, "whether it belongs to the comprehensive bachelor test";
        EXAM_CONTRACT "exam_contract": Boolean, "whether it can be taken on an exam contract";
        CREDIT_CONTRACT "credit_contract": Boolean, "whether it can be taken on a credit contract";
        HOURS "hours": Decimal, "hours of prescribed activities";
        ACADEMIC_YEAR "academic_year": AcademicYear, "the year of this description";
    }
    Subunit / subunit {
        NAME "name": Text, "the subunit's name";
        CREDITS "credits": Credits, "its credits";
        HOURS "hours": Decimal, "its hours of prescribed activities";
    }
    Event / event {
        ID "id": Text, "the event's id";
        COURSE "course": Reference(Subject::Course), "the unit it is of";
        SEMESTER "semester": Semester, "the semester in which it is held";
        ALLOCATION "allocation": word(Enumeration::Allocation), "how students are placed in it";
    }
    ClassGroup / class_group {
        CODE "code": Text, "the group's code";
        PROGRAMME "programme": Reference(Subject::Programme), "the programme it is of";
        PHASE "phase": Integer, "the phase it is of";
        PARENT "parent": Reference(Subject::ClassGroup), "the group that covers it";
    }
}
