//! The checked, typed program: names resolved to ids, every expression with its type, everything that can be refused refused. What a rule means for a
//! student is left to the verdicts.

mod calendar;
mod check;
mod demand;
mod examples;
mod expression;
pub(crate) mod from_syntax;
pub(crate) mod problems;
mod regulation;
#[cfg(test)]
pub(crate) mod tests;
mod type_words;
mod walk;

use crate::source::{Span, Spanned};

pub(crate) use calendar::{Calendar, SemesterDates, Window};
pub(crate) use check::{
    Bound, Check, CheckId, Deadline, Due, Effect, Exception, ExceptionId, MayBeAllowed, NeedsDecision, PriorPart, Requirement, Sequentiality,
    SequentialityKind, Severity, Side, SideChange, Template, TemplatePart, Term, Texts,
};
pub(crate) use demand::{Demand, DemandKind, Edge, EdgeId};
pub(crate) use examples::{Example, Expectation, ExpectedName, ExpectedValue, ExpectedVerdict, GivenRow, GivenRowId, GivenValue};
pub(crate) use expression::{
    Arithmetic, Condition, Constant, Expression, ExpressionKind, ListForm, Order, Period, Relation, StudyRelation, Type, Variable, WindowPart,
};
pub(crate) use regulation::{Regulation, Rounding, YearRange};

/// A regulation set, ready to be judged by.
#[derive(Debug, Clone)]
pub(crate) struct Rulebook {
    pub(crate) regulation: Regulation,
    /// In the order of their years.
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) definitions: Vec<Definition>,
    /// In the order of their names.
    pub(crate) checks: Vec<Check>,
    /// In the order of programme, course and text.
    pub(crate) edges: Vec<Edge>,
    pub(crate) articles: Vec<Article>,
    /// In the order of their texts' names and of their places.
    pub(crate) examples: Vec<Example>,
}

impl Rulebook {
    pub(crate) fn check(&self, id: CheckId) -> &Check {
        &self.checks[id.0 as usize]
    }

    pub(crate) fn definition(&self, id: DefinitionId) -> &Definition {
        &self.definitions[id.0 as usize]
    }

    pub(crate) fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.0 as usize]
    }

    pub(crate) fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0 as usize]
    }

    pub(crate) fn calendar(&self, year: i32) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.year == year)
    }

    /// The check of that name, or that once had it.
    pub(crate) fn find_check(&self, name: &str) -> Option<CheckId> {
        let position = |matches: &dyn Fn(&Check) -> bool| self.checks.iter().position(matches);
        let index = position(&|check| check.name == name).or_else(|| position(&|check| check.formerly.iter().any(|old| old == name)))?;
        u32::try_from(index).ok().map(CheckId)
    }
}

/// A definition by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DefinitionId(pub(crate) u32);

/// A derived quantity: `define study_efficiency of enrolment: percent = …`
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) value: Expression,
    pub(crate) article: ArticleId,
    pub(crate) per: Option<String>,
    pub(crate) span: Span,
}

/// A heading by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ArticleId(pub(crate) u32);

/// A chapter or an article, with the headings it stands under. Number 0 is what stands outside all of them.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) parent: Option<ArticleId>,
    /// `1.5`, `ISP, step 3`; empty for number 0.
    pub(crate) number: String,
    pub(crate) title: Option<String>,
    pub(crate) summaries: Vec<(String, String)>,
    pub(crate) source: Option<String>,
}

/// A label and its place.
pub(crate) type Label = Spanned<String>;
