//! What walks over one dossier look up again and again, kept while it is at hand: the rows that name a course unit, by that unit, and the values of
//! definitions.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::records::CodeId;
use crate::rulebook::DefinitionId;
use crate::verdicts::World;
use crate::verdicts::explain::{Known, Value};
use crate::vocabulary::{Field, Subject, fields};

/// What is kept. Nothing in it changes what a walk finds: it only saves looking again.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    courses: RefCell<Option<Rc<Courses>>>,
    computed: RefCell<FxHashMap<(DefinitionId, u32), Known<Value>>>,
}

impl Memory {
    /// The student's rows by their course units.
    pub(super) fn courses(&self, world: World<'_>, student: u32) -> Rc<Courses> {
        let mut kept = self.courses.borrow_mut();
        if let Some(courses) = kept.as_ref().filter(|courses| courses.student == student) {
            return Rc::clone(courses);
        }
        let courses = Rc::new(Courses::new(world, student));
        *kept = Some(Rc::clone(&courses));
        courses
    }

    /// The value of a definition for a row, if it was computed before.
    pub(super) fn computed(&self, definition: DefinitionId, row: u32) -> Option<Known<Value>> {
        let computed = self.computed.borrow();
        if computed.is_empty() { None } else { computed.get(&(definition, row)).cloned() }
    }

    pub(super) fn keep(&self, definition: DefinitionId, row: u32, value: Known<Value>) {
        self.computed.borrow_mut().insert((definition, row), value);
    }

    /// Forget the values of definitions: of each judgement they are computed anew, so that none depends on which others were made before.
    pub(super) fn forget_computed(&self) {
        let mut computed = self.computed.borrow_mut();
        if !computed.is_empty() {
            computed.clear();
        }
    }
}

/// The rows of a student that name a course unit.
#[derive(Debug)]
pub(super) struct Courses {
    student: u32,
    /// Those not dropped by the day of the check, of all years.
    entries: Vec<OfCourse>,
    exemptions: Vec<OfCourse>,
}

/// A row and the course unit that it names.
#[derive(Debug)]
struct OfCourse {
    /// The number that all units the same as it share; nothing where the record names none.
    class: Option<CodeId>,
    row: u32,
    /// Whether it is of a year up to the one under check.
    is_of_the_time: bool,
}

impl OfCourse {
    /// Whether it is of this course unit, or may be.
    fn may_be(&self, class: CodeId) -> bool {
        self.class.is_none_or(|own| own == class)
    }
}

impl Courses {
    fn new(world: World<'_>, student: u32) -> Self {
        let class = |field: Field, row| world.reference(field, row).map(|course| world.course_class(course));
        let batch = world.context.batch;
        let mut entries = Vec::with_capacity(batch.entries_of_student(student).len());
        for isp in batch.table(Subject::Enrolment).rows_of(student) {
            let is_of_the_time = world.year_of(isp).is_some_and(|year| year <= world.context.year);
            let of_isp = batch.table(Subject::Entry).rows_of(isp).filter(|row| !world.is_dropped(*row));
            entries.extend(of_isp.map(|row| OfCourse { class: class(fields::entry::COURSE, row), row, is_of_the_time }));
        }
        let exemption = |row| OfCourse { class: class(fields::exemption::COURSE, row), row, is_of_the_time: true };
        let exemptions = batch.table(Subject::Exemption).rows_of(student).map(exemption).collect();
        Self { student, entries, exemptions }
    }

    /// Of `student.entries`, those that are of a course unit, or of none that is known.
    pub(super) fn entries(&self, class: CodeId) -> impl Iterator<Item = u32> {
        self.entries.iter().filter(move |entry| entry.may_be(class) && entry.is_of_the_time).map(|entry| entry.row)
    }

    /// The same of `isp.entries`.
    pub(super) fn entries_of_isp(&self, world: World<'_>, isp: u32, class: CodeId) -> impl Iterator<Item = u32> {
        let rows: Range<u32> = world.context.batch.table(Subject::Entry).rows_of(isp);
        self.entries.iter().filter(move |entry| entry.may_be(class) && rows.contains(&entry.row)).map(|entry| entry.row)
    }

    /// The same of `student.exemptions`.
    pub(super) fn exemptions(&self, class: CodeId) -> impl Iterator<Item = u32> {
        self.exemptions.iter().filter(move |exemption| exemption.may_be(class)).map(|exemption| exemption.row)
    }

    /// Whether an entry of `student.entries` surely is of a course unit.
    pub(super) fn has_entry(&self, class: CodeId) -> bool {
        self.entries.iter().any(|entry| entry.is_of_the_time && entry.class == Some(class))
    }
}
