//! Runs a plan over a batch: every domain is laid out and every node's column filled in turn, in memory that is kept from batch to batch.

use std::cell::RefCell;
use std::mem::take;

use crate::verdicts::World;
use crate::vocabulary::{Cell, List, Subject};

use super::column::{Column, Fraction, Shape, Truth, Word};
use super::kernels::{self, Filled, Slots};
use super::program::{CellOp, Domain, DomainId, Node, NodeId, Op, Pairs};
use super::{Program, Step};

/// The rows of a domain of pairs: for each its outer row and its element, and for each outer row where its pairs begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Extent {
    pub(super) outer: Vec<Cell>,
    pub(super) element: Vec<Cell>,
    pub(super) starts: Vec<u32>,
    /// For each outer row its first element, where its elements are known to follow each other in their table; else a mark.
    pub(super) firsts: Vec<Cell>,
}

impl Extent {
    pub(super) fn clear(&mut self) {
        self.outer.clear();
        self.element.clear();
        self.starts.clear();
        self.firsts.clear();
    }
}

/// The columns of one batch, by shape and register.
#[derive(Debug, Clone, Default)]
pub(super) struct Registers {
    pub(super) truths: Vec<Vec<Truth>>,
    pub(super) cells: Vec<Vec<Cell>>,
    pub(super) numbers: Vec<Vec<i64>>,
    pub(super) fractions: Vec<Vec<Fraction>>,
    pub(super) words: Vec<Vec<Word>>,
}

/// What a worker keeps from batch to batch, so that no verdict allocates.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) registers: Registers,
    pub(super) extents: Vec<Extent>,
    /// For each student, where the entries of all enrolments begin.
    pub(super) student_entries: Vec<u32>,
    pub(super) slots: RefCell<Slots>,
    /// The columns of a walk over the students, while it lasts.
    walked: Vec<(NodeId, Filled)>,
    pub(super) outcomes: Vec<super::Outcome>,
}

/// What a kernel may look at.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) program: &'a Program,
    pub(super) world: World<'a>,
    registers: &'a Registers,
    extents: &'a [Extent],
    student_entries: &'a [u32],
    pub(super) slots: &'a RefCell<Slots>,
}

impl Memory {
    pub(super) fn frame<'a>(&'a self, program: &'a Program, world: World<'a>) -> Frame<'a> {
        Frame { program, world, registers: &self.registers, extents: &self.extents, student_entries: &self.student_entries, slots: &self.slots }
    }

    fn make_room(&mut self, program: &Program) {
        self.registers.truths.resize(program.registers.truths as usize, Vec::new());
        self.registers.cells.resize(program.registers.cells as usize, Vec::new());
        self.registers.numbers.resize(program.registers.numbers as usize, Vec::new());
        self.registers.fractions.resize(program.registers.fractions as usize, Vec::new());
        self.registers.words.resize(program.registers.words as usize, Vec::new());
        self.extents.resize(program.domains.len(), Extent::default());
    }

    fn lay_out_entries(&mut self, world: World<'_>) {
        let enrolments = world.context.batch.table(Subject::Enrolment).starts();
        let entries = world.context.batch.table(Subject::Entry).starts();
        self.student_entries.clear();
        self.student_entries.extend(enrolments.iter().map(|first| entries.get(*first as usize).copied().unwrap_or(0)));
    }
}

macro_rules! fill {
    ($memory:ident, $program:ident, $world:ident, $bank:ident, $step:ident, $kernel:path, $op:ident) => {{
        let mut out = take(&mut $memory.registers.$bank[$step.register as usize]);
        out.clear();
        $kernel(&$memory.frame($program, $world), $op, $step.domain, &mut out);
        $memory.registers.$bank[$step.register as usize] = out;
    }};
}

/// Fill all columns of the plan for a batch.
pub(super) fn run(program: &Program, world: World<'_>, memory: &mut Memory) {
    memory.make_room(program);
    memory.lay_out_entries(world);
    for step in &program.steps {
        match step {
            Step::LayOut(domain) => {
                let mut extent = take(&mut memory.extents[domain.0 as usize]);
                extent.clear();
                kernels::lay_out(&memory.frame(program, world), *domain, &mut extent);
                memory.extents[domain.0 as usize] = extent;
            }
            Step::Fill(node) => fill_node(program, world, memory, *node),
            Step::Walk(nodes) => walk(program, world, memory, nodes),
        }
    }
}

fn fill_node(program: &Program, world: World<'_>, memory: &mut Memory, node: NodeId) {
    let step = &program.nodes[node.0 as usize];
    match &step.op {
        Op::Truths(op) => fill!(memory, program, world, truths, step, kernels::truths, op),
        Op::Cells(op) => fill!(memory, program, world, cells, step, kernels::cells, op),
        Op::Numbers(op) => fill!(memory, program, world, numbers, step, kernels::numbers, op),
        Op::Fractions(op) => fill!(memory, program, world, fractions, step, kernels::fractions, op),
        Op::Words(op) => fill!(memory, program, world, words, step, kernels::words, op),
    }
}

/// Fill the columns that look into the facts of each student.
fn walk(program: &Program, world: World<'_>, memory: &mut Memory, nodes: &[NodeId]) {
    let mut columns = take(&mut memory.walked);
    for node in nodes {
        let register = program.nodes[node.0 as usize].register as usize;
        let filled = match program.nodes[node.0 as usize].op.shape() {
            Shape::Truths => Filled::Truths(take(&mut memory.registers.truths[register])),
            Shape::Words | Shape::Cells | Shape::Numbers | Shape::Fractions => Filled::Words(take(&mut memory.registers.words[register])),
        };
        columns.push((*node, filled));
    }
    kernels::walk(&memory.frame(program, world), &mut columns);
    for (node, filled) in columns.drain(..) {
        let register = program.nodes[node.0 as usize].register as usize;
        match filled {
            Filled::Truths(truths) => memory.registers.truths[register] = truths,
            Filled::Words(words) => memory.registers.words[register] = words,
        }
    }
    memory.walked = columns;
}

/// The column of a node that is the same for every batch.
pub(super) fn fixed(program: &Program, world: World<'_>, op: &Op, domain: DomainId) -> Column {
    let memory = Memory::default();
    let frame = memory.frame(program, world);
    macro_rules! made {
        ($variant:ident, $kernel:path, $op:ident) => {{
            let mut out = Vec::new();
            $kernel(&frame, $op, domain, &mut out);
            Column::$variant(out)
        }};
    }
    match op {
        Op::Truths(op) => made!(Truths, kernels::truths, op),
        Op::Cells(op) => made!(Cells, kernels::cells, op),
        Op::Numbers(op) => made!(Numbers, kernels::numbers, op),
        Op::Fractions(op) => made!(Fractions, kernels::fractions, op),
        Op::Words(op) => made!(Words, kernels::words, op),
    }
}

/// The rows of a domain that are the same for every batch.
pub(super) fn fixed_extent(program: &Program, world: World<'_>, domain: DomainId) -> Extent {
    let memory = Memory::default();
    let mut extent = Extent::default();
    kernels::lay_out(&memory.frame(program, world), domain, &mut extent);
    extent
}

macro_rules! column_of {
    ($name:ident, $variant:ident, $bank:ident, $type:ty) => {
        /// The column of a node of this shape.
        pub(super) fn $name(&self, id: NodeId) -> &'a [$type] {
            let node = &self.program.nodes[id.0 as usize];
            match &node.fixed {
                Some(Column::$variant(values)) => values,
                _ => self.registers.$bank.get(node.register as usize).map_or(&[], Vec::as_slice),
            }
        }
    };
}

/// So many values that follow each other are sooner copied together than one by one.
const MANY: usize = 4;

impl<'a> Frame<'a> {
    column_of!(truths, Truths, truths, Truth);
    column_of!(numbers, Numbers, numbers, i64);
    column_of!(fractions, Fractions, fractions, Fraction);
    column_of!(words, Words, words, Word);
    column_of!(filled_cells, Cells, cells, Cell);

    /// The column of a node of cells; fields and rows of pairs are read where they stand.
    pub(super) fn cells(&self, id: NodeId) -> &'a [Cell] {
        let node = &self.program.nodes[id.0 as usize];
        if node.fixed.is_some() {
            return self.filled_cells(id);
        }
        match &node.op {
            Op::Cells(CellOp::Load(field)) => self.world.context.batch.table(field.subject).column(*field),
            Op::Cells(CellOp::Outer) => &self.extent(node.domain).outer,
            Op::Cells(CellOp::Element) => &self.extent(node.domain).element,
            _ => self.filled_cells(id),
        }
    }

    /// Whether a node is a field in which no row of the batch has a value.
    pub(super) fn has_no_values(&self, id: NodeId) -> bool {
        match self.program.nodes[id.0 as usize] {
            Node { fixed: None, op: Op::Cells(CellOp::Load(field)), .. } => !self.world.context.batch.table(field.subject).has_values(field),
            _ => false,
        }
    }

    pub(super) fn shape(&self, id: NodeId) -> Shape {
        self.program.nodes[id.0 as usize].op.shape()
    }

    pub(super) fn extent(&self, domain: DomainId) -> &'a Extent {
        self.program.extents[domain.0 as usize].as_ref().unwrap_or_else(|| &self.extents[domain.0 as usize])
    }

    /// Where the rows of each outer row begin, if the index leads from rows that lie together to all rows of the source.
    pub(super) fn runs(&self, index: NodeId, source: NodeId) -> Option<&'a [u32]> {
        let domain = self.program.nodes[index.0 as usize].domain;
        self.program.leads_outwards(index, source).then(|| self.begins(domain))
    }

    /// The pairs that an index leads from to their elements, where those of each outer row follow each other in their table and are many.
    pub(super) fn stretches(&self, index: NodeId) -> Option<&'a Extent> {
        let node = &self.program.nodes[index.0 as usize];
        let of_dossiers = |pairs: Pairs| !pairs.list.owner().is_of_catalogue();
        match (&node.op, self.program.domains[node.domain.0 as usize]) {
            (Op::Cells(CellOp::Element), Domain::Pairs(pairs)) if of_dossiers(pairs) => {
                Some(self.extent(node.domain)).filter(|extent| extent.element.len() >= MANY * extent.starts.len())
            }
            _ => None,
        }
    }

    /// For each row that the rows of a domain lie in, where they begin; one more at the end.
    pub(super) fn begins(&self, domain: DomainId) -> &'a [u32] {
        match self.program.domains[domain.0 as usize] {
            Domain::Table(subject) => self.world.context.batch.table(subject).starts(),
            Domain::Pairs(_) => &self.extent(domain).starts,
            Domain::Once | Domain::Catalogue(_) | Domain::Edges { .. } => &[],
        }
    }

    pub(super) fn len(&self, domain: DomainId) -> usize {
        match self.program.domains[domain.0 as usize] {
            Domain::Once => 1,
            Domain::Table(subject) => self.world.context.batch.table(subject).rows() as usize,
            Domain::Catalogue(subject) => self.world.context.catalogue.table(subject).rows() as usize + 1,
            Domain::Pairs(_) | Domain::Edges { .. } => self.extent(domain).element.len(),
        }
    }

    /// Whether a node stands over one row while another domain is filled.
    pub(super) fn is_one_for(&self, node: NodeId, domain: DomainId) -> bool {
        domain != DomainId::ONCE && self.program.nodes[node.0 as usize].domain == DomainId::ONCE
    }

    /// For each row of a list's owner, where its elements begin in their table; one more at the end.
    pub(super) fn starts(&self, list: List) -> &'a [u32] {
        match list {
            List::StudentEntries | List::StudentAllEntries | List::StudentEarlierEntries => self.student_entries,
            _ => self.world.context.batch.table(list.element()).starts(),
        }
    }
}
