//! From the trees of all files of a set to its rulebook, with every problem of every file in one run. Declarations are collected (`declarations`,
//! `unique`), the regulation and the calendars read, definitions and checks typed (`typer` and the files beside it), edges resolved, examples filled in;
//! what can only be seen in the whole (circles, paths through none, exceptions that never apply) is looked for at the end.
//!
//! Add a clause: its shape in `checks`, a problem where it can be wrong, and the verdicts that judge it.
#![allow(clippy::wildcard_enum_match_arm, reason = "a pass names the few kinds of expression it is about; all others are the rest")]

mod arithmetic;
mod calendars;
mod checks;
mod clauses;
mod comparisons;
mod compiler;
pub(crate) mod contradictions;
mod days;
mod declarations;
mod definitions;
mod demands;
mod did_you_mean;
mod edge_circles;
mod edges;
mod examples;
mod exceptions;
mod fold;
mod graph;
mod guards;
mod lists;
mod literals;
mod mentions;
mod messages;
mod names;
mod never;
mod programme_units;
mod regulation;
mod relations;
mod requirements;
mod scope;
mod terms;
mod typer;
mod unique;

use rustc_hash::FxHashMap;

use crate::problems::Problems;
use crate::records::Catalogue;
use crate::rulebook::Rulebook;
use crate::rulebook::problems::RegulationProblem;
use crate::source::{Sources, Span};
use crate::syntax::ast;
use compiler::{Compiler, listed_subjects};
use declarations::Declarations;
use definitions::Headers;
use guards::Guards;

/// Compile a set. Codes and words that the rules name are added to the catalogue. A rulebook comes back even where there are problems, so that others can
/// look at it, but it must not judge anybody while one of them is an error. Nothing comes back where no regulation is declared.
pub(crate) fn compile(files: &[ast::File], catalogue: &mut Catalogue, sources: &Sources, problems: &mut Problems) -> Option<Rulebook> {
    let mut declarations = Declarations::of(files, sources);
    unique::keep_unique(&mut declarations, sources, problems);
    let declared = regulation::regulation(&declarations.regulations, sources, problems);
    if declared.is_none()
        && let Some(first) = files.first()
    {
        let at = Span::new(first.source, 0, 0);
        problems.add(at, RegulationProblem::Missing { at });
    }
    let is_declared = declared.is_some();
    let calendars = calendars::calendars(&declarations.calendars, sources, problems);
    let listed = listed_subjects(catalogue);
    let regulation = declared.unwrap_or_else(regulation::nothing_said);
    let years = regulation.in_force;
    let mut compiler = Compiler {
        sources,
        catalogue,
        problems,
        regulation,
        calendars,
        headers: Headers::default(),
        years,
        listed,
        units: FxHashMap::default(),
        undeclared_by_mistake: Vec::new(),
        example_codes: Vec::new(),
    };
    let rulebook = compiler.rulebook(declarations);
    is_declared.then_some(rulebook)
}

impl<'a> Compiler<'a> {
    fn rulebook(&mut self, declarations: Declarations<'a>) -> Rulebook {
        self.definition_headers(&declarations.defines);
        self.definition_values();
        self.summaries(&declarations.sections);
        let mut checks = self.checks(&declarations.checks);
        let edges = self.edges(&declarations.programmes);
        self.declared_kinds(&edges, &mut checks);
        self.edge_circles(&edges, &checks);
        let examples = self.examples(&declarations.tests, &checks);
        let definitions = self.definitions();
        let mut guards = Guards::new(&definitions, self.sources, self.problems);
        for definition in &definitions {
            guards.definition(definition);
        }
        for check in &checks {
            guards.check(check);
        }
        for edge in &edges {
            guards.edge(edge);
        }
        for check in &checks {
            never::look_for_never(check, self.problems);
        }
        Rulebook {
            regulation: self.regulation.clone(),
            calendars: std::mem::take(&mut self.calendars),
            definitions,
            checks,
            edges,
            articles: declarations.articles,
            examples,
        }
    }
}
