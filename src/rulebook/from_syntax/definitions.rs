//! Definitions: their headers first, so that every rule can name them, then their values in an order in which each finds the types it needs.

use rustc_hash::FxHashMap;

use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::declarations::Under;
use crate::rulebook::from_syntax::did_you_mean::did_you_mean_or_list;
use crate::rulebook::from_syntax::graph::Graph;
use crate::rulebook::from_syntax::mentions::mentions;
use crate::rulebook::from_syntax::scope::Scope;
use crate::rulebook::from_syntax::typer::Typer;
use crate::rulebook::problems::{DefinitionProblem, NameProblem};
use crate::rulebook::{ArticleId, Constant, Definition, DefinitionId, Expression, ExpressionKind, Type};
use crate::source::Span;
use crate::syntax::ast;
use crate::vocabulary::{Field, Link, List, Subject};

/// The most definitions that stand on one another.
const DEEPEST: usize = 64;

/// What is known of a definition before its value is read.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub(super) subject: Subject,
    article: ArticleId,
    pub(super) written: &'a ast::Define,
    /// The declared type, or the one found.
    pub(super) kind_of_value: Option<Type>,
    value: Option<Expression>,
}

/// All definitions of the set, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Headers<'a> {
    pub(super) list: Vec<Header<'a>>,
    by_name: FxHashMap<&'a str, DefinitionId>,
    /// Which definition names which.
    uses: Vec<(DefinitionId, DefinitionId)>,
}

impl<'a> Headers<'a> {
    pub(super) fn find(&self, name: &str) -> Option<DefinitionId> {
        self.by_name.get(name).copied()
    }

    pub(super) fn get(&self, id: DefinitionId) -> &Header<'a> {
        &self.list[id.0 as usize]
    }

    pub(super) fn name(&self, id: DefinitionId) -> &'a str {
        &self.get(id).written.name.value
    }

    pub(super) fn names_of(&self, subject: Subject) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter(move |header| header.subject == subject).map(|header| header.written.name.value.as_str())
    }

    pub(super) fn note_use(&mut self, by: Option<DefinitionId>, of: DefinitionId) {
        self.uses.extend(by.map(|by| (by, of)));
    }

    fn add(&mut self, header: Header<'a>) {
        let id = DefinitionId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.by_name.entry(&header.written.name.value).or_insert(id);
        self.list.push(header);
    }
}

impl<'a> Compiler<'a> {
    /// Read the headers of all definitions; names were checked to be unique.
    pub(super) fn definition_headers(&mut self, written: &[Under<'a, ast::Define>]) {
        let mut ordered = written.to_vec();
        ordered.sort_by(|one, other| one.of.name.value.cmp(&other.of.name.value));
        for define in ordered {
            let kind_of_value = self.declared_type(define.of);
            let Some(subject) = self.subject(&define.of.subject) else { continue };
            if is_vocabulary(subject, &define.of.name.value) {
                let at = define.of.name.span;
                self.report(at, NameProblem::ShadowsField { name: define.of.name.value.clone(), subject: subject.word(), at });
            }
            self.headers.add(Header { subject, article: define.article, written: define.of, kind_of_value, value: None });
        }
    }

    fn declared_type(&mut self, define: &ast::Define) -> Option<Type> {
        let declared = define.declared.as_ref()?;
        let found = Type::from_words(&declared.value);
        if found.is_none() {
            let known: Vec<&str> = Type::all_words().take(11).collect();
            let help = did_you_mean_or_list(&declared.value, "types are", &known);
            self.report(declared.span, DefinitionProblem::UnknownType { words: declared.value.clone(), at: declared.span, help });
        }
        found
    }

    /// The subject that a word names.
    pub(super) fn subject(&mut self, word: &ast::Word) -> Option<Subject> {
        let found = Subject::from_word(&word.value);
        if found.is_none() {
            let known = Subject::ALL.map(Subject::word);
            let help = did_you_mean_or_list(&word.value, "subjects are", &known);
            self.report(word.span, NameProblem::UnknownSubject { word: word.value.clone(), at: word.span, help });
        }
        found
    }

    /// Type the value of every definition.
    pub(super) fn definition_values(&mut self) {
        for index in self.mention_graph().needed_first() {
            let id = DefinitionId(u32::try_from(index).unwrap_or(u32::MAX));
            let (subject, written, declared) = {
                let header = self.headers.get(id);
                (header.subject, header.written, header.kind_of_value)
            };
            let mut typer = Typer::new(self, Scope::of(subject));
            typer.inside = Some(id);
            let value = typer.definition_value(written, declared);
            let header = &mut self.headers.list[index];
            header.kind_of_value = declared.or(value.as_ref().map(|value| value.kind_of_value));
            header.value = value;
        }
        self.report_circles();
    }

    fn mention_graph(&self) -> Graph {
        let mut graph = Graph::new(self.headers.list.len());
        for (index, header) in self.headers.list.iter().enumerate() {
            let mut names = Vec::new();
            mentions(&header.written.value, &mut names);
            for id in names.into_iter().filter_map(|name| self.headers.find(name)) {
                graph.add(index, id.0 as usize);
            }
        }
        graph
    }

    fn report_circles(&mut self) {
        let mut graph = Graph::new(self.headers.list.len());
        for (by, of) in &self.headers.uses {
            graph.add(by.0 as usize, of.0 as usize);
        }
        let id = |index: usize| DefinitionId(u32::try_from(index).unwrap_or(u32::MAX));
        let circles = graph.circles();
        for circle in &circles {
            let names: Vec<String> = circle.iter().chain(circle.first()).map(|index| format!("`{}`", self.headers.name(id(*index)))).collect();
            let at =
                circle.first().map_or_else(|| Span::new(crate::source::SourceId(0), 0, 0), |first| self.headers.get(id(*first)).written.name.span);
            self.report(at, DefinitionProblem::Cycle { circle: names.join(" → "), at });
        }
        if !circles.is_empty() {
            return;
        }
        let too_deep: Vec<usize> =
            graph.depths().into_iter().enumerate().filter(|(_, depth)| *depth == DEEPEST + 1).map(|(index, _)| index).collect();
        for index in too_deep {
            let name = &self.headers.get(id(index)).written.name;
            self.report(name.span, DefinitionProblem::TooDeep { name: name.value.clone(), most: DEEPEST, at: name.span });
        }
    }

    /// The definitions as the rulebook keeps them. One that has no value was reported, and stands as `none`.
    pub(super) fn definitions(&mut self) -> Vec<Definition> {
        let headers = std::mem::take(&mut self.headers.list);
        let finish = |header: Header<'_>| {
            let written = header.written;
            let kind = header.kind_of_value.unwrap_or(Type::Boolean);
            Definition {
                name: written.name.value.clone(),
                value: header.value.unwrap_or_else(|| Expression::new(ExpressionKind::Constant(Constant::None), kind, written.value.span)),
                article: header.article,
                per: written.per.as_ref().map(|per| per.value.clone()),
                span: written.span,
            }
        };
        headers.into_iter().map(finish).collect()
    }
}

impl Typer<'_, '_> {
    fn definition_value(&mut self, written: &ast::Define, declared: Option<Type>) -> Option<Expression> {
        let value = self.expression(&written.value, declared)?;
        let Some(declared) = declared else { return Some(value) };
        let found = value.kind_of_value;
        let fits =
            found == declared || (declared == Type::Decimal && found.is_plain_number()) || (declared == Type::Score && found.is_plain_number());
        if fits {
            return Some(value);
        }
        let (name, at) = (written.name.value.clone(), written.value.span);
        let help = format!("declare it as what it is, or compute {declared}");
        self.compiler.report(at, DefinitionProblem::DeclaredDifferently { name, declared: declared.to_string(), found: found.to_string(), at, help });
        None
    }
}

/// Whether the record's vocabulary has that word for a subject already.
fn is_vocabulary(subject: Subject, name: &str) -> bool {
    let computed = matches!((subject, name), (Subject::Enrolment, "done_credits") | (Subject::Result, "tolerable"));
    let linked = Link::find(subject, name).is_some() || Subject::from_word(name).is_some() || name == "this";
    computed || linked || Field::find(subject, name).is_some() || List::find(subject, name).is_some()
}
