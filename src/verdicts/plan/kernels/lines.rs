//! Which of the judged entries have edges at all, and for each of those its edges of one kind.

use crate::vocabulary::Cell;

use super::super::column::cell_of_row;
use super::super::machine::{Extent, Frame};
use super::super::program::{DomainId, Lines};

/// The judged entries that have edges of some kind: their positions, and their lines in the lists of edges.
pub(super) fn lay_out(frame: &Frame<'_>, lines: &Lines, extent: &mut Extent) {
    let courses = frame.cells(lines.course);
    let mut room = frame.pairs.borrow_mut();
    let mut written = room.written(courses.len());
    for (programme, ends) in frame.cells(lines.programme).iter().zip(frame.begins(lines.entries).windows(2)) {
        let of_programme = frame.program.lines.of_programme(*programme);
        let own = courses.get(ends[0] as usize..ends[1] as usize).unwrap_or(&[]);
        for (position, course) in (ends[0]..).zip(own) {
            let line = of_programme.of(*course);
            written.add((cell_of_row(position), line), u32::from(line > NO_EDGES));
        }
    }
    written.put_into(extent);
}

/// The line of programmes and courses without edges.
const NO_EDGES: Cell = 0;

/// The edges of one kind: the entry's position among the judged ones, and the edge's number in the rulebook.
pub(super) fn lay_out_edges(frame: &Frame<'_>, (lines, edges): (DomainId, u32), extent: &mut Extent) {
    let Some(set) = frame.program.edges.get(edges as usize) else { return };
    let lines = frame.extent(lines);
    let mut room = frame.pairs.borrow_mut();
    let mut written = room.written(lines.outer.len().saturating_mul(set.most));
    for (position, line) in lines.outer.iter().zip(&lines.element) {
        let line = set.line(*line);
        written.add((*position, line.first), line.has_one);
        // Few lines have more edges of a kind than one.
        if line.more > 0 {
            for edge in set.others(line) {
                written.add((*position, *edge), 1);
            }
        }
    }
    written.put_into(extent);
}

/// Room for rows of pairs.
#[derive(Debug, Default)]
pub(in crate::verdicts::plan) struct PairRoom {
    pairs: Vec<(Cell, Cell)>,
}

impl PairRoom {
    /// At most so many rows.
    fn written(&mut self, most: usize) -> Written<'_> {
        self.pairs.resize(most.max(self.pairs.len()), (0, 0));
        Written { pairs: &mut self.pairs, count: 0 }
    }
}

/// Rows of pairs as they are written: each is written down, and kept if it counts, so that nothing hangs on whether it does.
struct Written<'e> {
    pairs: &'e mut [(Cell, Cell)],
    count: usize,
}

impl Written<'_> {
    /// A row that is kept once or not at all.
    fn add(&mut self, pair: (Cell, Cell), times: u32) {
        if let Some(at) = self.pairs.get_mut(self.count) {
            *at = pair;
        }
        self.count += times as usize;
    }

    fn put_into(self, extent: &mut Extent) {
        let pairs = self.pairs.get(..self.count).unwrap_or(&[]);
        extent.outer.extend(pairs.iter().map(|(outer, _)| *outer));
        extent.element.extend(pairs.iter().map(|(_, element)| *element));
    }
}
