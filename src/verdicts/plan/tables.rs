//! What a plan works out once from the catalogue and the rules: lists of the catalogue cut by owner, units by programme and course, days by year.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::records::CodeId;
use crate::verdicts::World;
use crate::vocabulary::{Cell, List, Subject, fields};

use super::column::{FALSE, Marked, NONE, PUNT, Truth, cell_of_row, place};

/// The elements of a list of the catalogue for each owner's row, in the order of their keys where they have any.
#[derive(Debug, Clone, Default)]
pub(super) struct CatalogueList {
    starts: Vec<u32>,
    elements: Vec<Cell>,
    /// For each owner's row where its keys begin; one more at the end.
    key_starts: Vec<u32>,
    /// The keys that an owner's elements have, each with the first of its elements.
    keys: Vec<(Cell, u32)>,
}

impl CatalogueList {
    /// The elements for which the filter does not surely fail.
    pub(super) fn new(world: World<'_>, list: List, (filter, keys): (Option<&[Truth]>, Option<&[Cell]>)) -> Self {
        let mut made = Self { starts: vec![0], key_starts: vec![0], ..Self::default() };
        let owners = world.context.catalogue.table(list.owner()).rows();
        for owner in 0..owners {
            let kept = |row: &u32| filter.is_none_or(|filter| filter.get(*row as usize).is_none_or(|holds| *holds != FALSE));
            let mut rows: Vec<Cell> = world.elements(list, owner).filter(kept).map(cell_of_row).collect();
            if let Some(keys) = keys {
                let key = |row: &Cell| keys.get(place(*row)).copied().unwrap_or(PUNT);
                rows.sort_by_key(key);
                made.add_keys(rows.iter().map(key));
            }
            made.elements.extend(rows);
            made.starts.push(number(made.elements.len()));
            made.key_starts.push(number(made.keys.len()));
        }
        made
    }

    /// The keys of one owner's elements, which are about to be added.
    fn add_keys(&mut self, keys: impl Iterator<Item = Cell>) {
        let first = self.keys.len();
        for (at, key) in (number(self.elements.len())..).zip(keys) {
            if self.keys.get(first..).and_then(<[_]>::last).is_none_or(|(known, _)| *known != key) {
                self.keys.push((key, at));
            }
        }
    }

    /// Where the owner's elements stand: those that have the key in a row, or all where they have no keys.
    pub(super) fn chosen(&self, owner: Cell, key: Option<(&[Cell], usize)>) -> Range<usize> {
        match key.map(|(keys, row)| keys.get(row).copied().unwrap_or(Cell::MIN)) {
            None => self.of(owner),
            Some(key) if key.is_mark() => 0..0,
            Some(key) => self.with_key(owner, key),
        }
    }

    fn of(&self, owner: Cell) -> Range<usize> {
        part(&self.starts, owner)
    }

    fn with_key(&self, owner: Cell, key: Cell) -> Range<usize> {
        let keys = self.keys.get(part(&self.key_starts, owner)).unwrap_or(&[]);
        let Some(at) = keys.iter().position(|(known, _)| *known == key) else { return 0..0 };
        let end = keys.get(at + 1).map_or(self.of(owner).end, |(_, next)| *next as usize);
        keys.get(at).map_or(0, |(_, first)| *first as usize)..end
    }

    pub(super) fn elements(&self) -> &[Cell] {
        &self.elements
    }
}

/// The units of a list of the catalogue, in its order, as the facts know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitList {
    pub(super) classes: Vec<Cell>,
    /// Whether each surely is one of those that are meant; nothing where all are.
    pub(super) meant: Option<Vec<Truth>>,
}

/// The part of a row, by where the parts begin.
fn part(starts: &[u32], row: Cell) -> Range<usize> {
    match (starts.get(place(row)), starts.get(place(row).saturating_add(1))) {
        (Some(first), Some(end)) => *first as usize..*end as usize,
        _ => 0..0,
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Something for each programme's row and each course's code, in a dense table where that is small.
#[derive(Debug, Clone, Default)]
pub(super) struct ByCourse {
    /// How many codes there are.
    width: usize,
    dense: Vec<Cell>,
    sparse: FxHashMap<(Cell, Cell), Cell>,
    /// For a programme's row, what a course has that the table does not name.
    otherwise: Vec<Cell>,
}

/// Dense tables stay below so many cells.
const DENSE: usize = 1 << 21;

impl ByCourse {
    pub(super) fn new(world: World<'_>, entries: Vec<((Cell, CodeId), Cell)>, otherwise: Vec<Cell>) -> Self {
        let width = world.context.catalogue.codes(Subject::Course).len() as usize;
        let mut made = Self { width, otherwise, ..Self::default() };
        let size = width.saturating_mul(made.otherwise.len());
        if size <= DENSE {
            made.dense.reserve_exact(size);
            made.otherwise.iter().for_each(|cell| made.dense.resize(made.dense.len() + width, *cell));
            for ((programme, code), cell) in entries {
                if let Some(at) = made.dense.get_mut(place(programme) * width + code.0 as usize) {
                    *at = cell;
                }
            }
        } else {
            made.sparse = entries.into_iter().map(|((programme, code), cell)| ((programme, cell_of_row(code.0)), cell)).collect();
        }
        made
    }

    pub(super) fn of_programme(&self, programme: Cell) -> OfProgramme<'_> {
        let first = place(programme).saturating_mul(self.width);
        let dense = self.dense.get(first..first.saturating_add(self.width)).unwrap_or(&[]);
        OfProgramme { table: self, programme, dense }
    }
}

/// What the courses of one programme have.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfProgramme<'a> {
    table: &'a ByCourse,
    programme: Cell,
    dense: &'a [Cell],
}

impl OfProgramme<'_> {
    /// By the number of the course's code.
    pub(super) fn of(&self, code: Cell) -> Cell {
        match self.dense.get(place(code)) {
            Some(cell) => *cell,
            None => self.otherwise(code),
        }
    }

    fn otherwise(&self, code: Cell) -> Cell {
        match self.table.otherwise.get(place(self.programme)) {
            Some(otherwise) if !code.is_mark() => self.table.sparse.get(&(self.programme, code)).copied().unwrap_or(*otherwise),
            _ => PUNT,
        }
    }
}

/// The units of the programmes.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    by_course: ByCourse,
    classes: FxHashSet<(Cell, Cell)>,
}

impl Units {
    pub(super) fn new(world: World<'_>) -> Self {
        let catalogue = world.context.catalogue;
        let (mut entries, mut classes) = (Vec::new(), FxHashSet::default());
        let programmes = catalogue.table(Subject::Programme).rows();
        for programme in 0..programmes {
            for unit in catalogue.elements(List::ProgrammeUnits, programme) {
                let Some(course) = world.reference(fields::unit::COURSE, *unit) else { continue };
                classes.insert((cell_of_row(programme), cell_of_row(world.course_class(course).0)));
                let code = world.code(Subject::Course, course);
                entries.extend(catalogue.unit(programme, code).map(|meant| ((cell_of_row(programme), code), cell_of_row(meant))));
            }
        }
        let absent = |row| if world.is_documented(Subject::Programme, row) { NONE } else { PUNT };
        Self { by_course: ByCourse::new(world, entries, (0..programmes).map(absent).collect()), classes }
    }

    /// The unit with a course, by the number of its code; none where a documented programme lacks it.
    pub(super) fn of(&self, programme: Cell, code: Cell) -> Cell {
        self.by_course.of_programme(programme).of(code)
    }

    pub(super) fn has_class(&self, programme: Cell, class: Cell) -> bool {
        self.classes.contains(&(programme, class))
    }
}

/// Values by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LookUpTable {
    pub(super) entries: Vec<(Cell, Cell)>,
}
