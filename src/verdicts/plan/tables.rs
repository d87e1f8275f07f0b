//! What a plan works out once from the catalogue and the rules: lists of the catalogue cut by owner, units by programme and course, days by year.

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
    keys: Vec<Cell>,
}

impl CatalogueList {
    /// The elements for which the filter does not surely fail.
    pub(super) fn new(world: World<'_>, list: List, (filter, keys): (Option<&[Truth]>, Option<&[Cell]>)) -> Self {
        let mut made = Self { starts: vec![0], ..Self::default() };
        let owners = world.context.catalogue.table(list.owner()).rows();
        for owner in 0..owners {
            let kept = |row: &u32| filter.is_none_or(|filter| filter.get(*row as usize).is_none_or(|holds| *holds != FALSE));
            let mut rows: Vec<Cell> = world.elements(list, owner).filter(kept).map(cell_of_row).collect();
            if let Some(keys) = keys {
                let key = |row: &Cell| keys.get(place(*row)).copied().unwrap_or(PUNT);
                rows.sort_by_key(key);
                made.keys.extend(rows.iter().map(key));
            }
            made.elements.extend(rows);
            made.starts.push(u32::try_from(made.elements.len()).unwrap_or(u32::MAX));
        }
        made
    }

    fn range(&self, owner: Cell) -> std::ops::Range<usize> {
        match (self.starts.get(place(owner)), self.starts.get(place(owner).saturating_add(1))) {
            (Some(first), Some(end)) => *first as usize..*end as usize,
            _ => 0..0,
        }
    }

    pub(super) fn of(&self, owner: Cell) -> &[Cell] {
        self.elements.get(self.range(owner)).unwrap_or(&[])
    }

    /// Those of the owner's elements that have the key.
    pub(super) fn with_key(&self, owner: Cell, key: Cell) -> &[Cell] {
        let range = self.range(owner);
        let keys = self.keys.get(range.clone()).unwrap_or(&[]);
        let first = keys.partition_point(|known| *known < key);
        let end = keys.partition_point(|known| *known <= key);
        self.elements.get(range.start + first..range.start + end).unwrap_or(&[])
    }
}

/// Something for each programme's row and course's row, in a dense table where that is small.
#[derive(Debug, Clone, Default)]
pub(super) struct ByCourse {
    courses: usize,
    dense: Vec<Cell>,
    sparse: FxHashMap<(Cell, Cell), Cell>,
    /// For a programme's row, what a course has that the table does not name.
    otherwise: Vec<Cell>,
}

/// Dense tables stay below so many cells.
const DENSE: usize = 1 << 21;

impl ByCourse {
    pub(super) fn new(world: World<'_>, entries: Vec<((Cell, Cell), Cell)>, otherwise: Vec<Cell>) -> Self {
        let courses = world.context.catalogue.table(Subject::Course).rows() as usize;
        let size = courses.saturating_mul(otherwise.len());
        let mut made = Self { courses, otherwise, ..Self::default() };
        if size <= DENSE {
            made.dense = made.otherwise.iter().flat_map(|cell| std::iter::repeat_n(*cell, courses)).collect();
            for ((programme, course), cell) in entries {
                if let Some(at) = made.dense.get_mut(place(programme) * courses + place(course)) {
                    *at = cell;
                }
            }
        } else {
            made.sparse = entries.into_iter().collect();
        }
        made
    }

    pub(super) fn of(&self, programme: Cell, course: Cell) -> Cell {
        if place(course) < self.courses
            && let Some(cell) = self.dense.get(place(programme).saturating_mul(self.courses) + place(course))
        {
            return *cell;
        }
        self.otherwise_of(programme, course)
    }

    fn otherwise_of(&self, programme: Cell, course: Cell) -> Cell {
        match self.otherwise.get(place(programme)) {
            Some(otherwise) if !course.is_mark() => self.sparse.get(&(programme, course)).copied().unwrap_or(*otherwise),
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
        let courses_of_code = courses_of_code(world);
        let (mut entries, mut classes) = (Vec::new(), FxHashSet::default());
        let programmes = catalogue.table(Subject::Programme).rows();
        for programme in 0..programmes {
            for unit in catalogue.elements(List::ProgrammeUnits, programme) {
                let Some(course) = world.reference(fields::unit::COURSE, *unit) else { continue };
                classes.insert((cell_of_row(programme), cell_of_row(world.course_class(course).0)));
                let code = world.code(Subject::Course, course);
                let Some(meant) = catalogue.unit(programme, code) else { continue };
                for row in courses_of_code.get(&code).into_iter().flatten() {
                    entries.push(((cell_of_row(programme), *row), cell_of_row(meant)));
                }
            }
        }
        let absent = |row| if world.is_documented(Subject::Programme, row) { NONE } else { PUNT };
        Self { by_course: ByCourse::new(world, entries, (0..programmes).map(absent).collect()), classes }
    }

    /// The unit; none where a documented programme lacks the course.
    pub(super) fn of(&self, programme: Cell, course: Cell) -> Cell {
        self.by_course.of(programme, course)
    }

    pub(super) fn has_class(&self, programme: Cell, class: Cell) -> bool {
        self.classes.contains(&(programme, class))
    }
}

/// For each code of a course, its rows in all years.
pub(super) fn courses_of_code(world: World<'_>) -> FxHashMap<CodeId, Vec<Cell>> {
    let mut rows: FxHashMap<CodeId, Vec<Cell>> = FxHashMap::default();
    for row in 0..world.context.catalogue.table(Subject::Course).rows() {
        rows.entry(world.code(Subject::Course, row)).or_default().push(cell_of_row(row));
    }
    rows
}

/// Values by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LookUpTable {
    pub(super) entries: Vec<(Cell, Cell)>,
}
