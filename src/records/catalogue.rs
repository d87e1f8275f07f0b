//! The catalogue: programmes, units, course units, events and class groups of one or more academic years, as tables like those of a dossier.

use rustc_hash::FxHashMap;

use crate::records::elements::Elements;
use crate::records::{CodeId, Codes, Table, Texts};
use crate::source::Span;
use crate::vocabulary::{Cell, Field, List, Subject, fields};

/// All years' documents together.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue {
    tables: Vec<Table>,
    /// By subject; those that have no codes stay empty.
    codes: [Codes; Subject::COUNT],
    lists: [Elements; List::ALL.len()],
    /// By subject: for each unit, phase or subunit, the row it stands in.
    owners: [Vec<u32>; Subject::COUNT],
    units: FxHashMap<(u32, CodeId), u32>,
    /// For each code of a course unit, the smallest code it is identical to, through chains.
    identical: Vec<CodeId>,
    pub(crate) texts: Texts,
    /// The academic years that a document describes, ascending.
    pub(crate) years: Vec<i32>,
    pub(crate) edges: Vec<CatalogueEdge>,
    /// By subject, where each row stands in its document; nowhere for a code that no document describes.
    places: [Vec<Span>; Subject::COUNT],
}

/// An arrow of the catalogue, still as text; its places lie in the catalogue's own source.
#[derive(Debug, Clone)]
pub(crate) struct CatalogueEdge {
    pub(crate) year: i32,
    pub(crate) course: String,
    /// `strict`, `flexible`, `simultaneous`, `taken`, `acquired`, … as the catalogue says it.
    pub(crate) kind: String,
    pub(crate) expression: String,
    pub(crate) programme: Option<String>,
    pub(crate) advisory: bool,
    pub(crate) source: Option<String>,
    pub(crate) at: Span,
}

const CODED: [Subject; 4] = [Subject::Programme, Subject::Course, Subject::Event, Subject::ClassGroup];

/// The field that holds the code of a subject.
pub(crate) fn code_field(subject: Subject) -> Field {
    let fields = [fields::programme::CODE, fields::event::ID, fields::class_group::CODE];
    fields.into_iter().find(|field| field.subject == subject).unwrap_or(fields::course::CODE)
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            tables: Subject::ALL.into_iter().map(Table::new).collect(),
            codes: std::array::from_fn(|_| Codes::default()),
            lists: std::array::from_fn(|_| Elements::default()),
            owners: std::array::from_fn(|_| Vec::new()),
            units: FxHashMap::default(),
            identical: Vec::new(),
            texts: Texts::default(),
            years: Vec::new(),
            edges: Vec::new(),
            places: std::array::from_fn(|_| Vec::new()),
        }
    }
}

impl Catalogue {
    pub(crate) fn table(&self, subject: Subject) -> &Table {
        &self.tables[subject as usize]
    }

    pub(crate) fn table_mut(&mut self, subject: Subject) -> &mut Table {
        &mut self.tables[subject as usize]
    }

    pub(crate) fn cell(&self, field: Field, row: u32) -> Cell {
        self.table(field.subject).cell(field, row)
    }

    /// The codes of programmes, course units, events or class groups.
    pub(crate) fn codes(&self, subject: Subject) -> &Codes {
        &self.codes[subject as usize]
    }

    /// The code's number, new where no document and no rule named it before.
    pub(crate) fn code(&mut self, subject: Subject, code: &str) -> CodeId {
        let id = self.appended_code(subject, code);
        self.table_mut(subject).pad();
        id
    }

    fn appended_code(&mut self, subject: Subject, code: &str) -> CodeId {
        if let Some(id) = self.codes(subject).find(code) {
            return id;
        }
        let row = self.table_mut(subject).append();
        let text = self.texts.intern(code).0;
        let field = code_field(subject);
        self.table_mut(subject).set(field, row, text);
        let id = self.codes[subject as usize].add(code, row);
        if subject == Subject::Course {
            self.identical.push(id);
        }
        id
    }

    /// A new row in which a year's document describes a code; nothing where that year has described it already. Its columns are filled up by `pad`.
    pub(crate) fn document(&mut self, subject: Subject, code: &str, year: i32) -> Option<u32> {
        let id = self.appended_code(subject, code);
        if self.codes(subject).documented(id, year).is_some() {
            return None;
        }
        let undocumented = self.codes(subject).row(id, i32::MIN);
        let row = self.table_mut(subject).append();
        let named = code_field(subject);
        let text = self.cell(named, undocumented);
        self.table_mut(subject).set(named, row, text);
        self.codes[subject as usize].document(id, year, row);
        Some(row)
    }

    /// Fill up the columns of the rows that were described.
    pub(crate) fn pad(&mut self) {
        self.tables.iter_mut().for_each(Table::pad);
    }

    /// The same codes and texts by the same numbers, with nothing described.
    pub(crate) fn undescribed(&self) -> Self {
        let mut bare = Self { texts: self.texts.clone(), ..Self::default() };
        for subject in CODED {
            for code in self.codes(subject).names() {
                bare.code(subject, code);
            }
        }
        bare
    }

    pub(crate) fn elements(&self, list: List, owner: u32) -> &[u32] {
        self.lists[list as usize].of(owner)
    }

    pub(crate) fn add_element(&mut self, list: List, owner: u32, element: u32) {
        let owners = self.table(list.owner()).rows();
        let elements = &mut self.lists[list as usize];
        elements.make_room_for(owners);
        elements.add(owner, element);
        if list.element().owner() == Some(list.owner()) {
            let owners = &mut self.owners[list.element() as usize];
            let index = element as usize;
            if owners.len() <= index {
                owners.resize(index + 1, u32::MAX);
            }
            owners[index] = owner;
        }
    }

    /// Give a row the elements that another has, in a list of rows that stand elsewhere.
    pub(crate) fn add_same_elements(&mut self, list: List, owner: u32, as_of: u32) {
        debug_assert_ne!(list.element().owner(), Some(list.owner()));
        self.lists[list as usize].add_same(owner, as_of);
    }

    /// The unit of a programme's row that is this course unit; the first where several graduating options have it.
    pub(crate) fn unit(&self, programme: u32, course: CodeId) -> Option<u32> {
        self.units.get(&(programme, course)).copied()
    }

    pub(crate) fn add_unit(&mut self, programme: u32, course: CodeId, unit: u32) {
        self.units.entry((programme, course)).or_insert(unit);
        self.add_element(List::ProgrammeUnits, programme, unit);
    }

    /// The row in which a unit, a phase or a subunit stands.
    pub(crate) fn owner(&self, subject: Subject, row: u32) -> Option<u32> {
        self.owners[subject as usize].get(row as usize).copied().filter(|owner| *owner != u32::MAX)
    }

    /// Declare two course units identical.
    pub(crate) fn declare_identical(&mut self, left: CodeId, right: CodeId) {
        let (a, b) = (self.same_unit_class(left), self.same_unit_class(right));
        let (keep, drop) = (a.min(b), a.max(b));
        for class in &mut self.identical {
            if *class == drop {
                *class = keep;
            }
        }
    }

    /// The number that all units declared identical share; a code beyond the catalogue stands alone.
    pub(crate) fn same_unit_class(&self, course: CodeId) -> CodeId {
        self.identical.get(course.0 as usize).copied().unwrap_or(course)
    }

    /// Where a row's object stands in its document; nothing for a code that no document describes.
    pub(crate) fn place(&self, subject: Subject, row: u32) -> Option<Span> {
        self.places[subject as usize].get(row as usize).copied().filter(|at| *at != Span::NOWHERE)
    }

    pub(crate) fn set_place(&mut self, subject: Subject, row: u32, at: Span) {
        let (rows, places) = (self.table(subject).rows(), &mut self.places[subject as usize]);
        places.resize(rows as usize, Span::NOWHERE);
        if let Some(place) = places.get_mut(row as usize) {
            *place = at;
        }
    }
}
