//! The terms of an edge, from the bottom up: how far each is met at least and at most.

use crate::records::CodeId;
use crate::rulebook::{Demand, DemandKind, Expression, PriorPart, Variable};
use crate::syntax::ast::{EdgeKind, PriorWhen};
use crate::verdicts::explain::expressions::{Credits, Judged, has_outcome};
use crate::verdicts::explain::judging::Case;
use crate::verdicts::explain::judging::sequentiality::Parts;
use crate::verdicts::explain::judging::units::{Units, sequentiality_of};
use crate::verdicts::explain::value::{all_of, any_of};
use crate::verdicts::explain::{Known, Reasons, Recorder, Step};
use crate::verdicts::{NamedValue, World};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{Enumeration, Exact, List, Subject, fields};

/// How far a term is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    No,
    /// Somebody's permission would do.
    Ask,
    Yes,
}

/// What comes of a term: `low` and `high` differ where something is unknown.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) low: Level,
    pub(super) high: Level,
    pub(super) reasons: Reasons,
    pub(super) roles: Vec<String>,
    /// The prior units that are not met, or not known to be.
    pub(super) unmet: Vec<CodeId>,
}

impl Met {
    fn exactly(level: Level) -> Self {
        Self { low: level, high: level, reasons: Reasons::default(), roles: Vec::new(), unmet: Vec::new() }
    }

    fn new(truth: Known<bool>) -> Self {
        match truth {
            Ok(true) => Self::exactly(Level::Yes),
            Ok(false) => Self::exactly(Level::No),
            Err(reasons) => Self { low: Level::No, high: Level::Yes, reasons, ..Self::exactly(Level::No) },
        }
    }

    /// Many together: the level that so many of them reach. All of them for *and*, one for *or*.
    fn of_many(many: Vec<Self>, number: usize) -> Self {
        let reached = |levels: &mut Vec<Level>| {
            levels.sort_unstable_by(|left, right| right.cmp(left));
            number.checked_sub(1).map_or(Level::Yes, |index| levels.get(index).copied().unwrap_or(Level::No))
        };
        let low = reached(&mut many.iter().map(|met| met.low).collect());
        let high = reached(&mut many.iter().map(|met| met.high).collect());
        let mut together = Self { low, high, ..Self::exactly(low) };
        if low == Level::Yes {
            return together;
        }
        for met in many {
            if low != high {
                together.reasons.add(met.reasons);
            }
            together.roles.extend(met.roles);
            together.unmet.extend(met.unmet);
        }
        together
    }
}

/// What the walk over an edge's terms carries along.
pub(super) struct Around<'a, 'b> {
    pub(super) judged: &'b Judged,
    pub(super) parts: &'b Parts<'a>,
    /// Prior units that a decision lets pass, by the number that all units the same as them share.
    pub(super) forgiven: &'b [CodeId],
}

impl<'a, R: Recorder> Case<'a, R> {
    pub(super) fn demand(&mut self, demand: &'a Demand, around: &Around<'a, '_>) -> Met {
        self.evaluator.recorder.enter(Step::Demand, Some(demand.span));
        let met = self.term(demand, around);
        self.evaluator.recorder.leave(|| shown(&met));
        met
    }

    fn term(&mut self, demand: &'a Demand, around: &Around<'a, '_>) -> Met {
        match &demand.kind {
            DemandKind::Unit { kind, course } => {
                let row = self.evaluator.world.row_of_code(Subject::Course, *course);
                self.unit(row, around, around.parts.of(sequentiality_of(*kind)))
            }
            DemandKind::AllUnits { kind, element, condition } => self.units((Units::All, *kind), (*element, condition.as_ref()), around),
            DemandKind::AllChosenUnits { kind, element, condition } => self.units((Units::Chosen, *kind), (*element, condition.as_ref()), around),
            DemandKind::NumberOf { number, demands } => self.many(demands, around, *number as usize),
            DemandKind::And(demands) => self.many(demands, around, demands.len()),
            DemandKind::Or(demands) => self.many(demands, around, 1),
            DemandKind::CreditsAcquired(number) => Met::new(self.has_acquired(number, around.judged)),
            DemandKind::HoldersOf(level) => Met::new(holds_diploma(self.evaluator.world, around.judged.student, *level)),
            DemandKind::Permission(role) => Met { roles: vec![role.clone()], ..Met::exactly(Level::Ask) },
            DemandKind::Requires(condition) => Met::new(self.evaluator.truth(condition)),
        }
    }

    fn many(&mut self, demands: &'a [Demand], around: &Around<'a, '_>, number: usize) -> Met {
        let each = demands.iter().map(|demand| self.demand(demand, around)).collect();
        Met::of_many(each, number)
    }

    fn unit(&mut self, course: u32, around: &Around<'a, '_>, parts: &'a [PriorPart]) -> Met {
        let world = self.evaluator.world;
        let code = world.code(Subject::Course, course);
        self.evaluator.recorder.enter(Step::Prior(code), None);
        let forgiven = around.forgiven.contains(&world.course_class(course));
        let met = if forgiven { Ok(true) } else { around.judged.is_met(world, course, parts) };
        self.evaluator.recorder.leave(|| met.as_ref().map_or(NamedValue::Unknown, |met| NamedValue::Boolean(*met)));
        let unmet = if met == Ok(true) { Vec::new() } else { vec![code] };
        Met { unmet, ..Met::new(met) }
    }

    fn units(&mut self, (units, kind): (Units, EdgeKind), bound: (Variable, Option<&'a Expression>), around: &Around<'a, '_>) -> Met {
        let parts = around.parts.of(sequentiality_of(kind));
        let named = match self.evaluator.units_where(around.judged, units, bound) {
            Ok(named) => named,
            Err(reasons) => return Met::new(Err(reasons)),
        };
        let mut each = Vec::with_capacity(named.len());
        for unit in named {
            let met = self.unit(unit.course, around, parts);
            // A unit that may not be meant does no harm where it is met.
            let high = if unit.meant.is_ok() { met.high } else { Level::Yes };
            let mut reasons = met.reasons;
            if let (Err(why), true) = (unit.meant, met.low != Level::Yes) {
                reasons.add(why);
            }
            each.push(Met { high, reasons, ..met });
        }
        let number = each.len();
        Met::of_many(each, number)
    }

    /// `N credits acquired`: of distinct units passed in this programme, in an earlier semester.
    fn has_acquired(&mut self, number: &'a Expression, judged: &Judged) -> Known<bool> {
        let wanted = self.evaluator.value(number)?.number().unwrap_or(Exact::ZERO);
        acquired(self.evaluator.world, judged).reach(wanted)
    }
}

fn shown(met: &Met) -> NamedValue {
    if met.low == met.high && met.low != Level::Ask { NamedValue::Boolean(met.low == Level::Yes) } else { NamedValue::Unknown }
}

/// The credits of units passed in the judged entry's programme, in an earlier semester.
pub(super) fn acquired(world: World<'_>, judged: &Judged) -> Credits {
    let mut acquired = Credits::default();
    for entry in world.elements(List::StudentEntries, judged.student) {
        let enrolment = world.enrolment_of_entry(entry);
        if enrolment != judged.enrolment && !world.same_programme(enrolment, judged.enrolment) {
            continue;
        }
        let earlier = judged.is_in_time(world, entry, PriorWhen::EarlierSemester);
        let passed = all_of([has_outcome(world, entry, index::OUTCOME_PASSED), earlier]);
        let year = world.year_of(enrolment).unwrap_or(i32::MIN);
        acquired.add(world, (fields::entry::COURSE, fields::entry::CREDITS, entry), (year, passed));
    }
    acquired
}

/// Exactly that level, or a higher one of bachelor, master and doctor.
fn holds_diploma(world: World<'_>, student: u32, level: i32) -> Known<bool> {
    let gap = world.gap(List::StudentDiplomas, student).map_or(Ok(false), |gap| Err(Reasons::one(gap)));
    let of_level = |row| {
        let field = fields::diploma::LEVEL;
        world.given(field, row).map(|own| own == level || is_higher(own, level)).ok_or_else(|| Reasons::field(field, row))
    };
    let awarded = |row| {
        let field = fields::diploma::AWARDED_ON;
        world.given(field, row).map(|day| day <= world.today).ok_or_else(|| Reasons::field(field, row))
    };
    any_of(world.elements(List::StudentDiplomas, student).map(|row| all_of([of_level(row), awarded(row)])).chain([gap]))
}

fn is_higher(own: i32, asked: i32) -> bool {
    let ladder = ["bachelor", "master", "doctor"];
    let rung = |level: i32| Enumeration::DiplomaLevel.value(level).and_then(|word| ladder.iter().position(|known| *known == word));
    rung(own).zip(rung(asked)).is_some_and(|(own, asked)| own > asked)
}
