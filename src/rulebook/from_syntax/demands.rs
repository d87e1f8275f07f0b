//! The right-hand sides of edges: units that exist and belong to the programme, choices that can be met, conditions typed.

use std::rc::Rc;

use crate::records::CodeId;
use crate::rulebook::from_syntax::compiler::{Compiler, is_documented};
use crate::rulebook::from_syntax::did_you_mean::{did_you_mean, did_you_mean_or_list};
use crate::rulebook::from_syntax::edges::nearest_listed;
use crate::rulebook::from_syntax::programme_units::{ProgrammeUnits, written_phase};
use crate::rulebook::from_syntax::scope::{Element, Place, Scope, owner_row};
use crate::rulebook::from_syntax::typer::{Typer, boolean};
use crate::rulebook::problems::{EdgeProblem, TypeProblem};
use crate::rulebook::{Condition, Demand, DemandKind, Expression, ExpressionKind, Type, Variable};
use crate::source::Span;
use crate::syntax::ast::{EdgeTerm, EdgeTermKind, Word};
use crate::syntax::expression as written;
use crate::vocabulary::{Enumeration, List, Subject, fields};

/// Which line it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) programme: CodeId,
    /// The unit that the line is about.
    pub(super) course: Option<CodeId>,
    /// Of an arrow of the catalogue; its faults are warnings.
    pub(super) year: Option<i32>,
    pub(super) arrow: Option<Span>,
}

/// Reads the demands of one line.
pub(super) struct Demands<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    pub(super) origin: Origin,
    /// The units of the programme, where the catalogue knows them.
    units: Option<Rc<ProgrammeUnits>>,
}

impl<'c, 'a> Demands<'c, 'a> {
    pub(super) fn new(compiler: &'c mut Compiler<'a>, origin: Origin) -> Self {
        let units = compiler.units_of(origin.programme, origin.year);
        Self { compiler, origin, units }
    }

    /// A unit of the programme by its code.
    pub(super) fn unit(&mut self, code: &str, at: Span) -> Option<CodeId> {
        if self.origin.arrow.is_some() {
            return Some(self.unit_of_arrow(code));
        }
        let id = self.compiler.code(Subject::Course, code, at)?;
        if self.units.as_ref().is_none_or(|units| units.contains(id)) {
            return Some(id);
        }
        let names = self.compiler.catalogue.codes(Subject::Course);
        let known: Vec<&str> = self.units.iter().flat_map(|units| units.courses()).filter_map(|course| names.name(course)).collect();
        let help =
            did_you_mean(code, known).unwrap_or_else(|| "a line orders units of one programme; add the unit to it in the catalogue".to_owned());
        let (course, programme) = (code.to_owned(), self.programme_name());
        self.compiler.report(at, EdgeProblem::OutsideProgramme { course, programme, at, help });
        None
    }

    fn programme_name(&self) -> String {
        self.compiler.catalogue.codes(Subject::Programme).name(self.origin.programme).unwrap_or("").to_owned()
    }

    /// What an arrow names is kept, known or not, so that the line still stands; what dangles is said.
    fn unit_of_arrow(&mut self, code: &str) -> CodeId {
        let listed = is_documented(self.compiler.catalogue, Subject::Course, code);
        let id = self.compiler.catalogue.code(Subject::Course, code);
        let outside = self.units.as_ref().is_some_and(|units| !units.contains(id));
        if let Some(at) = self.origin.arrow.filter(|_| !listed || outside) {
            let courses = self.compiler.catalogue.codes(Subject::Course);
            let of = self.origin.course.and_then(|course| courses.name(course)).unwrap_or("").to_owned();
            let why = if listed { format!("it is no unit of `{}`", self.programme_name()) } else { "no such unit exists".to_owned() };
            let nearest = nearest_listed(self.compiler, code).filter(|_| !listed).map_or_else(String::new, |near| format!("; did it mean `{near}`?"));
            self.compiler.report(at, EdgeProblem::Dangling { course: code.to_owned(), of, why, nearest, at });
        }
        id
    }

    // The parser caps how deep terms nest, so this recursion is shallow.
    pub(super) fn demand(&mut self, term: &EdgeTerm) -> Option<Demand> {
        let span = self.origin.arrow.unwrap_or(term.span);
        let kind = match &term.kind {
            EdgeTermKind::Unit { kind, course } => DemandKind::Unit { kind: *kind, course: self.other_unit(course)? },
            EdgeTermKind::AllOfPhase { kind, phase } => {
                let condition = self.of_phase(phase)?;
                let all = DemandKind::AllUnits { kind: *kind, element: ELEMENT, condition: Some(condition) };
                self.phase_exists(&all, span)?;
                all
            }
            EdgeTermKind::AllUnits { kind, condition } => {
                DemandKind::AllUnits { kind: *kind, element: ELEMENT, condition: self.unit_condition(condition.as_ref())? }
            }
            EdgeTermKind::AllChosenUnits { kind, condition } => {
                DemandKind::AllChosenUnits { kind: *kind, element: ELEMENT, condition: self.unit_condition(condition.as_ref())? }
            }
            EdgeTermKind::NumberOf { number, terms } => {
                let demands = self.all(terms);
                self.choice_can_be_met(number.value, terms, number.span.to(span))?;
                DemandKind::NumberOf { number: number.value, demands: demands? }
            }
            EdgeTermKind::And(terms) => DemandKind::And(self.all(terms)?),
            EdgeTermKind::Or(terms) => DemandKind::Or(self.all(terms)?),
            EdgeTermKind::CreditsAcquired(credits) => DemandKind::CreditsAcquired(self.typer().expected(credits, Type::Credits)?),
            EdgeTermKind::HoldersOf(level) => DemandKind::HoldersOf(self.level(level)?),
            EdgeTermKind::Permission(role) => DemandKind::Permission(role.value.clone()),
            EdgeTermKind::Requires(condition) => DemandKind::Requires(self.typer().condition(condition)?),
        };
        Some(Demand { kind, span })
    }

    fn all(&mut self, terms: &[EdgeTerm]) -> Option<Vec<Demand>> {
        let demands: Vec<Option<Demand>> = terms.iter().map(|term| self.demand(term)).collect();
        demands.into_iter().collect()
    }

    /// A unit other than the one that the line is about.
    fn other_unit(&mut self, course: &Word) -> Option<CodeId> {
        let id = self.unit(&course.value, course.span)?;
        if self.origin.course == Some(id) {
            let at = self.origin.arrow.unwrap_or(course.span);
            let help = "a unit can't be asked of itself; name another one".to_owned();
            self.compiler.report(at, TypeProblem::ComparedWithItself { at, help });
            return None;
        }
        Some(id)
    }

    fn choice_can_be_met(&mut self, number: u32, terms: &[EdgeTerm], at: Span) -> Option<()> {
        let at = self.origin.arrow.unwrap_or(at);
        let mut different: Vec<&EdgeTermKind> = Vec::new();
        for term in terms {
            let same = |other: &&EdgeTermKind| unit_name(other).is_some() && unit_name(other) == unit_name(&term.kind);
            if !different.iter().any(same) {
                different.push(&term.kind);
            }
        }
        let count = different.len();
        let problem = match number {
            _ if count == 0 => EdgeProblem::EmptyChoice { number, at },
            0 => EdgeProblem::IdleChoice { at },
            _ if usize::try_from(number).is_ok_and(|number| number > count) => EdgeProblem::OversizedChoice { number, count, at },
            _ => return Some(()),
        };
        self.compiler.report(at, problem);
        None
    }

    fn level(&mut self, level: &Word) -> Option<i32> {
        let levels = Enumeration::DiplomaLevel;
        let index = levels.index_of(&level.value);
        if index.is_none() {
            let help = did_you_mean_or_list(&level.value, "levels are", levels.values());
            self.compiler.report(level.span, EdgeProblem::UnknownLevel { level: level.value.clone(), at: level.span, help });
        }
        index
    }

    fn typer(&mut self) -> Typer<'_, 'a> {
        Typer::new(self.compiler, Scope::of(Subject::Entry).at(Place::Edge))
    }

    /// In `where`, bare names are the prior unit's.
    fn unit_typer(&mut self, at: Span) -> Typer<'_, 'a> {
        let mut typer = self.typer();
        let enrolment = owner_row(typer.scope.this_row(at), Subject::Enrolment);
        let row = enrolment.map_or_else(
            || typer.scope.this_row(at),
            |row| Expression::new(ExpressionKind::Field { row, field: fields::enrolment::PROGRAMME }, Type::Reference(Subject::Programme), at),
        );
        let list = Expression::new(ExpressionKind::List { row, list: List::ProgrammeUnits }, Type::List(Subject::Unit), at);
        typer.scope.elements.push(Element { name: None, subject: Subject::Unit, shared: Some(Subject::Programme), list });
        typer
    }

    #[expect(clippy::option_option, reason = "left out and broken are two things")]
    fn unit_condition(&mut self, condition: Option<&written::Expression>) -> Option<Option<Expression>> {
        condition.map_or(Some(None), |condition| self.unit_typer(condition.span).condition(condition).map(Some))
    }

    fn of_phase(&mut self, phase: &written::Expression) -> Option<Expression> {
        let at = phase.span;
        let right = self.typer().expected(phase, Type::Integer)?;
        let unit = Expression::new(ExpressionKind::Variable(ELEMENT), Type::Reference(Subject::Unit), at);
        let left = Expression::new(ExpressionKind::Field { row: unit, field: fields::unit::PHASE }, Type::Integer, at);
        Some(boolean(Condition::Equal { negated: false, left, right }, at))
    }

    fn phase_exists(&mut self, all: &DemandKind, at: Span) -> Option<()> {
        let (Some(phase), Some(units)) = (written_phase(all), &self.units) else { return Some(()) };
        if units.of_phase(phase).next().is_some() {
            return Some(());
        }
        let phases = units.phases().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let (programme, phase) = (self.programme_name(), phase.to_string());
        self.compiler.report(at, EdgeProblem::EmptyPhase { programme, phase, phases, at });
        None
    }
}

/// The row that the element of `all units` is bound to.
const ELEMENT: Variable = Variable(1);

fn unit_name(term: &EdgeTermKind) -> Option<&str> {
    if let EdgeTermKind::Unit { course, .. } = term { Some(&course.value) } else { None }
}
