//! A unit that must come before another of the same phase, where sequentiality orders units of different phases.

use miette::Diagnostic;
use thiserror::Error;

use super::Looked;
use crate::problems::Problems;
use crate::records::{Catalogue, CodeId};
use crate::rulebook::{DemandKind, Edge};
use crate::source::Span;
use crate::syntax::ast::EdgeKind;
use crate::vocabulary::{Cell, List, MISSING, Subject, fields};

/// `BM202 strictly after BM201`, both of phase 2.
#[derive(Debug, Error, Diagnostic)]
#[error("`{prior}` must come before `{course}`, and both stand in phase {phase}")]
#[diagnostic(
    code(lints::prior_in_same_phase),
    severity(Advice),
    help("whoever takes the whole phase in one year can do so only if their semesters differ; is the line meant?")
)]
struct PriorInSamePhase {
    course: String,
    prior: String,
    phase: String,
    #[label("orders units of one phase")]
    at: Span,
}

pub(super) fn look(Looked { rulebook, catalogue }: Looked<'_>, problems: &mut Problems) {
    for edge in &rulebook.edges {
        for term in edge.demand.terms() {
            if let DemandKind::Unit { kind: EdgeKind::Strict | EdgeKind::Flexible, course } = term.kind {
                same_phase((edge, course), catalogue, problems);
            }
        }
    }
}

fn same_phase((edge, prior): (&Edge, CodeId), catalogue: &Catalogue, problems: &mut Problems) {
    let years = catalogue.years.iter().filter(|year| edge.year.is_none_or(|only| only == **year));
    for year in years {
        let (Some(one), Some(other)) = (unit(edge.programme, edge.course, (catalogue, *year)), unit(edge.programme, prior, (catalogue, *year)))
        else {
            continue;
        };
        if has_one_phase(edge.programme, (catalogue, *year)) {
            return;
        }
        if one.phase != MISSING && one.phase == other.phase && (one.starts == MISSING || other.starts >= one.starts) {
            let name = |code| catalogue.codes(Subject::Course).name(code).unwrap_or("").to_owned();
            let phase = crate::vocabulary::number_of_cell(one.phase).map_or_else(String::new, |phase| phase.to_string());
            problems.add(edge.span, PriorInSamePhase { course: name(edge.course), prior: name(prior), phase, at: edge.span });
            return;
        }
    }
}

/// A programme of one phase can order its units only within it.
fn has_one_phase(programme: CodeId, (catalogue, year): (&Catalogue, i32)) -> bool {
    let row = catalogue.codes(Subject::Programme).documented(programme, year);
    let units = row.map_or(&[][..], |row| catalogue.elements(List::ProgrammeUnits, row));
    let mut phases = units.iter().map(|unit| catalogue.cell(fields::unit::PHASE, *unit)).filter(|phase| *phase != MISSING);
    let first = phases.next();
    phases.all(|phase| Some(phase) == first)
}

/// Where a unit stands in its programme.
struct Place {
    phase: Cell,
    starts: Cell,
}

fn unit(programme: CodeId, course: CodeId, (catalogue, year): (&Catalogue, i32)) -> Option<Place> {
    let row = catalogue.codes(Subject::Programme).documented(programme, year)?;
    let is_it = |unit: &&u32| {
        let cell = catalogue.cell(fields::unit::COURSE, **unit);
        u32::try_from(cell).is_ok_and(|row| catalogue.codes(Subject::Course).of_row(row) == course)
    };
    let unit = *catalogue.elements(List::ProgrammeUnits, row).iter().find(is_it)?;
    Some(Place { phase: catalogue.cell(fields::unit::PHASE, unit), starts: catalogue.cell(fields::unit::STARTS, unit) })
}
