//! Names are given once: definitions and checks share one space of names, whatever files they stand in.

use rustc_hash::FxHashMap;

use crate::problems::Problems;
use crate::rulebook::from_syntax::compiler::place;
use crate::rulebook::from_syntax::declarations::{Declarations, Under};
use crate::rulebook::problems::NameProblem;
use crate::source::{Sources, Span};
use crate::syntax::ast;

/// The name under which a check is known: `sequentiality_strict` for `sequentiality strict`.
pub(super) fn check_name(check: &ast::Check) -> String {
    if check.kind == ast::CheckKind::Sequentiality { format!("sequentiality_{}", check.name.value) } else { check.name.value.clone() }
}

/// Report every name given twice, and leave only the first of each.
pub(super) fn keep_unique(declarations: &mut Declarations<'_>, sources: &Sources, problems: &mut Problems) {
    let mut taken = Taken { first: FxHashMap::default(), sources, problems };
    taken.keep(&mut declarations.defines, |define| (define.name.value.clone(), define.name.span));
    taken.keep(&mut declarations.checks, |check| (check_name(check), check.name.span));
}

struct Taken<'p> {
    first: FxHashMap<String, Span>,
    sources: &'p Sources,
    problems: &'p mut Problems,
}

impl Taken<'_> {
    fn keep<T>(&mut self, declared: &mut Vec<Under<'_, T>>, named: impl Fn(&T) -> (String, Span)) {
        declared.retain(|declaration| {
            let (name, at) = named(declaration.of);
            let Some(first) = self.first.get(&name) else {
                self.first.insert(name, at);
                return true;
            };
            let first = format!("the other stands at {}", place(self.sources, *first));
            self.problems.add(at, NameProblem::Duplicate { name, first, at });
            false
        });
    }
}
