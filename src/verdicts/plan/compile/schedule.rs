//! The order of the steps: every column before what reads it, none that nobody reads, and memory used again as soon as nobody reads it any more.

use rustc_hash::FxHashMap;

use crate::vocabulary::List;

use super::super::column::Shape;
use super::super::program::{CellOp, Domain, DomainId, EdgesAsked, FractionOp, Move, NodeId, NumberOp, Op, Over, Reduce, Reduction, TruthOp, WordOp};
use super::super::{CheckPlan, RegisterCounts, Step};
use super::builder::Builder;

/// Which nodes and domains have their step already.
struct Order {
    nodes: Vec<bool>,
    domains: Vec<bool>,
    steps: Vec<Step>,
    /// The walks over the students, those first that later ones need.
    walks: Vec<Vec<NodeId>>,
}

/// What is made of a list, with the columns over its elements.
type Shared = (Reduce, List, Option<NodeId>, Option<NodeId>);

/// How many walks over the students must come before a node or a domain can be filled; nothing where that is not yet worked out.
struct Ranks {
    nodes: Vec<Option<usize>>,
    domains: Vec<Option<usize>>,
}

impl Builder<'_> {
    pub(super) fn schedule(&mut self, plans: &[CheckPlan]) {
        self.share_reductions(plans);
        self.ask_at_once(plans);
        let (nodes, domains) = (self.program.nodes.len(), self.program.domains.len());
        let mut order = Order { nodes: vec![false; nodes], domains: vec![false; domains], steps: Vec::new(), walks: self.walks(plans) };
        for plan in plans {
            for node in plan.nodes() {
                self.visit(node, &mut order);
            }
        }
        self.assign(&order.steps, plans);
        self.program.steps = order.steps;
    }

    /// What is made of a list for the judged rows is taken from what is made of it for the whole table, where that is needed anyway.
    fn share_reductions(&mut self, plans: &[CheckPlan]) {
        let needed = self.needed(plans);
        let mut whole: FxHashMap<Shared, NodeId> = FxHashMap::default();
        for node in needed.iter().copied() {
            match (self.program.domains[self.domain_of(node).0 as usize], self.shared(node)) {
                (Domain::Table(_), Some((shared, _))) => _ = whole.insert(shared, node),
                (Domain::Pairs(_), Some((shared, _))) if shared.0 == Reduce::Sum => {
                    // Sums of all lists in turn are sooner made than those of some.
                    let sum = self.of_each_owner(node, shared.1);
                    whole.entry(shared).or_insert(sum);
                }
                _ => {}
            }
        }
        let taken: Vec<(NodeId, NodeId, NodeId)> = needed
            .into_iter()
            .filter(|node| matches!(self.program.domains[self.domain_of(*node).0 as usize], Domain::Pairs(_)))
            .filter_map(|node| self.shared(node).and_then(|(shared, owner)| whole.get(&shared).map(|source| (node, *source, owner))))
            .collect();
        for (node, source, index) in taken {
            self.take_from(node, Move::Gather { source, index });
        }
    }

    /// What a reduction of a list makes, for every owner of such a list.
    fn of_each_owner(&mut self, node: NodeId, list: List) -> NodeId {
        let table = self.table(list.owner());
        let owner = self.cells(CellOp::Rows, table);
        let mut op = self.program.nodes[node.0 as usize].op.clone();
        if let Op::Numbers(NumberOp::Reduce(reduction)) = &mut op {
            reduction.over = Over::Segments { list, owner };
        }
        self.node(op, table)
    }

    /// A question to words of facts to which nobody else puts one is answered while the facts lie open, and the words are not kept.
    fn ask_at_once(&mut self, plans: &[CheckPlan]) {
        let needed = self.needed(plans);
        let mut readers: FxHashMap<NodeId, u32> = FxHashMap::default();
        for read in needed.iter().flat_map(|node| self.reads(*node)) {
            *readers.entry(read).or_default() += 1;
        }
        for node in needed {
            if let Op::Truths(TruthOp::Fact { word, sure, possible }) = self.program.nodes[node.0 as usize].op
                && let Op::Words(WordOp::Facts { student, class }) = self.program.nodes[word.0 as usize].op
                && readers.get(&word) == Some(&1)
            {
                self.program.nodes[node.0 as usize].op = Op::Truths(TruthOp::Shown { student, class, sure, possible });
            }
        }
    }

    /// What a reduction makes of which list, and the rows of the list's owner.
    fn shared(&self, node: NodeId) -> Option<(Shared, NodeId)> {
        let op = &self.program.nodes[node.0 as usize].op;
        match op.reduction()? {
            Reduction { reduce, over: Over::Segments { list, owner }, condition, value, given: None } => {
                Some(((*reduce, *list, *condition, *value), *owner))
            }
            _ => None,
        }
    }

    fn take_from(&mut self, node: NodeId, from: Move) {
        let op = &mut self.program.nodes[node.0 as usize].op;
        *op = match op.shape() {
            Shape::Truths => Op::Truths(TruthOp::Move(from)),
            Shape::Cells => Op::Cells(CellOp::Move(from)),
            Shape::Numbers => Op::Numbers(NumberOp::Move(from)),
            Shape::Fractions => Op::Fractions(FractionOp::Move(from)),
            Shape::Words => Op::Words(WordOp::Move(from)),
        };
    }

    /// The nodes that verdicts hang on.
    fn needed(&self, plans: &[CheckPlan]) -> Vec<NodeId> {
        (0..).map(NodeId).zip(&self.ranks(plans).nodes).filter(|(_, rank)| rank.is_some()).map(|(node, _)| node).collect()
    }

    fn ranks(&self, plans: &[CheckPlan]) -> Ranks {
        let mut ranks = Ranks { nodes: vec![None; self.program.nodes.len()], domains: vec![None; self.program.domains.len()] };
        for node in plans.iter().flat_map(CheckPlan::nodes) {
            self.rank(node, &mut ranks);
        }
        ranks
    }

    /// The nodes that look into facts, those that need no other such node first.
    fn walks(&self, plans: &[CheckPlan]) -> Vec<Vec<NodeId>> {
        let ranks = self.ranks(plans);
        let mut walks: Vec<Vec<NodeId>> = Vec::new();
        for (node, rank) in (0..).map(NodeId).zip(&ranks.nodes) {
            if let Some(rank) = rank.filter(|_| self.program.nodes[node.0 as usize].op.is_looked_up()) {
                walks.resize(walks.len().max(rank + 1), Vec::new());
                walks[rank].push(node);
            }
        }
        walks
    }

    fn rank(&self, node: NodeId, ranks: &mut Ranks) -> usize {
        if let Some(known) = ranks.nodes[node.0 as usize] {
            return known + usize::from(self.program.nodes[node.0 as usize].op.is_looked_up());
        }
        let domain = self.rank_of_domain(self.domain_of(node), ranks);
        let pairs = self.cut_by(node).map_or(0, |pairs| self.rank_of_domain(pairs, ranks));
        let inputs = self.reads(node).into_iter().map(|input| self.rank(input, ranks)).max().unwrap_or(0);
        let rank = domain.max(pairs).max(inputs);
        ranks.nodes[node.0 as usize] = Some(rank);
        rank + usize::from(self.program.nodes[node.0 as usize].op.is_looked_up())
    }

    fn rank_of_domain(&self, domain: DomainId, ranks: &mut Ranks) -> usize {
        if let Some(known) = ranks.domains[domain.0 as usize] {
            return known;
        }
        let own = self.domain_reads(domain).into_iter().map(|node| self.rank(node, ranks)).max().unwrap_or(0);
        let outer = self.outer_of(domain).map_or(0, |outer| self.rank_of_domain(outer, ranks));
        ranks.domains[domain.0 as usize] = Some(own.max(outer));
        own.max(outer)
    }

    fn outer_of(&self, domain: DomainId) -> Option<DomainId> {
        match self.program.domains[domain.0 as usize] {
            Domain::Pairs(pairs) => Some(pairs.outer),
            Domain::Edges { entries, .. } => Some(entries),
            Domain::Once | Domain::Table(_) | Domain::Catalogue(_) => None,
        }
    }

    /// The domain of pairs that a reduction cuts.
    fn cut_by(&self, node: NodeId) -> Option<DomainId> {
        self.program.nodes[node.0 as usize].op.reduction().and_then(Reduction::pairs)
    }

    fn visit(&self, node: NodeId, order: &mut Order) {
        if order.nodes[node.0 as usize] || self.is_fixed(node) {
            return;
        }
        if let Some(walk) = order.walks.iter().find(|walk| walk.contains(&node)).cloned() {
            // INVARIANT: what the nodes of one walk need lies before them all, so none of them waits for another.
            for node in &walk {
                order.nodes[node.0 as usize] = true;
            }
            for node in &walk {
                self.visit_needs(*node, order);
            }
            order.steps.push(Step::Walk(walk));
            return;
        }
        order.nodes[node.0 as usize] = true;
        self.visit_needs(node, order);
        if !self.is_read_in_place(node) {
            order.steps.push(Step::Fill(node));
        }
    }

    fn visit_needs(&self, node: NodeId, order: &mut Order) {
        self.visit_domain(self.domain_of(node), order);
        for input in self.reads(node) {
            self.visit(input, order);
        }
        if let Some(pairs) = self.cut_by(node) {
            self.visit_domain(pairs, order);
        }
    }

    fn visit_domain(&self, domain: DomainId, order: &mut Order) {
        if std::mem::replace(&mut order.domains[domain.0 as usize], true) || self.program.extents[domain.0 as usize].is_some() {
            return;
        }
        for node in self.domain_reads(domain) {
            self.visit(node, order);
        }
        let Some(outer) = self.outer_of(domain) else { return };
        self.visit_domain(outer, order);
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
        if let Some(Domain::Pairs(pairs)) = self.cut_by(node).map(|domain| self.program.domains[domain.0 as usize]) {
            inputs.push(pairs.owner);
        }
        if let Some(facts) = self.program.fact_nodes {
            if op.is_looked_up() {
                inputs.extend([facts.combinations, facts.entry_classes, facts.exemption_words, facts.exemption_classes]);
            }
            if op.looks_at_proofs() {
                inputs.extend([facts.entry_words, facts.entry_classes, facts.exemption_classes]);
            }
        }
        if let Op::Truths(TruthOp::Met(asked) | TruthOp::Prior(asked)) = op {
            inputs.extend(self.looked_at(asked));
        }
        inputs
    }

    /// What a question to a set of edges looks at.
    fn looked_at(&self, asked: &EdgesAsked) -> Vec<NodeId> {
        let Some(set) = self.program.edges.get(asked.edges as usize) else { return Vec::new() };
        let mut looked_at = vec![set.student, set.semester, set.first];
        if !self.program.is_plain(asked) {
            looked_at.extend([set.enrolment, set.class]);
            looked_at.extend(set.conditions());
            let proofs = self.program.fact_nodes.filter(|_| set.asks_credits());
            looked_at.extend(proofs.into_iter().flat_map(|facts| [facts.entry_words, facts.entry_classes]));
        }
        looked_at
    }

    fn domain_reads(&self, domain: DomainId) -> Vec<NodeId> {
        match self.program.domains[domain.0 as usize] {
            Domain::Pairs(pairs) => [Some(pairs.owner), pairs.filter, pairs.key.map(|(_, outer)| outer)].into_iter().flatten().collect(),
            Domain::Edges { first, .. } => vec![first],
            Domain::Once | Domain::Table(_) | Domain::Catalogue(_) => Vec::new(),
        }
    }

    /// A register for every column, free again after the last step that reads it.
    fn assign(&mut self, steps: &[Step], plans: &[CheckPlan]) {
        let mut last_read = vec![0_usize; self.program.nodes.len()];
        let reads = |builder: &Self, step: &Step| match step {
            Step::LayOut(domain) => builder.domain_reads(*domain),
            filling => filling.fills().iter().flat_map(|node| builder.reads(*node)).collect(),
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
            for node in step.fills() {
                let bank = &mut banks[self.shape(*node) as usize];
                self.program.nodes[node.0 as usize].register = bank.take(position, last_read[node.0 as usize]);
            }
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
