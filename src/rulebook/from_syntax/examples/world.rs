//! The rows of one example while it is read: each is found again by what names it, and brings its owners.

use chrono::NaiveDate;

use crate::records::CodeId;
use crate::rulebook::{Constant, Expression, ExpressionKind, GivenRow, GivenRowId, GivenValue, Label, Variable};
use crate::vocabulary::{Field, FieldKind, Link, Subject, fields};

/// An example in the making.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) rows: Vec<GivenRow>,
    /// The enrolment of the year under check.
    pub(super) enrolment: Option<GivenRowId>,
    pub(super) checked_on: Option<NaiveDate>,
    pub(super) dossier: Option<Label>,
}

const STUDENT: GivenRowId = GivenRowId(0);

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self { rows: Vec::new(), enrolment: None, checked_on: None, dossier: None };
        world.add(Subject::Student, None);
        world
    }

    pub(super) fn row(&self, id: GivenRowId) -> &GivenRow {
        &self.rows[id.0 as usize]
    }

    pub(super) fn row_mut(&mut self, id: GivenRowId) -> &mut GivenRow {
        &mut self.rows[id.0 as usize]
    }

    fn add(&mut self, subject: Subject, owner: Option<GivenRowId>) -> GivenRowId {
        let id = GivenRowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        self.rows.push(GivenRow { subject, owner, code: None, fields: Vec::new(), lists: Vec::new(), definitions: Vec::new() });
        id
    }

    pub(super) fn ids(&self, subject: Subject) -> Vec<GivenRowId> {
        (0..).map(GivenRowId).zip(&self.rows).filter(|(_, row)| row.subject == subject).map(|(id, _)| id).collect()
    }

    pub(super) fn set(&mut self, row: GivenRowId, field: Field, value: GivenValue) {
        let fields = &mut self.row_mut(row).fields;
        fields.retain(|(known, _)| *known != field);
        fields.push((field, value));
    }

    /// The one row of a subject under an owner; new where there is none.
    fn only(&mut self, subject: Subject, owner: GivenRowId) -> GivenRowId {
        let known = self.ids(subject).into_iter().find(|id| self.row(*id).owner == Some(owner));
        known.unwrap_or_else(|| self.add(subject, Some(owner)))
    }

    pub(super) fn current_enrolment(&mut self) -> GivenRowId {
        let id = self.enrolment.unwrap_or_else(|| self.add(Subject::Enrolment, Some(STUDENT)));
        self.enrolment = Some(id);
        id
    }

    /// The enrolment of an academic year; the current one where that is its year.
    pub(super) fn enrolment_of(&mut self, year: i32) -> GivenRowId {
        let wanted = Some(GivenValue::Constant(Constant::AcademicYear(year)));
        let known = self.ids(Subject::Enrolment).into_iter().find(|id| self.row(*id).field(fields::enrolment::ACADEMIC_YEAR) == wanted);
        known.unwrap_or_else(|| {
            let id = self.add(Subject::Enrolment, Some(STUDENT));
            self.set(id, fields::enrolment::ACADEMIC_YEAR, GivenValue::Constant(Constant::AcademicYear(year)));
            id
        })
    }

    pub(super) fn isp_of(&mut self, enrolment: GivenRowId) -> GivenRowId {
        self.only(Subject::Isp, enrolment)
    }

    pub(super) fn result_of(&mut self, entry: GivenRowId) -> GivenRowId {
        self.only(Subject::Result, entry)
    }

    /// The row of a code, or the one without a code; new where there is none.
    pub(super) fn coded(&mut self, subject: Subject, code: Option<CodeId>) -> GivenRowId {
        let known = self.ids(subject).into_iter().find(|id| self.row(*id).code == code);
        known.unwrap_or_else(|| {
            let id = self.add(subject, None);
            self.row_mut(id).code = code;
            id
        })
    }

    /// The row under an owner that is about a course unit, or the one that says none; new where there is none.
    pub(super) fn of_course(&mut self, subject: Subject, owner: GivenRowId, course: Option<GivenValue>) -> GivenRowId {
        let Some(field) = Field::find(subject, "course") else { return self.only(subject, owner) };
        let under = |id: &GivenRowId| self.row(*id).owner == Some(owner) && self.row(*id).field(field) == course;
        let known = self.ids(subject).into_iter().find(under);
        known.unwrap_or_else(|| {
            let id = self.add(subject, Some(owner));
            if let Some(course) = course {
                self.set(id, field, course);
            }
            id
        })
    }

    /// A new row of a list of the student's, or of another owner's.
    pub(super) fn new_row(&mut self, subject: Subject, owner: GivenRowId) -> GivenRowId {
        self.add(subject, Some(owner))
    }

    /// The row in which rows of a subject stand when nothing else is said.
    pub(super) fn home(&mut self, subject: Subject) -> Option<GivenRowId> {
        match subject.owner()? {
            Subject::Student => Some(STUDENT),
            Subject::Enrolment => Some(self.current_enrolment()),
            Subject::Isp => {
                let enrolment = self.current_enrolment();
                Some(self.isp_of(enrolment))
            }
            Subject::Programme => Some(self.coded(Subject::Programme, None)),
            Subject::Course => Some(self.coded(Subject::Course, None)),
            Subject::Entry => match self.ids(Subject::Entry).as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The row that a path from a row leads to; rows on the way are made where they are lacking.
    pub(super) fn follow(&mut self, from: GivenRowId, path: &Expression) -> Option<GivenRowId> {
        match path.kind.as_ref() {
            ExpressionKind::Variable(variable) => (*variable == Variable::THIS).then_some(from),
            ExpressionKind::Follow { row, link } => {
                let row = self.follow(from, row)?;
                self.linked(row, *link)
            }
            ExpressionKind::Field { row, field } => {
                let row = self.follow(from, row)?;
                self.referred(row, *field)
            }
            _ => None,
        }
    }

    fn linked(&mut self, row: GivenRowId, link: Link) -> Option<GivenRowId> {
        match link {
            Link::Owner(_) => self.row(row).owner,
            Link::Isp => Some(self.isp_of(row)),
            Link::Result => Some(self.result_of(row)),
            Link::EntryUnit => {
                let course = self.row(row).field(fields::entry::COURSE);
                let programme = self.coded(Subject::Programme, None);
                Some(self.of_course(Subject::Unit, programme, course))
            }
            Link::Previous => {
                let Some(GivenValue::Constant(Constant::AcademicYear(year))) = self.row(row).field(fields::enrolment::ACADEMIC_YEAR) else {
                    return None;
                };
                Some(self.enrolment_of(year.checked_sub(1)?))
            }
        }
    }

    /// The row of the catalogue that a field refers to.
    fn referred(&mut self, row: GivenRowId, field: Field) -> Option<GivenRowId> {
        let FieldKind::Reference(subject) = field.kind() else { return None };
        match self.row(row).field(field) {
            Some(GivenValue::Constant(Constant::Code(_, code))) => Some(self.coded(subject, Some(code))),
            Some(GivenValue::Row(id)) => Some(id),
            Some(GivenValue::Constant(_) | GivenValue::Unknown) => None,
            None => {
                let id = self.coded(subject, None);
                self.set(row, field, GivenValue::Row(id));
                Some(id)
            }
        }
    }

    /// Bind what was given without a code to the rows that can mean it: the programme to the enrolment's, the course to the entry's.
    pub(super) fn link(&mut self) {
        self.choose_enrolment();
        if let Some(enrolment) = self.enrolment {
            self.bind(Subject::Programme, &[(enrolment, fields::enrolment::PROGRAMME)]);
            self.bind(Subject::ClassGroup, &[(enrolment, fields::enrolment::CLASS_GROUP)]);
            self.same_programme(enrolment);
        }
        self.unit_courses();
        let about = [Subject::Entry, Subject::Exemption, Subject::Unit, Subject::Request];
        let courses: Vec<_> = about.into_iter().filter_map(|subject| Some((subject, Field::find(subject, "course")?))).collect();
        let courses: Vec<_> = courses.into_iter().flat_map(|(subject, field)| self.ids(subject).into_iter().map(move |id| (id, field))).collect();
        self.bind(Subject::Course, &courses);
        let events: Vec<_> = self.ids(Subject::Entry).into_iter().map(|id| (id, fields::entry::EVENT)).collect();
        self.bind(Subject::Event, &events);
    }

    /// Where every enrolment was given with its year, the latest is the one under check.
    fn choose_enrolment(&mut self) {
        let year = |id: &GivenRowId| match self.row(*id).field(fields::enrolment::ACADEMIC_YEAR) {
            Some(GivenValue::Constant(Constant::AcademicYear(year))) => Some(year),
            _ => None,
        };
        self.enrolment = self.enrolment.or_else(|| self.ids(Subject::Enrolment).into_iter().max_by_key(year));
    }

    /// The row without a code takes the one code that the fields name, or stands for those that name none.
    fn bind(&mut self, subject: Subject, referring: &[(GivenRowId, Field)]) {
        let Some(id) = self.ids(subject).into_iter().find(|id| self.row(*id).code.is_none()) else { return };
        let mut codes: Vec<CodeId> = Vec::new();
        let mut open = Vec::new();
        for (row, field) in referring {
            match self.row(*row).field(*field) {
                Some(GivenValue::Constant(Constant::Code(_, code))) => codes.push(code),
                None => open.push((*row, *field)),
                Some(GivenValue::Row(_) | GivenValue::Constant(_) | GivenValue::Unknown) => {}
            }
        }
        codes.dedup();
        match codes.as_slice() {
            [code] if open.is_empty() && !self.is_referred(id) => self.take_code(id, *code),
            _ => open.into_iter().for_each(|(row, field)| self.set(row, field, GivenValue::Row(id))),
        }
    }

    fn is_referred(&self, id: GivenRowId) -> bool {
        self.rows.iter().any(|row| row.fields.iter().any(|(_, value)| *value == GivenValue::Row(id)))
    }

    /// What is given for the code itself goes before what was given without one.
    fn take_code(&mut self, id: GivenRowId, code: CodeId) {
        let subject = self.row(id).subject;
        let Some(same) = self.ids(subject).into_iter().find(|known| self.row(*known).code == Some(code)) else {
            self.row_mut(id).code = Some(code);
            return;
        };
        for row in self.rows.iter_mut().filter(|row| row.owner == Some(id)) {
            row.owner = Some(same);
        }
        let general = self.row(id).clone();
        let row = self.row_mut(same);
        for (field, value) in general.fields {
            if row.field(field).is_none() {
                row.fields.push((field, value));
            }
        }
        for (definition, value) in general.definitions {
            if !row.definitions.iter().any(|(known, _)| *known == definition) {
                row.definitions.push((definition, value));
            }
        }
    }

    /// An earlier year is of the same programme unless it says otherwise.
    fn same_programme(&mut self, current: GivenRowId) {
        let Some(programme) = self.row(current).field(fields::enrolment::PROGRAMME) else { return };
        for id in self.ids(Subject::Enrolment) {
            if self.row(id).field(fields::enrolment::PROGRAMME).is_none() {
                self.set(id, fields::enrolment::PROGRAMME, programme);
            }
        }
    }

    /// A unit given without its course is that of the one entry.
    fn unit_courses(&mut self) {
        let [entry] = self.ids(Subject::Entry)[..] else { return };
        let Some(course) = self.row(entry).field(fields::entry::COURSE) else { return };
        for id in self.ids(Subject::Unit) {
            if self.row(id).field(fields::unit::COURSE).is_none() {
                self.set(id, fields::unit::COURSE, course);
            }
        }
    }
}
