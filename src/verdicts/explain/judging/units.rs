//! Which course units the terms of an edge name.

use crate::records::Placed;
use crate::rulebook::{Demand, DemandKind, Expression, SequentialityKind, Variable};
use crate::syntax::ast::EdgeKind;
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::expressions::Judged;
use crate::verdicts::explain::{Known, Reasons, Recorder};
use crate::verdicts::{SubjectRow, Unknown};
use crate::vocabulary::{List, Subject, fields};

/// A unit that an edge names, and whether it surely does.
pub(in crate::verdicts::explain) struct NamedUnit {
    pub(in crate::verdicts::explain) course: u32,
    pub(in crate::verdicts::explain) meant: Known<bool>,
}

/// Which units of the programme a term takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verdicts::explain) enum Units {
    All,
    /// Those in some ISP of the student.
    Chosen,
}

impl<'a, R: Recorder> Evaluator<'a, R> {
    /// The units of the enrolment's programme in the year under check for which a condition holds; never the judged unit itself.
    pub(in crate::verdicts::explain) fn units_where(
        &mut self,
        judged: &Judged,
        units: Units,
        (element, condition): (Variable, Option<&'a Expression>),
    ) -> Known<Vec<NamedUnit>> {
        let world = self.world;
        let programme = fields::enrolment::PROGRAMME;
        let named = world.reference(programme, judged.enrolment).ok_or_else(|| Reasons::field(programme, judged.enrolment))?;
        let row = world.row_of_code(Subject::Programme, world.code(Subject::Programme, named));
        self.all_known(List::ProgrammeUnits, row)?;
        let mut found = Vec::new();
        for unit in world.elements(List::ProgrammeUnits, row) {
            let Some(course) = world.reference(fields::unit::COURSE, unit) else {
                let place = Placed { subject: Subject::Unit, row: unit, field: Some(fields::unit::COURSE) };
                return Err(Reasons::one(Unknown::Missing(place)));
            };
            if judged.is_itself(world, course) || (units == Units::Chosen && !judged.has_chosen(world, course)) {
                continue;
            }
            let bound = SubjectRow { subject: Subject::Unit, row: unit };
            let meant = condition.map_or(Ok(true), |condition| self.bound(element, bound, |evaluator| evaluator.truth(condition)));
            if meant != Ok(false) {
                found.push(NamedUnit { course, meant });
            }
        }
        Ok(found)
    }

    /// The course units that the terms of an edge name as priors of its own kind.
    pub(in crate::verdicts::explain) fn prior_courses(
        &mut self,
        judged: &Judged,
        demand: &'a Demand,
        kind: SequentialityKind,
    ) -> Known<Vec<NamedUnit>> {
        let of_kind = |own: EdgeKind| sequentiality_of(own) == kind;
        match &demand.kind {
            DemandKind::Unit { kind, course } if of_kind(*kind) => {
                Ok(vec![NamedUnit { course: self.world.row_of_code(Subject::Course, *course), meant: Ok(true) }])
            }
            DemandKind::AllUnits { kind, element, condition } if of_kind(*kind) => {
                self.units_where(judged, Units::All, (*element, condition.as_ref()))
            }
            DemandKind::AllChosenUnits { kind, element, condition } if of_kind(*kind) => {
                self.units_where(judged, Units::Chosen, (*element, condition.as_ref()))
            }
            DemandKind::And(demands) | DemandKind::Or(demands) | DemandKind::NumberOf { demands, .. } => {
                let mut courses = Vec::new();
                for demand in demands {
                    courses.extend(self.prior_courses(judged, demand, kind)?);
                }
                Ok(courses)
            }
            DemandKind::Unit { .. }
            | DemandKind::AllUnits { .. }
            | DemandKind::AllChosenUnits { .. }
            | DemandKind::CreditsAcquired(_)
            | DemandKind::HoldersOf(_)
            | DemandKind::Permission(_)
            | DemandKind::Requires(_) => Ok(Vec::new()),
        }
    }
}

/// The sequentiality whose parts judge a unit of this kind.
pub(in crate::verdicts::explain) fn sequentiality_of(kind: EdgeKind) -> SequentialityKind {
    match kind {
        EdgeKind::Strict => SequentialityKind::Strict,
        EdgeKind::Flexible => SequentialityKind::Flexible,
        EdgeKind::Simultaneous => SequentialityKind::Simultaneous,
    }
}

impl Judged {
    /// Whether a course unit is the judged one.
    pub(super) fn is_itself(&self, world: crate::verdicts::World<'_>, course: u32) -> bool {
        let own = world.reference(fields::entry::COURSE, self.entry);
        own.is_some_and(|own| world.course_class(own) == world.course_class(course))
    }

    /// Whether a course unit stands in some ISP of the student, up to the year under check and not dropped.
    fn has_chosen(&self, world: crate::verdicts::World<'_>, course: u32) -> bool {
        self.courses.has_entry(world.course_class(course))
    }
}
