//! The operations themselves: which function fills the column of which node. Each is a loop over columns; marks of what is missing pass through.
//!
//! Add an operation: its variant in `operations.rs`, what it reads in `inputs.rs`, its loop in a file of its family here, its line in the `match` below, and what makes it in `compile/`.

mod blocks;
pub(super) use blocks::answers;
mod dates;
mod done;
mod edges;
mod enrolments;
mod facts;
mod laid;
mod lines;
mod moves;
mod numbers;
mod pairs;
mod proofs;
mod reduce;
mod relations;
mod sums;
mod truths;
mod units;
mod walk;

use crate::vocabulary::Subject;

use super::column::{Fraction, Marked, PUNT, Shape, Truth, UNKNOWN, Word, cell_of_row, place, truth};
use super::machine::Frame;
use super::program::{CatalogueColumn, CellOp, DomainId, FractionOp, Larger, NumberOp, Reduce, TruthOp, WordOp};
use crate::vocabulary::Cell;

pub(super) use laid::Slots;
pub(super) use pairs::lay_out;
pub(super) use relations::Serves;
pub(super) use walk::{Filled, walk};

pub(super) fn truths(frame: &Frame<'_>, op: &TruthOp, domain: DomainId, out: &mut Vec<Truth>) {
    match op {
        TruthOp::Constant(value) => out.resize(frame.len(domain), *value),
        TruthOp::Move(op) => moves::move_values(frame, (op, Frame::truths), domain, out),
        TruthOp::Of(cells) => truths::of_cells(out, frame.cells(*cells)),
        TruthOp::Not(value) => truths::not(out, frame.truths(*value)),
        TruthOp::And(left, right) => truths::and(out, frame.truths(*left), frame.truths(*right)),
        TruthOp::Or(left, right) => truths::or(out, frame.truths(*left), frame.truths(*right)),
        TruthOp::Surely(value) => truths::surely(out, frame.truths(*value)),
        TruthOp::Same(left, right) => truths::same(out, frame.truths(*left), frame.truths(*right)),
        TruthOp::Compare { comparison, left, right } => {
            compare(frame, &truths::Sides { comparison: *comparison, left: *left, right: *right }, domain, out);
        }
        TruthOp::Ratio { comparison, left, right, times, limit } => {
            truths::ratio(out, *comparison, (frame.numbers(*left), *times), (frame.numbers(*right), *limit));
        }
        TruthOp::OneOf { value, set } => truths::one_of(out, frame.cells(*value), *set),
        TruthOp::Known(value) => match frame.shape(*value) {
            Shape::Cells => truths::known(out, frame.cells(*value)),
            Shape::Numbers => truths::known(out, frame.numbers(*value)),
            Shape::Fractions => truths::known(out, frame.fractions(*value)),
            Shape::Truths => truths::known(out, frame.truths(*value)),
            Shape::Words => {}
        },
        TruthOp::Whole(value) => match frame.shape(*value) {
            Shape::Numbers => truths::whole_numbers(out, frame.numbers(*value)),
            _ => truths::whole_cells(out, frame.cells(*value)),
        },
        TruthOp::ListGiven(list) => {
            let table = frame.world.context.batch.table(list.element());
            let owners = u32::try_from(frame.len(domain)).unwrap_or(u32::MAX);
            out.extend((0..owners).map(|owner| truth(table.is_given(owner))));
        }
        TruthOp::Documented(subject) => {
            let rows = frame.world.context.catalogue.table(*subject).rows();
            out.extend((0..rows).map(|row| truth(frame.world.is_documented(*subject, row))));
            out.push(truth(false));
        }
        TruthOp::Reduce(reduction) => reduce::quantified(frame, reduction, out),
        TruthOp::Fact { word, sure, possible } => facts::fact(out, frame.words(*word), (*sure, *possible)),
        TruthOp::Included { word, bit } => facts::included(out, frame.words(*word), frame.words(*bit)),
        TruthOp::OfKind { edge, kind } => lines::of_kind(out, frame.cells(*edge), *kind),
        TruthOp::HasStatus { student, status, on } => relations::has_status(frame, (*student, *on), *status, out),
        TruthOp::HasRequest { student, request } => relations::has_request(frame, *student, *request, out),
        TruthOp::HasMeasure { student, measure, programme, on } => {
            relations::has_measure(frame, (*student, *on), &relations::Measure { kind: *measure, programme: *programme }, out);
        }
        TruthOp::Serves { event, group } => relations::serves(frame, (*event, *group), out),
        TruthOp::StudiedBefore { relation, student, class, before } => {
            facts::studied_before(frame, &facts::Before { relation: *relation, student: *student, class: *class, day: *before }, out);
        }
        // Filled on the walk over the students.
        TruthOp::Shown { .. } | TruthOp::Units(_) | TruthOp::Met(_) | TruthOp::Prior(_) => {}
    }
    // A column that could not be made says nothing.
    out.resize(frame.len(domain), UNKNOWN);
}

fn compare(frame: &Frame<'_>, sides: &truths::Sides, domain: DomainId, out: &mut Vec<Truth>) {
    match frame.shape(sides.left) {
        Shape::Cells => truths::compare(frame, (sides, Frame::cells), domain, out),
        Shape::Numbers => truths::compare(frame, (sides, Frame::numbers), domain, out),
        Shape::Fractions => truths::compare(frame, (sides, Frame::fractions), domain, out),
        Shape::Truths | Shape::Words => {}
    }
}

pub(super) fn cells(frame: &Frame<'_>, op: &CellOp, domain: DomainId, out: &mut Vec<Cell>) {
    match op {
        CellOp::Constant(value) => out.resize(frame.len(domain), *value),
        CellOp::Move(op) => moves::move_values(frame, (op, Frame::cells), domain, out),
        CellOp::Load(field) => out.extend_from_slice(frame.world.context.catalogue.table(field.subject).column(*field)),
        CellOp::Rows => out.extend((0..u32::try_from(frame.len(domain)).unwrap_or(u32::MAX)).map(cell_of_row)),
        CellOp::Owners(subject) => out.extend(frame.world.context.batch.table(*subject).owners().iter().map(|row| cell_of_row(*row))),
        CellOp::Outer => out.extend_from_slice(&frame.extent(domain).outer),
        CellOp::Element => out.extend_from_slice(&frame.extent(domain).element),
        CellOp::Catalogue(subject, column) => catalogue_column(frame, *subject, *column, out),
        CellOp::Numbered { row, numbers, subject } => numbered(frame, (frame.cells(*row), frame.cells(*numbers)), *subject, out),
        CellOp::EventDay { day, proof } => {
            dates::event_days(out, frame.cells(*day), proof.map(|proof| frame.truths(proof)), frame.world.today);
        }
        CellOp::Shift { value, by } => dates::shift(out, frame.cells(*value), *by),
        CellOp::AddPeriod { date, months, days, rounding } => dates::add_period(out, frame.cells(*date), (*months, *days), *rounding),
        CellOp::FirstDayAfter { date, day, month } => dates::first_day_after(out, frame.cells(*date), *day, *month),
        CellOp::FirstWeekdayAfter { date, weekday } => dates::first_weekday_after(out, frame.cells(*date), *weekday),
        CellOp::EndOfMonth(date) => dates::end_of_month(out, frame.cells(*date)),
        CellOp::WorkingDays { date, count } => dates::working_days(out, frame.cells(*date), *count, &frame.world.context.rulebook.calendars),
        CellOp::NextWorkingDay(date) => dates::next_working_day(out, frame.cells(*date), &frame.world.context.rulebook.calendars),
        CellOp::LookUp { key, table } => {
            if let Some(table) = frame.program.tables.get(*table as usize) {
                dates::look_up(out, frame.cells(*key), table);
            }
        }
        CellOp::Extreme { larger, left, right } => {
            let choose = if *larger == Larger::Yes { Cell::max } else { Cell::min };
            dates::extreme(out, frame.cells(*left), frame.cells(*right), choose);
        }
        CellOp::Reduce(reduction) => match reduction.reduce {
            Reduce::First | Reduce::Last => reduce::pick(frame, reduction, out),
            _ => reduce::extreme(frame, (reduction, Frame::cells), out),
        },
        CellOp::UnitOf { programme, code } => enrolments::units(frame, (*programme, *code), out),
        CellOp::FirstEdge { programme, code } => lines::first_edges(frame, (*programme, *code), domain, out),
        CellOp::Previous => enrolments::previous(frame, out),
        CellOp::Combination => proofs::combinations(frame, out),
    }
    out.resize(frame.len(domain), PUNT);
}

/// What is worked out from the catalogue; the last row stands for codes it lacks.
fn catalogue_column(frame: &Frame<'_>, subject: Subject, column: CatalogueColumn, out: &mut Vec<Cell>) {
    let (catalogue, world) = (frame.world.context.catalogue, frame.world);
    let rows = catalogue.table(subject).rows();
    out.extend((0..rows).map(|row| match column {
        CatalogueColumn::Code => cell_of_row(world.code(subject, row).0),
        CatalogueColumn::Class => cell_of_row(world.course_class(row).0),
        CatalogueColumn::Owner => catalogue.owner(subject, row).map_or(PUNT, cell_of_row),
    }));
}

/// The numbers of codes or classes for rows of the catalogue; codes that it lacks are numbered on, row by row.
fn numbered(frame: &Frame<'_>, (rows, numbers): (&[Cell], &[Cell]), subject: Subject, out: &mut Vec<Cell>) {
    let codes = frame.world.context.catalogue.codes(subject);
    let (known, beyond) = (codes.rows(), codes.len());
    let numbers = numbers.get(..known as usize).unwrap_or(numbers);
    out.extend(rows.iter().map(|row| match numbers.get(place(*row)) {
        Some(number) => *number,
        None if row.is_mark() => *row,
        None => cell_of_row(beyond.saturating_add(row.cast_unsigned().saturating_sub(known))),
    }));
}

pub(super) fn numbers(frame: &Frame<'_>, op: &NumberOp, domain: DomainId, out: &mut Vec<i64>) {
    match op {
        NumberOp::Constant(value) => out.resize(frame.len(domain), *value),
        NumberOp::Move(op) => moves::move_values(frame, (op, Frame::numbers), domain, out),
        NumberOp::Widen(cells) => numbers::widen(out, frame.cells(*cells)),
        NumberOp::Calculate { operator, left, right } => numbers::calculate(out, *operator, frame.numbers(*left), frame.numbers(*right)),
        NumberOp::Reduce(reduction) => match (reduction.reduce, reduction.value.map(|value| frame.shape(value))) {
            (Reduce::Count, _) => reduce::count(frame, reduction, out),
            (Reduce::CountDistinct, _) => reduce::count_distinct(frame, reduction, out),
            (Reduce::Sum, Some(Shape::Cells)) => sums::sum_of_cells(frame, reduction, out),
            (Reduce::Sum, _) => reduce::sum_of_numbers(frame, reduction, out),
            _ => reduce::extreme(frame, (reduction, Frame::numbers), out),
        },
        NumberOp::DoneCredits(enrolment) => done::done_credits(frame, frame.cells(*enrolment), out),
    }
    out.resize(frame.len(domain), i64::mark(PUNT));
}

pub(super) fn fractions(frame: &Frame<'_>, op: &FractionOp, domain: DomainId, out: &mut Vec<Fraction>) {
    match op {
        FractionOp::Constant(value) => out.resize(frame.len(domain), *value),
        FractionOp::Move(op) => moves::move_values(frame, (op, Frame::fractions), domain, out),
        FractionOp::Of(numbers) => numbers::divided(out, frame.numbers(*numbers)),
        FractionOp::Calculate { operator, left, right } => {
            numbers::calculate_fractions(out, *operator, frame.fractions(*left), frame.fractions(*right));
        }
        FractionOp::Quotient { left, right, times } => numbers::quotient(out, (frame.numbers(*left), frame.numbers(*right)), *times),
        FractionOp::Round { value, direction, step } => numbers::round(out, frame.fractions(*value), *direction, *step),
        FractionOp::Reduce(reduction) => reduce::extreme(frame, (reduction, Frame::fractions), out),
    }
    out.resize(frame.len(domain), Fraction::mark(PUNT));
}

pub(super) fn words(frame: &Frame<'_>, op: &WordOp, domain: DomainId, out: &mut Vec<Word>) {
    match op {
        WordOp::OfEntry(combinations) => proofs::of_entries(frame, frame.cells(*combinations), out),
        WordOp::OfExemption => proofs::of_exemptions(frame, out),
        WordOp::InclusionBit(enrolment) => facts::inclusion_bits(frame, out, frame.cells(*enrolment)),
        WordOp::Move(op) => moves::move_values(frame, (op, Frame::words), domain, out),
        // Filled on the walk over the students.
        WordOp::Facts { .. } => {}
    }
    out.resize(frame.len(domain), super::facts::PERHAPS);
}
