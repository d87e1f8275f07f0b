//! Which enrolments and which units belong together: the previous enrolment, and the unit of a programme with a course.

use crate::verdicts::World;
use crate::vocabulary::{Cell, MISSING, Subject, fields};

use super::super::column::{NONE, PUNT, cell_of_row};
use super::super::machine::Frame;
use super::super::program::NodeId;

/// The unit of each programme and course; none where a documented programme lacks it.
pub(super) fn units(frame: &Frame<'_>, (programme, code): (NodeId, NodeId), out: &mut Vec<Cell>) {
    let rows = frame.cells(programme).iter().zip(frame.cells(code));
    out.extend(rows.map(|(programme, code)| frame.program.units.of(*programme, *code)));
}

/// Over all enrolments: the one of the same programme, the year before.
pub(super) fn previous(frame: &Frame<'_>, out: &mut Vec<Cell>) {
    let world = frame.world;
    let table = world.context.batch.table(Subject::Enrolment);
    let (years, programmes) = (table.column(fields::enrolment::ACADEMIC_YEAR), table.column(fields::enrolment::PROGRAMME));
    for ends in table.starts().windows(2) {
        let own = ends[0] as usize..ends[1] as usize;
        let (Some(years), Some(programmes)) = (years.get(own.clone()), programmes.get(own)) else { continue };
        if let ([year], [programme]) = (years, programmes) {
            // There is no other.
            out.push(if *year == MISSING || *programme == MISSING { PUNT } else { NONE });
            continue;
        }
        let siblings = Siblings { world, first: ends[0], years, programmes };
        out.extend(years.iter().zip(programmes).map(|(year, programme)| siblings.before(*year, *programme)));
    }
}

/// The enrolments of one student.
struct Siblings<'a> {
    world: World<'a>,
    first: u32,
    years: &'a [Cell],
    programmes: &'a [Cell],
}

impl Siblings<'_> {
    /// The one of a programme in the year before.
    fn before(&self, year: Cell, programme: Cell) -> Cell {
        if year == MISSING || programme == MISSING {
            return PUNT;
        }
        let code = |programme: Cell| self.world.code(Subject::Programme, programme.cast_unsigned());
        let mut found = NONE;
        for (row, (other, its_programme)) in (self.first..).zip(self.years.iter().zip(self.programmes)) {
            if *other != year - 1 || *other > self.world.context.year {
                continue;
            }
            if *its_programme == MISSING {
                return PUNT;
            }
            if code(*its_programme) == code(programme) {
                found = if found == NONE { cell_of_row(row) } else { PUNT };
            }
        }
        found
    }
}
