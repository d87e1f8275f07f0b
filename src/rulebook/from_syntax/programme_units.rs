//! What the catalogue says of a programme's units: which belong to it, and in which phase.

use std::rc::Rc;

use crate::records::{Catalogue, CodeId};
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::{Condition, DemandKind, Expression, ExpressionKind};
use crate::vocabulary::{Exact, List, Subject, fields, number_of_cell};

use super::fold::fold_number;

/// The units of a programme in one year's document, or in all of them.
pub(super) struct ProgrammeUnits {
    /// Course and phase, in the order of the catalogue.
    units: Vec<(CodeId, Option<Exact>)>,
}

impl Compiler<'_> {
    /// The units of a programme, worked out once for all lines that ask; nothing where no document describes it.
    pub(super) fn units_of(&mut self, programme: CodeId, year: Option<i32>) -> Option<Rc<ProgrammeUnits>> {
        let catalogue = &*self.catalogue;
        let known = self.units.entry((programme, year));
        known.or_insert_with(|| ProgrammeUnits::of(catalogue, programme, year).map(Rc::new)).clone()
    }
}

impl ProgrammeUnits {
    /// Nothing where no document describes the programme.
    fn of(catalogue: &Catalogue, programme: CodeId, year: Option<i32>) -> Option<Self> {
        let codes = catalogue.codes(Subject::Programme);
        let years = catalogue.years.iter().filter(|known| year.is_none_or(|year| year == **known));
        let rows: Vec<u32> = years.filter_map(|year| codes.documented(programme, *year)).collect();
        let courses = catalogue.codes(Subject::Course);
        let units = rows.iter().flat_map(|row| catalogue.elements(List::ProgrammeUnits, *row)).filter_map(|unit| {
            let course = u32::try_from(catalogue.cell(fields::unit::COURSE, *unit)).ok()?;
            Some((courses.of_row(course), number_of_cell(catalogue.cell(fields::unit::PHASE, *unit))))
        });
        let units: Vec<_> = units.collect();
        (!rows.is_empty()).then_some(Self { units })
    }

    pub(super) fn contains(&self, course: CodeId) -> bool {
        self.units.iter().any(|(known, _)| *known == course)
    }

    pub(super) fn courses(&self) -> impl Iterator<Item = CodeId> {
        self.units.iter().map(|(course, _)| *course)
    }

    pub(super) fn of_phase(&self, phase: Exact) -> impl Iterator<Item = CodeId> {
        self.units.iter().filter(move |(_, known)| *known == Some(phase)).map(|(course, _)| *course)
    }

    /// The phases that have units, ascending.
    pub(super) fn phases(&self) -> Vec<Exact> {
        let mut phases: Vec<Exact> = self.units.iter().filter_map(|(_, phase)| *phase).collect();
        phases.sort();
        phases.dedup();
        phases
    }
}

/// The phase of `all of phase 1`, where it is written as a number.
pub(super) fn written_phase(demand: &DemandKind) -> Option<Exact> {
    let DemandKind::AllUnits { condition: Some(condition), .. } = demand else { return None };
    let ExpressionKind::Condition(Condition::Equal { negated: false, left, right }) = condition.kind.as_ref() else { return None };
    is_phase(left).then(|| fold_number(right)).flatten()
}

fn is_phase(expression: &Expression) -> bool {
    matches!(*expression.kind, ExpressionKind::Field { field, .. } if field == fields::unit::PHASE)
}
