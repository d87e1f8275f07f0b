//! Edges: the lines of programmes and the arrows of the catalogue, with their units resolved and their kinds declared.

use crate::problems::{Problems, nearest};
use crate::records::{CatalogueEdge, CodeId};
use crate::rulebook::from_syntax::compiler::{Compiler, is_documented};
use crate::rulebook::from_syntax::declarations::Under;
use crate::rulebook::from_syntax::demands::{Demands, Origin};
use crate::rulebook::problems::EdgeProblem;
use crate::rulebook::{ArticleId, Check, Demand, DemandKind, Edge, SequentialityKind};
use crate::source::Span;
use crate::syntax::ast::{self, EdgeKind};
use crate::syntax::from_text::parse_demand;
use crate::vocabulary::Subject;

impl Compiler<'_> {
    /// All edges, in the order of programme, course, year and text.
    pub(super) fn edges(&mut self, programmes: &[Under<'_, ast::Programme>]) -> Vec<Edge> {
        let mut edges = Vec::new();
        for programme in programmes {
            let Some(code) = self.code(Subject::Programme, &programme.of.code.value, programme.of.code.span) else { continue };
            edges.extend(programme.of.edges.iter().filter_map(|edge| self.written_edge(code, edge, programme.article)));
        }
        for arrow in std::mem::take(&mut self.catalogue.edges) {
            self.arrow(&arrow, &mut edges);
            self.catalogue.edges.push(arrow);
        }
        let name = |subject, code| self.catalogue.codes(subject).name(code).unwrap_or("").to_owned();
        let text = |edge: &Edge| self.sources.slice(edge.span).to_owned();
        edges.sort_by_cached_key(|edge| (name(Subject::Programme, edge.programme), name(Subject::Course, edge.course), edge.year, text(edge)));
        edges
    }

    fn written_edge(&mut self, programme: CodeId, edge: &ast::Edge, article: ArticleId) -> Option<Edge> {
        let origin = Origin { programme, course: None, year: None, arrow: None };
        let mut demands = Demands::new(self, origin);
        let course = demands.unit(&edge.course.value, edge.course.span);
        demands.origin.course = course;
        let demand = demands.demand(&edge.demand)?;
        Some(Edge {
            programme,
            course: course?,
            kind: leading_kind(&demand),
            demand,
            advice: edge.advice.is_some(),
            year: None,
            article,
            per: edge.per.as_ref().map(|per| per.value.clone()),
            span: edge.span,
        })
    }

    /// An arrow of the catalogue holds in its own year, and in every programme of that year that has the unit where it names none.
    fn arrow(&mut self, arrow: &CatalogueEdge, edges: &mut Vec<Edge>) {
        let place = self.place_of_expression(arrow);
        let mut aside = Problems::default();
        let term = parse_demand(&arrow.expression, place, kind_of(&arrow.kind), &mut aside);
        let Some((term, advice)) = term.filter(|_| !aside.has_errors()) else {
            let reason = aside.sorted(|_| String::new()).first().map_or_else(String::new, |problem| problem.diagnostic.to_string());
            let (text, at) = (arrow.expression.clone(), arrow.at);
            self.report(at, EdgeProblem::Unreadable { text, reason, at });
            return;
        };
        let course = self.catalogue.code(Subject::Course, &arrow.course);
        for programme in self.programmes_of(arrow, course) {
            let origin = Origin { programme, course: Some(course), year: Some(arrow.year), arrow: Some(arrow.at) };
            let Some(demand) = Demands::new(self, origin).demand(&term) else { continue };
            edges.push(Edge {
                programme,
                course,
                kind: leading_kind(&demand),
                demand,
                advice: arrow.advisory || advice.is_some(),
                year: Some(arrow.year),
                article: ArticleId(0),
                per: arrow.source.clone(),
                span: arrow.at,
            });
        }
    }

    /// Where the expression of an arrow stands in its document; the arrow itself where it is written with escapes.
    fn place_of_expression(&self, arrow: &CatalogueEdge) -> Span {
        let found = self.sources.slice(arrow.at).find(&arrow.expression).filter(|_| !arrow.expression.is_empty());
        found.map_or(arrow.at, |offset| {
            let start = arrow.at.start as usize + offset;
            Span::new(arrow.at.source, start, start + arrow.expression.len())
        })
    }

    fn programmes_of(&mut self, arrow: &CatalogueEdge, course: CodeId) -> Vec<CodeId> {
        if let Some(programme) = &arrow.programme {
            return vec![self.catalogue.code(Subject::Programme, programme)];
        }
        let codes = self.catalogue.codes(Subject::Programme);
        let has_unit = |code: &CodeId| codes.documented(*code, arrow.year).is_some_and(|row| self.catalogue.unit(row, course).is_some());
        (0..codes.len()).map(CodeId).filter(has_unit).collect()
    }

    /// Every kind that an edge needs is declared; `condition` says it all itself and needs no declaration.
    pub(super) fn declared_kinds(&mut self, edges: &[Edge], checks: &mut Vec<Check>) {
        for kind in SequentialityKind::ALL {
            let name = format!("sequentiality_{}", kind.word());
            let Some(first) = edges.iter().find(|edge| needs(edge, kind)).filter(|_| !checks.iter().any(|check| check.name == name)) else {
                continue;
            };
            match example(kind) {
                Some(example) if !self.undeclared_by_mistake.contains(&name) => {
                    let at = first.demand.span;
                    self.report(at, EdgeProblem::MissingSequentiality { word: kind.word(), example, at });
                }
                Some(_) => {}
                None => checks.push(Check { in_force: self.regulation.in_force, ..Check::of_conditions(name, first) }),
            }
        }
        checks.sort_by(|one, other| one.name.cmp(&other.name));
    }
}

/// How a kind is declared, for a suggestion; nothing for the kind that needs no declaration.
fn example(kind: SequentialityKind) -> Option<&'static str> {
    match kind {
        SequentialityKind::Strict => Some("prior completed in an earlier semester"),
        SequentialityKind::Flexible => Some("prior scheduled in an earlier semester"),
        SequentialityKind::Simultaneous => Some("prior scheduled in the same registration"),
        SequentialityKind::Diploma => Some("student holds the diploma"),
        SequentialityKind::Condition => None,
    }
}

/// The kind as a catalogue says it; nothing where its expression must say it.
fn kind_of(word: &str) -> Option<EdgeKind> {
    match word {
        "strict" | "strictly" | "acquired" => Some(EdgeKind::Strict),
        "flexible" | "flexibly" | "taken" => Some(EdgeKind::Flexible),
        "simultaneous" | "together" => Some(EdgeKind::Simultaneous),
        _ => None,
    }
}

/// The kind that a line begins with; its check judges the whole line.
fn leading_kind(demand: &Demand) -> SequentialityKind {
    let mut demand = demand;
    loop {
        demand = match &demand.kind {
            DemandKind::Unit { kind, .. } | DemandKind::AllUnits { kind, .. } | DemandKind::AllChosenUnits { kind, .. } => return (*kind).into(),
            DemandKind::NumberOf { demands, .. } | DemandKind::And(demands) | DemandKind::Or(demands) => match demands.first() {
                Some(first) => first,
                None => return SequentialityKind::Condition,
            },
            DemandKind::CreditsAcquired(_) => return SequentialityKind::Strict,
            DemandKind::HoldersOf(_) => return SequentialityKind::Diploma,
            DemandKind::Permission(_) | DemandKind::Requires(_) => return SequentialityKind::Condition,
        };
    }
}

impl From<EdgeKind> for SequentialityKind {
    fn from(kind: EdgeKind) -> Self {
        match kind {
            EdgeKind::Strict => Self::Strict,
            EdgeKind::Flexible => Self::Flexible,
            EdgeKind::Simultaneous => Self::Simultaneous,
        }
    }
}

/// Whether an edge begins with a kind, or asks for a unit by it.
fn needs(edge: &Edge, kind: SequentialityKind) -> bool {
    let mut waiting = vec![&edge.demand];
    while let Some(next) = waiting.pop() {
        match &next.kind {
            DemandKind::Unit { kind: of, .. } | DemandKind::AllUnits { kind: of, .. } | DemandKind::AllChosenUnits { kind: of, .. } => {
                if SequentialityKind::from(*of) == kind {
                    return true;
                }
            }
            DemandKind::NumberOf { demands, .. } | DemandKind::And(demands) | DemandKind::Or(demands) => waiting.extend(demands),
            DemandKind::CreditsAcquired(_) | DemandKind::HoldersOf(_) | DemandKind::Permission(_) | DemandKind::Requires(_) => {}
        }
    }
    edge.kind == kind
}

/// The code that looks like one, among those that a document lists.
pub(super) fn nearest_listed(compiler: &Compiler<'_>, code: &str) -> Option<String> {
    let catalogue = &*compiler.catalogue;
    let listed = catalogue.codes(Subject::Course).names().filter(|name| is_documented(catalogue, Subject::Course, name));
    nearest(code, listed).map(str::to_owned)
}
