//! Values brought from where they stand: by an index, from one row to all, or one of two.

use crate::vocabulary::Cell;

use super::super::column::{Marked, PUNT, TRUE, Truth, place};
use super::super::machine::{Extent, Frame};
use super::super::program::{Domain, DomainId, Move, NodeId};
use super::blocks;

/// How to see the column of a node as values of one type.
pub(super) type See<'a, T> = fn(&Frame<'a>, NodeId) -> &'a [T];

pub(super) fn move_values<'a, T: Marked>(frame: &Frame<'a>, (op, see): (&Move, See<'a, T>), domain: DomainId, out: &mut Vec<T>) {
    match *op {
        Move::Broadcast(source) => {
            let value = see(frame, source).first().copied().unwrap_or_else(|| T::mark(PUNT));
            out.resize(frame.len(domain), value);
        }
        Move::Gather { source, index } => {
            let stands = frame.program.domains[frame.program.nodes[source.0 as usize].domain.0 as usize];
            let values = see(frame, source);
            // The last row of a catalogue's column stands for all codes that the catalogue lacks.
            let beyond = values.last().copied().filter(|_| matches!(stands, Domain::Catalogue(_))).unwrap_or_else(|| T::mark(PUNT));
            match (frame.runs(index, source), frame.stretches(index)) {
                (Some(starts), _) => spread(out, values, starts),
                (None, Some(extent)) => copy(out, extent, (values, beyond)),
                (None, None) => gather(out, frame.cells(index), (values, beyond)),
            }
        }
        Move::Choose { condition, then, otherwise } => choose(out, frame.truths(condition), (see(frame, then), see(frame, otherwise))),
    }
}

fn gather<T: Marked>(out: &mut Vec<T>, index: &[Cell], (values, beyond): (&[T], T)) {
    out.extend(index.iter().map(|row| match values.get(place(*row)) {
        Some(value) => *value,
        None if row.is_mark() => T::mark(*row),
        None => beyond,
    }));
}

/// The values of elements that lie together but for those that are left out.
fn copy<T: Marked>(out: &mut Vec<T>, extent: &Extent, (values, beyond): (&[T], T)) {
    for (ends, first) in extent.starts.windows(2).zip(&extent.firsts) {
        match values.get(place(*first)..place(*first).saturating_add(ends[1].saturating_sub(ends[0]) as usize)) {
            Some(stretch) => out.extend_from_slice(stretch),
            None => gather(out, extent.element.get(ends[0] as usize..ends[1] as usize).unwrap_or(&[]), (values, beyond)),
        }
    }
}

/// Each value as often as its row has rows.
fn spread<T: Marked>(out: &mut Vec<T>, values: &[T], starts: &[u32]) {
    for (value, ends) in values.iter().zip(starts.windows(2)) {
        blocks::repeat(out, *value, ends[1].saturating_sub(ends[0]) as usize);
    }
}

fn choose<T: Marked>(out: &mut Vec<T>, condition: &[Truth], (then, otherwise): (&[T], &[T])) {
    let sides = then.iter().zip(otherwise);
    out.extend(condition.iter().zip(sides).map(|(condition, (then, otherwise))| {
        if condition.is_unknown() {
            T::mark(PUNT)
        } else if *condition == TRUE {
            *then
        } else {
            *otherwise
        }
    }));
}
