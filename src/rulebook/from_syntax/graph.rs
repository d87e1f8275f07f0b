//! Circles and orders in a graph of numbered things, without recursion.

use std::collections::VecDeque;

/// For each thing, the things it needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    needs: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn new(count: usize) -> Self {
        Self { needs: vec![Vec::new(); count] }
    }

    /// Say that one needs another; what is out of range is left out.
    pub(super) fn add(&mut self, one: usize, other: usize) {
        let count = self.needs.len();
        if let Some(needs) = self.needs.get_mut(one).filter(|_| other < count)
            && !needs.contains(&other)
        {
            needs.push(other);
        }
    }

    /// All things, each after what it needs; those in a circle stand somewhere.
    pub(super) fn needed_first(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.needs.len());
        let mut seen = vec![false; self.needs.len()];
        for start in 0..self.needs.len() {
            let mut path = if std::mem::replace(&mut seen[start], true) { Vec::new() } else { vec![(start, 0)] };
            while let Some((node, next)) = path.last_mut() {
                if let Some(&need) = self.needs[*node].get(*next) {
                    *next += 1;
                    if !std::mem::replace(&mut seen[need], true) {
                        path.push((need, 0));
                    }
                } else {
                    order.push(*node);
                    path.pop();
                }
            }
        }
        order
    }

    /// Circles that share no member, each from its smallest member on: `[1, 4]` where 1 needs 4 and 4 needs 1.
    pub(super) fn circles(&self) -> Vec<Vec<usize>> {
        let mut told = vec![false; self.needs.len()];
        let mut circles = Vec::new();
        for start in self.left_after_peeling() {
            if told[start] {
                continue;
            }
            if let Some(circle) = self.way_back_to(start, &told) {
                for member in &circle {
                    told[*member] = true;
                }
                circles.push(circle);
            }
        }
        circles
    }

    /// The shortest way from a thing back to itself.
    fn way_back_to(&self, start: usize, told: &[bool]) -> Option<Vec<usize>> {
        let mut came_from = vec![usize::MAX; self.needs.len()];
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            for &need in &self.needs[node] {
                if need == start {
                    return Some(way(&came_from, start, node));
                }
                if came_from[need] == usize::MAX && !told[need] {
                    came_from[need] = node;
                    waiting.push_back(need);
                }
            }
        }
        None
    }

    /// What is left when everything that needs nothing is taken away, again and again, and then everything that nothing needs.
    fn left_after_peeling(&self) -> Vec<usize> {
        let backwards = self.turned();
        let mut left = vec![true; self.needs.len()];
        for (graph, other) in [(self, &backwards), (&backwards, self)] {
            let mut open: Vec<usize> = graph.needs.iter().map(|needs| needs.iter().filter(|need| left[**need]).count()).collect();
            let mut free: Vec<usize> = (0..open.len()).filter(|node| left[*node] && open[*node] == 0).collect();
            while let Some(node) = free.pop() {
                left[node] = false;
                for &user in other.needs[node].iter().filter(|user| left[**user]) {
                    open[user] = open[user].saturating_sub(1);
                    if open[user] == 0 {
                        free.push(user);
                    }
                }
            }
        }
        (0..left.len()).filter(|node| left[*node]).collect()
    }

    fn turned(&self) -> Self {
        let mut turned = vec![Vec::new(); self.needs.len()];
        for (one, needs) in self.needs.iter().enumerate() {
            for need in needs {
                turned[*need].push(one);
            }
        }
        Self { needs: turned }
    }

    /// For each thing, how many stand on one another below it; circles are counted once.
    pub(super) fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.needs.len()];
        for node in self.needed_first() {
            depths[node] = self.needs[node].iter().map(|need| depths[*need] + 1).max().unwrap_or(0);
        }
        depths
    }
}

fn way(came_from: &[usize], start: usize, end: usize) -> Vec<usize> {
    let mut way = vec![end];
    let mut node = end;
    while node != start {
        node = came_from[node];
        way.push(node);
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn graph(count: usize, needs: &[(usize, usize)]) -> Graph {
        let mut graph = Graph::new(count);
        for (one, other) in needs {
            graph.add(*one, *other);
        }
        graph
    }

    #[test]
    fn circles_are_found_once_each() {
        assert_eq!(graph(3, &[(0, 1), (1, 2)]).circles(), Vec::<Vec<usize>>::new());
        assert_eq!(graph(3, &[(2, 2)]).circles(), [[2]]);
        assert_eq!(graph(5, &[(0, 1), (1, 2), (2, 1), (3, 4), (4, 3)]).circles(), [[1, 2], [3, 4]]);
    }

    #[test]
    fn what_is_needed_comes_first_however_long_the_chain() {
        let count = 100_000;
        let chain: Vec<_> = (1..count).map(|node| (node - 1, node)).collect();
        let long = graph(count, &chain);
        assert_eq!(long.needed_first().first(), Some(&(count - 1)));
        assert_eq!(long.depths()[0], count - 1);
    }
}
