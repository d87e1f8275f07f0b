//! Which of the judged entries have edges at all, and for each of those its edges of one kind.

use crate::vocabulary::Cell;

use super::super::column::cell_of_row;
use super::super::machine::{Extent, Frame};
use super::super::program::{DomainId, Lines};

/// The judged entries that have edges of some kind: their positions, and their lines in the lists of edges.
pub(super) fn lay_out(frame: &Frame<'_>, lines: &Lines, extent: &mut Extent) {
    let courses = frame.cells(lines.course);
    extent.outer.resize(courses.len(), 0);
    extent.element.resize(courses.len(), 0);
    let mut count = 0;
    for (programme, ends) in frame.cells(lines.programme).iter().zip(frame.begins(lines.entries).windows(2)) {
        let of_programme = frame.program.lines.of_programme(*programme);
        let own = courses.get(ends[0] as usize..ends[1] as usize).unwrap_or(&[]);
        for (position, course) in (ends[0]..).zip(own) {
            let line = of_programme.of(*course);
            // Every entry is written down and kept if it has a line, so that nothing hangs on whether it has one.
            write(extent, count, (cell_of_row(position), line));
            count += usize::from(line > NO_EDGES);
        }
    }
    extent.outer.truncate(count);
    extent.element.truncate(count);
}

/// The line of programmes and courses without edges.
const NO_EDGES: Cell = 0;

/// The edges of one kind: the entry's position among the judged ones, and the edge's number in the rulebook.
pub(super) fn lay_out_edges(frame: &Frame<'_>, (lines, edges): (DomainId, u32), extent: &mut Extent) {
    let Some(set) = frame.program.edges.get(edges as usize) else { return };
    let lines = frame.extent(lines);
    let room = lines.outer.len().saturating_mul(set.most);
    extent.outer.resize(room, 0);
    extent.element.resize(room, 0);
    let mut count = 0;
    for (position, line) in lines.outer.iter().zip(&lines.element) {
        let line = set.line(*line);
        // The first edge is written down and kept if it is there; few lines have more of a kind than one.
        write(extent, count, (*position, line.first));
        count += usize::from(line.edges > 0);
        if line.edges > 1 {
            for edge in set.others(line) {
                write(extent, count, (*position, *edge));
                count += 1;
            }
        }
    }
    extent.outer.truncate(count);
    extent.element.truncate(count);
}

fn write(extent: &mut Extent, at: usize, (outer_row, element_row): (Cell, Cell)) {
    if let (Some(outer), Some(element)) = (extent.outer.get_mut(at), extent.element.get_mut(at)) {
        (*outer, *element) = (outer_row, element_row);
    }
}
