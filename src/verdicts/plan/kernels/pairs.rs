//! Domains of pairs: for each outer row, the elements of a list that a filter does not surely leave out.

use crate::vocabulary::Cell;

use super::super::column::{FALSE, Truth, cell_of_row, place};
use super::super::machine::{Extent, Frame};
use super::super::program::{Domain, DomainId, Pairs};
use super::super::tables::CatalogueList;

pub(in crate::verdicts::plan) fn lay_out(frame: &Frame<'_>, domain: DomainId, extent: &mut Extent) {
    extent.starts.push(0);
    match frame.program.domains[domain.0 as usize] {
        Domain::Pairs(pairs) => match frame.program.lists[domain.0 as usize].as_ref() {
            Some(list) => of_catalogue(frame, &pairs, list, extent),
            None => of_dossiers(frame, &pairs, extent),
        },
        Domain::Lines(lines) => super::lines::lay_out(frame, &lines, extent),
        Domain::Edges { lines, edges } => super::lines::lay_out_edges(frame, (lines, edges), extent),
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
        if let (Some(first), Some(end)) = (starts.get(place(*owner)), starts.get(place(*owner).saturating_add(1))) {
            push_range(extent, (row, *first..*end), filter);
        }
        end(extent);
    }
}

fn push_range(extent: &mut Extent, (row, range): (Cell, std::ops::Range<u32>), filter: Option<&[Truth]>) {
    let filter = filter.map(|filter| filter.get(range.start as usize..range.end as usize).unwrap_or(&[]));
    match filter.filter(|filter| filter.contains(&FALSE)) {
        None => extent.element.extend(range.map(cell_of_row)),
        Some(filter) => extent.element.extend(range.zip(filter).filter(|(_, holds)| **holds != FALSE).map(|(element, _)| cell_of_row(element))),
    }
    extent.outer.resize(extent.element.len(), row);
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
