//! The edges of judged entries: the first of each, and those after it.

use crate::rulebook::SequentialityKind;
use crate::vocabulary::Cell;

use super::super::column::{Truth, cell_of_row, truth};
use super::super::demands::{has_others, is_of, may_have_others};
use super::super::machine::{Extent, Frame};
use super::super::program::{DomainId, NodeId};
use super::blocks::answers;

/// The first edge of each entry, by its programme, which stands over what the entries lie in, and its course's code.
pub(super) fn first_edges(frame: &Frame<'_>, (programme, code): (NodeId, NodeId), domain: DomainId, out: &mut Vec<Cell>) {
    let codes = frame.cells(code);
    for (programme, ends) in frame.cells(programme).iter().zip(frame.begins(domain).windows(2)) {
        let of_programme = frame.program.lines.of_programme(*programme);
        let own = codes.get(ends[0] as usize..ends[1] as usize).unwrap_or(&[]);
        out.extend(own.iter().map(|code| of_programme.of(*code)));
    }
}

/// Whether an edge is of a kind; a row without an edge is of none.
pub(super) fn of_kind(out: &mut Vec<Truth>, edges: &[Cell], kind: SequentialityKind) {
    answers(out, edges, |edge| truth(is_of(edge, kind)));
}

/// So many entries are looked at together.
const SOME: usize = 8;

/// The edges of the entries after the first: the entry's position among the judged ones, and the edge. A function of its own, so that the loops beside which it
/// is called stay as they are.
#[inline(never)]
pub(super) fn lay_out(frame: &Frame<'_>, first: NodeId, extent: &mut Extent) {
    let lines = &frame.program.lines;
    for (from, some) in (0..).step_by(SOME).zip(frame.cells(first).chunks(SOME)) {
        // Few entries have more edges than one, so that most are passed over together.
        if !may_have_others(some) {
            continue;
        }
        for (position, first) in (from..).zip(some).filter(|(_, first)| has_others(**first)) {
            extent.element.extend(lines.after(*first));
            extent.outer.resize(extent.element.len(), cell_of_row(position));
        }
    }
}
