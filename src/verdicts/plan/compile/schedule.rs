//! The order of the steps: every column before what reads it, none that nobody reads, and memory used again as soon as nobody reads it any more.

use super::super::column::Shape;
use super::super::program::{CellOp, Domain, DomainId, NodeId, Op};
use super::super::{CheckPlan, RegisterCounts, Step};
use super::builder::Builder;

/// Which nodes and domains have their step already.
struct Order {
    nodes: Vec<bool>,
    domains: Vec<bool>,
    steps: Vec<Step>,
}

impl Builder<'_> {
    pub(super) fn schedule(&mut self, plans: &[CheckPlan]) {
        let mut order = Order { nodes: vec![false; self.program.nodes.len()], domains: vec![false; self.program.domains.len()], steps: Vec::new() };
        for plan in plans {
            for node in plan.nodes() {
                self.visit(node, &mut order);
            }
        }
        self.assign(&order.steps, plans);
        self.program.steps = order.steps;
    }

    fn visit(&self, node: NodeId, order: &mut Order) {
        if std::mem::replace(&mut order.nodes[node.0 as usize], true) || self.is_fixed(node) {
            return;
        }
        let domain = self.domain_of(node);
        self.visit_domain(domain, order);
        for input in self.reads(node) {
            self.visit(input, order);
        }
        if let Some(pairs) = self.program.nodes[node.0 as usize].op.reduction().and_then(super::super::program::Reduction::pairs) {
            self.visit_domain(pairs, order);
        }
        if !self.is_read_in_place(node) {
            order.steps.push(Step::Fill(node));
        }
    }

    fn visit_domain(&self, domain: DomainId, order: &mut Order) {
        if std::mem::replace(&mut order.domains[domain.0 as usize], true) || self.program.extents[domain.0 as usize].is_some() {
            return;
        }
        for node in self.domain_reads(domain) {
            self.visit(node, order);
        }
        match self.program.domains[domain.0 as usize] {
            Domain::Pairs(pairs) => self.visit_domain(pairs.outer, order),
            Domain::Edges { entries, .. } => self.visit_domain(entries, order),
            Domain::Once | Domain::Table(_) | Domain::Catalogue(_) => return,
        }
        order.steps.push(Step::LayOut(domain));
    }

    /// Fields and rows of pairs are read where they stand.
    fn is_read_in_place(&self, node: NodeId) -> bool {
        matches!(self.program.nodes[node.0 as usize].op, Op::Cells(CellOp::Load(_) | CellOp::Outer | CellOp::Element))
    }

    /// All columns that a node's kernel looks at.
    fn reads(&self, node: NodeId) -> Vec<NodeId> {
        let op = &self.program.nodes[node.0 as usize].op;
        let mut inputs = op.inputs();
        if let Some(Domain::Pairs(pairs)) =
            op.reduction().and_then(super::super::program::Reduction::pairs).map(|domain| self.program.domains[domain.0 as usize])
        {
            inputs.push(pairs.owner);
        }
        if op.uses_facts()
            && let Some(facts) = self.program.fact_nodes
        {
            inputs.extend([facts.entry_words, facts.entry_classes, facts.exemption_words, facts.exemption_classes]);
        }
        if let Op::Truths(super::super::program::TruthOp::Met { edges, .. } | super::super::program::TruthOp::Prior { edges, .. }) = op
            && let Some(set) = self.program.edges.get(*edges as usize)
        {
            inputs.extend([set.student, set.enrolment, set.class, set.semester]);
            inputs.extend(set.conditions());
        }
        inputs
    }

    fn domain_reads(&self, domain: DomainId) -> Vec<NodeId> {
        match self.program.domains[domain.0 as usize] {
            Domain::Pairs(pairs) => [Some(pairs.owner), pairs.filter, pairs.key.map(|(_, outer)| outer)].into_iter().flatten().collect(),
            Domain::Edges { edges, .. } => self.program.edges.get(edges as usize).map(|set| set.slot).into_iter().collect(),
            Domain::Once | Domain::Table(_) | Domain::Catalogue(_) => Vec::new(),
        }
    }

    /// A register for every column, free again after the last step that reads it.
    fn assign(&mut self, steps: &[Step], plans: &[CheckPlan]) {
        let mut last_read = vec![0_usize; self.program.nodes.len()];
        let reads = |builder: &Self, step: &Step| match step {
            Step::Fill(node) => builder.reads(*node),
            Step::LayOut(domain) => builder.domain_reads(*domain),
        };
        for (position, step) in steps.iter().enumerate() {
            for node in reads(self, step) {
                last_read[node.0 as usize] = position;
            }
        }
        for node in plans.iter().flat_map(CheckPlan::nodes) {
            last_read[node.0 as usize] = usize::MAX;
        }
        let mut banks: [Bank; 5] = Default::default();
        for (position, step) in steps.iter().enumerate() {
            let Step::Fill(node) = step else { continue };
            let bank = &mut banks[self.shape(*node) as usize];
            self.program.nodes[node.0 as usize].register = bank.take(position, last_read[node.0 as usize]);
        }
        let counts = banks.map(|bank| u32::try_from(bank.busy_until.len()).unwrap_or(u32::MAX));
        self.program.registers = RegisterCounts {
            truths: counts[Shape::Truths as usize],
            cells: counts[Shape::Cells as usize],
            numbers: counts[Shape::Numbers as usize],
            fractions: counts[Shape::Fractions as usize],
            words: counts[Shape::Words as usize],
        };
    }
}

/// The registers of one shape: until which step each is read.
#[derive(Default)]
struct Bank {
    busy_until: Vec<usize>,
}

impl Bank {
    /// A register that nobody reads at this step or later.
    fn take(&mut self, position: usize, until: usize) -> u32 {
        let free = self.busy_until.iter().position(|busy| *busy < position);
        let register = free.unwrap_or_else(|| {
            self.busy_until.push(0);
            self.busy_until.len() - 1
        });
        self.busy_until[register] = until.max(position);
        u32::try_from(register).unwrap_or(u32::MAX)
    }
}
