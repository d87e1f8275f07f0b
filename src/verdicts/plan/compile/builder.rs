//! Makes nodes, domains and places. A node that exists is not made again; what is the same for every batch is worked out at once.

use rustc_hash::FxHashMap;

use crate::verdicts::World;
use crate::vocabulary::{Cell, List, Subject};

use super::super::column::{Column, Fraction, Truth};
use super::super::facts::FactTable;
use super::super::kernels::Serves;
use super::super::machine;
use super::super::program::{CatalogueColumn, CellOp, Domain, DomainId, Move, Node, NodeId, Op, Pairs, TruthOp};
use super::super::tables::{CatalogueList, LookUpTable, Units};
use super::super::{Program, RegisterCounts};
use super::Unplanned;

/// Where values stand, seen from where an expression begins: a domain, and the indexes that lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PlaceId(u32);

impl PlaceId {
    /// Where constants stand.
    pub(super) const CONSTANT: Self = Self(0);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    /// The place it is reached from, and the rows of the own domain that belong to the rows there.
    from: Option<(PlaceId, NodeId)>,
    domain: DomainId,
}

/// A column and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) node: NodeId,
    pub(super) place: PlaceId,
}

/// The plan while it is made.
pub(super) struct Builder<'a> {
    pub(super) program: Program,
    /// The rules and the catalogue, with a batch of no dossiers.
    pub(super) world: World<'a>,
    nodes: FxHashMap<(Op, DomainId), NodeId>,
    domains: FxHashMap<Domain, DomainId>,
    places: Vec<Place>,
    place_ids: FxHashMap<Place, PlaceId>,
    /// What the elements of some domains of pairs are judged as: the entries of the year under check.
    checked: FxHashMap<DomainId, Subject>,
    pub(super) definitions: FxHashMap<(u32, PlaceId), Result<Value, Unplanned>>,
    /// The edges of judged entries, by where these stand.
    pub(super) edge_sets: FxHashMap<PlaceId, u32>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(world: World<'a>) -> Self {
        let program = Program {
            nodes: Vec::new(),
            domains: Vec::new(),
            extents: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            units_asked: Vec::new(),
            edges: Vec::new(),
            parts: Vec::new(),
            facts: FactTable::new(),
            fact_nodes: None,
            serves: Serves::new(world),
            units: Units::new(world),
            lines: super::super::demands::Lines::default(),
            steps: Vec::new(),
            registers: RegisterCounts::default(),
        };
        let mut builder = Self {
            program,
            world,
            nodes: FxHashMap::default(),
            domains: FxHashMap::default(),
            places: Vec::new(),
            place_ids: FxHashMap::default(),
            checked: FxHashMap::default(),
            definitions: FxHashMap::default(),
            edge_sets: FxHashMap::default(),
        };
        let once = builder.domain(Domain::Once);
        builder.root(once);
        builder
    }

    pub(super) fn truths(&mut self, op: TruthOp, domain: DomainId) -> NodeId {
        if let Some(known) = self.settled(&op, domain) {
            return known;
        }
        match self.of_words(&op) {
            Some((value, set)) => self.word_in(value, set),
            None => self.node(Op::Truths(op), domain),
        }
    }

    pub(super) fn cells(&mut self, op: CellOp, domain: DomainId) -> NodeId {
        self.node(Op::Cells(op), domain)
    }

    pub(super) fn node(&mut self, op: Op, domain: DomainId) -> NodeId {
        if let Some(known) = self.nodes.get(&(op.clone(), domain)) {
            return *known;
        }
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        let fixed = (self.is_fixed_domain(domain) && op.inputs().iter().all(|input| self.is_fixed(*input)))
            .then(|| machine::fixed(&self.program, self.world, &op, domain));
        self.program.nodes.push(Node { op: op.clone(), domain, fixed, register: 0 });
        self.nodes.insert((op, domain), id);
        id
    }

    pub(super) fn is_fixed(&self, node: NodeId) -> bool {
        self.program.nodes[node.0 as usize].fixed.is_some()
    }

    pub(super) fn fixed_cells(&self, node: NodeId) -> Option<&[Cell]> {
        match &self.program.nodes[node.0 as usize].fixed {
            Some(Column::Cells(cells)) => Some(cells),
            _ => None,
        }
    }

    pub(super) fn fixed_fractions(&self, node: NodeId) -> Option<&[Fraction]> {
        match &self.program.nodes[node.0 as usize].fixed {
            Some(Column::Fractions(fractions)) => Some(fractions),
            _ => None,
        }
    }

    pub(super) fn fixed_truths(&self, node: NodeId) -> Option<&[Truth]> {
        match &self.program.nodes[node.0 as usize].fixed {
            Some(Column::Truths(truths)) => Some(truths),
            _ => None,
        }
    }

    pub(super) fn shape(&self, node: NodeId) -> super::super::column::Shape {
        self.program.nodes[node.0 as usize].op.shape()
    }

    pub(super) fn domain_of(&self, node: NodeId) -> DomainId {
        self.program.nodes[node.0 as usize].domain
    }

    pub(super) fn domain(&mut self, domain: Domain) -> DomainId {
        if let Some(known) = self.domains.get(&domain) {
            return *known;
        }
        let id = DomainId(u32::try_from(self.program.domains.len()).unwrap_or(u32::MAX));
        let list = match &domain {
            Domain::Pairs(pairs) if pairs.list.owner().is_of_catalogue() => Some(self.catalogue_list(pairs)),
            _ => None,
        };
        self.program.domains.push(domain);
        self.program.lists.push(list);
        self.program.extents.push(None);
        self.domains.insert(domain, id);
        if let Domain::Pairs(pairs) = &domain
            && self.is_fixed_domain(pairs.outer)
            && self.is_fixed(pairs.owner)
            && pairs.key.is_none_or(|(_, outer)| self.is_fixed(outer))
        {
            self.program.extents[id.0 as usize] = Some(machine::fixed_extent(&self.program, self.world, id));
        }
        id
    }

    fn catalogue_list(&self, pairs: &Pairs) -> CatalogueList {
        let filter = pairs.filter.and_then(|filter| self.fixed_truths(filter));
        let keys = pairs.key.and_then(|(key, _)| self.fixed_cells(key));
        CatalogueList::new(self.world, pairs.list, (filter, keys))
    }

    fn is_fixed_domain(&self, domain: DomainId) -> bool {
        match self.program.domains[domain.0 as usize] {
            Domain::Once | Domain::Catalogue(_) => true,
            Domain::Table(_) | Domain::Edges { .. } => false,
            Domain::Pairs(_) => self.program.extents[domain.0 as usize].is_some(),
        }
    }

    /// The table of a subject: an ISP stands with its enrolment, a result with its entry.
    pub(super) fn table(&mut self, subject: Subject) -> DomainId {
        let normal = normal(subject);
        self.domain(if normal.is_of_catalogue() { Domain::Catalogue(normal) } else { Domain::Table(normal) })
    }

    pub(super) fn root(&mut self, domain: DomainId) -> PlaceId {
        self.place(Place { from: None, domain })
    }

    pub(super) fn child(&mut self, from: PlaceId, index: NodeId, domain: DomainId) -> PlaceId {
        self.place(Place { from: Some((from, index)), domain })
    }

    fn place(&mut self, place: Place) -> PlaceId {
        let next = PlaceId(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        let id = *self.place_ids.entry(place).or_insert(next);
        if id == next {
            self.places.push(place);
        }
        id
    }

    pub(super) fn place_domain(&self, place: PlaceId) -> DomainId {
        self.places[place.0 as usize].domain
    }

    pub(super) fn came_from(&self, place: PlaceId) -> Option<(PlaceId, NodeId)> {
        self.places[place.0 as usize].from
    }

    /// The places that lead to this one, itself first.
    fn way(&self, place: PlaceId) -> Vec<PlaceId> {
        std::iter::successors(Some(place), |at| self.came_from(*at).map(|(from, _)| from)).collect()
    }

    pub(super) fn is_constant(&self, place: PlaceId) -> bool {
        self.way(place).last() == Some(&PlaceId::CONSTANT)
    }

    /// The nearest place that leads to both.
    pub(super) fn common(&self, left: PlaceId, right: PlaceId) -> Result<PlaceId, Unplanned> {
        if self.is_constant(left) {
            return Ok(if self.is_constant(right) { PlaceId::CONSTANT } else { right });
        }
        if self.is_constant(right) {
            return Ok(left);
        }
        let ways = self.way(right);
        self.way(left).into_iter().find(|place| ways.contains(place)).ok_or(Unplanned("values that stand apart"))
    }

    /// A value's column over an earlier place.
    pub(super) fn at(&mut self, value: Value, place: PlaceId) -> NodeId {
        let mut value = value;
        while value.place != place {
            let Some((from, index)) = self.came_from(value.place) else { break };
            let domain = self.place_domain(from);
            let node = self.moved(Move::Gather { source: value.node, index }, domain);
            value = Value { node, place: from };
        }
        if value.place == place {
            return value.node;
        }
        self.moved(Move::Broadcast(value.node), self.place_domain(place))
    }

    /// A value as it stands, or one for all rows where it is constant.
    pub(super) fn at_or_once(&mut self, value: Value, place: PlaceId) -> NodeId {
        if self.is_constant(value.place) { self.at(value, PlaceId::CONSTANT) } else { self.at(value, place) }
    }

    pub(super) fn moved(&mut self, op: Move, domain: DomainId) -> NodeId {
        use super::super::column::Shape;
        use super::super::program::{FractionOp, NumberOp, WordOp};
        let (Move::Gather { source, .. } | Move::Broadcast(source) | Move::Choose { then: source, .. }) = op;
        if let Move::Gather { source, index } = op
            && self.is_identity(index, source)
        {
            return source;
        }
        // The numbers of rows, brought to where other rows name them, are those names.
        if let Move::Gather { source, index } = op
            && self.program.is_each_row(source)
            && matches!(self.program.domains[self.domain_of(source).0 as usize], Domain::Table(_))
            && self.domain_of(index) == domain
        {
            return index;
        }
        let op = match self.shape(source) {
            Shape::Truths => Op::Truths(TruthOp::Move(op)),
            Shape::Cells => Op::Cells(CellOp::Move(op)),
            Shape::Words => Op::Words(WordOp::Move(op)),
            Shape::Numbers => Op::Numbers(NumberOp::Move(op)),
            Shape::Fractions => Op::Fractions(FractionOp::Move(op)),
        };
        self.node(op, domain)
    }

    fn is_identity(&self, index: NodeId, source: NodeId) -> bool {
        self.program.is_each_row(index) && self.domain_of(index) == self.domain_of(source)
    }

    pub(super) fn choose(&mut self, condition: NodeId, (then, otherwise): (NodeId, NodeId), domain: DomainId) -> NodeId {
        self.moved(Move::Choose { condition, then, otherwise }, domain)
    }

    /// Both columns over the nearest place that leads to both.
    pub(super) fn together(&mut self, left: Value, right: Value) -> Result<(NodeId, NodeId, PlaceId), Unplanned> {
        let place = self.common(left.place, right.place)?;
        Ok((self.at(left, place), self.at(right, place), place))
    }

    /// Let the elements of a domain of pairs stand for rows of a subject.
    pub(super) fn check_as(&mut self, domain: DomainId, subject: Subject) {
        self.checked.insert(domain, subject);
    }

    /// What the rows of a domain are.
    pub(super) fn subject_of(&self, domain: DomainId) -> Option<Subject> {
        match self.program.domains[domain.0 as usize] {
            Domain::Table(subject) | Domain::Catalogue(subject) => Some(subject),
            Domain::Pairs(_) => self.checked.get(&domain).copied(),
            Domain::Once | Domain::Edges { .. } => None,
        }
    }

    /// The rows' numbers in their own table, over the place itself.
    pub(super) fn rows(&mut self, place: PlaceId) -> NodeId {
        let domain = self.place_domain(place);
        let op = if self.checked.contains_key(&domain) { CellOp::Element } else { CellOp::Rows };
        self.cells(op, domain)
    }

    /// The rows' numbers, from where the place is reached.
    pub(super) fn row_value(&mut self, place: PlaceId) -> Value {
        match self.came_from(place) {
            Some((from, index)) if !self.checked.contains_key(&self.place_domain(place)) => Value { node: index, place: from },
            _ => Value { node: self.rows(place), place },
        }
    }

    /// A column of the subject's whole table, over a place of such rows.
    pub(super) fn of_table(&mut self, column: NodeId, place: PlaceId) -> NodeId {
        let domain = self.place_domain(place);
        if self.domain_of(column) == domain {
            return column;
        }
        let index = self.rows(place);
        self.moved(Move::Gather { source: column, index }, domain)
    }

    /// Codes or classes of the catalogue's rows that a value names.
    pub(super) fn numbered(&mut self, row: Value, subject: Subject, column: CatalogueColumn) -> Value {
        let table = self.table(subject);
        let mut numbers = self.cells(CellOp::Catalogue(subject, column), table);
        if column == CatalogueColumn::Class {
            // Where no unit is the same as another, the codes are the classes.
            let codes = self.cells(CellOp::Catalogue(subject, CatalogueColumn::Code), table);
            numbers = if self.fixed_cells(numbers) == self.fixed_cells(codes) { codes } else { numbers };
        }
        let domain = self.domain_of(row.node);
        Value { node: self.cells(CellOp::Numbered { row: row.node, numbers, subject }, domain), place: row.place }
    }

    pub(super) fn look_up_table(&mut self, table: LookUpTable) -> u32 {
        let known = self.program.tables.iter().position(|known| *known == table);
        let index = known.unwrap_or_else(|| {
            self.program.tables.push(table);
            self.program.tables.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    /// The domain of the pairs of an outer place's rows and the elements of a list.
    pub(super) fn pairs(&mut self, pairs: Pairs) -> DomainId {
        self.domain(Domain::Pairs(pairs))
    }
}

/// The table in which a subject's rows stand.
pub(super) fn normal(subject: Subject) -> Subject {
    match subject {
        Subject::Isp => Subject::Enrolment,
        Subject::Result => Subject::Entry,
        other => other,
    }
}

/// Whether a list's elements lie together in their table, by the rows of its owner.
pub(super) fn lies_together(list: List) -> bool {
    !list.owner().is_of_catalogue() && !matches!(list, List::EnrolmentEarlier | List::EnrolmentBeside)
}
