//! Domains of pairs: for each outer row, the elements of a list that a filter does not surely leave out.

use std::ops::Range;

use crate::vocabulary::Cell;

use super::super::column::{FALSE, PUNT, Truth, cell_of_row, place};
use super::super::machine::{Extent, Frame};
use super::super::program::{Domain, DomainId, Pairs};
use super::super::tables::CatalogueList;
use super::blocks;

pub(in crate::verdicts::plan) fn lay_out(frame: &Frame<'_>, domain: DomainId, extent: &mut Extent) {
    extent.starts.push(0);
    match frame.program.domains[domain.0 as usize] {
        Domain::Pairs(pairs) => match frame.program.lists[domain.0 as usize].as_ref() {
            Some(list) => of_catalogue(frame, &pairs, list, extent),
            None => of_dossiers(frame, &pairs, extent),
        },
        Domain::Edges { first, .. } => super::lines::lay_out(frame, first, extent),
        Domain::Once | Domain::Table(_) | Domain::Catalogue(_) => {}
    }
}

fn end(extent: &mut Extent) {
    extent.starts.push(u32::try_from(extent.outer.len()).unwrap_or(u32::MAX));
}

fn of_dossiers(frame: &Frame<'_>, pairs: &Pairs, extent: &mut Extent) {
    // Often nothing is left out of any list.
    let filter = pairs.filter.map(|filter| frame.truths(filter)).filter(|filter| filter.contains(&FALSE));
    let starts = frame.starts(pairs.list);
    for (row, owner) in frame.cells(pairs.owner).iter().enumerate() {
        let row = cell_of_row(u32::try_from(row).unwrap_or(u32::MAX));
        let first = match (starts.get(place(*owner)), starts.get(place(*owner).saturating_add(1))) {
            (Some(first), Some(end)) => push_range(extent, (row, *first..*end), filter),
            _ => PUNT,
        };
        extent.firsts.push(first);
        end(extent);
    }
}

/// So few rows are sooner written one by one.
const FEW: usize = 4;

/// The elements of one outer row; the first of them comes back, where they follow each other.
fn push_range(extent: &mut Extent, (row, range): (Cell, Range<u32>), filter: Option<&[Truth]>) -> Cell {
    let filter = filter.map(|filter| filter.get(range.start as usize..range.end as usize).unwrap_or(&[]));
    let (before, mut first) = (extent.element.len(), cell_of_row(range.start));
    match filter.filter(|filter| leaves_out(filter)) {
        None if range.len() < FEW => extent.element.extend(range.map(cell_of_row)),
        None => blocks::count_on(&mut extent.element, first, range.len()),
        Some(filter) => {
            extent.element.extend(range.zip(filter).filter(|(_, holds)| **holds != FALSE).map(|(element, _)| cell_of_row(element)));
            first = first_of(extent.element.get(before..).unwrap_or(&[]));
        }
    }
    let count = extent.element.len() - before;
    if count < FEW {
        extent.outer.resize(extent.element.len(), row);
    } else {
        blocks::repeat(&mut extent.outer, row, count);
    }
    first
}

/// Whether any of a list's few elements is left out.
#[expect(clippy::manual_contains, reason = "a search for a byte begins with more work than a short list is")]
fn leaves_out(filter: &[Truth]) -> bool {
    filter.iter().any(|holds| *holds == FALSE)
}

/// The first of some elements, where they follow each other.
fn first_of(elements: &[Cell]) -> Cell {
    match elements {
        [first, .., last] if place(*last).wrapping_sub(place(*first)) == elements.len() - 1 => *first,
        [only] => *only,
        _ => PUNT,
    }
}

fn of_catalogue(frame: &Frame<'_>, pairs: &Pairs, list: &CatalogueList, extent: &mut Extent) {
    let keys = pairs.key.map(|(_, outer)| frame.cells(outer));
    for (row, owner) in frame.cells(pairs.owner).iter().enumerate() {
        let elements = list.elements().get(list.chosen(*owner, keys.map(|keys| (keys, row)))).unwrap_or(&[]);
        let row = cell_of_row(u32::try_from(row).unwrap_or(u32::MAX));
        extent.element.extend_from_slice(elements);
        extent.outer.resize(extent.element.len(), row);
        end(extent);
    }
}
