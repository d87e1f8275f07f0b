//! Which of the judged entries have edges at all, and for each of those its edges of one kind.

use crate::vocabulary::Cell;

use super::super::column::cell_of_row;
use super::super::machine::{Extent, Frame};
use super::super::program::{DomainId, Lines};

/// The judged entries that have edges of some kind: their positions, and their lines in the lists of edges.
pub(super) fn lay_out(frame: &Frame<'_>, lines: &Lines, extent: &mut Extent) {
    let courses = frame.cells(lines.course);
    let mut written = Written::new(extent, courses.len());
    for (programme, ends) in frame.cells(lines.programme).iter().zip(frame.begins(lines.entries).windows(2)) {
        let of_programme = frame.program.lines.of_programme(*programme);
        let own = courses.get(ends[0] as usize..ends[1] as usize).unwrap_or(&[]);
        for (position, course) in (ends[0]..).zip(own) {
            let line = of_programme.of(*course);
            written.add((cell_of_row(position), line), u32::from(line > NO_EDGES));
        }
    }
    let count = written.count;
    extent.outer.truncate(count);
    extent.element.truncate(count);
}

/// The line of programmes and courses without edges.
const NO_EDGES: Cell = 0;

/// The edges of one kind: the entry's position among the judged ones, and the edge's number in the rulebook.
pub(super) fn lay_out_edges(frame: &Frame<'_>, (lines, edges): (DomainId, u32), extent: &mut Extent) {
    let Some(set) = frame.program.edges.get(edges as usize) else { return };
    let lines = frame.extent(lines);
    let mut written = Written::new(extent, lines.outer.len().saturating_mul(set.most));
    for (position, line) in lines.outer.iter().zip(&lines.element) {
        let line = set.line(*line);
        written.add((*position, line.first), line.edges.min(1));
        // Few lines have more edges of a kind than one.
        if line.edges > 1 {
            for edge in set.others(line) {
                written.add((*position, *edge), 1);
            }
        }
    }
    let count = written.count;
    extent.outer.truncate(count);
    extent.element.truncate(count);
}

/// Rows of pairs as they are written: each is written down, and kept if it counts, so that nothing hangs on whether it does.
struct Written<'e> {
    outer: &'e mut [Cell],
    element: &'e mut [Cell],
    count: usize,
}

impl<'e> Written<'e> {
    fn new(extent: &'e mut Extent, room: usize) -> Self {
        extent.outer.resize(room, 0);
        extent.element.resize(room, 0);
        Self { outer: &mut extent.outer, element: &mut extent.element, count: 0 }
    }

    /// A row that is kept once or not at all.
    fn add(&mut self, (outer, element): (Cell, Cell), times: u32) {
        if let (Some(at_outer), Some(at_element)) = (self.outer.get_mut(self.count), self.element.get_mut(self.count)) {
            (*at_outer, *at_element) = (outer, element);
        }
        self.count += times as usize;
    }
}
